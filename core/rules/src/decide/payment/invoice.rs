//! The invoice: known by its sale or by a payment, whichever comes first.

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::command::SaleRecord;
use crate::entity::{Awaits, EntityKind, Invoice, InvoiceEntry, Promise, Sale};
use crate::facts::{FactKey, Facts, Seen};
use crate::outcome::{Because, Due, Outcome, Upsert};

use super::super::pay::Desk;

/// The number under which the invoice of a sale that is being recorded is known: its own, else the
/// sale's id.
pub(in crate::decide) fn number_of(sale: &SaleRecord) -> String {
    number(sale.invoice.as_deref(), sale.sale_id)
}

fn number(invoice: Option<&str>, sale_id: Uuid) -> String {
    invoice.map_or_else(|| sale_id.to_string(), str::to_owned)
}

/// What recording a sale depends on, as far as its invoice goes.
pub(in crate::decide) fn sale_needs(invoice: &str, keys: &mut BTreeSet<FactKey>) {
    keys.insert(FactKey::of::<Invoice>(invoice));
}

/// Joins a sale that is about to be written with its invoice. Only a sale that names one, or whose
/// points wait for payment, has an invoice.
pub(in crate::decide) fn join(outcome: &mut Outcome, desk: Desk<'_>, sale: &Sale) {
    let number = number(sale.invoice.as_deref(), sale.id);
    let promises = waiting_for(outcome, &number);
    if sale.invoice.is_none() && promises.is_empty() {
        return;
    }
    let mut invoice = match desk.facts.see::<Invoice>(&number) {
        Seen::Known(invoice) => invoice,
        Seen::Absent | Seen::Unknown => Invoice::default(),
    };
    if let Some(because) = other(&invoice, sale) {
        // The first who had the number keeps it, and this sale's points wait in vain.
        outcome.pending.push(because.with("invoice", number));
        return;
    }
    invoice.id = number;
    invoice.sale = Some(sale.id);
    invoice.total_minor = Some(sale.amount_minor);
    invoice.currency = sale.currency.clone();
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

/// Why the invoice is not this sale's, if there is a reason.
fn other(invoice: &Invoice, sale: &Sale) -> Option<Because> {
    if invoice.sale.is_some_and(|known| known != sale.id) {
        return Some(Because::new("invoice_of_other_sale"));
    }
    let differs = !invoice.currency.is_empty() && invoice.currency != sale.currency;
    differs.then(|| Because::new("currency_mismatch"))
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

pub(super) fn write(outcome: &mut Outcome, invoice: &Invoice) {
    outcome
        .upserts
        .push(Upsert::of(invoice.id.clone(), invoice, &[]));
}

/// The instant at which payments and credit notes came to the total.
pub(super) fn paid_in_full_ms(invoice: &Invoice) -> Option<i64> {
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
pub(in crate::decide) fn was_paid(awaits: &Awaits, facts: &Facts) -> bool {
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
