//! `sale.void`: a sale was cancelled at the till. What it credited goes back; what was spent in the
//! meantime is owed on a clawback account, so that no balance falls below zero.

use std::collections::BTreeSet;

use crate::amount::Overflow;
use crate::command::SaleVoid;
use crate::entity::{Activity, AwardNote, Code, Sale, Unit, UnitIndex};
use crate::facts::{FactKey, Facts, Seen};
use crate::ledger::{Account, Transfer};
use crate::outcome::{Because, Outcome, PotRole, Upsert};
use crate::scope::Scope;

use super::{Context, evidence};

/// How long a till may cancel its sale, milliseconds; later it is a return.
const VOID_WINDOW_MS: i64 = 24 * 3_600_000;

pub(super) fn needs(void: &SaleVoid, facts: &Facts, keys: &mut BTreeSet<FactKey>) {
    keys.insert(FactKey::of::<Sale>(void.sale_id.to_string()));
    let Seen::Known(sale) = facts.see::<Sale>(&void.sale_id.to_string()) else {
        return;
    };
    for award in &sale.awards {
        keys.insert(FactKey::of::<Activity>(&award.activity));
        keys.insert(FactKey::Balance(Account::active(award.participant)));
        keys.insert(FactKey::Balance(Account::pending(award.participant)));
    }
    for key in &sale.units {
        if let Seen::Known(unit) = facts.see::<Unit>(key) {
            keys.extend(codes_of(&unit).map(FactKey::of::<Code>));
        }
        keys.insert(FactKey::of::<Unit>(key));
    }
    keys.extend(index_ids(&sale).map(FactKey::of::<UnitIndex>));
    keys.extend(
        sale.lines
            .iter()
            .filter_map(|line| line.unit_code.as_ref())
            .map(FactKey::of::<Code>),
    );
}

pub(super) fn decide(
    void: &SaleVoid,
    context: &Context,
    facts: &Facts,
) -> Result<Outcome, Overflow> {
    let mut sale = match facts.see::<Sale>(&void.sale_id.to_string()) {
        Seen::Known(sale) if !sale.void => sale,
        _ => return Ok(Outcome::rejected(Because::new("nothing_to_void"))),
    };
    if context.outlet != Some(sale.outlet) {
        return Ok(Outcome::rejected(Because::new("not_permitted")));
    }
    if context.occurred_ms - sale.at_ms > VOID_WINDOW_MS {
        return Ok(Outcome::rejected(Because::new("return_window_closed")));
    }
    let mut outcome = Outcome::accepted();
    for award in &sale.awards {
        reverse(&mut outcome, award, facts)?;
    }
    for key in &sale.units {
        free_unit(&mut outcome, key, &sale, facts);
    }
    forget_reports(&mut outcome, &sale, facts);
    sale.void = true;
    outcome.upserts.push(Upsert::of(
        sale.id.to_string(),
        &sale,
        &[Scope::Outlet(sale.outlet)],
    ));
    Ok(outcome)
}

/// The indexes of the seller's recent units that the sale may stand in.
fn index_ids(sale: &Sale) -> impl Iterator<Item = String> {
    let products: BTreeSet<&String> = sale
        .lines
        .iter()
        .filter_map(|line| line.product.as_ref())
        .collect();
    let seller = sale.seller;
    products
        .into_iter()
        .filter_map(move |product| seller.map(|seller| evidence::index_id(seller, product)))
}

/// Later evidence must not be linked to a sale that no longer holds.
fn forget_reports(outcome: &mut Outcome, sale: &Sale, facts: &Facts) {
    let report = evidence::report("till", &sale.id.to_string());
    let own: Vec<Scope> = sale.seller.map(Scope::Participant).into_iter().collect();
    for id in index_ids(sale) {
        if let Seen::Known(index) = facts.see::<UnitIndex>(&id) {
            let index = evidence::retracted(index, &report, &sale.units);
            outcome.upserts.push(Upsert::of(id, &index, &own));
        }
    }
}

fn reverse(outcome: &mut Outcome, award: &AwardNote, facts: &Facts) -> Result<(), Overflow> {
    let activity = match facts.see::<Activity>(&award.activity) {
        Seen::Known(activity) => Some(activity),
        Seen::Absent | Seen::Unknown => None,
    };
    let waits = activity
        .as_ref()
        .is_some_and(|activity| activity.state == "pending");
    let account = if waits {
        Account::pending(award.participant)
    } else {
        Account::active(award.participant)
    };
    let taken = facts
        .balance(account)
        .map_or(award.points, |balance| balance.clamp(0, award.points));
    let legs = [
        (account, -taken),
        (
            Account::Clawback(award.participant),
            -(award.points - taken),
        ),
        (Account::Issuance, award.points),
    ];
    outcome.transfers.push(Transfer::points("reversal", &legs)?);
    if let Some(mut activity) = activity {
        activity.state = "reversed".to_owned();
        activity.because = vec![Because::new("sale_voided")];
        let own = [Scope::Participant(award.participant)];
        outcome
            .upserts
            .push(Upsert::of(activity.id.clone(), &activity, &own));
    }
    Ok(())
}

/// The thing can be sold again: its credits are free, and its code is as it was shipped.
fn free_unit(outcome: &mut Outcome, key: &str, sale: &Sale, facts: &Facts) {
    let Seen::Known(mut unit) = facts.see::<Unit>(key) else {
        return;
    };
    let paid = |role: PotRole, person| {
        let mut awards = sale.awards.iter();
        awards.any(|award| award.role == role.as_str() && Some(award.participant) == person)
    };
    let roles = [
        (PotRole::Buyer, &mut unit.buyer),
        (PotRole::Seller, &mut unit.seller),
    ];
    for (role, person) in roles {
        if paid(role, *person) {
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
            release(outcome, &code, sale, facts);
        }
    }
    outcome.upserts.push(Upsert::of(key, &unit, &[]));
}

/// The codes that reported a unit, or that it is.
fn codes_of(unit: &Unit) -> impl Iterator<Item = String> {
    let own = unit.key.strip_prefix("code:").map(str::to_owned);
    let notes = unit.evidence.iter().filter(|note| note.kind == "code");
    let shown: Vec<String> = notes.map(|note| note.reference.clone()).collect();
    own.into_iter().chain(shown)
}

/// The code is as it was shipped.
fn release(outcome: &mut Outcome, code: &str, sale: &Sale, facts: &Facts) {
    if let Seen::Known(mut known) = facts.see::<Code>(code)
        && known.claimed_by == sale.seller
    {
        known.release();
        outcome.upserts.push(Upsert::of(code, &known, &[]));
    }
}
