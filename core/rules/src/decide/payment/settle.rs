//! What an invoice's payments and credit notes ask for: promises kept or made smaller, and rules that
//! reward the payment itself.

use std::collections::BTreeSet;

use crate::amount::{self, Indivisible, Overflow};
use crate::command::PaymentKind;
use crate::earn::{Event, EventLine, Party};
use crate::entity::{Awaits, Invoice, Promise, PromiseState, Sale};
use crate::facts::{FactKey, Facts, Seen};
use crate::outcome::{Because, Outcome};
use crate::ruleset::Trigger;

use super::super::pay::{About, Desk};
use super::super::{Context, earning, latest, promise, returns};
use super::invoice::{paid_in_full_ms, write};

/// Does what the payments and credit notes so far ask for, and writes the invoice.
pub(super) fn settle(desk: Desk<'_>, mut invoice: Invoice) -> Result<Outcome, Overflow> {
    let mut outcome = Outcome::accepted();
    let sale = invoice
        .sale
        .map(|sale| desk.facts.see::<Sale>(&sale.to_string()));
    let Some(Seen::Known(mut sale)) = sale else {
        let because = Because::new("awaits_sale").with("invoice", invoice.id.clone());
        outcome.pending.push(because);
        write(&mut outcome, &invoice);
        return Ok(outcome);
    };
    let mut changed = credit(&mut outcome, desk, &invoice, &mut sale)?;
    if let Some(paid_ms) = paid_in_full_ms(&invoice) {
        for id in &invoice.promises {
            keep(&mut outcome, desk, id, paid_ms)?;
        }
    }
    if let Some((event, context)) = event(&invoice, &sale, desk.context) {
        let desk = Desk {
            context: &context,
            ..desk
        };
        let earning = earning::work_out(&event, desk)?;
        if earning::points(&earning.awards)? > desk.rules.limits.sale_points_max {
            return Ok(Outcome::parked(Because::new("above_limit")));
        }
        let about = About {
            kind: "payment",
            subject: Some(invoice.id.clone()),
            sale: Some(sale.id),
            invoice: Some(invoice.id.clone()),
            currency: &sale.currency,
            ..About::default()
        };
        let notes = earning::book(&mut outcome, desk, &event, &earning, &about)?;
        changed |= !notes.is_empty() || !earning.tallies.is_empty();
        sale.awards.extend(notes);
        sale.tallied.extend(earning.tallies);
        invoice.settled = true;
    }
    if changed {
        returns::write(&mut outcome, &sale);
    }
    write(&mut outcome, &invoice);
    Ok(outcome)
}

/// What rules about the payment depend on.
pub(super) fn event_needs(
    invoice: &Invoice,
    sale: &Sale,
    context: &Context,
    facts: &Facts,
    keys: &mut BTreeSet<FactKey>,
) {
    if let Some((event, context)) = event(invoice, sale, context) {
        earning::needs(&event, &context, facts, keys);
    }
}

/// The event that an invoice was paid in full, once, and the context that it is booked in.
fn event(invoice: &Invoice, sale: &Sale, context: &Context) -> Option<(Event, Context)> {
    let paid_ms = paid_in_full_ms(invoice).filter(|_| !invoice.settled && !sale.void)?;
    let lines = sale.lines.iter().enumerate();
    let lines = lines.map(|(number, line)| {
        let left = line
            .quantity_micro
            .saturating_sub(sale.returned_micro(number))
            .max(0);
        let amount = amount::share_of_running(line.amount_minor, 0, left, line.quantity_micro);
        EventLine {
            product: line.product.clone(),
            quantity_micro: left,
            amount_minor: amount.unwrap_or(0),
            buyer_micro: left,
            seller_micro: 0,
            fresh_micro: left,
        }
    });
    let lines: Vec<EventLine> = lines.filter(|line| line.quantity_micro > 0).collect();
    if lines.is_empty() || credited_in_full(invoice) {
        // Nothing of it is left to be paid for.
        return None;
    }
    let event = Event {
        trigger: Trigger::Payment,
        at_ms: paid_ms,
        outlet: Some(sale.outlet),
        actor: Party::Nobody,
        buyer: sale.buyer.map_or(Party::Nobody, Party::Known),
        seller: Party::Nobody,
        currency: sale.currency.clone(),
        evidence: String::new(),
        value: 0,
        lines,
    };
    let context = Context {
        occurred_ms: paid_ms,
        outlet: Some(sale.outlet),
        ..context.clone()
    };
    Some((event, context))
}

/// True when credit notes took everything off the invoice.
fn credited_in_full(invoice: &Invoice) -> bool {
    let notes = invoice
        .entries
        .iter()
        .filter(|entry| entry.kind == PaymentKind::CreditNote);
    let credited = amount::sum(notes.map(|entry| entry.amount_minor));
    invoice
        .total_minor
        .is_some_and(|total| total > 0 && credited.is_ok_and(|off| off >= total))
}

/// Takes back, of what still waits for the invoice, the part that credit notes took off its total.
/// True when anything changed. A credit note usually follows a return of goods: of what each of them
/// asks back the larger counts.
fn credit(
    outcome: &mut Outcome,
    desk: Desk<'_>,
    invoice: &Invoice,
    sale: &mut Sale,
) -> Result<bool, Overflow> {
    let total = invoice.total_minor.unwrap_or(0);
    let notes = invoice.entries.iter();
    let notes = notes.filter(|entry| entry.kind == PaymentKind::CreditNote);
    let credited = amount::sum(notes.map(|entry| entry.amount_minor))?.min(total);
    if credited <= 0 {
        return Ok(false);
    }
    let mut changed = false;
    let because = Because::new("returned");
    for note in &mut sale.awards {
        if !invoice.promises.contains(&note.activity) || !still_waits(&note.activity, desk.facts) {
            continue;
        }
        let back = amount::share_of_running(note.points, 0, credited, total);
        let back = back.map_err(|Indivisible| Overflow)?;
        let points = back.saturating_sub(note.returned_points);
        changed |= points > 0;
        returns::points::take(outcome, desk, note, points, &because)?;
    }
    Ok(changed)
}

fn still_waits(id: &str, facts: &Facts) -> bool {
    let open = PromiseState::Open;
    matches!(facts.see::<Promise>(id), Seen::Known(promise) if promise.state == open)
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
