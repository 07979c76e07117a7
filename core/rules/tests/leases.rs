//! A lease whose terminal will not report any more is given up by a manager: what was not lost is
//! free again, and what the terminal says later waits for a person.

mod common;

use carrot_rules::command::{Command, Cover, LeaseClear, LeaseRequest, LeaseReturn, LeaseWriteOff};
use carrot_rules::decide::{ProofCheck, left_today};
use carrot_rules::entity::{Lease, MemberDay, Participant, Review, Reward};
use carrot_rules::ledger::Account;
use carrot_rules::outcome::Class;
use common::*;
use uuid::Uuid;

const MANAGER: u128 = 8;
const DAY_MS: i64 = 24 * 3_600_000;

fn world() -> World {
    let mut world = World::new();
    world.give(BUYER, 800);
    world.balances.insert(Account::OfflineBudget, 1_000);
    *world.balances.entry(Account::Issuance).or_default() -= 1_000;
    let mut manager: Participant = world.get(&id(CASHIER).to_string()).unwrap();
    manager.id = id(MANAGER);
    "manager".clone_into(&mut manager.role);
    world.put(&id(MANAGER).to_string(), &manager);
    world
}

#[test]
fn a_lease_that_was_given_up_frees_what_was_not_lost() {
    let mut world = world();
    let context = world.context(CASHIER);
    let lease_id = id(TERMINAL);
    let request = Command::LeaseRequest(LeaseRequest {
        lease_id,
        points: 800,
    });
    world.run(&request, &context);
    let give_up = |world: &mut World, actor: u128, lost_points: i64, reason: &str| {
        let mut context = world.context(actor);
        (context.device, context.outlet) = (Uuid::nil(), None);
        let command = Command::LeaseWriteOff(LeaseWriteOff {
            lease_id,
            lost_points,
            reason: reason.to_owned(),
        });
        world.run(&command, &context).code
    };
    assert_eq!(give_up(&mut world, CASHIER, 0, "stolen"), "not_permitted");
    assert_eq!(give_up(&mut world, MANAGER, 801, "stolen"), "bad_input");
    assert_eq!(give_up(&mut world, MANAGER, 300, " "), "bad_input");
    assert_eq!(give_up(&mut world, MANAGER, 300, "stolen"), "ok");
    assert_eq!(world.balance(Account::OfflineBudget), 700);
    assert_eq!(world.balance(Account::OfflineLoss), 300);
    let lease: Lease = world.get(&lease_id.to_string()).unwrap();
    assert_eq!(
        (lease.loss_points, lease.written_off_ms),
        (300, Some(START_MS))
    );
    let mut context = world.context(CASHIER);
    context.proof = ProofCheck::Valid {
        participant: id(BUYER),
        id: "p".to_owned(),
    };
    let command = Command::RewardRedeem(redeem(70, Cover::Lease { lease_id }));
    let late = world.run(&command, &context);
    let late = (late.class, late.code.as_str());
    assert_eq!(late, (Class::Parked, "lease_written_off"));
    let context = world.context(CASHIER);
    assert_eq!(world.run(&request, &context).code, "lease_written_off");
}

/// A till and a phone without points that push each loss and ask for the lease anew at once.
fn lose_and_ask(world: &mut World, rounds: u128) -> String {
    let mut last = String::new();
    for round in 0..rounds {
        let context = world.context(CASHIER);
        let lease_id = id(TERMINAL);
        let points = 2_000;
        let request = Command::LeaseRequest(LeaseRequest { lease_id, points });
        last = world.run(&request, &context).code;
        let mut context = world.context(CASHIER);
        context.proof = ProofCheck::Valid {
            participant: id(BUYER),
            id: format!("p{}{round}", world.now_ms),
        };
        let number = u128::from(world.now_ms.unsigned_abs()) * 100 + round;
        let spent = redeem(number, Cover::Lease { lease_id });
        world.run(&Command::RewardRedeem(spent), &context);
    }
    last
}

#[test]
fn f102_a_lease_that_lost_is_not_filled_up_until_a_manager_looked() {
    let mut world = World::new();
    world.balances.insert(Account::OfflineBudget, 10_000);
    *world.balances.entry(Account::Issuance).or_default() -= 10_000;
    let bag: Reward = world.get("bag").unwrap();
    world.put("bag", &Reward { stock: None, ..bag });
    let mut manager: Participant = world.get(&id(CASHIER).to_string()).unwrap();
    manager.id = id(MANAGER);
    "manager".clone_into(&mut manager.role);
    world.put(&id(MANAGER).to_string(), &manager);

    lose_and_ask(&mut world, 10);
    // 300 a piece: six fit into one lease of 2 000 points, and nothing is lent again.
    assert_eq!(world.balance(Account::OfflineLoss), 1_800);
    let signals = world.all::<Review>();
    let lost = |review: &&Review| review.kind == "signal" && review.subject == "offline_loss";
    assert_eq!(signals.iter().filter(lost).count(), 6);

    let clear = |world: &mut World, actor: u128, loss_points: i64, reason: &str| {
        let mut context = world.context(actor);
        (context.device, context.outlet) = (Uuid::nil(), None);
        let clear = LeaseClear {
            lease_id: id(TERMINAL),
            loss_points,
            reason: reason.to_owned(),
        };
        world.run(&Command::LeaseClear(clear), &context).code
    };
    assert_eq!(clear(&mut world, CASHIER, 1_800, "seen"), "not_permitted");
    assert_eq!(clear(&mut world, MANAGER, 1_801, "seen"), "bad_input");
    assert_eq!(clear(&mut world, MANAGER, 1_800, " "), "bad_input");
    assert_eq!(clear(&mut world, MANAGER, 1_800, "seen"), "ok");
    assert_eq!(clear(&mut world, MANAGER, 1_800, "seen"), "bad_input");
    world.now_ms += 1;
    lose_and_ask(&mut world, 10);
    assert_eq!(world.balance(Account::OfflineLoss), 3_600);
}

#[test]
fn f102_a_lease_that_is_lost_in_full_says_so() {
    let mut world = World::new();
    world.balances.insert(Account::OfflineBudget, 10_000);
    *world.balances.entry(Account::Issuance).or_default() -= 10_000;
    let bag: Reward = world.get("bag").unwrap();
    world.put("bag", &Reward { stock: None, ..bag });
    let mut rules: carrot_rules::ruleset::RuleSet = world.get(carrot_rules::entity::ONLY).unwrap();
    rules.limits.lease_points_max = 600;
    world.put(carrot_rules::entity::ONLY, &rules);
    assert_eq!(lose_and_ask(&mut world, 3), "lease_lost");
}

/// A programme with a full budget, a reward that never runs out, and a lease of 2 000 points.
fn lent() -> World {
    let mut world = World::new();
    world.balances.insert(Account::OfflineBudget, 10_000);
    *world.balances.entry(Account::Issuance).or_default() -= 10_000;
    let bag: Reward = world.get("bag").unwrap();
    world.put("bag", &Reward { stock: None, ..bag });
    let context = world.context(CASHIER);
    let request = LeaseRequest {
        lease_id: id(TERMINAL),
        points: 2_000,
    };
    world.run(&Command::LeaseRequest(request), &context);
    world
}

/// A redemption under the lease with a proof of its own; how it was answered.
fn spend(world: &mut World, number: u128, exposure_points: i64) -> (Class, String) {
    let mut context = world.context(CASHIER);
    context.exposure_points = exposure_points;
    context.proof = ProofCheck::Valid {
        participant: id(BUYER),
        id: format!("proof {number}"),
    };
    let lease_id = id(TERMINAL);
    let spent = redeem(number, Cover::Lease { lease_id });
    let outcome = world.run(&Command::RewardRedeem(spent), &context);
    (outcome.class, outcome.code)
}

fn give_back(world: &mut World, points: i64, exposure_points: i64) -> (Class, String) {
    let mut context = world.context(CASHIER);
    context.exposure_points = exposure_points;
    let back = LeaseReturn {
        lease_id: id(TERMINAL),
        points,
    };
    let outcome = world.run(&Command::LeaseReturn(back), &context);
    (outcome.class, outcome.code)
}

#[test]
fn m1_what_a_terminal_gives_back_of_its_lease_is_free_and_cannot_be_redeemed() {
    let mut world = lent();
    assert_eq!(give_back(&mut world, 0, 0).1, "bad_input");
    assert_eq!(give_back(&mut world, 2_001, 0).1, "lease_exceeded");
    // What was handed over and not booked is not the terminal's to give back.
    assert_eq!(give_back(&mut world, 1_701, 300).1, "lease_exceeded");
    assert_eq!(give_back(&mut world, 1_700, 300).1, "ok");
    assert_eq!(world.balance(Account::OfflineBudget), 9_700);
    assert_eq!(world.balance(Account::Lease(id(TERMINAL))), 300);
    let lease: Lease = world.get(&id(TERMINAL).to_string()).unwrap();
    assert_eq!(lease.granted_points, 300);
    assert_eq!(spend(&mut world, 1, 0), (Class::Accepted, "ok".to_owned()));
    let beyond = (Class::Parked, "lease_exceeded".to_owned());
    assert_eq!(spend(&mut world, 2, 0), beyond);
    // Another terminal's word frees nothing.
    let mut context = world.context(CASHIER);
    context.device = id(77);
    let back = LeaseReturn {
        lease_id: id(TERMINAL),
        points: 1,
    };
    let foreign = world.run(&Command::LeaseReturn(back), &context);
    assert_eq!(foreign.code, "not_permitted");
}

#[test]
fn m1_a_frozen_lease_lends_honours_and_frees_nothing() {
    let mut world = lent();
    let mut lease: Lease = world.get(&id(TERMINAL).to_string()).unwrap();
    lease.frozen_ms = Some(START_MS);
    world.put(&id(TERMINAL).to_string(), &lease);
    let frozen = "lease_frozen".to_owned();
    assert_eq!(spend(&mut world, 1, 0), (Class::Parked, frozen.clone()));
    assert_eq!(
        give_back(&mut world, 1, 0),
        (Class::Rejected, frozen.clone())
    );
    let context = world.context(CASHIER);
    let request = LeaseRequest {
        lease_id: id(TERMINAL),
        points: 2_000,
    };
    let asked = world.run(&Command::LeaseRequest(request), &context);
    assert_eq!((asked.class, asked.code), (Class::Rejected, frozen));
}

#[test]
fn m1_a_member_gets_so_much_in_a_day_without_a_network_and_a_clock_set_back_wins_nothing() {
    let mut world = lent();
    let mut rules: carrot_rules::ruleset::RuleSet = world.get(carrot_rules::entity::ONLY).unwrap();
    rules.limits.offline_member_day_points_max = 700;
    world.put(carrot_rules::entity::ONLY, &rules);
    let ok = (Class::Accepted, "ok".to_owned());
    let enough = (Class::Parked, "offline_day_exceeded".to_owned());
    assert_eq!(spend(&mut world, 1, 0), ok);
    assert_eq!(spend(&mut world, 2, 0), ok);
    assert_eq!(spend(&mut world, 3, 0), enough, "900 of 700");
    let today = world.now_ms;
    world.now_ms = today - DAY_MS;
    assert_eq!(spend(&mut world, 4, 0), enough, "a clock that went back");
    world.now_ms = today + DAY_MS;
    assert_eq!(spend(&mut world, 5, 0), ok, "the next day");
    // Others have a day of their own.
    let known: MemberDay = world
        .get(&MemberDay::id_of(id(TERMINAL), id(BUYER)))
        .unwrap();
    let later = world.now_ms;
    assert_eq!(left_today(Some(known), &rules, later), 400);
    assert_eq!(left_today(None, &rules, later), 700);
    assert_eq!(left_today(Some(known), &rules, later + DAY_MS), 700);
}
