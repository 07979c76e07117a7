//! The books and their model side by side, and the laws that hold after every step.

mod holds;
mod laws;

use std::collections::BTreeMap;

use carrot_rules::ledger::{
    Account, Books, LotId, Lots, Posted, Refusal, Stamp, Transfer, Unit, chain,
};
use uuid::Uuid;

use crate::model::Model;
use crate::steps::{Grant, Index, Step, budget, command, person, shop, terms, unit, wild_transfer};

/// Something that later steps undo: a hold, a capture, a redemption.
#[derive(Debug, Clone, Copy)]
struct Open {
    command: Uuid,
    person: Uuid,
    unit: Unit,
    account: Account,
    left: i64,
}

#[derive(Debug, Clone, Copy)]
struct Award {
    command: Uuid,
    person: Uuid,
    points: i64,
    pending: bool,
}

/// Books, model and what happened.
#[derive(Default)]
pub struct Machine {
    books: Books,
    model: Model,
    now_ms: i64,
    tries: u128,
    history: Vec<(Stamp, Transfer)>,
    awards: Vec<Award>,
    spends: Vec<Open>,
    holds: Vec<Open>,
    captures: Vec<Open>,
}

fn pick<T>(list: &mut [T], of: Index) -> Option<&mut T> {
    (!list.is_empty()).then(|| of.get_mut(list))
}

impl Machine {
    /// Does a step; the laws are asserted on the way.
    pub fn step(&mut self, step: Step) {
        match step {
            Step::Award(award) => self.award(&award),
            Step::Approve { of } => self.approve(of),
            Step::Lapse { of } => self.lapse(of),
            Step::Reverse { of } => self.reverse(of),
            Step::Spend {
                person: who,
                points,
                goods,
            } => self.spend(person(who), points, unit(goods)),
            Step::Return { of, points } => self.give_back(of, points),
            Step::Hold {
                person: who,
                points,
            } => self.hold(person(who), points),
            Step::Capture { of, points, outlet } => self.capture(of, points, shop(outlet)),
            Step::Release { of, points } => self.release(of, points),
            Step::Refund { of, points } => self.refund(of, points),
            Step::Fund { points } => {
                let legs = [(Account::Issuance, -points), (budget(), points)];
                self.post(&Transfer::points("funding", &legs).unwrap())
                    .unwrap();
            }
            Step::Settle { minor } => self.settle(minor),
            Step::Sweep => self.sweep(),
            Step::Later { ms } => self.now_ms += ms,
            Step::Again { of } => self.again(of),
            Step::Wild { legs, even } => {
                let ids: Vec<Uuid> = self.history.iter().map(|one| one.0.transfer_id).collect();
                let transfer = wild_transfer(&legs, even, &ids, self.now_ms);
                let _ = self.post(&transfer);
            }
        }
    }

    /// The command of the next transfer.
    fn next_command(&self) -> Uuid {
        Uuid::from_u128(self.tries + 1)
    }

    fn post(&mut self, transfer: &Transfer) -> Result<Posted, Refusal> {
        let stamp = Stamp {
            transfer_id: Uuid::from_u128((self.tries + 1) << 64),
            command: self.next_command(),
            occurred_ms: self.now_ms - 3,
            recorded_ms: self.now_ms,
        };
        assert_eq!(command(stamp.transfer_id), stamp.command);
        self.tries += 1;
        let result = self.books.post(&stamp, transfer);
        let expected = self.model.apply(&stamp, transfer);
        assert_eq!(result.is_ok(), expected, "{result:?} {transfer:?}");
        if let Ok(posted) = &result {
            self.entries(posted, transfer);
            self.history.push((stamp, transfer.clone()));
        }
        self.laws();
        result
    }

    /// What holds at any time: nothing is lost or made, no balance is on a side where it may not
    /// be, and the model's books say the same.
    fn laws(&self) {
        let mut sums: BTreeMap<Unit, i64> = BTreeMap::new();
        for (account, unit, balance) in self.books.balances() {
            *sums.entry(unit).or_default() += balance;
            let holder = account.to_string();
            let owed = holder.starts_with("clawback:") || holder == "programme:issuance";
            let either = holder.starts_with("partner:") || holder.starts_with("settlement:");
            assert!(balance >= 0 || owed || either, "{account} {balance}");
            assert!(balance <= 0 || !owed, "{account} {balance}");
        }
        assert!(sums.values().all(|sum| *sum == 0), "{sums:?}");
        assert_eq!(self.books.posted().len(), self.history.len());
        self.model.compare(&self.books, self.now_ms);
    }

    /// An award of a new lot. Later steps approve, let lapse and reverse those of issued points.
    fn award(&mut self, award: &Grant) {
        let person = person(award.person);
        let (points, unit) = (award.points, unit(award.goods));
        let from = if award.budget {
            budget()
        } else {
            Account::Issuance
        };
        let to = if award.pending {
            Account::pending(person)
        } else {
            Account::active(person)
        };
        let terms = terms(award.expires_in_ms.map(|ms| self.now_ms + ms));
        let transfer = Transfer::of("award")
            .unit(unit)
            .leg(from, -points)
            .leg_lots(to, points, Lots::Born(terms));
        let command = self.next_command();
        let enough = !award.budget || self.books.balance(from, unit) >= points;
        let booked = self.post(&transfer.finish().unwrap());
        assert_eq!(booked.is_ok(), enough);
        if booked.is_ok() && !award.budget && !award.goods {
            self.awards.push(Award {
                command,
                person,
                points,
                pending: award.pending,
            });
        }
    }

    /// What is left in the pending pot of an award; wild legs and expiry may have taken it.
    fn waiting(&mut self, of: Index) -> Option<(Award, i64)> {
        let award = *pick(&mut self.awards, of)?;
        let there = self
            .books
            .balance(Account::pending(award.person), Unit::Points);
        let points = award.points.min(there);
        (award.pending && points > 0).then_some((award, points))
    }

    fn approve(&mut self, of: Index) {
        let Some((award, points)) = self.waiting(of) else {
            return;
        };
        let owed = -self
            .books
            .balance(Account::Clawback(award.person), Unit::Points);
        let paid_back = owed.min(points);
        let undo = Lots::Of {
            command: award.command,
        };
        let approve = Transfer::of("approval")
            .leg_lots(Account::pending(award.person), -points, undo)
            .leg(Account::Clawback(award.person), paid_back)
            .leg_lots(
                Account::active(award.person),
                points - paid_back,
                Lots::Carried,
            );
        self.post(&approve.finish().unwrap()).unwrap();
        of.get_mut(&mut self.awards).pending = false;
    }

    fn lapse(&mut self, of: Index) {
        let Some((award, points)) = self.waiting(of) else {
            return;
        };
        let undo = Lots::Of {
            command: award.command,
        };
        let lapse = Transfer::of("lapse")
            .leg_lots(Account::pending(award.person), -points, undo)
            .leg(Account::Expired, points);
        self.post(&lapse.finish().unwrap()).unwrap();
        let gone = self
            .awards
            .iter()
            .position(|one| one.command == award.command);
        self.awards.remove(gone.unwrap());
    }

    /// A reversal takes the award's own lot first, and what the balance lacks is owed.
    fn reverse(&mut self, of: Index) {
        let Some(award) = pick(&mut self.awards, of).map(|award| *award) else {
            return;
        };
        let account = if award.pending {
            Account::pending(award.person)
        } else {
            Account::active(award.person)
        };
        let taken = self.books.balance(account, Unit::Points).min(award.points);
        let own = carrot_rules::ledger::lot_id(Uuid::from_u128(award.command.as_u128() << 64), 1);
        let before = self.left(account, own);
        let undo = Lots::Of {
            command: award.command,
        };
        let reverse = Transfer::of("reversal")
            .leg_lots(account, -taken, undo)
            .leg(Account::Clawback(award.person), taken - award.points)
            .leg(Account::Issuance, award.points);
        self.post(&reverse.finish().unwrap()).unwrap();
        assert_eq!(before - self.left(account, own), before.min(taken));
        self.awards.retain(|one| one.command != award.command);
    }

    fn left(&self, account: Account, lot: LotId) -> i64 {
        let mut lots = self.books.lots(account, Unit::Points);
        lots.find(|open| open.id == lot).map_or(0, |open| open.left)
    }

    fn spend(&mut self, person: Uuid, points: i64, unit: Unit) {
        let account = Account::active(person);
        let spend = Transfer::of("redemption")
            .unit(unit)
            .leg(account, -points)
            .leg(Account::Redeemed, points);
        let enough = self.books.balance(account, unit) >= points;
        let command = self.next_command();
        assert_eq!(self.post(&spend.finish().unwrap()).is_ok(), enough);
        if enough {
            let left = points;
            self.spends.push(Open {
                command,
                person,
                unit,
                account,
                left,
            });
        }
    }

    fn give_back(&mut self, of: Index, points: i64) {
        let Some(spend) = pick(&mut self.spends, of).filter(|spend| spend.left > 0) else {
            return;
        };
        let points = points.min(spend.left);
        spend.left -= points;
        let (spend, undo) = (
            *spend,
            Lots::Of {
                command: spend.command,
            },
        );
        let back = Transfer::of("return")
            .unit(spend.unit)
            .leg(Account::Redeemed, -points)
            .leg_lots(spend.account, points, undo);
        self.post(&back.finish().unwrap()).unwrap();
        self.undone(&spend, &["return"], spend.account);
    }

    fn settle(&mut self, minor: i64) {
        let settle = Transfer::of("settlement")
            .unit("money:EUR".parse().unwrap())
            .leg(Account::Partner("acme".parse().unwrap()), -minor)
            .leg(Account::Settlement("2026-11".parse().unwrap()), minor);
        assert_eq!(self.post(&settle.finish().unwrap()).is_ok(), minor != 0);
    }

    fn sweep(&mut self) {
        let due: Vec<_> = self.books.expiring(self.now_ms).collect();
        for one in due {
            let expire = Transfer::expire(one.account, one.unit, one.lot.id, one.lot.left);
            let posted = self.post(&expire.unwrap()).unwrap();
            let lots: Vec<_> = posted
                .entries
                .iter()
                .filter_map(|entry| entry.lot)
                .collect();
            assert_eq!(lots, [one.lot.id]);
        }
        assert_eq!(self.books.expiring(self.now_ms).count(), 0);
    }

    /// The same transfer again changes nothing; another under its id is refused.
    fn again(&mut self, of: Index) {
        if self.history.is_empty() {
            return;
        }
        let (stamp, transfer) = of.get(&self.history).clone();
        let later = Stamp {
            recorded_ms: self.now_ms,
            ..stamp
        };
        let head = self.books.head();
        let posted = self.books.post(&later, &transfer).unwrap();
        assert!(self.books.posted().any(|one| *one == posted));
        let mut other = transfer;
        other.purpose.push('x');
        assert!(self.books.post(&later, &other).is_err());
        assert_eq!(self.books.head(), head);
        self.laws();
    }
}
