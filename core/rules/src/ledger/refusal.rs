//! Why the books do not take a transfer.

use uuid::Uuid;

use super::account::Account;
use super::unit::Unit;

/// Why the books do not take a transfer. Nothing of a refused transfer is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It has no legs.
    #[error("the transfer moves nothing")]
    Empty,
    /// It has more legs than [`super::LEGS_MAX`].
    #[error("the transfer has too many legs")]
    TooManyLegs,
    /// A leg of zero.
    #[error("leg {leg} moves nothing")]
    ZeroLeg {
        /// The leg, from zero.
        leg: u32,
    },
    /// A leg begins a lot with terms outside their ranges, or chooses lots in a way that its
    /// direction does not have.
    #[error("leg {leg} cannot have such lots")]
    BadLots {
        /// The leg, from zero.
        leg: u32,
    },
    /// The legs do not sum to zero.
    #[error("{unit} does not sum to zero")]
    Unbalanced {
        /// In this unit.
        unit: Unit,
    },
    /// A leg or the balance after it is not exact everywhere.
    #[error("{account} cannot hold so much of {unit}")]
    TooLarge {
        /// The account.
        account: Account,
        /// The unit.
        unit: Unit,
    },
    /// The account may not be below zero.
    #[error("{account} would fall to {after} {unit}")]
    BelowZero {
        /// The account.
        account: Account,
        /// The unit.
        unit: Unit,
        /// What its balance would be.
        after: i64,
    },
    /// The account may not be above zero.
    #[error("{account} would rise to {after} {unit}")]
    AboveZero {
        /// The account.
        account: Account,
        /// The unit.
        unit: Unit,
        /// What its balance would be.
        after: i64,
    },
    /// The lots that a leg asks for hold less.
    #[error("the lots of {account} in {unit} lack {lacks}")]
    LotsShort {
        /// The account.
        account: Account,
        /// The unit.
        unit: Unit,
        /// How much less.
        lacks: i64,
    },
    /// A transfer of this id and other content was booked before.
    #[error("transfer {transfer_id} was booked with other content")]
    OtherContent {
        /// The id.
        transfer_id: Uuid,
    },
}

impl Refusal {
    /// Why the account may not have this balance, if it may not.
    pub(super) fn of_balance(account: Account, unit: Unit, after: i128) -> Result<i64, Self> {
        let too_large = Self::TooLarge { account, unit };
        let after = crate::amount::checked(after).map_err(|_| too_large)?;
        if account.sign().allows(after) {
            return Ok(after);
        }
        Err(if after < 0 {
            Self::BelowZero {
                account,
                unit,
                after,
            }
        } else {
            Self::AboveZero {
                account,
                unit,
                after,
            }
        })
    }
}
