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

/// One step of a till, of somebody with a phone beside it, or of the office.
fn step(world: &mut World, random: &mut impl FnMut(u64) -> u64, sales: &mut u128) {
    let actor = [SELLER, OTHER_SELLER][random(2) as usize];
    let level = random(3) as u8;
    let index = random([24, 8, 2][usize::from(level)]) as i64;
    match random(9) {
        0 | 1 => {
            *sales += 1;
            let one = SaleLine {
                unit_code: Some(node(0, random(24) as i64).to_string()),
                ..line(DUO, 1)
            };
            let mut sold = sale(*sales, vec![one]);
            sold.seller = [None, Some(id(actor))][random(2) as usize];
            sold.receipt_key = Some(format!("ru:9999000000000001:2:{sales}"));
            let context = world.context(CASHIER);
            world.run(&Command::SaleRecord(sold), &context);
        }
        2 => {
            let number = *sales - u128::from(random(4));
            let context = world.context(CASHIER);
            world.run(&void(number), &context);
        }
        3 => {
            let number = *sales - u128::from(random(6));
            claim_its_receipt(world, actor, number);
        }
        4..=6 => drop(claim(world, actor, level, index)),
        7 => drop(super::back(world, &node(level, index).to_string())),
        _ => world.now_ms += 50 * HOUR_MS,
    }
    // Another day: nothing is linked by its nearness.
    world.now_ms += 50 * HOUR_MS;
}

#[test]
fn tills_receipts_and_phones_together_pay_a_piece_once() {
    for seed in 1..=60_u64 {
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let mut random = move |below: u64| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 11) % below
        };
        let mut world = world();
        let mut sales = 1_000;
        for number in 0..60 {
            step(&mut world, &mut random, &mut sales);
            // What nobody reported but by an unverified receipt waits, and is not looked at.
            let paid = world.active(SELLER) + world.active(OTHER_SELLER);
            assert!((0..=120 * 24).contains(&paid), "seed {seed}, step {number}");
            for (level, size) in [(1_u8, 3_i64), (2, 12)] {
                for index in 0..24 / size {
                    let id = node(level, index).to_string();
                    let count: NodeCount = world.get(&id).unwrap_or_default();
                    let all = count.below + count.own - count.returned;
                    let what = format!("seed {seed}, step {number}, {id}: {count:?}");
                    assert!((0..=size).contains(&all) && count.below >= 0, "{what}");
                }
            }
        }
    }
}

/// A till's late report of a piece whose code joined a claim of another kind.
#[test]
fn a_code_that_joined_another_claim_pays_nothing_at_a_till() {
    for (seller, code) in [
        (SELLER, "X".to_owned()),
        (OTHER_SELLER, "X".to_owned()),
        (SELLER, node(0, 5).to_string()),
        (OTHER_SELLER, node(0, 5).to_string()),
    ] {
        let mut world = world();
        world.ship("X");
        let context = world.context(SELLER);
        world.run(&claim_receipt(8, "pl:1"), &context);
        if code == "X" {
            let context = world.context(SELLER);
            let joined = world.run(&claim_code(9, "X"), &context);
            assert_eq!(joined.code, "attached_to_existing");
        } else {
            let joined = claim(&mut world, SELLER, 0, 5);
            assert_eq!(joined.code, "attached_to_existing");
        }
        assert_eq!(paid(&world), 120);
        let one = SaleLine {
            unit_code: Some(code.clone()),
            ..line(DUO, 1)
        };
        let mut sold = sale(75, vec![one]);
        sold.seller = Some(id(seller));
        let context = world.context(CASHIER);
        let outcome = world.run(&Command::SaleRecord(sold), &context);
        assert_eq!(paid(&world), 120, "{seller} {code} {outcome:?}");
    }
}
