//! `unit.return`: a claimed piece, carton or pallet came back. Its points go back, and whoever sells it
//! next can be credited.

use std::collections::BTreeSet;

use crate::amount::Overflow;
use crate::command::{UNIT_CODE_CHARS_MAX, UnitReturn};
use crate::entity::{
    Code, Logistic, Node, NodeCount, NodeId, NodeState, Participant, Series, Unit,
};
use crate::facts::{FactKey, Facts, Seen};
use crate::outcome::{Because, Outcome, Upsert};

use super::super::pay::Desk;
use super::super::{Context, evidence, latest, returns, review, sell_in};
use super::Chain;

/// The longest reason, characters.
const REASON_CHARS_MAX: usize = 500;

pub(in crate::decide) fn needs(
    back: &UnitReturn,
    context: &Context,
    facts: &Facts,
    keys: &mut BTreeSet<FactKey>,
) {
    keys.insert(FactKey::of::<Participant>(context.actor.to_string()));
    keys.insert(FactKey::of::<Code>(&back.code));
    super::needs(&back.code, facts, keys);
    for key in paid_units(&back.code, facts) {
        if let Seen::Known(unit) = facts.see::<Unit>(&key) {
            returns::goods::unit_needs(&unit, facts, keys);
        }
        keys.insert(FactKey::of::<Unit>(key));
    }
}

/// The units that may have been paid for what the code stands for.
fn paid_units(code: &str, facts: &Facts) -> Vec<String> {
    let mut units = vec![evidence::code_key(code)];
    if let Some(sscc) = code.strip_prefix("sscc:")
        && let Seen::Known(logistic) = facts.see::<Logistic>(sscc)
    {
        units.extend(logistic.unit);
    }
    let Ok(node) = code.parse::<NodeId>() else {
        return units;
    };
    if let Seen::Known(series) = facts.see::<Series>(&node.series) {
        for place in std::iter::once(node.clone()).chain(series.above(&node)) {
            if let Seen::Known(record) = facts.see::<Node>(&place.to_string()) {
                units.extend(record.unit);
            }
        }
    }
    units
}

pub(in crate::decide) fn decide(back: &UnitReturn, desk: Desk<'_>) -> Result<Outcome, Overflow> {
    let actor = desk.context.actor.to_string();
    let may = match desk.facts.see::<Participant>(&actor) {
        Seen::Known(actor) => matches!(actor.role.as_str(), "manager" | "approver"),
        Seen::Absent | Seen::Unknown => false,
    };
    if !may {
        return Ok(Outcome::rejected(Because::new("not_permitted")));
    }
    let lengths = (back.code.chars().count(), back.reason.chars().count());
    if lengths.0 == 0 || lengths.0 > UNIT_CODE_CHARS_MAX || lengths.1 > REASON_CHARS_MAX {
        return Ok(Outcome::rejected(Because::new("bad_input")));
    }
    if let Ok(node) = back.code.parse::<NodeId>() {
        return of_node(&node, back, desk);
    }
    let key = match back.code.strip_prefix("sscc:") {
        Some(sscc) => match desk.facts.see::<Logistic>(sscc) {
            Seen::Known(Logistic {
                unit: Some(unit), ..
            }) => unit,
            _ => return Ok(nothing()),
        },
        None => evidence::code_key(&back.code),
    };
    let mut outcome = Outcome::accepted();
    match whole(&mut outcome, desk, &key, &because(back))? {
        None => Ok(outcome),
        Some(refusal) => Ok(refusal),
    }
}

fn nothing() -> Outcome {
    Outcome::rejected(Because::new("nothing_to_return"))
}

fn because(back: &UnitReturn) -> Because {
    Because::new("returned").with("reason", back.reason.clone())
}

fn of_node(node: &NodeId, back: &UnitReturn, desk: Desk<'_>) -> Result<Outcome, Overflow> {
    let here = (desk.context, desk.facts);
    let Seen::Known(series) = desk.facts.see::<Series>(&node.series) else {
        return Ok(Outcome::rejected(Because::new("code_unknown")));
    };
    let mut outcome = Outcome::accepted();
    let chain = Chain::of(node, &series, desk.facts);
    let own = desk.facts.see::<Node>(&node.to_string());
    if let Seen::Known(Node {
        state: NodeState::Claimed,
        unit: Some(unit),
        ..
    }) = &own
    {
        if let Some(refusal) = of_own_claim(&mut outcome, desk, (node, unit), &because(back))? {
            return Ok(refusal);
        }
        super::come_back(&mut outcome, here, node, None);
        return Ok(outcome);
    }
    // Out of a claimed carton or pallet pieces come back one by one.
    let Some((holder, record)) = chain.claimed_above().filter(|_| node.level == 0) else {
        return Ok(nothing());
    };
    let Some(unit) = &record.unit else {
        return Ok(nothing());
    };
    // First the count: with the last piece the holder is released, by what is left of it then.
    super::come_back(&mut outcome, here, node, Some((holder, 1)));
    part(&mut outcome, desk, (unit, 1), &because(back))?;
    Ok(outcome)
}

/// Takes back what the place's own claim brought: all of its unit, or its part of a waybill's.
fn of_own_claim(
    outcome: &mut Outcome,
    desk: Desk<'_>,
    (node, unit): (&NodeId, &str),
    because: &Because,
) -> Result<Option<Outcome>, Overflow> {
    let id = node.to_string();
    if unit == evidence::code_key(&id) {
        return whole(outcome, desk, unit, because);
    }
    let paid = match desk.facts.see::<NodeCount>(&id) {
        Seen::Known(count) => count.own.saturating_sub(count.returned).max(0),
        Seen::Absent | Seen::Unknown => 0,
    };
    part(outcome, desk, (unit, paid), because)?;
    super::write::release_node(outcome, desk.facts, node, unit);
    Ok(None)
}

/// Takes back all that a unit brought. Answers why not, when it cannot be.
fn whole(
    outcome: &mut Outcome,
    desk: Desk<'_>,
    key: &str,
    because: &Because,
) -> Result<Option<Outcome>, Overflow> {
    let Seen::Known(unit) = desk.facts.see::<Unit>(key) else {
        return Ok(Some(nothing()));
    };
    if unit.seller.is_none() {
        return Ok(Some(nothing()));
    }
    if unit.sale.is_some() {
        return Ok(Some(Outcome::rejected(Because::new("return_at_till"))));
    }
    returns::claims::of_unit(outcome, desk, (key, &[]), (1, 1), because)?;
    // What brought no points is still somebody's.
    if let Seen::Known(mut left) = latest::see::<Unit>(outcome, desk.facts, key)
        && let Some(seller) = left.seller
    {
        review::release_claim(outcome, desk.facts, &mut left, seller);
        outcome.upserts.push(Upsert::of(key, &left, &[]));
    }
    Ok(None)
}

/// Takes back a part of what a unit brought: that of so many pieces.
fn part(
    outcome: &mut Outcome,
    desk: Desk<'_>,
    (key, pieces): (&str, i64),
    because: &Because,
) -> Result<(), Overflow> {
    let Seen::Known(mut unit) = latest::see::<Unit>(outcome, desk.facts, key) else {
        return Ok(());
    };
    let micro = pieces.saturating_mul(crate::amount::QUANTITY_ONE_MICRO);
    let after = unit.returned_micro.saturating_add(micro);
    if after < unit.quantity_micro {
        sell_in::give_back_pieces(outcome, desk.facts, &unit, pieces);
        unit.returned_micro = after;
    }
    let quantity_micro = unit.quantity_micro;
    outcome.upserts.push(Upsert::of(key, &unit, &[]));
    returns::claims::of_unit(outcome, desk, (key, &[]), (after, quantity_micro), because)
}
