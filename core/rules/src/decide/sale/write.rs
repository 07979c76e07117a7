//! From a basket to the books: awards, transfers, the sale and its receipt.

use uuid::Uuid;

use crate::amount::{self, Overflow};
use crate::entity::{AwardNote, Member, Proof, Receipt, Sale};
use crate::facts::Seen;
use crate::outcome::{Outcome, Upsert};
use crate::scope::Scope;

use super::super::pay::About;
use super::super::{ProofCheck, earning, part_pay, payment, time};
use super::{Basket, Buyer, Desk};

/// Everything that follows from a basket.
pub(super) fn close(basket: Basket, desk: &Desk<'_>, outlet: Uuid) -> Result<Outcome, Overflow> {
    let mut outcome = Outcome::accepted();
    outcome.upserts = basket.upserts;
    outcome.award_keys = basket.keys;
    outcome.pending = basket.notes;
    let buyer = match desk.buyer {
        Buyer::Known(person) => Some(*person),
        Buyer::Refused(because) => {
            outcome.pending.push(because.clone());
            None
        }
        Buyer::None | Buyer::Unresolved => None,
    };
    let about = About {
        kind: "sale",
        subject: desk.sale.lines.iter().find_map(|line| line.product.clone()),
        sale: Some(desk.sale.sale_id),
        invoice: Some(payment::number_of(desk.sale)),
        currency: &desk.sale.currency,
        ..About::default()
    };
    if let Some(paid) = desk.paid {
        outcome.transfers.push(part_pay::transfer(paid)?);
    }
    let (event, earned) = (&basket.event, &basket.earning);
    let mut awards = earning::book(&mut outcome, desk.pay(), event, earned, &about)?;
    awards.extend(basket.claims.write(&mut outcome, desk)?);
    if let Some(person) = buyer
        && let Seen::Known(member) = desk.facts.see::<Member>(&person.to_string())
    {
        let here = [Scope::Outlet(outlet)];
        outcome
            .upserts
            .push(Upsert::of(person.to_string(), &member, &here));
    }
    if let Some(person) = buyer {
        time::purchased(&mut outcome, person, desk.pay());
    }
    write_proof(&mut outcome, desk, outlet);
    write_receipt(&mut outcome, desk, &basket.units);
    let mut sale = recorded(desk, outlet, buyer, basket.units, awards)?;
    sale.tallied = basket.earning.tallies;
    sale.discounts = basket.earning.discounts;
    payment::join(&mut outcome, desk.pay(), &sale);
    let here = [Scope::Outlet(outlet)];
    outcome
        .upserts
        .push(Upsert::of(sale.id.to_string(), &sale, &here));
    Ok(outcome)
}

/// A rotating code that was shown to earn cannot spend any more: whoever saw it here could.
fn write_proof(outcome: &mut Outcome, desk: &Desk<'_>, outlet: Uuid) {
    if let (Buyer::Known(_), ProofCheck::Valid { id, .. }) = (desk.buyer, &desk.context.proof) {
        let proof = Proof {
            command_id: desk.context.command_id,
        };
        outcome
            .upserts
            .push(Upsert::of(id, &proof, &[Scope::Outlet(outlet)]));
    }
}

fn write_receipt(outcome: &mut Outcome, desk: &Desk<'_>, units: &[String]) {
    let Some(key) = &desk.sale.receipt_key else {
        return;
    };
    let mut receipt = match desk.facts.see::<Receipt>(key) {
        Seen::Known(receipt) => receipt,
        Seen::Absent | Seen::Unknown => Receipt {
            sale: None,
            units: Vec::new(),
            claimed_by: None,
            cancelled: false,
        },
    };
    let standing = receipt.sale.filter(|sale| *sale != desk.sale.sale_id).is_some_and(|sale| {
        matches!(desk.facts.see::<Sale>(&sale.to_string()), Seen::Known(sale) if !sale.void)
    });
    if standing {
        // The receipt stays that of the sale that it was first shown for.
        return;
    }
    receipt.sale = Some(desk.sale.sale_id);
    for unit in units {
        if !receipt.units.contains(unit) {
            receipt.units.push(unit.clone());
        }
    }
    outcome.upserts.push(Upsert::of(key, &receipt, &[]));
}

fn recorded(
    desk: &Desk<'_>,
    outlet: Uuid,
    buyer: Option<Uuid>,
    units: Vec<String>,
    awards: Vec<AwardNote>,
) -> Result<Sale, Overflow> {
    let sale = desk.sale;
    Ok(Sale {
        id: sale.sale_id,
        outlet,
        cashier: desk.context.actor,
        buyer,
        seller: sale.seller,
        at_ms: desk.context.occurred_ms,
        amount_minor: amount::sum(sale.lines.iter().map(|line| line.amount_minor))?,
        currency: sale.currency.clone(),
        lines: sale.lines.clone(),
        units,
        awards,
        void: false,
        invoice: sale.invoice.clone(),
        returns: Vec::new(),
        tallied: Vec::new(),
        discounts: Vec::new(),
        part_pay: desk.paid.cloned(),
    })
}
