//! What one rule set gave, added up in several ways at once.

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::earn::{self, Brief, Event, Spent};
use crate::facts::Facts;
use crate::index::Index;
use crate::ledger::{Account, Name};
use crate::ruleset::Who;

/// Points and how many awards they came in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Sum {
    pub points: i128,
    pub awards: u64,
}

impl Sum {
    fn add(&mut self, points: i64) {
        self.points += i128::from(points);
        self.awards += 1;
    }

    pub fn plus(mut self, other: Self) -> Self {
        self.points += other.points;
        self.awards += other.awards;
        self
    }
}

/// How often a bound was met.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Hits {
    pub cut_events: u64,
    pub refused_events: u64,
}

/// What came of a budget.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct BudgetSum {
    pub left: i64,
    /// The first event for which it could not pay in full, or that took the last of it.
    pub exhausted_ms: Option<i64>,
}

/// All sums of one rule set.
#[derive(Debug, Default)]
pub(crate) struct Sums {
    pub refused_events: u64,
    pub all: Sum,
    pub cost_points: i128,
    /// Money by currency, millionths of a minor unit.
    pub cost_micro: BTreeMap<String, i128>,
    /// The price list, then the rules in the order of the set.
    pub rules: Vec<Sum>,
    pub roles: BTreeMap<Who, Sum>,
    /// By outlet; none for events that happened nowhere.
    pub outlets: BTreeMap<Option<Uuid>, Sum>,
    /// By year and month, local.
    pub months: BTreeMap<(i64, i64), Sum>,
    /// Discounts by rule and currency, minor units.
    pub discounts: BTreeMap<(String, String), i128>,
    pub bounds: BTreeMap<(Option<u32>, Spent), Hits>,
    pub budgets: BTreeMap<Name, BudgetSum>,
}

/// What an award costs, tax and contributions of its budget included.
pub(crate) fn budget_cost(index: &Index, budget: Option<Name>, points: i64) -> i128 {
    let known = budget.and_then(|name| index.budgets.iter().find(|budget| budget.id == name));
    earn::cost(points, known.map_or(0, |budget| budget.gross_up_bp.max(0)))
}

/// The currency in which an event's points are valued: its own where points have a value in it, else
/// the first one that the set names.
fn valued(event: &Event, index: &Index) -> Option<(String, i64)> {
    let named = [
        Some(event.currency.as_str()),
        index.peg.first().map(|rate| rate.currency.as_str()),
    ];
    named.into_iter().flatten().find_map(|currency| {
        let micro = index.minor_per_point_micro(currency, event.at_ms)?;
        Some((currency.to_owned(), micro))
    })
}

impl Sums {
    pub fn of(index: &Index) -> Self {
        let budgets = index.budgets.iter().map(|budget| {
            let sum = BudgetSum {
                left: budget.points,
                exhausted_ms: None,
            };
            (budget.id, sum)
        });
        Self {
            rules: vec![Sum::default(); index.rules.len() + 1],
            budgets: budgets.collect(),
            ..Self::default()
        }
    }

    /// Adds what an event gave.
    pub fn add(&mut self, event: &Event, brief: &Brief, index: &Index) {
        let month = earn::local_month(event.at_ms, &index.zone);
        let mut cost = 0;
        for gain in &brief.gains {
            self.all.add(gain.points);
            cost += budget_cost(index, gain.budget, gain.points);
            self.roles.entry(gain.who).or_default().add(gain.points);
            self.outlets
                .entry(event.outlet)
                .or_default()
                .add(gain.points);
            self.months.entry(month).or_default().add(gain.points);
            for (rule, points) in &gain.by_rule {
                let place = rule.map_or(0, |rule| rule as usize + 1);
                if let Some(sum) = self.rules.get_mut(place) {
                    sum.add(*points);
                }
            }
        }
        self.cost_points += cost;
        if cost > 0
            && let Some((currency, micro)) = valued(event, index)
        {
            *self.cost_micro.entry(currency).or_default() += cost.saturating_mul(micro.into());
        }
        for discount in &brief.discounts {
            let key = (discount.rule.clone(), event.currency.clone());
            *self.discounts.entry(key).or_default() += i128::from(discount.amount_minor);
        }
        for hit in &brief.hits {
            let hits = self.bounds.entry((hit.rule, hit.bound)).or_default();
            if hit.refused {
                hits.refused_events += 1;
            } else {
                hits.cut_events += 1;
            }
        }
    }

    /// Notes which budgets an event used up, reported or not.
    pub fn exhaust(&mut self, event: &Event, brief: &Brief, world: &Facts, index: &Index) {
        let paid = brief.gains.iter().filter_map(|gain| gain.budget);
        for name in paid {
            if let Some(sum) = self.budgets.get_mut(&name) {
                sum.left = world.balance(Account::Budget(name)).unwrap_or(0);
                if sum.left <= 0 {
                    sum.exhausted_ms.get_or_insert(event.at_ms);
                }
            }
        }
        let short = brief.hits.iter().filter(|hit| hit.bound == Spent::Budget);
        for hit in short {
            let rule = hit.rule.and_then(|place| index.rules.get(place as usize));
            let sum = rule
                .and_then(|rule| rule.budget)
                .and_then(|name| self.budgets.get_mut(&name));
            if let Some(sum) = sum {
                sum.exhausted_ms.get_or_insert(event.at_ms);
            }
        }
    }
}
