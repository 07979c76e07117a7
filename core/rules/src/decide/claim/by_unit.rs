//! A claim by what stands for many pieces, or for one with a number: a place of a series, a logistic
//! unit, a waybill. It pays what nobody was paid for below it, and costs the same whatever it holds.

use std::collections::BTreeSet;

use crate::amount::Overflow;
use crate::command::UnitShown;
use crate::entity::{Logistic, SerialRanges, Series, Unit, Waybill};
use crate::facts::{FactKey, Facts, Seen};
use crate::outcome::{Because, Class, Outcome};

use super::super::series::{self, Standing, Target};
use super::super::{Context, evidence, policy_confirm};
use super::{Desk, Shown, already, by_code, credit};

/// How the counters of wrong codes name what was shown.
pub(super) fn text_of(shown: &UnitShown) -> String {
    match shown {
        UnitShown::Signed { node, .. } => node.to_string(),
        UnitShown::Serial { product, serial } => format!("{product}:{serial}"),
        UnitShown::Sscc { sscc } => series::sscc_reference(sscc),
        UnitShown::Waybill { number } => format!("waybill:{number}"),
    }
}

/// What was shown, as reports name it.
enum Read {
    /// A reference that [`series::targets`] understands.
    Reference(String),
    /// A waybill of these products; one of them must be chosen.
    Mixed(Vec<String>),
    /// No such thing.
    Absent,
    /// Only the server can tell.
    Unknown,
}

fn read(shown: &UnitShown, product: Option<&str>, facts: &Facts) -> Read {
    match shown {
        UnitShown::Signed { node, .. } => Read::Reference(node.to_string()),
        UnitShown::Serial { product, serial } => of_serial(product, *serial, facts),
        UnitShown::Sscc { sscc } => match facts.see::<Logistic>(sscc) {
            Seen::Known(_) => Read::Reference(match series::held(sscc, facts) {
                Target::Node(node) => node.to_string(),
                Target::Logistic(sscc) => series::sscc_reference(&sscc),
            }),
            Seen::Absent => Read::Absent,
            Seen::Unknown => Read::Unknown,
        },
        UnitShown::Waybill { number } => of_waybill(number, product, facts),
    }
}

fn of_serial(product: &str, serial: i64, facts: &Facts) -> Read {
    let ranges = match facts.see::<SerialRanges>(product) {
        Seen::Known(ranges) => ranges,
        Seen::Absent => return Read::Absent,
        Seen::Unknown => return Read::Unknown,
    };
    let Some(series) = ranges.series_of(serial) else {
        return Read::Absent;
    };
    match facts.see::<Series>(series) {
        Seen::Known(series) => series
            .of_serial(serial)
            .map_or(Read::Absent, |node| Read::Reference(node.to_string())),
        Seen::Absent => Read::Absent,
        Seen::Unknown => Read::Unknown,
    }
}

fn of_waybill(number: &str, product: Option<&str>, facts: &Facts) -> Read {
    let waybill = match facts.see::<Waybill>(number) {
        Seen::Known(waybill) => waybill,
        Seen::Absent => return Read::Absent,
        Seen::Unknown => return Read::Unknown,
    };
    let held = waybill.units.iter().map(|sscc| series::held(sscc, facts));
    let products: BTreeSet<String> = held
        .filter_map(|target| series::product_of(&target, facts))
        .collect();
    let chosen = match product {
        Some(product) => products.into_iter().find(|known| known == product),
        None if products.len() > 1 => return Read::Mixed(products.into_iter().collect()),
        None => products.into_iter().next(),
    };
    chosen.map_or(Read::Absent, |product| {
        Read::Reference(series::waybill_reference(number, &product))
    })
}

/// What reading it depends on. Answers the product, as soon as it is known.
pub(super) fn needs(
    shown: &UnitShown,
    product: Option<&str>,
    (context, facts): (&Context, &Facts),
    keys: &mut BTreeSet<FactKey>,
) -> Option<String> {
    super::guess::needs(&text_of(shown), context, keys);
    match shown {
        UnitShown::Signed { .. } => {}
        UnitShown::Serial { product, serial } => {
            keys.insert(FactKey::of::<SerialRanges>(product));
            if let Seen::Known(ranges) = facts.see::<SerialRanges>(product)
                && let Some(series) = ranges.series_of(*serial)
            {
                keys.insert(FactKey::of::<Series>(series));
            }
        }
        UnitShown::Sscc { sscc } => {
            keys.insert(FactKey::of::<Logistic>(sscc));
        }
        UnitShown::Waybill { number } => series::waybill_needs(number, facts, keys),
    }
    let Read::Reference(reference) = read(shown, product, facts) else {
        return None;
    };
    series::needs(&reference, facts, keys);
    let key = evidence::code_key(&reference);
    if let Seen::Known(unit) = facts.see::<Unit>(&key) {
        policy_confirm::needs(&unit, facts, keys);
    }
    keys.insert(FactKey::of::<Unit>(key));
    let targets = series::targets(&reference, facts);
    targets
        .first()
        .and_then(|target| series::product_of(target, facts))
}

/// What the unit that the claim links to brings with it.
pub(super) fn place_needs(
    desk: &Desk<'_>,
    shown: &UnitShown,
    product: &str,
    keys: &mut BTreeSet<FactKey>,
) {
    let Read::Reference(reference) = read(shown, Some(product), desk.facts) else {
        return;
    };
    by_code::placed(desk, &reference, product).needs(keys);
    let index = evidence::index(desk.facts, desk.context.actor, product);
    for reported in &index.units {
        // Which of them it is about depends on how many pieces are open.
        if let Seen::Known(unit) = desk.facts.see::<Unit>(&reported.key) {
            policy_confirm::needs(&unit, desk.facts, keys);
        }
    }
}

/// What a symbol stands for, as far as it can be claimed now.
struct Claimable {
    reference: String,
    product: String,
    /// What is paid, with its open pieces.
    open: Vec<(Target, i64)>,
    pending: Vec<Because>,
}

pub(super) fn decide(
    desk: &Desk<'_>,
    shown: &UnitShown,
    product: Option<&str>,
) -> Result<Outcome, Overflow> {
    let reference = match read(shown, product, desk.facts) {
        Read::Reference(reference) => reference,
        Read::Absent => return Ok(Outcome::rejected(Because::new("code_unknown"))),
        Read::Mixed(products) => {
            let because = Because::new("product_needed").with("products", products);
            return Ok(Outcome::rejected(because));
        }
        Read::Unknown => return Ok(by_code::waits(desk, None, vec![by_code::server_decides()])),
    };
    match claimable(desk, reference.clone()) {
        Ok(Some(found)) => pay(desk, found),
        Ok(None) => Ok(by_code::waits(desk, None, vec![by_code::server_decides()])),
        Err(because) => refused(desk, &reference, because),
    }
}

/// What of the reference can be claimed; one refusal of several things on a waybill does not hold up
/// the others.
fn claimable(desk: &Desk<'_>, reference: String) -> Result<Option<Claimable>, Because> {
    let mut found = Claimable {
        reference,
        product: String::new(),
        open: Vec::new(),
        pending: Vec::new(),
    };
    let mut refusal = None;
    let targets = series::targets(&found.reference, desk.facts);
    for target in series::apart(targets, desk.facts) {
        let standing = match series::standing(&target, desk.context, desk.facts)? {
            Some(standing) => standing,
            None => return Ok(None),
        };
        found.add(target, standing, &mut refusal);
    }
    match refusal {
        _ if !found.open.is_empty() => Ok(Some(found)),
        Some(because) => Err(because),
        None => Err(Because::new("code_unknown")),
    }
}

impl Claimable {
    fn add(&mut self, target: Target, standing: Standing, refusal: &mut Option<Because>) {
        if let Some(because) = standing.refusal {
            refusal.get_or_insert(because);
            return;
        }
        for because in standing.pending {
            if !self.pending.contains(&because) {
                self.pending.push(because);
            }
        }
        self.product = standing.product;
        self.open.push((target, standing.open));
    }
}

/// The code is this seller's already through the till's report: then this claim is one more proof. A
/// phone does not see such a report, and leaves it to the server.
fn refused(desk: &Desk<'_>, reference: &str, because: Because) -> Result<Outcome, Overflow> {
    let mine = because
        .params
        .get("by_you")
        .and_then(serde_json::Value::as_bool);
    if because.code != "already_claimed" || mine != Some(true) {
        return Ok(Outcome::rejected(because));
    }
    let key = evidence::code_key(reference);
    match desk.facts.see::<Unit>(&key) {
        Seen::Known(unit) if !unit.evidence.iter().any(|note| note.kind == "code") => {
            match &unit.product {
                Some(product) => credit::attach(desk, &key, product, shown_as(reference)),
                None => Ok(Outcome::rejected(because)),
            }
        }
        Seen::Unknown => Ok(by_code::waits(desk, None, vec![by_code::server_decides()])),
        Seen::Known(_) | Seen::Absent => Ok(Outcome::rejected(because)),
    }
}

fn shown_as(reference: &str) -> Shown<'_> {
    Shown {
        kind: "code",
        reference,
    }
}

/// When this seller was credited for the very code, where only their own unit of it is known.
fn shown_before(desk: &Desk<'_>, reference: &str) -> Option<i64> {
    let Seen::Known(unit) = desk.facts.see::<Unit>(&evidence::code_key(reference)) else {
        return None;
    };
    let mut notes = unit.evidence.iter();
    let note = notes.find(|note| note.kind == "code" && note.reference == reference)?;
    (unit.seller == Some(desk.context.actor)).then_some(note.at_ms)
}

fn pay(desk: &Desk<'_>, found: Claimable) -> Result<Outcome, Overflow> {
    let proof = shown_as(&found.reference);
    if let Some(at_ms) = shown_before(desk, &found.reference) {
        return Ok(already(true, Some(at_ms)));
    }
    if let Some(ended) = by_code::credited(desk, &found.reference, &found.product, proof)? {
        return Ok(ended);
    }
    let pieces = found
        .open
        .iter()
        .try_fold(0_i64, |sum, (_, open)| sum.checked_add(*open))
        .ok_or(Overflow)?;
    let desk = &Desk {
        context: desk.context,
        facts: desk.facts,
        rules: desk.rules,
        sold: None,
        pieces: Some(pieces),
    };
    let index = evidence::index(desk.facts, desk.context.actor, &found.product);
    let linked = evidence::unlinked_of(&index, desk.context, ("code", pieces));
    let (key, mut outcome) = match linked.map(|unit| unit.key.clone()) {
        Some(unit) => {
            let outcome = credit::attach(desk, &unit, &found.product, proof)?;
            (unit, outcome)
        }
        None => {
            let key = evidence::code_key(&found.reference);
            let mut pending = found.pending.clone();
            if evidence::unlinked(&index, desk.context, "code").is_some() {
                // Some of these pieces were perhaps reported before, another number at a time.
                pending.push(Because::new("awaits_review"));
            }
            pending.extend(by_code::another_days(desk, &found.product));
            let placed = by_code::placed(desk, &found.reference, &found.product);
            let outcome = credit::credit(desk, &key, &found.product, proof, pending, placed)?;
            (key, outcome)
        }
    };
    if outcome.class == Class::Accepted {
        take(&mut outcome, desk, &found, &key);
    }
    Ok(outcome)
}

/// Everything that was paid is this seller's from now on.
fn take(outcome: &mut Outcome, desk: &Desk<'_>, found: &Claimable, key: &str) {
    let here = (desk.context, desk.facts);
    for (target, open) in &found.open {
        match target {
            Target::Node(node) => {
                let paid = (key, *open, desk.context.actor);
                series::claim(outcome, here, node, paid);
            }
            Target::Logistic(sscc) => series::claim_logistic(outcome, here, sscc, key),
        }
    }
}
