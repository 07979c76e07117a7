//! Invoices: `payment.record`, and what payments and credit notes mean for points that wait for them.
//! Sale, payments and credit notes may arrive in any order; the clock settles what was early.

use std::collections::BTreeSet;

use crate::amount::{self, Indivisible, Overflow};
use crate::command::{INVOICE_CHARS_MAX, PaymentKind, PaymentRecord, SaleRecord};
use crate::entity::{
    Activity, Awaits, EntityKind, Invoice, InvoiceEntry, Participant, Promise, PromiseState, Sale,
};
use crate::facts::{FactKey, Facts, Seen};
use crate::outcome::{Because, Due, Outcome, Upsert};

use super::pay::Desk;
use super::{Context, due, latest, promise, returns};

/// The most payments and credit notes of one invoice.
const ENTRIES_MAX: usize = 200;

/// The number under which a sale's invoice is known: its own, else the sale's id.
pub(super) fn invoice_of(sale: &Sale) -> String {
    sale.invoice.clone().unwrap_or_else(|| sale.id.to_string())
}

/// The number under which the invoice of a sale that is being recorded is known.
pub(super) fn number_of(sale: &SaleRecord) -> String {
    let own = || sale.sale_id.to_string();
    sale.invoice.clone().unwrap_or_else(own)
}

/// What recording a sale depends on, as far as its invoice goes.
pub(super) fn sale_needs(invoice: &str, keys: &mut BTreeSet<FactKey>) {
    keys.insert(FactKey::of::<Invoice>(invoice));
}

/// Joins a sale that is about to be written with its invoice. Only a sale that names one, or whose
/// points wait for payment, has an invoice.
pub(super) fn join(outcome: &mut Outcome, desk: Desk<'_>, sale: &Sale) {
    let number = invoice_of(sale);
    let promises = waiting_for(outcome, &number);
    if sale.invoice.is_none() && promises.is_empty() {
        return;
    }
    let mut invoice = match desk.facts.see::<Invoice>(&number) {
        Seen::Known(invoice) => invoice,
        Seen::Absent | Seen::Unknown => Invoice::default(),
    };
    if invoice.sale.is_some_and(|known| known != sale.id) {
        // Two sales under one number: the first keeps it, and this one's points wait in vain.
        outcome
            .pending
            .push(Because::new("invoice_of_other_sale").with("invoice", number));
        return;
    }
    invoice.id = number;
    invoice.sale = Some(sale.id);
    invoice.total_minor = Some(sale.amount_minor);
    if invoice.currency.is_empty() {
        invoice.currency = sale.currency.clone();
    }
    invoice.promises = promises;
    if !invoice.entries.is_empty() {
        outcome.dues.push(Due {
            key: format!("invoice:{}", invoice.id),
            at_ms: Some(desk.context.now_ms),
            kind: "invoice".to_owned(),
            subject: invoice.id.clone(),
        });
    }
    write(outcome, &invoice);
}

/// The promises in an outcome that wait for an invoice.
fn waiting_for(outcome: &Outcome, number: &str) -> Vec<String> {
    let promises = outcome
        .upserts
        .iter()
        .filter(|upsert| upsert.kind == EntityKind::Promise);
    let read = |upsert: &Upsert| serde_json::from_value::<Promise>(upsert.body.clone()).ok();
    let waits = |promise: &Promise| {
        let mut awaits = promise.awaits.iter();
        awaits.any(|awaits| matches!(awaits, Awaits::Payment { invoice, .. } if invoice == number))
    };
    promises
        .filter_map(read)
        .filter(waits)
        .map(|promise| promise.id)
        .collect()
}

fn write(outcome: &mut Outcome, invoice: &Invoice) {
    outcome
        .upserts
        .push(Upsert::of(invoice.id.clone(), invoice, &[]));
}

pub(super) fn needs(
    payment: &PaymentRecord,
    context: &Context,
    facts: &Facts,
    keys: &mut BTreeSet<FactKey>,
) {
    keys.insert(FactKey::of::<Participant>(context.actor.to_string()));
    settling_needs(&payment.invoice, facts, keys);
}

/// What settling an invoice depends on.
pub(super) fn settling_needs(number: &str, facts: &Facts, keys: &mut BTreeSet<FactKey>) {
    keys.insert(FactKey::of::<Invoice>(number));
    let Seen::Known(invoice) = facts.see::<Invoice>(number) else {
        return;
    };
    if let Some(sale) = invoice.sale {
        keys.insert(FactKey::of::<Sale>(sale.to_string()));
    }
    for id in &invoice.promises {
        promise::needs(id, facts, keys);
        keys.insert(FactKey::of::<Activity>(id));
    }
}

pub(super) fn decide(payment: &PaymentRecord, desk: Desk<'_>) -> Result<Outcome, Overflow> {
    if let Some(because) = wrong(payment, desk) {
        return Ok(Outcome::rejected(because));
    }
    let mut invoice = match desk.facts.see::<Invoice>(&payment.invoice) {
        Seen::Known(invoice) => invoice,
        Seen::Absent | Seen::Unknown => Invoice {
            id: payment.invoice.clone(),
            ..Invoice::default()
        },
    };
    if !invoice.currency.is_empty() && invoice.currency != payment.currency {
        let because = Because::new("currency_mismatch").with("currency", invoice.currency);
        return Ok(Outcome::rejected(because));
    }
    if invoice
        .entries
        .iter()
        .any(|entry| entry.id == payment.payment_id)
    {
        return Ok(Outcome::rejected(Because::new("payment_exists")));
    }
    if invoice.entries.len() >= ENTRIES_MAX {
        return Ok(Outcome::rejected(Because::new("bad_input")));
    }
    if let Some(because) = elsewhere(&invoice, desk) {
        return Ok(Outcome::rejected(because));
    }
    invoice.currency = payment.currency.clone();
    invoice.entries.push(InvoiceEntry {
        id: payment.payment_id,
        kind: payment.kind,
        amount_minor: payment.amount_minor,
        paid_ms: payment.paid_ms,
    });
    let mut outcome = Outcome::accepted();
    settle(&mut outcome, desk, invoice)?;
    Ok(outcome)
}

/// Why this payment cannot be taken, if there is a reason.
fn wrong(payment: &PaymentRecord, desk: Desk<'_>) -> Option<Because> {
    let words = payment.invoice.chars().count();
    if words == 0 || words > INVOICE_CHARS_MAX || payment.paid_ms > desk.context.now_ms {
        return Some(Because::new("bad_input"));
    }
    if payment.amount_minor <= 0 || amount::checked(payment.amount_minor.into()).is_err() {
        return Some(Because::new("bad_amount"));
    }
    let may = match desk
        .facts
        .see::<Participant>(&desk.context.actor.to_string())
    {
        Seen::Known(actor) => matches!(actor.role.as_str(), "cashier" | "manager" | "integrator"),
        Seen::Absent => false,
        Seen::Unknown => true,
    };
    (!may).then(|| Because::new("not_permitted"))
}

/// A till takes payments for its own outlet's sales.
fn elsewhere(invoice: &Invoice, desk: Desk<'_>) -> Option<Because> {
    let sale = invoice
        .sale
        .map(|sale| desk.facts.see::<Sale>(&sale.to_string()));
    match (sale, desk.context.outlet) {
        (Some(Seen::Known(sale)), Some(here)) if sale.outlet != here => {
            Some(Because::new("not_permitted"))
        }
        _ => None,
    }
}

/// The clock's turn: the sale came after its payments.
pub(super) fn settle_again(number: &str, desk: Desk<'_>) -> Result<Outcome, Overflow> {
    let Seen::Known(invoice) = desk.facts.see::<Invoice>(number) else {
        return Ok(due::nothing());
    };
    let mut outcome = Outcome::accepted();
    settle(&mut outcome, desk, invoice)?;
    Ok(outcome)
}

/// Does what the payments and credit notes so far ask for, and writes the invoice.
fn settle(outcome: &mut Outcome, desk: Desk<'_>, mut invoice: Invoice) -> Result<(), Overflow> {
    let sale = invoice
        .sale
        .map(|sale| desk.facts.see::<Sale>(&sale.to_string()));
    let Some(Seen::Known(mut sale)) = sale else {
        outcome
            .pending
            .push(Because::new("awaits_sale").with("invoice", invoice.id.clone()));
        write(outcome, &invoice);
        return Ok(());
    };
    if credit(outcome, desk, &mut invoice, &mut sale)? {
        returns::write(outcome, &sale);
    }
    if let Some(paid_ms) = paid_in_full_ms(&invoice) {
        for id in &invoice.promises {
            keep(outcome, desk, id, paid_ms)?;
        }
        invoice.settled = true;
    }
    write(outcome, &invoice);
    Ok(())
}

/// Takes back, of what still waits for the invoice, the part that credit notes took off its total.
/// True when anything changed. What came back as goods is not taken twice: a credit note usually
/// follows a return.
fn credit(
    outcome: &mut Outcome,
    desk: Desk<'_>,
    invoice: &mut Invoice,
    sale: &mut Sale,
) -> Result<bool, Overflow> {
    let total = invoice.total_minor.unwrap_or(0);
    let notes = invoice
        .entries
        .iter()
        .filter(|entry| entry.kind == PaymentKind::CreditNote);
    let credited = amount::sum(notes.map(|entry| entry.amount_minor))?.min(total);
    let (before, now) = (invoice.taken_back_minor, credited);
    if total <= 0 || now <= before {
        return Ok(false);
    }
    invoice.taken_back_minor = now;
    let goods = returns::returned_minor(sale);
    let mut changed = false;
    let because = Because::new("returned").with("credit_note_minor", now - before);
    for note in &mut sale.awards {
        if !invoice.promises.contains(&note.activity) {
            continue;
        }
        let due = amount::share_of_running(note.points, 0, now.max(goods.min(total)), total);
        let due = due.map_err(|Indivisible| Overflow)?;
        let points = due.saturating_sub(note.returned_points);
        if still_waits(&note.activity, desk.facts) {
            returns::points::take(outcome, desk, note, points, &because)?;
            changed |= points > 0;
        }
    }
    Ok(changed)
}

fn still_waits(id: &str, facts: &Facts) -> bool {
    let open = PromiseState::Open;
    matches!(facts.see::<Promise>(id), Seen::Known(promise) if promise.state == open)
}

/// The instant at which payments and credit notes came to the total.
fn paid_in_full_ms(invoice: &Invoice) -> Option<i64> {
    let total = i128::from(invoice.total_minor?);
    let mut entries: Vec<&InvoiceEntry> = invoice.entries.iter().collect();
    entries.sort_by_key(|entry| entry.paid_ms);
    let mut sum = 0;
    entries.into_iter().find_map(|entry| {
        sum += i128::from(entry.amount_minor);
        (sum >= total).then_some(entry.paid_ms)
    })
}

/// True when what is awaited is a payment that was made in time.
pub(super) fn was_paid(awaits: &Awaits, facts: &Facts) -> bool {
    let Awaits::Payment { invoice, until_ms } = awaits else {
        return false;
    };
    match facts.see::<Invoice>(invoice) {
        Seen::Known(invoice) => {
            paid_in_full_ms(&invoice).is_some_and(|paid_ms| paid_ms < *until_ms)
        }
        Seen::Absent | Seen::Unknown => false,
    }
}

/// A promise whose invoice is paid waits for it no longer, unless the payment came too late.
fn keep(outcome: &mut Outcome, desk: Desk<'_>, id: &str, paid_ms: i64) -> Result<(), Overflow> {
    let Seen::Known(promise) = latest::see::<Promise>(outcome, desk.facts, id) else {
        return Ok(());
    };
    let of_payment = |awaits: &Awaits| matches!(awaits, Awaits::Payment { .. });
    let until_ms = promise
        .awaits
        .iter()
        .find(|awaits| of_payment(awaits))
        .and_then(Awaits::until_ms);
    let late = match promise.state {
        PromiseState::Open => until_ms.is_some_and(|until_ms| until_ms <= paid_ms),
        PromiseState::Lapsed => true,
        PromiseState::Kept | PromiseState::Reversed => return Ok(()),
    };
    if late {
        let because = Because::new("paid_late").with("paid_ms", paid_ms);
        if !outcome.pending.contains(&because) {
            outcome.pending.push(because);
        }
        return Ok(());
    }
    promise::happened(outcome, desk, promise, of_payment)
}
