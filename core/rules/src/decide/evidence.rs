//! Linking reports to the one thing that was sold: the unit's key, its evidence, and a seller's
//! recent units that late evidence may belong to.

use uuid::Uuid;

use crate::entity::{EvidenceNote, UNIT_INDEX_MAX, Unit, UnitIndex, UnitRef};
use crate::facts::{Facts, Seen};

use super::Context;

/// How far apart two reports of one sale may be, milliseconds.
pub(super) const LINK_WINDOW_MS: i64 = 48 * 3_600_000;

/// The key of the unit that a unique code stands for.
pub(super) fn code_key(code: &str) -> String {
    format!("code:{code}")
}

/// The key of a unit known only by its receipt.
pub(super) fn receipt_unit_key(receipt: &str, product: &str) -> String {
    format!("receipt:{receipt}:{product}")
}

/// The id of a seller's index of recent units of a product.
pub(super) fn index_id(seller: Uuid, product: &str) -> String {
    format!("{seller}:{product}")
}

/// A report by this command.
pub(super) fn note(context: &Context, kind: &str, reference: &str) -> EvidenceNote {
    EvidenceNote {
        kind: kind.to_owned(),
        reference: reference.to_owned(),
        command_id: context.command_id,
        at_ms: context.occurred_ms,
    }
}

/// The seller's index, empty when there is none.
pub(super) fn index(facts: &Facts, seller: Uuid, product: &str) -> UnitIndex {
    match facts.see::<UnitIndex>(&index_id(seller, product)) {
        Seen::Known(index) => index,
        Seen::Absent | Seen::Unknown => UnitIndex::default(),
    }
}

/// A recent unit at the same place that has no evidence of this kind yet: late evidence is about it.
pub(super) fn unlinked<'a>(
    index: &'a UnitIndex,
    context: &Context,
    kind: &str,
) -> Option<&'a UnitRef> {
    index.units.iter().rev().find(|unit| {
        unit.outlet == context.outlet
            && (context.occurred_ms - unit.at_ms).abs() <= LINK_WINDOW_MS
            && !unit.evidence.iter().any(|known| known == kind)
    })
}

/// The index with this unit in it, or with one more kind of evidence for it.
pub(super) fn indexed(mut index: UnitIndex, context: &Context, key: &str, kind: &str) -> UnitIndex {
    if let Some(unit) = index.units.iter_mut().find(|unit| unit.key == key) {
        unit.evidence.push(kind.to_owned());
        return index;
    }
    index.units.push(UnitRef {
        key: key.to_owned(),
        at_ms: context.occurred_ms,
        outlet: context.outlet,
        evidence: vec![kind.to_owned()],
    });
    let surplus = index.units.len().saturating_sub(UNIT_INDEX_MAX);
    index.units.drain(..surplus);
    index
}

/// A new unit with its first report.
pub(super) fn new_unit(
    context: &Context,
    key: &str,
    product: &str,
    evidence: EvidenceNote,
) -> Unit {
    Unit {
        key: key.to_owned(),
        product: Some(product.to_owned()),
        quantity_micro: crate::amount::QUANTITY_ONE_MICRO,
        outlet: context.outlet,
        sale: None,
        seller: None,
        buyer: None,
        at_ms: context.occurred_ms,
        evidence: vec![evidence],
    }
}
