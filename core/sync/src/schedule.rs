//! When to push and when to pull: events in, effects out. One flight per direction; full jitter
//! doubling from one second; the server's own wish for a pause wins; attempts per hour are counted.
//! While the queue is neither empty nor blocked, a flight is under way or a timer is set.

use crate::flight::{Failure, push};

use carrot_wire::planted::{self, Bug};

/// The first pause after a failure, milliseconds.
pub const BACKOFF_MS_MIN: i64 = 1_000;
/// The longest pause after failures while somebody looks, milliseconds.
pub const BACKOFF_MS_MAX: i64 = 5 * 60_000;
/// The longest pause after failures while nobody looks, milliseconds.
pub const BACKGROUND_BACKOFF_MS_MAX: i64 = 30 * 60_000;
/// The shortest pause, so that an unlucky draw does not hammer, milliseconds.
pub const PAUSE_MS_MIN: i64 = 100;
/// The longest pause that a server's wish is followed for, milliseconds: a wrong number must not keep
/// a device away for ever.
pub const RETRY_AFTER_MS_MAX: i64 = 60 * 60_000;
/// The shortest pause after a fault that asking again soon does not change, milliseconds.
pub const LASTING_PAUSE_MS_MIN: i64 = 60_000;
/// How often a device asks for news while it is online, milliseconds.
pub const POLL_MS: i64 = 10_000;
/// How often it asks while the server tells it of news, milliseconds.
pub const HINTED_POLL_MS: i64 = 60_000;
/// How often it asks while nobody looks, milliseconds.
pub const BACKGROUND_POLL_MS: i64 = 30 * 60_000;
/// Attempts of one direction that may fail per hour; then it rests until the hour is over.
pub const FAILURES_PER_HOUR_MAX: u32 = 40;
/// The hour of [`FAILURES_PER_HOUR_MAX`], milliseconds.
const HOUR_MS: i64 = 60 * 60_000;

/// Why an attempt failed, as far as it matters to the next one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Trouble {
    /// The pause that the server wants, milliseconds.
    pub retry_after_ms: Option<i64>,
    /// Asking again soon changes nothing: an unknown name, a certificate that is not trusted.
    pub lasting: bool,
}

impl From<Failure<'_>> for Trouble {
    fn from(failure: Failure<'_>) -> Self {
        Self {
            retry_after_ms: failure.retry_after_ms(),
            lasting: failure.lasting(),
        }
    }
}

/// What the driver reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// The program runs; commands may wait from before.
    Started {
        /// True when some do.
        waiting: bool,
    },
    /// A command was committed.
    Enqueued,
    /// The network came back.
    NetworkUp,
    /// A person asked.
    UserAsked,
    /// The app left the screen (true) or came back to it.
    Background(bool),
    /// A push was answered.
    PushDone {
        /// True when more commands wait.
        more: bool,
    },
    /// The server stopped the queue.
    PushBlocked,
    /// A push failed or was put off.
    PushFailed(Trouble),
    /// A pull was answered.
    PullDone {
        /// True when the server has more.
        more: bool,
    },
    /// A pull failed or was put off.
    PullFailed(Trouble),
    /// The line on which the server tells of news is open: what happened before it was is not told.
    HintsUp,
    /// The server has news.
    Hint,
    /// The line is not open, or no more.
    HintsDown(Trouble),
    /// The timer rang.
    Tick,
}

impl Event {
    /// What a flight up that ended so means to the schedule.
    #[must_use]
    pub fn pushed(ended: Result<push::End, Failure<'_>>) -> Self {
        match ended {
            Ok(push::End::Empty) => Self::PushDone { more: false },
            Ok(push::End::Blocked) => Self::PushBlocked,
            Ok(push::End::PutOff(retry_after_ms)) => Self::PushFailed(Trouble {
                retry_after_ms,
                lasting: false,
            }),
            Ok(push::End::Failed | push::End::Confused) => Self::PushFailed(Trouble::default()),
            Err(failure) if failure.blocks() => Self::PushBlocked,
            Err(failure) => Self::PushFailed(failure.into()),
        }
    }

    /// What a flight down that ended so means to the schedule.
    #[must_use]
    pub fn pulled(failed: Option<Failure<'_>>) -> Self {
        match failed {
            None => Self::PullDone { more: false },
            Some(failure) => Self::PullFailed(failure.into()),
        }
    }
}

/// What the driver does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Start a push.
    Push,
    /// Start a pull.
    Pull,
    /// Open the line on which the server tells of news.
    OpenHints,
    /// Close it.
    CloseHints,
    /// Report [`Event::Tick`] after so many milliseconds; replaces an earlier timer.
    SetTimer(i64),
}

/// One direction of traffic.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Lane {
    flying: bool,
    failures: u32,
    due_ms: Option<i64>,
    /// When the running hour began, and how many attempts failed in it.
    hour_ms: i64,
    spent: u32,
}

impl Lane {
    fn succeed(&mut self, due_ms: Option<i64>) {
        *self = Self {
            due_ms,
            ..Self::default()
        };
    }

    fn fail(&mut self, trouble: Trouble, now_ms: i64, drawn_ms: i64) {
        let asked = trouble
            .retry_after_ms
            .map(|ms| ms.clamp(PAUSE_MS_MIN, RETRY_AFTER_MS_MAX));
        let pause = asked.unwrap_or(drawn_ms.max(PAUSE_MS_MIN));
        self.flying = false;
        self.failures = self.failures.saturating_add(1);
        let due = now_ms.saturating_add(pause);
        self.due_ms = Some(due.max(self.spend(now_ms)));
    }

    /// Counts a failed attempt; answers the instant before which there is none to spend.
    fn spend(&mut self, now_ms: i64) -> i64 {
        if now_ms.saturating_sub(self.hour_ms) >= HOUR_MS || self.spent == 0 {
            self.hour_ms = now_ms;
            self.spent = 0;
        }
        self.spent = self.spent.saturating_add(1);
        if self.spent < FAILURES_PER_HOUR_MAX || planted::is(Bug::BudgetIgnored) {
            now_ms
        } else {
            self.hour_ms.saturating_add(HOUR_MS)
        }
    }

    /// Now, and with the shortest pauses again.
    fn hurry(&mut self, now_ms: i64) {
        self.failures = 0;
        self.due_ms = Some(now_ms);
    }

    /// True when this hour's attempts are spent.
    fn exhausted(&self, now_ms: i64) -> bool {
        let counted = !planted::is(Bug::BudgetIgnored);
        counted
            && self.spent >= FAILURES_PER_HOUR_MAX
            && now_ms.saturating_sub(self.hour_ms) < HOUR_MS
    }

    /// [`Lane::hurry`], unless this hour's attempts are spent.
    fn wake(&mut self, now_ms: i64) {
        if !self.exhausted(now_ms) {
            self.hurry(now_ms);
        }
    }
}

/// The pause after this many earlier failures in a row: anything up to the doubling ceiling, which
/// grows to `max_ms`.
#[must_use]
pub fn backoff_ms(failures: u32, random: u64, max_ms: i64) -> i64 {
    let max_ms = match planted::is(Bug::BackoffUncapped) {
        true => i64::MAX / 4,
        false => max_ms,
    };
    let doubled = BACKOFF_MS_MIN
        .checked_shl(failures.min(20))
        .unwrap_or(max_ms);
    let ceiling = doubled.clamp(BACKOFF_MS_MIN, max_ms.max(BACKOFF_MS_MIN));
    let span = ceiling.unsigned_abs().saturating_add(1);
    i64::try_from(random % span).unwrap_or(ceiling)
}

/// The schedule of one membership. Instants are of a clock that does not jump.
#[derive(Debug, Clone, Default)]
pub struct Scheduler {
    push: Lane,
    pull: Lane,
    /// Flies as long as the line for hints is open or being opened.
    hints: Lane,
    hinted: bool,
    /// News was heard of while a pull was under way.
    news: bool,
    waiting: bool,
    /// Something was committed while a push was under way.
    late: bool,
    blocked: bool,
    background: bool,
    /// After a lasting fault: no direction is tried before this instant.
    closed_until_ms: i64,
}

impl Scheduler {
    /// A schedule that has seen nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            closed_until_ms: i64::MIN,
            ..Self::default()
        }
    }

    /// True while the queue is stopped.
    #[must_use]
    pub fn blocked(&self) -> bool {
        self.blocked
    }

    /// True while commands wait.
    #[must_use]
    pub fn waiting(&self) -> bool {
        self.waiting
    }

    /// Takes an event and says what to do. `random` is any number, drawn anew for each event.
    pub fn handle(&mut self, event: Event, now_ms: i64, random: u64) -> Vec<Effect> {
        self.note(event, now_ms, random);
        let mut effects = Vec::new();
        let may_push = self.waiting && !self.blocked;
        if may_push && self.ready(&self.push, now_ms) {
            self.push.flying = true;
            effects.push(Effect::Push);
        }
        // News comes after what was sent, so that one's own effects are among it.
        if !self.push.flying && self.ready(&self.pull, now_ms) {
            self.pull.flying = true;
            effects.push(Effect::Pull);
        }
        if !self.background && self.ready(&self.hints, now_ms) {
            self.hints.flying = true;
            effects.push(Effect::OpenHints);
        }
        if self.background && self.hints.flying {
            self.hints.succeed(None);
            self.hinted = false;
            effects.push(Effect::CloseHints);
        }
        let push_due = self.push.due_ms.filter(|_| may_push && !self.push.flying);
        let pull_due = self
            .pull
            .due_ms
            .filter(|_| !self.pull.flying && !self.push.flying);
        if planted::is(Bug::TimerNotSet) && self.push.failures > 0 {
            return effects;
        }
        let away = self.background || self.hints.flying;
        let hints_due = self.hints.due_ms.filter(|_| !away);
        let dues = push_due.into_iter().chain(pull_due).chain(hints_due);
        if let Some(due) = dues.min() {
            let due = due.max(self.closed_until_ms);
            effects.push(Effect::SetTimer(due.saturating_sub(now_ms).max(0)));
        }
        effects
    }

    fn ready(&self, lane: &Lane, now_ms: i64) -> bool {
        let due = lane.due_ms.is_some_and(|due| due <= now_ms);
        due && !lane.flying && self.closed_until_ms <= now_ms
    }

    fn note(&mut self, event: Event, now_ms: i64, random: u64) {
        match event {
            Event::Started { waiting } => {
                self.waiting = waiting;
                self.wake(now_ms);
            }
            Event::Enqueued => {
                self.waiting = true;
                self.late = self.push.flying;
                if self.push.failures == 0 {
                    self.push.due_ms = Some(now_ms);
                }
            }
            Event::NetworkUp => self.wake(now_ms),
            Event::UserAsked => {
                self.blocked = false;
                self.closed_until_ms = now_ms;
                self.push.hurry(now_ms);
                self.pull.hurry(now_ms);
                self.wake_hints(now_ms);
            }
            Event::Background(away) => {
                self.background = away;
                if !away {
                    self.wake(now_ms);
                }
            }
            Event::PushDone { more } => {
                self.waiting = more || self.late;
                self.late = false;
                self.push.succeed(Some(now_ms));
                self.pull.due_ms = Some(now_ms);
            }
            Event::PushBlocked => {
                self.blocked = true;
                self.late = false;
                self.push.succeed(None);
            }
            Event::PushFailed(trouble) => {
                self.late = false;
                let drawn_ms = self.drawn_ms(self.push.failures, trouble, random);
                self.push.fail(trouble, now_ms, drawn_ms);
                self.shut(trouble, now_ms, drawn_ms);
            }
            Event::PullDone { more } => self.pulled(more, now_ms),
            Event::PullFailed(trouble) => {
                self.news = false;
                if !self.hints.flying {
                    self.hints.due_ms = None;
                }
                let drawn_ms = self.drawn_ms(self.pull.failures, trouble, random);
                self.pull.fail(trouble, now_ms, drawn_ms);
                self.shut(trouble, now_ms, drawn_ms);
            }
            Event::HintsUp | Event::Hint => self.hear(event == Event::HintsUp, now_ms),
            Event::HintsDown(trouble) => {
                self.hinted = false;
                let drawn_ms = self.drawn_ms(self.hints.failures, trouble, random);
                self.hints.fail(trouble, now_ms, drawn_ms);
                // Without hints it asks by itself again, as often as before.
                let soon = now_ms.saturating_add(self.poll_ms());
                self.pull.due_ms = self.pull.due_ms.map(|due| due.min(soon));
            }
            Event::Tick => {}
        }
    }

    fn pulled(&mut self, more: bool, now_ms: i64) {
        let again = more || std::mem::take(&mut self.news);
        let pause = if again { 0 } else { self.poll_ms() };
        self.pull.succeed(Some(now_ms.saturating_add(pause)));
        if !self.hints.flying && self.hints.due_ms.is_none() {
            // A server that answers can be listened to.
            self.hints.due_ms = Some(now_ms);
        }
    }

    /// There is news, or there may be: the server answers, so that pauses are short again.
    fn hear(&mut self, opened: bool, now_ms: i64) {
        if opened {
            self.hinted = true;
            self.hints.failures = 0;
        }
        self.news = self.pull.flying;
        self.pull.wake(now_ms);
        self.push.failures = 0;
    }

    /// Something has changed for the better: both directions are tried soon.
    fn wake(&mut self, now_ms: i64) {
        self.closed_until_ms = now_ms;
        self.push.wake(now_ms);
        self.pull.wake(now_ms);
        self.wake_hints(now_ms);
    }

    fn wake_hints(&mut self, now_ms: i64) {
        if !self.hints.flying && self.hints.due_ms.is_some() {
            self.hints.wake(now_ms);
        }
    }

    fn poll_ms(&self) -> i64 {
        match (self.background, self.hinted) {
            (true, _) => BACKGROUND_POLL_MS,
            (false, true) => HINTED_POLL_MS,
            (false, false) => POLL_MS,
        }
    }

    fn drawn_ms(&self, failures: u32, trouble: Trouble, random: u64) -> i64 {
        let max_ms = if self.background {
            BACKGROUND_BACKOFF_MS_MAX
        } else {
            BACKOFF_MS_MAX
        };
        let drawn = backoff_ms(failures, random, max_ms);
        if trouble.lasting {
            drawn.max(LASTING_PAUSE_MS_MIN)
        } else {
            drawn
        }
    }

    /// After a lasting fault the other direction would meet the same one.
    fn shut(&mut self, trouble: Trouble, now_ms: i64, drawn_ms: i64) {
        if trouble.lasting {
            self.closed_until_ms = now_ms.saturating_add(drawn_ms);
        }
    }
}
