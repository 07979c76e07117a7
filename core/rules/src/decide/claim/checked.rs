//! The credit of goods that a fiscal service found on a claimed receipt: quantity and price are the
//! receipt's, and a marked piece is the same piece that its code stands for.

use std::collections::BTreeSet;

use crate::amount::{Overflow, QUANTITY_ONE_MICRO};
use crate::earn::Event;
use crate::entity::{
    Beneficiary, Code, EntityKind, Node, NodeId, NodeState, Participant, Product, Receipt,
    SerialRanges, Series, Unit, UnitIndex,
};
use crate::facts::{FactKey, Facts, Seen};
use crate::index::Index;
use crate::outcome::{Because, Class, Outcome, Upsert};
use crate::scope::Scope;

use super::super::series::{self, Target};
use super::super::{Context, earning, evidence, latest, pay, policy, policy_confirm, sell_in};
use super::place::{self, Placed};
use super::{Desk, Shown, already, by_receipt, credit, may_claim};

/// The kind of evidence that rules see for what a fiscal service confirmed.
const VERIFIED: &str = "verified_receipt";
/// Where a marking's serial number begins: after `01`, the trade item's 14 digits and `21`.
const SERIAL_AT: usize = 18;

/// Goods of one product on a verified receipt.
#[derive(Clone)]
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
    /// The same goods as the one piece that a code of the programme stands for, whatever quantity the
    /// till wrote beside it and on how many lines.
    fn one_piece(&self) -> Result<Self, Overflow> {
        let mut one = self.clone();
        if self.quantity_micro > QUANTITY_ONE_MICRO {
            let amount = i128::from(self.amount_minor) * i128::from(QUANTITY_ONE_MICRO)
                / i128::from(self.quantity_micro);
            one.amount_minor = i64::try_from(amount).map_err(|_| Overflow)?;
            one.quantity_micro = QUANTITY_ONE_MICRO;
        }
        Ok(one)
    }

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
    Piece::needs(sold, facts, keys);
    if let Seen::Known(receipt) = facts.see::<Receipt>(&sold.key) {
        by_receipt::unit_needs(&receipt, facts, keys);
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
    let piece = Piece::of(sold, desk.facts).map(|piece| evidence::code_key(&piece.reference));
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
    // What was reported before stands without the receipt.
    if outcome.code != "attached_to_existing" {
        let written = outcome.upserts.iter();
        let units = written.filter(|upsert| upsert.kind == EntityKind::Unit);
        for id in units.map(|upsert| upsert.id.clone()).collect::<Vec<_>>() {
            if !receipt.units.contains(&id) {
                receipt.units.push(id);
            }
        }
    }
    let own = [Scope::Participant(context.actor)];
    outcome.upserts.push(Upsert::of(&sold.key, &receipt, &own));
    take_code(&mut outcome, &desk, sold);
    Ok(outcome)
}

/// What a marked piece is here: a code or a place of a series that the programme printed, or a unit
/// that something reported before.
struct Piece {
    /// How reports name it.
    reference: String,
    /// Its place in a series of serial numbers.
    node: Option<NodeId>,
}

/// The place of a marking's serial number in a series of the product.
fn node_of(sold: &Sold, facts: &Facts) -> Option<NodeId> {
    let serial: i64 = sold.code.as_deref()?.get(SERIAL_AT..)?.parse().ok()?;
    let Seen::Known(ranges) = facts.see::<SerialRanges>(&sold.product) else {
        return None;
    };
    match facts.see::<Series>(ranges.series_of(serial)?) {
        Seen::Known(series) => series.of_serial(serial),
        Seen::Absent | Seen::Unknown => None,
    }
}

impl Piece {
    fn of(sold: &Sold, facts: &Facts) -> Option<Self> {
        let node = node_of(sold, facts);
        let reference = match &node {
            Some(node) => node.to_string(),
            None => sold.code.clone()?,
        };
        Some(Self { reference, node })
    }

    fn needs(sold: &Sold, facts: &Facts, keys: &mut BTreeSet<FactKey>) {
        let Some(code) = &sold.code else { return };
        keys.insert(FactKey::of::<Code>(code));
        keys.insert(FactKey::of::<SerialRanges>(&sold.product));
        let serial = code.get(SERIAL_AT..).and_then(|serial| serial.parse().ok());
        if let (Some(serial), Seen::Known(ranges)) =
            (serial, facts.see::<SerialRanges>(&sold.product))
            && let Some(series) = ranges.series_of(serial)
        {
            keys.insert(FactKey::of::<Series>(series));
        }
        if let Some(piece) = Self::of(sold, facts) {
            series::needs(&piece.reference, facts, keys);
            keys.insert(FactKey::of::<Unit>(evidence::code_key(&piece.reference)));
        }
    }

    /// Why it cannot be claimed, or why somebody should look; none when it is not the programme's.
    fn standing(&self, desk: &Desk<'_>, sold: &Sold) -> Option<Result<Vec<Because>, Because>> {
        if let Some(node) = &self.node {
            let target = Target::Node(node.clone());
            return match series::standing(&target, desk.context, desk.facts) {
                Ok(standing) => standing.map(|standing| match standing.refusal {
                    Some(because) => Err(because),
                    None => Ok(standing.pending),
                }),
                Err(because) => Some(Err(because)),
            };
        }
        match desk.facts.see::<Code>(&self.reference) {
            Seen::Known(known) if known.status == "void" => Some(Err(Because::new("code_void"))),
            Seen::Known(known) if known.claimed_by.is_some_and(|by| by != desk.context.actor) => {
                let mut because = Because::new("already_claimed").with("by_you", false);
                if let Some(at_ms) = known.claimed_ms {
                    because = because.with("at_ms", at_ms);
                }
                Some(Err(because))
            }
            Seen::Known(known) => (known.product == sold.product).then(|| Ok(Vec::new())),
            Seen::Absent | Seen::Unknown => None,
        }
    }
}

/// The credit of a marked piece that the programme knows. What the till reported with the receipt
/// itself goes by the till's own unit.
fn of_piece(desk: &Desk<'_>, sold: &Sold, receipt: &Receipt) -> Result<Option<Outcome>, Overflow> {
    let Some(piece) = Piece::of(sold, desk.facts) else {
        return Ok(None);
    };
    let actor = desk.context.actor;
    let key = evidence::code_key(&piece.reference);
    let unit = match desk.facts.see::<Unit>(&key) {
        Seen::Known(unit) => Some(unit),
        Seen::Absent | Seen::Unknown => None,
    };
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
    let (pending, sold) = match piece.standing(desk, sold) {
        Some(Ok(pending)) => (pending, &sold.one_piece()?),
        Some(Err(because)) => return Ok(Some(Outcome::rejected(because))),
        // A marking that the programme did not print is a piece all the same, and counts once.
        None => (Vec::new(), sold),
    };
    let desk = &Desk {
        context: desk.context,
        facts: desk.facts,
        rules: desk.rules,
        sold: Some(sold),
        pieces: None,
    };
    let of_till = by_receipt::on_receipt(desk, receipt, &sold.product);
    if of_till.is_some_and(|unit| unit.key != key) {
        return Ok(None);
    }
    if let Some(own) = place::own_unit(desk, &sold.product, "receipt") {
        return credit::attach(desk, &own, &sold.product, proof).map(Some);
    }
    let placed = match &unit {
        Some(unit) if unit.sale.is_some() => Placed::on_unit(desk, &sold.product, unit),
        _ => Placed::new(desk, &sold.product, "receipt"),
    };
    credit::credit(desk, &key, &sold.product, proof, pending, placed).map(Some)
}

/// The code of a piece that is credited counts as claimed: nobody is paid for it again, until the
/// credit is taken back.
fn take_code(outcome: &mut Outcome, desk: &Desk<'_>, sold: &Sold) {
    let Some(piece) = Piece::of(sold, desk.facts) else {
        return;
    };
    if !matches!(piece.standing(desk, sold), Some(Ok(_))) {
        return;
    }
    let actor = desk.context.actor;
    let Some(key) = report_code(outcome, desk, &piece.reference) else {
        return;
    };
    if let Some(node) = &piece.node {
        let id = node.to_string();
        if let Seen::Known(taken) = latest::see::<Node>(outcome, desk.facts, &id)
            && taken.state == NodeState::Claimed
        {
            return;
        }
        let here = (desk.context, desk.facts);
        return series::claim(outcome, here, node, (&key, 1, actor));
    }
    if let Seen::Known(mut known) = desk.facts.see::<Code>(&piece.reference)
        && known.claimed_by.is_none()
    {
        "claimed".clone_into(&mut known.status);
        known.claimed_by = Some(actor);
        known.claimed_ms = Some(desk.context.occurred_ms);
        let own = [Scope::Participant(actor)];
        outcome
            .upserts
            .push(Upsert::of(piece.reference, &known, &own));
    }
}

/// Writes on the credited unit that its code was seen; answers the unit's key.
fn report_code(outcome: &mut Outcome, desk: &Desk<'_>, reference: &str) -> Option<String> {
    let mut written = outcome.upserts.iter_mut().rev();
    let upsert = written.find(|upsert| upsert.kind == EntityKind::Unit)?;
    let mut unit: Unit = serde_json::from_value(upsert.body.clone()).ok()?;
    let known = unit
        .evidence
        .iter()
        .any(|note| note.kind == "code" && note.reference == reference);
    if !known {
        let note = evidence::note(desk.context, "code", reference);
        unit.evidence.push(note);
        *upsert = Upsert::of(&unit.key, &unit, &upsert.scopes);
    }
    Some(unit.key)
}
