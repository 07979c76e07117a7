//! What a changed transfer was. Its link still says: of all changes that somebody may have made to
//! one field, the one whose undoing gives the link again is the one that was made.

use carrot_rules::ledger::{Entry, LotId, Posted, chain, lot_id};
use carrot_rules::outcome::transfer_id;
use carrot_rules::{Account, Unit};

use super::chain_rebuild::{Finding, Rebuilt};
use super::chain_walk::StoredTransfer;

/// The most transfers that a command is thought to have caused.
const TRANSFERS_MAX: u32 = 64;
/// The most entries of a transfer that are exchanged with one another.
const SWAPS_MAX: usize = 24;

/// What the database knows beside the transfer.
#[derive(Debug, Default)]
pub(super) struct Hints {
    /// Accounts of the programme.
    pub accounts: Vec<Account>,
    /// When the command happened and was recorded.
    pub instants: Vec<i64>,
}

/// A transfer whose link does not follow.
pub(super) struct Repair<'a> {
    pub prev: [u8; 32],
    pub posted: &'a Posted,
    pub stored: &'a StoredTransfer,
    pub hints: &'a Hints,
}

/// What is wrong, and the transfer as it was.
type Found = (Finding, Posted);

impl Repair<'_> {
    /// The one field, entry or order that was changed; none when it was more than one.
    pub fn find(&self, books: &mut Rebuilt) -> Option<Found> {
        self.words(books)
            .or_else(|| self.order())
            .or_else(|| self.inserted())
            .or_else(|| self.fields(books))
            .or_else(|| self.missing(books))
    }

    /// The transfer with something changed back, when its link then follows.
    fn fits(&self, change: impl FnOnce(&mut Posted)) -> Option<Posted> {
        let mut changed = self.posted.clone();
        change(&mut changed);
        (chain::link(&self.prev, &changed) == self.posted.hash).then_some(changed)
    }

    fn transfer(&self, field: &'static str, is: impl ToString, should: impl ToString) -> Finding {
        Finding::of_transfer(field, is, Some(should.to_string()))
    }

    fn entry(&self, number: usize, field: &'static str, is: String, should: String) -> Finding {
        let entry = &self.posted.entries[number];
        Finding {
            leg: Some(entry.leg.into()),
            account: Some(entry.account.to_string()),
            field,
            is,
            should: Some(should),
        }
    }

    /// The transfer's own fields.
    fn words(&self, books: &Rebuilt) -> Option<Found> {
        let posted = self.posted;
        for purpose in &books.purposes {
            if let Some(was) = self.fits(|one| one.purpose.clone_from(purpose)) {
                return Some((self.transfer("purpose", &posted.purpose, purpose), was));
            }
        }
        for &at_ms in &self.hints.instants {
            if let Some(was) = self.fits(|one| one.occurred_ms = at_ms) {
                return Some((self.transfer("occurred_ms", posted.occurred_ms, at_ms), was));
            }
            if let Some(was) = self.fits(|one| one.recorded_ms = at_ms) {
                return Some((self.transfer("recorded_ms", posted.recorded_ms, at_ms), was));
            }
        }
        for count in 0..TRANSFERS_MAX {
            let id = transfer_id(posted.command, count as usize);
            if let Some(was) = self.fits(|one| one.transfer_id = id) {
                return Some((self.transfer("id", posted.transfer_id, id), was));
            }
        }
        None
    }

    /// Entries that changed places.
    fn order(&self) -> Option<Found> {
        let count = self.posted.entries.len().min(SWAPS_MAX);
        for one in 0..count {
            for other in one + 1..count {
                if let Some(was) = self.fits(|posted| posted.entries.swap(one, other)) {
                    let finding = self.entry(one, "line", one.to_string(), other.to_string());
                    return Some((finding, was));
                }
            }
        }
        None
    }

    /// An entry that was put in.
    fn inserted(&self) -> Option<Found> {
        for number in 0..self.posted.entries.len() {
            let removed = self.fits(|posted| {
                posted.entries.remove(number);
            });
            if let Some(was) = removed {
                let finding = self.entry(number, "entry", "there".to_owned(), "absent".to_owned());
                return Some((finding, was));
            }
        }
        None
    }

    /// A field of an entry.
    fn fields(&self, books: &mut Rebuilt) -> Option<Found> {
        for number in 0..self.posted.entries.len() {
            let found = self
                .number_field(number, books)
                .or_else(|| self.lot_field(number, books))
                .or_else(|| self.named_field(number, books));
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// The balance before an entry of this transfer.
    fn before(&self, number: usize, books: &mut Rebuilt) -> i64 {
        let entry = &self.posted.entries[number];
        let same = |other: &&Entry| (other.account, other.unit) == (entry.account, entry.unit);
        let earlier = self.posted.entries[..number].iter().rev().find(same);
        match earlier {
            Some(other) => other.after,
            None => books.balance(entry),
        }
    }

    fn number_field(&self, number: usize, books: &mut Rebuilt) -> Option<Found> {
        let entry = self.posted.entries[number];
        let before = self.before(number, books);
        let amount = entry.after.saturating_sub(before);
        if let Some(was) = self.fits(|one| one.entries[number].amount = amount) {
            let finding = self.entry(
                number,
                "amount",
                entry.amount.to_string(),
                amount.to_string(),
            );
            return Some((finding, was));
        }
        let after = before.saturating_add(entry.amount);
        if let Some(was) = self.fits(|one| one.entries[number].after = after) {
            let finding = self.entry(number, "after", entry.after.to_string(), after.to_string());
            return Some((finding, was));
        }
        let legs = u32::try_from(self.posted.entries.len()).unwrap_or(u32::MAX);
        for leg in 0..=legs.min(TRANSFERS_MAX) {
            if let Some(was) = self.fits(|one| one.entries[number].leg = leg) {
                let finding = self.entry(number, "leg", entry.leg.to_string(), leg.to_string());
                return Some((finding, was));
            }
        }
        None
    }

    /// Lots that an entry may have been of.
    fn lots(&self, entry: &Entry, books: &mut Rebuilt) -> Vec<Option<LotId>> {
        let begun = (0..TRANSFERS_MAX).map(|leg| lot_id(self.posted.transfer_id, leg));
        let mut lots: Vec<Option<LotId>> = vec![None, Some(LotId::PLAIN)];
        lots.extend(begun.map(Some));
        lots.extend(self.posted.entries.iter().map(|other| other.lot));
        let place = books.place(&entry.account.to_string(), &entry.unit.text());
        let open = books.lots.keys().filter(|key| Some(key.0) == place);
        lots.extend(open.map(|key| Some(LotId(key.1))));
        lots
    }

    fn lot_field(&self, number: usize, books: &mut Rebuilt) -> Option<Found> {
        let entry = self.posted.entries[number];
        let text = |lot: Option<LotId>| lot.map_or("none".to_owned(), |lot| lot.to_string());
        for lot in self.lots(&entry, books) {
            if let Some(was) = self.fits(|one| one.entries[number].lot = lot) {
                return Some((self.entry(number, "lot", text(entry.lot), text(lot)), was));
            }
        }
        None
    }

    fn named_field(&self, number: usize, books: &mut Rebuilt) -> Option<Found> {
        let entry = self.posted.entries[number];
        for &unit in &books.units {
            if let Some(was) = self.fits(|one| one.entries[number].unit = unit) {
                return Some((
                    self.entry(number, "unit", entry.unit.to_string(), unit.to_string()),
                    was,
                ));
            }
        }
        for &account in &self.hints.accounts {
            if let Some(was) = self.fits(|one| one.entries[number].account = account) {
                let is = entry.account.to_string();
                return Some((self.entry(number, "account", is, account.to_string()), was));
            }
        }
        None
    }

    /// An entry that was taken out: it made the transfer balance.
    fn missing(&self, books: &mut Rebuilt) -> Option<Found> {
        let mut sums: Vec<(Unit, i64)> = Vec::new();
        for entry in &self.posted.entries {
            match sums.iter_mut().find(|sum| sum.0 == entry.unit) {
                Some(sum) => sum.1 = sum.1.saturating_add(entry.amount),
                None => sums.push((entry.unit, entry.amount)),
            }
        }
        let (unit, sum) = sums.into_iter().find(|sum| sum.1 != 0)?;
        let line = self.gap();
        let legs = self.legs_at(line);
        for &account in &self.hints.accounts {
            for &leg in &legs {
                let mut entry = Entry {
                    leg,
                    account,
                    unit,
                    amount: -sum,
                    lot: None,
                    after: 0,
                };
                let earlier = self.posted.entries[..line].iter().rev();
                let mut same =
                    earlier.filter(|other| (other.account, other.unit) == (account, unit));
                let before = same.next().map(|other| other.after);
                let before = before.unwrap_or_else(|| books.balance(&entry));
                entry.after = before.saturating_sub(sum);
                let lots = if account.lotted() {
                    self.lots(&entry, books)
                } else {
                    vec![None]
                };
                for lot in lots {
                    entry.lot = lot;
                    if let Some(was) = self.fits(|one| one.entries.insert(line, entry)) {
                        let finding = Finding {
                            leg: Some(leg.into()),
                            account: Some(account.to_string()),
                            field: "entry",
                            is: "missing".to_owned(),
                            should: Some(format!("{} {unit}", entry.amount)),
                        };
                        return Some((finding, was));
                    }
                }
            }
        }
        None
    }

    /// The first line that is not there.
    fn gap(&self) -> usize {
        let lines = (0_i64..).zip(&self.stored.entries);
        let whole = lines.take_while(|(line, entry)| entry.line == *line);
        whole.count().min(self.posted.entries.len())
    }

    /// The legs that an entry at a line may belong to.
    fn legs_at(&self, line: usize) -> Vec<u32> {
        let entries = &self.posted.entries;
        let before = line.checked_sub(1).and_then(|place| entries.get(place));
        let first = before.map_or(0, |entry| entry.leg);
        let last = entries.get(line).map_or(first + 1, |entry| entry.leg);
        (first..=last.min(first.saturating_add(TRANSFERS_MAX))).collect()
    }
}
