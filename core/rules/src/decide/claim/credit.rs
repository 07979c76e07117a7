//! What a claim does to its unit: pays the seller, or becomes one more proof of what is paid.

use crate::amount::Overflow;
use crate::entity::{Product, Review, Unit};
use crate::facts::Seen;
use crate::outcome::{Award, Because, Outcome, PotRole, Upsert};
use crate::scope::Scope;

use super::super::evidence;
use super::super::points::{self, Earned};
use super::{Desk, Shown, line};

/// A claim that arrives later than this after its own instant is looked at, milliseconds.
const PROMPT_MS: i64 = 72 * 3_600_000;

/// One more proof for a unit that is already paid: no points, and the reason says so.
pub(super) fn attach(desk: &Desk<'_>, key: &str, product: &str, proof: Shown<'_>) -> Outcome {
    let mut outcome = Outcome::accepted();
    outcome.code = "attached_to_existing".to_owned();
    let actor = desk.context.actor;
    let own = [Scope::Participant(actor)];
    if let Seen::Known(mut unit) = desk.facts.see::<Unit>(key) {
        unit.evidence
            .push(evidence::note(desk.context, proof.kind, proof.reference));
        outcome.upserts.push(Upsert::of(key, &unit, &own));
    }
    let index = evidence::reported(
        evidence::index(desk.facts, actor, product),
        key,
        evidence::report(proof.kind, proof.reference),
    );
    let index_id = evidence::index_id(actor, product);
    outcome.upserts.push(Upsert::of(index_id, &index, &own));
    let earned = Earned {
        pending: vec![Because::new("attached_to_existing")],
        ..Earned::default()
    };
    let row = line(desk.context, "active", Some(product), Some(key));
    points::record(&mut outcome, desk.context, row, &earned);
    outcome
}

/// A unit's first credit to this seller.
pub(super) fn credit(
    desk: &Desk<'_>,
    key: &str,
    product_id: &str,
    proof: Shown<'_>,
    mut pending: Vec<Because>,
) -> Result<Outcome, Overflow> {
    let unknown = || Because::new("unknown_product").with("product", product_id);
    let product = match desk.facts.see::<Product>(product_id) {
        Seen::Known(product) => product,
        Seen::Absent => return Ok(Outcome::rejected(unknown())),
        Seen::Unknown => return Ok(Outcome::parked(unknown())),
    };
    if !evidence::may_work_here(desk.context.actor, desk.context, desk.facts) {
        pending.push(Because::new("not_employed_there"));
    }
    if desk.context.now_ms.saturating_sub(desk.context.occurred_ms) > PROMPT_MS {
        pending.push(Because::new("reported_late"));
    }
    let unit = credited_unit(desk, key, product_id, proof);
    let mut earned = points::seller_points(
        &product,
        desk.context.actor,
        unit.quantity_micro,
        desk.context.occurred_ms,
        desk.facts,
        desk.rules,
    )?;
    earned.pending.extend(pending);
    let mut outcome = Outcome::accepted();
    write_unit(&mut outcome, desk, &unit, product_id, proof);
    let state = state_of(&earned.pending);
    let row = line(desk.context, state, Some(product_id), Some(key));
    let activity = points::record(&mut outcome, desk.context, row, &earned);
    if state == "review" {
        outcome
            .upserts
            .push(review_of(desk, &activity, earned.points));
    }
    pay(&mut outcome, desk, key, earned)?;
    Ok(outcome)
}

/// The unit as it stands, or a new one, with this claim's report and its seller.
fn credited_unit(desk: &Desk<'_>, key: &str, product: &str, proof: Shown<'_>) -> Unit {
    let report = evidence::note(desk.context, proof.kind, proof.reference);
    let mut unit = match desk.facts.see::<Unit>(key) {
        Seen::Known(mut unit) => {
            unit.evidence.push(report);
            unit
        }
        Seen::Absent | Seen::Unknown => evidence::new_unit(desk.context, key, product, report),
    };
    unit.seller = Some(desk.context.actor);
    unit
}

fn write_unit(
    outcome: &mut Outcome,
    desk: &Desk<'_>,
    unit: &Unit,
    product: &str,
    proof: Shown<'_>,
) {
    let actor = desk.context.actor;
    let own = [Scope::Participant(actor)];
    outcome.upserts.push(Upsert::of(&unit.key, unit, &own));
    let mut index = evidence::indexed(
        evidence::index(desk.facts, actor, product),
        desk.context,
        &unit.key,
        evidence::report(proof.kind, proof.reference),
        evidence::whole(unit.quantity_micro),
    );
    if let Some(sale) = unit.sale {
        let till = evidence::report("till", &sale.to_string());
        index = evidence::reported(index, &unit.key, till);
    }
    let index_id = evidence::index_id(actor, product);
    outcome.upserts.push(Upsert::of(index_id, &index, &own));
}

/// Waiting for the server alone is pending; waiting for a person is a review.
fn state_of(pending: &[Because]) -> &'static str {
    let server = |because: &Because| because.code.starts_with("server_");
    match pending {
        [] => "active",
        reasons if reasons.iter().all(server) => "pending",
        _ => "review",
    }
}

fn pay(outcome: &mut Outcome, desk: &Desk<'_>, key: &str, earned: Earned) -> Result<(), Overflow> {
    outcome
        .award_keys
        .push(evidence::award_key(key, PotRole::Seller));
    let waits = !earned.pending.is_empty();
    outcome.transfers.push(points::credit(
        desk.context.actor,
        earned.points,
        waits,
        desk.facts,
    )?);
    outcome.pending = earned.pending.clone();
    outcome.awards.push(Award {
        participant: Some(desk.context.actor),
        role: PotRole::Seller,
        points: earned.points,
        pending: earned.pending,
        derivation: earned.derivation,
    });
    Ok(())
}

fn review_of(desk: &Desk<'_>, activity: &str, points: i64) -> Upsert {
    let context = desk.context;
    let review = Review {
        id: format!("claim:{}", context.command_id),
        kind: "claim".to_owned(),
        subject: activity.to_owned(),
        participant: context.actor,
        outlet: context.outlet,
        points,
        activity: activity.to_owned(),
        photos: Vec::new(),
        status: "open".to_owned(),
        decided_by: None,
        reason: String::new(),
        at_ms: context.occurred_ms,
    };
    Upsert::of(review.id.clone(), &review, &[])
}
