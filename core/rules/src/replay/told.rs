//! From sums to a report.

use std::collections::{BTreeMap, BTreeSet};

use super::Replay;
use super::people::{Gained, People};
use super::report::*;
use super::side::Side;
use super::sums::{Sum, Sums};
use crate::amount::{self, Overflow, RATE_ONE_BP};
use crate::earn::{PRICE_LIST, Spent};
use crate::outcome::PotRole;

/// People who are told one by one, of those who gain and of those who lose.
const PEOPLE_TOLD: usize = 10;
/// The places in the order of people that are told, basis points.
const QUANTILES_BP: [i64; 9] = [0, 100, 1_000, 2_500, 5_000, 7_500, 9_000, 9_900, 10_000];
/// Millionths of a minor unit in one.
const MICRO: i128 = 1_000_000;

pub(super) fn report(replay: &Replay, outlets_max: usize) -> Result<Report, Overflow> {
    let (draft, current) = (&replay.draft.sums, &replay.current.sums);
    let (outlets, other_outlets) = outlets(draft, current, outlets_max)?;
    let changes = Changes::of(&replay.people);
    Ok(Report {
        events: number(replay.events),
        earlier_events: number(replay.before),
        first_ms: replay.first_ms,
        last_ms: replay.last_ms,
        draft: total(draft)?,
        current: total(current)?,
        rules: rules(&replay.draft, &replay.current)?,
        roles: merged(&draft.roles, &current.roles, |who| {
            PotRole::from(*who).as_str().to_owned()
        })?,
        outlets,
        other_outlets,
        months: merged(&draft.months, &current.months, |(year, month)| {
            format!("{year:04}-{month:02}")
        })?,
        discounts: discounts(draft, current)?,
        people: changes.counted(),
        winners: changes.winners(),
        losers: changes.losers(),
        quantiles: changes.quantiles(),
        budgets: budgets(&replay.draft),
        bounds: bounds(&replay.draft),
        exposure: exposure(&replay.people)?,
    })
}

/// A count as a number of the report; no machine counts as far as 2^53.
fn number(count: u64) -> i64 {
    i64::try_from(count)
        .unwrap_or(i64::MAX)
        .min(amount::AMOUNT_SIZE_MAX)
}

fn given(sum: Sum) -> Result<Given, Overflow> {
    Ok(Given {
        points: amount::checked(sum.points)?,
        awards: number(sum.awards),
    })
}

fn compared(key: String, draft: Sum, current: Sum) -> Result<Compared, Overflow> {
    Ok(Compared {
        key,
        draft: given(draft)?,
        current: given(current)?,
    })
}

fn merged<K: Ord>(
    draft: &BTreeMap<K, Sum>,
    current: &BTreeMap<K, Sum>,
    name: impl Fn(&K) -> String,
) -> Result<Vec<Compared>, Overflow> {
    let keys: BTreeSet<&K> = draft.keys().chain(current.keys()).collect();
    let of = |sums: &BTreeMap<K, Sum>, key: &K| sums.get(key).copied().unwrap_or_default();
    let lines = keys.into_iter();
    lines
        .map(|key| compared(name(key), of(draft, key), of(current, key)))
        .collect()
}

fn total(sums: &Sums) -> Result<Total, Overflow> {
    let mut discounts: BTreeMap<String, i128> = BTreeMap::new();
    for ((_, currency), minor) in &sums.discounts {
        *discounts.entry(currency.clone()).or_default() += minor;
    }
    let up = |micro: i128| amount::checked((micro + MICRO - 1).div_euclid(MICRO));
    let costs = sums.cost_micro.iter();
    let cost_minor: Result<_, Overflow> = costs
        .map(|(currency, micro)| Ok((currency.clone(), up(*micro)?)))
        .collect();
    let discounts_minor: Result<_, Overflow> = discounts
        .into_iter()
        .map(|(currency, minor)| Ok((currency, amount::checked(minor)?)))
        .collect();
    Ok(Total {
        given: given(sums.all)?,
        cost_points: amount::checked(sums.cost_points)?,
        cost_minor: cost_minor?,
        discounts_minor: discounts_minor?,
        refused_events: number(sums.refused_events),
    })
}

/// What each rule gave, by its id.
fn by_id(side: &Side) -> impl Iterator<Item = (&str, Sum)> {
    let ids = side.index.rules.iter().map(|rule| rule.id.as_str());
    std::iter::once(PRICE_LIST)
        .chain(ids)
        .zip(side.sums.rules.iter().copied())
}

fn rules(draft: &Side, current: &Side) -> Result<Vec<Compared>, Overflow> {
    let mut known: BTreeMap<&str, Sum> = by_id(current).collect();
    let mut lines = Vec::new();
    for (id, sum) in by_id(draft) {
        let before = known.remove(id).unwrap_or_default();
        lines.push(compared(id.to_owned(), sum, before)?);
    }
    for (id, sum) in by_id(current) {
        if known.contains_key(id) {
            lines.push(compared(id.to_owned(), Sum::default(), sum)?);
        }
    }
    Ok(lines)
}

type Outlets = (Vec<Compared>, Option<Compared>);

fn outlets(draft: &Sums, current: &Sums, outlets_max: usize) -> Result<Outlets, Overflow> {
    let mut lines = merged(&draft.outlets, &current.outlets, |outlet| {
        outlet.map_or_else(String::new, |outlet| outlet.to_string())
    })?;
    lines.sort_by_key(|line| {
        let points = (line.draft.points, line.current.points);
        (std::cmp::Reverse(points), line.key.clone())
    });
    let rest = lines.split_off(outlets_max.min(lines.len()));
    let sum = |of: fn(&Compared) -> Given| {
        rest.iter().map(of).fold(Sum::default(), |sum, given| {
            sum.plus(Sum {
                points: given.points.into(),
                awards: u64::try_from(given.awards).unwrap_or(0),
            })
        })
    };
    let others = compared(
        String::new(),
        sum(|line| line.draft),
        sum(|line| line.current),
    )?;
    Ok((lines, (!rest.is_empty()).then_some(others)))
}

fn discounts(draft: &Sums, current: &Sums) -> Result<Vec<DiscountLine>, Overflow> {
    let keys: BTreeSet<_> = draft
        .discounts
        .keys()
        .chain(current.discounts.keys())
        .collect();
    let of = |sums: &Sums, key| amount::checked(sums.discounts.get(key).copied().unwrap_or(0));
    let lines = keys.into_iter();
    lines
        .map(|key| {
            Ok(DiscountLine {
                rule: key.0.clone(),
                currency: key.1.clone(),
                draft_minor: of(draft, key)?,
                current_minor: of(current, key)?,
            })
        })
        .collect()
}

fn budgets(draft: &Side) -> Vec<BudgetLine> {
    let budgets = draft.index.budgets.iter();
    budgets
        .map(|budget| {
            let sum = draft.sums.budgets.get(&budget.id).copied();
            let sum = sum.unwrap_or_default();
            BudgetLine {
                budget: budget.id.to_string(),
                points: budget.points,
                left_points: sum.left,
                exhausted_ms: sum.exhausted_ms,
            }
        })
        .collect()
}

fn bounds(draft: &Side) -> Vec<BoundLine> {
    let lines = draft.sums.bounds.iter();
    lines
        .map(|((rule, bound), hits)| {
            let rule = rule.and_then(|place| draft.index.rules.get(place as usize));
            BoundLine {
                rule: rule.map_or(PRICE_LIST, |rule| &rule.id).to_owned(),
                bound: match bound {
                    Spent::Limit => "limit",
                    Spent::Budget => "budget",
                    Spent::Liability => "liability",
                }
                .to_owned(),
                cut_events: number(hits.cut_events),
                refused_events: number(hits.refused_events),
            }
        })
        .collect()
}

/// Everybody in the order of what the draft changes for them, those who lose most first.
struct Changes(Vec<PersonChange>);

impl Changes {
    fn of(people: &People) -> Self {
        let change = |(participant, gained): (&uuid::Uuid, &Gained)| PersonChange {
            participant: *participant,
            draft_points: gained.draft_points,
            current_points: gained.current_points,
            change_points: gained.change(),
        };
        let mut all: Vec<_> = people.each().map(change).collect();
        all.sort_by_key(|change| (change.change_points, change.participant));
        Self(all)
    }

    fn counted(&self) -> Change {
        let lose = self.0.partition_point(|change| change.change_points < 0);
        let not_gain = self.0.partition_point(|change| change.change_points <= 0);
        let count = |people: usize| number(people as u64);
        Change {
            gain: count(self.0.len() - not_gain),
            lose: count(lose),
            stay: count(not_gain - lose),
        }
    }

    fn winners(&self) -> Vec<PersonChange> {
        let most = self.0.iter().rev().take(PEOPLE_TOLD);
        most.take_while(|change| change.change_points > 0)
            .cloned()
            .collect()
    }

    fn losers(&self) -> Vec<PersonChange> {
        let most = self.0.iter().take(PEOPLE_TOLD);
        most.take_while(|change| change.change_points < 0)
            .cloned()
            .collect()
    }

    /// The nearest rank: the first person who has so many of all people at or before them.
    fn quantiles(&self) -> Vec<Quantile> {
        let all = self.0.len() as i128;
        let at = |people_bp: i64| {
            let rank = (all * i128::from(people_bp) + 9_999).div_euclid(RATE_ONE_BP.into());
            let place = usize::try_from(rank.max(1) - 1).ok()?;
            let change = self.0.get(place)?;
            Some(Quantile {
                people_bp,
                change_points: change.change_points,
            })
        };
        QUANTILES_BP.into_iter().filter_map(at).collect()
    }
}

fn exposure(people: &People) -> Result<Exposure, Overflow> {
    let costs = people.each().map(|(_, gained)| gained.draft_cost);
    let mut costs: Vec<i128> = costs.filter(|cost| *cost > 0).collect();
    costs.sort_unstable_by(|one, other| other.cmp(one));
    let top = costs.len().div_ceil(100);
    let all: i128 = costs.iter().sum();
    let of_top: i128 = costs.iter().take(top).sum();
    let share = (of_top * i128::from(RATE_ONE_BP)).checked_div(all);
    let best = people.each().filter_map(|(person, gained)| {
        let (day, points) = gained.best_day?;
        Some((points, std::cmp::Reverse((*person, day))))
    });
    let best = best.max();
    Ok(Exposure {
        top_people: number(top as u64),
        top_share_bp: amount::checked(share.unwrap_or(0))?,
        best_day: best.map(|(points, std::cmp::Reverse((participant, day)))| BestDay {
            participant,
            day,
            points,
        }),
    })
}
