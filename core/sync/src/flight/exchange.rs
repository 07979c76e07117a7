//! A whole exchange that a person asked for: commands up, their photos, news down. A server that lost
//! commands is told them again once within one exchange.

use super::{pull, push, uploads};

/// How many times commands go up within one exchange.
const ROUNDS_MAX: u32 = 2;

/// What the driver reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// The exchange begins.
    Begin,
    /// The flight up ended; `unreachable` when nobody answered.
    Pushed {
        /// How.
        end: push::End,
        /// True when nobody answered.
        unreachable: bool,
    },
    /// The photos' flight ended.
    Uploaded {
        /// How.
        end: uploads::End,
        /// True when nobody answered.
        unreachable: bool,
    },
    /// The flight down ended.
    Pulled(pull::End),
}

/// What the driver does next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Fly up.
    Push,
    /// Bring photos.
    Upload,
    /// Fly down.
    Pull,
    /// It is over; true when every flight came to its end. The first failure is the driver's answer.
    End(bool),
}

/// A whole exchange.
#[derive(Debug, Clone, Default)]
pub struct Exchange {
    rounds: u32,
    failed: bool,
}

impl Exchange {
    /// An exchange that has not begun.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes what came of the last effect and says what comes next.
    pub fn step(&mut self, event: Event) -> Effect {
        match event {
            Event::Begin => self.push(),
            // Who cannot be reached is not asked again at once.
            Event::Pushed {
                unreachable: true, ..
            }
            | Event::Uploaded {
                unreachable: true, ..
            } => Effect::End(false),
            // News is wanted even when the server takes nothing now.
            Event::Pushed {
                end: push::End::Failed | push::End::Confused,
                ..
            } => {
                self.failed = true;
                Effect::Pull
            }
            Event::Pushed { .. } => Effect::Upload,
            Event::Uploaded { end, .. } => {
                self.failed |= end != uploads::End::Done;
                Effect::Pull
            }
            Event::Pulled(pull::End::Level { resend: true, .. })
                if !self.failed && self.rounds < ROUNDS_MAX =>
            {
                self.push()
            }
            Event::Pulled(pull::End::Level { .. }) => Effect::End(!self.failed),
            Event::Pulled(_) => Effect::End(false),
        }
    }

    fn push(&mut self) -> Effect {
        self.rounds = self.rounds.saturating_add(1);
        Effect::Push
    }
}
