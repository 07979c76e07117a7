//! The outbox's states as one transition table, and what a push carries.

use carrot_wire::VerdictClass;
use carrot_wire::envelope::Envelope;
use carrot_wire::limits::{PUSH_BYTES_MAX, PUSH_COMMANDS_MAX};
use carrot_wire::notary::Head;
use carrot_wire::planted::{self, Bug};

/// Where a command stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Committed here, not sent.
    Queued,
    /// In a push whose answer is not known. Only a hint: after a crash it is queued.
    Sending,
    /// Booked by the server; the base does not show all of it yet.
    Accepted,
    /// Booked, and the base shows it.
    Reflected,
    /// It has no effect and never will.
    Rejected,
    /// Recorded; a person decides.
    Parked,
    /// The queue stops here until somebody asks again; nothing is lost.
    Blocked,
}

/// All states.
pub const STATES: [State; 7] = [
    State::Queued,
    State::Sending,
    State::Accepted,
    State::Reflected,
    State::Rejected,
    State::Parked,
    State::Blocked,
];

impl State {
    /// The state's name in the store and in status texts.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sending => "sending",
            Self::Accepted => "accepted",
            Self::Reflected => "reflected",
            Self::Rejected => "rejected",
            Self::Parked => "parked",
            Self::Blocked => "blocked",
        }
    }

    /// The state with this name. An unknown one, written by a newer version, blocks.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        STATES
            .into_iter()
            .find(|state| state.as_str() == name)
            .unwrap_or(Self::Blocked)
    }

    /// True while the command has no final answer.
    #[must_use]
    pub fn waits(self) -> bool {
        matches!(self, Self::Queued | Self::Sending | Self::Blocked)
    }

    /// True while the overlay shows the command.
    #[must_use]
    pub fn overlaid(self) -> bool {
        self.waits() || (self == Self::Accepted && !planted::is(Bug::OverlayDropped))
    }
}

/// What can happen to a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Happening {
    /// A push with it is about to leave.
    Sent,
    /// The push got no answer, or the program started again.
    Unanswered,
    /// The server answered.
    Answered(VerdictClass),
    /// The cursor of every touched scope held here has passed.
    Passed,
    /// The confirmed facts were dropped and come anew.
    BaseLost,
    /// The server no longer has it and asks for it again.
    ServerLost,
    /// A person or a new program version asks to try again.
    AskedAgain,
    /// A server whose history was rebuilt repeated its answer, which may be another than the one heard
    /// before: the command may have come to it a second time by a copy that was late on its way.
    AnsweredAnew(VerdictClass),
}

/// The state after a happening. Repeated answers change nothing; a final answer gives way only to
/// the server's having lost it, or to the final answer of a history that was rebuilt.
#[must_use]
pub fn after(state: State, happening: Happening) -> State {
    use Happening::{
        Answered, AnsweredAnew, AskedAgain, BaseLost, Passed, Sent, ServerLost, Unanswered,
    };
    match (state, happening) {
        (State::Queued, Sent) => State::Sending,
        (State::Sending, Unanswered) => State::Queued,
        (State::Blocked, AskedAgain) => State::Queued,
        (State::Accepted, Passed) => State::Reflected,
        (State::Reflected, BaseLost) => State::Accepted,
        (State::Rejected, ServerLost) if planted::is(Bug::RetryForgets) => State::Rejected,
        (State::Accepted, ServerLost) if planted::is(Bug::BatchWhole) => State::Accepted,
        (State::Accepted | State::Reflected | State::Rejected | State::Parked, ServerLost) => {
            State::Queued
        }
        (State::Queued | State::Sending | State::Blocked, Answered(class)) => answered(class),
        (State::Reflected, AnsweredAnew(VerdictClass::Accepted)) => State::Reflected,
        (
            State::Accepted | State::Reflected | State::Rejected | State::Parked,
            AnsweredAnew(class),
        ) if class.is_final() => answered(class),
        (unchanged, _) => unchanged,
    }
}

fn answered(class: VerdictClass) -> State {
    match class {
        VerdictClass::Accepted => State::Accepted,
        VerdictClass::Rejected => State::Rejected,
        VerdictClass::Parked => State::Parked,
        VerdictClass::Retry if planted::is(Bug::RetryForgets) => State::Rejected,
        VerdictClass::Retry => State::Queued,
        VerdictClass::Blocked => State::Blocked,
    }
}

/// Bytes that an envelope adds to a push, as JSON, rounded up.
#[must_use]
pub fn pushed_bytes(envelope: &Envelope) -> usize {
    // Quotes inside the signed text are escaped; names and separators fit in the constant.
    let escapes = envelope
        .bytes
        .bytes()
        .filter(|byte| matches!(byte, b'"' | b'\\'))
        .count();
    envelope.bytes.len()
        + escapes
        + envelope.suite.len()
        + envelope.kid.len()
        + envelope.signature.len()
        + 64
}

/// A command as far as it matters to a push.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// Its number.
    pub seq: i64,
    /// Where it stands.
    pub state: State,
    /// What it adds to a push: see [`pushed_bytes`].
    pub bytes: usize,
}

/// How many of these commands, in device order, go into one push: at most
/// [`PUSH_COMMANDS_MAX`] and [`PUSH_BYTES_MAX`], without a gap, and none behind a blocked one.
#[must_use]
pub fn batch(waiting: impl IntoIterator<Item = Waiting>) -> usize {
    fitting(waiting, |state| state != State::Blocked && state.waits())
}

/// How many of these commands go into one push that asks for answers again: as [`batch`], of those that
/// have their final answer.
#[must_use]
pub fn repeated(answered: impl IntoIterator<Item = Waiting>) -> usize {
    fitting(answered, |state| !state.waits())
}

fn fitting(commands: impl IntoIterator<Item = Waiting>, goes: fn(State) -> bool) -> usize {
    let mut count = 0;
    let mut bytes: usize = 0;
    let mut expected = None;
    for Waiting {
        seq,
        state,
        bytes: own,
    } in commands
    {
        bytes = bytes.saturating_add(own);
        let follows = expected.is_none_or(|next| next == seq);
        let fits = count < PUSH_COMMANDS_MAX && bytes <= PUSH_BYTES_MAX;
        if !follows || !fits || !goes(state) {
            break;
        }
        count += 1;
        expected = seq.checked_add(1);
    }
    count
}

/// True for an answer after which a device can send nothing more under its identity: it needs a new one,
/// and its person decides what of the old queue is issued anew.
#[must_use]
pub fn ends_identity(code: &str) -> bool {
    matches!(code, "forked" | "revoked")
}

/// What the number that the server expects next says about the two histories.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Both agree.
    Level,
    /// The server lost what it once answered: send again from this number.
    ResendFrom(i64),
    /// The server has more than this device ever made: another copy of it has been at work.
    Forked,
    /// The server needs numbers that this device no longer keeps.
    HistoryMissing,
}

/// What a countersigned head says about this device's chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notarised {
    /// It is a head of this chain.
    Mine,
    /// It speaks of a command that this device did not make or no longer keeps.
    Beyond,
    /// The server has another command under that number.
    Other,
}

/// Compares a countersigned head with this device's chain: its highest number, and the link to the
/// command under the head's number as far as it is kept.
#[must_use]
pub fn notarised(head: &Head, highest: i64, link: Option<&str>) -> Notarised {
    match link {
        Some(link) if link == head.hash => Notarised::Mine,
        Some(_) if head.last_seq <= highest => Notarised::Other,
        _ => Notarised::Beyond,
    }
}

/// Compares the server's next number with the device's history: the lowest and highest number kept
/// here, and the lowest that still waits for an answer (`highest + 1` when none does).
#[must_use]
pub fn standing(expected: i64, lowest: i64, highest: i64, first_waiting: i64) -> Standing {
    if expected > highest.saturating_add(1) {
        Standing::Forked
    } else if expected >= first_waiting {
        Standing::Level
    } else if expected < lowest.max(1) {
        Standing::HistoryMissing
    } else {
        Standing::ResendFrom(expected)
    }
}
