//! The programme's own numbers: budgets, the peg, the time zone, part payment, clawback, bounds.

use std::collections::{BTreeMap, BTreeSet};

use super::bounds::{BUDGETS_MAX, DATED_STEPS_MAX, OFFSET_S_MAX, VALUES_MAX};
use super::codes::{BUDGET_OVERDRAWN, STEPS_NOT_ASCENDING};
use super::problem::{Place, shown};
use super::{Look, Problem, awards};
use crate::amount::{AMOUNT_SIZE_MAX, RATE_ONE_BP};

/// Checks everything that is not a rule, a tally or a ladder.
pub(super) fn check(look: &mut Look<'_>) {
    look.range(
        &Place::ROOT.key("version"),
        look.set.version,
        (0, AMOUNT_SIZE_MAX),
    );
    budgets(look);
    peg(look);
    zone(look);
    part_pay(look);
    bounds(look);
}

fn budgets(look: &mut Look<'_>) {
    let set = look.set;
    let catalogue = look.catalogue;
    let place = Place::ROOT.key("budgets");
    if !look.length(&place, set.budgets.len(), (0, BUDGETS_MAX)) {
        return;
    }
    let mut ids = BTreeSet::new();
    for (index, budget) in set.budgets.iter().enumerate() {
        let place = place.at(index);
        let id = budget.id.as_str();
        if !ids.insert(id) {
            let detail = format!("The id {} is there twice.", shown(id));
            look.report
                .say(&super::codes::DUPLICATE_ID, &place.key("id"), detail);
        }
        let points = place.key("points");
        look.range(&points, budget.points, (0, AMOUNT_SIZE_MAX));
        look.range(
            &place.key("gross_up_bp"),
            budget.gross_up_bp,
            (0, 10 * RATE_ONE_BP),
        );
        if let Some(funder) = budget.funder {
            look.known(
                &place.key("funder"),
                "funder",
                funder.as_str(),
                catalogue.funders.as_ref(),
            );
        }
        let left = awards::left_points(look, budget);
        if left < 0 {
            let detail = format!(
                "{} points more were taken from the budget than it would have.",
                -left
            );
            let problem = Problem::new(&BUDGET_OVERDRAWN, points.pointer(), detail);
            look.report
                .push(problem.with("missing", (-left).to_string()));
        }
    }
}

fn peg(look: &mut Look<'_>) {
    let set = look.set;
    let place = Place::ROOT.key("peg");
    if !look.length(&place, set.peg.len(), (0, DATED_STEPS_MAX)) {
        return;
    }
    let mut last: BTreeMap<&str, i64> = BTreeMap::new();
    for (index, rate) in set.peg.iter().enumerate() {
        let place = place.at(index);
        look.currency(&place.key("currency"), &rate.currency);
        let worth = place.key("minor_per_point_micro");
        look.range(&worth, rate.minor_per_point_micro, (1, AMOUNT_SIZE_MAX));
        let before = last.insert(&rate.currency, rate.from_ms);
        ascending(look, before, rate.from_ms, &place);
    }
}

fn zone(look: &mut Look<'_>) {
    let set = look.set;
    let place = Place::ROOT.key("zone");
    if !look.length(&place, set.zone.len(), (0, DATED_STEPS_MAX)) {
        return;
    }
    let mut before = None;
    for (index, step) in set.zone.iter().enumerate() {
        let place = place.at(index);
        look.range(
            &place.key("offset_s"),
            step.offset_s,
            (-OFFSET_S_MAX, OFFSET_S_MAX),
        );
        ascending(look, before.replace(step.from_ms), step.from_ms, &place);
    }
}

fn ascending(look: &mut Look<'_>, before: Option<i64>, from_ms: i64, place: &Place<'_>) {
    if let Some(before) = before.filter(|before| *before >= from_ms) {
        let detail = format!("This step begins at {from_ms}, the one before it at {before}.");
        look.report
            .say(&STEPS_NOT_ASCENDING, &place.key("from_ms"), detail);
    }
}

fn part_pay(look: &mut Look<'_>) {
    let set = look.set;
    let catalogue = look.catalogue;
    let Some(part) = &set.part_pay else { return };
    let place = Place::ROOT.key("part_pay");
    look.range(
        &place.key("share_bp_max"),
        part.share_bp_max,
        (0, RATE_ONE_BP),
    );
    for (key, kind, list, names) in [
        (
            "without_products",
            "product",
            &part.without_products,
            &catalogue.products,
        ),
        (
            "without_categories",
            "category",
            &part.without_categories,
            &catalogue.categories,
        ),
    ] {
        let place = place.key(key);
        look.length(&place, list.len(), (0, VALUES_MAX));
        let Some(names) = names else { continue };
        let unknown = list
            .iter()
            .enumerate()
            .find(|(_, name)| !names.contains(*name));
        if let Some((index, name)) = unknown {
            look.unknown(&place.at(index), kind, name);
        }
    }
}

fn bounds(look: &mut Look<'_>) {
    let clawback = &look.set.clawback;
    let place = Place::ROOT.key("clawback");
    let (share_bp, points) = (clawback.share_bp_max, clawback.points_max);
    look.range(&place.key("share_bp_max"), share_bp, (0, RATE_ONE_BP));
    look.range(&place.key("points_max"), points, (0, AMOUNT_SIZE_MAX));
    let limits = look.set.limits.clone();
    let place = Place::ROOT.key("limits");
    for (key, most) in [
        (
            "offline_redemption_points_max",
            Some(limits.offline_redemption_points_max),
        ),
        (
            "offline_member_day_points_max",
            Some(limits.offline_member_day_points_max),
        ),
        ("lease_points_max", Some(limits.lease_points_max)),
        ("lease_fresh_ms", Some(limits.lease_fresh_ms)),
        ("lease_full_ms", Some(limits.lease_full_ms)),
        ("lease_half_ms", Some(limits.lease_half_ms)),
        ("voucher_points_max", Some(limits.voucher_points_max)),
        ("vouchers_open_max", Some(limits.vouchers_open_max)),
        ("voucher_life_ms_max", Some(limits.voucher_life_ms_max)),
        ("fact_age_ms_max", Some(limits.fact_age_ms_max)),
        (
            "work_age_proven_ms_max",
            Some(limits.work_age_proven_ms_max),
        ),
        ("work_age_ms_max", Some(limits.work_age_ms_max)),
        ("sale_points_max", Some(limits.sale_points_max)),
        ("liability_points_max", limits.liability_points_max),
        (
            "guess_limit_person_per_hour_max",
            Some(limits.guess_limit_person_per_hour_max),
        ),
        (
            "guess_limit_device_per_hour_max",
            Some(limits.guess_limit_device_per_hour_max),
        ),
        (
            "guess_limit_address_per_hour_max",
            Some(limits.guess_limit_address_per_hour_max),
        ),
        (
            "guess_limit_programme_per_hour_max",
            Some(limits.guess_limit_programme_per_hour_max),
        ),
        (
            "pace_limit_reports_per_hour_max",
            Some(limits.pace_limit_reports_per_hour_max),
        ),
        (
            "pace_limit_km_per_hour_max",
            Some(limits.pace_limit_km_per_hour_max),
        ),
    ] {
        if let Some(most) = most {
            look.range(&place.key(key), most, (0, AMOUNT_SIZE_MAX));
        }
    }
}
