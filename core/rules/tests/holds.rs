//! Holds: points put aside for a purchase elsewhere are reserved, and are spent or come back with the
//! very lots that they were.

mod common;

use carrot_rules::command::{Command, HoldCapture, HoldPlace, HoldRelease};
use carrot_rules::decide::ProofCheck;
use carrot_rules::entity::{Activity, Hold, Participant};
use carrot_rules::ledger::Account;
use carrot_rules::outcome::Outcome;
use common::*;

const MANAGER: u128 = 7;
const HOLD: u128 = 900;

fn world() -> World {
    let mut world = World::new();
    let mut manager: Participant = world.get(&id(CASHIER).to_string()).unwrap();
    manager.id = id(MANAGER);
    "manager".clone_into(&mut manager.role);
    world.put(&id(MANAGER).to_string(), &manager);
    world.give(BUYER, 500);
    world
}

fn place(points: i64) -> HoldPlace {
    HoldPlace {
        hold_id: id(HOLD),
        participant: id(BUYER),
        points,
        reference: "web-4711".to_owned(),
        expires_ms: START_MS + HOUR_MS,
        proof: None,
    }
}

fn hold(world: &mut World, points: i64) -> Outcome {
    run(world, &Command::HoldPlace(place(points)))
}

fn run(world: &mut World, command: &Command) -> Outcome {
    let mut context = world.context(MANAGER);
    context.outlet = None;
    world.run(command, &context)
}

fn capture(world: &mut World, points: i64, capture_id: u128) -> Outcome {
    let command = Command::HoldCapture(HoldCapture {
        hold_id: id(HOLD),
        points,
        capture_id: id(capture_id),
    });
    run(world, &command)
}

fn release(world: &mut World) -> Outcome {
    run(
        world,
        &Command::HoldRelease(HoldRelease { hold_id: id(HOLD) }),
    )
}

/// Active, reserved, redeemed.
fn pots(world: &World) -> (i64, i64, i64) {
    let reserved = world.balance(Account::reserved(id(BUYER)));
    (
        world.active(BUYER),
        reserved,
        world.balance(Account::Redeemed),
    )
}

fn line(world: &World) -> (i64, String) {
    let lines = world.all::<Activity>();
    let line = lines.into_iter().find(|line| line.kind == "hold").unwrap();
    (line.points, line.state)
}

#[test]
fn f123_held_points_are_reserved_and_captured_in_parts() {
    let mut world = world();
    assert_eq!(hold(&mut world, 300).code, "ok");
    assert_eq!(pots(&world), (200, 300, 0));
    assert_eq!(line(&world), (-300, "pending".to_owned()));
    assert_eq!(capture(&mut world, 120, 1).code, "ok");
    assert_eq!(pots(&world), (200, 180, 120));
    assert_eq!(capture(&mut world, 120, 1).code, "capture_exists");
    assert_eq!(capture(&mut world, 181, 2).code, "hold_exceeded");
    assert_eq!(capture(&mut world, 180, 2).code, "ok");
    assert_eq!(pots(&world), (200, 0, 300));
    assert_eq!(line(&world), (-300, "active".to_owned()));
    assert_eq!(
        world.get::<Hold>(&id(HOLD).to_string()).unwrap().state,
        "captured"
    );
    assert_eq!(capture(&mut world, 1, 3).code, "hold_over");
    assert_eq!(release(&mut world).code, "hold_over");
    assert!(world.dues.is_empty());
}

#[test]
fn f123_a_released_hold_gives_back_what_was_not_captured() {
    let mut world = world();
    hold(&mut world, 300);
    capture(&mut world, 100, 1);
    assert_eq!(release(&mut world).code, "ok");
    assert_eq!(pots(&world), (400, 0, 100));
    assert_eq!(line(&world), (-100, "active".to_owned()));
}

#[test]
fn f123_a_hold_ends_by_itself() {
    let mut world = world();
    hold(&mut world, 300);
    world.now_ms += HOUR_MS - 1;
    assert!(world.run_due().is_empty());
    world.now_ms += 1;
    assert_eq!(capture(&mut world, 1, 1).code, "hold_over");
    let due = world.dues.values().next().unwrap().clone();
    world.run_due();
    assert_eq!(pots(&world), (500, 0, 0));
    assert_eq!(line(&world), (0, "reversed".to_owned()));
    assert_eq!(world.run_item(&due).code, "nothing_due");
}

#[test]
fn f030_nobody_holds_more_than_there_is_nor_spends_what_is_held() {
    let mut world = world();
    let refused = hold(&mut world, 501);
    assert_eq!(refused.code, "insufficient_points");
    assert_eq!(refused.params["balance"], 500);
    hold(&mut world, 300);
    let mut second = place(201);
    second.hold_id = id(901);
    assert_eq!(
        run(&mut world, &Command::HoldPlace(second)).code,
        "insufficient_points"
    );
    assert_eq!(hold(&mut world, 1).code, "hold_exists");
}

#[test]
fn at_a_till_the_members_code_is_needed_and_used_once() {
    let mut world = world();
    let till = |world: &mut World, number: u128, proof: ProofCheck| {
        let mut context = world.context(CASHIER);
        context.proof = proof;
        let mut place = place(10);
        place.hold_id = id(number);
        world.run(&Command::HoldPlace(place), &context).code
    };
    let of = |person: u128| ProofCheck::Valid {
        participant: id(person),
        id: "p1".to_owned(),
    };
    assert_eq!(till(&mut world, 1, ProofCheck::Absent), "proof_required");
    assert_eq!(till(&mut world, 1, of(SELLER)), "proof_invalid");
    assert_eq!(till(&mut world, 1, of(BUYER)), "ok");
    assert_eq!(till(&mut world, 2, of(BUYER)), "proof_used");
    let seller = world.context(SELLER);
    assert_eq!(
        world.run(&Command::HoldPlace(place(10)), &seller).code,
        "not_permitted"
    );
}

#[test]
fn a_hold_says_what_it_is_for_and_ends_in_time() {
    let mut world = world();
    for broken in [
        HoldPlace {
            points: 0,
            ..place(1)
        },
        HoldPlace {
            reference: String::new(),
            ..place(1)
        },
        HoldPlace {
            reference: "x".repeat(65),
            ..place(1)
        },
        HoldPlace {
            expires_ms: START_MS,
            ..place(1)
        },
        HoldPlace {
            expires_ms: START_MS + 31 * 24 * HOUR_MS,
            ..place(1)
        },
    ] {
        assert_eq!(
            run(&mut world, &Command::HoldPlace(broken)).code,
            "bad_input"
        );
    }
    assert_eq!(pots(&world), (500, 0, 0));
}
