//! What a draft of a rule set would have given for events of the past, beside what another set gives
//! for the same events. Each set keeps its own tallies, limits, budgets and outstanding points from
//! event to event, so that what came before counts as it would have.
//!
//! Memory follows the number of people, outlets and other subjects, not that of events.

use std::ops::ControlFlow;
use std::sync::Arc;

use crate::amount::Overflow;
use crate::earn::{Event, Party};
use crate::entity::{
    Entity, EntityKind, LessonResult, Outlet, Participant, Product, Referral, Staff, Tallied,
};
use crate::facts::{Fact, FactKey, Facts, Seen};
use crate::index::Index;

mod given;
mod people;
mod report;
mod side;
mod sums;
mod told;

pub use given::{LINE_BYTES_MAX, ReplayLine, Unreadable};
pub use report::*;

use people::People;
use side::Side;

/// One step through the past.
#[derive(Debug, Clone, Default)]
pub struct ReplayEvent {
    /// What became known or changed before it: products, outlets, people, staff, lessons, referrals.
    pub facts: Vec<(FactKey, Fact)>,
    /// Points that people redeemed, lost or gave back since the event before; they are outstanding no
    /// longer.
    pub spent_points: i64,
    /// What happened; none where only facts changed.
    pub event: Option<Event>,
}

/// Which of two rule sets something is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    Draft,
    Current,
}

/// A replay that goes on.
#[derive(Debug)]
pub struct Replay {
    draft: Side,
    current: Side,
    people: People,
    from_ms: i64,
    events: u64,
    before: u64,
    first_ms: Option<i64>,
    last_ms: Option<i64>,
}

impl Replay {
    /// Begins with empty tallies and full budgets on both sides.
    #[must_use]
    pub fn new(draft: Arc<Index>, current: Arc<Index>) -> Self {
        Self {
            draft: Side::new(draft),
            current: Side::new(current),
            people: People::default(),
            from_ms: i64::MIN,
            events: 0,
            before: 0,
            first_ms: None,
            last_ms: None,
        }
    }

    /// Reports only events from an instant on, UTC milliseconds. Those before it fill tallies, limits
    /// and budgets.
    #[must_use]
    pub fn reporting_from(mut self, from_ms: i64) -> Self {
        self.from_ms = from_ms;
        self
    }

    /// Takes the next step. An event that comes to more than an amount can hold gives nothing and is
    /// counted as refused.
    pub fn feed(&mut self, step: &ReplayEvent) {
        for (key, fact) in &step.facts {
            let fact = parsed(key, fact);
            self.draft.learn(key.clone(), fact.clone());
            self.current.learn(key.clone(), fact);
        }
        self.draft.spend(step.spent_points);
        self.current.spend(step.spent_points);
        let Some(event) = &step.event else { return };
        let counted = event.at_ms >= self.from_ms;
        if counted {
            self.events += 1;
            self.first_ms = Some(self.first_ms.map_or(event.at_ms, |ms| ms.min(event.at_ms)));
            self.last_ms = Some(self.last_ms.map_or(event.at_ms, |ms| ms.max(event.at_ms)));
            let there = [event.buyer, event.seller];
            there
                .into_iter()
                .filter_map(Party::known)
                .for_each(|person| self.people.meet(person));
        } else {
            self.before += 1;
        }
        self.draft
            .take(event, counted.then_some((Which::Draft, &mut self.people)));
        self.current
            .take(event, counted.then_some((Which::Current, &mut self.people)));
    }

    /// Takes every step, and tells `progress` after each `every` of them how many it took; it may
    /// break off. True when all were taken.
    pub fn feed_all(
        &mut self,
        steps: impl IntoIterator<Item = ReplayEvent>,
        every: u64,
        mut progress: impl FnMut(u64) -> ControlFlow<()>,
    ) -> bool {
        let mut taken = 0_u64;
        for step in steps {
            self.feed(&step);
            taken += 1;
            if taken.is_multiple_of(every.max(1)) && progress(taken).is_break() {
                return false;
            }
        }
        true
    }

    /// Events so far, those before the reported time among them.
    #[must_use]
    pub fn taken(&self) -> u64 {
        self.events + self.before
    }

    /// What came of it so far; `outlets_max` outlets with the most points are told one by one. Fails
    /// when a sum is larger than 2^53 - 1.
    pub fn report(&self, outlets_max: usize) -> Result<Report, Overflow> {
        told::report(self, outlets_max)
    }
}

/// A fact as a thing that was read, where the engine reads its kind; the text is read once here and
/// not once for each event.
fn parsed(key: &FactKey, fact: &Fact) -> Fact {
    let FactKey::Entity(kind, id) = key else {
        return fact.clone();
    };
    match kind {
        EntityKind::Product => thing::<Product>(id, fact),
        EntityKind::Outlet => thing::<Outlet>(id, fact),
        EntityKind::Participant => thing::<Participant>(id, fact),
        EntityKind::Staff => thing::<Staff>(id, fact),
        EntityKind::LessonResult => thing::<LessonResult>(id, fact),
        EntityKind::Referral => thing::<Referral>(id, fact),
        EntityKind::Tallied => thing::<Tallied>(id, fact),
        _ => fact.clone(),
    }
}

fn thing<T: Entity + serde::de::DeserializeOwned>(id: &str, fact: &Fact) -> Fact {
    let mut facts = Facts::default();
    facts.insert(FactKey::of::<T>(id), fact.clone());
    match facts.look::<T>(id) {
        Seen::Known(thing) => Fact::Thing(thing),
        Seen::Absent | Seen::Unknown => fact.clone(),
    }
}
