//! Pieces, cartons and pallets of a series: one record for what was touched, points for what was not
//! paid before.

#[path = "../common/mod.rs"]
mod common;
mod reports;

use carrot_rules::command::{ClaimSubmit, Command, Evidence, ReviewDecide, UnitReturn, UnitShown};
use carrot_rules::entity::{
    EntityKind, Node, NodeCount, NodeId, NodeState, Review, Series, SeriesKind, SeriesLevel, Stage,
};
use carrot_rules::outcome::{Class, Outcome};
use common::*;

fn node(level: u8, index: i64) -> NodeId {
    NodeId {
        series: "spring".to_owned(),
        level,
        index,
    }
}

fn series(pieces: i64) -> Series {
    let level = |name: &str, pieces| SeriesLevel {
        name: name.to_owned(),
        pieces,
    };
    Series {
        code: "spring".to_owned(),
        product: DUO.to_owned(),
        kind: SeriesKind::Signed,
        levels: vec![
            level("unit", 1),
            level("carton", 10),
            level("pallet", 1_000),
        ],
        pieces,
        serial_first: None,
        stage: Stage::Shipped,
        outlet: None,
        made_ms: START_MS,
        ends_ms: None,
    }
}

fn world() -> World {
    let mut world = World::new();
    world.put("spring", &series(3_000));
    world
}

fn submit(world: &mut World, actor: u128, shown: UnitShown, product: Option<&str>) -> Outcome {
    let context = world.context(actor);
    let command = Command::ClaimSubmit(ClaimSubmit {
        claim_id: context.command_id,
        evidence: Evidence::Unit {
            shown,
            product: product.map(str::to_owned),
        },
    });
    world.run(&command, &context)
}

fn signed(node: NodeId) -> UnitShown {
    UnitShown::Signed {
        text: "CRS1".to_owned(),
        node,
    }
}

fn claim(world: &mut World, actor: u128, level: u8, index: i64) -> Outcome {
    submit(world, actor, signed(node(level, index)), None)
}

fn back(world: &mut World, level: u8, index: i64) -> Outcome {
    let context = world.context(APPROVER);
    let command = Command::UnitReturn(UnitReturn {
        code: node(level, index).to_string(),
        reason: "scratched".to_owned(),
    });
    world.run(&command, &context)
}

fn count(world: &World, level: u8, index: i64) -> NodeCount {
    world
        .get(&node(level, index).to_string())
        .unwrap_or_default()
}

fn codes(outcome: &Outcome) -> Vec<&str> {
    outcome
        .pending
        .iter()
        .map(|one| one.code.as_str())
        .collect()
}

#[test]
fn m11_a_pallet_pays_its_pieces_and_burns_them_by_one_record() {
    let mut world = world();
    let outcome = claim(&mut world, SELLER, 2, 1);
    assert_eq!(outcome.class, Class::Accepted, "{outcome:?}");
    assert_eq!(world.active(SELLER), 120_000);
    let records = world
        .things
        .keys()
        .filter(|(kind, _)| *kind == EntityKind::Node);
    assert_eq!(records.count(), 1);
    let again = claim(&mut world, OTHER_SELLER, 2, 1);
    assert_eq!(again.code, "already_claimed");
    assert_eq!(again.params["by_you"], false);
    let piece = claim(&mut world, OTHER_SELLER, 0, 1_007);
    assert_eq!(piece.code, "in_claimed_parent");
    assert_eq!(piece.params["level"], "pallet");
    assert_eq!(piece.params["number"], 2);
    assert_eq!(piece.params["at_ms"], START_MS);
    assert_eq!(piece.params["by_you"], false);
    let own = claim(&mut world, SELLER, 1, 100);
    assert_eq!(own.params["by_you"], true);
    // The next pallet's first piece is free.
    let next = claim(&mut world, OTHER_SELLER, 0, 2_000);
    assert_eq!(next.class, Class::Accepted);
    assert_eq!(world.active(OTHER_SELLER), 120);
}

#[test]
fn m11_a_device_with_the_pallets_record_refuses_its_pieces_without_a_network() {
    let mut world = world();
    claim(&mut world, SELLER, 2, 0);
    world
        .things
        .retain(|(kind, _), _| *kind != EntityKind::NodeCount);
    world.blind = true;
    let piece = claim(&mut world, OTHER_SELLER, 0, 7);
    assert_eq!(piece.code, "in_claimed_parent");
    // Of another pallet it cannot tell: it promises, and the server decides.
    let context = world.context(OTHER_SELLER);
    let command = Command::ClaimSubmit(ClaimSubmit {
        claim_id: context.command_id,
        evidence: Evidence::Unit {
            shown: signed(node(0, 1_007)),
            product: None,
        },
    });
    let unsure = world.ask(&command, &context);
    assert_eq!(unsure.class, Class::Accepted);
    assert!(
        unsure.awards.iter().all(|award| !award.pending.is_empty()),
        "{unsure:?}"
    );
}

#[test]
fn m11_a_claim_pays_what_is_left_below_it() {
    let mut world = world();
    claim(&mut world, OTHER_SELLER, 0, 3);
    claim(&mut world, OTHER_SELLER, 1, 2);
    assert_eq!(world.active(OTHER_SELLER), 120 * 11);
    assert_eq!(count(&world, 2, 0).below, 11);
    claim(&mut world, SELLER, 1, 0);
    assert_eq!(world.active(SELLER), 120 * 9);
    claim(&mut world, SELLER, 2, 0);
    assert_eq!(world.active(SELLER) + world.pending(SELLER), 120 * 989);
    assert_eq!(
        claim(&mut world, OTHER_SELLER, 0, 999).code,
        "in_claimed_parent"
    );
}

#[test]
fn m11_the_last_pallet_holds_what_is_left() {
    let mut world = world();
    world.put("spring", &series(1_005));
    claim(&mut world, SELLER, 2, 1);
    assert_eq!(world.active(SELLER), 120 * 5);
    assert_eq!(claim(&mut world, SELLER, 2, 2).code, "code_unknown");
    assert_eq!(claim(&mut world, SELLER, 0, 1_005).code, "code_unknown");
    assert_eq!(claim(&mut world, SELLER, 3, 0).code, "code_unknown");
}

#[test]
fn m11_a_returned_piece_can_be_sold_again_although_its_pallet_was_claimed() {
    let mut world = world();
    claim(&mut world, SELLER, 2, 0);
    let outcome = back(&mut world, 0, 7);
    assert_eq!(outcome.class, Class::Accepted, "{outcome:?}");
    assert_eq!(world.active(SELLER), 120 * 999);
    let sold = claim(&mut world, OTHER_SELLER, 0, 7);
    assert_eq!(sold.class, Class::Accepted, "{sold:?}");
    assert_eq!(world.active(OTHER_SELLER), 120);
    assert_eq!(claim(&mut world, SELLER, 0, 7).code, "already_claimed");
    assert_eq!(claim(&mut world, SELLER, 0, 8).code, "in_claimed_parent");
    // It comes back once more, and the rest of the pallet after it.
    back(&mut world, 0, 7);
    assert_eq!(world.active(OTHER_SELLER), 0);
    back(&mut world, 2, 0);
    assert_eq!((world.active(SELLER), world.pending(SELLER)), (0, 0));
    assert_eq!(claim(&mut world, OTHER_SELLER, 0, 8).class, Class::Accepted);
    assert_eq!(count(&world, 2, 0).below, 1);
}

#[test]
fn what_was_not_claimed_does_not_come_back() {
    let mut world = world();
    assert_eq!(back(&mut world, 0, 1).code, "nothing_to_return");
    claim(&mut world, SELLER, 2, 0);
    // Out of a pallet pieces come back one by one.
    assert_eq!(back(&mut world, 1, 1).code, "nothing_to_return");
    back(&mut world, 0, 5);
    assert_eq!(back(&mut world, 0, 5).code, "nothing_to_return");
    let context = world.context(SELLER);
    let command = Command::UnitReturn(UnitReturn {
        code: node(2, 0).to_string(),
        reason: String::new(),
    });
    assert_eq!(world.run(&command, &context).code, "not_permitted");
}

#[test]
fn f015_codes_that_were_not_shipped_or_not_here_are_looked_at() {
    let mut world = world();
    world.put(
        "spring",
        &Series {
            stage: Stage::Printed,
            ..series(3_000)
        },
    );
    let outcome = claim(&mut world, SELLER, 0, 1);
    assert_eq!(codes(&outcome), ["code_not_shipped"]);
    assert_eq!((world.active(SELLER), world.pending(SELLER)), (0, 120));
    // One pallet was sent to another shop, one carton of it to this one.
    let sent = |outlet| Node {
        shipped: true,
        outlet: Some(id(outlet)),
        ..Node::default()
    };
    world.put(&node(2, 1).to_string(), &sent(11));
    world.put(&node(1, 100).to_string(), &sent(SHOP));
    let elsewhere = claim(&mut world, OTHER_SELLER, 0, 1_050);
    assert_eq!(codes(&elsewhere), ["code_of_other_outlet"]);
    let here = claim(&mut world, OTHER_SELLER, 1, 100);
    assert_eq!(codes(&here), [""; 0]);
    assert_eq!(world.active(OTHER_SELLER), 1_200);
}

#[test]
fn f015_void_and_ended_codes_bring_nothing() {
    let mut world = world();
    let void = Node {
        state: NodeState::Void,
        ..Node::default()
    };
    world.put(&node(2, 1).to_string(), &void);
    assert_eq!(claim(&mut world, SELLER, 0, 1_000).code, "code_void");
    assert_eq!(claim(&mut world, SELLER, 2, 0).class, Class::Accepted);
    world.put(
        "spring",
        &Series {
            ends_ms: Some(START_MS),
            ..series(3_000)
        },
    );
    assert_eq!(claim(&mut world, SELLER, 0, 2_000).code, "series_ended");
    world.put(
        "spring",
        &Series {
            stage: Stage::Void,
            ..series(3_000)
        },
    );
    assert_eq!(claim(&mut world, SELLER, 0, 2_000).code, "code_void");
}

#[test]
fn a_refused_pallet_is_free_and_pieces_sold_apart_stay_sold() {
    let mut world = world();
    world.put(
        "spring",
        &Series {
            stage: Stage::Printed,
            ..series(3_000)
        },
    );
    let sent = Node {
        shipped: true,
        outlet: Some(id(SHOP)),
        ..Node::default()
    };
    world.put(&node(0, 3).to_string(), &sent);
    claim(&mut world, OTHER_SELLER, 0, 3);
    claim(&mut world, SELLER, 2, 0);
    assert_eq!(world.pending(SELLER), 120 * 999);
    let context = world.context(APPROVER);
    let decision = ReviewDecide {
        review_id: world.all::<Review>()[0].id.clone(),
        approve: false,
        reason: "still in the warehouse".to_owned(),
    };
    world.run(&Command::ReviewDecide(decision), &context);
    assert_eq!((world.active(SELLER), world.pending(SELLER)), (0, 0));
    assert_eq!(count(&world, 2, 0).own, 0);
    assert_eq!(count(&world, 2, 0).below, 1);
    assert_eq!(claim(&mut world, SELLER, 0, 3).code, "already_claimed");
    world.put("spring", &series(3_000));
    claim(&mut world, SELLER, 2, 0);
    assert_eq!(world.active(SELLER), 120 * 999);
}
