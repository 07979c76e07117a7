//! A year of a programme from a seed: 2,000 sellers at 400 outlets, 20,000 buyers, 150 products, and a
//! set with tallies, limits, tiers and budgets.

use std::sync::Arc;

use carrot_rules::earn::{Event, EventLine, Party};
use carrot_rules::index::Index;
use carrot_rules::replay::{ReplayEvent, ReplayLine};
use carrot_rules::ruleset::RuleSet;
use carrot_rules::ruleset::Trigger;
use serde_json::{Value, json};
use uuid::Uuid;

const YEAR_MS: i64 = 365 * 86_400_000;
/// 1 January 2026, midnight UTC.
const START_MS: i64 = 1_767_225_600_000;
const SELLERS: u64 = 2_000;
const OUTLETS: u64 = 400;
const BUYERS: u64 = 20_000;
const PRODUCTS: u64 = 150;

fn id(kind: u128, number: u64) -> Uuid {
    Uuid::from_u128(kind << 64 | u128::from(number))
}

fn product(number: u64) -> String {
    format!("{:014}", 4_000_000_000_000 + number)
}

fn rule(id: String, when: Value, effect: Value, who: &str, more: Value) -> Value {
    let mut rule = json!({"id": id, "trigger": "sale", "when": when, "effect": effect,
        "to": [{"who": who, "share_bp": 10_000}]});
    rule.as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    rule
}

/// A set of thirty rules; `rate_bp` scales what the brands give.
pub fn rules(rate_bp: i64) -> Arc<Index> {
    let mut rules = Vec::new();
    for brand in 0..10 {
        let when = json!({"is": {"field": "brand", "in": [format!("brand{brand}")]}});
        let effect = json!({"per_unit": {"points": (10 + brand) * rate_bp / 10_000}});
        let limits = json!({"limits": [{"per": "person", "within": "day", "points_max": 300}]});
        rules.push(rule(
            format!("brand-{brand}"),
            when,
            effect,
            "seller",
            limits,
        ));
    }
    for number in 0..15 {
        let when = json!({"is": {"field": "product", "in": [product(number * 9)]}});
        let effect = json!({"multiply": {"rate_bp": 20_000}});
        rules.push(rule(
            format!("double-{number}"),
            when,
            effect,
            "seller",
            json!({"budget": "spring"}),
        ));
    }
    let amount = json!({"per_amount": {"currency": "EUR", "step_minor": 1_000, "points": 1}});
    let tier = json!({"tier": {"ladder": "club", "at_least": "gold"}});
    let every = json!({"every": {"tally": "sold", "nth": 10, "points": 25}});
    rules.push(rule(
        "amount".into(),
        json!({"all": []}),
        amount,
        "buyer",
        json!({}),
    ));
    rules.push(rule(
        "gold".into(),
        tier,
        json!({"fixed": {"points": 3}}),
        "seller",
        json!({}),
    ));
    rules.push(rule(
        "tenth".into(),
        json!({"all": []}),
        every,
        "seller",
        json!({}),
    ));
    let set: RuleSet = serde_json::from_value(json!({
        "version": 1, "rules": rules,
        "tallies": [{"id": "sold", "subject": "seller", "on": "sale", "counts": "times", "within": "ever"},
            {"id": "pieces", "subject": "seller", "on": "sale", "counts": "pieces", "within": {"days": 30}}],
        "ladders": [{"id": "club", "tally": "pieces", "grace_days": 7,
            "steps": [{"code": "silver", "from": 20}, {"code": "gold", "from": 60}]}],
        "budgets": [{"id": "spring", "points": 900_000, "gross_up_bp": 2_000}],
        "peg": [{"from_ms": 0, "currency": "EUR", "minor_per_point_micro": 1_000_000}],
        "clawback": {"share_bp_max": 10_000, "points_max": 1_000_000},
        "limits": {"offline_redemption_points_max": 0, "lease_points_max": 0, "lease_fresh_ms": 0,
            "fact_age_ms_max": 0, "liability_points_max": 900_000_000}}))
    .unwrap();
    Arc::new(Index::new(set))
}

/// What is known before the year begins.
pub fn facts() -> impl Iterator<Item = ReplayEvent> {
    let goods = (0..PRODUCTS).map(|n| {
        let about = json!({"brand": format!("brand{}", n % 10), "category": format!("c{}", n % 4),
            "buyer_points": 2, "seller_points": 5});
        json!({"facts": {"products": {product(n): about}}})
    });
    let places = (0..OUTLETS).map(|n| {
        json!({"outlet_id": id(1, n), "facts": {"outlet": {"code": format!("S{n}"),
            "partner": format!("P{}", n % 40), "country": "DE", "city": "Ulm"}}})
    });
    goods
        .chain(places)
        .map(|line| ReplayLine::read(&line.to_string()).unwrap().step())
}

/// Sales with one to three lines, spread over the year.
pub fn events(count: u64) -> impl Iterator<Item = ReplayEvent> {
    let mut state = 7_u64;
    let mut below = move |bound: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % bound
    };
    let gap_ms = YEAR_MS / i64::try_from(count).unwrap();
    (0..count).map(move |number| {
        let seller = below(SELLERS);
        let lines = (0..=below(3)).map(|_| EventLine {
            product: Some(product(below(PRODUCTS))),
            quantity_micro: 1_000_000,
            amount_minor: 500 + i64::try_from(below(20_000)).unwrap(),
            buyer_micro: 1_000_000,
            seller_micro: 1_000_000,
            fresh_micro: 1_000_000,
        });
        let lines = lines.collect();
        let event = Event {
            trigger: Trigger::Sale,
            at_ms: START_MS + i64::try_from(number).unwrap() * gap_ms,
            outlet: Some(id(1, seller % OUTLETS)),
            actor: Party::Known(id(2, seller)),
            buyer: match below(2) {
                0 => Party::Nobody,
                _ => Party::Known(id(3, below(BUYERS))),
            },
            seller: Party::Known(id(2, seller)),
            currency: "EUR".to_owned(),
            evidence: "till".to_owned(),
            value: 0,
            lines,
        };
        ReplayEvent {
            event: Some(event),
            ..ReplayEvent::default()
        }
    })
}
