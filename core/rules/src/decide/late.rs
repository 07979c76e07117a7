//! What arrives late: how old a report may be before a person looks at it, and clocks that jumped.

use crate::command::Command;
use crate::entity::Review;
use crate::facts::{FactKey, Facts, Seen};
use crate::outcome::{Because, Class, Outcome};
use crate::ruleset::{Limits, RuleSet};
use std::collections::BTreeSet;

use super::{Context, signal};

/// How far a device's word may be from what is possible before the managers are told, milliseconds.
const MOVED_MS_MAX: i64 = 5 * 60_000;
const MOVED: &str = "clock_moved";

impl Limits {
    /// The oldest that work may be whose worth depends on when it was done, milliseconds.
    #[must_use]
    pub fn work_age_of(&self, is_proven: bool) -> i64 {
        let most = if is_proven {
            self.work_age_proven_ms_max
        } else {
            self.work_age_ms_max
        };
        most.min(self.fact_age_ms_max)
    }
}

/// Why a person must look at a command that arrives now; none when it is in time. A fact may be as
/// old as the rule set says. Where its worth hangs on the device's word about the instant, it may be
/// less old, and least where nothing proves after what it was made.
#[must_use]
pub fn too_late(command: &Command, context: &Context, rules: &RuleSet) -> Option<Because> {
    let limits = &rules.limits;
    let age_ms = context.now_ms.saturating_sub(context.occurred_ms);
    let work_ms = limits.work_age_of(context.made.from_ms.is_some());
    if age_ms <= work_ms {
        return None;
    }
    let is_late = age_ms > limits.fact_age_ms_max || is_dated(command, context, rules);
    is_late.then(|| Because::new("too_late"))
}

/// True when another instant between then and now would earn something else.
fn is_dated(command: &Command, context: &Context, rules: &RuleSet) -> bool {
    let between = |at_ms: &i64| (context.occurred_ms..=context.now_ms).contains(at_ms);
    match command {
        Command::VisitRecord(_) => true,
        Command::ClaimSubmit(_) | Command::SaleRecord(_) | Command::EventRecord(_) => {
            let mut rules = rules.rules.iter();
            rules.any(|rule| {
                let mut edges = [rule.starts_ms, rule.ends_ms].into_iter().flatten();
                edges.any(|edge| between(&edge))
            })
        }
        _ => false,
    }
}

fn has_moved(context: &Context) -> bool {
    context.made.moved_ms.saturating_abs() > MOVED_MS_MAX
}

/// What telling of a clock that jumped depends on.
pub(super) fn needs(context: &Context, keys: &mut BTreeSet<FactKey>) {
    if has_moved(context) {
        keys.insert(FactKey::of::<Review>(signal::daily_id(MOVED, context)));
    }
}

/// Leaves a signal where a device's clock said what cannot be. A device knows no signals and leaves
/// none.
pub(super) fn watched(mut outcome: Outcome, context: &Context, facts: &Facts) -> Outcome {
    let id = signal::daily_id(MOVED, context);
    let is_new = || facts.see::<Review>(&id) == Seen::Absent;
    if outcome.class == Class::Rejected || !has_moved(context) || !is_new() {
        return outcome;
    }
    let minutes = context.made.moved_ms / 60_000;
    let because = Because::new(MOVED)
        .with("minutes", minutes.saturating_abs())
        .with("device", context.device.to_string());
    signal::leave(&mut outcome, id, because, context, facts);
    outcome
}
