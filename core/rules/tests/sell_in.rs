//! Claims of a product at an outlet against what was shipped there.

mod common;

use carrot_rules::command::{Command, ReviewDecide};
use carrot_rules::entity::{Deciding, EvidencePolicy, PolicyStep, Review, SellIn};
use carrot_rules::outcome::Outcome;
use common::*;

fn shipped(world: &mut World, pieces: i64) {
    let sell_in = SellIn {
        shipped: pieces,
        claimed: 0,
    };
    world.put(&format!("{}:{DUO}", id(SHOP)), &sell_in);
    for code in ["C1", "C2", "C3", "C4"] {
        world.ship(code);
    }
}

fn claimed(world: &World) -> i64 {
    let known: SellIn = world.get(&format!("{}:{DUO}", id(SHOP))).unwrap();
    known.claimed
}

fn claim(world: &mut World, actor: u128, number: u128, code: &str) -> Outcome {
    let context = world.context(actor);
    world.run(&claim_code(number, code), &context)
}

fn sell(world: &mut World, number: u128) {
    let context = world.context(CASHIER);
    let basket = sale(number, vec![line(DUO, 1)]);
    world.run(&Command::SaleRecord(basket), &context);
}

#[test]
fn f127_what_is_claimed_above_what_was_shipped_is_looked_at() {
    let mut world = World::new();
    shipped(&mut world, 2);
    claim(&mut world, SELLER, 60, "C1");
    claim(&mut world, OTHER_SELLER, 61, "C2");
    assert_eq!(
        (world.active(SELLER), world.active(OTHER_SELLER)),
        (120, 120)
    );
    let third = claim(&mut world, SELLER, 62, "C3");
    assert_eq!(third.pending.len(), 1, "{third:?}");
    let because = &third.pending[0];
    assert_eq!(because.code, "above_sell_in");
    assert_eq!(
        (&because.params["shipped"], &because.params["claimed"]),
        (&2.into(), &3.into())
    );
    assert_eq!((world.active(SELLER), world.pending(SELLER)), (120, 120));
    let review = &world.all::<Review>()[0];
    assert_eq!((review.points, review.status.as_str()), (120, "open"));
}

#[test]
fn f127_a_refused_claim_gives_the_piece_back() {
    let mut world = World::new();
    shipped(&mut world, 1);
    claim(&mut world, SELLER, 60, "C1");
    claim(&mut world, OTHER_SELLER, 61, "C2");
    assert_eq!(claimed(&world), 2);
    let decision = ReviewDecide {
        review_id: world.all::<Review>()[0].id.clone(),
        approve: false,
        reason: "never there".to_owned(),
    };
    let context = world.context(APPROVER);
    world.run(&Command::ReviewDecide(decision), &context);
    assert_eq!(claimed(&world), 1);
    assert_eq!(
        (world.active(OTHER_SELLER), world.pending(OTHER_SELLER)),
        (0, 0)
    );
}

#[test]
fn f127_what_a_till_reported_is_no_claim_whichever_comes_first() {
    let mut world = World::new();
    shipped(&mut world, 1);
    sell(&mut world, 50);
    claim(&mut world, SELLER, 60, "C1");
    assert_eq!((claimed(&world), world.active(SELLER)), (0, 120));
    claim(&mut world, SELLER, 61, "C2");
    assert_eq!((claimed(&world), world.active(SELLER)), (1, 240));
    sell(&mut world, 51);
    assert_eq!((claimed(&world), world.active(SELLER)), (0, 240));
    claim(&mut world, SELLER, 62, "C3");
    assert_eq!((claimed(&world), world.active(SELLER)), (1, 360));
}

#[test]
fn f127_nothing_is_capped_where_nothing_was_shipped_or_nobody_can_know() {
    let mut world = World::new();
    for code in ["C1", "C2"] {
        world.ship(code);
    }
    claim(&mut world, SELLER, 60, "C1");
    claim(&mut world, SELLER, 61, "C2");
    assert_eq!((world.active(SELLER), world.pending(SELLER)), (240, 0));
    let mut phone = World::new();
    shipped(&mut phone, 0);
    phone
        .things
        .retain(|(kind, _), _| kind.as_str() != "sell_in");
    phone.blind = true;
    let outcome = claim(&mut phone, SELLER, 60, "C1");
    assert!(
        outcome
            .pending
            .iter()
            .all(|because| because.code != "above_sell_in")
    );
}

#[test]
fn f127_a_claim_of_a_piece_that_the_till_named_nobody_for_does_not_count() {
    let mut world = World::new();
    shipped(&mut world, 0);
    let policy = EvidencePolicy {
        steps: vec![PolicyStep {
            from_ms: 0,
            deciding: Deciding::Till,
            till_window_ms: 48 * HOUR_MS,
        }],
    };
    world.put(&id(SHOP).to_string(), &policy);
    let mut basket = sale(50, vec![line(DUO, 1)]);
    basket.seller = None;
    let context = world.context(CASHIER);
    world.run(&Command::SaleRecord(basket), &context);
    claim(&mut world, SELLER, 60, "C1");
    assert_eq!((world.active(SELLER), claimed(&world)), (120, 0));
}
