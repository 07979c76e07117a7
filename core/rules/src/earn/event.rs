//! What rules are asked about: an event with its lines and the people in it.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::ruleset::Trigger;

/// Somebody in an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// Nobody is named.
    #[default]
    Nobody,
    /// This participant.
    Known(Uuid),
    /// Somebody whom only the server can find.
    Unresolved,
}

impl Party {
    /// The participant, if it is known who it is.
    #[must_use]
    pub fn known(self) -> Option<Uuid> {
        match self {
            Self::Known(person) => Some(person),
            Self::Nobody | Self::Unresolved => None,
        }
    }

    /// True when somebody is meant, known or not.
    #[must_use]
    pub fn somebody(self) -> bool {
        self != Self::Nobody
    }
}

/// An event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// What happened. [`Trigger::Quiet`] and [`Trigger::Anniversary`] carry the days that passed.
    pub trigger: Trigger,
    /// When, UTC milliseconds.
    pub at_ms: i64,
    /// Where, when it happened somewhere.
    #[serde(default)]
    pub outlet: Option<Uuid>,
    /// Who recorded it.
    #[serde(default)]
    pub actor: Party,
    /// Who buys; of an event without lines, whom it is about.
    #[serde(default)]
    pub buyer: Party,
    /// Who sold.
    #[serde(default)]
    pub seller: Party,
    /// ISO 4217 code of the amounts; empty without amounts.
    #[serde(default)]
    pub currency: String,
    /// What first reported it: `till`, `code`, `receipt`; empty when that says nothing.
    #[serde(default)]
    pub evidence: String,
    /// The value of a measured event, in its own unit.
    #[serde(default)]
    pub value: i64,
    /// Its lines.
    #[serde(default)]
    pub lines: Vec<EventLine>,
}

/// A line of an event. Of each part only what is still to be counted is told: what was credited
/// before, by whatever evidence, is left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventLine {
    /// The product's id; none for a typed amount.
    #[serde(default)]
    pub product: Option<String>,
    /// Quantity, millionths of a piece.
    pub quantity_micro: i64,
    /// Amount, minor units.
    pub amount_minor: i64,
    /// How much of the quantity earns on the buyer's side.
    #[serde(default)]
    pub buyer_micro: i64,
    /// How much of the quantity earns on the seller's side.
    #[serde(default)]
    pub seller_micro: i64,
    /// How much of the quantity nobody had reported before.
    #[serde(default)]
    pub fresh_micro: i64,
}
