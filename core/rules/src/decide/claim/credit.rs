//! What a claim does to its unit: pays the seller, or becomes one more proof of what is paid.

use crate::amount::{self, Overflow};
use crate::earn::{Event, EventLine, Party};
use crate::entity::{AwardNote, Deciding, Product, Review, Unit};
use crate::facts::Seen;
use crate::outcome::{Because, Outcome, PotRole, Upsert, WHOLE_EVENT};
use crate::ruleset::Trigger;
use crate::scope::Scope;

use super::super::{Context, earning, evidence, guess, pay, policy, policy_confirm, sell_in};
use super::place::{Place, Placed};
use super::{Desk, Shown, about, note};

/// A claim that arrives later than this after its own instant is looked at, milliseconds.
pub(in crate::decide) const PROMPT_MS: i64 = 72 * 3_600_000;

/// One more proof for a unit that is already paid, or waits: no more points, and the reason says so.
/// A claim that waited for just such a proof holds now.
pub(super) fn attach(
    desk: &Desk<'_>,
    key: &str,
    product: &str,
    proof: Shown<'_>,
) -> Result<Outcome, Overflow> {
    let mut outcome = Outcome::accepted();
    outcome.code = "attached_to_existing".to_owned();
    let actor = desk.context.actor;
    let own = [Scope::Participant(actor)];
    if let Seen::Known(mut unit) = desk.facts.see::<Unit>(key) {
        unit.evidence
            .push(evidence::note(desk.context, proof.kind, proof.reference));
        outcome.upserts.push(Upsert::of(key, &unit, &own));
        strengthen(&mut outcome, desk, &unit, proof)?;
    }
    let index = evidence::reported(
        evidence::index(desk.facts, actor, product),
        key,
        evidence::report(proof.kind, proof.reference),
    );
    let index_id = evidence::index_id(actor, product);
    outcome.upserts.push(Upsert::of(index_id, &index, &own));
    let because = vec![Because::new("attached_to_existing")];
    note(
        &mut outcome,
        desk,
        "active",
        because,
        about(Some(product), Some(key)),
    );
    Ok(outcome)
}

/// What a further proof does to a claim that still waits. A code is stronger than a receipt that
/// nobody verified, a photo and a word; where the till decides, only the till is stronger.
fn strengthen(
    outcome: &mut Outcome,
    desk: &Desk<'_>,
    unit: &Unit,
    proof: Shown<'_>,
) -> Result<(), Overflow> {
    let ruling = policy::ruling(desk.context, desk.facts);
    let deciding = ruling.map(|step| step.deciding);
    match proof.kind {
        // A code that may have been guessed proves nothing before somebody has looked.
        "code" if guess::many(desk.context, desk.facts, &desk.rules.limits).is_some() => {}
        "code" if !policy::till_decides(ruling) && unit.outlet == desk.context.outlet => {
            policy_confirm::confirm(outcome, desk.pay(), unit, WHOLE_EVENT)?;
        }
        // What the fiscal service has confirmed is as strong as the till, unless the till alone decides.
        "receipt" if desk.sold.is_some() && deciding != Some(Deciding::Till) => {
            policy_confirm::confirm(outcome, desk.pay(), unit, WHOLE_EVENT)?;
        }
        "receipt" if deciding == Some(Deciding::Receipt) && unit.sale.is_none() => {
            policy_confirm::escalate(outcome, desk.facts, unit);
        }
        _ => {}
    }
    Ok(())
}

/// A unit's first credit to this seller.
pub(super) fn credit(
    desk: &Desk<'_>,
    key: &str,
    product_id: &str,
    proof: Shown<'_>,
    mut pending: Vec<Because>,
    placed: Placed,
) -> Result<Outcome, Overflow> {
    match &placed.place {
        Place::Theirs(unit) => {
            let mut outcome = attach(desk, unit, product_id, proof)?;
            placed.write(&mut outcome, desk, key, &[]);
            return Ok(outcome);
        }
        Place::CodeNeeded => return Ok(Outcome::rejected(Because::new("code_needed"))),
        Place::Free | Place::Nobodys(_) | Place::Waits(_) => {}
    }
    let unknown = || Because::new("unknown_product").with("product", product_id);
    match desk.facts.see::<Product>(product_id) {
        Seen::Known(_) => {}
        Seen::Absent => return Ok(Outcome::rejected(unknown())),
        Seen::Unknown => return Ok(Outcome::parked(unknown())),
    }
    pending.extend(doubts(desk, proof));
    let mut outcome = Outcome::accepted();
    let mut unit = credited_unit(desk, key, product_id, proof);
    placed.mark(desk, &mut unit);
    pending.extend(placed.because());
    pending.extend(sell_in::count(&mut outcome, desk.facts, &mut unit));
    let open_micro = placed.open_micro.unwrap_or(unit.quantity_micro);
    let open_micro = open_micro.min(unit.quantity_micro);
    let mut event = event(desk.context, product_id, proof.kind, open_micro);
    if let Some(sold) = desk.sold {
        sold.tell(&mut event);
    }
    if unit.evidence.len() > 1 {
        // Something else reported the piece before.
        event.lines.iter_mut().for_each(|line| line.fresh_micro = 0);
    }
    let mut earned = earning::work_out(&event, desk.pay())?;
    for award in &mut earned.awards {
        award.pending.extend(pending.iter().cloned());
    }
    outcome
        .award_keys
        .push(evidence::award_key(key, PotRole::Seller));
    let about = about(Some(product_id), Some(key));
    let booked = earning::book(&mut outcome, desk.pay(), &event, &earned, &about)?;
    if booked.is_empty() {
        let because = vec![Because::new("no_rule")];
        note(&mut outcome, desk, "active", because, about);
    } else if pay::awaits_review(&outcome) {
        outcome.upserts.push(review_of(desk, &booked)?);
    }
    let promised = booked.iter().filter(|note| note.promised);
    unit.promises = promised.map(|note| note.activity.clone()).collect();
    unit.awards.clone_from(&booked);
    write_unit(&mut outcome, desk, &unit, product_id, proof);
    placed.write(&mut outcome, desk, key, &booked);
    Ok(outcome)
}

/// Why a person should look at any claim like this, whatever it is about.
fn doubts(desk: &Desk<'_>, proof: Shown<'_>) -> Vec<Because> {
    let mut doubts = Vec::new();
    if !evidence::may_work_here(desk.context.actor, desk.context, desk.facts) {
        doubts.push(Because::new("not_employed_there"));
    }
    if desk.context.now_ms.saturating_sub(desk.context.occurred_ms) > PROMPT_MS {
        doubts.push(Because::new("reported_late"));
    }
    let sold = desk.sold.iter();
    doubts.extend(sold.flat_map(|sold| sold.doubts.iter().cloned()));
    if proof.kind == "code" {
        doubts.extend(guess::many(desk.context, desk.facts, &desk.rules.limits));
    }
    doubts
}

/// The event of a claim for a product.
pub(super) fn event(context: &Context, product: &str, kind: &str, quantity_micro: i64) -> Event {
    Event {
        trigger: Trigger::Sale,
        at_ms: context.occurred_ms,
        outlet: context.outlet,
        actor: Party::Known(context.actor),
        buyer: Party::Nobody,
        seller: Party::Known(context.actor),
        currency: String::new(),
        evidence: kind.to_owned(),
        value: 0,
        lines: vec![EventLine {
            product: Some(product.to_owned()),
            quantity_micro,
            amount_minor: 0,
            buyer_micro: 0,
            seller_micro: quantity_micro,
            fresh_micro: quantity_micro,
        }],
    }
}

/// The unit as it stands, or a new one, with this claim's report and its seller.
fn credited_unit(desk: &Desk<'_>, key: &str, product: &str, proof: Shown<'_>) -> Unit {
    let report = evidence::note(desk.context, proof.kind, proof.reference);
    let mut unit = match desk.facts.see::<Unit>(key) {
        Seen::Known(mut unit) => {
            unit.evidence.push(report);
            unit
        }
        Seen::Absent | Seen::Unknown => {
            let mut unit = evidence::new_unit(desk.context, key, product, report);
            if let Some(sold) = desk.sold {
                unit.quantity_micro = sold.quantity_micro;
            }
            unit
        }
    };
    if let Some(pieces) = desk.pieces {
        unit.quantity_micro = pieces.saturating_mul(amount::QUANTITY_ONE_MICRO);
    }
    unit.returned_micro = 0;
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

/// What a person is to look at: all that the claim earned.
fn review_of(desk: &Desk<'_>, booked: &[AwardNote]) -> Result<Upsert, Overflow> {
    let context = desk.context;
    let mut activities = booked.iter().map(|note| note.activity.clone());
    let activity = activities.next().unwrap_or_default();
    let review = Review {
        id: format!("claim:{}", context.command_id),
        kind: "claim".to_owned(),
        subject: activity.clone(),
        participant: context.actor,
        outlet: context.outlet,
        points: amount::sum(booked.iter().map(|note| note.points))?,
        activity,
        also: activities.collect(),
        photos: Vec::new(),
        because: Vec::new(),
        status: "open".to_owned(),
        decided_by: None,
        reason: String::new(),
        at_ms: context.occurred_ms,
        device: None,
    };
    Ok(Upsert::of(review.id.clone(), &review, &[]))
}
