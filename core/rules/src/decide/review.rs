//! `review.decide`: a person approves or refuses what waits; the points move or go back.

use std::collections::BTreeSet;

use crate::amount::Overflow;
use crate::command::ReviewDecide;
use crate::entity::{Activity, Participant, Review, Visit};
use crate::facts::{FactKey, Facts, Seen};
use crate::ledger::{Account, Transfer};
use crate::outcome::{Because, Outcome, Upsert};
use crate::scope::Scope;

use super::Context;

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
        if review.kind == "visit" {
            keys.insert(FactKey::of::<Visit>(&review.subject));
        }
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

fn settle(
    decision: &ReviewDecide,
    mut review: Review,
    context: &Context,
    facts: &Facts,
) -> Result<Outcome, Overflow> {
    let mut outcome = Outcome::accepted();
    let from = Account::pending(review.participant);
    let (purpose, to, state, status) = if decision.approve {
        (
            "approval",
            Account::active(review.participant),
            "active",
            "approved",
        )
    } else {
        ("refusal", Account::Issuance, "rejected", "refused")
    };
    outcome.transfers.push(Transfer::points(
        purpose,
        &[(from, -review.points), (to, review.points)],
    )?);
    let own = [Scope::Participant(review.participant)];
    if let Seen::Known(mut activity) = facts.see::<Activity>(&review.activity) {
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
