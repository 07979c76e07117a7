//! Replays of a draft over events of the past: each set's own counting, and what the report says.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use carrot_rules::index::Index;
use carrot_rules::replay::{Given, Replay, ReplayEvent, ReplayLine, Report};
use carrot_rules::ruleset::RuleSet;
use serde_json::{Value, json};
use uuid::Uuid;

const DAY_MS: i64 = 86_400_000;
/// 1 May 2026, midnight UTC.
const MAY_MS: i64 = 1_777_593_600_000;

fn index(document: Value) -> Arc<Index> {
    let mut whole = json!({"version": 1, "rules": [], "clawback": {"share_bp_max": 10_000, "points_max": 1_000_000},
        "limits": {"offline_redemption_points_max": 0, "lease_points_max": 0, "lease_fresh_ms": 0, "fact_age_ms_max": 0}});
    let fields = document.as_object().unwrap().clone();
    whole.as_object_mut().unwrap().extend(fields);
    let set: RuleSet = serde_json::from_value(whole).unwrap();
    Arc::new(Index::new(set))
}

fn person(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// A sale by somebody of one line worth so much.
fn sale(seller: u128, at_ms: i64, amount_minor: i64) -> ReplayEvent {
    let line = json!({"event": {"trigger": "sale", "at_ms": at_ms, "currency": "EUR", "evidence": "till",
        "outlet": person(900 + seller % 3), "seller": {"known": person(seller)}, "actor": {"known": person(seller)},
        "lines": [{"quantity_micro": 1_000_000, "amount_minor": amount_minor, "seller_micro": 1_000_000, "fresh_micro": 1_000_000}]}});
    ReplayLine::read(&line.to_string()).unwrap().step()
}

fn rule(id: &str, effect: Value, more: Value) -> Value {
    let mut rule = json!({"id": id, "trigger": "sale", "effect": effect, "to": [{"who": "seller", "share_bp": 10_000}]});
    rule.as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    rule
}

fn fixed(id: &str, points: i64, more: Value) -> Value {
    rule(id, json!({"fixed": {"points": points}}), more)
}

fn replayed(draft: Value, current: Value, steps: &[ReplayEvent]) -> Report {
    let mut replay = Replay::new(index(draft), index(current));
    steps.iter().for_each(|step| replay.feed(step));
    replay.report(5).unwrap()
}

#[test]
fn f013_a_limit_counts_what_earlier_events_gave_on_each_side() {
    let limit = json!({"limits": [{"per": "person", "within": "ever", "points_max": 100}]});
    let draft = json!({"rules": [fixed("bonus", 60, limit)]});
    let current = json!({"rules": [fixed("bonus", 60, json!({}))]});
    let steps: Vec<_> = (0..3)
        .map(|day| sale(1, MAY_MS + day * DAY_MS, 500))
        .collect();
    let report = replayed(draft, current, &steps);
    assert_eq!(report.events, 3);
    assert_eq!(
        report.draft.given,
        Given {
            points: 100,
            awards: 2
        }
    );
    assert_eq!(
        report.current.given,
        Given {
            points: 180,
            awards: 3
        }
    );
    let bound = &report.bounds[0];
    assert_eq!(
        (bound.rule.as_str(), bound.bound.as_str()),
        ("bonus", "limit")
    );
    assert_eq!((bound.cut_events, bound.refused_events), (1, 1));
    assert_eq!(
        (report.people.gain, report.people.lose, report.people.stay),
        (0, 1, 0)
    );
    assert_eq!(report.losers[0].change_points, -80);
}

#[test]
fn f013_a_tally_counts_on_and_every_third_earns() {
    let every = json!({"every": {"tally": "sold", "nth": 3, "points": 50}});
    let tally = json!({"id": "sold", "subject": "seller", "on": "sale", "counts": "times", "within": "ever"});
    let draft = json!({"tallies": [tally], "rules": [rule("third", every, json!({}))]});
    let steps: Vec<_> = (0..7)
        .map(|day| sale(1, MAY_MS + day * DAY_MS, 500))
        .collect();
    let report = replayed(draft, json!({}), &steps);
    assert_eq!(
        report.draft.given,
        Given {
            points: 100,
            awards: 2
        }
    );
    assert_eq!(report.people.gain, 1);
}

#[test]
fn f013_a_budget_says_when_it_is_used_up_and_what_comes_on_top() {
    let draft = json!({
        "budgets": [{"id": "spring", "points": 150, "gross_up_bp": 5_000}],
        "peg": [{"from_ms": 0, "currency": "EUR", "minor_per_point_micro": 2_500_000}],
        "rules": [fixed("bonus", 40, json!({"budget": "spring"}))]});
    let steps: Vec<_> = (0..4)
        .map(|day| sale(1, MAY_MS + day * DAY_MS, 500))
        .collect();
    let report = replayed(draft, json!({}), &steps);
    // 40 cost 60: twice in full; then 30 are left, which pay 20; then nothing.
    assert_eq!(
        report.draft.given,
        Given {
            points: 100,
            awards: 3
        }
    );
    assert_eq!(report.draft.cost_points, 150);
    assert_eq!(report.draft.cost_minor["EUR"], 375);
    let budget = &report.budgets[0];
    assert_eq!((budget.points, budget.left_points), (150, 0));
    assert_eq!(budget.exhausted_ms, Some(MAY_MS + 2 * DAY_MS));
    assert_eq!(report.bounds[0].bound, "budget");
}

#[test]
fn f013_what_may_be_outstanding_frees_up_when_people_spend() {
    let limits = json!({"offline_redemption_points_max": 0, "lease_points_max": 0, "lease_fresh_ms": 0,
        "fact_age_ms_max": 0, "liability_points_max": 100});
    let draft = json!({"limits": limits, "rules": [fixed("bonus", 60, json!({}))]});
    let mut steps: Vec<_> = (0..4)
        .map(|day| sale(1, MAY_MS + day * DAY_MS, 500))
        .collect();
    assert_eq!(
        replayed(draft.clone(), json!({}), &steps)
            .draft
            .given
            .points,
        100
    );
    steps[3].spent_points = 55;
    assert_eq!(replayed(draft, json!({}), &steps).draft.given.points, 155);
}

#[test]
fn f013_winners_losers_spread_and_exposure() {
    let by_amount = json!({"per_amount": {"currency": "EUR", "step_minor": 100, "points": 1}});
    let draft = json!({"rules": [rule("amount", by_amount, json!({}))]});
    let current = json!({"rules": [fixed("flat", 10, json!({}))]});
    // Person n sells once for n euro: by the draft n points, by the current rules 10.
    let mut steps: Vec<_> = (1..=20)
        .map(|n| sale(n, MAY_MS, i64::try_from(n).unwrap() * 100))
        .collect();
    steps.push(sale(20, MAY_MS + 3_600_000, 500));
    let report = replayed(draft, current, &steps);
    let people = report.people;
    assert_eq!((people.gain, people.lose, people.stay), (10, 9, 1));
    assert_eq!(report.winners.len(), 10);
    assert_eq!(report.losers.len(), 9);
    assert_eq!(report.winners[0].participant, person(19));
    assert_eq!(report.losers[0].change_points, -9);
    let median = report.quantiles.iter().find(|q| q.people_bp == 5_000);
    assert_eq!(median.unwrap().change_points, 0);
    assert_eq!(report.quantiles.last().unwrap().change_points, 9);
    let day = report.exposure.best_day.as_ref().unwrap();
    assert_eq!((day.participant, day.points), (person(20), 25));
    // 25 of 215 points go to the one person who is the top hundredth.
    assert_eq!(
        (report.exposure.top_people, report.exposure.top_share_bp),
        (1, 1_162)
    );
    let ids: Vec<_> = report.rules.iter().map(|line| line.key.as_str()).collect();
    assert_eq!(ids, ["price_list", "amount", "flat"]);
    assert_eq!(report.rules[1].draft.points, 215);
    assert_eq!(report.rules[2].current.points, 210);
    assert_eq!(report.months[0].key, "2026-05");
    assert_eq!(report.roles[0].key, "seller");
}

#[test]
fn f013_outlets_beyond_the_first_are_told_together() {
    let draft = json!({"rules": [fixed("flat", 10, json!({}))]});
    let steps: Vec<_> = (1..=9).map(|n| sale(n, MAY_MS, 100)).collect();
    let mut replay = Replay::new(index(draft), index(json!({})));
    steps.iter().for_each(|step| replay.feed(step));
    let report = replay.report(2).unwrap();
    assert_eq!(report.outlets.len(), 2);
    let told: i64 = report.outlets.iter().map(|line| line.draft.points).sum();
    assert_eq!(told + report.other_outlets.unwrap().draft.points, 90);
}

#[test]
fn f013_events_before_the_reported_time_only_fill_limits() {
    let limit = json!({"limits": [{"per": "person", "within": "ever", "times_max": 2}]});
    let draft = json!({"rules": [fixed("bonus", 60, limit)]});
    let mut replay = Replay::new(index(draft), index(json!({}))).reporting_from(MAY_MS);
    for day in -1..3 {
        replay.feed(&sale(1, MAY_MS + day * DAY_MS, 500));
    }
    let report = replay.report(5).unwrap();
    assert_eq!((report.events, report.earlier_events), (3, 1));
    assert_eq!(
        report.draft.given,
        Given {
            points: 60,
            awards: 1
        }
    );
    assert_eq!(replay.taken(), 4);
}

#[test]
fn f013_discounts_are_money_and_no_points() {
    let percent =
        json!({"percent": {"currency": "EUR", "rate": {"flat": 1_000}, "gives": "discount"}});
    let mut off = rule("tenth", percent, json!({}));
    off["to"] = json!([{"who": "buyer", "share_bp": 10_000}]);
    let mut step = sale(1, MAY_MS, 990);
    let event = step.event.as_mut().unwrap();
    event.buyer = carrot_rules::earn::Party::Known(person(7));
    event.lines[0].buyer_micro = 1_000_000;
    let report = replayed(json!({"rules": [off]}), json!({}), &[step]);
    assert_eq!(report.draft.given, Given::default());
    assert_eq!(report.draft.discounts_minor["EUR"], 99);
    assert_eq!(report.discounts[0].draft_minor, 99);
    assert_eq!(report.discounts[0].current_minor, 0);
}

#[test]
fn f013_progress_is_told_and_can_break_off() {
    let steps = (0..100).map(|n| sale(1, MAY_MS + n, 100));
    let mut replay = Replay::new(index(json!({})), index(json!({})));
    let mut told = Vec::new();
    let all = replay.feed_all(steps, 20, |taken| {
        told.push(taken);
        if taken < 60 {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    });
    assert!(!all);
    assert_eq!(told, [20, 40, 60]);
    assert_eq!(replay.taken(), 60);
}

#[test]
fn f013_lines_that_say_something_else_are_refused() {
    for line in [
        "",
        "7",
        "{\"events\": {}}",
        "{\"event\": {\"trigger\": \"sale\"}}",
    ] {
        assert!(ReplayLine::read(line).is_err(), "{line}");
    }
    assert!(ReplayLine::read(&format!("{{\"event\": {}1}}", " ".repeat(2_000_000))).is_err());
    assert!(ReplayLine::read("{}").unwrap().step().event.is_none());
}

/// The set of a golden vector, so that full budgets and nothing outstanding but them mean what the
/// vector's balances mean.
fn levelled(input: &Value) -> RuleSet {
    let mut set: RuleSet = serde_json::from_value(input["rules"].clone()).unwrap();
    let facts = &input["facts"];
    let balance = |id: &str| facts["budgets"][id].as_i64().unwrap_or(0);
    for budget in &mut set.budgets {
        budget.points = balance(&budget.id.to_string());
    }
    let aside: i64 = set.budgets.iter().map(|budget| budget.points).sum();
    let outstanding = facts["outstanding_points"].as_i64().unwrap_or(0);
    let limit = &mut set.limits.liability_points_max;
    *limit = limit.map(|points| points - outstanding + aside);
    set
}

#[test]
fn f013_each_golden_vector_gives_the_points_that_the_engine_gives() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors");
    let text = fs::read_to_string(folder.join("generated.jsonl")).unwrap();
    let cases = text
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    let mut tried = 0;
    for case in cases {
        let input = &case["input"];
        let hidden = input["hidden"].as_array();
        if hidden.is_some_and(|list| !list.is_empty()) || !case["answer"]["error"].is_null() {
            continue;
        }
        let index = Arc::new(Index::new(levelled(input)));
        let facts = &input["facts"];
        let line = json!({"event": input["event"], "facts": facts});
        let mut replay = Replay::new(Arc::clone(&index), index);
        replay.feed(&ReplayLine::read(&line.to_string()).unwrap().step());
        let report = replay.report(5).unwrap();
        let awards = case["answer"]["awards"].as_array().unwrap();
        let points: i64 = awards
            .iter()
            .map(|award| award["points"].as_i64().unwrap())
            .sum();
        let name = &case["name"];
        assert_eq!(report.draft.given.points, points, "{name}");
        assert_eq!(report.current.given.points, points, "{name}");
        let by_rule: i64 = report.rules.iter().map(|line| line.draft.points).sum();
        assert_eq!(by_rule, points, "{name}: by rule");
        let off = case["answer"]["discounts"].as_array().unwrap();
        let off: i64 = off
            .iter()
            .map(|line| line["amount_minor"].as_i64().unwrap())
            .sum();
        assert_eq!(
            report.draft.discounts_minor.values().sum::<i64>(),
            off,
            "{name}"
        );
        tried += 1;
    }
    assert!(tried > 200, "only {tried} vectors could be tried");
}

#[test]
fn f013_what_a_budget_pays_on_top_is_outstanding_no_longer() {
    let limits = json!({"offline_redemption_points_max": 0, "lease_points_max": 0, "lease_fresh_ms": 0,
        "fact_age_ms_max": 0, "liability_points_max": 1_000});
    let small =
        json!({"when": {"between": {"number": "basket_minor", "to": 1_000}}, "budget": "spring"});
    let large = json!({"when": {"between": {"number": "basket_minor", "from": 1_000}}});
    let draft = json!({"limits": limits,
        "budgets": [{"id": "spring", "points": 150, "gross_up_bp": 5_000}],
        "rules": [fixed("small", 40, small), fixed("large", 2_000, large)]});
    let steps = [sale(1, MAY_MS, 500), sale(1, MAY_MS + DAY_MS, 5_000)];
    let report = replayed(draft, json!({}), &steps);
    // 150 are kept for people; 40 of them are paid out and 20 go to the tax office: 870 may follow.
    assert_eq!(report.draft.given.points, 40 + 870);
    assert_eq!(report.bounds[0].bound, "liability");
}

#[test]
fn f013_a_quantile_is_the_first_person_who_has_that_part_before_them() {
    let by_amount = json!({"per_amount": {"currency": "EUR", "step_minor": 100, "points": 1}});
    let draft = json!({"rules": [rule("amount", by_amount, json!({}))]});
    let steps = [1, 2, 3].map(|n| sale(n, MAY_MS, i64::try_from(n).unwrap() * 100));
    let report = replayed(draft, json!({}), &steps);
    let changes = report.quantiles.iter();
    let changes: Vec<_> = changes
        .map(|place| (place.people_bp, place.change_points))
        .collect();
    let lower = [(0, 1), (100, 1), (1_000, 1), (2_500, 1), (5_000, 2)];
    let upper = [(7_500, 3), (9_000, 3), (9_900, 3), (10_000, 3)];
    assert_eq!(changes, [&lower[..], &upper[..]].concat());
}
