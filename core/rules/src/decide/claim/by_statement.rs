//! A claim by the seller's word, with a photo or without: the weakest evidence. It joins what is paid
//! already; else somebody looks at it.

use crate::amount::Overflow;
use crate::outcome::{Because, Outcome};

use super::place::{self, Place, Placed};
use super::{Desk, Shown, credit};

pub(super) fn decide(
    desk: &Desk<'_>,
    claim: &str,
    product: &str,
    photo: Option<&str>,
) -> Result<Outcome, Overflow> {
    let proof = Shown {
        kind: if photo.is_some() {
            "photo"
        } else {
            "statement"
        },
        reference: photo.unwrap_or(claim),
    };
    if let Some(unit) = place::own_unit(desk, product, proof.kind) {
        return credit::attach(desk, &unit, product, proof);
    }
    let key = format!("statement:{claim}");
    let placed = Placed::new(desk, product, proof.kind);
    let looked_at = matches!(placed.place, Place::Free);
    let pending = looked_at.then(|| Because::new("awaits_review"));
    let pending = pending.into_iter().collect();
    credit::credit(desk, &key, product, proof, pending, placed)
}
