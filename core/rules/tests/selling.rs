//! Sales, claims and voids: one thing sold is credited once per role, whoever reports it, in
//! whatever order, and every point has its arithmetic.

mod common;

use carrot_rules::command::{BuyerRef, Command};
use carrot_rules::decide::ProofCheck;
use carrot_rules::entity::{Activity, Contact, LessonResult, ONLY, Sale};
use carrot_rules::ledger::Account;
use carrot_rules::outcome::{Class, PotRole};
use common::*;

fn sell(
    world: &mut World,
    sale: carrot_rules::command::SaleRecord,
) -> carrot_rules::outcome::Outcome {
    let context = world.context(CASHIER);
    world.run(&Command::SaleRecord(sale), &context)
}

fn claim(world: &mut World, actor: u128, command: &Command) -> carrot_rules::outcome::Outcome {
    let context = world.context(actor);
    world.run(command, &context)
}

#[test]
fn f001_a_sold_piece_earns_its_price_with_the_arithmetic() {
    let mut world = World::new();
    let outcome = sell(&mut world, sale(50, vec![line(DUO, 2)]));
    assert_eq!(world.active(SELLER), 240);
    let step = &outcome.awards[0].derivation[0];
    assert_eq!(
        (step.step.as_str(), step.version, step.points),
        ("per_unit", 3, 240)
    );
}

#[test]
fn one_basket_fills_two_pots() {
    let mut world = World::new();
    world.put(
        "hash",
        &Contact {
            participant: id(BUYER),
        },
    );
    let mut basket = sale(50, vec![line(DUO, 1), line(BEANS, 2)]);
    basket.buyer = Some(BuyerRef::Contact {
        hash: "hash".to_owned(),
    });
    let outcome = sell(&mut world, basket);
    let pots: Vec<_> = outcome
        .awards
        .iter()
        .map(|award| (award.role, award.points))
        .collect();
    assert_eq!(pots, [(PotRole::Buyer, 64), (PotRole::Seller, 120)]);
    assert_eq!((world.active(BUYER), world.active(SELLER)), (64, 120));
}

#[test]
fn an_amount_without_a_product_earns_full_steps_only() {
    let mut world = World::new();
    world.put(
        "hash",
        &Contact {
            participant: id(BUYER),
        },
    );
    let mut basket = sale(50, vec![line(DUO, 1)]);
    basket.buyer = Some(BuyerRef::Contact {
        hash: "hash".to_owned(),
    });
    basket.lines[0].product = None;
    basket.lines[0].amount_minor = 12_999;
    sell(&mut world, basket);
    assert_eq!(world.active(BUYER), 12);
}

#[test]
fn a_campaign_doubles_only_in_its_time_and_after_its_lesson() {
    for (lesson, passed, late_ms, points) in [
        (None, false, 0, 240),
        (None, false, HOUR_MS, 120),
        (Some("duo"), false, 0, 120),
        (Some("duo"), true, 0, 240),
    ] {
        let mut world = World::new();
        let mut set = rules();
        set.rules.push(dawn(lesson));
        world.put(ONLY, &set);
        let result = LessonResult {
            lesson: "duo".to_owned(),
            right: 3,
            passed,
            tries: 1,
            first_ms: START_MS,
        };
        world.put(&format!("{}:duo", id(SELLER)), &result);
        world.now_ms += late_ms;
        sell(&mut world, sale(50, vec![line(DUO, 1)]));
        assert_eq!(
            world.active(SELLER),
            points,
            "{lesson:?} {passed} {late_ms}"
        );
    }
}

#[test]
fn a_buyer_is_never_the_cashier_nor_the_seller() {
    for person in [CASHIER, SELLER] {
        let mut world = World::new();
        world.put(
            "hash",
            &Contact {
                participant: id(person),
            },
        );
        let mut basket = sale(50, vec![line(BEANS, 1)]);
        basket.buyer = Some(BuyerRef::Contact {
            hash: "hash".to_owned(),
        });
        let outcome = sell(&mut world, basket);
        assert_eq!(outcome.class, Class::Accepted, "the sale itself happened");
        assert!(
            outcome
                .pending
                .iter()
                .any(|because| because.code == "own_sale")
        );
        assert_eq!(world.active(person), 0);
    }
}

#[test]
fn a_rotating_code_must_prove_the_buyer_that_it_names() {
    let mut world = World::new();
    let mut basket = sale(50, vec![line(BEANS, 1)]);
    basket.buyer = Some(BuyerRef::Proof {
        participant: id(BUYER),
        proof: "x".to_owned(),
    });
    let mut context = world.context(CASHIER);
    context.proof = ProofCheck::Valid {
        participant: id(SELLER),
        id: "p".to_owned(),
    };
    let outcome = world.run(&Command::SaleRecord(basket), &context);
    assert!(
        outcome
            .pending
            .iter()
            .any(|because| because.code == "proof_invalid")
    );
    assert_eq!(world.active(BUYER), 0);
}

#[test]
fn a_code_is_paid_once_and_the_second_hears_why() {
    let mut world = World::new();
    world.ship("C1");
    assert_eq!(
        claim(&mut world, SELLER, &claim_code(60, "C1")).class,
        Class::Accepted
    );
    let again = claim(&mut world, SELLER, &claim_code(61, "C1"));
    assert_eq!(
        (again.code.as_str(), &again.params["by_you"]),
        ("already_claimed", &true.into())
    );
    let other = claim(&mut world, OTHER_SELLER, &claim_code(62, "C1"));
    assert_eq!(other.params["by_you"], false);
    assert_eq!((world.active(SELLER), world.active(OTHER_SELLER)), (120, 0));
}

#[test]
fn a_receipt_for_a_claimed_piece_attaches_without_points() {
    let mut world = World::new();
    world.ship("C1");
    claim(&mut world, SELLER, &claim_code(60, "C1"));
    let outcome = claim(&mut world, SELLER, &claim_receipt(61, "R1"));
    assert_eq!(
        (outcome.class, outcome.code.as_str()),
        (Class::Accepted, "attached_to_existing")
    );
    assert_eq!((world.active(SELLER), world.pending(SELLER)), (120, 0));
}

#[test]
fn the_tills_report_and_a_claim_meet_in_either_order() {
    for till_first in [true, false] {
        let mut world = World::new();
        for code in ["C1", "C2", "C3"] {
            world.ship(code);
        }
        let till = |world: &mut World| sell(world, sale(50, vec![line(DUO, 2)]));
        let codes = |world: &mut World| {
            for (number, code) in [(60, "C1"), (61, "C2")] {
                claim(world, SELLER, &claim_code(number, code));
            }
        };
        if till_first {
            till(&mut world);
            codes(&mut world);
        } else {
            codes(&mut world);
            till(&mut world);
        }
        assert_eq!(
            world.active(SELLER),
            240,
            "two pieces, till first: {till_first}"
        );
        claim(&mut world, SELLER, &claim_code(62, "C3"));
        assert_eq!(world.active(SELLER), 360, "a third piece is another sale");
    }
}

#[test]
fn each_sale_of_several_pieces_is_paid_in_full() {
    let mut world = World::new();
    sell(&mut world, sale(50, vec![line(DUO, 3), line(DUO, 2)]));
    sell(&mut world, sale(51, vec![line(DUO, 2)]));
    assert_eq!(world.active(SELLER), 7 * 120);
}

#[test]
fn one_code_stands_for_one_piece_of_a_sale() {
    let mut world = World::new();
    world.ship("C1");
    let mut basket = sale(50, vec![line(DUO, 1), line(DUO, 1)]);
    for line in &mut basket.lines {
        line.unit_code = Some("C1".to_owned());
    }
    let outcome = sell(&mut world, basket);
    assert_eq!(outcome.class, Class::Accepted);
    assert!(
        outcome
            .pending
            .iter()
            .any(|because| because.code == "already_claimed")
    );
}

#[test]
fn a_void_gives_everything_back_and_the_code_can_be_sold_again() {
    let mut world = World::new();
    world.ship("C1");
    let mut basket = sale(50, vec![line(DUO, 1)]);
    basket.lines[0].unit_code = Some("C1".to_owned());
    sell(&mut world, basket.clone());
    assert_eq!(world.active(SELLER), 120);
    assert_eq!(claim(&mut world, CASHIER, &void(50)).class, Class::Accepted);
    assert_eq!(world.active(SELLER), 0);
    assert!(world.get::<Sale>(&id(50).to_string()).unwrap().void);
    assert_eq!(
        claim(&mut world, CASHIER, &void(50)).code,
        "nothing_to_void"
    );
    basket.sale_id = id(51);
    sell(&mut world, basket);
    assert_eq!(world.active(SELLER), 120);
}

#[test]
fn selling_voiding_and_selling_again_pays_no_piece_twice() {
    let mut world = World::new();
    world.ship("C1");
    claim(&mut world, SELLER, &claim_code(60, "C1"));
    for number in [50, 51] {
        sell(&mut world, sale(number, vec![line(DUO, 1)]));
        assert_eq!(
            world.active(SELLER),
            120,
            "the till reports the piece of the claim"
        );
        claim(&mut world, CASHIER, &void(number));
    }
    assert_eq!(world.active(SELLER), 120);
}

#[test]
fn what_was_spent_before_a_void_is_owed() {
    let mut world = World::new();
    sell(&mut world, sale(50, vec![line(DUO, 1)]));
    world.give(SELLER, -100);
    claim(&mut world, CASHIER, &void(50));
    assert_eq!(world.active(SELLER), 0);
    assert_eq!(world.balance(Account::Clawback(id(SELLER))), -100);
    let rows: Vec<Activity> = world.all();
    assert!(rows.iter().all(|row| row.state == "reversed"));
}

#[test]
fn a_void_after_a_day_is_a_return() {
    let mut world = World::new();
    sell(&mut world, sale(50, vec![line(DUO, 1)]));
    world.now_ms += 25 * HOUR_MS;
    assert_eq!(
        claim(&mut world, CASHIER, &void(50)).code,
        "return_window_closed"
    );
}

#[test]
fn a_place_that_cannot_see_codes_says_what_it_waits_for() {
    let mut world = World::new();
    world.blind = true;
    let outcome = claim(&mut world, SELLER, &claim_code(60, "C1"));
    assert_eq!(outcome.pending[0].code, "server_decides_code");
    assert_eq!(outcome.awards[0].points, 120);
    assert_eq!((world.active(SELLER), world.pending(SELLER)), (0, 120));
}

#[test]
fn somebody_who_does_not_work_there_waits_for_a_look() {
    let mut world = World::new();
    world.ship("C1");
    let mut context = world.context(SELLER);
    context.outlet = Some(id(99));
    let outcome = world.run(&claim_code(60, "C1"), &context);
    let codes: Vec<_> = outcome
        .pending
        .iter()
        .map(|because| because.code.as_str())
        .collect();
    assert!(codes.contains(&"not_employed_there") && codes.contains(&"code_of_other_outlet"));
    assert_eq!((world.active(SELLER), world.pending(SELLER)), (0, 120));
}

#[test]
fn sums_beyond_the_exact_range_are_refused() {
    let mut world = World::new();
    let mut basket = sale(50, vec![line(DUO, 1)]);
    basket.lines[0].quantity_micro = i64::MAX;
    assert_eq!(sell(&mut world, basket.clone()).code, "bad_amount");
    basket.lines = vec![line(BEANS, 1), line(BEANS, 1)];
    basket.lines[0].amount_minor = i64::MAX;
    assert_eq!(sell(&mut world, basket).code, "amount_too_large");
    let mut negative = sale(51, vec![line(DUO, 1)]);
    negative.lines[0].quantity_micro = -1;
    assert_eq!(sell(&mut world, negative).code, "bad_amount");
    assert_eq!(sell(&mut world, sale(52, Vec::new())).code, "bad_input");
}

#[test]
fn a_till_that_cannot_see_the_lesson_does_not_guess() {
    let mut world = World::new();
    let mut set = rules();
    set.rules.push(dawn(Some("duo")));
    world.put(ONLY, &set);
    world.blind = true;
    let outcome = sell(&mut world, sale(50, vec![line(DUO, 1)]));
    let pot = &outcome.awards[0];
    assert_eq!(
        (pot.points, pot.pending[0].code.as_str()),
        (120, "server_checks_lesson")
    );
    assert_eq!((world.active(SELLER), world.pending(SELLER)), (0, 120));
}

#[test]
fn a_receipt_of_a_sale_without_a_seller_pays_who_shows_it_first() {
    let mut world = World::new();
    let mut basket = sale(50, vec![line(DUO, 2)]);
    basket.seller = None;
    basket.receipt_key = Some("R1".to_owned());
    sell(&mut world, basket);
    let outcome = claim(&mut world, SELLER, &claim_receipt(60, "R1"));
    assert_eq!(
        (outcome.class, world.active(SELLER)),
        (Class::Accepted, 240)
    );
    let other = claim(&mut world, OTHER_SELLER, &claim_receipt(61, "R1"));
    assert_eq!(
        (other.code.as_str(), world.active(OTHER_SELLER)),
        ("already_claimed", 0)
    );
}
