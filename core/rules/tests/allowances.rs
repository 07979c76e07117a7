//! Redemptions without a network and without escrow: off until an owner confirms what they can cost, and
//! then never dearer than that, whatever terminals send and in which order.

mod common;

use carrot_rules::command::{AllowanceSet, Command, Cover};
use carrot_rules::decide::ProofCheck;
use carrot_rules::entity::{Allowance, ONLY, Participant, Review, Till};
use carrot_rules::ledger::Account;
use carrot_rules::outcome::Class;
use common::*;
use proptest::prelude::*;
use uuid::Uuid;

const MANAGER: u128 = 8;
const OTHER: u128 = 21;
const EACH_POINTS: i64 = 700;
const DAY_MS: i64 = 24 * 3_600_000;

fn world() -> World {
    let mut world = World::new();
    world.balances.insert(Account::OfflineBudget, 100_000);
    *world.balances.entry(Account::Issuance).or_default() -= 100_000;
    let mut manager: Participant = world.get(&id(CASHIER).to_string()).unwrap();
    manager.id = id(MANAGER);
    "manager".clone_into(&mut manager.role);
    world.put(&id(MANAGER).to_string(), &manager);
    for terminal in [TERMINAL, OTHER] {
        let till = Till {
            device: id(terminal),
            outlet: id(SHOP),
            name: "till".to_owned(),
            open: true,
            codes_until_seq: None,
        };
        world.put(&id(terminal).to_string(), &till);
    }
    world
}

fn set(world: &mut World, actor: u128, each_points: i64, bound_points: i64) -> String {
    let mut context = world.context(actor);
    (context.device, context.outlet) = (Uuid::nil(), None);
    let terminals = match each_points {
        0 => Vec::new(),
        _ => vec![id(TERMINAL), id(OTHER)],
    };
    let set = AllowanceSet {
        each_points,
        terminals,
        bound_points,
        reason: "a market without a network".to_owned(),
    };
    world.run(&Command::AllowanceSet(set), &context).code
}

/// What a terminal says that it handed over, at `at_ms` and `since_ms` after it was in touch.
struct Hand {
    terminal: u128,
    cost_points: i64,
    at_ms: i64,
    since_ms: i64,
    exposure_points: i64,
}

fn hand(world: &mut World, number: u128, hand: &Hand) -> (Class, String) {
    let mut context = world.context(CASHIER);
    context.device = id(hand.terminal);
    context.occurred_ms = hand.at_ms;
    context.made.from_ms = Some(hand.at_ms - hand.since_ms);
    context.exposure_points = hand.exposure_points;
    context.proof = ProofCheck::Valid {
        participant: id(BUYER),
        id: format!("proof {number}"),
    };
    let mut redeem = redeem(number, Cover::Allowance);
    redeem.cost_points = hand.cost_points;
    let outcome = world.run(&Command::RewardRedeem(redeem), &context);
    (outcome.class, outcome.code)
}

fn now(world: &World, cost_points: i64) -> Hand {
    Hand {
        terminal: TERMINAL,
        cost_points,
        at_ms: world.now_ms,
        since_ms: 0,
        exposure_points: 0,
    }
}

#[test]
fn m1_an_allowance_is_off_until_a_manager_confirms_its_bound() {
    let mut world = world();
    let parked = |code: &str| (Class::Parked, code.to_owned());
    let first = now(&world, 300);
    assert_eq!(hand(&mut world, 1, &first), parked("allowance_off"));
    let all = 2 * EACH_POINTS;
    assert_eq!(set(&mut world, CASHIER, EACH_POINTS, all), "not_permitted");
    assert_eq!(
        set(&mut world, MANAGER, EACH_POINTS, all - 1),
        "bound_differs"
    );
    assert_eq!(set(&mut world, MANAGER, -1, -2), "bad_input");
    assert_eq!(set(&mut world, MANAGER, EACH_POINTS, all), "ok");
    let accepted = (Class::Accepted, "ok".to_owned());
    assert_eq!(hand(&mut world, 2, &first), accepted);
    assert_eq!(world.balance(Account::OfflineLoss), 300);
    assert_eq!(world.balance(Account::OfflineBudget), 99_700);
    // Handed over and not reported counts, and so does what was lost.
    let exposed = Hand {
        exposure_points: 101,
        ..now(&world, 300)
    };
    assert_eq!(hand(&mut world, 3, &exposed), parked("allowance_exceeded"));
    let long_ago = Hand {
        since_ms: 3 * DAY_MS,
        ..now(&world, 300)
    };
    assert_eq!(hand(&mut world, 4, &long_ago), parked("allowance_stale"));
    let before = now(&world, 300);
    world.now_ms += 1;
    assert_eq!(set(&mut world, MANAGER, 0, 0), "ok");
    let after = now(&world, 300);
    assert_eq!(hand(&mut world, 5, &after), parked("allowance_off"));
    assert_eq!(hand(&mut world, 6, &before), accepted, "before it ended");
    let told = world.all::<Review>();
    let lost = |review: &&Review| review.subject == "offline_loss";
    assert_eq!(told.iter().filter(lost).count(), 2);
}

#[test]
fn m1_an_allowance_is_borne_by_the_offline_budget_or_waits() {
    let mut world = world();
    set(&mut world, MANAGER, EACH_POINTS, 2 * EACH_POINTS);
    *world.balances.get_mut(&Account::OfflineBudget).unwrap() = 299;
    *world.balances.get_mut(&Account::Issuance).unwrap() = -299;
    let dear = now(&world, 300);
    let waits = (Class::Parked, "offline_budget_spent".to_owned());
    assert_eq!(hand(&mut world, 1, &dear), waits);
    world.give(BUYER, 1);
    assert_eq!(hand(&mut world, 2, &dear).1, "ok", "299 are lacking");
    assert_eq!(world.balance(Account::OfflineBudget), 0);
}

#[derive(Debug, Clone)]
enum Step {
    Hand {
        other: bool,
        cost_points: i64,
        ago_ms: i64,
        since_ms: i64,
    },
    Give(i64),
    Pass(i64),
    Confirm,
    Off,
}

fn step() -> impl Strategy<Value = Step> {
    let hand = (any::<bool>(), 1..900_i64, 0..DAY_MS, 0..4 * DAY_MS).prop_map(
        |(other, cost_points, ago_ms, since_ms)| Step::Hand {
            other,
            cost_points,
            ago_ms,
            since_ms,
        },
    );
    prop_oneof![
        12 => hand,
        2 => (1..600_i64).prop_map(Step::Give),
        2 => (1..2 * DAY_MS).prop_map(Step::Pass),
        1 => Just(Step::Confirm),
        1 => Just(Step::Off),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// Whatever terminals say that they handed over, and in which order they say it: a terminal that
    /// counts nothing (its exposure is always zero), dates what it likes and never stops included.
    #[test]
    fn m1_what_allowances_lose_is_at_most_what_was_confirmed(steps in prop::collection::vec(step(), 1..80)) {
        let mut world = world();
        prop_assert_eq!(set(&mut world, MANAGER, EACH_POINTS, 2 * EACH_POINTS), "ok");
        let mut confirmed = 2 * EACH_POINTS;
        let mut lost_before = 0;
        for (number, step) in (1_u128..).zip(steps) {
            match step {
                Step::Hand { other, cost_points, ago_ms, since_ms } => {
                    let said = Hand {
                        terminal: if other { OTHER } else { TERMINAL },
                        cost_points,
                        at_ms: world.now_ms - ago_ms,
                        since_ms,
                        exposure_points: 0,
                    };
                    hand(&mut world, number, &said);
                }
                Step::Give(points) => world.give(BUYER, points),
                Step::Pass(ms) => world.now_ms += ms,
                Step::Confirm => {
                    set(&mut world, MANAGER, EACH_POINTS, 2 * EACH_POINTS);
                    confirmed += 2 * EACH_POINTS;
                    lost_before = world.balance(Account::OfflineLoss);
                }
                Step::Off => {
                    set(&mut world, MANAGER, 0, 0);
                }
            }
            let lost = world.balance(Account::OfflineLoss);
            prop_assert!(lost <= confirmed, "{} of {}", lost, confirmed);
            prop_assert!(lost - lost_before <= 2 * EACH_POINTS, "since it was confirmed");
            for terminal in [TERMINAL, OTHER] {
                let known: Allowance = world.get(&id(terminal).to_string()).unwrap();
                prop_assert!(known.loss_points - known.cleared_points <= EACH_POINTS);
            }
            prop_assert!(world.active(BUYER) >= 0);
            prop_assert!(world.balance(Account::OfflineBudget) >= 0);
        }
        prop_assert!(world.get::<carrot_rules::entity::AllowanceMode>(ONLY).is_some());
    }
}
