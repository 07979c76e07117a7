//! What later evidence does to a claim that still waits: it confirms it, makes a person look at it, or
//! gives the piece to whom the till names.

use std::collections::BTreeSet;

use crate::amount::Overflow;
use crate::entity::{Activity, Awaits, AwardNote, Promise, PromiseState, Review, Unit, UnitIndex};
use crate::facts::{FactKey, Facts, Seen};
use crate::outcome::{Because, Outcome, PotRole, Upsert};
use crate::scope::Scope;

use super::pay::Desk;
use super::{evidence, latest, promise, sell_in};

/// Reasons that say no more than that the evidence was weak.
const WEAK: [&str; 3] = ["awaits_review", "awaits_till", "above_sell_in"];

fn review_id(promise: &Promise) -> String {
    format!("claim:{}", promise.command_id)
}

/// What doing anything to the unit's waiting claim depends on.
pub(super) fn needs(unit: &Unit, facts: &Facts, keys: &mut BTreeSet<FactKey>) {
    for id in &unit.promises {
        promise::needs(id, facts, keys);
        if let Seen::Known(promise) = facts.see::<Promise>(id) {
            keys.insert(FactKey::of::<Review>(review_id(&promise)));
        }
    }
    sell_in::unit_needs(unit, keys);
    if let (Some(seller), Some(product)) = (unit.seller, &unit.product) {
        keys.insert(FactKey::of::<UnitIndex>(evidence::index_id(
            seller, product,
        )));
    }
}

/// What was promised when the unit was claimed and still waits.
pub(super) fn open(outcome: &Outcome, facts: &Facts, unit: &Unit) -> Vec<Promise> {
    let known =
        unit.promises
            .iter()
            .filter_map(|id| match latest::see::<Promise>(outcome, facts, id) {
                Seen::Known(promise) if promise.state == PromiseState::Open => Some(promise),
                _ => None,
            });
    known.collect()
}

/// True when the claim waits for nothing but stronger evidence. Another reason, such as a code of
/// another shop, keeps waiting for a person.
fn only_weak(outcome: &Outcome, facts: &Facts, promise: &Promise) -> bool {
    match latest::see::<Activity>(outcome, facts, &promise.id) {
        Seen::Known(activity) => {
            let mut reasons = activity.because.iter();
            reasons.all(|because| WEAK.contains(&because.code.as_str()))
        }
        Seen::Absent | Seen::Unknown => false,
    }
}

/// Evidence that counts by itself reports the unit: a claim that waited for it holds. Answers what a
/// sale remembers of it, so that a return takes it back.
pub(super) fn confirm(
    outcome: &mut Outcome,
    desk: Desk<'_>,
    unit: &Unit,
    line: i64,
) -> Result<Vec<AwardNote>, Overflow> {
    let mut notes = Vec::new();
    for promise in open(outcome, desk.facts, unit) {
        notes.push(AwardNote {
            to: promise.to,
            role: promise.role.clone(),
            points: promise.points,
            activity: promise.id.clone(),
            promised: true,
            lines: vec![(line, promise.points)],
            budget: promise.budget,
            gross_up_points: promise.gross_up_points,
            returned_points: 0,
        });
        let weak = only_weak(outcome, desk.facts, &promise);
        if weak {
            close(outcome, desk.facts, &promise, "confirmed");
        }
        let over = |awaits: &Awaits| {
            matches!(awaits, Awaits::Till { .. }) || (weak && *awaits == Awaits::Review)
        };
        promise::happened(outcome, desk, promise, over)?;
    }
    Ok(notes)
}

/// A receipt that nobody has verified joins a claim that waits for the till: a person looks at both.
pub(super) fn escalate(outcome: &mut Outcome, facts: &Facts, unit: &Unit) {
    let mut waiting = open(outcome, facts, unit);
    for promise in &mut waiting {
        promise
            .awaits
            .retain(|awaits| !matches!(awaits, Awaits::Till { .. }));
        if !promise.awaits.contains(&Awaits::Review) {
            promise.awaits.push(Awaits::Review);
        }
        if let Seen::Known(mut activity) = latest::see::<Activity>(outcome, facts, &promise.id) {
            activity
                .because
                .retain(|because| because.code != "awaits_till");
            activity.because.push(Because::new("awaits_review"));
            promise::state_of(&promise.awaits).clone_into(&mut activity.state);
            let own = [promise.to.scope()];
            outcome
                .upserts
                .push(Upsert::of(activity.id.clone(), &activity, &own));
        }
        promise::write(outcome, promise);
    }
    outcome.upserts.extend(review_of(unit, &waiting));
}

/// What a person looks at when these promises wait for them.
fn review_of(unit: &Unit, waiting: &[Promise]) -> Option<Upsert> {
    let first = waiting.first()?;
    let review = Review {
        id: review_id(first),
        kind: "claim".to_owned(),
        subject: first.id.clone(),
        participant: first.to.participant().or(unit.seller)?,
        outlet: unit.outlet,
        points: waiting.iter().map(|promise| promise.points).sum(),
        activity: first.id.clone(),
        also: waiting
            .iter()
            .skip(1)
            .map(|promise| promise.id.clone())
            .collect(),
        photos: Vec::new(),
        because: Vec::new(),
        status: "open".to_owned(),
        decided_by: None,
        reason: String::new(),
        at_ms: unit.at_ms,
        device: None,
    };
    Some(Upsert::of(review.id.clone(), &review, &[]))
}

/// The till names somebody else for the very unit: the claim that still waits gives way. True when
/// there was one; the unit's credit is free then.
pub(super) fn override_claim(
    outcome: &mut Outcome,
    facts: &Facts,
    unit: &mut Unit,
) -> Result<bool, Overflow> {
    let waiting = open(outcome, facts, unit);
    if waiting.is_empty() {
        return Ok(false);
    }
    for promise in waiting {
        close(outcome, facts, &promise, "overridden");
        let because = Because::new("till_named_another");
        let ended = (PromiseState::Reversed, "refusal");
        promise::end(outcome, facts, promise, ended, ("rejected", because))?;
    }
    forget(outcome, facts, unit);
    let key = evidence::award_key(&unit.key, PotRole::Seller);
    outcome.freed_keys.push(key);
    unit.seller = None;
    Ok(true)
}

/// The unit is no longer among its claimant's recent ones, and no longer counts against what was
/// shipped.
fn forget(outcome: &mut Outcome, facts: &Facts, unit: &mut Unit) {
    sell_in::give_back(outcome, facts, unit);
    let (Some(seller), Some(product)) = (unit.seller, &unit.product) else {
        return;
    };
    let id = evidence::index_id(seller, product);
    if let Seen::Known(index) = latest::see::<UnitIndex>(outcome, facts, &id) {
        let index = evidence::retracted(index, "", std::slice::from_ref(&unit.key));
        let own = [Scope::Participant(seller)];
        outcome.upserts.push(Upsert::of(id, &index, &own));
    }
}

/// Closes the review of a claim, if one is open.
fn close(outcome: &mut Outcome, facts: &Facts, promise: &Promise, status: &str) {
    let id = review_id(promise);
    if let Seen::Known(mut review) = latest::see::<Review>(outcome, facts, &id)
        && review.status == "open"
    {
        status.clone_into(&mut review.status);
        outcome.upserts.push(Upsert::of(id, &review, &[]));
    }
}
