//! Pieces, cartons and pallets in every order, by two people, after returns and refusals.

use carrot_rules::command::UnitShown;
use carrot_rules::entity::{Holds, Logistic, Node, NodeCount, NodeState, Review, Stage, Waybill};
use carrot_rules::outcome::Class;

use super::common::*;
use super::{back, claim, node, paid, review, series, show};

const PIECES: i64 = 24;

fn world() -> World {
    let mut world = World::new();
    world.put("spring", &series(PIECES, 3, 12));
    world
}

fn logistic(world: &mut World, sscc: &str, holds: Holds) {
    let unit = Logistic {
        holds,
        outlet: Some(id(SHOP)),
        stage: Stage::Shipped,
        unit: None,
        by: None,
        at_ms: None,
    };
    world.put(sscc, &unit);
}

fn waybill(world: &mut World, number: &str, units: &[&str]) {
    let units = units.iter().map(|unit| (*unit).to_owned()).collect();
    world.put(number, &Waybill { units });
}

fn way(number: &str) -> UnitShown {
    let number = number.to_owned();
    UnitShown::Waybill { number }
}

#[test]
fn a_waybill_that_names_a_pallet_twice_and_its_carton_too_pays_once() {
    let orders: [&[&str]; 4] = [&["A", "A"], &["A", "B"], &["A", "C"], &["C", "A", "B", "C"]];
    for units in orders {
        let mut world = world();
        logistic(&mut world, "A", Holds::Node { node: node(2, 0) });
        logistic(&mut world, "B", Holds::Node { node: node(2, 0) });
        logistic(&mut world, "C", Holds::Node { node: node(1, 1) });
        waybill(&mut world, "W1", units);
        let outcome = show(&mut world, SELLER, way("W1"));
        assert_eq!(outcome.class, Class::Accepted, "{outcome:?}");
        assert_eq!(paid(&world), 120 * 12, "{units:?}");
        for sscc in ["A", "B", "C"] {
            let sscc = sscc.to_owned();
            let again = show(&mut world, OTHER_SELLER, UnitShown::Sscc { sscc });
            assert_eq!(again.class, Class::Rejected, "{again:?}");
        }
        assert_eq!(paid(&world), 120 * 12);
    }
}

#[test]
fn pieces_without_codes_that_a_waybill_names_twice_pay_once() {
    let mut world = world();
    let product = DUO.to_owned();
    logistic(&mut world, "A", Holds::Pieces { product, count: 5 });
    waybill(&mut world, "W1", &["A", "A"]);
    show(&mut world, SELLER, way("W1"));
    assert_eq!(paid(&world), 120 * 5);
}

#[test]
fn a_carton_that_came_back_piece_by_piece_leaves_no_room_in_its_pallet() {
    let mut world = world();
    claim(&mut world, SELLER, 1, 0);
    claim(&mut world, SELLER, 1, 1);
    for index in 0..3 {
        let outcome = back(&mut world, &node(0, index).to_string());
        assert_eq!(outcome.class, Class::Accepted, "{outcome:?}");
    }
    assert_eq!(paid(&world), 120 * 3);
    claim(&mut world, OTHER_SELLER, 2, 0);
    assert_eq!(paid(&world), 120 * 12, "a pallet holds no more than twelve");
}

/// What one step of the machine does.
fn step(world: &mut World, random: &mut impl FnMut(u64) -> u64) {
    let actor = [SELLER, OTHER_SELLER][random(2) as usize];
    let level = random(3) as u8;
    let sizes = [1, 3, 12];
    let index = random((PIECES / sizes[usize::from(level)]) as u64) as i64;
    match random(9) {
        0..=3 => drop(claim(world, actor, level, index)),
        4 => drop(show(world, actor, way(["W1", "W2"][random(2) as usize]))),
        5 | 6 => drop(back(world, &node(level, index).to_string())),
        7 => {
            let sscc = ["A", "B", "C", "D"][random(4) as usize].to_owned();
            drop(match random(2) {
                0 => show(world, actor, UnitShown::Sscc { sscc }),
                _ => back(world, &format!("sscc:{sscc}")),
            });
        }
        _ => {
            let reviews = world.all::<Review>();
            if let Some(one) = reviews.get(random(reviews.len().max(1) as u64) as usize) {
                let id = one.id.clone();
                review(world, &id, random(3) == 0);
            }
        }
    }
}

/// What the records say of what was paid below each place.
fn counts_hold(world: &World) {
    for (level, size) in [(1_u8, 3_i64), (2, 12)] {
        for index in 0..PIECES / size {
            let id = node(level, index).to_string();
            let count: NodeCount = world.get(&id).unwrap_or_default();
            let all = count.below + count.own - count.returned;
            assert!(count.below >= 0 && count.own >= 0, "{id}: {count:?}");
            assert!((0..=size).contains(&all), "{id}: {count:?}");
        }
    }
}

#[test]
fn no_order_of_claims_returns_and_refusals_pays_a_piece_twice() {
    for seed in 1..=60_u64 {
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let mut random = move |below: u64| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 11) % below
        };
        let mut world = world();
        // Every other time all of it waits for a person, who may refuse.
        if seed % 2 == 0 {
            let mut held = series(PIECES, 3, 12);
            held.outlet = Some(id(SHOP + 1));
            world.put("spring", &held);
        }
        logistic(&mut world, "A", Holds::Node { node: node(2, 0) });
        logistic(&mut world, "B", Holds::Node { node: node(1, 1) });
        logistic(&mut world, "C", Holds::Node { node: node(1, 5) });
        let product = DUO.to_owned();
        logistic(&mut world, "D", Holds::Pieces { product, count: 4 });
        waybill(&mut world, "W1", &["A", "B", "C"]);
        waybill(&mut world, "W2", &["B", "C", "D"]);
        for number in 0..80 {
            step(&mut world, &mut random);
            let paid = paid(&world);
            let most = 120 * (PIECES + 4);
            assert!((0..=most).contains(&paid), "seed {seed}, step {number}");
            counts_hold(&world);
        }
        everything_comes_back(&mut world, seed);
    }
}

/// Returns give back all that was ever paid, and not a point more.
fn everything_comes_back(world: &mut World, seed: u64) {
    for round in 0..2 {
        for (level, size) in [(2_u8, 12_i64), (1, 3), (0, 1)] {
            for index in 0..PIECES / size {
                back(world, &node(level, index).to_string());
            }
        }
        back(world, "sscc:D");
        assert_eq!(paid(world), 0, "seed {seed}, round {round}");
    }
}

#[test]
fn a_pallet_pays_nothing_for_what_was_made_void_in_it() {
    let mut world = world();
    let stolen = Node {
        state: NodeState::Void,
        ..Node::default()
    };
    world.put(&node(1, 0).to_string(), &stolen);
    let count = NodeCount {
        void: 3,
        ..NodeCount::default()
    };
    world.put(&node(2, 0).to_string(), &count);
    assert_eq!(claim(&mut world, SELLER, 0, 1).code, "code_void");
    claim(&mut world, SELLER, 0, 4);
    claim(&mut world, OTHER_SELLER, 2, 0);
    assert_eq!(paid(&world), 120 * 9);
}
