//! `payment.record`: what payments and credit notes mean for points that wait for an invoice. Sale,
//! payments and credit notes may arrive in any order; the clock settles what was early.

use std::collections::BTreeSet;

use crate::amount::{self, Overflow};
use crate::command::{INVOICE_CHARS_MAX, PaymentRecord};
use crate::entity::{Invoice, InvoiceEntry, Participant, Sale};
use crate::facts::{FactKey, Facts, Seen};
use crate::outcome::{Because, Outcome};

use super::pay::Desk;
use super::{Context, due, promise};

mod invoice;
mod settle;

pub(super) use invoice::{join, number_of, sale_needs, was_paid};

/// The most payments and credit notes of one invoice.
const ENTRIES_MAX: usize = 200;

pub(super) fn needs(
    payment: &PaymentRecord,
    context: &Context,
    facts: &Facts,
    keys: &mut BTreeSet<FactKey>,
) {
    keys.insert(FactKey::of::<Participant>(context.actor.to_string()));
    keys.insert(FactKey::of::<Invoice>(&payment.invoice));
    if let Seen::Known(mut invoice) = facts.see::<Invoice>(&payment.invoice) {
        invoice.entries.push(entry(payment));
        invoice_needs(&invoice, context, facts, keys);
    }
}

/// What settling an invoice depends on.
pub(super) fn settling_needs(
    number: &str,
    context: &Context,
    facts: &Facts,
    keys: &mut BTreeSet<FactKey>,
) {
    keys.insert(FactKey::of::<Invoice>(number));
    if let Seen::Known(invoice) = facts.see::<Invoice>(number) {
        invoice_needs(&invoice, context, facts, keys);
    }
}

fn invoice_needs(
    invoice: &Invoice,
    context: &Context,
    facts: &Facts,
    keys: &mut BTreeSet<FactKey>,
) {
    for id in &invoice.promises {
        promise::needs(id, facts, keys);
    }
    let Some(sale) = invoice.sale.map(|sale| sale.to_string()) else {
        return;
    };
    keys.insert(FactKey::of::<Sale>(&sale));
    if let Seen::Known(sale) = facts.see::<Sale>(&sale) {
        settle::event_needs(invoice, &sale, context, facts, keys);
    }
}

fn entry(payment: &PaymentRecord) -> InvoiceEntry {
    InvoiceEntry {
        id: payment.payment_id,
        kind: payment.kind,
        amount_minor: payment.amount_minor,
        paid_ms: payment.paid_ms,
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
    invoice.entries.push(entry(payment));
    settle::settle(desk, invoice)
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
    settle::settle(desk, invoice)
}
