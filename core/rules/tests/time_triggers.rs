//! Rules that a clock asks about: silences and anniversaries, each once.

mod common;

use carrot_rules::command::{BuyerRef, Command, DueRun};
use carrot_rules::decide::time::{Lengths, schedule};
use carrot_rules::entity::{Card, ONLY, Participant, Purchases};
use carrot_rules::outcome::{Class, Due, Outcome};
use carrot_rules::ruleset::{Effect, Rule, RuleSet, Trigger, Who};
use common::*;
use uuid::Uuid;

const DAY_MS: i64 = 24 * HOUR_MS;

fn rule(trigger: Trigger, id: &str, points: i64) -> Rule {
    Rule {
        trigger,
        ..Rule::of_sale(id, Who::Buyer, Effect::Fixed { points })
    }
}

fn world() -> World {
    let mut world = World::new();
    let set = RuleSet {
        rules: vec![
            rule(Trigger::Quiet { days: 60 }, "win-back", 100),
            rule(Trigger::Quiet { days: 90 }, "win-back-again", 40),
            rule(Trigger::Anniversary { days: 365 }, "birthday", 25),
        ],
        ..rules()
    };
    world.put(ONLY, &set);
    let card = Card {
        participant: id(BUYER),
    };
    world.put("card", &card);
    world
}

fn buy(world: &mut World, number: u128) -> Outcome {
    let mut basket = sale(number, vec![line(BEANS, 1)]);
    basket.seller = None;
    basket.buyer = Some(BuyerRef::Card {
        reference: "card".to_owned(),
    });
    let context = world.context(CASHIER);
    world.run(&Command::SaleRecord(basket), &context)
}

/// The clock's turn, at the world's instant.
fn run(world: &mut World, due: &Due) -> Outcome {
    let mut context = world.context(CASHIER);
    context.actor = Uuid::nil();
    context.device = Uuid::nil();
    context.outlet = None;
    let command = DueRun {
        kind: due.kind.clone(),
        subject: due.subject.clone(),
        due_ms: due.at_ms.unwrap(),
    };
    world.run(&Command::DueRun(command), &context)
}

fn item(outcome: &Outcome, kind: &str, days: i64) -> Due {
    let subject = format!("{}:{days}", id(BUYER));
    let of = |due: &&Due| due.kind == kind && due.subject == subject;
    outcome.dues.iter().find(of).unwrap().clone()
}

#[test]
fn f120_a_silence_is_rewarded_once_when_its_days_have_passed() {
    let mut world = world();
    let bought = buy(&mut world, 50);
    let earned = world.active(BUYER);
    let due = item(&bought, "quiet", 60);
    assert_eq!(due.at_ms, Some(START_MS + 60 * DAY_MS));
    assert_eq!(run(&mut world, &due).class, Class::Rejected, "too early");
    world.now_ms = START_MS + 61 * DAY_MS;
    let outcome = run(&mut world, &due);
    assert_eq!(outcome.class, Class::Accepted, "{outcome:?}");
    assert_eq!(world.active(BUYER), earned + 100);
    for _ in 0..2 {
        run(&mut world, &due);
    }
    assert_eq!(world.active(BUYER), earned + 100, "once for one silence");
    world.now_ms = START_MS + 90 * DAY_MS;
    run(&mut world, &item(&bought, "quiet", 90));
    assert_eq!(
        world.active(BUYER),
        earned + 140,
        "a longer silence has its own"
    );
}

#[test]
fn f120_a_purchase_moves_the_silence_forward() {
    let mut world = world();
    let first = buy(&mut world, 50);
    world.now_ms += 30 * DAY_MS;
    let second = buy(&mut world, 51);
    let earned = world.active(BUYER);
    world.now_ms = START_MS + 60 * DAY_MS;
    let stale = item(&first, "quiet", 60);
    let outcome = run(&mut world, &stale);
    assert_eq!(world.active(BUYER), earned, "{outcome:?}");
    let due = item(&second, "quiet", 60);
    assert_eq!(due.key, stale.key, "one item for one silence");
    assert_eq!(due.at_ms, Some(START_MS + 90 * DAY_MS));
    world.now_ms = START_MS + 90 * DAY_MS;
    run(&mut world, &due);
    assert_eq!(world.active(BUYER), earned + 100);
    // A new purchase begins a new silence, which is rewarded again.
    let third = buy(&mut world, 52);
    let earned = world.active(BUYER);
    world.now_ms += 60 * DAY_MS;
    run(&mut world, &item(&third, "quiet", 60));
    assert_eq!(world.active(BUYER), earned + 100);
}

#[test]
fn f120_a_purchase_that_is_reported_late_moves_nothing_back() {
    let mut world = world();
    buy(&mut world, 50);
    let mut basket = sale(51, vec![line(BEANS, 1)]);
    basket.seller = None;
    basket.buyer = Some(BuyerRef::Card {
        reference: "card".to_owned(),
    });
    let mut context = world.context(CASHIER);
    context.occurred_ms -= 5 * DAY_MS;
    let outcome = world.run(&Command::SaleRecord(basket), &context);
    assert!(outcome.dues.iter().all(|due| due.kind != "quiet"));
    let known: Purchases = world.get(&id(BUYER).to_string()).unwrap();
    assert_eq!(known.last_ms, START_MS);
}

#[test]
fn f120_an_anniversary_comes_every_year_however_late_the_clock_is() {
    let mut world = world();
    let mut person: Participant = world.get(&id(BUYER).to_string()).unwrap();
    person.joined_ms = START_MS - 100 * DAY_MS;
    world.put(&id(BUYER).to_string(), &person);
    let set: RuleSet = world.get(ONLY).unwrap();
    let dues = schedule(&Lengths::of(&set), &person, &Purchases::default(), START_MS);
    assert_eq!(dues.len(), 1, "who never bought is not silent");
    let mut due = dues[0].clone();
    assert_eq!(due.at_ms, Some(START_MS + 265 * DAY_MS));
    // Two years pass before the clock runs again.
    world.now_ms = START_MS + 800 * DAY_MS;
    for (points, days) in [(25, 265), (50, 265 + 365)] {
        assert_eq!(due.at_ms, Some(START_MS + days * DAY_MS));
        let outcome = run(&mut world, &due);
        assert_eq!(world.active(BUYER), points, "{outcome:?}");
        due = item(&outcome, "anniversary", 365);
    }
    let early = run(&mut world, &due);
    assert_eq!(early.class, Class::Rejected);
    // Days that are none of the item's own bring nothing.
    due.at_ms = Some(START_MS + 7 * DAY_MS);
    run(&mut world, &due);
    assert_eq!(world.active(BUYER), 50);
}

#[test]
fn f120_a_rule_that_is_gone_is_asked_no_more() {
    let mut world = world();
    let bought = buy(&mut world, 50);
    let earned = world.active(BUYER);
    world.put(ONLY, &rules());
    world.now_ms = START_MS + 61 * DAY_MS;
    let outcome = run(&mut world, &item(&bought, "quiet", 60));
    assert_eq!(outcome.dues, []);
    assert_eq!(world.active(BUYER), earned);
}
