//! `receipt.cancel`: a fiscal receipt no longer holds. Everything that it earned goes back, whether a
//! till reported its sale or a seller claimed it.

use std::collections::BTreeSet;

use crate::amount::Overflow;
use crate::command::{RECEIPT_KEY_CHARS_MAX, ReceiptCancel};
use crate::entity::{Participant, Receipt, Sale, Unit};
use crate::facts::{FactKey, Facts, Seen};
use crate::outcome::{Because, Outcome, Upsert};

use super::super::Context;
use super::super::pay::Desk;
use super::{claims, goods, sale_needs, take_all};

pub(in crate::decide) fn needs(
    cancel: &ReceiptCancel,
    context: &Context,
    facts: &Facts,
    keys: &mut BTreeSet<FactKey>,
) {
    keys.insert(FactKey::of::<Participant>(context.actor.to_string()));
    keys.insert(FactKey::of::<Receipt>(&cancel.key));
    let Seen::Known(receipt) = facts.see::<Receipt>(&cancel.key) else {
        return;
    };
    if let Some(sale) = receipt.sale {
        sale_needs(&sale.to_string(), facts, keys);
    }
    for key in &receipt.units {
        keys.insert(FactKey::of::<Unit>(key));
        if let Seen::Known(unit) = facts.see::<Unit>(key) {
            goods::unit_needs(&unit, facts, keys);
        }
    }
}

pub(in crate::decide) fn decide(
    cancel: &ReceiptCancel,
    desk: Desk<'_>,
) -> Result<Outcome, Overflow> {
    // The server says it itself when the fiscal service does.
    let by_server = super::super::receipt::by_server(desk.context);
    let may = match desk
        .facts
        .see::<Participant>(&desk.context.actor.to_string())
    {
        Seen::Known(actor) => matches!(actor.role.as_str(), "manager" | "integrator"),
        Seen::Absent | Seen::Unknown => false,
    };
    if !may && !by_server {
        return Ok(Outcome::rejected(Because::new("not_permitted")));
    }
    if cancel.key.is_empty() || cancel.key.chars().count() > RECEIPT_KEY_CHARS_MAX {
        return Ok(Outcome::rejected(Because::new("bad_input")));
    }
    let mut receipt = match desk.facts.see::<Receipt>(&cancel.key) {
        Seen::Known(receipt) if receipt.cancelled => {
            return Ok(Outcome::rejected(Because::new("receipt_cancelled")));
        }
        Seen::Known(receipt) => receipt,
        // Nobody has shown it yet; nobody will be paid for it.
        Seen::Absent | Seen::Unknown => Receipt {
            sale: None,
            units: Vec::new(),
            claimed_by: None,
            cancelled: false,
        },
    };
    receipt.cancelled = true;
    let mut outcome = Outcome::accepted();
    let because = Because::new("receipt_cancelled");
    let sale = receipt
        .sale
        .map(|sale| desk.facts.see::<Sale>(&sale.to_string()));
    let mut of_sale = Vec::new();
    if let Some(Seen::Known(sale)) = sale
        && !sale.void
    {
        of_sale.clone_from(&sale.awards);
        take_all(&mut outcome, desk, sale, &because)?;
    }
    for key in &receipt.units {
        claims::of_unit(&mut outcome, desk, (key, &of_sale), (1, 1), &because)?;
    }
    outcome.upserts.retain(|upsert| upsert.id != cancel.key);
    outcome.upserts.push(Upsert::of(&cancel.key, &receipt, &[]));
    Ok(outcome)
}
