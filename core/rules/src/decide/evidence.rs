//! Linking reports to the one thing that was sold: the unit's key, its evidence, and a seller's
//! recent units that late evidence may belong to.

use uuid::Uuid;

use crate::entity::{EvidenceNote, Participant, UNIT_INDEX_MAX, Unit, UnitIndex, UnitRef};
use crate::facts::{Facts, Seen};
use crate::outcome::{AwardKey, PotRole};

use super::Context;

/// How far apart two reports of one sale usually are, milliseconds.
const LINK_WINDOW_MS: i64 = 48 * 3_600_000;

/// The credit for one unit's sale in one role, which happens at most once.
pub(super) fn award_key(unit: &str, role: PotRole) -> AwardKey {
    AwardKey {
        unit: unit.to_owned(),
        purpose: "sale".to_owned(),
        role: role.as_str().to_owned(),
    }
}

/// True unless it is known that the person does not work where the command says, at its instant.
pub(super) fn may_work_here(person: Uuid, context: &Context, facts: &Facts) -> bool {
    match facts.see::<Participant>(&person.to_string()) {
        Seen::Known(person) => context
            .outlet
            .is_some_and(|outlet| person.employed_at(outlet, context.occurred_ms)),
        Seen::Absent => false,
        Seen::Unknown => true,
    }
}

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

/// The seller's index, empty when there is none. A till does not see it: should the seller have
/// claimed the piece before, the server links both and its answer differs from the till's.
pub(super) fn index(facts: &Facts, seller: Uuid, product: &str) -> UnitIndex {
    match facts.see::<UnitIndex>(&index_id(seller, product)) {
        Seen::Known(index) => index,
        Seen::Absent | Seen::Unknown => UnitIndex::default(),
    }
}

/// A recent unit at the same place with fewer reports of this kind than pieces: late evidence is
/// about it. A unit that has its own code is not about another code.
pub(super) fn unlinked<'a>(
    index: &'a UnitIndex,
    context: &Context,
    kind: &str,
) -> Option<&'a UnitRef> {
    let mut units = index.units.iter().rev();
    units.find(|unit| near(unit, context) && misses(unit, kind))
}

/// The same for a report about so many pieces at once: of units with just as many.
pub(super) fn unlinked_of<'a>(
    index: &'a UnitIndex,
    context: &Context,
    (kind, pieces): (&str, i64),
) -> Option<&'a UnitRef> {
    let mut units = index.units.iter().rev();
    units.find(|unit| unit.pieces == pieces && near(unit, context) && misses(unit, kind))
}

/// A recent unit at the same place that no report of this kind speaks of at all: a report about all of
/// its pieces at once is about it.
pub(super) fn untold<'a>(
    index: &'a UnitIndex,
    context: &Context,
    kind: &str,
) -> Option<&'a UnitRef> {
    let told = |unit: &UnitRef| unit.evidence.iter().any(|known| of_kind(known, kind));
    let mut units = index.units.iter().rev();
    units.find(|unit| near(unit, context) && !told(unit))
}

/// True when a unit of another day or another place lacks this kind of report: perhaps the report is
/// about that one, and only a person can tell.
pub(super) fn perhaps_linked(index: &UnitIndex, context: &Context, kind: &str) -> bool {
    let mut units = index.units.iter();
    units.any(|unit| !near(unit, context) && misses(unit, kind))
}

/// True when a photo proved a piece of another day or place that no receipt speaks of: perhaps this
/// receipt is on it, and only a person can tell.
pub(super) fn perhaps_photographed(index: &UnitIndex, context: &Context) -> bool {
    let shows = |unit: &UnitRef| unit.evidence.iter().any(|known| of_kind(known, "photo"));
    let mut units = index.units.iter();
    units.any(|unit| !near(unit, context) && shows(unit) && misses(unit, "receipt"))
}

fn near(unit: &UnitRef, context: &Context) -> bool {
    let apart_ms = context
        .occurred_ms
        .saturating_sub(unit.at_ms)
        .saturating_abs();
    unit.outlet == context.outlet && apart_ms <= LINK_WINDOW_MS
}

fn misses(unit: &UnitRef, kind: &str) -> bool {
    let own_code = kind == "code" && unit.key.starts_with("code:");
    let reports = unit.evidence.iter().filter(|known| of_kind(known, kind));
    let reported = reports.fold(0_i64, |sum, report| sum.saturating_add(times(report)));
    !own_code && reported < due(unit, kind)
}

/// A till's report of several pieces of a carton that was claimed by its own code ends in `#` and
/// their number.
fn times(report: &str) -> i64 {
    let number = report.rsplit_once('#').filter(|_| of_kind(report, "till"));
    number.map_or(1, |(_, number)| number.parse().unwrap_or(1))
}

/// True when one code stood for many pieces: tills report them one by one.
fn is_carton(unit: &UnitRef) -> bool {
    let mut reports = unit.evidence.iter();
    unit.pieces > 1 && reports.next().is_some_and(|first| of_kind(first, "code"))
}

/// How many reports of a kind a unit can have: a till reports all its pieces at once, unless they were
/// claimed by a carton's code; people claim one piece at a time.
fn due(unit: &UnitRef, kind: &str) -> i64 {
    if kind == "till" && !is_carton(unit) {
        1
    } else {
        unit.pieces
    }
}

/// Whole pieces in a quantity of millionths.
pub(super) fn whole(quantity_micro: i64) -> i64 {
    quantity_micro.div_euclid(crate::amount::QUANTITY_ONE_MICRO)
}

/// How the index names a report.
pub(super) fn report(kind: &str, reference: &str) -> String {
    format!("{kind}:{reference}")
}

fn of_kind(report: &str, kind: &str) -> bool {
    report
        .strip_prefix(kind)
        .is_some_and(|rest| rest.starts_with(':'))
}

/// The index with a new unit of so many pieces in it, reported by the till, a code or a receipt.
pub(super) fn indexed(
    mut index: UnitIndex,
    context: &Context,
    key: &str,
    report: String,
    pieces: i64,
) -> UnitIndex {
    index.units.push(UnitRef {
        key: key.to_owned(),
        at_ms: context.occurred_ms,
        outlet: context.outlet,
        pieces,
        evidence: vec![report],
    });
    let surplus = index.units.len().saturating_sub(UNIT_INDEX_MAX);
    index.units.drain(..surplus);
    index
}

/// The index with one more report about a unit in it.
pub(super) fn reported(mut index: UnitIndex, key: &str, report: String) -> UnitIndex {
    let Some(unit) = index.units.iter_mut().find(|unit| unit.key == key) else {
        return index;
    };
    let again = is_carton(unit) && of_kind(&report, "till");
    let known = unit.evidence.iter_mut().find(|known| base(known) == report);
    match known.filter(|_| again) {
        Some(known) => *known = format!("{report}#{}", times(known).saturating_add(1)),
        None => unit.evidence.push(report),
    }
    index
}

/// A till's report without the number of its pieces.
fn base(report: &str) -> &str {
    match report.rsplit_once('#') {
        Some((base, _)) if of_kind(report, "till") => base,
        _ => report,
    }
}

/// The index without one report and without these units: what nothing reports any more leaves it.
pub(super) fn retracted(mut index: UnitIndex, report: &str, units: &[String]) -> UnitIndex {
    index.units.retain(|unit| !units.contains(&unit.key));
    for unit in &mut index.units {
        unit.evidence.retain(|known| base(known) != report);
    }
    index.units.retain(|unit| !unit.evidence.is_empty());
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
        promises: Vec::new(),
        awards: Vec::new(),
        sell_in: false,
        returned_micro: 0,
    }
}
