//! `review.decide`: a person approves or refuses what waits; the points move or go back.

use std::collections::BTreeSet;

use crate::amount::Overflow;
use crate::command::ReviewDecide;
use crate::entity::{
    Activity, Code, EvidenceNote, Participant, Receipt, Review, Unit, UnitIndex, Visit,
};
use crate::facts::{FactKey, Facts, Seen};
use crate::ledger::{Account, Transfer};
use crate::outcome::{Because, Outcome, PotRole, Upsert};
use crate::scope::Scope;

use super::{Context, evidence, points};

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
        keys.insert(FactKey::of::<Activity>(&review.activity));
        points::credit_needs(review.participant, keys);
        if let Seen::Known(activity) = facts.see::<Activity>(&review.activity) {
            unit_needs(&activity, facts, keys);
        }
        if review.kind == "visit" {
            keys.insert(FactKey::of::<Visit>(&review.subject));
        }
    }
}

/// A refused claim gives back what it took: the unit, its codes and its receipts.
fn unit_needs(activity: &Activity, facts: &Facts, keys: &mut BTreeSet<FactKey>) {
    let Some(key) = &activity.unit else { return };
    keys.insert(FactKey::of::<Unit>(key));
    let Seen::Known(unit) = facts.see::<Unit>(key) else {
        return;
    };
    if let Some(product) = &unit.product {
        let index = evidence::index_id(activity.participant, product);
        keys.insert(FactKey::of::<UnitIndex>(index));
    }
    for note in &unit.evidence {
        match note.kind.as_str() {
            "code" => keys.insert(FactKey::of::<Code>(&note.reference)),
            "receipt" => keys.insert(FactKey::of::<Receipt>(&note.reference)),
            _ => false,
        };
    }
}

pub(super) fn decide(
    decision: &ReviewDecide,
    context: &Context,
    facts: &Facts,
) -> Result<Outcome, Overflow> {
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
    settle(decision, review, context, facts)
}

/// Waiting points become spendable, less what the person owes, or were never issued.
fn moved(review: &Review, approve: bool, facts: &Facts) -> Result<Transfer, Overflow> {
    let (person, points) = (review.participant, review.points);
    let from = (Account::pending(person), -points);
    if !approve {
        return Transfer::points("refusal", &[from, (Account::Issuance, points)]);
    }
    let paid_back = points::paid_back(person, points, facts);
    let legs = [
        from,
        (Account::Clawback(person), paid_back),
        (Account::active(person), points - paid_back),
    ];
    Transfer::points("approval", &legs)
}

/// The unit of a refused claim can be claimed by whoever really sold it.
fn give_back(outcome: &mut Outcome, activity: &Activity, facts: &Facts) {
    let Some(Seen::Known(mut unit)) = activity.unit.as_deref().map(|key| facts.see::<Unit>(key))
    else {
        return;
    };
    if unit.seller != Some(activity.participant) {
        return;
    }
    unit.seller = None;
    let (mine, others): (Vec<_>, Vec<_>) = unit
        .evidence
        .drain(..)
        .partition(|note| note.command_id == activity.command_id);
    unit.evidence = others;
    outcome
        .freed_keys
        .push(evidence::award_key(&unit.key, PotRole::Seller));
    for note in mine {
        free_evidence(outcome, &note, facts);
    }
    if let Some(product) = &unit.product {
        let id = evidence::index_id(activity.participant, product);
        if let Seen::Known(index) = facts.see::<UnitIndex>(&id) {
            let index = evidence::retracted(index, "", std::slice::from_ref(&unit.key));
            let own = [Scope::Participant(activity.participant)];
            outcome.upserts.push(Upsert::of(id, &index, &own));
        }
    }
    outcome.upserts.push(Upsert::of(&unit.key, &unit, &[]));
}

fn free_evidence(outcome: &mut Outcome, note: &EvidenceNote, facts: &Facts) {
    let id = &note.reference;
    match note.kind.as_str() {
        "code" => {
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

fn settle(
    decision: &ReviewDecide,
    mut review: Review,
    context: &Context,
    facts: &Facts,
) -> Result<Outcome, Overflow> {
    let mut outcome = Outcome::accepted();
    let (state, status) = if decision.approve {
        ("active", "approved")
    } else {
        ("rejected", "refused")
    };
    outcome
        .transfers
        .push(moved(&review, decision.approve, facts)?);
    let own = [Scope::Participant(review.participant)];
    if let Seen::Known(mut activity) = facts.see::<Activity>(&review.activity) {
        if !decision.approve {
            give_back(&mut outcome, &activity, facts);
        }
        activity.state = state.to_owned();
        activity.because = if decision.approve {
            Vec::new()
        } else {
            vec![Because::new("refused_by_reviewer").with("reason", decision.reason.clone())]
        };
        outcome
            .upserts
            .push(Upsert::of(activity.id.clone(), &activity, &own));
    }
    if let Seen::Known(mut visit) = facts.see::<Visit>(&review.subject) {
        visit.status = status.to_owned();
        outcome
            .upserts
            .push(Upsert::of(visit.id.to_string(), &visit, &own));
    }
    review.status = status.to_owned();
    review.decided_by = Some(context.actor);
    review.reason = decision.reason.clone();
    outcome
        .upserts
        .push(Upsert::of(review.id.clone(), &review, &[]));
    Ok(outcome)
}
