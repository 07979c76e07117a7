//! Redemptions online and under a lease, visits and reviews: what a member lacks under a lease is
//! the programme's loss, and it never exceeds what the lease holds.

mod common;

use carrot_rules::command::{
    Command, Cover, LeaseRequest, ReviewDecide, SHELF_COUNT_MAX, SHELF_ROWS_MAX, ShelfFace,
    shelf_share_bp,
};
use carrot_rules::decide::{Context, ProofCheck};
use carrot_rules::entity::{Lease, Reward, Visit};
use carrot_rules::ledger::Account;
use carrot_rules::outcome::{Class, Outcome};
use common::*;

fn proven(world: &mut World, proof: &str) -> Context {
    let mut context = world.context(CASHIER);
    context.proof = ProofCheck::Valid {
        participant: id(BUYER),
        id: proof.to_owned(),
    };
    context
}

fn spend(world: &mut World, number: u128, cover: Cover) -> Outcome {
    let context = proven(world, &format!("proof-{number}"));
    world.run(&Command::RewardRedeem(redeem(number, cover)), &context)
}

fn lease(world: &mut World, points: i64) -> Cover {
    world.balances.insert(Account::OfflineBudget, 10_000);
    *world.balances.entry(Account::Issuance).or_default() -= 10_000;
    let context = world.context(CASHIER);
    let lease_id = id(TERMINAL);
    let outcome = world.run(
        &Command::LeaseRequest(LeaseRequest { lease_id, points }),
        &context,
    );
    assert_eq!(outcome.class, Class::Accepted);
    Cover::Lease { lease_id }
}

#[test]
fn online_a_redemption_takes_the_price_or_nothing() {
    let mut world = World::new();
    world.give(BUYER, 400);
    assert_eq!(spend(&mut world, 70, Cover::Online).class, Class::Accepted);
    assert_eq!(world.active(BUYER), 100);
    assert_eq!(world.get::<Reward>("bag").unwrap().stock, Some(4));
    let short = spend(&mut world, 71, Cover::Online);
    assert_eq!(
        (short.class, short.code.as_str()),
        (Class::Rejected, "insufficient_points")
    );
    assert_eq!(world.active(BUYER), 100);
}

#[test]
fn a_proof_works_once_and_only_for_its_member() {
    let mut world = World::new();
    world.give(BUYER, 900);
    let context = proven(&mut world, "same");
    let first = world.run(&Command::RewardRedeem(redeem(70, Cover::Online)), &context);
    assert_eq!(first.class, Class::Accepted);
    let context = proven(&mut world, "same");
    let second = world.run(&Command::RewardRedeem(redeem(71, Cover::Online)), &context);
    assert_eq!(second.code, "proof_used");
    let mut context = proven(&mut world, "other");
    context.proof = ProofCheck::Valid {
        participant: id(SELLER),
        id: "other".to_owned(),
    };
    let stranger = world.run(&Command::RewardRedeem(redeem(72, Cover::Online)), &context);
    assert_eq!(stranger.code, "proof_invalid");
    assert_eq!(world.active(BUYER), 600);
}

#[test]
fn a_changed_price_is_said_before_anything_moves() {
    let mut world = World::new();
    world.give(BUYER, 900);
    world.put("bag", &reward("bag", 350, Some(5)));
    let outcome = spend(&mut world, 70, Cover::Online);
    assert_eq!(
        (outcome.code.as_str(), &outcome.params["cost"]),
        ("price_changed", &350.into())
    );
}

#[test]
fn under_a_lease_the_lack_is_the_programmes_loss() {
    let mut world = World::new();
    let cover = lease(&mut world, 2_000);
    world.give(BUYER, 120);
    let outcome = spend(&mut world, 70, cover);
    assert_eq!(outcome.class, Class::Accepted);
    assert_eq!(world.active(BUYER), 0);
    assert_eq!(world.balance(Account::OfflineLoss), 180);
    assert_eq!(world.balance(Account::Lease(id(TERMINAL))), 1_820);
    let held: Lease = world.get(&id(TERMINAL).to_string()).unwrap();
    assert_eq!(held.loss_points, 180);
}

#[test]
fn loss_never_exceeds_the_lease_however_often_one_tries() {
    for granted in [1, 299, 300, 301, 1_000, 2_000, 5_000] {
        let mut world = World::new();
        let cover = lease(&mut world, granted);
        world.put("bag", &reward("bag", 300, None));
        for number in 70..90 {
            spend(&mut world, number, cover.clone());
        }
        let lost = world.balance(Account::OfflineLoss);
        assert!(lost <= granted.min(2_000), "{granted}: {lost}");
        assert_eq!(lost, granted.min(2_000) / 300 * 300);
    }
}

#[test]
fn f102_what_was_handed_over_was_in_stock() {
    let mut world = World::new();
    let cover = lease(&mut world, 2_000);
    world.give(BUYER, 900);
    world.put("bag", &reward("bag", 300, Some(0)));
    assert_eq!(spend(&mut world, 70, Cover::Online).code, "out_of_stock");
    assert_eq!(spend(&mut world, 71, cover.clone()).code, "ok");
    world
        .things
        .remove(&(carrot_rules::entity::EntityKind::Reward, "bag".to_owned()));
    assert_eq!(spend(&mut world, 72, Cover::Online).code, "reward_unknown");
    assert_eq!(spend(&mut world, 73, cover).code, "ok");
    assert_eq!(world.active(BUYER), 300);
}

#[test]
fn a_stale_or_foreign_lease_waits_for_a_person() {
    let mut world = World::new();
    let cover = lease(&mut world, 2_000);
    world.now_ms += 73 * HOUR_MS;
    let late = spend(&mut world, 70, cover.clone());
    assert_eq!(
        (late.class, late.code.as_str()),
        (Class::Parked, "lease_stale")
    );
    world.now_ms -= 73 * HOUR_MS;
    let mut context = proven(&mut world, "p");
    context.device = id(21);
    let foreign = world.run(&Command::RewardRedeem(redeem(71, cover)), &context);
    assert_eq!(foreign.code, "lease_missing");
}

#[test]
fn a_device_counts_what_it_has_not_yet_reported() {
    let mut world = World::new();
    let cover = lease(&mut world, 500);
    let mut context = proven(&mut world, "p");
    context.exposure_points = 300;
    let outcome = world.run(&Command::RewardRedeem(redeem(70, cover)), &context);
    assert_eq!(
        (outcome.code.as_str(), &outcome.params["left"]),
        ("lease_exceeded", &200.into())
    );
}

#[test]
fn a_lease_is_the_terminals_own_and_bounded() {
    let mut world = World::new();
    lease(&mut world, 9_999);
    assert_eq!(
        world.balance(Account::Lease(id(TERMINAL))),
        2_000,
        "the programme's bound"
    );
    let context = world.context(CASHIER);
    let other = Command::LeaseRequest(LeaseRequest {
        lease_id: id(99),
        points: 100,
    });
    assert_eq!(world.run(&other, &context).code, "not_permitted");
    world.balances.insert(Account::Lease(id(TERMINAL)), 0);
    world.balances.insert(Account::OfflineBudget, 0);
    let again = Command::LeaseRequest(LeaseRequest {
        lease_id: id(TERMINAL),
        points: 100,
    });
    assert_eq!(world.ask(&again, &context).code, "offline_budget_spent");
}

#[test]
fn a_visit_pays_after_a_look_and_only_once() {
    let mut world = World::new();
    let context = world.context(MERCHANDISER);
    let outcome = world.run(&Command::VisitRecord(visit(80)), &context);
    assert_eq!(outcome.class, Class::Accepted);
    assert_eq!(
        (world.active(MERCHANDISER), world.pending(MERCHANDISER)),
        (0, 60)
    );
    let decision = |actor: u128, world: &mut World| {
        let command = Command::ReviewDecide(ReviewDecide {
            review_id: format!("visit:{}", id(80)),
            approve: true,
            reason: String::new(),
        });
        let context = world.context(actor);
        world.run(&command, &context)
    };
    assert_eq!(decision(MERCHANDISER, &mut world).code, "not_permitted");
    assert_eq!(decision(APPROVER, &mut world).class, Class::Accepted);
    assert_eq!(
        (world.active(MERCHANDISER), world.pending(MERCHANDISER)),
        (60, 0)
    );
    assert_eq!(decision(APPROVER, &mut world).code, "review_closed");
    let seen: Visit = world.get(&id(80).to_string()).unwrap();
    assert_eq!(seen.status, "approved");
}

#[test]
fn an_incomplete_visit_says_what_is_missing() {
    for (spoil, missing) in [
        (
            (|v| v.photos.clear()) as fn(&mut carrot_rules::command::VisitRecord),
            "photo",
        ),
        (|v| v.checklist.clear(), "checklist"),
    ] {
        let mut world = World::new();
        let mut record = visit(80);
        spoil(&mut record);
        let context = world.context(MERCHANDISER);
        let outcome = world.run(&Command::VisitRecord(record), &context);
        assert_eq!(outcome.code, "visit_incomplete");
        assert_eq!(outcome.params["missing"], missing);
    }
}

#[test]
fn a_counted_shelf_is_kept_with_its_visit_when_it_can_be_one() {
    let face = |gtin: &str, count| ShelfFace {
        gtin: gtin.to_owned(),
        product: None,
        count,
    };
    let own = ShelfFace {
        product: Some("duo".to_owned()),
        ..face("09520001000010", 3)
    };
    let other = face("05901234123457", 6);
    let mut world = World::new();
    let context = world.context(MERCHANDISER);
    let mut record = visit(80);
    record.shelf = vec![own.clone(), other.clone()];
    assert_eq!(shelf_share_bp(&record.shelf), Some(3_333));
    let outcome = world.run(&Command::VisitRecord(record.clone()), &context);
    assert_eq!(outcome.class, Class::Accepted);
    let seen: Visit = world.get(&id(80).to_string()).unwrap();
    assert_eq!(seen.shelf, record.shelf);
    for wrong in [
        vec![other.clone(), other.clone()],
        vec![face("5901234123457", 1)],
        vec![face("05901234123457", 0)],
        vec![face("05901234123457", SHELF_COUNT_MAX + 1)],
        (0..=SHELF_ROWS_MAX)
            .map(|number| face(&format!("{number:014}"), 1))
            .collect(),
    ] {
        let mut record = visit(81);
        record.shelf = wrong;
        let outcome = world.run(&Command::VisitRecord(record), &context);
        assert_eq!(outcome.code, "bad_input");
    }
}

#[test]
fn what_arrives_after_a_month_waits_for_a_person() {
    let mut world = World::new();
    let mut context = world.context(MERCHANDISER);
    context.occurred_ms -= 31 * 24 * HOUR_MS;
    let outcome = world.run(&Command::VisitRecord(visit(80)), &context);
    assert_eq!(
        (outcome.class, outcome.code.as_str()),
        (Class::Parked, "too_late")
    );
}
