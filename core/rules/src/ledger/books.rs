//! Books in memory: what a store of transfers does, in its simplest form. A store that answers
//! otherwise is wrong.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::account::Account;
use super::chain;
use super::holding::Holding;
use super::lot::{LotId, OpenLot};
use super::posted::{Posted, Stamp};
use super::posting::Posting;
use super::refusal::Refusal;
use super::terms::LotTerms;
use super::transfer::Transfer;
use super::unit::Unit;

/// Where a lot comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lot {
    /// What it counts.
    pub unit: Unit,
    /// The command that began it.
    pub command: Uuid,
    /// The number of the transfer that began it.
    pub born_seq: i64,
    /// What it carries; none when nobody said.
    pub terms: Option<LotTerms>,
}

impl Lot {
    /// The first instant at which it is no longer good; none when it stays.
    #[must_use]
    pub fn expires_ms(&self) -> Option<i64> {
        self.terms.as_ref().and_then(|terms| terms.expires_ms)
    }
}

/// A lot past its instant with something left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expiring {
    /// The pot that holds it.
    pub account: Account,
    /// What it counts.
    pub unit: Unit,
    /// The lot and what is left of it there.
    pub lot: OpenLot,
}

/// The books of one programme.
#[derive(Debug, Clone, Default)]
pub struct Books {
    /// What was there before the first transfer.
    opening: BTreeMap<(Account, Unit), i64>,
    pub(super) holdings: BTreeMap<(Account, Unit), Holding>,
    lots: BTreeMap<LotId, Lot>,
    /// Every transfer as it was asked for and as it was booked, by number.
    posted: Vec<(Transfer, Posted)>,
    /// Where each transfer stands.
    places: BTreeMap<Uuid, usize>,
}

impl Books {
    /// Books that go on from balances of others, which kept no lots: everything in a pot is its
    /// plain lot. Refuses balances that no books hold.
    pub fn opened(opening: BTreeMap<(Account, Unit), i64>) -> Result<Self, Refusal> {
        let mut holdings = BTreeMap::new();
        let mut sums: BTreeMap<Unit, i128> = BTreeMap::new();
        for (&(account, unit), &balance) in &opening {
            Refusal::of_balance(account, unit, balance.into())?;
            *sums.entry(unit).or_default() += i128::from(balance);
            let mut holding = Holding::default();
            if account.lotted() {
                let plain = OpenLot {
                    id: LotId::PLAIN,
                    left: balance,
                    born_seq: 0,
                    expires_ms: None,
                };
                holding.shift(plain.order(), balance);
            } else {
                holding.balance = balance;
            }
            holdings.insert((account, unit), holding);
        }
        match sums.into_iter().find(|(_, sum)| *sum != 0) {
            Some((unit, _)) => Err(Refusal::Unbalanced { unit }),
            None => Ok(Self {
                opening,
                holdings,
                ..Self::default()
            }),
        }
    }

    /// Books a transfer, all of it or nothing. The same transfer again, whenever it is recorded,
    /// answers what was booked the first time. A clock that steps back does not take the books
    /// along: no transfer is recorded before its predecessor.
    pub fn post(&mut self, stamp: &Stamp, transfer: &Transfer) -> Result<Posted, Refusal> {
        if let Some(&place) = self.places.get(&stamp.transfer_id) {
            return self.again(place, stamp, transfer);
        }
        transfer.check()?;
        let last = self.posted.last().map(|(_, posted)| posted);
        let seq = last.map_or(0, |posted| posted.seq) + 1;
        let recorded_ms = last.map_or(i64::MIN, |posted| posted.recorded_ms);
        let mut posting = Posting::new(self, stamp, seq);
        for (number, leg) in (0..).zip(&transfer.legs) {
            posting.leg(number, leg)?;
        }
        let Posting {
            entries,
            holdings,
            born,
            ..
        } = posting;
        let mut posted = Posted {
            seq,
            transfer_id: stamp.transfer_id,
            command: stamp.command,
            purpose: transfer.purpose.clone(),
            recorded_ms: stamp.recorded_ms.max(recorded_ms),
            occurred_ms: stamp.occurred_ms,
            entries,
            hash: chain::START,
        };
        posted.hash = chain::link(&self.head(), &posted);
        self.holdings.extend(holdings);
        self.lots.extend(born);
        self.places.insert(stamp.transfer_id, self.posted.len());
        self.posted.push((transfer.clone(), posted.clone()));
        Ok(posted)
    }

    fn again(&self, place: usize, stamp: &Stamp, transfer: &Transfer) -> Result<Posted, Refusal> {
        let same = self.posted.get(place).filter(|(asked, posted)| {
            asked == transfer
                && posted.command == stamp.command
                && posted.occurred_ms == stamp.occurred_ms
        });
        same.map(|(_, posted)| posted.clone())
            .ok_or(Refusal::OtherContent {
                transfer_id: stamp.transfer_id,
            })
    }

    /// What was booked, in order.
    pub fn posted(&self) -> impl DoubleEndedIterator<Item = &Posted> + ExactSizeIterator {
        self.posted.iter().map(|(_, posted)| posted)
    }

    /// The last link of the chain.
    #[must_use]
    pub fn head(&self) -> [u8; 32] {
        let last = self.posted.last();
        last.map_or(chain::START, |(_, posted)| posted.hash)
    }

    /// Every account's balance in every unit, zeros too, in a stable order.
    pub fn balances(&self) -> impl Iterator<Item = (Account, Unit, i64)> {
        let all = self.holdings.iter();
        all.map(|(&(account, unit), holding)| (account, unit, holding.balance))
    }

    /// An account's balance now; zero before its first entry.
    #[must_use]
    pub fn balance(&self, account: Account, unit: Unit) -> i64 {
        let holding = self.holdings.get(&(account, unit));
        holding.map_or(0, |holding| holding.balance)
    }

    /// An account's balance with everything recorded up to and at this instant.
    #[must_use]
    pub fn balance_as_of(&self, account: Account, unit: Unit, recorded_ms: i64) -> i64 {
        self.balance_when(account, unit, |posted| posted.recorded_ms <= recorded_ms)
    }

    /// An account's balance after the transfer of this number; zero means before the first.
    #[must_use]
    pub fn balance_at(&self, account: Account, unit: Unit, seq: i64) -> i64 {
        self.balance_when(account, unit, |posted| posted.seq <= seq)
    }

    /// The balance after the last transfer that counts. Numbers and recorded instants only grow, so
    /// those that count come first.
    fn balance_when(&self, account: Account, unit: Unit, counts: impl Fn(&Posted) -> bool) -> i64 {
        let counted = self.posted().rev().filter(|posted| counts(posted));
        let mut entries = counted.flat_map(|posted| posted.entries.iter().rev());
        let last = entries.find(|entry| (entry.account, entry.unit) == (account, unit));
        let opening = || self.opening.get(&(account, unit)).copied().unwrap_or(0);
        last.map_or_else(opening, |entry| entry.after)
    }

    /// An account's lots in spending order.
    pub fn lots(&self, account: Account, unit: Unit) -> impl Iterator<Item = OpenLot> {
        let holding = self.holdings.get(&(account, unit));
        holding.into_iter().flat_map(Holding::open)
    }

    /// Where a lot comes from; none for the plain lot.
    #[must_use]
    pub fn lot(&self, id: LotId) -> Option<&Lot> {
        self.lots.get(&id)
    }

    /// Lots past their instant with something left, by account, unit and spending order. What is
    /// promised to a hold or a voucher stays good until the promise ends.
    pub fn expiring(&self, now_ms: i64) -> impl Iterator<Item = Expiring> {
        let pots = self.holdings.iter();
        let free = pots.filter(|((account, _), _)| !account.promised());
        free.flat_map(move |(&(account, unit), holding)| {
            // The soonest come first, and lots that stay come last.
            let past = holding.open().take_while(move |lot| lot.expired(now_ms));
            past.map(move |lot| Expiring { account, unit, lot })
        })
    }
}

#[cfg(test)]
mod tests;
