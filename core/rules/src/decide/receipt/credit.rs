//! `receipt.credit`: one matched product of a verified receipt goes to whoever claimed the receipt.

use std::collections::BTreeSet;

use crate::amount::Overflow;
use crate::command::ReceiptCredit;
use crate::earn;
use crate::entity::{
    Beneficiary, CheckState, FiscalCheck, LineMatch, MatchedBy, ONLY, Product, ReceiptPolicy,
};
use crate::facts::{FactKey, Facts, Seen};
use crate::outcome::{Because, Class, Outcome};

use super::super::Context;
use super::super::claim::{self, Sold};
use super::super::pay::{self, Desk, Line};
use super::{by_server, write};

/// How far a local time may be from UTC, milliseconds.
const ZONE_MS_MAX: i64 = 14 * 3_600_000;

fn policy(facts: &Facts) -> ReceiptPolicy {
    match facts.see::<ReceiptPolicy>(ONLY) {
        Seen::Known(policy) => policy,
        Seen::Absent | Seen::Unknown => ReceiptPolicy::default(),
    }
}

/// The check and its match, where it is still to be credited.
fn open(credit: &ReceiptCredit, facts: &Facts) -> Option<(FiscalCheck, LineMatch)> {
    let Seen::Known(check) = facts.see::<FiscalCheck>(&credit.key) else {
        return None;
    };
    let one = check.matches.get(credit.number)?.clone();
    let waits = check.state == CheckState::Verified && one.result.is_empty();
    waits.then_some((check, one))
}

/// The claim's own place and instant: how long the service took is not the claimant's doing.
fn of_claim(context: &Context, check: &FiscalCheck) -> Context {
    Context {
        actor: check.claimant,
        outlet: check.outlet,
        occurred_ms: check.at_ms,
        now_ms: check.received_ms,
        ..context.clone()
    }
}

fn sold(credit: &ReceiptCredit, check: &FiscalCheck, one: &LineMatch, facts: &Facts) -> Sold {
    let mut doubts = Vec::new();
    if !policy(facts).counts(one.by) {
        doubts.push(Because::new("awaits_review").with("by", by_text(one)));
    }
    if one.by != MatchedBy::Person {
        doubts.extend(untimely(check));
    }
    if check
        .signals
        .iter()
        .any(|signal| signal == "cashier_review")
    {
        doubts.push(Because::new("cashier_differs"));
    }
    Sold {
        key: credit.key.clone(),
        product: one.product.clone(),
        code: one.code.clone(),
        quantity_micro: one.quantity_micro,
        amount_minor: one.amount_minor,
        currency: check
            .found
            .as_ref()
            .map(|found| found.currency.clone())
            .unwrap_or_default(),
        doubts,
    }
}

/// Why a person should look at the receipt's own date: an old receipt may have been picked up
/// somewhere, and was perhaps paid for under other rules. No zone is known, so half a day is let go.
fn untimely(check: &FiscalCheck) -> Option<Because> {
    let found = check.found.as_ref()?;
    let Some(sold_ms) = earn::text_ms(&found.local_time) else {
        return Some(Because::new("awaits_review"));
    };
    let age_ms = check.at_ms.saturating_sub(sold_ms);
    if age_ms > claim::PROMPT_MS + ZONE_MS_MAX {
        Some(Because::new("reported_late"))
    } else if age_ms < -ZONE_MS_MAX {
        Some(Because::new("awaits_review"))
    } else {
        None
    }
}

fn by_text(one: &LineMatch) -> String {
    match serde_json::to_value(one.by) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// What the credit depends on.
pub(in crate::decide) fn needs(
    credit: &ReceiptCredit,
    context: &Context,
    facts: &Facts,
    keys: &mut BTreeSet<FactKey>,
) {
    keys.insert(FactKey::of::<FiscalCheck>(&credit.key));
    keys.insert(FactKey::of::<ReceiptPolicy>(ONLY));
    if let Some((check, one)) = open(credit, facts) {
        keys.insert(FactKey::of::<Product>(&one.product));
        let sold = sold(credit, &check, &one, facts);
        claim::credit_needs(&sold, &of_claim(context, &check), facts, keys);
    }
}

/// Credits it, and remembers on the check what became of it. What the rules refuse is told to the
/// claimant in a line of their history.
pub(in crate::decide) fn decide(
    credit: &ReceiptCredit,
    desk: Desk<'_>,
) -> Result<Outcome, Overflow> {
    if !by_server(desk.context) {
        return Ok(Outcome::rejected(Because::new("not_permitted")));
    }
    let Some((mut check, one)) = open(credit, desk.facts) else {
        return Ok(Outcome::rejected(Because::new("receipt_settled")));
    };
    let context = of_claim(desk.context, &check);
    let sold = sold(credit, &check, &one, desk.facts);
    let mut outcome = claim::credit_sold(&sold, &context, desk.facts, desk.rules)?;
    let result = outcome.code.clone();
    if outcome.class != Class::Accepted {
        let mut because = Because::new(&outcome.code);
        because.params = outcome.params;
        outcome = Outcome::accepted();
        refused(&mut outcome, &context, &one, because);
    }
    if let Some(one) = check.matches.get_mut(credit.number) {
        one.result = result;
    }
    write(&mut outcome, &credit.key, &check);
    Ok(outcome)
}

fn refused(outcome: &mut Outcome, context: &Context, one: &LineMatch, because: Because) {
    let to = Beneficiary::Participant(context.actor);
    let line = Line {
        role: "seller",
        state: "rejected",
        subject: Some(one.product.clone()),
        because: vec![because],
        ..Line::about("claim", to, 0)
    };
    pay::record(outcome, context, line);
}
