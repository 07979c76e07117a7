//! The ledger's words: accounts, legs and transfers that sum to zero.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::amount::{self, Overflow};

/// Which part of a person's points an account holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pot {
    /// Earned, not yet spendable.
    Pending,
    /// Spendable.
    Active,
}

/// An account of a programme's books.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Account {
    /// A person's points; never below zero.
    Participant(Uuid, Pot),
    /// Where points come from; its balance is minus everything issued.
    Issuance,
    /// The programme's budget for redemptions without a network; never below zero.
    OfflineBudget,
    /// The escrow of one lease; never below zero.
    Lease(Uuid),
    /// Points that people spent.
    Redeemed,
    /// Escrow eaten by redemptions that the member's balance did not cover; at most all leases.
    OfflineLoss,
    /// What a person owes after a reversal that their balance did not cover (zero or below).
    Clawback(Uuid),
}

impl Account {
    /// True when the books must never show this account below zero.
    #[must_use]
    pub fn never_below_zero(self) -> bool {
        matches!(
            self,
            Self::Participant(..)
                | Self::OfflineBudget
                | Self::Lease(_)
                | Self::Redeemed
                | Self::OfflineLoss
        )
    }

    /// A person's spendable points.
    #[must_use]
    pub fn active(participant: Uuid) -> Self {
        Self::Participant(participant, Pot::Active)
    }

    /// A person's points that wait for a condition.
    #[must_use]
    pub fn pending(participant: Uuid) -> Self {
        Self::Participant(participant, Pot::Pending)
    }
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Participant(id, Pot::Pending) => write!(f, "participant:{id}:pending"),
            Self::Participant(id, Pot::Active) => write!(f, "participant:{id}:active"),
            Self::Issuance => f.write_str("programme:issuance"),
            Self::OfflineBudget => f.write_str("programme:offline_budget"),
            Self::Lease(id) => write!(f, "escrow:lease:{id}"),
            Self::Redeemed => f.write_str("programme:redeemed"),
            Self::OfflineLoss => f.write_str("programme:offline_loss"),
            Self::Clawback(id) => write!(f, "clawback:{id}"),
        }
    }
}

/// A text that names no account.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an account: {0}")]
pub struct NotAnAccount(pub String);

impl FromStr for Account {
    type Err = NotAnAccount;
    fn from_str(text: &str) -> Result<Self, NotAnAccount> {
        let refuse = || NotAnAccount(text.chars().take(80).collect());
        let id = |part: &str| Uuid::parse_str(part).map_err(|_| refuse());
        let parts: Vec<&str> = text.split(':').collect();
        match parts.as_slice() {
            ["participant", person, "pending"] => Ok(Self::Participant(id(person)?, Pot::Pending)),
            ["participant", person, "active"] => Ok(Self::Participant(id(person)?, Pot::Active)),
            ["programme", "issuance"] => Ok(Self::Issuance),
            ["programme", "offline_budget"] => Ok(Self::OfflineBudget),
            ["programme", "redeemed"] => Ok(Self::Redeemed),
            ["programme", "offline_loss"] => Ok(Self::OfflineLoss),
            ["escrow", "lease", lease] => Ok(Self::Lease(id(lease)?)),
            ["clawback", person] => Ok(Self::Clawback(id(person)?)),
            _ => Err(refuse()),
        }
    }
}

impl TryFrom<String> for Account {
    type Error = NotAnAccount;
    fn try_from(text: String) -> Result<Self, NotAnAccount> {
        text.parse()
    }
}

impl From<Account> for String {
    fn from(account: Account) -> Self {
        account.to_string()
    }
}

/// What an account counts. Currencies and goods lists join when a feature pays in them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// The programme's points, whole.
    Points,
}

impl Unit {
    /// The unit's name in both stores and in exports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Points => "points",
        }
    }
}

/// One leg of a transfer: this account changes by `amount` of `unit`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leg {
    /// The account that changes.
    pub account: Account,
    /// What it counts.
    pub unit: Unit,
    /// The change; positive adds.
    pub amount: i64,
}

/// Legs that sum to zero per unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transfer {
    /// Why points moved: `award`, `reversal`, `redemption`, `lease_grant`, `lease_loss`, `approval`, `refusal`, `opening`.
    pub purpose: String,
    /// The legs, each non-zero.
    pub legs: Vec<Leg>,
}

impl Transfer {
    /// A transfer of points from its parts; legs of zero are left out.
    pub fn points(purpose: &str, legs: &[(Account, i64)]) -> Result<Self, Overflow> {
        let legs: Vec<Leg> = legs
            .iter()
            .filter(|(_, amount)| *amount != 0)
            .map(|&(account, amount)| Leg {
                account,
                unit: Unit::Points,
                amount,
            })
            .collect();
        for leg in &legs {
            amount::checked(i128::from(leg.amount))?;
        }
        Ok(Self {
            purpose: purpose.to_owned(),
            legs,
        })
    }

    /// True when every unit's legs sum to zero.
    #[must_use]
    pub fn balanced(&self) -> bool {
        let mut sums: BTreeMap<Unit, i128> = BTreeMap::new();
        for leg in &self.legs {
            *sums.entry(leg.unit).or_default() += i128::from(leg.amount);
        }
        sums.values().all(|sum| *sum == 0)
    }
}
