//! The same books once more, as simply as can be: every single point in a pot is a coin that knows
//! its lot, and everything is found by looking at all of them.

use std::collections::BTreeMap;

use carrot_rules::ledger::{
    Account, Books, Leg, LotId, Lots, OpenLot, Sign, Stamp, Transfer, Unit, lot_id,
};
use uuid::Uuid;

/// One point, piece or minor unit in a pot.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Coin {
    account: Account,
    unit: Unit,
    lot: LotId,
}

/// A coin that a command took from a pot or put into it.
#[derive(Debug, Clone)]
struct Moved {
    command: Uuid,
    coin: Coin,
    undone: bool,
}

#[derive(Debug, Clone)]
struct Birth {
    lot: LotId,
    command: Uuid,
    seq: i64,
    expires_ms: Option<i64>,
}

/// The model's books.
#[derive(Debug, Clone, Default)]
pub struct Model {
    coins: Vec<Coin>,
    /// Accounts without lots.
    sums: BTreeMap<(Account, Unit), i64>,
    births: Vec<Birth>,
    taken: Vec<Moved>,
    put: Vec<Moved>,
    seq: i64,
}

impl Model {
    /// Books the transfer; false and nothing else when it may not be booked.
    pub fn apply(&mut self, stamp: &Stamp, transfer: &Transfer) -> bool {
        let mut next = self.clone();
        next.seq += 1;
        let done = sound(transfer) && next.legs(stamp, transfer).is_some();
        if done {
            *self = next;
        }
        done
    }

    fn legs(&mut self, stamp: &Stamp, transfer: &Transfer) -> Option<()> {
        let mut under_way: Vec<Coin> = Vec::new();
        for (number, leg) in (0..).zip(&transfer.legs) {
            if !leg.account.lotted() {
                *self.sums.entry((leg.account, leg.unit)).or_default() += leg.amount;
            } else if leg.amount < 0 {
                let coins = self.debit(stamp.command, leg)?;
                under_way.extend(coins);
            } else {
                let begun = lot_id(stamp.transfer_id, number);
                self.credit(stamp.command, leg, begun, &mut under_way);
            }
            let balance = self.balance(leg.account, leg.unit);
            let allowed = match leg.account.sign() {
                Sign::NeverNegative => balance >= 0,
                Sign::NeverPositive => balance <= 0,
                Sign::Either => true,
            };
            allowed.then_some(())?;
        }
        Some(())
    }

    /// Takes coins one by one; none when there are too few.
    fn debit(&mut self, command: Uuid, leg: &Leg) -> Option<Vec<Coin>> {
        let mut coins = Vec::new();
        for _ in 0..-leg.amount {
            let lot = self.next_lot(leg)?;
            let coin = Coin {
                account: leg.account,
                unit: leg.unit,
                lot,
            };
            let place = self.coins.iter().position(|here| *here == coin)?;
            self.coins.remove(place);
            if let Lots::Of { command } = leg.lots {
                undo(self.put.iter_mut(), command, coin);
            }
            coins.push(coin);
        }
        let coins = by_lot(&coins);
        note(&mut self.taken, command, &coins);
        Some(coins)
    }

    /// The lot of the coin that a debit takes next.
    fn next_lot(&self, leg: &Leg) -> Option<LotId> {
        let here: Vec<LotId> = self.spending(leg.account, leg.unit);
        match &leg.lots {
            Lots::Lot { lot } => here.contains(lot).then_some(*lot),
            Lots::Of { command } => {
                let put = self.put.iter().filter(|moved| {
                    let mine = moved.command == *command && !moved.undone;
                    mine && (moved.coin.account, moved.coin.unit) == (leg.account, leg.unit)
                });
                let mut put = put.map(|moved| moved.coin.lot);
                let put = put.find(|lot| here.contains(lot));
                let begun = |lot: &&LotId| {
                    let mut births = self.births.iter();
                    births.any(|birth| birth.lot == **lot && birth.command == *command)
                };
                put.or_else(|| here.iter().find(begun).copied())
                    .or_else(|| here.first().copied())
            }
            _ => here.first().copied(),
        }
    }

    fn credit(&mut self, command: Uuid, leg: &Leg, begun: LotId, under_way: &mut Vec<Coin>) {
        let mut coins = Vec::new();
        for _ in 0..leg.amount {
            let known = match &leg.lots {
                Lots::Carried => {
                    let next = under_way.iter().position(|coin| coin.unit == leg.unit);
                    next.map(|place| under_way.remove(place).lot)
                }
                Lots::Of { command } => {
                    let mine = self.taken.iter_mut().rev().find(|moved| {
                        let place = (moved.coin.account, moved.coin.unit);
                        moved.command == *command
                            && !moved.undone
                            && place == (leg.account, leg.unit)
                    });
                    mine.map(|moved| {
                        moved.undone = true;
                        moved.coin.lot
                    })
                }
                _ => None,
            };
            coins.push(Coin {
                account: leg.account,
                unit: leg.unit,
                lot: known.unwrap_or(begun),
            });
        }
        if coins.iter().any(|coin| coin.lot == begun) {
            let expires_ms = match &leg.lots {
                Lots::Born(terms) => terms.expires_ms,
                _ => None,
            };
            self.births.push(Birth {
                lot: begun,
                command,
                seq: self.seq,
                expires_ms,
            });
        }
        let coins = by_lot(&coins);
        note(&mut self.put, command, &coins);
        self.coins.extend(coins);
    }

    /// The lots in a pot, each once, in spending order.
    fn spending(&self, account: Account, unit: Unit) -> Vec<LotId> {
        let coins = self.coins.iter();
        let here = coins.filter(|coin| (coin.account, coin.unit) == (account, unit));
        let mut lots: Vec<LotId> = here.map(|coin| coin.lot).collect();
        lots.sort_by_key(|lot| {
            let birth = self.births.iter().find(|birth| birth.lot == *lot);
            let expires_ms = birth.and_then(|birth| birth.expires_ms);
            let seq = birth.map_or(i64::MAX, |birth| birth.seq);
            (expires_ms.is_none(), expires_ms, seq, *lot)
        });
        lots.dedup();
        lots
    }

    /// A balance, by counting.
    pub fn balance(&self, account: Account, unit: Unit) -> i64 {
        let coins = self.coins.iter();
        let mine = coins.filter(|coin| (coin.account, coin.unit) == (account, unit));
        let sum = self.sums.get(&(account, unit)).copied().unwrap_or(0);
        sum + i64::try_from(mine.count()).unwrap()
    }

    /// A pot's lots with what is left of each, in spending order.
    fn lots(&self, account: Account, unit: Unit) -> Vec<(LotId, i64)> {
        let lots = self.spending(account, unit).into_iter();
        let left = |lot| {
            let coin = Coin { account, unit, lot };
            let left = self.coins.iter().filter(|here| **here == coin).count();
            (lot, i64::try_from(left).unwrap())
        };
        lots.map(left).collect()
    }

    /// Refuses books that differ from the model's in any balance or lot.
    pub fn compare(&self, books: &Books, now_ms: i64) {
        let mut keys: Vec<(Account, Unit)> = self.sums.keys().copied().collect();
        keys.extend(self.coins.iter().map(|coin| (coin.account, coin.unit)));
        keys.extend(books.balances().map(|(account, unit, _)| (account, unit)));
        keys.sort();
        keys.dedup();
        let mut expiring = Vec::new();
        for (account, unit) in keys {
            let balance = books.balance(account, unit);
            assert_eq!(balance, self.balance(account, unit), "{account} {unit}");
            let lots: Vec<OpenLot> = books.lots(account, unit).collect();
            let left: Vec<(LotId, i64)> = lots.iter().map(|lot| (lot.id, lot.left)).collect();
            assert_eq!(left, self.lots(account, unit), "{account} {unit}");
            let held: i64 = lots.iter().map(|lot| lot.left).sum();
            assert!(!account.lotted() || held == balance, "{account} {unit}");
            let name = account.to_string();
            let promised = name.ends_with(":reserved") || name.starts_with("escrow:voucher:");
            for (lot, left) in left {
                let birth = self.births.iter().find(|birth| birth.lot == lot);
                let until = birth.and_then(|birth| birth.expires_ms);
                if !promised && until.is_some_and(|until| until <= now_ms) {
                    expiring.push((account, unit, lot, left));
                }
            }
        }
        let due = books.expiring(now_ms);
        let due = due.map(|due| (due.account, due.unit, due.lot.id, due.lot.left));
        assert_eq!(due.collect::<Vec<_>>(), expiring);
    }
}

/// What no books take, whatever they hold.
fn sound(transfer: &Transfer) -> bool {
    let fits = |leg: &Leg| match &leg.lots {
        Lots::Born(_) => leg.amount > 0,
        Lots::Lot { .. } => leg.amount < 0,
        _ => leg.amount != 0,
    };
    let mut sums: BTreeMap<Unit, i128> = BTreeMap::new();
    for leg in &transfer.legs {
        *sums.entry(leg.unit).or_default() += i128::from(leg.amount);
    }
    !transfer.legs.is_empty()
        && transfer.legs.iter().all(fits)
        && transfer
            .legs
            .iter()
            .all(|leg| leg.amount.unsigned_abs() < 1 << 53)
        && sums.into_values().all(|sum| sum == 0)
}

/// The coins with those of one lot together, where the first of them was.
fn by_lot(coins: &[Coin]) -> Vec<Coin> {
    let first = |coin: &Coin| coins.iter().position(|other| other == coin);
    let mut sorted = coins.to_vec();
    sorted.sort_by_key(first);
    sorted
}

fn note(moves: &mut Vec<Moved>, command: Uuid, coins: &[Coin]) {
    let moved = coins.iter().map(|coin| Moved {
        command,
        coin: *coin,
        undone: false,
    });
    moves.extend(moved);
}

/// Marks the first coin like this one that the command moved.
fn undo<'a>(mut moves: impl Iterator<Item = &'a mut Moved>, command: Uuid, coin: Coin) {
    let first = moves.find(|moved| moved.command == command && moved.coin == coin && !moved.undone);
    if let Some(moved) = first {
        moved.undone = true;
    }
}
