//! `receipt.settle`: the fiscal service's answer, or a person's in its place, ends the wait.

use std::collections::BTreeSet;

use crate::amount::Overflow;
use crate::command::{FoundReceipt, ReceiptFinding, ReceiptOperation, ReceiptSettle};
use crate::entity::{
    Activity, CashierMark, CashierSignal, CheckState, FiscalCheck, ONLY, PRINT_KEYS_MAX,
    Participant, Product, Receipt, ReceiptPolicy, ReceiptPrint,
};
use crate::facts::{FactKey, Facts, Seen};
use crate::outcome::{Because, Outcome, Upsert};

use super::super::Context;
use super::super::pay::Desk;
use super::{by_server, line_id, matching, tell, write};

/// The longest reason of a person, characters.
const REASON_CHARS_MAX: usize = 300;

/// What settling depends on.
pub(in crate::decide) fn needs(
    settle: &ReceiptSettle,
    context: &Context,
    facts: &Facts,
    keys: &mut BTreeSet<FactKey>,
) {
    keys.insert(FactKey::of::<FiscalCheck>(&settle.key));
    keys.insert(FactKey::of::<Receipt>(&settle.key));
    if !by_server(context) {
        keys.insert(FactKey::of::<Participant>(context.actor.to_string()));
    }
    let Seen::Known(check) = facts.see::<FiscalCheck>(&settle.key) else {
        return;
    };
    keys.insert(FactKey::of::<Activity>(line_id(check.claim)));
    match &settle.finding {
        ReceiptFinding::Receipt(found) => {
            keys.insert(FactKey::of::<ReceiptPolicy>(ONLY));
            keys.insert(FactKey::of::<ReceiptPrint>(&found.print));
            if let Seen::Known(print) = facts.see::<ReceiptPrint>(&found.print) {
                keys.extend(print.keys.iter().map(FactKey::of::<FiscalCheck>));
            }
            keys.insert(FactKey::of::<CashierMark>(check.claimant.to_string()));
            matching::needs(found, facts, keys);
        }
        ReceiptFinding::Chosen { choices, .. } => {
            let products = choices.iter().map(|choice| &choice.product);
            keys.extend(products.map(FactKey::of::<Product>));
            if let Some(found) = &check.found {
                keys.insert(FactKey::of::<ReceiptPrint>(&found.print));
            }
        }
        _ => {}
    }
}

fn rejected(code: &str) -> Result<Outcome, Overflow> {
    Ok(Outcome::rejected(Because::new(code)))
}

/// Decides what follows.
pub(in crate::decide) fn decide(
    settle: &ReceiptSettle,
    desk: Desk<'_>,
) -> Result<Outcome, Overflow> {
    let facts = desk.facts;
    let Seen::Known(mut check) = facts.see::<FiscalCheck>(&settle.key) else {
        return rejected("receipt_unknown");
    };
    if !may(settle, &check, desk) {
        return rejected("not_permitted");
    }
    if !matches!(check.state, CheckState::Waiting | CheckState::Review) {
        return rejected("receipt_settled");
    }
    let mut outcome = Outcome::accepted();
    match &settle.finding {
        ReceiptFinding::Waiting { why, next_ms } => {
            check.why.clone_from(why);
            check.next_ms = Some(*next_ms);
            let because = Because::new("awaits_verification").with("why", why.as_str());
            let because = because.with("next_ms", *next_ms);
            tell(&mut outcome, facts, &check, "pending", vec![because]);
            check.state = CheckState::Waiting;
            write(&mut outcome, &settle.key, &check);
        }
        ReceiptFinding::Nothing => {
            refuse(
                &mut outcome,
                facts,
                settle,
                check,
                Because::new("receipt_not_found"),
            );
        }
        ReceiptFinding::Unanswered { why } => {
            let because = Because::new("receipt_unanswered").with("why", why.as_str());
            hand_over(&mut outcome, facts, settle, check, because);
        }
        ReceiptFinding::Refused { reason } => {
            if reason.is_empty() || reason.chars().count() > REASON_CHARS_MAX {
                return rejected("bad_input");
            }
            let because = Because::new("refused_by_reviewer").with("reason", reason.as_str());
            match is_sale(&check) {
                true => refuse(&mut outcome, facts, settle, check, because),
                false => end(&mut outcome, facts, settle, check, because),
            }
        }
        ReceiptFinding::Chosen { choices, reason } => {
            let known = |id: &String| matches!(facts.see::<Product>(id), Seen::Known(_));
            let matches = check
                .found
                .as_ref()
                .and_then(|found| matching::chosen(found, choices));
            let whole = choices.iter().all(|choice| known(&choice.product));
            let Some(matches) = matches.filter(|found| {
                whole
                    && is_sale(&check)
                    && !found.is_empty()
                    && reason.chars().count() <= REASON_CHARS_MAX
            }) else {
                return rejected("bad_input");
            };
            check.matches = matches;
            hold(&mut outcome, facts, settle, check);
        }
        ReceiptFinding::Receipt(found) => judge(&mut outcome, desk, settle, check, found),
    }
    Ok(outcome)
}

/// True unless the service says that it is something else than a sale.
fn is_sale(check: &FiscalCheck) -> bool {
    let found = check.found.as_ref();
    found.is_none_or(|found| found.operation == ReceiptOperation::Sale)
}

/// The server speaks for the service; people of the office decide in its place, never on their own.
fn may(settle: &ReceiptSettle, check: &FiscalCheck, desk: Desk<'_>) -> bool {
    let of_person = matches!(
        settle.finding,
        ReceiptFinding::Refused { .. } | ReceiptFinding::Chosen { .. }
    );
    if by_server(desk.context) {
        return !of_person;
    }
    let actor = desk.context.actor;
    let office = match desk.facts.see::<Participant>(&actor.to_string()) {
        Seen::Known(person) => matches!(person.role.as_str(), "manager" | "approver"),
        Seen::Absent | Seen::Unknown => false,
    };
    office && of_person && check.claimant != actor
}

/// What the service knows about the receipt, held against what its code says.
fn judge(
    outcome: &mut Outcome,
    desk: Desk<'_>,
    settle: &ReceiptSettle,
    mut check: FiscalCheck,
    found: &FoundReceipt,
) {
    let facts = desk.facts;
    if found.key != settle.key {
        let because = Because::new("receipt_unanswered").with("why", "another_receipt");
        return hand_over(outcome, facts, settle, check, because);
    }
    check.found = Some(found.clone());
    if check
        .total_minor
        .is_some_and(|total| total != found.total_minor)
    {
        let because = Because::new("receipt_forged").with("total_minor", found.total_minor);
        return refuse(outcome, facts, settle, check, because);
    }
    if found.operation.is_return() {
        if take_back(outcome, facts, &check, found) == Undone::Others {
            let because = Because::new("receipt_is_a_return");
            return hand_over(outcome, facts, settle, check, because);
        }
        // It keeps its claimant: shown again, it would undo the next sale.
        return end(
            outcome,
            facts,
            settle,
            check,
            Because::new("receipt_is_a_return"),
        );
    }
    if found.operation != ReceiptOperation::Sale {
        let because = Because::new("receipt_is_a_return");
        return refuse(outcome, facts, settle, check, because);
    }
    check.signals = signals(&check, found, facts);
    check.matches = matching::matches(found, facts);
    if check.matches.is_empty() {
        let because = Because::new("product_not_on_receipt");
        return hand_over(outcome, facts, settle, check, because);
    }
    hold(outcome, facts, settle, check);
}

/// What a person should know: a cashier of record who is not known to be the claimant.
fn signals(check: &FiscalCheck, found: &FoundReceipt, facts: &Facts) -> Vec<String> {
    let Seen::Known(policy) = facts.see::<ReceiptPolicy>(ONLY) else {
        return Vec::new();
    };
    let Seen::Known(mark) = facts.see::<CashierMark>(&check.claimant.to_string()) else {
        return Vec::new();
    };
    let own = found.cashier.iter().any(|hash| mark.hashes.contains(hash));
    if own || found.cashier.is_empty() || mark.hashes.is_empty() {
        return Vec::new();
    }
    let word = match policy.signal(check.outlet) {
        CashierSignal::Off => return Vec::new(),
        CashierSignal::Note => "cashier_differs",
        CashierSignal::Review => "cashier_review",
    };
    vec![word.to_owned()]
}

/// What a return undoes.
#[derive(PartialEq, Eq)]
enum Undone {
    /// A sale of its claimant, or nothing.
    Own,
    /// Perhaps a sale that somebody else claimed: a person decides.
    Others,
}

/// A return undoes its claimant's newest earlier sale with the same contents: its receipt is named for
/// the server to cancel. It names no sale itself, so nobody takes back another one's points with it.
fn take_back(
    outcome: &mut Outcome,
    facts: &Facts,
    check: &FiscalCheck,
    found: &FoundReceipt,
) -> Undone {
    let Seen::Known(mut print) = facts.see::<ReceiptPrint>(&found.print) else {
        return Undone::Own;
    };
    // Clocks of one shop's tills are local: texts compare.
    let before = |sold: &FiscalCheck| {
        let sold = sold.found.as_ref();
        sold.is_none_or(|sold| sold.local_time <= found.local_time)
    };
    let sold = |key: &String| match facts.see::<FiscalCheck>(key) {
        Seen::Known(sold) if before(&sold) => Some(sold.claimant),
        _ => None,
    };
    let mut keys = print.keys.iter();
    if let Some(place) = keys.rposition(|key| sold(key) == Some(check.claimant)) {
        let key = print.keys.remove(place);
        outcome.params.insert("returns".to_owned(), key.into());
        outcome.upserts.push(Upsert::of(&found.print, &print, &[]));
        return Undone::Own;
    }
    match print.keys.iter().any(|key| sold(key).is_some()) {
        true => Undone::Others,
        false => Undone::Own,
    }
}

/// The receipt holds: what is on it can be credited.
fn hold(outcome: &mut Outcome, facts: &Facts, settle: &ReceiptSettle, mut check: FiscalCheck) {
    check.state = CheckState::Verified;
    check.why.clear();
    check.next_ms = None;
    if let Some(found) = &check.found {
        let mut print = match facts.see::<ReceiptPrint>(&found.print) {
            Seen::Known(print) => print,
            Seen::Absent | Seen::Unknown => ReceiptPrint::default(),
        };
        print.keys.retain(|key| *key != settle.key);
        print.keys.push(settle.key.clone());
        let surplus = print.keys.len().saturating_sub(PRINT_KEYS_MAX);
        print.keys.drain(..surplus);
        outcome.upserts.push(Upsert::of(&found.print, &print, &[]));
    }
    let mut because = vec![Because::new("receipt_verified")];
    because.extend(
        check
            .signals
            .iter()
            .map(|_| Because::new("cashier_differs")),
    );
    tell(outcome, facts, &check, "active", because);
    let count = i64::try_from(check.matches.len()).unwrap_or(i64::MAX);
    outcome.params.insert("matches".to_owned(), count.into());
    write(outcome, &settle.key, &check);
}

/// A person decides what is on it.
fn hand_over(
    outcome: &mut Outcome,
    facts: &Facts,
    settle: &ReceiptSettle,
    mut check: FiscalCheck,
    because: Because,
) {
    check.state = CheckState::Review;
    check.why.clone_from(&because.code);
    check.next_ms = None;
    tell(outcome, facts, &check, "review", vec![because]);
    write(outcome, &settle.key, &check);
}

/// It earns nothing. Somebody who holds the real one may still claim it.
fn refuse(
    outcome: &mut Outcome,
    facts: &Facts,
    settle: &ReceiptSettle,
    check: FiscalCheck,
    because: Because,
) {
    if let Seen::Known(mut receipt) = facts.see::<Receipt>(&settle.key)
        && receipt.claimed_by == Some(check.claimant)
    {
        receipt.claimed_by = None;
        outcome.upserts.push(Upsert::of(&settle.key, &receipt, &[]));
    }
    end(outcome, facts, settle, check, because);
}

/// It earns nothing, now or later.
fn end(
    outcome: &mut Outcome,
    facts: &Facts,
    settle: &ReceiptSettle,
    mut check: FiscalCheck,
    because: Because,
) {
    check.state = CheckState::Refused;
    check.why.clone_from(&because.code);
    check.next_ms = None;
    tell(outcome, facts, &check, "rejected", vec![because]);
    write(outcome, &settle.key, &check);
}
