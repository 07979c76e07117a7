//! `goal.set`: the reward that a person saves for.

use std::collections::BTreeSet;

use crate::command::GoalSet;
use crate::entity::{Goal, Reward};
use crate::facts::{FactKey, Facts, Seen};
use crate::outcome::{Because, Outcome, Upsert};
use crate::scope::Scope;

use super::Context;

pub(super) fn needs(goal: &GoalSet, keys: &mut BTreeSet<FactKey>) {
    if let Some(reward) = &goal.reward {
        keys.insert(FactKey::of::<Reward>(reward));
    }
}

pub(super) fn decide(goal: &GoalSet, context: &Context, facts: &Facts) -> Outcome {
    if let Some(reward) = &goal.reward
        && facts.see::<Reward>(reward) == Seen::Absent
    {
        return Outcome::rejected(Because::new("reward_unknown"));
    }
    let mut outcome = Outcome::accepted();
    let goal = Goal {
        reward: goal.reward.clone(),
    };
    outcome.upserts.push(Upsert::of(
        context.actor.to_string(),
        &goal,
        &[Scope::Participant(context.actor)],
    ));
    outcome
}
