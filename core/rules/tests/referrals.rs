//! Recommendations: who may name whom, both sides rewarded, and the first purchase.

mod common;

use carrot_rules::command::{BuyerRef, Command, ReferralAccept};
use carrot_rules::entity::{Card, ONLY, Participant, Referral, ReferralCode};
use carrot_rules::outcome::{Class, Outcome};
use carrot_rules::ruleset::{
    Counted, Effect, Gives, Number, Predicate, Rate, Rule, RuleSet, Share, Subject, Tally, Trigger,
    Who, Window,
};
use common::*;

const FRIEND: u128 = 40;
const DAY_MS: i64 = 24 * HOUR_MS;

fn member(world: &mut World, number: u128, joined_ms: i64) {
    let person = Participant {
        id: id(number),
        role: "buyer".to_owned(),
        employments: Vec::new(),
        segments: Vec::new(),
        joined_ms,
    };
    world.put(&id(number).to_string(), &person);
    let code = ReferralCode {
        participant: id(number),
    };
    world.put(&format!("CODE{number}"), &code);
}

fn accept(world: &mut World, actor: u128, code: &str) -> Outcome {
    let mut context = world.context(actor);
    context.outlet = None;
    let accept = ReferralAccept {
        referral_id: context.command_id,
        code: code.to_owned(),
    };
    world.run(&Command::ReferralAccept(accept), &context)
}

fn refused(world: &mut World, actor: u128, code: &str) -> String {
    let outcome = accept(world, actor, code);
    assert_eq!(outcome.class, Class::Rejected, "{outcome:?}");
    outcome.code
}

fn on(trigger: Trigger, id: &str, who: Who, points: i64) -> Rule {
    Rule {
        trigger,
        ..Rule::of_sale(id, who, Effect::Fixed { points })
    }
}

fn publish(world: &mut World, rules: RuleSet) {
    world.put(ONLY, &rules);
}

#[test]
fn f121_joining_by_a_recommendation_rewards_both_sides_once() {
    let mut world = World::new();
    publish(
        &mut world,
        RuleSet {
            rules: vec![
                on(Trigger::Joined, "welcome", Who::Buyer, 50),
                on(Trigger::Joined, "thanks", Who::Referrer, 80),
            ],
            ..rules()
        },
    );
    member(&mut world, BUYER, START_MS - 400 * DAY_MS);
    member(&mut world, FRIEND, START_MS - DAY_MS);
    // As people type it.
    let outcome = accept(&mut world, FRIEND, " code-4 ");
    assert_eq!(outcome.class, Class::Accepted, "{outcome:?}");
    assert_eq!((world.active(FRIEND), world.active(BUYER)), (50, 80));
    let known: Referral = world.get(&id(FRIEND).to_string()).unwrap();
    assert_eq!((known.referrer, known.at_ms), (id(BUYER), START_MS));
    assert_eq!(refused(&mut world, FRIEND, "CODE4"), "already_referred");
    assert_eq!((world.active(FRIEND), world.active(BUYER)), (50, 80));
}

#[test]
fn f078_nobody_recommends_themselves_nor_their_own_recommender() {
    let mut world = World::new();
    for person in [41, 42, 43, 44] {
        member(&mut world, person, START_MS);
    }
    assert_eq!(refused(&mut world, 41, "CODE41"), "own_referral");
    assert_eq!(refused(&mut world, 41, "NOBODY"), "referral_code_unknown");
    assert_eq!(refused(&mut world, 41, "  "), "referral_code_unknown");
    for (person, code) in [(42, "CODE41"), (43, "CODE42"), (44, "CODE43")] {
        assert_eq!(accept(&mut world, person, code).class, Class::Accepted);
    }
    assert_eq!(refused(&mut world, 41, "CODE44"), "referral_cycle");
    assert_eq!(refused(&mut world, 41, "CODE42"), "referral_cycle");
    assert_eq!(world.all::<Referral>().len(), 3);
}

#[test]
fn f078_a_recommendation_is_named_soon_after_joining() {
    let mut world = World::new();
    let mut set = rules();
    set.limits.referral_days_max = 10;
    publish(&mut world, set);
    member(&mut world, BUYER, START_MS);
    member(&mut world, 41, START_MS - 10 * DAY_MS);
    member(&mut world, 42, START_MS - 10 * DAY_MS - 1);
    member(&mut world, 43, 0);
    assert_eq!(accept(&mut world, 41, "CODE4").class, Class::Accepted);
    assert_eq!(refused(&mut world, 42, "CODE4"), "joined_too_long_ago");
    assert_eq!(refused(&mut world, 43, "CODE4"), "joined_too_long_ago");
    assert_eq!(refused(&mut world, 99, "CODE4"), "not_permitted");
}

#[test]
fn f078_a_long_chain_is_followed_only_so_far_and_pays_its_levels() {
    let mut world = World::new();
    let levels = Effect::Levels {
        of: Box::new(Effect::Fixed { points: 100 }),
        shares_bp: vec![5_000, 2_000],
    };
    let rule = Rule {
        trigger: Trigger::Joined,
        ..Rule::of_sale("levels", Who::Referrer, levels)
    };
    publish(
        &mut world,
        RuleSet {
            rules: vec![rule],
            ..rules()
        },
    );
    member(&mut world, 50, START_MS);
    for person in 51..75 {
        member(&mut world, person, START_MS);
        let outcome = accept(&mut world, person, &format!("CODE{}", person - 1));
        assert_eq!(outcome.class, Class::Accepted);
    }
    // 23 people joined below 51, one right below and one two levels below.
    assert_eq!((world.active(51), world.active(50)), (50 + 20, 50 + 20));
    assert_eq!((world.active(73), world.active(74)), (50, 0));
}

/// The first purchase of somebody recommended: a discount for them, points for who recommended.
fn first_purchase() -> RuleSet {
    let first = Predicate::All(vec![
        Predicate::Referred(true),
        Predicate::Between {
            number: Number::Tally("purchases".to_owned()),
            from: None,
            to: Some(1),
        },
    ]);
    let discount = Effect::Percent {
        currency: "DKK".to_owned(),
        rate: Rate::Flat(1_000),
        gives: Gives::Discount,
    };
    let rule = |id: &str, who, effect| Rule {
        when: first.clone(),
        to: Share::all(who),
        ..Rule::of_sale(id, who, effect)
    };
    RuleSet {
        rules: vec![
            rule("friend-off", Who::Buyer, discount),
            rule("friend-thanks", Who::Referrer, Effect::Fixed { points: 70 }),
        ],
        tallies: vec![Tally {
            id: "purchases".to_owned(),
            subject: Subject::Buyer,
            on: Trigger::Sale,
            when: Predicate::default(),
            counts: Counted::Times,
            within: Window::Ever,
        }],
        ..rules()
    }
}

fn buy(world: &mut World, number: u128, card: &str) -> Outcome {
    let mut basket = sale(number, vec![line(BEANS, 2)]);
    basket.seller = None;
    basket.buyer = Some(BuyerRef::Card {
        reference: card.to_owned(),
    });
    let context = world.context(CASHIER);
    world.run(&Command::SaleRecord(basket), &context)
}

#[test]
fn f121_the_first_purchase_brings_the_buyer_a_discount_and_the_referrer_points_once() {
    let mut world = World::new();
    publish(&mut world, first_purchase());
    member(&mut world, BUYER, START_MS);
    member(&mut world, FRIEND, START_MS);
    let card = Card {
        participant: id(FRIEND),
    };
    world.put("card", &card);
    accept(&mut world, FRIEND, "CODE4");
    assert_eq!(world.active(BUYER), 0);
    let first = buy(&mut world, 50, "card");
    assert_eq!(first.class, Class::Accepted, "{first:?}");
    assert_eq!(world.active(BUYER), 70);
    // A tenth of 200.00 off.
    let off: Vec<i64> = first.discounts.iter().map(|off| off.amount_minor).collect();
    assert_eq!(off, [2_000]);
    let second = buy(&mut world, 51, "card");
    assert_eq!((world.active(BUYER), second.discounts.len()), (70, 0));
}
