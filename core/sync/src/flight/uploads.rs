//! One flight of photos: those whose commands the server has, one after the other. A photo that the
//! server does not take keeps no other back; bytes are released only when the server has them.

use super::Failure;

/// What the driver reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event<'a> {
    /// The effect was carried out.
    Done,
    /// So many photos are due.
    Due(usize),
    /// The server has it, or has not.
    Asked(bool),
    /// A call brought nothing.
    Failed(Failure<'a>),
}

/// What the driver does next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Look which photos are due. Reports [`Event::Due`].
    Look,
    /// Ask whether the server has the photo of this place in the list. Reports [`Event::Asked`] or
    /// [`Event::Failed`].
    Ask(usize),
    /// Send its bytes. Reports [`Event::Done`] or [`Event::Failed`].
    Send(usize),
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
    /// Nothing is due any more.
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
    Noting,
    Releasing,
    Over,
}

/// One flight of photos.
#[derive(Debug, Clone)]
pub struct Flight {
    step: Step,
    at: usize,
    due: usize,
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
            at: 0,
            due: 0,
        }
    }

    /// Takes what came of the last effect (at first [`Event::Done`]) and says what comes next.
    pub fn step(&mut self, event: Event<'_>) -> Effect {
        match (self.step, event) {
            (Step::Begin, Event::Done) => self.go(Step::Looking, Effect::Look),
            (Step::Looking, Event::Due(due)) => {
                self.due = due;
                self.next()
            }
            (Step::Asking, Event::Asked(true)) | (Step::Sending, Event::Done) => {
                self.go(Step::Noting, Effect::Note(self.at))
            }
            (Step::Asking, Event::Asked(false)) => self.go(Step::Sending, Effect::Send(self.at)),
            (Step::Asking | Step::Sending, Event::Failed(failure)) if failure.only_this() => {
                self.go(Step::Noting, Effect::Skip(self.at))
            }
            (Step::Asking | Step::Sending, Event::Failed(_)) => self.end(End::Failed),
            (Step::Noting, Event::Done) => {
                self.at = self.at.saturating_add(1);
                self.next()
            }
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
        if self.at < self.due {
            self.go(Step::Asking, Effect::Ask(self.at))
        } else {
            self.go(Step::Releasing, Effect::Release)
        }
    }
}
