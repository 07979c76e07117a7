//! Goods that come back: their units, codes and reports are free, so that they can be sold again.

use std::collections::BTreeSet;

use crate::entity::{AwardNote, Code, Receipt, Sale, Unit, UnitIndex};
use crate::facts::{FactKey, Facts, Seen};
use crate::outcome::{Outcome, PotRole, Upsert};
use crate::scope::Scope;

use super::super::{evidence, latest, sell_in, series};
use super::{Portion, points};

pub(super) fn needs(sale: &Sale, facts: &Facts, keys: &mut BTreeSet<FactKey>) {
    for key in &sale.units {
        if let Seen::Known(unit) = facts.see::<Unit>(key) {
            unit_needs(&unit, facts, keys);
        }
        keys.insert(FactKey::of::<Unit>(key));
    }
    keys.extend(
        products(sale)
            .filter_map(|product| index_id(sale, product))
            .map(FactKey::of::<UnitIndex>),
    );
    keys.extend(
        sale.lines
            .iter()
            .filter_map(|line| line.unit_code.as_ref())
            .map(FactKey::of::<Code>),
    );
}

/// What taking back a unit's own awards and freeing it depends on.
pub(in crate::decide) fn unit_needs(unit: &Unit, facts: &Facts, keys: &mut BTreeSet<FactKey>) {
    for code in codes_of(unit) {
        series::needs(&code, facts, keys);
        keys.insert(FactKey::of::<Code>(code));
    }
    points::note_needs(&unit.awards, facts, keys);
    sell_in::unit_needs(unit, keys);
    if let (Some(seller), Some(product)) = (unit.seller, &unit.product) {
        keys.insert(FactKey::of::<UnitIndex>(evidence::index_id(
            seller, product,
        )));
    }
    let receipts = unit.evidence.iter().filter(|note| note.kind == "receipt");
    keys.extend(receipts.map(|note| FactKey::of::<Receipt>(&note.reference)));
}

fn products(sale: &Sale) -> impl Iterator<Item = &String> {
    let products = sale.lines.iter().filter_map(|line| line.product.as_ref());
    products.collect::<BTreeSet<_>>().into_iter()
}

/// The index of the seller's recent units that a product of the sale may stand in.
fn index_id(sale: &Sale, product: &str) -> Option<String> {
    Some(evidence::index_id(sale.seller?, product))
}

/// Frees what stood for lines that are back whole.
pub(super) fn take_back(outcome: &mut Outcome, facts: &Facts, portion: &Portion<'_>) {
    let units = line_units(portion.sale, facts);
    let mut freed = Vec::new();
    for (line, key) in units.iter().filter(|(line, _)| portion.ends(*line)) {
        free_unit(outcome, key, (portion.sale, *line), facts);
        freed.push(key.clone());
    }
    forget_reports(outcome, portion, &freed, facts);
}

/// The units of a sale with the lines that they stand for: both are in the order of the lines, and
/// a line without a product that was known has none.
pub(super) fn line_units(sale: &Sale, facts: &Facts) -> Vec<(usize, String)> {
    let mut units = sale.units.iter().peekable();
    let mut found = Vec::new();
    for (number, line) in sale.lines.iter().enumerate() {
        let own = format!("sale:{}:{number}", sale.id);
        let code = line.unit_code.as_deref().map(evidence::code_key);
        let stands_for = |key: &String| {
            let same = |unit: &Unit| unit.product.is_some() && unit.product == line.product;
            *key == own
                || code.as_ref() == Some(key)
                || (!key.starts_with(&format!("sale:{}:", sale.id))
                    && matches!(facts.see::<Unit>(key), Seen::Known(unit) if same(&unit)))
        };
        if let Some(key) = units.next_if(|key| stands_for(key)) {
            found.push((number, key.clone()));
        }
    }
    found
}

/// Later evidence must not be linked to what no longer holds.
fn forget_reports(outcome: &mut Outcome, portion: &Portion<'_>, freed: &[String], facts: &Facts) {
    let sale = portion.sale;
    let own: Vec<Scope> = sale.seller.map(Scope::Participant).into_iter().collect();
    let till = evidence::report("till", &sale.id.to_string());
    for product in products(sale) {
        let lines = || {
            let lines = sale.lines.iter().enumerate();
            lines.filter(|(_, line)| line.product.as_ref() == Some(product))
        };
        if !lines().any(|(line, _)| portion.ends(line)) {
            continue;
        }
        let gone = lines().all(|(line, whole)| {
            portion
                .after
                .get(line)
                .is_some_and(|after| *after >= whole.quantity_micro)
        });
        let Some(id) = index_id(sale, product) else {
            continue;
        };
        if let Seen::Known(index) = facts.see::<UnitIndex>(&id) {
            let report = if gone { till.as_str() } else { "" };
            let index = evidence::retracted(index, report, freed);
            outcome.upserts.push(Upsert::of(id, &index, &own));
        }
    }
}

/// The thing can be sold again: its credits are free, and its code is as it was shipped.
fn free_unit(outcome: &mut Outcome, key: &str, (sale, line): (&Sale, usize), facts: &Facts) {
    let Seen::Known(mut unit) = latest::see::<Unit>(outcome, facts, key) else {
        return;
    };
    let mut tills = unit.evidence.iter().filter(|note| note.kind == "till");
    let first = tills.next().map(|note| note.reference.clone());
    if first
        .as_ref()
        .is_some_and(|first| *first != sale.id.to_string())
    {
        // Another sale sold the piece and paid for it; this one only reported it again.
        unit.evidence
            .retain(|note| note.reference != sale.id.to_string());
        unit.sale = first.and_then(|first| first.parse().ok());
        outcome.upserts.push(Upsert::of(key, &unit, &[]));
        return;
    }
    let roles = [
        (PotRole::Buyer, &mut unit.buyer),
        (PotRole::Seller, &mut unit.seller),
    ];
    for (role, person) in roles {
        let mut notes = sale.awards.iter();
        let theirs =
            |note: &AwardNote| note.role != role.as_str() || note.to.participant() == *person;
        if notes.any(|note| side(note) == role && on_line(note, line) && theirs(note)) {
            *person = None;
            outcome.freed_keys.push(evidence::award_key(key, role));
        }
    }
    let codes: Vec<String> = codes_of(&unit).collect();
    unit.evidence
        .retain(|note| note.reference != sale.id.to_string());
    unit.sale = None;
    if unit.seller.is_none() {
        for code in codes {
            release(outcome, &code, key, sale, facts);
        }
    }
    outcome.upserts.push(Upsert::of(key, &unit, &[]));
}

/// The side of the basket that paid an award.
fn side(note: &AwardNote) -> PotRole {
    match note.role.as_str() {
        "buyer" | "referrer" => PotRole::Buyer,
        _ => PotRole::Seller,
    }
}

/// True when the award is for this line too; an old one does not say for which lines it is.
fn on_line(note: &AwardNote, line: usize) -> bool {
    let named = |part: &(i64, i64)| part.0 < 0 || usize::try_from(part.0) == Ok(line);
    note.lines.is_empty() || note.lines.iter().any(named)
}

/// The codes that reported a unit, or that it is.
fn codes_of(unit: &Unit) -> impl Iterator<Item = String> {
    let own = unit.key.strip_prefix("code:").map(str::to_owned);
    let notes = unit.evidence.iter().filter(|note| note.kind == "code");
    let shown: Vec<String> = notes.map(|note| note.reference.clone()).collect();
    own.into_iter().chain(shown)
}

/// The code is as it was shipped.
fn release(outcome: &mut Outcome, code: &str, unit: &str, sale: &Sale, facts: &Facts) {
    series::release(outcome, facts, code, unit);
    if let Seen::Known(mut known) = facts.see::<Code>(code)
        && known.claimed_by == sale.seller
    {
        known.release();
        outcome.upserts.push(Upsert::of(code, &known, &[]));
    }
}
