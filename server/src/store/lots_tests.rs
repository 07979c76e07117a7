//! The database does what [`Books`] do in memory: every entry, every lot, every link, over long
//! histories at random, booked one by one or held back, with savepoints undone in between.

use std::path::Path;
use std::sync::Arc;

use carrot_rules::entity::Programme;
use carrot_rules::ledger::{Books, LotClass, LotId, LotTerms, Lots, Stamp};
use carrot_rules::ruleset::RuleSet;
use carrot_rules::{Account, Leg, Pot, Transfer, Unit};
use uuid::Uuid;

use super::chain_walk::Walk;
use super::{NewProgramme, Store};
use crate::clock::{Clock as _, ManualClock};
use crate::error::Error;

/// The programme of these tests.
pub(crate) const PROGRAMME: Uuid = Uuid::from_u128(0xb0);
const START_MS: i64 = 1_790_000_000_000;

/// Numbers that look random and are the same every time.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `bound`.
    pub(crate) fn roll(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % bound
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[usize::try_from(self.roll(all.len() as u64)).unwrap()]
    }
}

fn accounts() -> Vec<Account> {
    let (one, two) = (Uuid::from_u128(1), Uuid::from_u128(2));
    vec![
        Account::Issuance,
        Account::Issuance,
        Account::active(one),
        Account::pending(one),
        Account::reserved(one),
        Account::active(two),
        Account::Outlet(Uuid::from_u128(3), Pot::Active),
        Account::Voucher(Uuid::from_u128(4)),
        Account::Redeemed,
        Account::Partner("acme".parse().unwrap()),
    ]
}

/// A store with a programme whose books are empty, and its clock.
pub(crate) async fn empty(folder: &Path) -> (Store, Arc<ManualClock>) {
    let clock = Arc::new(ManualClock::at(START_MS));
    let store = Store::open_with_clock(folder, Arc::clone(&clock) as _)
        .await
        .unwrap();
    let programme = Programme {
        id: PROGRAMME,
        code: "books".to_owned(),
        name: "Books".to_owned(),
        points_word: Default::default(),
        theme: Default::default(),
        currency: "DKK".to_owned(),
        time_zone: "UTC".to_owned(),
    };
    let new = NewProgramme {
        programme,
        rules: RuleSet::default(),
        offline_budget_points: 0,
    };
    store.create_programme(new).await.unwrap();
    (store, clock)
}

/// A history at random, and the books that it must come to.
pub(crate) struct History {
    pub dice: Dice,
    pub books: Books,
    commands: Vec<(Uuid, u64)>,
}

impl History {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            dice: Dice::new(seed),
            books: Books::default(),
            commands: (0..8).map(|n| (Uuid::from_u128(0xc0 + n), 0)).collect(),
        }
    }

    fn lots(&mut self, account: Account, unit: Unit, amount: i64) -> Lots {
        let command = self.commands[usize::try_from(self.dice.roll(8)).unwrap()].0;
        match self.dice.roll(8) {
            0 | 1 => Lots::Carried,
            2..=4 => Lots::Of { command },
            5 | 6 if amount > 0 => Lots::Born(LotTerms {
                expires_ms: (self.dice.roll(4) > 0)
                    .then(|| START_MS + i64::try_from(self.dice.roll(5)).unwrap()),
                funder: Some("brand".parse().unwrap()),
                ..LotTerms::of(LotClass::BuyerPoints)
            }),
            5 if amount < 0 => {
                let open: Vec<LotId> = self.books.lots(account, unit).map(|lot| lot.id).collect();
                let lot = if open.is_empty() {
                    LotId::PLAIN
                } else {
                    self.dice.of(&open)
                };
                Lots::Lot { lot }
            }
            _ => Lots::Soonest,
        }
    }

    fn transfer(&mut self) -> Transfer {
        let mut legs = Vec::new();
        for _ in 0..=self.dice.roll(2) {
            let unit = self.dice.of(&[
                Unit::Points,
                Unit::Points,
                Unit::Goods("mugs".parse().unwrap()),
            ]);
            let (from, to) = (self.dice.of(&accounts()), self.dice.of(&accounts()));
            let most = match from {
                Account::Issuance | Account::Partner(_) => 40,
                other => u64::try_from(self.books.balance(other, unit)).unwrap(),
            };
            let amount = i64::try_from(1 + self.dice.roll(most + 1 + most / 8)).unwrap();
            for (account, amount) in [(from, -amount), (to, amount)] {
                let lots = self.lots(account, unit, amount);
                let leg = Leg {
                    account,
                    unit,
                    amount,
                    lots,
                };
                legs.push(leg);
            }
        }
        Transfer {
            purpose: "award".to_owned(),
            legs,
        }
    }

    /// The next transfer and the stamp it is booked with, if it is.
    pub(crate) fn next(&mut self, now_ms: i64) -> (Stamp, Transfer) {
        let place = usize::try_from(self.dice.roll(8)).unwrap();
        let (command, count) = self.commands[place];
        let stamp = Stamp {
            transfer_id: Uuid::new_v5(&command, format!("transfer:{count}").as_bytes()),
            command,
            occurred_ms: now_ms - 5,
            recorded_ms: now_ms,
        };
        (stamp, self.transfer())
    }

    /// Counts a transfer that was booked.
    pub(crate) fn done(&mut self, command: Uuid) {
        let known = self.commands.iter_mut().find(|known| known.0 == command);
        known.unwrap().1 += 1;
    }
}

async fn agree(store: &Store, books: &Books) {
    let mut conn = store.reads_all().acquire().await.unwrap();
    let mut walk = Walk::of(&PROGRAMME.to_string());
    let mut stored = Vec::new();
    while let Some(page) = walk.page(&mut conn).await.unwrap() {
        assert!(page.strays.is_empty());
        stored.extend(page.transfers.iter().map(|one| one.posted().unwrap()));
    }
    let posted: Vec<_> = books.posted().cloned().collect();
    for (ours, theirs) in stored.iter().zip(&posted) {
        assert_eq!(ours, theirs);
    }
    assert_eq!(stored.len(), posted.len());
    let mut tx = store.begin(PROGRAMME).await.unwrap();
    for (account, unit, balance) in books.balances() {
        let lots: Vec<_> = books.lots(account, unit).collect();
        assert_eq!(
            tx.open_lots(account, unit, i64::MAX).await.unwrap(),
            lots,
            "{account}"
        );
        assert_eq!(tx.balance_in(account, unit).await.unwrap(), balance);
    }
    assert_eq!(tx.chain_head().await.unwrap().hash, books.head());
}

/// Books a history. `batch` transfers share a transaction; they are held back when `hold` says so.
async fn run(seed: u64, rounds: usize, batch: usize, hold: bool) -> (usize, usize) {
    let folder = tempfile::tempdir().unwrap();
    let (store, clock) = empty(folder.path()).await;
    let mut history = History::new(seed);
    let (mut booked, mut refused) = (0, 0);
    for _ in 0..rounds {
        // The clock steps back now and then.
        let step = i64::try_from(history.dice.roll(5)).unwrap() - 1;
        clock.set(clock.now_ms() + step);
        let mut tx = store.begin(PROGRAMME).await.unwrap();
        if hold {
            tx.hold_back();
        }
        for _ in 0..batch {
            let (stamp, transfer) = history.next(tx.now_ms());
            tx.savepoint().await.unwrap();
            let done = tx.book(stamp.command, stamp.occurred_ms, &transfer).await;
            if done.is_ok() && history.dice.roll(6) == 0 {
                tx.undo().await.unwrap();
                continue;
            }
            match (history.books.post(&stamp, &transfer), done) {
                (Ok(_), Ok(())) => {
                    tx.release().await.unwrap();
                    history.done(stamp.command);
                    booked += 1;
                }
                (Err(ours), Err(Error::Books(theirs))) => {
                    assert_eq!(ours.to_string(), theirs);
                    tx.undo().await.unwrap();
                    refused += 1;
                }
                (ours, theirs) => panic!("seed {seed}: {transfer:?}: {ours:?}, {theirs:?}"),
            }
        }
        tx.commit().await.unwrap();
    }
    agree(&store, &history.books).await;
    (booked, refused)
}

#[tokio::test]
async fn the_store_books_as_the_books_in_memory_do() {
    let mut sums = (0, 0);
    for seed in 0..12 {
        let (booked, refused) = match seed % 3 {
            0 => run(seed, 120, 1, false).await,
            1 => run(seed, 12, 20, true).await,
            _ => run(seed, 40, 6, seed % 2 == 0).await,
        };
        sums = (sums.0 + booked, sums.1 + refused);
    }
    assert!(sums.0 > 800 && sums.1 > 200, "{sums:?}");
}
