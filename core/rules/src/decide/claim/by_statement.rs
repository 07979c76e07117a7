//! A claim by the seller's word, with a photo or without: the weakest evidence. It joins what is paid
//! already; else somebody looks at it.

use crate::amount::Overflow;
use crate::outcome::{Because, Outcome};

use super::super::evidence;
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
    let index = evidence::index(desk.facts, desk.context.actor, product);
    if let Some(unit) = evidence::unlinked(&index, desk.context, proof.kind) {
        return Ok(credit::attach(desk, &unit.key, product, proof));
    }
    let key = format!("statement:{claim}");
    let pending = vec![Because::new("awaits_review")];
    credit::credit(desk, &key, product, proof, pending)
}
