//! A claim by a fiscal receipt: further evidence where the piece is paid, else its own claim.

use std::collections::BTreeSet;

use crate::amount::Overflow;
use crate::command::{FiscalShown, RECEIPT_KEY_CHARS_MAX};
use crate::entity::{CheckState, Code, FiscalCheck, NodeId, ONLY, Receipt, ReceiptPolicy, Unit};
use crate::facts::{FactKey, Facts, Seen};
use crate::outcome::{Because, Class, Outcome, Upsert};
use crate::scope::Scope;

use super::super::evidence;
use super::super::series::{self, Target};
use super::place::{self, Place, Placed};
use super::{Desk, Shown, about, already, credit, note};

/// Digits of a Russian fiscal drive's number.
const DRIVE_DIGITS: usize = 16;

/// Decides a claim. `fiscal` is what the code shows for the fiscal service, and its total.
pub(super) fn decide(
    desk: &Desk<'_>,
    key: &str,
    product: Option<&str>,
    fiscal: Option<(&FiscalShown, Option<i64>)>,
) -> Result<Outcome, Overflow> {
    if !is_key(key) {
        return Ok(Outcome::rejected(Because::new("bad_input")));
    }
    let actor = desk.context.actor;
    let mut receipt = match desk.facts.see::<Receipt>(key) {
        Seen::Known(receipt) => receipt,
        Seen::Absent | Seen::Unknown => Receipt {
            sale: None,
            units: Vec::new(),
            claimed_by: None,
            cancelled: false,
        },
    };
    if receipt.cancelled {
        return Ok(Outcome::rejected(Because::new("receipt_cancelled")));
    }
    if let Some(by) = receipt.claimed_by {
        return Ok(already(by == actor, None));
    }
    receipt.claimed_by = Some(actor);
    // What the till reported with this receipt needs no other witness.
    let unreported = receipt.sale.is_none() || product.is_none();
    if let Some(shown) = fiscal.filter(|_| unreported && asks(desk, key)) {
        return Ok(wait(desk, key, product, shown, &receipt));
    }
    let Some(product) = product else {
        return Ok(Outcome::rejected(Because::new("product_needed")));
    };
    let mut outcome = settle(desk, key, product, &mut receipt)?;
    if outcome.class == Class::Accepted {
        let own = [Scope::Participant(actor)];
        outcome.upserts.push(Upsert::of(key, &receipt, &own));
    }
    Ok(outcome)
}

/// One receipt has one key: a number with a zero before it, a blank or another case would be a second
/// one of the same receipt.
fn is_key(key: &str) -> bool {
    let number = |text: &str, most: usize| {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        digits && text.len() <= most && (text == "0" || !text.starts_with('0'))
    };
    let mut parts = key.split(':');
    match parts.next() {
        Some("ru") => {
            let drive = parts.next().unwrap_or("");
            let rest = [parts.next(), parts.next()].map(|part| part.unwrap_or(""));
            drive.len() == DRIVE_DIGITS
                && drive.bytes().all(|byte| byte.is_ascii_digit())
                && rest.iter().all(|part| number(part, 10))
                && parts.next().is_none()
        }
        Some(kind) => {
            let plain = |letter: char| !letter.is_whitespace() && !letter.is_control();
            !kind.eq_ignore_ascii_case("ru")
                && key.chars().all(plain)
                && (1..=RECEIPT_KEY_CHARS_MAX).contains(&key.chars().count())
        }
        None => false,
    }
}

/// True when a fiscal service is asked about receipts of this kind.
fn asks(desk: &Desk<'_>, key: &str) -> bool {
    match desk.facts.see::<ReceiptPolicy>(ONLY) {
        Seen::Known(policy) => policy.asks(key),
        Seen::Absent | Seen::Unknown => false,
    }
}

/// The claim holds the receipt and waits for the fiscal service's word; nothing is booked before.
fn wait(
    desk: &Desk<'_>,
    key: &str,
    product: Option<&str>,
    (shown, total_minor): (&FiscalShown, Option<i64>),
    receipt: &Receipt,
) -> Outcome {
    let context = desk.context;
    let own = [Scope::Participant(context.actor)];
    let because = Because::new("awaits_verification").with("why", "queue");
    let mut outcome = Outcome::accepted();
    outcome.pending.push(because.clone());
    note(
        &mut outcome,
        desk,
        "pending",
        vec![because],
        about(product, None),
    );
    let check = FiscalCheck {
        state: CheckState::Waiting,
        claim: context.command_id,
        claimant: context.actor,
        outlet: context.outlet,
        at_ms: context.occurred_ms,
        received_ms: context.now_ms,
        product: product.map(str::to_owned),
        total_minor,
        shown: shown.clone(),
        why: "queue".to_owned(),
        next_ms: None,
        found: None,
        matches: Vec::new(),
        signals: Vec::new(),
    };
    outcome.upserts.push(Upsert::of(key, receipt, &own));
    outcome.upserts.push(Upsert::of(key, &check, &own));
    outcome
}

pub(super) fn settle(
    desk: &Desk<'_>,
    key: &str,
    product: &str,
    receipt: &mut Receipt,
) -> Result<Outcome, Overflow> {
    let proof = Shown {
        kind: "receipt",
        reference: key,
    };
    let own = place::own_unit(desk, product, "receipt");
    if let Some(unit) = on_receipt(desk, receipt, product) {
        return on_reported(desk, product, proof, (&unit, own.as_deref()));
    }
    if let Some(unit) = own {
        return credit::attach(desk, &unit, product, proof);
    }
    let unit = evidence::receipt_unit_key(key, product);
    if let Seen::Known(known) = desk.facts.see::<Unit>(&unit)
        && let Some(seller) = known.seller
    {
        // Another product of the receipt was refused, and set the receipt free; this one is paid.
        return Ok(already(seller == desk.context.actor, None));
    }
    receipt.units.push(unit.clone());
    let placed = Placed::new(desk, product, "receipt");
    let index = evidence::index(desk.facts, desk.context.actor, product);
    let photographed = evidence::perhaps_photographed(&index, desk.context);
    let unseen = desk.sold.is_none() && matches!(placed.place, Place::Free);
    let looked_at = unseen || photographed;
    let pending = looked_at.then(|| Because::new("awaits_review"));
    let pending = pending.into_iter().collect();
    credit::credit(desk, &unit, product, proof, pending, placed)
}

/// The till reported the sale. Where it named no seller, the first who shows its receipt there is paid,
/// unless the piece was claimed before.
fn on_reported(
    desk: &Desk<'_>,
    product: &str,
    proof: Shown<'_>,
    (unit, own): (&Unit, Option<&str>),
) -> Result<Outcome, Overflow> {
    let placed = Placed::on_unit(desk, product, unit);
    if unit.seller.is_some() || placed.exhausted() {
        return credit::attach(desk, &unit.key, product, proof);
    }
    if let Some(own) = own {
        return credit::attach(desk, own, product, proof);
    }
    if let Some(code) = unit.key.strip_prefix("code:")
        && let Seen::Known(known) = desk.facts.see::<Code>(code)
        && let Some(by) = known.claimed_by
    {
        // The piece's code joined another claim.
        return Ok(already(by == desk.context.actor, known.claimed_ms));
    }
    let place = place_of(unit);
    if let Some(because) = place.as_ref().and_then(|node| gone(desk, node)) {
        return Ok(Outcome::rejected(because));
    }
    let elsewhere = unit.outlet != desk.context.outlet;
    let because = elsewhere.then(|| Because::new("receipt_of_other_outlet"));
    let pending = because.into_iter().collect();
    let mut outcome = credit::credit(desk, &unit.key, product, proof, pending, placed)?;
    if let Some(node) = place.filter(|_| outcome.class == Class::Accepted) {
        let here = (desk.context, desk.facts);
        let paid = (unit.key.as_str(), 1, desk.context.actor);
        series::claim(&mut outcome, here, &node, paid);
    }
    Ok(outcome)
}

/// What the units that a receipt names bring with them.
pub(super) fn unit_needs(receipt: &Receipt, facts: &Facts, keys: &mut BTreeSet<FactKey>) {
    for key in &receipt.units {
        keys.insert(FactKey::of::<Unit>(key));
        let Some(code) = key.strip_prefix("code:") else {
            continue;
        };
        keys.insert(FactKey::of::<Code>(code));
        if let Ok(node) = code.parse() {
            series::node_needs(&node, facts, keys);
        }
    }
}

/// The place of a series that a unit is, when a till scanned its code.
fn place_of(unit: &Unit) -> Option<NodeId> {
    unit.key.strip_prefix("code:")?.parse().ok()
}

/// Why nobody is paid for the place any more: it, or what holds it, was claimed, or it is void.
fn gone(desk: &Desk<'_>, node: &NodeId) -> Option<Because> {
    let target = Target::Node(node.clone());
    match series::standing(&target, desk.context, desk.facts) {
        Ok(standing) => standing?.refusal,
        Err(because) => Some(because),
    }
}

/// The unit of this product that a till reported on the receipt.
pub(super) fn on_receipt(desk: &Desk<'_>, receipt: &Receipt, product: &str) -> Option<Unit> {
    receipt
        .units
        .iter()
        .find_map(|unit| match desk.facts.see::<Unit>(unit) {
            // A cancelled sale's unit has lost its sale, and proves nothing any more.
            Seen::Known(unit)
                if unit.sale.is_some() && unit.product.as_deref() == Some(product) =>
            {
                Some(unit)
            }
            _ => None,
        })
}
