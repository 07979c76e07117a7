//! One flight of photos: those whose commands the server has, one after the other, small ones first. A
//! large one goes in parts from where the server stands, and waits where the network costs money or the
//! battery is low, unless a person wants it sent. A photo that the server does not take keeps no other
//! back; bytes are released only when the server has them.

use carrot_wire::blob::CODE_CONFLICT;
use carrot_wire::limits::{BLOB_CALL_BYTES_MAX, BLOB_PART_BYTES_MAX};

use super::Failure;

/// Above this a photo waits for a network that costs nothing and for power, bytes.
pub const UNASKED_BYTES_MAX: u64 = 1024 * 1024;
/// How often one photo may be told within a flight that it stands elsewhere.
const CONFLICTS_MAX: u32 = 3;

/// What is known about a photo that is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// Its size, bytes.
    pub bytes: u64,
    /// A person wants it sent whatever it costs.
    pub anyway: bool,
}

/// Where the device is, as far as its host can tell. What it cannot tell is false.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// The network costs money by the byte.
    pub metered: bool,
    /// The battery is low, and it is not being charged.
    pub battery_low: bool,
}

/// What a large photo waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deferral {
    /// A network that does not cost money by the byte.
    Metered,
    /// Power.
    BatteryLow,
}

impl Deferral {
    /// Its stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Metered => "upload_metered",
            Self::BatteryLow => "upload_battery_low",
        }
    }
}

/// Why a photo is not sent now; none when it is.
#[must_use]
pub fn deferral(due: Due, surroundings: Surroundings) -> Option<Deferral> {
    if due.anyway || due.bytes <= UNASKED_BYTES_MAX {
        None
    } else if surroundings.metered {
        Some(Deferral::Metered)
    } else {
        surroundings.battery_low.then_some(Deferral::BatteryLow)
    }
}

/// What the driver reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event<'a> {
    /// The effect was carried out.
    Done,
    /// These photos are due, the oldest first.
    Due(&'a [Due]),
    /// The server has it, or has not.
    Asked(bool),
    /// The server has so many bytes from the beginning on.
    Stands {
        /// Bytes.
        offset: u64,
        /// True when it has the whole and its hash is right.
        complete: bool,
    },
    /// A call brought nothing.
    Failed(Failure<'a>),
}

/// What the driver does next. Photos are named by their place in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Look which photos are due. Reports [`Event::Due`].
    Look,
    /// Ask whether the server has a photo. Reports [`Event::Asked`] or [`Event::Failed`].
    Ask(usize),
    /// Send it whole. Reports [`Event::Done`] or [`Event::Failed`].
    Send(usize),
    /// Ask how much of it the server has. Reports [`Event::Stands`] or [`Event::Failed`].
    AskOffset(usize),
    /// Send some of its bytes. Reports [`Event::Stands`] or [`Event::Failed`].
    SendPart {
        /// The photo.
        at: usize,
        /// Where the part begins, bytes.
        offset: u64,
        /// How long it is, bytes; none when all are there and only the end is missing.
        bytes: u64,
    },
    /// Note that the server has it. Reports [`Event::Done`].
    Note(usize),
    /// Say that the server does not take it. Reports [`Event::Done`].
    Skip(usize),
    /// Release the bytes of photos that the server has long had. Reports [`Event::Done`].
    Release,
    /// The flight is over.
    End(End),
}

/// How a flight of photos ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Nothing is due any more that may be sent now.
    Done,
    /// The last call brought nothing; the driver has the reason.
    Failed,
    /// The driver reported what cannot follow the last effect.
    Confused,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Begin,
    Looking,
    Asking,
    Sending,
    /// Where the server stands was asked, or a part was sent.
    InParts,
    Noting,
    Releasing,
    Over,
}

/// A photo of this flight.
#[derive(Debug, Clone, Copy)]
struct Item {
    at: usize,
    bytes: u64,
}

/// One flight of photos.
#[derive(Debug, Clone)]
pub struct Flight {
    step: Step,
    surroundings: Surroundings,
    /// What is still to go, the next one last.
    left: Vec<Item>,
    item: Item,
    /// Where the last part of it began.
    last: Option<u64>,
    conflicts: u32,
}

impl Flight {
    /// A flight that has not begun.
    #[must_use]
    pub fn new(surroundings: Surroundings) -> Self {
        Self {
            step: Step::Begin,
            surroundings,
            left: Vec::new(),
            item: Item { at: 0, bytes: 0 },
            last: None,
            conflicts: 0,
        }
    }

    /// Takes what came of the last effect (at first [`Event::Done`]) and says what comes next.
    pub fn step(&mut self, event: Event<'_>) -> Effect {
        let at = self.item.at;
        match (self.step, event) {
            (Step::Begin, Event::Done) => self.go(Step::Looking, Effect::Look),
            (Step::Looking, Event::Due(due)) => {
                self.left = in_order(due, self.surroundings);
                self.next()
            }
            (Step::Asking, Event::Asked(true)) | (Step::Sending, Event::Done) => {
                self.go(Step::Noting, Effect::Note(at))
            }
            (Step::Asking, Event::Asked(false)) if self.item.bytes <= call_bytes_max() => {
                self.go(Step::Sending, Effect::Send(at))
            }
            (Step::Asking, Event::Asked(false)) => self.go(Step::InParts, Effect::AskOffset(at)),
            (Step::InParts, Event::Stands { complete: true, .. }) => {
                self.go(Step::Noting, Effect::Note(at))
            }
            (Step::InParts, Event::Stands { offset, .. }) => self.part(offset),
            (Step::InParts, Event::Failed(failure)) if is_conflict(failure) => self.ask_again(),
            (Step::Asking | Step::Sending | Step::InParts, Event::Failed(failure)) => {
                if failure.only_this() {
                    self.go(Step::Noting, Effect::Skip(at))
                } else {
                    self.end(End::Failed)
                }
            }
            (Step::Noting, Event::Done) => self.next(),
            (Step::Releasing, Event::Done) => self.end(End::Done),
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

    fn next(&mut self) -> Effect {
        (self.conflicts, self.last) = (0, None);
        match self.left.pop() {
            Some(item) => {
                self.item = item;
                self.go(Step::Asking, Effect::Ask(item.at))
            }
            None => self.go(Step::Releasing, Effect::Release),
        }
    }

    /// The part from where the server stands; an empty one when only the end is missing. A server that
    /// says it has more than there is, or that does not come further, is not asked for ever.
    fn part(&mut self, offset: u64) -> Effect {
        let Item { at, bytes } = self.item;
        let Some(rest) = bytes.checked_sub(offset) else {
            return self.go(Step::Noting, Effect::Skip(at));
        };
        if self.last.is_some_and(|last| offset <= last) {
            self.conflicts = self.conflicts.saturating_add(1);
            if self.conflicts > CONFLICTS_MAX {
                return self.go(Step::Noting, Effect::Skip(at));
            }
        }
        self.last = Some(offset);
        let bytes = rest.min(part_bytes_max());
        self.go(Step::InParts, Effect::SendPart { at, offset, bytes })
    }

    /// Where the server says it stands when it is asked is no sign that a part brought nothing.
    fn ask_again(&mut self) -> Effect {
        self.last = None;
        self.conflicts = self.conflicts.saturating_add(1);
        let at = self.item.at;
        if self.conflicts > CONFLICTS_MAX {
            self.go(Step::Noting, Effect::Skip(at))
        } else {
            self.go(Step::InParts, Effect::AskOffset(at))
        }
    }
}

/// What may go now, the next one last: what goes in one call before what goes in parts, the oldest
/// first among each.
fn in_order(due: &[Due], surroundings: Surroundings) -> Vec<Item> {
    let numbered = due.iter().enumerate();
    let now = numbered.filter(|(_, due)| deferral(**due, surroundings).is_none());
    let mut items: Vec<Item> = now
        .map(|(at, due)| Item {
            at,
            bytes: due.bytes,
        })
        .collect();
    items.sort_by_key(|item| (item.bytes > call_bytes_max(), item.at));
    items.reverse();
    items
}

fn is_conflict(failure: Failure<'_>) -> bool {
    matches!(failure, Failure::Refused { code, .. } if code == CODE_CONFLICT)
}

fn call_bytes_max() -> u64 {
    u64::try_from(BLOB_CALL_BYTES_MAX).unwrap_or(u64::MAX)
}

fn part_bytes_max() -> u64 {
    u64::try_from(BLOB_PART_BYTES_MAX).unwrap_or(u64::MAX)
}
