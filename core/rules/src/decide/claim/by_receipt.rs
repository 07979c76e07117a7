//! A claim by a fiscal receipt: further evidence where the piece is paid, else its own claim.

use crate::amount::Overflow;
use crate::entity::{Receipt, Unit};
use crate::facts::Seen;
use crate::outcome::{Because, Class, Outcome, Upsert};
use crate::scope::Scope;

use super::super::evidence;
use super::place::{self, Place, Placed};
use super::{Desk, Shown, already, credit};

pub(super) fn decide(
    desk: &Desk<'_>,
    key: &str,
    product: Option<&str>,
) -> Result<Outcome, Overflow> {
    let Some(product) = product else {
        return Ok(Outcome::rejected(Because::new("product_needed")));
    };
    let actor = desk.context.actor;
    let mut receipt = match desk.facts.see::<Receipt>(key) {
        Seen::Known(receipt) => receipt,
        Seen::Absent | Seen::Unknown => Receipt {
            sale: None,
            units: Vec::new(),
            claimed_by: None,
            cancelled: false,
        },
    };
    if receipt.cancelled {
        return Ok(Outcome::rejected(Because::new("receipt_cancelled")));
    }
    if let Some(by) = receipt.claimed_by {
        return Ok(already(by == actor, None));
    }
    receipt.claimed_by = Some(actor);
    let mut outcome = settle(desk, key, product, &mut receipt)?;
    if outcome.class == Class::Accepted {
        let own = [Scope::Participant(actor)];
        outcome.upserts.push(Upsert::of(key, &receipt, &own));
    }
    Ok(outcome)
}

fn settle(
    desk: &Desk<'_>,
    key: &str,
    product: &str,
    receipt: &mut Receipt,
) -> Result<Outcome, Overflow> {
    let proof = Shown {
        kind: "receipt",
        reference: key,
    };
    let own = place::own_unit(desk, product, "receipt");
    if let Some(unit) = on_receipt(desk, receipt, product) {
        // The till reported the sale and named no seller: the first who shows its receipt there,
        // unless the piece was claimed before.
        let placed = Placed::on_unit(desk, product, &unit);
        if unit.seller.is_some() || placed.exhausted() {
            return credit::attach(desk, &unit.key, product, proof);
        }
        if let Some(own) = own {
            return credit::attach(desk, &own, product, proof);
        }
        let elsewhere = unit.outlet != desk.context.outlet;
        let because = elsewhere.then(|| Because::new("receipt_of_other_outlet"));
        let pending = because.into_iter().collect();
        return credit::credit(desk, &unit.key, product, proof, pending, placed);
    }
    if let Some(unit) = own {
        return credit::attach(desk, &unit, product, proof);
    }
    let unit = evidence::receipt_unit_key(key, product);
    receipt.units.push(unit.clone());
    let placed = Placed::new(desk, product, "receipt");
    let looked_at = matches!(placed.place, Place::Free);
    let pending = looked_at.then(|| Because::new("awaits_review"));
    let pending = pending.into_iter().collect();
    credit::credit(desk, &unit, product, proof, pending, placed)
}

/// The unit of this product that a till reported on the receipt.
pub(super) fn on_receipt(desk: &Desk<'_>, receipt: &Receipt, product: &str) -> Option<Unit> {
    receipt
        .units
        .iter()
        .find_map(|unit| match desk.facts.see::<Unit>(unit) {
            // A cancelled sale's unit has lost its sale, and proves nothing any more.
            Seen::Known(unit)
                if unit.sale.is_some() && unit.product.as_deref() == Some(product) =>
            {
                Some(unit)
            }
            _ => None,
        })
}
