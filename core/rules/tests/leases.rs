//! A lease whose terminal will not report any more is given up by a manager: what was not lost is
//! free again, and what the terminal says later waits for a person.

mod common;

use carrot_rules::command::{Command, Cover, LeaseRequest, LeaseWriteOff};
use carrot_rules::decide::ProofCheck;
use carrot_rules::entity::{Lease, Participant};
use carrot_rules::ledger::Account;
use carrot_rules::outcome::Class;
use common::*;
use uuid::Uuid;

const MANAGER: u128 = 8;

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
