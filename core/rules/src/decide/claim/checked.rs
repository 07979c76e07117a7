//! The credit of goods that a fiscal service found on a claimed receipt: quantity and price are the
//! receipt's, and a marked piece is the same piece that its code stands for.

use std::collections::BTreeSet;

use crate::amount::Overflow;
use crate::earn::Event;
use crate::entity::{Beneficiary, Code, Participant, Product, Receipt, Unit, UnitIndex};
use crate::facts::{FactKey, Facts, Seen};
use crate::index::Index;
use crate::outcome::{Because, Class, Outcome, Upsert};
use crate::scope::Scope;

use super::super::{Context, earning, evidence, pay, policy, policy_confirm, sell_in};
use super::place::{self, Placed};
use super::{Desk, Shown, already, by_receipt, credit, may_claim};

/// The kind of evidence that rules see for what a fiscal service confirmed.
const VERIFIED: &str = "verified_receipt";

/// Goods of one product on a verified receipt.
pub(in crate::decide) struct Sold {
    /// The receipt's key.
    pub key: String,
    /// The product.
    pub product: String,
    /// The piece's unique code, when it is marked.
    pub code: Option<String>,
    /// How much, millionths.
    pub quantity_micro: i64,
    /// What was paid, minor units.
    pub amount_minor: i64,
    /// ISO 4217 code of the amount.
    pub currency: String,
    /// Why a person should look before the points can be spent.
    pub doubts: Vec<Because>,
}

impl Sold {
    /// Writes what is known into the event that rules are asked about. Of a piece that another report
    /// has less open, only that much is paid.
    pub(super) fn tell(&self, event: &mut Event) {
        VERIFIED.clone_into(&mut event.evidence);
        event.currency.clone_from(&self.currency);
        for line in &mut event.lines {
            line.amount_minor = self.amount_minor;
        }
    }
}

/// What the credit depends on.
pub(in crate::decide) fn credit_needs(
    sold: &Sold,
    context: &Context,
    facts: &Facts,
    keys: &mut BTreeSet<FactKey>,
) {
    keys.insert(FactKey::of::<Participant>(context.actor.to_string()));
    keys.insert(FactKey::of::<Receipt>(&sold.key));
    keys.insert(FactKey::of::<Product>(&sold.product));
    pay::needs(context, [Beneficiary::Participant(context.actor)], keys);
    if let Some(code) = &sold.code {
        keys.insert(FactKey::of::<Code>(code));
        keys.insert(FactKey::of::<Unit>(evidence::code_key(code)));
    }
    if let Seen::Known(receipt) = facts.see::<Receipt>(&sold.key) {
        keys.extend(receipt.units.iter().map(FactKey::of::<Unit>));
    }
    let index_id = evidence::index_id(context.actor, &sold.product);
    if let Seen::Known(index) = facts.see::<UnitIndex>(&index_id) {
        let units = index.units.iter();
        keys.extend(units.map(|unit| FactKey::of::<Unit>(&unit.key)));
    }
    keys.insert(FactKey::of::<UnitIndex>(index_id));
    policy::needs(context, keys);
    policy::product_needs(&sold.product, context, facts, keys);
    sell_in::needs(&sold.product, context, keys);
    let Some(rules) = facts.rules() else { return };
    let desk = Desk {
        context,
        facts,
        rules: &rules,
        sold: Some(sold),
        pieces: None,
    };
    place_needs(&desk, sold, keys);
    if keys.iter().all(|key| facts.has(key)) {
        let mut event = credit::event(context, &sold.product, VERIFIED, sold.quantity_micro);
        sold.tell(&mut event);
        earning::needs(&event, context, facts, keys);
    }
}

/// What the unit that the goods belong to brings with it.
fn place_needs(desk: &Desk<'_>, sold: &Sold, keys: &mut BTreeSet<FactKey>) {
    let product = &sold.product;
    let mut units: Vec<Unit> = Vec::new();
    let own = place::own_unit(desk, product, "receipt");
    let piece = sold.code.as_deref().map(evidence::code_key);
    for key in own.iter().chain(&piece) {
        if let Seen::Known(unit) = desk.facts.see::<Unit>(key) {
            units.push(unit);
        }
    }
    if let Seen::Known(receipt) = desk.facts.see::<Receipt>(&sold.key) {
        units.extend(by_receipt::on_receipt(desk, &receipt, product));
    }
    for unit in &units {
        policy_confirm::needs(unit, desk.facts, keys);
        Placed::on_unit(desk, product, unit).needs(keys);
    }
    Placed::new(desk, product, "receipt").needs(keys);
}

/// Credits the goods to whoever claimed the receipt, or adds them to what is credited already.
pub(in crate::decide) fn credit_sold(
    sold: &Sold,
    context: &Context,
    facts: &Facts,
    rules: &Index,
) -> Result<Outcome, Overflow> {
    let desk = Desk {
        context,
        facts,
        rules,
        sold: Some(sold),
        pieces: None,
    };
    if !may_claim(&desk) {
        return Ok(Outcome::rejected(Because::new("not_permitted")));
    }
    let Seen::Known(mut receipt) = facts.see::<Receipt>(&sold.key) else {
        return Ok(Outcome::rejected(Because::new("receipt_unknown")));
    };
    if receipt.cancelled {
        return Ok(Outcome::rejected(Because::new("receipt_cancelled")));
    }
    let mut outcome = match of_piece(&desk, sold, &receipt)? {
        Some(outcome) => outcome,
        None => by_receipt::settle(&desk, &sold.key, &sold.product, &mut receipt)?,
    };
    if outcome.class != Class::Accepted {
        return Ok(outcome);
    }
    let written = outcome.upserts.iter();
    let units = written.filter(|upsert| upsert.kind == crate::entity::EntityKind::Unit);
    for id in units.map(|upsert| upsert.id.clone()).collect::<Vec<_>>() {
        if !receipt.units.contains(&id) {
            receipt.units.push(id);
        }
    }
    let own = [Scope::Participant(context.actor)];
    outcome.upserts.push(Upsert::of(&sold.key, &receipt, &own));
    take_code(&mut outcome, &desk, sold);
    Ok(outcome)
}

/// The credit of a marked piece whose code the programme printed or saw before. What the till reported
/// with the receipt itself goes by the till's own unit.
fn of_piece(desk: &Desk<'_>, sold: &Sold, receipt: &Receipt) -> Result<Option<Outcome>, Overflow> {
    let Some(code) = &sold.code else {
        return Ok(None);
    };
    let actor = desk.context.actor;
    let ours = match desk.facts.see::<Code>(code) {
        Seen::Known(known) if known.status == "void" => {
            return Ok(Some(Outcome::rejected(Because::new("code_void"))));
        }
        Seen::Known(known) if known.claimed_by.is_some_and(|by| by != actor) => {
            return Ok(Some(already(false, known.claimed_ms)));
        }
        Seen::Known(known) => known.product == sold.product,
        Seen::Absent | Seen::Unknown => false,
    };
    let key = evidence::code_key(code);
    let unit = match desk.facts.see::<Unit>(&key) {
        Seen::Known(unit) => Some(unit),
        Seen::Absent | Seen::Unknown => None,
    };
    if !ours && unit.is_none() {
        return Ok(None);
    }
    let proof = Shown {
        kind: "receipt",
        reference: &sold.key,
    };
    match unit.as_ref().and_then(|unit| unit.seller) {
        Some(seller) if seller == actor => {
            return credit::attach(desk, &key, &sold.product, proof).map(Some);
        }
        Some(_) => return Ok(Some(already(false, None))),
        None => {}
    }
    if by_receipt::on_receipt(desk, receipt, &sold.product).is_some_and(|unit| unit.key != key) {
        return Ok(None);
    }
    if let Some(own) = place::own_unit(desk, &sold.product, "receipt") {
        return credit::attach(desk, &own, &sold.product, proof).map(Some);
    }
    let placed = match &unit {
        Some(unit) if unit.sale.is_some() => Placed::on_unit(desk, &sold.product, unit),
        _ => Placed::new(desk, &sold.product, "receipt"),
    };
    credit::credit(desk, &key, &sold.product, proof, Vec::new(), placed).map(Some)
}

/// The code of a piece that is credited counts as claimed: nobody is paid for it again.
fn take_code(outcome: &mut Outcome, desk: &Desk<'_>, sold: &Sold) {
    let Some(code) = &sold.code else { return };
    let Seen::Known(mut known) = desk.facts.see::<Code>(code) else {
        return;
    };
    if known.claimed_by.is_some() {
        return;
    }
    "claimed".clone_into(&mut known.status);
    known.claimed_by = Some(desk.context.actor);
    known.claimed_ms = Some(desk.context.occurred_ms);
    let own = [Scope::Participant(desk.context.actor)];
    outcome.upserts.push(Upsert::of(code, &known, &own));
}
