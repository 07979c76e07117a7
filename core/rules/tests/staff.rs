//! Who is credited besides whoever scanned: owner, staff by shares, at the event's own instant.

mod common;

use std::collections::BTreeMap;

use carrot_rules::command::Command;
use carrot_rules::entity::{ONLY, Outlet, Participant, Staff, StaffMember};
use carrot_rules::outcome::Outcome;
use carrot_rules::ruleset::{Effect, Rule, RuleSet, Share, Who};
use common::*;

const OWNER: u128 = 8;

fn shop(owner: Option<u128>) -> Outlet {
    Outlet {
        id: id(SHOP),
        code: "shop".to_owned(),
        partner: "partner".to_owned(),
        name: String::new(),
        address: String::new(),
        city: String::new(),
        country: "DK".to_owned(),
        currency: "DKK".to_owned(),
        time_zone: "UTC".to_owned(),
        latitude_e6: 0,
        longitude_e6: 0,
        online: true,
        owner: owner.map(id),
    }
}

fn works(person: u128, share: i64, until_ms: Option<i64>) -> StaffMember {
    StaffMember {
        participant: id(person),
        share,
        from_ms: 0,
        until_ms,
    }
}

fn world(rule: Rule) -> World {
    let mut world = World::new();
    let set = RuleSet {
        rules: vec![rule],
        ..rules()
    };
    world.put(ONLY, &set);
    world.put(&id(SHOP).to_string(), &shop(Some(OWNER)));
    let owner = Participant {
        id: id(OWNER),
        role: "owner".to_owned(),
        employments: Vec::new(),
        segments: Vec::new(),
        joined_ms: 0,
    };
    world.put(&id(OWNER).to_string(), &owner);
    world
}

fn sell(world: &mut World, number: u128, occurred_ms: i64) -> Outcome {
    let mut context = world.context(CASHIER);
    context.occurred_ms = occurred_ms;
    let basket = sale(number, vec![line(BEANS, 1)]);
    world.run(&Command::SaleRecord(basket), &context)
}

fn earned(world: &World, people: [u128; 3]) -> BTreeMap<u128, i64> {
    people
        .into_iter()
        .map(|person| (person, world.active(person)))
        .collect()
}

#[test]
fn f116_who_left_keeps_what_they_earned_and_earns_nothing_later() {
    let each = Effect::Fixed { points: 100 };
    let mut world = world(Rule::of_sale("team", Who::Staff, each));
    let left_ms = START_MS + HOUR_MS;
    let staff = Staff {
        people: vec![
            works(SELLER, 3, None),
            works(OTHER_SELLER, 1, Some(left_ms)),
        ],
    };
    world.put(&id(SHOP).to_string(), &staff);
    let people = [SELLER, OTHER_SELLER, OWNER];
    sell(&mut world, 50, START_MS);
    let both = BTreeMap::from([(SELLER, 75), (OTHER_SELLER, 25), (OWNER, 0)]);
    assert_eq!(earned(&world, people), both);
    world.now_ms = START_MS + 3 * HOUR_MS;
    // The first instant after their time: all of it is the other's.
    sell(&mut world, 51, left_ms);
    let one = BTreeMap::from([(SELLER, 175), (OTHER_SELLER, 25), (OWNER, 0)]);
    assert_eq!(earned(&world, people), one);
    // Reported now, sold while both worked there.
    sell(&mut world, 52, left_ms - 1);
    let late = BTreeMap::from([(SELLER, 250), (OTHER_SELLER, 50), (OWNER, 0)]);
    assert_eq!(earned(&world, people), late);
}

#[test]
fn f007_one_scans_and_the_owner_is_credited_or_both_by_shares() {
    let each = || Effect::Fixed { points: 100 };
    let mut world = self::world(Rule::of_sale("owner", Who::Owner, each()));
    sell(&mut world, 50, START_MS);
    assert_eq!((world.active(OWNER), world.active(CASHIER)), (100, 0));
    let share = |who, share_bp| Share { who, share_bp };
    let split = Rule {
        to: vec![share(Who::Seller, 7_000), share(Who::Owner, 3_000)],
        ..Rule::of_sale("split", Who::Seller, each())
    };
    let mut world = self::world(split);
    sell(&mut world, 50, START_MS);
    assert_eq!((world.active(SELLER), world.active(OWNER)), (70, 30));
}
