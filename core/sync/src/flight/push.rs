//! One flight up: what waits leaves in device order, each verdict settles its own command, and the
//! two histories are compared after every answer.

use crate::outbox::{Happening, Standing, Waiting, batch, standing};
use carrot_wire::VerdictClass;
use carrot_wire::limits::PUSH_COMMANDS_MAX;
use carrot_wire::planted::{self, Bug};

/// The server has commands of this device that this folder never made.
pub const CODE_FORKED: &str = "forked";
/// The server needs commands that are no longer kept here.
pub const CODE_HISTORY_MISSING: &str = "history_missing";

/// What the device's history looks like beside the server's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The lowest number kept.
    pub lowest: i64,
    /// The highest number ever given.
    pub highest: i64,
    /// The lowest that waits for an answer; `highest + 1` when none does.
    pub first_waiting: i64,
}

impl Span {
    /// Compares it with the number that the server expects next.
    #[must_use]
    pub fn standing(&self, expected: i64) -> Standing {
        standing(expected, self.lowest, self.highest, self.first_waiting)
    }
}

/// What an answer did to the outbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stored {
    /// Commands that got their final answer by it.
    pub settled: u32,
    /// Set when the server wants something later: after so many milliseconds, if it said.
    pub put_off: Option<Option<i64>>,
    /// The number that the server expects next.
    pub expected_seq: i64,
    /// The history after it.
    pub span: Span,
}

/// What the driver reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event<'a> {
    /// The effect was carried out.
    Done,
    /// What waits, oldest first.
    Loaded(&'a [Waiting]),
    /// An answer came.
    Answered,
    /// None came, or a refusal; true when it stops the queue.
    Failed {
        /// See [`super::Failure::blocks`].
        blocks: bool,
    },
    /// The answer's verdicts are committed.
    Stored(Stored),
    /// So many commands changed their state.
    Moved(u64),
}

/// What the driver does next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Move every command from this number on as this happening says. Reports [`Event::Moved`].
    Move(Happening, i64),
    /// Read the oldest that wait, at most so many. Reports [`Event::Loaded`].
    Load(usize),
    /// Note that the first so many of them leave. Reports [`Event::Done`].
    Depart(usize),
    /// Send them. Reports [`Event::Answered`] or [`Event::Failed`].
    Send(usize),
    /// Store the verdicts. Reports [`Event::Stored`].
    Store,
    /// Stop the queue and note why. Reports [`Event::Done`].
    Stop(&'static str),
    /// The flight is over.
    End(End),
}

/// How a flight up ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Nothing waits any more.
    Empty,
    /// The queue has stopped.
    Blocked,
    /// The server wants the rest later, after so many milliseconds if it said.
    PutOff(Option<i64>),
    /// The last call brought nothing; the driver has the reason.
    Failed,
    /// The driver reported what cannot follow the last effect.
    Confused,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Begin,
    Requeued,
    Loading,
    Departing(usize),
    Sending,
    Storing,
    Resending,
    Stopping,
    Giving,
    Over,
}

/// One flight up.
#[derive(Debug, Clone)]
pub struct Flight {
    step: Step,
    /// The server asked for lost commands once; a second time within one flight is not progress.
    resent: bool,
    put_off: Option<Option<i64>>,
    stalled: bool,
}

impl Default for Flight {
    fn default() -> Self {
        Self::new()
    }
}

impl Flight {
    /// A flight that has not begun.
    #[must_use]
    pub fn new() -> Self {
        Self {
            step: Step::Begin,
            resent: false,
            put_off: None,
            stalled: false,
        }
    }

    /// Takes what came of the last effect (at first [`Event::Done`]) and says what comes next.
    pub fn step(&mut self, event: Event<'_>) -> Effect {
        match (self.step, event) {
            (Step::Begin, Event::Done) => {
                // What was under way when the last flight broke off waits again.
                self.go(Step::Requeued, Effect::Move(Happening::Unanswered, 0))
            }
            (Step::Requeued, Event::Moved(_)) => self.load(),
            (Step::Loading, Event::Loaded(rows)) => self.loaded(rows),
            (Step::Departing(count), Event::Done) => self.go(Step::Sending, Effect::Send(count)),
            (Step::Sending, Event::Answered) => self.go(Step::Storing, Effect::Store),
            (Step::Sending, Event::Failed { blocks }) => {
                let happening = if blocks {
                    Happening::Answered(VerdictClass::Blocked)
                } else {
                    Happening::Unanswered
                };
                self.go(Step::Giving, Effect::Move(happening, 0))
            }
            (Step::Storing, Event::Stored(stored)) => self.stored(stored),
            (Step::Resending, Event::Moved(count)) => {
                let again = count > 0 && !self.resent;
                self.resent |= count > 0;
                self.stalled &= !again;
                self.load()
            }
            (Step::Stopping, Event::Done) => self.load(),
            (Step::Giving, Event::Moved(_)) => self.end(End::Failed),
            _ => self.end(End::Confused),
        }
    }

    fn go(&mut self, step: Step, effect: Effect) -> Effect {
        self.step = step;
        effect
    }

    fn end(&mut self, end: End) -> Effect {
        self.go(Step::Over, Effect::End(end))
    }

    fn load(&mut self) -> Effect {
        match self.put_off {
            Some(pause) => self.end(End::PutOff(pause)),
            None => self.go(Step::Loading, Effect::Load(PUSH_COMMANDS_MAX)),
        }
    }

    fn loaded(&mut self, rows: &[Waiting]) -> Effect {
        let count = batch(rows.iter().copied());
        if rows.is_empty() {
            self.end(End::Empty)
        } else if count == 0 {
            self.end(End::Blocked)
        } else if self.stalled {
            // An answer that settled nothing is not asked for again at once.
            self.end(End::PutOff(None))
        } else {
            self.go(Step::Departing(count), Effect::Depart(count))
        }
    }

    fn stored(&mut self, stored: Stored) -> Effect {
        self.put_off = stored.put_off;
        self.stalled = stored.settled == 0;
        match compared(stored.span.standing(stored.expected_seq)) {
            None => self.load(),
            Some(effect @ Effect::Move(..)) => self.go(Step::Resending, effect),
            Some(effect) => self.go(Step::Stopping, effect),
        }
    }
}

/// What follows from the comparison of the two histories; none when they agree.
#[must_use]
pub fn compared(standing: Standing) -> Option<Effect> {
    match standing {
        Standing::Level => None,
        Standing::ResendFrom(_) if planted::is(Bug::LossUnnoticed) => None,
        Standing::ResendFrom(seq) => Some(Effect::Move(Happening::ServerLost, seq)),
        Standing::Forked => Some(Effect::Stop(CODE_FORKED)),
        Standing::HistoryMissing => Some(Effect::Stop(CODE_HISTORY_MISSING)),
    }
}
