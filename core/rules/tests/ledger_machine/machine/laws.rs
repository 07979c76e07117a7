//! Laws over the whole history: what was undone is what was done, reads of the past are the past,
//! and the chain holds.

use std::collections::BTreeSet;

use carrot_rules::ledger::Entry;

use super::*;

impl Machine {
    /// The entries of a leg add up to it, one for each lot, and end at the account's balance.
    pub(super) fn entries(&self, posted: &Posted, transfer: &Transfer) {
        for (number, leg) in (0..).zip(&transfer.legs) {
            let mine = posted.entries.iter().filter(|entry| entry.leg == number);
            let mine: Vec<&Entry> = mine.collect();
            let sum: i64 = mine.iter().map(|entry| entry.amount).sum();
            assert_eq!(sum, leg.amount);
            for entry in &mine {
                assert_eq!((entry.account, entry.unit), (leg.account, leg.unit));
                assert_eq!(entry.amount.signum(), leg.amount.signum());
                assert_eq!(entry.lot.is_some(), leg.account.lotted());
            }
            let lots: BTreeSet<Option<LotId>> = mine.iter().map(|entry| entry.lot).collect();
            assert_eq!(lots.len(), mine.len());
        }
        let legs: Vec<u32> = posted.entries.iter().map(|entry| entry.leg).collect();
        assert!(legs.is_sorted());
        let mut last = BTreeMap::new();
        for entry in &posted.entries {
            let key = (entry.account, entry.unit);
            if let Some(before) = last.insert(key, entry.after) {
                assert_eq!(entry.after - entry.amount, before);
            }
        }
        for ((account, unit), after) in last {
            assert_eq!(self.books.balance(account, unit), after);
        }
    }

    /// By lot, what a command moved in an account in transfers of these purposes.
    fn moved(&self, account: Account, counts: impl Fn(&Posted) -> bool) -> BTreeMap<LotId, i64> {
        let mut moved = BTreeMap::new();
        for posted in self.books.posted().filter(|posted| counts(posted)) {
            for entry in &posted.entries {
                if let (true, Some(lot)) = (entry.account == account, entry.lot) {
                    *moved.entry(lot).or_default() += entry.amount;
                }
            }
        }
        moved.retain(|_, amount| *amount != 0);
        moved
    }

    /// The commands that undid this one: their transfers have one of the purposes and a leg of it.
    fn undid(&self, command: Uuid, purposes: &[&str]) -> Vec<Uuid> {
        let wanted = Lots::Of { command };
        let mine = self.history.iter().filter(|(_, transfer)| {
            purposes.contains(&transfer.purpose.as_str())
                && transfer.legs.iter().any(|leg| leg.lots == wanted)
        });
        mine.map(|(stamp, _)| stamp.command).collect()
    }

    /// True when wild legs undid something of this command too.
    fn meddled(&self, command: Uuid) -> bool {
        !self.undid(command, &["wild"]).is_empty()
    }

    /// What was given back of a command so far is of the lots that it took, no more of each, and
    /// at the end all of it. `account` is where it comes back to or, for a hold, goes from.
    pub(super) fn undone(&self, open: &Open, purposes: &[&str], account: Account) {
        let undid = self.undid(open.command, purposes);
        let wild = self.meddled(open.command);
        let back = self.moved(account, |posted| undid.contains(&posted.command));
        let done = match purposes {
            ["refund"] => self.moved(Account::reserved(open.person), |posted| {
                posted.command == open.command
            }),
            _ => self.moved(account, |posted| posted.command == open.command),
        };
        if wild || self.wild_in(Account::reserved(open.person)) {
            return;
        }
        for (lot, amount) in &back {
            let most = done.get(lot).copied().unwrap_or(0);
            assert!(amount.signum() == -most.signum(), "{lot}: {amount} {most}");
            assert!(amount.abs() <= most.abs(), "{lot}: {amount} {most}");
        }
        let total = |moved: &BTreeMap<LotId, i64>| moved.values().sum::<i64>();
        if total(&back) == -total(&done) {
            let opposite = done.iter().map(|(lot, amount)| (*lot, -amount));
            assert_eq!(back, opposite.collect());
        }
    }

    /// True when wild legs took from a pot: then a hold there may lack its own lots.
    fn wild_in(&self, account: Account) -> bool {
        self.history.iter().any(|(_, transfer)| {
            let mut legs = transfer.legs.iter();
            transfer.purpose == "wild" && legs.any(|leg| leg.account == account && leg.amount < 0)
        })
    }

    /// The chain holds and re-computes; every prefix of the history, booked again, gives the
    /// balances that reads of the past give, and the same links.
    pub fn end(&self) {
        assert_eq!(chain::broken(self.books.posted()), None);
        let mut replay = Books::default();
        let mut prev = chain::START;
        self.as_of(&replay, 0, i64::MIN);
        let recorded: Vec<i64> = self.books.posted().map(|one| one.recorded_ms).collect();
        for (place, (stamp, transfer)) in self.history.iter().enumerate() {
            let posted = replay.post(stamp, transfer).unwrap();
            assert_eq!(Some(&posted), self.books.posted().nth(place));
            assert_eq!(posted.hash, chain::link(&prev, &posted));
            prev = posted.hash;
            // At an instant everything that was recorded at it counts.
            let last = recorded.get(place + 1) != Some(&posted.recorded_ms);
            let instant = if last { posted.recorded_ms } else { i64::MIN };
            self.as_of(&replay, posted.seq, instant);
        }
        assert_eq!(replay.head(), self.books.head());
        for (stamp, transfer) in &self.history {
            replay.post(stamp, transfer).unwrap();
        }
        assert_eq!(replay.head(), self.books.head());
        self.model.compare(&replay, self.now_ms);
    }

    fn as_of(&self, replay: &Books, seq: i64, instant: i64) {
        for (account, unit, _) in self.books.balances() {
            let balance = replay.balance(account, unit);
            assert_eq!(self.books.balance_at(account, unit, seq), balance);
            if instant > i64::MIN || seq == 0 {
                assert_eq!(self.books.balance_as_of(account, unit, instant), balance);
            }
        }
    }

    /// How often each kind of transfer was booked.
    pub fn purposes(&self) -> BTreeMap<String, usize> {
        let mut counted = BTreeMap::new();
        for (_, transfer) in &self.history {
            *counted.entry(transfer.purpose.clone()).or_default() += 1;
        }
        counted
    }
}
