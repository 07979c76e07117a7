//! What a lot carries from birth, and how a leg chooses its lots.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use crate::amount::{self, Overflow};

use super::lot::LotId;
use super::name::{Country, Currency, Name};

/// The longest origin of a lot, characters.
pub const ORIGIN_CHARS_MAX: usize = 64;

/// Whose reward a lot is; books and tax treat the classes apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LotClass {
    /// A seller's incentive for a sale.
    SellerIncentive,
    /// A buyer's points on a purchase.
    BuyerPoints,
    /// Pay for work or learning.
    Work,
    /// A balance that was brought along.
    Opening,
}

/// What a lot carries from birth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LotTerms {
    /// Who pays for the lot; none when nobody is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub funder: Option<Name>,
    /// What one unit costs, millionths of a minor unit of `currency`; zero when unknown, never below.
    #[serde(default)]
    pub unit_cost_micro: i64,
    /// The currency of the cost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// The country whose tax law applies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<Country>,
    /// Whose reward it is.
    pub class: LotClass,
    /// The rule or campaign it comes from; at most [`ORIGIN_CHARS_MAX`] characters, may be empty.
    #[serde(default)]
    pub origin: String,
    /// The first instant at which it is no longer good; none when it stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_ms: Option<i64>,
}

impl LotTerms {
    /// Terms of a class that name nobody, cost nothing known and never expire.
    #[must_use]
    pub fn of(class: LotClass) -> Self {
        Self {
            funder: None,
            unit_cost_micro: 0,
            currency: None,
            country: None,
            class,
            origin: String::new(),
            expires_ms: None,
        }
    }

    /// True when cost, origin and expiry are inside their ranges.
    #[must_use]
    pub fn sound(&self) -> bool {
        let exact = |value: i64| amount::checked(i128::from(value)) != Err(Overflow);
        self.unit_cost_micro >= 0
            && exact(self.unit_cost_micro)
            && self.expires_ms.is_none_or(exact)
            && self.origin.chars().take(ORIGIN_CHARS_MAX + 1).count() <= ORIGIN_CHARS_MAX
    }
}

/// How a leg chooses its lots, where its account keeps lots; elsewhere it says nothing.
///
/// Spending order: the soonest expiry first, lots without expiry after all that have one, the
/// oldest first among equals, and the plain lot last.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lots {
    /// A debit takes in spending order. A credit begins a lot without terms and expiry.
    #[default]
    Soonest,
    /// A credit begins a lot with these terms. A debit cannot.
    Born(LotTerms),
    /// A credit takes over, in the same order, the lots that debits of its unit earlier in the
    /// transfer took and no other leg took over; what is left of it is as `Soonest`. A debit is as
    /// `Soonest`.
    Carried,
    /// Undoes a command's part in the account.
    ///
    /// A debit takes first the lots that the command's credits put into this account, in that
    /// order, as far as an undoing has not taken them before; then what else is here of lots that
    /// the command began; then as `Soonest`.
    ///
    /// A credit gives back the lots and amounts that the command's debits took from this account,
    /// the last taken first, as far as an undoing has not given them back before; then as `Soonest`.
    Of {
        /// The command to undo.
        command: Uuid,
    },
    /// A debit takes this lot alone and is refused where it lacks. A credit cannot.
    Lot {
        /// The lot.
        lot: LotId,
    },
}

impl Lots {
    /// True for the usual way.
    #[must_use]
    pub fn is_soonest(&self) -> bool {
        *self == Self::Soonest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_sound_inside_their_ranges() {
        let sound = LotTerms {
            unit_cost_micro: amount::AMOUNT_SIZE_MAX,
            origin: "ä".repeat(ORIGIN_CHARS_MAX),
            expires_ms: Some(-1),
            ..LotTerms::of(LotClass::Work)
        };
        assert!(sound.sound());
        for broken in [
            LotTerms {
                unit_cost_micro: -1,
                ..sound.clone()
            },
            LotTerms {
                unit_cost_micro: amount::AMOUNT_SIZE_MAX + 1,
                ..sound.clone()
            },
            LotTerms {
                origin: "a".repeat(ORIGIN_CHARS_MAX + 1),
                ..sound.clone()
            },
            LotTerms {
                expires_ms: Some(i64::MAX),
                ..sound.clone()
            },
        ] {
            assert!(!broken.sound(), "{broken:?}");
        }
    }

    #[test]
    fn ways_and_terms_have_a_form_in_json() {
        let command = Uuid::from_u128(7);
        let born = Lots::Born(LotTerms::of(LotClass::BuyerPoints));
        for (lots, json) in [
            (Lots::Soonest, "\"soonest\"".to_owned()),
            (Lots::Carried, "\"carried\"".to_owned()),
            (
                Lots::Of { command },
                format!("{{\"of\":{{\"command\":\"{command}\"}}}}"),
            ),
            (
                Lots::Lot { lot: LotId::PLAIN },
                format!("{{\"lot\":{{\"lot\":\"{}\"}}}}", Uuid::nil()),
            ),
            (
                born,
                "{\"born\":{\"unit_cost_micro\":0,\"class\":\"buyer_points\",\"origin\":\"\"}}"
                    .to_owned(),
            ),
        ] {
            assert_eq!(serde_json::to_string(&lots).unwrap(), json);
            assert_eq!(serde_json::from_str::<Lots>(&json).unwrap(), lots);
        }
    }
}
