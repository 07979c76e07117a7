//! Legs and transfers: what moves between accounts, summing to zero in every unit.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::amount::{self, Overflow};

use super::account::Account;
use super::refusal::Refusal;
use super::terms::Lots;
use super::unit::Unit;

/// The most legs of one transfer.
pub const LEGS_MAX: usize = 10_000;

/// One leg of a transfer: this account changes by `amount` of `unit`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leg {
    /// The account that changes.
    pub account: Account,
    /// What it counts.
    pub unit: Unit,
    /// The change; positive adds.
    pub amount: i64,
    /// Which lots it takes or begins.
    #[serde(default, skip_serializing_if = "Lots::is_soonest")]
    pub lots: Lots,
}

/// Legs that sum to zero per unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transfer {
    /// Why something moved: `award`, `reversal`, `redemption`, `lease_grant`, `lease_loss`,
    /// `approval`, `refusal`, `opening`, `hold`, `capture`, `release`, `expiry` and others.
    pub purpose: String,
    /// The legs, each non-zero.
    pub legs: Vec<Leg>,
}

impl Transfer {
    /// A transfer of points from its parts; legs of zero are left out.
    pub fn points(purpose: &str, legs: &[(Account, i64)]) -> Result<Self, Overflow> {
        let start = Self::of(purpose);
        let legs = legs.iter();
        legs.fold(start, |built, &(account, amount)| {
            built.leg(account, amount)
        })
        .finish()
    }

    /// Begins a transfer, in points until [`TransferBuilder::unit`] says otherwise.
    pub fn of(purpose: &str) -> TransferBuilder {
        TransferBuilder {
            transfer: Self {
                purpose: purpose.to_owned(),
                legs: Vec::new(),
            },
            unit: Unit::Points,
        }
    }

    /// True when every unit's legs sum to zero.
    #[must_use]
    pub fn balanced(&self) -> bool {
        self.unbalanced().is_none()
    }

    /// The first unit whose legs do not sum to zero.
    fn unbalanced(&self) -> Option<Unit> {
        let mut sums: BTreeMap<Unit, i128> = BTreeMap::new();
        for leg in &self.legs {
            *sums.entry(leg.unit).or_default() += i128::from(leg.amount);
        }
        let off = sums.into_iter().find(|(_, sum)| *sum != 0);
        off.map(|(unit, _)| unit)
    }

    /// Refuses what no books take, whatever they hold.
    pub fn check(&self) -> Result<(), Refusal> {
        if self.legs.is_empty() {
            return Err(Refusal::Empty);
        }
        if self.legs.len() > LEGS_MAX {
            return Err(Refusal::TooManyLegs);
        }
        for (number, leg) in (0..).zip(&self.legs) {
            leg.check(number)?;
        }
        match self.unbalanced() {
            Some(unit) => Err(Refusal::Unbalanced { unit }),
            None => Ok(()),
        }
    }
}

impl Leg {
    fn check(&self, leg: u32) -> Result<(), Refusal> {
        if self.amount == 0 {
            return Err(Refusal::ZeroLeg { leg });
        }
        let (account, unit) = (self.account, self.unit);
        amount::checked(i128::from(self.amount))
            .map_err(|_| Refusal::TooLarge { account, unit })?;
        let fits = match &self.lots {
            Lots::Born(terms) => self.amount > 0 && terms.sound(),
            Lots::Lot { .. } => self.amount < 0,
            Lots::Soonest | Lots::Carried | Lots::Of { .. } => true,
        };
        fits.then_some(()).ok_or(Refusal::BadLots { leg })
    }
}

/// A transfer in the making. Legs of zero are left out.
#[derive(Debug, Clone)]
#[must_use]
pub struct TransferBuilder {
    transfer: Transfer,
    unit: Unit,
}

impl TransferBuilder {
    /// The legs from here on count this.
    pub fn unit(mut self, unit: Unit) -> Self {
        self.unit = unit;
        self
    }

    /// Adds a leg that takes the soonest lots, or begins one without terms.
    pub fn leg(self, account: Account, amount: i64) -> Self {
        self.leg_lots(account, amount, Lots::Soonest)
    }

    /// Adds a leg that chooses its lots.
    pub fn leg_lots(mut self, account: Account, amount: i64, lots: Lots) -> Self {
        if amount != 0 {
            self.transfer.legs.push(Leg {
                account,
                unit: self.unit,
                amount,
                lots,
            });
        }
        self
    }

    /// The transfer. Refuses amounts that are not exact everywhere; whether it balances is seen
    /// when it is booked.
    pub fn finish(self) -> Result<Transfer, Overflow> {
        for leg in &self.transfer.legs {
            amount::checked(i128::from(leg.amount))?;
        }
        Ok(self.transfer)
    }
}
