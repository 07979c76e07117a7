//! Books rebuilt from their transfers, one after another: balances, lots, and what of a transfer does
//! not fit what came before. Memory grows with accounts and open lots, not with entries.

use std::collections::{BTreeSet, HashMap};

use carrot_rules::ledger::{Entry, LotId, Posted, lot_id};
use carrot_rules::{Account, Unit};
use uuid::Uuid;

use super::chain;
use super::chain_walk::{StoredEntry, StoredTransfer};
use super::programme::uuid;

/// The most purposes and units that are remembered for finding out what a changed one was.
const WORDS_MAX: usize = 64;

/// Something wrong with an entry, or with its transfer when there is no leg.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding {
    pub leg: Option<i64>,
    pub account: Option<String>,
    pub field: &'static str,
    pub is: String,
    pub should: Option<String>,
}

impl Finding {
    /// About a transfer.
    pub fn of_transfer(field: &'static str, is: impl ToString, should: Option<String>) -> Self {
        Self {
            leg: None,
            account: None,
            field,
            is: is.to_string(),
            should,
        }
    }

    /// About an entry.
    pub fn of_entry(
        entry: &StoredEntry,
        field: &'static str,
        is: impl ToString,
        should: Option<String>,
    ) -> Self {
        Self {
            leg: Some(entry.leg),
            account: Some(entry.account.clone()),
            field,
            is: is.to_string(),
            should,
        }
    }
}

/// An account in one unit.
#[derive(Debug)]
pub(super) struct Holding {
    pub account: Account,
    pub unit: Unit,
    pub balance: i64,
}

/// The books as far as they were walked.
#[derive(Debug, Default)]
pub(super) struct Rebuilt {
    places: HashMap<String, usize>,
    pub holdings: Vec<Holding>,
    /// What is left of each lot in each holding, none of them empty.
    pub lots: HashMap<(usize, Uuid), i64>,
    /// Lots that were begun.
    pub begun: i64,
    pub purposes: BTreeSet<String>,
    pub units: BTreeSet<Unit>,
    /// Holdings on the wrong side of zero that may come back within the same instant: transfers from
    /// before there were numbers are in no certain order there.
    off: Vec<(usize, i64, Finding)>,
    key: String,
}

impl Rebuilt {
    /// The holding of an account and a unit by their texts; none when they do not read.
    pub fn place(&mut self, account: &str, unit: &str) -> Option<usize> {
        self.key.clear();
        self.key.push_str(unit);
        self.key.push(' ');
        self.key.push_str(account);
        if let Some(place) = self.places.get(&self.key) {
            return Some(*place);
        }
        let holding = Holding {
            account: account.parse().ok()?,
            unit: unit.parse().ok()?,
            balance: 0,
        };
        if self.units.len() < WORDS_MAX {
            self.units.insert(holding.unit);
        }
        self.places.insert(self.key.clone(), self.holdings.len());
        self.holdings.push(holding);
        Some(self.holdings.len() - 1)
    }

    /// The transfer in the books' own terms and the places of its entries' holdings; or what of it
    /// does not read.
    pub fn read(&mut self, stored: &StoredTransfer) -> Result<(Posted, Vec<usize>), Finding> {
        let mut places = Vec::with_capacity(stored.entries.len());
        let id = |field, text: &str| {
            let unreadable = |_| Finding::of_transfer(field, text, None);
            uuid(text).map_err(unreadable)
        };
        let mut posted = Posted {
            seq: stored.seq,
            transfer_id: id("id", &stored.id)?,
            command: id("command", &stored.command_id)?,
            purpose: stored.purpose.clone(),
            recorded_ms: stored.recorded_ms,
            occurred_ms: stored.occurred_ms,
            entries: Vec::with_capacity(stored.entries.len()),
            hash: chain::hash(&stored.hash)
                .map_err(|_| Finding::of_transfer("hash", &stored.hash, None))?,
        };
        for entry in &stored.entries {
            let (entry, place) = self.entry(entry)?;
            posted.entries.push(entry);
            places.push(place);
        }
        if self.purposes.len() < WORDS_MAX && !self.purposes.contains(&stored.purpose) {
            self.purposes.insert(stored.purpose.clone());
        }
        Ok((posted, places))
    }

    /// The entry in the books' own terms; or what of it does not read.
    fn entry(&mut self, stored: &StoredEntry) -> Result<(Entry, usize), Finding> {
        let bad = |field, is: &str| Finding::of_entry(stored, field, is, None);
        let Some(place) = self.place(&stored.account, &stored.unit) else {
            return Err(match stored.unit.parse::<Unit>() {
                Ok(_) => bad("account", &stored.account),
                Err(_) => bad("unit", &stored.unit),
            });
        };
        let lot = match stored.lot.as_str() {
            "" => None,
            text => Some(LotId(uuid(text).map_err(|_| bad("lot", text))?)),
        };
        let entry = Entry {
            leg: u32::try_from(stored.leg).map_err(|_| bad("leg", &stored.leg.to_string()))?,
            account: self.holdings[place].account,
            unit: self.holdings[place].unit,
            amount: stored.amount,
            lot,
            after: stored.after,
        };
        Ok((entry, place))
    }

    /// The places of entries that were not read from the database.
    pub fn places_of(&mut self, posted: &Posted) -> Vec<usize> {
        let entries = posted.entries.iter();
        entries
            .filter_map(|entry| self.place(&entry.account.to_string(), &entry.unit.text()))
            .collect()
    }

    /// The balance of an account now.
    pub fn balance(&mut self, entry: &Entry) -> i64 {
        let place = self.place(&entry.account.to_string(), &entry.unit.text());
        place.map_or(0, |place| self.holdings[place].balance)
    }

    /// Books a transfer again and says what does not fit. Afterwards balances are what it says, so
    /// that one fault is not found over and over.
    pub fn apply(&mut self, posted: &Posted, places: &[usize]) -> Vec<Finding> {
        let mut found = Vec::new();
        if posted.entries.is_empty() {
            found.push(Finding::of_transfer("entries", "none", None));
        }
        let sums = sums(posted);
        for (entry, &place) in posted.entries.iter().zip(places) {
            let sum = sums.iter().find(|sum| sum.0 == entry.unit);
            let sum = sum.map_or(0, |sum| sum.1);
            self.apply_entry(entry, place, sum, posted, &mut found);
        }
        for (unit, sum) in sums.into_iter().filter(|sum| sum.1 != 0) {
            let should = Some("0".to_owned());
            found.push(Finding::of_transfer("sum", format!("{sum} {unit}"), should));
        }
        found
    }

    fn apply_entry(
        &mut self,
        entry: &Entry,
        place: usize,
        sum: i128,
        posted: &Posted,
        found: &mut Vec<Finding>,
    ) {
        let finding = |field, is: String, should: Option<String>| Finding {
            leg: Some(entry.leg.into()),
            account: Some(entry.account.to_string()),
            field,
            is,
            should,
        };
        let before = self.holdings[place].balance;
        let after = before.saturating_add(entry.amount);
        let moved = entry.after.saturating_sub(before);
        if after != entry.after {
            // Where the right amount would also make the transfer balance, it is the amount.
            let amount = i128::from(entry.amount) - sum == i128::from(moved) && sum != 0;
            found.push(if amount {
                finding("amount", entry.amount.to_string(), Some(moved.to_string()))
            } else {
                finding("after", entry.after.to_string(), Some(after.to_string()))
            });
        }
        self.holdings[place].balance = entry.after;
        if !entry.account.sign().allows(entry.after) {
            let side = if entry.after < 0 { "below" } else { "above" };
            let off = finding(
                "after",
                format!("{}, which is {side} zero", entry.after),
                None,
            );
            self.off.push((place, posted.recorded_ms, off));
        }
        if let Some((is, should)) = self.shift(place, entry, posted.transfer_id) {
            found.push(finding("lot", is, should));
        }
    }

    /// Moves a lot; what is wrong with that and what would be right.
    fn shift(
        &mut self,
        place: usize,
        entry: &Entry,
        transfer: Uuid,
    ) -> Option<(String, Option<String>)> {
        let Some(lot) = entry.lot else {
            return entry.account.lotted().then(|| ("none".to_owned(), None));
        };
        if !entry.account.lotted() {
            return Some((lot.to_string(), Some("none".to_owned())));
        }
        if entry.amount > 0 && lot == lot_id(transfer, entry.leg) {
            self.begun += 1;
        }
        let left = self.lots.entry((place, lot.0)).or_insert(0);
        *left = left.saturating_add(entry.amount);
        match *left {
            0 => {
                self.lots.remove(&(place, lot.0));
                None
            }
            1.. => None,
            short => {
                *left = 0;
                self.lots.remove(&(place, lot.0));
                Some((format!("{lot}, which lacks {}", -short), None))
            }
        }
    }

    /// Holdings that stayed on the wrong side of zero when an instant was over.
    pub fn still_off(&mut self, now_ms: Option<i64>) -> Vec<Finding> {
        let over = |at_ms: i64| now_ms.is_none_or(|now_ms| at_ms < now_ms);
        if !self.off.iter().any(|off| over(off.1)) {
            return Vec::new();
        }
        let mut found = Vec::new();
        for (place, at_ms, finding) in std::mem::take(&mut self.off) {
            let holding = &self.holdings[place];
            if !over(at_ms) {
                self.off.push((place, at_ms, finding));
            } else if !holding.account.sign().allows(holding.balance) {
                found.push(finding);
            }
        }
        found
    }
}

/// What the entries of each unit sum to.
fn sums(posted: &Posted) -> Vec<(Unit, i128)> {
    let mut sums: Vec<(Unit, i128)> = Vec::new();
    for entry in &posted.entries {
        match sums.iter_mut().find(|sum| sum.0 == entry.unit) {
            Some(sum) => sum.1 += i128::from(entry.amount),
            None => sums.push((entry.unit, entry.amount.into())),
        }
    }
    sums
}
