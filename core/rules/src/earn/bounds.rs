//! The bounds on what a rule gives: limits, the budget, what may be outstanding. Each cuts, refuses
//! when nothing is left, or is unknown here; then it does not cut and the award waits.

use std::collections::BTreeMap;

use super::TallyMove;
use super::scene::{Counting, Scene, tally_key};
use super::steps::Op;
use crate::amount::{self, Overflow, RATE_ONE_BP};
use crate::ledger::{Account, Name};
use crate::ruleset::{Limit, Per, Rule};

/// Why nothing was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Spent {
    Limit,
    Budget,
    Liability,
}

/// A value on its way through the bounds.
#[derive(Debug, Clone, Default)]
pub(crate) struct Bounded {
    pub value: i64,
    /// What was cut off on the way.
    pub caps: Vec<Op>,
    /// What could not be asked here.
    pub waits: Vec<&'static str>,
    /// Set when nothing is left.
    pub spent: Option<Spent>,
    /// The limits that count what is given in the end, by their number in the rule.
    counts: Vec<(usize, String)>,
}

impl Bounded {
    pub fn of(value: i64) -> Self {
        Self {
            value,
            ..Self::default()
        }
    }

    fn cut_to(&mut self, left: i64, by: &'static str, spent: Spent) {
        let left = left.max(0);
        if self.spent.is_some() || self.value <= left {
            return;
        }
        let cut = self.value - left;
        self.value = left;
        self.caps.push(Op::Capped { by, left, cut });
        if left == 0 {
            self.spent = Some(spent);
        }
    }
}

/// What this event has given so far.
#[derive(Debug, Default)]
pub(crate) struct Given {
    limits: BTreeMap<(u32, usize, String), i64>,
    budgets: BTreeMap<Name, i64>,
    awarded: i64,
}

impl Given {
    /// The limits of a rule that are not per person, in the order written.
    pub fn of_rule(
        &self,
        place: u32,
        rule: &Rule,
        mut bounded: Bounded,
        scene: &Scene<'_>,
    ) -> Result<Bounded, Overflow> {
        for (number, limit) in rule.limits.iter().enumerate() {
            if limit.per != Per::Person {
                let counting = scene.counting_per(limit.per);
                self.limit(
                    (place, number),
                    (rule, limit),
                    counting,
                    &mut bounded,
                    scene,
                )?;
            }
        }
        Ok(bounded)
    }

    /// The limits of a rule for one beneficiary.
    pub fn of_person(
        &self,
        place: u32,
        rule: &Rule,
        whom: &Counting,
        mut bounded: Bounded,
        scene: &Scene<'_>,
    ) -> Result<Bounded, Overflow> {
        for (number, limit) in rule.limits.iter().enumerate() {
            if limit.per == Per::Person {
                self.limit(
                    (place, number),
                    (rule, limit),
                    whom.clone(),
                    &mut bounded,
                    scene,
                )?;
            }
        }
        Ok(bounded)
    }

    fn limit(
        &self,
        (place, number): (u32, usize),
        (rule, limit): (&Rule, &Limit),
        counting: Counting,
        bounded: &mut Bounded,
        scene: &Scene<'_>,
    ) -> Result<(), Overflow> {
        let subject = match counting {
            Counting::Nobody => return Ok(()),
            Counting::Unknown => {
                bounded.waits.push("server_checks_limit");
                return Ok(());
            }
            Counting::For(subject) => subject,
        };
        let read =
            |key: &str| scene.reading(&tally_key(key, &subject), limit.within, scene.local.day);
        let mut unknown = false;
        if let Some(points_max) = limit.points_max {
            let before = self
                .limits
                .get(&(place, number, subject.clone()))
                .copied()
                .unwrap_or(0);
            match read(&points_key(rule, number))? {
                Some(given) => {
                    let left = i128::from(points_max) - i128::from(given) - i128::from(before);
                    bounded.cut_to(at_least_zero(left), name_of(limit.per), Spent::Limit);
                }
                None => unknown = true,
            }
        }
        if let Some(times_max) = limit.times_max {
            match read(&times_key(rule, number, limit))? {
                Some(times) if times >= times_max => {
                    bounded.cut_to(0, name_of(limit.per), Spent::Limit);
                }
                Some(_) => {}
                None => unknown = true,
            }
        }
        if unknown {
            bounded.waits.push("server_checks_limit");
        }
        bounded.counts.push((number, subject));
        Ok(())
    }

    /// The budget of a rule, then what may be outstanding.
    pub fn of_money(
        &self,
        rule: Option<&Rule>,
        mut bounded: Bounded,
        scene: &Scene<'_>,
    ) -> Bounded {
        if let Some(name) = rule.and_then(|rule| rule.budget) {
            let spent = self.budgets.get(&name).copied().unwrap_or(0);
            match scene.facts.balance(Account::Budget(name)) {
                Some(balance) => {
                    let left = balance.saturating_sub(spent);
                    let payable = payable(left, gross_up_bp(name, scene));
                    bounded.cut_to(payable, "budget", Spent::Budget);
                }
                None => bounded.waits.push("server_checks_budget"),
            }
        }
        if let Some(points_max) = scene.index.limits.liability_points_max {
            match outstanding(scene) {
                Some(points) => {
                    let left = i128::from(points_max) - points - i128::from(self.awarded);
                    bounded.cut_to(at_least_zero(left), "liability", Spent::Liability);
                }
                None => bounded.waits.push("server_checks_liability"),
            }
        }
        bounded
    }

    /// Counts what was given in the end.
    pub fn count(&mut self, place: u32, bounded: &Bounded, given: i64) -> Result<(), Overflow> {
        for (number, subject) in &bounded.counts {
            let so_far = self
                .limits
                .entry((place, *number, subject.clone()))
                .or_default();
            *so_far = amount::sum([*so_far, given])?;
        }
        Ok(())
    }

    /// Takes an award from its budget and from what may still be awarded.
    pub fn award(
        &mut self,
        points: i64,
        budget: Option<Name>,
        scene: &Scene<'_>,
    ) -> Result<(), Overflow> {
        self.awarded = amount::sum([self.awarded, points])?;
        if let Some(name) = budget {
            let cost = amount::checked(cost(points, gross_up_bp(name, scene)))?;
            let spent = self.budgets.entry(name).or_default();
            *spent = amount::sum([*spent, cost])?;
        }
        Ok(())
    }

    /// What limits count, as moves of their tallies.
    pub fn moves(&self, scene: &Scene<'_>) -> Vec<TallyMove> {
        let mut moves = Vec::new();
        for ((place, number, subject), given) in &self.limits {
            let rule = scene.index.rules.get(*place as usize);
            let Some((rule, limit)) = rule.and_then(|rule| Some((rule, rule.limits.get(*number)?)))
            else {
                continue;
            };
            let mut add = |tally: String, value: i64| {
                moves.push(TallyMove {
                    tally,
                    subject: subject.clone(),
                    day: scene.local.day,
                    value,
                });
            };
            if limit.points_max.is_some() {
                add(points_key(rule, *number), *given);
            }
            if limit.times_max.is_some() {
                add(times_key(rule, *number, limit), i64::from(*given > 0));
            }
        }
        moves
    }
}

fn at_least_zero(left: i128) -> i64 {
    i64::try_from(left.max(0)).unwrap_or(i64::MAX)
}

/// The id of the tally in which a limit counts points.
pub(crate) fn points_key(rule: &Rule, number: usize) -> String {
    ["limit/", &rule.id, "/", &number.to_string()].concat()
}

/// The id of the tally in which a limit counts times.
pub(crate) fn times_key(rule: &Rule, number: usize, limit: &Limit) -> String {
    let key = points_key(rule, number);
    if limit.points_max.is_some() {
        format!("{key}/times")
    } else {
        key
    }
}

fn name_of(per: Per) -> &'static str {
    match per {
        Per::Person => "person",
        Per::Outlet => "outlet",
        Per::Partner => "partner",
        Per::Rule => "rule",
    }
}

fn gross_up_bp(name: Name, scene: &Scene<'_>) -> i64 {
    let budget = scene.index.budgets.iter().find(|budget| budget.id == name);
    budget.map_or(0, |budget| budget.gross_up_bp.max(0))
}

/// What an award costs its budget, tax and contributions included.
pub(crate) fn cost(points: i64, gross_up_bp: i64) -> i128 {
    let one = i128::from(RATE_ONE_BP);
    let on_top = i128::from(points) * i128::from(gross_up_bp);
    i128::from(points) + (on_top + one - 1).div_euclid(one)
}

/// The largest award that a budget still pays.
fn payable(left: i64, gross_up_bp: i64) -> i64 {
    let one = i128::from(RATE_ONE_BP);
    let left = i128::from(left.max(0));
    let near = left * one / (one + i128::from(gross_up_bp));
    let mut points = i64::try_from(near).unwrap_or(i64::MAX);
    // Rounding up what comes on top moves the answer by one at most.
    while points > 0 && cost(points, gross_up_bp) > left {
        points -= 1;
    }
    while points < i64::MAX && cost(points + 1, gross_up_bp) <= left {
        points += 1;
    }
    points
}

/// The accounts whose balances, taken from what was issued, leave what people may still claim.
pub(crate) const NOT_OUTSTANDING: [Account; 7] = [
    Account::Issuance,
    Account::Redeemed,
    Account::Expired,
    Account::OfflineLoss,
    Account::OfflineBudget,
    Account::WrittenOff,
    Account::TaxReserve,
];

/// Points that people hold, budgets included: what was issued and is in none of the accounts that
/// nobody can claim from.
fn outstanding(scene: &Scene<'_>) -> Option<i128> {
    let mut claimed = 0;
    for account in NOT_OUTSTANDING {
        claimed += i128::from(scene.facts.balance(account)?);
    }
    Some(-claimed)
}
