//! `review.decide`: a person approves or refuses what waits; the points move or go back.

use std::collections::BTreeSet;

use crate::amount::Overflow;
use crate::command::ReviewDecide;
use crate::entity::{
    Activity, Awaits, Beneficiary, Code, EvidenceNote, MeasuredEvent, Participant, Promise,
    PromiseState, Receipt, Review, Tallied, Unit, UnitIndex, Visit,
};
use crate::facts::{FactKey, Facts, Seen};
use crate::outcome::{Because, Outcome, PotRole, Upsert};
use crate::scope::Scope;

use super::pay::{self, Desk};
use super::{Context, earning, evidence, promise, sell_in, series};

const REASON_CHARS_MAX: usize = 300;

pub(super) fn needs(
    decision: &ReviewDecide,
    context: &Context,
    facts: &Facts,
    keys: &mut BTreeSet<FactKey>,
) {
    keys.insert(FactKey::of::<Review>(&decision.review_id));
    keys.insert(FactKey::of::<Participant>(context.actor.to_string()));
    if let Seen::Known(review) = facts.see::<Review>(&decision.review_id) {
        for activity in std::iter::once(&review.activity).chain(&review.also) {
            keys.insert(FactKey::of::<Activity>(activity));
            promise::needs(activity, facts, keys);
        }
        let to = Beneficiary::Participant(review.participant);
        pay::needs(context, [to], keys);
        if let Seen::Known(activity) = facts.see::<Activity>(&review.activity) {
            unit_needs(&activity, facts, keys);
        }
        if review.kind == "visit" {
            keys.insert(FactKey::of::<Visit>(&review.subject));
        }
        if review.kind == "event" {
            keys.insert(FactKey::of::<MeasuredEvent>(&review.subject));
            if let Seen::Known(event) = facts.see::<MeasuredEvent>(&review.subject) {
                let counted = event.waiting.iter().map(earning::key_of);
                keys.extend(counted.map(FactKey::of::<Tallied>));
            }
        }
    }
}

/// A refused claim gives back what it took: the unit, its codes and its receipts.
pub(super) fn unit_needs(activity: &Activity, facts: &Facts, keys: &mut BTreeSet<FactKey>) {
    let Some(key) = &activity.unit else { return };
    keys.insert(FactKey::of::<Unit>(key));
    let Seen::Known(unit) = facts.see::<Unit>(key) else {
        return;
    };
    if let Some(product) = &unit.product {
        let index = evidence::index_id(activity.participant, product);
        keys.insert(FactKey::of::<UnitIndex>(index));
    }
    sell_in::unit_needs(&unit, keys);
    for note in &unit.evidence {
        match note.kind.as_str() {
            "code" => {
                series::needs(&note.reference, facts, keys);
                keys.insert(FactKey::of::<Code>(&note.reference))
            }
            "receipt" => keys.insert(FactKey::of::<Receipt>(&note.reference)),
            _ => false,
        };
    }
}

pub(super) fn decide(decision: &ReviewDecide, desk: Desk<'_>) -> Result<Outcome, Overflow> {
    let (context, facts) = (desk.context, desk.facts);
    let Seen::Known(review) = facts.see::<Review>(&decision.review_id) else {
        return Ok(Outcome::rejected(Because::new("review_unknown")));
    };
    let may = match facts.see::<Participant>(&context.actor.to_string()) {
        Seen::Known(person) => matches!(person.role.as_str(), "manager" | "approver"),
        Seen::Absent | Seen::Unknown => false,
    };
    if !may || review.participant == context.actor {
        return Ok(Outcome::rejected(Because::new("not_permitted")));
    }
    if review.status != "open" {
        return Ok(Outcome::rejected(
            Because::new("review_closed").with("status", review.status),
        ));
    }
    if decision.reason.chars().count() > REASON_CHARS_MAX {
        return Ok(Outcome::rejected(Because::new("bad_input")));
    }
    settle(decision, review, desk)
}

/// What waits for the review. A review of an earlier time has no promise written down; it says
/// itself what waits.
fn promise_of(review: &Review, facts: &Facts) -> Option<Promise> {
    let activity = match facts.see::<Activity>(&review.activity) {
        Seen::Known(activity) => activity,
        Seen::Absent | Seen::Unknown => return None,
    };
    match facts.see::<Promise>(&review.activity) {
        Seen::Known(promise) => Some(promise),
        Seen::Absent | Seen::Unknown => Some(Promise {
            id: review.activity.clone(),
            to: Beneficiary::Participant(review.participant),
            role: String::new(),
            points: review.points,
            awaits: vec![Awaits::Review],
            state: PromiseState::Open,
            command_id: activity.command_id,
            lot: None,
            sale: None,
            unit: activity.unit,
            budget: None,
            gross_up_points: 0,
            at_ms: activity.at_ms,
        }),
    }
}

/// Waiting points become spendable, unless they wait for more, or go back.
fn move_points(
    outcome: &mut Outcome,
    decision: &ReviewDecide,
    promise: Promise,
    desk: Desk<'_>,
) -> Result<(), Overflow> {
    if promise.state != PromiseState::Open {
        return Ok(());
    }
    if decision.approve {
        return promise::happened(outcome, desk, promise, |awaits| *awaits == Awaits::Review);
    }
    let because = Because::new("refused_by_reviewer").with("reason", decision.reason.clone());
    let ended = (PromiseState::Reversed, "refusal");
    promise::end(outcome, desk.facts, promise, ended, ("rejected", because))
}

/// The unit of a refused claim can be claimed by whoever really sold it.
pub(super) fn give_back(outcome: &mut Outcome, activity: &Activity, facts: &Facts) {
    let Some(Seen::Known(mut unit)) = activity.unit.as_deref().map(|key| facts.see::<Unit>(key))
    else {
        return;
    };
    if unit.seller != Some(activity.participant) {
        return;
    }
    release_claim(outcome, facts, &mut unit, activity.participant);
    outcome.upserts.push(Upsert::of(&unit.key, &unit, &[]));
}

/// Takes a seller's claim off a unit: what proved it is free again.
pub(super) fn release_claim(
    outcome: &mut Outcome,
    facts: &Facts,
    unit: &mut Unit,
    seller: uuid::Uuid,
) {
    unit.seller = None;
    unit.promises.clear();
    sell_in::give_back(outcome, facts, unit);
    // What joined the claim later was about the same piece.
    let (mine, others): (Vec<_>, Vec<_>) = unit
        .evidence
        .drain(..)
        .partition(|note| note.kind != "till");
    unit.evidence = others;
    outcome
        .freed_keys
        .push(evidence::award_key(&unit.key, PotRole::Seller));
    for note in mine {
        free_evidence(outcome, &note, &unit.key, facts);
    }
    if let Some(product) = &unit.product {
        let id = evidence::index_id(seller, product);
        if let Seen::Known(index) = facts.see::<UnitIndex>(&id) {
            let index = evidence::retracted(index, "", std::slice::from_ref(&unit.key));
            let own = [Scope::Participant(seller)];
            outcome.upserts.push(Upsert::of(id, &index, &own));
        }
    }
}

fn free_evidence(outcome: &mut Outcome, note: &EvidenceNote, unit: &str, facts: &Facts) {
    let id = &note.reference;
    match note.kind.as_str() {
        "code" => {
            series::release(outcome, facts, id, unit);
            if let Seen::Known(mut code) = facts.see::<Code>(id) {
                code.release();
                outcome.upserts.push(Upsert::of(id, &code, &[]));
            }
        }
        "receipt" => {
            if let Seen::Known(mut receipt) = facts.see::<Receipt>(id) {
                receipt.claimed_by = None;
                outcome.upserts.push(Upsert::of(id, &receipt, &[]));
            }
        }
        _ => {}
    }
}

/// What a measured event counts for is counted once somebody has approved it.
fn count_event(outcome: &mut Outcome, review: &Review, facts: &Facts) -> Result<(), Overflow> {
    let Seen::Known(mut event) = facts.see::<MeasuredEvent>(&review.subject) else {
        return Ok(());
    };
    let waiting = std::mem::take(&mut event.waiting);
    if waiting.is_empty() {
        return Ok(());
    }
    earning::count(outcome, facts, review.outlet, &waiting)?;
    let own = [Scope::Participant(event.participant)];
    let id = review.subject.clone();
    outcome.upserts.push(Upsert::of(id, &event, &own));
    Ok(())
}

fn settle(
    decision: &ReviewDecide,
    mut review: Review,
    desk: Desk<'_>,
) -> Result<Outcome, Overflow> {
    let facts = desk.facts;
    let mut outcome = Outcome::accepted();
    let status = if decision.approve {
        "approved"
    } else {
        "refused"
    };
    let waits = promise_of(&review, facts).is_some_and(|known| known.state == PromiseState::Open);
    if let Seen::Known(activity) = facts.see::<Activity>(&review.activity)
        && !decision.approve
        && waits
    {
        give_back(&mut outcome, &activity, facts);
    }
    let also = review
        .also
        .iter()
        .filter_map(|id| match facts.see::<Promise>(id) {
            Seen::Known(promise) => Some(promise),
            Seen::Absent | Seen::Unknown => None,
        });
    for promise in promise_of(&review, facts).into_iter().chain(also) {
        move_points(&mut outcome, decision, promise, desk)?;
    }
    if decision.approve && review.kind == "event" {
        count_event(&mut outcome, &review, facts)?;
    }
    let own = [Scope::Participant(review.participant)];
    if let Seen::Known(mut visit) = facts.see::<Visit>(&review.subject) {
        visit.status = status.to_owned();
        outcome
            .upserts
            .push(Upsert::of(visit.id.to_string(), &visit, &own));
    }
    review.status = status.to_owned();
    review.decided_by = Some(desk.context.actor);
    review.reason = decision.reason.clone();
    outcome
        .upserts
        .push(Upsert::of(review.id.clone(), &review, &[]));
    Ok(outcome)
}
