//! One flight down: answers are checked page by page and applied with their cursors, until the server
//! has no more; then what was booked and is shown now is marked, and old answers are forgotten. A page
//! that does not fit makes its scope suspect: it is asked for from its beginning, once. A scope that is
//! taken as a snapshot comes piece by piece, is laid out beside the old one, and takes its place in one
//! effect.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use carrot_rules::Scope;
use carrot_wire::pull::PullReply;

use super::push::{self, Span, compared};
use crate::outbox::Happening;
use crate::plan::{Held, Plan, plan};
use crate::snapshot::{Reached, Swap, Wanted};

/// How many times one flight begins to take one scope as a snapshot.
const SNAPSHOT_TRIES_MAX: u32 = 3;

/// What the driver reports.
#[derive(Debug, Clone, Copy)]
pub enum Event<'a> {
    /// The effect was carried out.
    Done,
    /// An answer came; `held` is what the device held when it asked.
    Answered {
        /// The answer.
        reply: &'a PullReply,
        /// The scopes as they were.
        held: &'a [Held],
    },
    /// No answer came, or a refusal, or one that cannot be taken.
    Failed,
    /// The plan is committed.
    Applied(Span),
    /// So many commands changed their state.
    Moved(u64),
    /// A piece of a snapshot is here.
    Fetched(Piece),
    /// The snapshot is laid out beside what is held.
    Staged(&'a Reached),
    /// It is not what it says, or of another kind.
    Unfit,
}

/// What came of asking for the next piece of a snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    /// It is kept, and there are more.
    Kept,
    /// It was the last.
    Last,
    /// The server has another snapshot by now: the pieces do not go on.
    Changed,
}

/// What the driver does next.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Send the cursors. Reports [`Event::Answered`] or [`Event::Failed`].
    Ask,
    /// Check what the answer says of the device itself (its certificate) and keep it. Reports
    /// [`Event::Done`] or [`Event::Failed`].
    Renew,
    /// Apply the pages with their cursors in one transaction. Reports [`Event::Applied`].
    Apply(Plan),
    /// Move every command from this number on as this happening says. Reports [`Event::Moved`].
    Move(Happening, i64),
    /// Stop the queue and note why. Reports [`Event::Done`].
    Stop(&'static str),
    /// A history was rebuilt: commands up to this number are in what was pulled, and their answers
    /// may be others than those heard before. Reports [`Event::Done`], or [`Event::Failed`] when the
    /// answers could not be had.
    SettleThrough(i64),
    /// Note that everything was pulled. Reports [`Event::Done`].
    NoteSynced,
    /// Mark accepted commands that the base shows now. Reports [`Event::Moved`].
    MarkReflected,
    /// Forget commands that were settled long ago. Reports [`Event::Done`].
    Prune,
    /// Ask for the next piece of a snapshot and keep it; pieces of an earlier flight count. Reports
    /// [`Event::Fetched`] or [`Event::Failed`].
    Fetch(Wanted),
    /// Check the whole and lay it out beside what is held, of which nothing changes. Reports
    /// [`Event::Staged`] or [`Event::Unfit`].
    Stage(Wanted),
    /// Put it in the place of what is held, with its cursor, in one transaction. Reports
    /// [`Event::Applied`].
    Swap(Swap),
    /// Forget the pieces of a snapshot. Reports [`Event::Done`].
    Discard(Scope),
    /// The flight is over.
    End(End),
}

/// How a flight down ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Everything is here.
    Level {
        /// The server has lost commands, which wait again now.
        resend: bool,
        /// What screens show may have changed besides the pages' changes.
        news: bool,
    },
    /// The last call brought nothing, or nothing that can be taken; the driver has the reason.
    Failed,
    /// Pages of a scope do not fit together, even from its beginning.
    Unfit(Scope),
    /// The server promises more and sends nothing.
    Empty,
    /// The driver reported what cannot follow the last effect.
    Confused,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Begin,
    Asking,
    Renewing,
    Applying,
    Resending,
    Stopping,
    Settling,
    Noting,
    Marking,
    Pruning,
    Fetching,
    Staging,
    Swapping,
    Discarding,
    Over,
}

/// One flight down.
#[derive(Debug, Clone)]
pub struct Flight {
    step: Step,
    refetched: BTreeSet<Scope>,
    plan: Plan,
    more: bool,
    progress: bool,
    rebuilt: bool,
    resend: bool,
    reflected: bool,
    last_seq: i64,
    /// Scopes that are taken as snapshots, the one under way first.
    wanted: VecDeque<Wanted>,
    tries: BTreeMap<Scope, u32>,
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
            refetched: BTreeSet::new(),
            plan: Plan::default(),
            more: false,
            progress: false,
            rebuilt: false,
            resend: false,
            reflected: false,
            last_seq: 0,
            wanted: VecDeque::new(),
            tries: BTreeMap::new(),
        }
    }

    /// A flight that has not begun, after one that saw a rebuilt history and broke off before it settled.
    #[must_use]
    pub fn unsettled() -> Self {
        Self {
            rebuilt: true,
            ..Self::new()
        }
    }

    /// Takes what came of the last effect (at first [`Event::Done`]) and says what comes next.
    pub fn step(&mut self, event: Event<'_>) -> Effect {
        match (self.step, event) {
            (Step::Begin, Event::Done) => self.go(Step::Asking, Effect::Ask),
            (Step::Asking, Event::Answered { reply, held }) => self.answered(reply, held),
            (Step::Asking | Step::Renewing | Step::Fetching | Step::Settling, Event::Failed) => {
                self.end(End::Failed)
            }
            (Step::Renewing, Event::Done) => self.apply(),
            (Step::Applying, Event::Applied(span)) => self.applied(span),
            (Step::Resending, Event::Moved(count)) => {
                self.resend |= count > 0;
                self.next()
            }
            (Step::Stopping, Event::Done) => self.next(),
            (Step::Fetching, Event::Fetched(piece)) => self.fetched(piece),
            (Step::Staging, Event::Staged(reached)) => self.staged(reached),
            (Step::Staging, Event::Unfit) => self.discard(),
            (Step::Discarding, Event::Done) => self.next(),
            (Step::Swapping, Event::Applied(span)) => {
                self.wanted.pop_front();
                self.applied(span)
            }
            (Step::Settling, Event::Done) => self.go(Step::Noting, Effect::NoteSynced),
            (Step::Noting, Event::Done) => self.go(Step::Marking, Effect::MarkReflected),
            (Step::Marking, Event::Moved(count)) => {
                self.reflected = count > 0;
                self.go(Step::Pruning, Effect::Prune)
            }
            (Step::Pruning, Event::Done) => self.end(End::Level {
                resend: self.resend,
                news: self.reflected || self.rebuilt || self.resend,
            }),
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

    fn answered(&mut self, reply: &PullReply, held: &[Held]) -> Effect {
        self.plan = plan(reply, held);
        self.more = reply.more || !self.plan.suspect.is_empty();
        self.wanted = self.plan.snapshots.iter().cloned().collect();
        self.progress = self.plan.changes > 0
            || !self.plan.suspect.is_empty()
            || !self.plan.snapshots.is_empty();
        self.rebuilt |= self.plan.rebuilt;
        self.last_seq = reply.device_last_seq;
        self.go(Step::Renewing, Effect::Renew)
    }

    fn apply(&mut self) -> Effect {
        for scope in &self.plan.suspect {
            if !self.refetched.insert(*scope) {
                let scope = *scope;
                return self.end(End::Unfit(scope));
            }
        }
        let plan = std::mem::take(&mut self.plan);
        self.go(Step::Applying, Effect::Apply(plan))
    }

    fn applied(&mut self, span: Span) -> Effect {
        let standing = span.standing(self.last_seq.saturating_add(1));
        match compared(standing) {
            Some(push::Effect::Move(happening, seq)) => {
                self.go(Step::Resending, Effect::Move(happening, seq))
            }
            Some(push::Effect::Stop(code)) => self.go(Step::Stopping, Effect::Stop(code)),
            _ => self.next(),
        }
    }

    /// Begins to take the next snapshot, or takes up one that broke off.
    fn fetch(&mut self, wanted: Wanted) -> Effect {
        let tries = self.tries.entry(wanted.scope).or_default();
        *tries = tries.saturating_add(1);
        if *tries > SNAPSHOT_TRIES_MAX {
            return self.end(End::Unfit(wanted.scope));
        }
        self.go(Step::Fetching, Effect::Fetch(wanted))
    }

    fn fetched(&mut self, piece: Piece) -> Effect {
        match (piece, self.wanted.front().cloned()) {
            (Piece::Kept, Some(wanted)) => self.go(Step::Fetching, Effect::Fetch(wanted)),
            (Piece::Last, Some(wanted)) => self.go(Step::Staging, Effect::Stage(wanted)),
            (Piece::Changed, Some(_)) => self.discard(),
            (_, None) => self.end(End::Confused),
        }
    }

    fn discard(&mut self) -> Effect {
        match self.wanted.front().map(|wanted| wanted.scope) {
            Some(scope) => self.go(Step::Discarding, Effect::Discard(scope)),
            None => self.end(End::Confused),
        }
    }

    fn staged(&mut self, reached: &Reached) -> Effect {
        let Some(wanted) = self.wanted.front() else {
            return self.end(End::Confused);
        };
        let swap = wanted.swap(reached);
        self.rebuilt |= swap.rebuilt;
        self.go(Step::Swapping, Effect::Swap(swap))
    }

    fn next(&mut self) -> Effect {
        if let Some(wanted) = self.wanted.front().cloned() {
            return self.fetch(wanted);
        }
        match (self.more, self.progress) {
            (true, true) => self.go(Step::Asking, Effect::Ask),
            (true, false) => self.end(End::Empty),
            (false, _) if self.rebuilt => {
                self.go(Step::Settling, Effect::SettleThrough(self.last_seq))
            }
            (false, _) => self.go(Step::Noting, Effect::NoteSynced),
        }
    }
}
