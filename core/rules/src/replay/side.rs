//! One rule set's way through the past: its own tallies, budgets and outstanding points.

use std::sync::Arc;

use super::Which;
use super::people::People;
use super::sums::{Sums, budget_cost};
use crate::amount::AMOUNT_SIZE_MAX;
use crate::earn::{self, Brief, Event, Party, tally_key};
use crate::entity::Tallied;
use crate::facts::{Fact, FactKey, Facts};
use crate::index::Index;
use crate::ledger::{Account, Name};

/// A rule set and what it has counted so far.
#[derive(Debug)]
pub(crate) struct Side {
    pub index: Arc<Index>,
    pub sums: Sums,
    world: Facts,
    /// Points that people hold or that budgets keep for them.
    outstanding: i64,
}

impl Side {
    pub fn new(index: Arc<Index>) -> Self {
        let mut side = Self {
            sums: Sums::of(&index),
            world: Facts::complete(),
            outstanding: 0,
            index,
        };
        for budget in &Arc::clone(&side.index).budgets {
            side.outstanding = side.outstanding.saturating_add(budget.points);
            side.set_balance(Account::Budget(budget.id), budget.points);
        }
        side.owe(0);
        side
    }

    fn set_balance(&mut self, account: Account, points: i64) {
        let key = FactKey::Balance(account);
        self.world.insert(key, Fact::Balance(points));
    }

    /// Moves what is outstanding; the books have it as what was issued, below zero.
    fn owe(&mut self, change: i64) {
        self.outstanding = self.outstanding.saturating_add(change);
        let issued = self.outstanding.saturating_neg();
        self.set_balance(Account::Issuance, issued);
    }

    pub fn learn(&mut self, key: FactKey, fact: Fact) {
        self.world.insert(key, fact);
    }

    /// Points that nobody holds any longer.
    pub fn spend(&mut self, points: i64) {
        if points != 0 {
            self.owe(points.saturating_neg());
        }
    }

    /// Takes an event; its numbers go to the sums where they are reported.
    pub fn take(&mut self, event: &Event, counted: Option<(Which, &mut People)>) {
        let Ok(brief) = earn::brief(event, &self.index, &self.world) else {
            if counted.is_some() {
                self.sums.refused_events += 1;
            }
            return;
        };
        self.count(&brief);
        for gain in &brief.gains {
            self.pay(gain.budget, gain.points);
        }
        self.sums.exhaust(event, &brief, &self.world, &self.index);
        let Some((which, people)) = counted else {
            return;
        };
        self.sums.add(event, &brief, &self.index);
        let day = earn::local_day(event.at_ms, &self.index.zone);
        for gain in &brief.gains {
            if let Party::Known(person) = gain.person {
                let cost = budget_cost(&self.index, gain.budget, gain.points);
                people.gain(person, which, gain.points, cost, day);
            }
        }
    }

    fn count(&mut self, brief: &Brief) {
        for counted in &brief.tallies {
            let key = tally_key(&counted.tally, &counted.subject);
            if let Some(tallied) = self.world.change::<Tallied>(&key) {
                // A sum too large to keep stays as it was; publishing bounds what a rule can add.
                let _too_large = tallied.add(counted.day, counted.value);
            }
        }
    }

    fn pay(&mut self, budget: Option<Name>, points: i64) {
        let Some(name) = budget else {
            self.owe(points);
            return;
        };
        let cost = budget_cost(&self.index, budget, points);
        let cost = i64::try_from(cost).unwrap_or(AMOUNT_SIZE_MAX);
        let account = Account::Budget(name);
        let left = self.world.balance(account).unwrap_or(0);
        self.set_balance(account, left.saturating_sub(cost));
        // The points change hands; what comes on top leaves for the tax office.
        self.owe(points.saturating_sub(cost));
    }
}
