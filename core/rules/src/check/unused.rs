//! Parts that nothing uses: budgets and tallies. A ladder is of use by itself: people see their step.

use std::collections::BTreeSet;

use super::codes::UNUSED;
use super::cycles::each_leaf;
use super::problem::{Place, shown};
use super::{Look, Problem};
use crate::ruleset::{Effect, Number, Predicate, Rate, RuleSet};

/// Warns about each of them.
pub(super) fn check(look: &mut Look<'_>) {
    let set = look.set;
    let used = Used::of(set);
    let budgets = set.budgets.iter().map(|budget| budget.id.as_str());
    let tallies = set.tallies.iter().map(|tally| tally.id.as_str());
    tell(look, "budgets", budgets, &used.budgets);
    tell(look, "tallies", tallies, &used.tallies);
}

fn tell<'a>(
    look: &mut Look<'_>,
    list: &str,
    ids: impl Iterator<Item = &'a str>,
    used: &BTreeSet<&str>,
) {
    let place = Place::ROOT.key(list);
    for (index, id) in ids.enumerate().filter(|(_, id)| !used.contains(id)) {
        let detail = format!("Nothing uses {}.", shown(id));
        let problem = Problem::new(&UNUSED, place.at(index).pointer(), detail);
        look.report
            .push(problem.with("id", id.chars().take(64).collect::<String>()));
    }
}

#[derive(Default)]
struct Used<'a> {
    budgets: BTreeSet<&'a str>,
    tallies: BTreeSet<&'a str>,
}

impl<'a> Used<'a> {
    fn of(set: &'a RuleSet) -> Self {
        let mut used = Self::default();
        for rule in &set.rules {
            used.budgets
                .extend(rule.budget.as_ref().map(|id| id.as_str()));
            used.condition(&rule.when);
            used.effect(&rule.effect);
        }
        for tally in &set.tallies {
            used.condition(&tally.when);
        }
        used.tallies
            .extend(set.ladders.iter().map(|ladder| ladder.tally.as_str()));
        used
    }

    fn condition(&mut self, when: &'a Predicate) {
        each_leaf(when, |leaf| {
            if let Predicate::Between {
                number: Number::Tally(id),
                ..
            } = leaf
            {
                self.tallies.insert(id);
            }
        });
    }

    fn effect(&mut self, effect: &'a Effect) {
        let mut effect = effect;
        while let Effect::Levels { of, .. } = effect {
            effect = of;
        }
        match effect {
            Effect::Every { tally, .. } => {
                self.tallies.insert(tally);
            }
            Effect::Percent {
                rate:
                    Rate::Banded {
                        by: Number::Tally(id),
                        ..
                    },
                ..
            } => {
                self.tallies.insert(id);
            }
            _ => {}
        }
    }
}
