//! What has to pay a rule must be able to pay one award of it.

use super::codes::{BUDGET_BELOW_AWARD, LIABILITY_BELOW_AWARD};
use super::problem::{Place, shown};
use super::{Look, Problem};
use crate::amount::RATE_ONE_BP;
use crate::ruleset::{Budget, Effect};

/// Checks budgets and the bound of outstanding points against the smallest award of each rule.
pub(super) fn check(look: &mut Look<'_>) {
    let set = look.set;
    let rules = Place::ROOT.key("rules");
    let mut bound = set.limits.liability_points_max;
    for (index, rule) in set.rules.iter().enumerate() {
        let Some(points) = smallest(&rule.effect).filter(|points| *points > 0) else {
            continue;
        };
        let place = rules.at(index);
        let budget = rule
            .budget
            .and_then(|id| look.names.budgets.get(id.as_str()).copied());
        if let Some(budget) = budget {
            fits(look, budget, points, &place.key("budget"));
        }
        // One rule that shows it is enough.
        if let Some(most) = bound.filter(|most| *most < points) {
            bound = None;
            let detail = format!(
                "{most} points may be outstanding, and one award of the rule {} is {points}.",
                shown(&rule.id)
            );
            let limits = Place::ROOT.key("limits");
            let pointer = limits.key("liability_points_max").pointer();
            let problem = Problem::new(&LIABILITY_BELOW_AWARD, pointer, detail)
                .with("points_max", most)
                .with("points", points);
            look.report.push(problem);
        }
    }
}

/// The fewest points that a rule gives when it gives any, as far as its numbers alone tell; none for
/// money off.
fn smallest(effect: &Effect) -> Option<i64> {
    match effect {
        Effect::PerUnit { points }
        | Effect::PerAmount { points, .. }
        | Effect::Fixed { points }
        | Effect::Every { points, .. }
        | Effect::PerMeasure { points, .. } => Some(*points),
        Effect::Percent { .. } if effect.is_discount() => None,
        Effect::Percent { .. } | Effect::Multiply { .. } => Some(1),
        Effect::Levels { of, shares_bp } => match of.as_ref() {
            Effect::Levels { .. } => None,
            of => {
                let points = i128::from(smallest(of)?);
                let share_bp =
                    i128::from(*shares_bp.iter().filter(|share_bp| **share_bp > 0).min()?);
                i64::try_from(points * share_bp / i128::from(RATE_ONE_BP))
                    .ok()
                    .map(|part| part.max(1))
            }
        },
    }
}

/// Refuses a budget that does not pay an award with what its funder owes on top.
fn fits(look: &mut Look<'_>, budget: &Budget, points: i64, place: &Place<'_>) {
    let one = i128::from(RATE_ONE_BP);
    let on_top = i128::from(points) * i128::from(budget.gross_up_bp);
    let cost = i128::from(points) + (on_top + one - 1).div_euclid(one);
    let left = left_points(look, budget);
    if cost > left {
        let detail = format!(
            "One award of {points} points costs {cost} with what is owed on top, and the budget {} has {left}.",
            shown(budget.id.as_str())
        );
        let problem = Problem::new(&BUDGET_BELOW_AWARD, place.pointer(), detail)
            .with("points", points)
            .with("cost", cost.to_string())
            .with("left", left.to_string());
        look.report.push(problem);
    }
}

/// What a budget has once the set is published: publishing a larger number adds the difference.
pub(super) fn left_points(look: &Look<'_>, budget: &Budget) -> i128 {
    let funded = look.catalogue.budgets.as_ref();
    let funded = funded
        .and_then(|budgets| budgets.get(budget.id.as_str()))
        .copied()
        .unwrap_or_default();
    i128::from(budget.points) - i128::from(funded.points) + i128::from(funded.left_points)
}
