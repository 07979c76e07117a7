//! When to push and when to pull: events in, effects out. One flight per direction; full jitter
//! doubling from one second to five minutes; the server's own wish for a pause wins. While the queue
//! is neither empty nor blocked, a flight is under way or a timer is set.

/// The first pause after a failure, milliseconds.
pub const BACKOFF_MS_MIN: i64 = 1_000;
/// The longest pause after failures, milliseconds.
pub const BACKOFF_MS_MAX: i64 = 5 * 60_000;
/// The shortest pause, so that an unlucky draw does not hammer, milliseconds.
pub const PAUSE_MS_MIN: i64 = 100;
/// How often a device asks for news while it is online, milliseconds.
pub const POLL_MS: i64 = 10_000;

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
    /// A push was answered.
    PushDone {
        /// True when more commands wait.
        more: bool,
    },
    /// The server stopped the queue.
    PushBlocked,
    /// A push failed or was put off.
    PushFailed {
        /// The pause that the server wants, milliseconds.
        retry_after_ms: Option<i64>,
    },
    /// A pull was answered.
    PullDone {
        /// True when the server has more.
        more: bool,
    },
    /// A pull failed or was put off.
    PullFailed {
        /// The pause that the server wants, milliseconds.
        retry_after_ms: Option<i64>,
    },
    /// The timer rang.
    Tick,
}

/// What the driver does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Start a push.
    Push,
    /// Start a pull.
    Pull,
    /// Report [`Event::Tick`] after so many milliseconds; replaces an earlier timer.
    SetTimer(i64),
}

/// One direction of traffic.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Lane {
    flying: bool,
    failures: u32,
    due_ms: Option<i64>,
}

impl Lane {
    fn succeed(&mut self, due_ms: Option<i64>) {
        *self = Self {
            flying: false,
            failures: 0,
            due_ms,
        };
    }

    fn fail(&mut self, retry_after_ms: Option<i64>, now_ms: i64, random: u64) {
        let pause = retry_after_ms.unwrap_or_else(|| backoff_ms(self.failures, random));
        self.flying = false;
        self.failures = self.failures.saturating_add(1);
        self.due_ms = Some(now_ms.saturating_add(pause.max(PAUSE_MS_MIN)));
    }

    fn hurry(&mut self, now_ms: i64) {
        self.failures = 0;
        self.due_ms = Some(now_ms);
    }

    fn ready(&self, now_ms: i64) -> bool {
        !self.flying && self.due_ms.is_some_and(|due| due <= now_ms)
    }
}

/// The pause after this many earlier failures in a row: anything up to the doubling ceiling.
#[must_use]
pub fn backoff_ms(failures: u32, random: u64) -> i64 {
    let doubled = BACKOFF_MS_MIN
        .checked_shl(failures.min(20))
        .unwrap_or(BACKOFF_MS_MAX);
    let ceiling = doubled.clamp(BACKOFF_MS_MIN, BACKOFF_MS_MAX);
    let span = ceiling.unsigned_abs().saturating_add(1);
    i64::try_from(random % span).unwrap_or(ceiling)
}

/// The schedule of one membership. Instants are of a clock that does not jump.
#[derive(Debug, Clone, Default)]
pub struct Scheduler {
    push: Lane,
    pull: Lane,
    waiting: bool,
    /// Something was committed while a push was under way.
    late: bool,
    blocked: bool,
}

impl Scheduler {
    /// A schedule that has seen nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
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
        if may_push && self.push.ready(now_ms) {
            self.push.flying = true;
            effects.push(Effect::Push);
        }
        // News comes after what was sent, so that one's own effects are among it.
        if !self.push.flying && self.pull.ready(now_ms) {
            self.pull.flying = true;
            effects.push(Effect::Pull);
        }
        let push_due = self.push.due_ms.filter(|_| may_push && !self.push.flying);
        let pull_due = self
            .pull
            .due_ms
            .filter(|_| !self.pull.flying && !self.push.flying);
        if let Some(due) = push_due.into_iter().chain(pull_due).min() {
            effects.push(Effect::SetTimer(due.saturating_sub(now_ms).max(0)));
        }
        effects
    }

    fn note(&mut self, event: Event, now_ms: i64, random: u64) {
        match event {
            Event::Started { waiting } => {
                self.waiting = waiting;
                self.push.hurry(now_ms);
                self.pull.hurry(now_ms);
            }
            Event::Enqueued => {
                self.waiting = true;
                self.late = self.push.flying;
                if self.push.failures == 0 {
                    self.push.due_ms = Some(now_ms);
                }
            }
            Event::NetworkUp => {
                self.push.hurry(now_ms);
                self.pull.hurry(now_ms);
            }
            Event::UserAsked => {
                self.blocked = false;
                self.push.hurry(now_ms);
                self.pull.hurry(now_ms);
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
            Event::PushFailed { retry_after_ms } => {
                self.late = false;
                self.push.fail(retry_after_ms, now_ms, random);
            }
            Event::PullDone { more } => {
                let pause = if more { 0 } else { POLL_MS };
                self.pull.succeed(Some(now_ms.saturating_add(pause)));
            }
            Event::PullFailed { retry_after_ms } => {
                self.pull.fail(retry_after_ms, now_ms, random);
            }
            Event::Tick => {}
        }
    }
}
