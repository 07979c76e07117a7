//! From a basket to the books: awards, transfers, the sale and its receipt.

use uuid::Uuid;

use crate::amount::{self, Overflow};
use crate::entity::{AwardNote, Member, Proof, Receipt, Sale};
use crate::facts::Seen;
use crate::outcome::{Award, Because, Outcome, PotRole, Upsert};
use crate::scope::Scope;

use super::super::ProofCheck;
use super::super::points::{self, Earned, Line};
use super::{Basket, Buyer, Desk};

/// Everything that follows from a basket.
pub(super) fn close(basket: Basket, desk: &Desk<'_>, outlet: Uuid) -> Result<Outcome, Overflow> {
    let mut outcome = Outcome::accepted();
    outcome.upserts = basket.upserts;
    outcome.award_keys = basket.keys;
    outcome.pending = basket.notes;
    let mut buyer_sum = basket.buyer;
    let buyer = match desk.buyer {
        Buyer::Known(person) => Some(*person),
        Buyer::Refused(because) => {
            outcome.pending.push(because.clone());
            None
        }
        Buyer::None => None,
        Buyer::Unresolved => {
            let because = Because::new("server_resolves_member");
            buyer_sum.earned.pending.push(because);
            None
        }
    };
    let mut awards = Vec::new();
    let pots = [
        (PotRole::Buyer, buyer, buyer_sum),
        (PotRole::Seller, desk.sale.seller, basket.seller),
    ];
    for (role, person, sum) in pots {
        if sum.any {
            awards.extend(pay(&mut outcome, desk, role, person, sum.earned)?);
        }
    }
    if let Some(person) = buyer
        && let Seen::Known(member) = desk.facts.see::<Member>(&person.to_string())
    {
        let here = [Scope::Outlet(outlet)];
        outcome
            .upserts
            .push(Upsert::of(person.to_string(), &member, &here));
    }
    write_proof(&mut outcome, desk, outlet);
    write_receipt(&mut outcome, desk, &basket.units);
    let sale = recorded(desk, outlet, buyer, basket.units, awards)?;
    let here = [Scope::Outlet(outlet)];
    outcome
        .upserts
        .push(Upsert::of(sale.id.to_string(), &sale, &here));
    Ok(outcome)
}

/// One pot: its award, and its points in the books when it is known whose they are.
fn pay(
    outcome: &mut Outcome,
    desk: &Desk<'_>,
    role: PotRole,
    person: Option<Uuid>,
    earned: Earned,
) -> Result<Option<AwardNote>, Overflow> {
    let mut note = None;
    if let Some(participant) = person {
        let waits = !earned.pending.is_empty();
        let line = Line {
            kind: "sale",
            participant,
            role: role.as_str(),
            state: if waits { "pending" } else { "active" },
            subject: desk.sale.lines.iter().find_map(|line| line.product.clone()),
            unit: None,
        };
        let activity = points::record(outcome, desk.context, line, &earned);
        outcome.transfers.push(points::credit(
            participant,
            earned.points,
            waits,
            desk.facts,
        )?);
        note = Some(AwardNote {
            participant,
            role: role.as_str().to_owned(),
            points: earned.points,
            activity,
        });
    }
    for because in &earned.pending {
        if !outcome.pending.contains(because) {
            outcome.pending.push(because.clone());
        }
    }
    outcome.awards.push(Award {
        participant: person,
        role,
        points: earned.points,
        pending: earned.pending,
        derivation: earned.derivation,
    });
    Ok(note)
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
        },
    };
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
    })
}
