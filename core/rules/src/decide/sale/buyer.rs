//! Who buys, as far as a place can tell.

use uuid::Uuid;

use crate::command::{BuyerRef, SaleRecord};
use crate::entity::{Card, Contact};
use crate::facts::{Facts, Seen};
use crate::outcome::Because;

use super::super::{Context, ProofCheck};

/// Who buys, as far as this place can tell.
pub(super) enum Buyer {
    /// Nobody was named.
    None,
    /// This member.
    Known(Uuid),
    /// Somebody whom only the server can find.
    Unresolved,
    /// Somebody was named and cannot be credited.
    Refused(Because),
}

pub(super) fn buyer_of(sale: &SaleRecord, context: &Context, facts: &Facts) -> Buyer {
    let found = match &sale.buyer {
        None => return Buyer::None,
        Some(BuyerRef::Proof { participant, .. }) => match &context.proof {
            ProofCheck::Valid {
                participant: proven,
                ..
            } if proven == participant => Seen::Known(*participant),
            ProofCheck::Valid { .. } | ProofCheck::Answered(_) => {
                return Buyer::Refused(Because::new("proof_invalid"));
            }
            ProofCheck::Invalid(code) => return Buyer::Refused(Because::new(code)),
            ProofCheck::Absent => return Buyer::Refused(Because::new("proof_required")),
        },
        Some(BuyerRef::Contact { hash }) => match facts.see::<Contact>(hash) {
            Seen::Known(contact) => Seen::Known(contact.participant),
            Seen::Absent => Seen::Absent,
            Seen::Unknown => Seen::Unknown,
        },
        Some(BuyerRef::Card { reference }) => match facts.see::<Card>(reference) {
            Seen::Known(card) => Seen::Known(card.participant),
            Seen::Absent => Seen::Absent,
            Seen::Unknown => Seen::Unknown,
        },
    };
    match found {
        Seen::Known(buyer) if buyer == context.actor || sale.seller == Some(buyer) => {
            Buyer::Refused(Because::new("own_sale"))
        }
        Seen::Known(buyer) => Buyer::Known(buyer),
        Seen::Absent => Buyer::Refused(Because::new("unknown_member")),
        Seen::Unknown => Buyer::Unresolved,
    }
}
