//! What follows from an event as bare numbers: for whoever counts a great many events and reads no
//! step aloud. The numbers are those of [`super::earn`].

use std::collections::BTreeSet;

use super::bounds::Spent;
use super::run::{self, Run};
use super::scene::Scene;
use super::steps::Op;
use super::{Discount, Event, Party, TallyMove};
use crate::amount::Overflow;
use crate::facts::Facts;
use crate::index::Index;
use crate::ledger::Name;
use crate::ruleset::Who;

/// What an event earned.
#[derive(Debug, Default)]
pub(crate) struct Brief {
    pub gains: Vec<Gain>,
    pub discounts: Vec<Discount>,
    pub tallies: Vec<TallyMove>,
    /// Bounds that cut a rule's value, and bounds that left nothing of it; once for each.
    pub hits: BTreeSet<Hit>,
}

/// One award.
#[derive(Debug)]
pub(crate) struct Gain {
    pub who: Who,
    /// Who gets it; nobody for the outlet's pot.
    pub person: Party,
    pub budget: Option<Name>,
    pub points: i64,
    /// What each rule gave of it, the price list as none.
    pub by_rule: Vec<(Option<u32>, i64)>,
}

/// A bound that was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Hit {
    /// The rule's place in the set; none for the price list.
    pub rule: Option<u32>,
    pub bound: Spent,
    /// True when nothing was left.
    pub refused: bool,
}

/// What follows from an event, in numbers alone.
pub(crate) fn brief(event: &Event, index: &Index, facts: &Facts) -> Result<Brief, Overflow> {
    let scene = Scene::new(event, index, facts)?;
    let run = run::gathered(&scene)?;
    let gains = run.purse.gains()?;
    let mut hits: BTreeSet<Hit> = run.reasons.spent().collect();
    hits.extend(cuts(&run));
    Ok(Brief {
        gains,
        hits,
        tallies: run.moves()?,
        discounts: run.discounts,
    })
}

fn cuts<'r>(run: &'r Run<'_, '_>) -> impl Iterator<Item = Hit> + use<'r> {
    run.purse.steps().filter_map(|step| match step.op {
        Op::Capped { by, .. } => Some(Hit {
            rule: step.rule,
            bound: match by {
                "budget" => Spent::Budget,
                "liability" => Spent::Liability,
                _ => Spent::Limit,
            },
            refused: false,
        }),
        _ => None,
    })
}
