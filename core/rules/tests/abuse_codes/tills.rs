//! Tills: pieces of claimed pallets, codes that were never printed.

use carrot_rules::command::{Command, SaleLine};
use carrot_rules::entity::{Code, NodeCount};
use carrot_rules::outcome::{Class, Outcome};

use super::common::*;
use super::{claim, node, paid, series};

fn world() -> World {
    let mut world = World::new();
    world.put("spring", &series(24, 3, 12));
    world
}

/// A till sells one piece with a code, names no seller, and prints a receipt.
fn sell(world: &mut World, number: u128, code: &str) -> Outcome {
    let one = SaleLine {
        unit_code: Some(code.to_owned()),
        ..line(DUO, 1)
    };
    let mut sold = sale(number, vec![one]);
    sold.seller = None;
    sold.receipt_key = Some(format!("ru:9999000000000001:2:{number}"));
    let context = world.context(CASHIER);
    world.run(&Command::SaleRecord(sold), &context)
}

fn claim_its_receipt(world: &mut World, actor: u128, number: u128) -> Outcome {
    let context = world.context(actor);
    world.run(
        &claim_receipt(number, &format!("ru:9999000000000001:2:{number}")),
        &context,
    )
}

#[test]
fn the_receipt_of_a_piece_out_of_a_claimed_pallet_brings_nothing() {
    let mut world = world();
    assert_eq!(claim(&mut world, SELLER, 2, 0).class, Class::Accepted);
    sell(&mut world, 71, &node(0, 5).to_string());
    let outcome = claim_its_receipt(&mut world, OTHER_SELLER, 71);
    assert_eq!(outcome.code, "in_claimed_parent", "{outcome:?}");
    assert_eq!(paid(&world), 120 * 12);
}

#[test]
fn a_piece_that_was_claimed_by_its_receipt_is_missing_in_its_pallet() {
    let mut world = world();
    sell(&mut world, 72, &node(0, 5).to_string());
    let outcome = claim_its_receipt(&mut world, OTHER_SELLER, 72);
    assert_eq!(outcome.class, Class::Accepted, "{outcome:?}");
    claim(&mut world, SELLER, 2, 0);
    assert_eq!(paid(&world), 120 * 12);
    let count: NodeCount = world.get(&node(2, 0).to_string()).unwrap();
    assert_eq!((count.below, count.own), (1, 11));
}

#[test]
fn a_till_that_names_the_seller_pays_no_piece_of_a_claimed_carton() {
    let mut world = world();
    claim(&mut world, SELLER, 1, 1);
    let one = SaleLine {
        unit_code: Some(node(0, 4).to_string()),
        ..line(DUO, 1)
    };
    let mut sold = sale(73, vec![one]);
    sold.seller = Some(id(OTHER_SELLER));
    let context = world.context(CASHIER);
    world.run(&Command::SaleRecord(sold), &context);
    assert_eq!(paid(&world), 120 * 3);
}

#[test]
fn a_till_cannot_tell_a_code_that_was_never_printed_from_one_that_never_was() {
    let answer = |known: bool| {
        let mut world = world();
        if known {
            let canary = Code {
                series: "S1".to_owned(),
                product: DUO.to_owned(),
                outlet: None,
                status: "canary".to_owned(),
                claimed_by: None,
                claimed_ms: None,
            };
            world.put("CANARY", &canary);
        }
        let one = SaleLine {
            unit_code: Some("CANARY".to_owned()),
            ..line(DUO, 1)
        };
        let context = world.context(CASHIER);
        world.run(&Command::SaleRecord(sale(74, vec![one])), &context)
    };
    assert_eq!(answer(true), answer(false));
}
