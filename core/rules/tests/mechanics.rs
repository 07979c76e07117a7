//! Mechanics as programmes run them, through real sales: boosts that a brand pays for, a mechanic for
//! each outlet, discounts that fall by themselves, the same rule as points, tiers, points by money.

mod common;

use carrot_rules::command::{BuyerRef, Command, SaleRecord};
use carrot_rules::entity::{Card, ONLY, Outlet};
use carrot_rules::ledger::{Account, Lots, Name};
use carrot_rules::outcome::{Outcome, PotRole};
use carrot_rules::ruleset::{
    Band, Counted, Effect, Gives, Ladder, Number, PegRate, Predicate, Rate, Rule, RuleSet, Subject,
    Tally, TextField, TierStep, Trigger, Who, Window,
};
use common::{BUYER, CASHIER, DUO, SELLER, SHOP, World, id, line, sale, void};

const DAY_MS: i64 = 24 * common::HOUR_MS;
const OTHER_SHOP: u128 = 11;

fn name(text: &str) -> Name {
    text.parse().unwrap()
}

fn is(field: TextField, value: &str) -> Predicate {
    Predicate::Is {
        field,
        values: vec![value.to_owned()],
    }
}

fn world(rules: RuleSet) -> World {
    let mut world = World::new();
    world.put(ONLY, &rules);
    for (shop, code) in [(SHOP, "A1"), (OTHER_SHOP, "B1")] {
        let outlet: Outlet = serde_json::from_value(serde_json::json!({
            "id": id(shop), "code": code, "partner": "nord", "name": "", "address": "", "city": "",
            "country": "DK", "currency": "DKK", "time_zone": "UTC", "latitude_e6": 0,
            "longitude_e6": 0, "online": true
        }))
        .unwrap();
        world.put(&id(shop).to_string(), &outlet);
    }
    world.put(
        "card-1",
        &Card {
            participant: id(BUYER),
        },
    );
    world
}

fn bought(world: &mut World, sale_id: u128, pieces: i64) -> Outcome {
    let card = BuyerRef::Card {
        reference: "card-1".to_owned(),
    };
    let record = SaleRecord {
        buyer: Some(card),
        ..sale(sale_id, vec![line(DUO, pieces)])
    };
    let context = world.context(CASHIER);
    world.run(&Command::SaleRecord(record), &context)
}

fn points(outcome: &Outcome, role: PotRole) -> Vec<i64> {
    let awards = outcome.awards.iter().filter(|award| award.role == role);
    awards.map(|award| award.points).collect()
}

#[test]
fn f003_a_boost_in_its_window_is_the_brands_and_has_its_own_lot() {
    let start = common::START_MS;
    let mut rules = common::rules();
    rules.rules.push(Rule {
        when: is(TextField::Brand, "Morgenrød"),
        starts_ms: Some(start),
        ends_ms: Some(start + DAY_MS),
        funder: Some(name("morgenrod")),
        expires_days: Some(30),
        ..Rule::of_sale("dawn", Who::Seller, Effect::Multiply { rate_bp: 20_000 })
    });
    let world = &mut world(rules);
    let boosted = bought(world, 1, 2);
    // 2 pieces x 120 by the price list, and the same again from the brand.
    assert_eq!(points(&boosted, PotRole::Seller), [240, 240]);
    let lots: Vec<_> = boosted
        .transfers
        .iter()
        .flat_map(|transfer| &transfer.legs)
        .filter(|leg| leg.account == Account::active(id(SELLER)))
        .filter_map(|leg| match &leg.lots {
            Lots::Born(terms) => Some((terms.funder, terms.expires_ms)),
            _ => None,
        })
        .collect();
    let expires = Some(start + 30 * DAY_MS);
    assert_eq!(lots, [(None, None), (Some(name("morgenrod")), expires)]);
    world.now_ms += DAY_MS;
    let over = bought(world, 2, 2);
    assert_eq!(points(&over, PotRole::Seller), [240]);
    let why = over.why_not.iter().find(|why| why.rule == "dawn").unwrap();
    assert_eq!(why.code, "over");
}

#[test]
fn f008_each_outlet_has_its_own_mechanic_and_several_run_side_by_side() {
    let mut rules = common::rules();
    let fixed = |points| Effect::Fixed { points };
    for (rule, outlet, points) in [("a", "A1", 10), ("b", "B1", 25)] {
        rules.rules.push(Rule {
            when: is(TextField::Outlet, outlet),
            ..Rule::of_sale(rule, Who::Seller, fixed(points))
        });
    }
    rules.rules.push(Rule {
        when: is(TextField::Evidence, "till"),
        ..Rule::of_sale("till", Who::Seller, fixed(3))
    });
    let world = &mut world(rules);
    assert_eq!(
        points(&bought(world, 1, 1), PotRole::Seller),
        [120 + 10 + 3]
    );
    let mut context = world.context(CASHIER);
    context.outlet = Some(id(OTHER_SHOP));
    let mut seller: carrot_rules::entity::Participant = world.get(&id(SELLER).to_string()).unwrap();
    let mut job = seller.employments[0].clone();
    job.outlet = id(OTHER_SHOP);
    seller.employments.push(job);
    world.put(&id(SELLER).to_string(), &seller);
    let there = Command::SaleRecord(sale(2, vec![line(DUO, 1)]));
    let there = world.run(&there, &context);
    assert_eq!(points(&there, PotRole::Seller), [120 + 25 + 3]);
}

#[test]
fn f001_a_sale_earns_by_the_price_of_its_own_day_however_late_it_is_heard_of() {
    let world = &mut world(common::rules());
    let mut duo: carrot_rules::entity::Product = world.get(DUO).unwrap();
    duo.publish_points(world.now_ms, (10, 30), 4);
    world.put(DUO, &duo);
    assert_eq!(points(&bought(world, 1, 1), PotRole::Seller), [30]);
    let mut late = world.context(CASHIER);
    late.occurred_ms -= 1;
    let yesterdays = Command::SaleRecord(sale(2, vec![line(DUO, 1)]));
    assert_eq!(
        points(&world.run(&yesterdays, &late), PotRole::Seller),
        [120]
    );
    for number in 0..100 {
        duo.publish_points(world.now_ms + number, (10, number), 5 + number);
    }
    assert_eq!(duo.dated.len(), carrot_rules::entity::DATED_POINTS_MAX);
    assert_eq!(duo.points_at(world.now_ms + 99).seller_points, 99);
    assert_eq!(
        duo.points_at(0).seller_points,
        60,
        "the oldest that is kept"
    );
}

/// A rate of 0, 5 or 10 per cent by what the buyer bought in the last 90 days.
fn rolling(gives: Gives) -> RuleSet {
    let band = |from, to, rate_bp| Band { from, to, rate_bp };
    let by = Number::Tally("bought".to_owned());
    let bands = vec![
        band(0, Some(50_000), 0),
        band(50_000, Some(100_000), 500),
        band(100_000, None, 1_000),
    ];
    let effect = Effect::Percent {
        currency: "DKK".to_owned(),
        rate: Rate::Banded { by, bands },
        gives,
    };
    RuleSet {
        rules: vec![Rule::of_sale("rolling", Who::Buyer, effect)],
        tallies: vec![Tally {
            id: "bought".to_owned(),
            subject: Subject::Buyer,
            on: Trigger::Sale,
            when: Predicate::default(),
            counts: Counted::AmountMinor,
            within: Window::Days(90),
        }],
        peg: vec![PegRate {
            from_ms: 0,
            currency: "DKK".to_owned(),
            minor_per_point_micro: 10_000_000,
        }],
        ..common::rules()
    }
}

fn off(outcome: &Outcome) -> i64 {
    let discounts = outcome.discounts.iter();
    discounts.map(|discount| discount.amount_minor).sum()
}

#[test]
fn f080_a_discount_follows_ninety_days_and_falls_by_itself() {
    let world = &mut world(rolling(Gives::Discount));
    // A piece costs 10,000.
    assert_eq!(off(&bought(world, 1, 5)), 0);
    assert_eq!(off(&bought(world, 2, 5)), 2_500, "50,000 before: 5 %");
    assert_eq!(off(&bought(world, 3, 1)), 1_000, "100,000 before: 10 %");
    world.now_ms += 89 * DAY_MS;
    assert_eq!(
        off(&bought(world, 4, 1)),
        1_000,
        "the first day still counts"
    );
    world.now_ms += DAY_MS;
    assert_eq!(off(&bought(world, 5, 1)), 0, "10,000 are left of it");
}

#[test]
fn f080_goods_that_go_back_take_their_volume_along() {
    let world = &mut world(rolling(Gives::Discount));
    bought(world, 1, 10);
    let context = world.context(CASHIER);
    world.run(&void(1), &context);
    assert_eq!(off(&bought(world, 2, 1)), 0);
}

#[test]
fn f081_the_same_rule_gives_points_instead() {
    let world = &mut world(rolling(Gives::Bonus));
    bought(world, 1, 10);
    let outcome = bought(world, 2, 3);
    assert_eq!(off(&outcome), 0);
    // 3 x 40 by the price list; 10 % of 30,000 is 3,000, a point is worth 10: 300.
    assert_eq!(points(&outcome, PotRole::Buyer), [120 + 300]);
}

#[test]
fn f031_points_follow_money_at_the_rate_of_the_day() {
    let mut rules = rolling(Gives::Bonus);
    rules.rules[0].effect = Effect::Percent {
        currency: "DKK".to_owned(),
        rate: Rate::Flat(1_000),
        gives: Gives::Bonus,
    };
    rules.peg.push(PegRate {
        from_ms: common::START_MS + DAY_MS,
        currency: "DKK".to_owned(),
        minor_per_point_micro: 20_000_000,
    });
    let at = |ms| rules.minor_per_point_micro("DKK", ms);
    assert_eq!(at(common::START_MS), Some(10_000_000));
    assert_eq!(at(common::START_MS + DAY_MS), Some(20_000_000));
    assert_eq!(rules.minor_per_point_micro("EUR", common::START_MS), None);
    let world = &mut world(rules.clone());
    assert_eq!(points(&bought(world, 1, 1), PotRole::Buyer), [40 + 100]);
    world.now_ms += DAY_MS;
    assert_eq!(points(&bought(world, 2, 1), PotRole::Buyer), [40 + 50]);
}

#[test]
fn f082_a_tier_is_climbed_by_what_was_earned_and_kept_for_the_days_of_grace() {
    let mut rules = common::rules();
    rules.tallies = vec![Tally {
        id: "earned".to_owned(),
        subject: Subject::Buyer,
        on: Trigger::Sale,
        when: Predicate::default(),
        counts: Counted::Points,
        within: Window::Days(30),
    }];
    let step = |code: &str, from| TierStep {
        code: code.to_owned(),
        title: Default::default(),
        from,
    };
    rules.ladders = vec![Ladder {
        id: "ladder".to_owned(),
        tally: "earned".to_owned(),
        steps: vec![step("base", 0), step("gold", 100)],
        grace_days: 5,
    }];
    rules.rules.push(Rule {
        when: Predicate::Tier {
            ladder: "ladder".to_owned(),
            at_least: "gold".to_owned(),
        },
        ..Rule::of_sale("gold", Who::Buyer, Effect::Multiply { rate_bp: 15_000 })
    });
    let world = &mut world(rules);
    assert_eq!(points(&bought(world, 1, 3), PotRole::Buyer), [120]);
    // Spending does not lower what was earned.
    world.give(BUYER, -100);
    assert_eq!(points(&bought(world, 2, 1), PotRole::Buyer), [60]);
    world.now_ms += 34 * DAY_MS;
    assert_eq!(points(&bought(world, 3, 1), PotRole::Buyer), [60], "grace");
    world.now_ms += 2 * DAY_MS;
    assert_eq!(points(&bought(world, 4, 1), PotRole::Buyer), [40]);
}
