//! Points as a part of a basket's price: its bound, what is left out, and that it never earns.

mod common;

use carrot_rules::command::{BuyerRef, Command, ReturnLine, SaleRecord, SaleReturn};
use carrot_rules::decide::ProofCheck;
use carrot_rules::entity::{ONLY, Product, Sale};
use carrot_rules::ledger::Account;
use carrot_rules::outcome::{Class, Outcome};
use carrot_rules::ruleset::{PartPay, PegRate, Rule, RuleSet};
use common::*;

/// A point is worth five øre; points pay at most a third of a basket without machines and syrup.
fn world() -> World {
    let mut world = World::new();
    let set = RuleSet {
        rules: vec![Rule::for_amounts(
            "amount-dkk".to_owned(),
            "DKK".to_owned(),
            1_000,
            1,
        )],
        peg: vec![PegRate {
            from_ms: 0,
            currency: "DKK".to_owned(),
            minor_per_point_micro: 5_000_000,
        }],
        part_pay: Some(PartPay {
            share_bp_max: 3_333,
            without_products: vec!["09520001000031".to_owned()],
            without_categories: vec!["machine".to_owned()],
        }),
        ..rules()
    };
    world.put(ONLY, &set);
    let mut beans: Product = world.get(BEANS).unwrap();
    beans.category = "beans".to_owned();
    beans.buyer_points = 0;
    world.put(BEANS, &beans);
    let syrup = Product {
        id: "09520001000031".to_owned(),
        ..beans
    };
    world.put("09520001000031", &syrup);
    world.give(BUYER, 5_000);
    world
}

fn amount(amount_minor: i64) -> carrot_rules::command::SaleLine {
    carrot_rules::command::SaleLine {
        product: None,
        quantity_micro: 1_000_000,
        amount_minor,
        unit_code: None,
    }
}

fn basket(number: u128, lines: Vec<carrot_rules::command::SaleLine>, points: i64) -> SaleRecord {
    SaleRecord {
        seller: None,
        buyer: Some(BuyerRef::Proof {
            participant: id(BUYER),
            proof: "CRR1.test".to_owned(),
        }),
        part_pay_points: Some(points),
        ..sale(number, lines)
    }
}

fn pay(world: &mut World, basket: &SaleRecord, proof: &str) -> Outcome {
    let mut context = world.context(CASHIER);
    context.proof = ProofCheck::Valid {
        participant: id(BUYER),
        id: proof.to_owned(),
    };
    world.run(&Command::SaleRecord(basket.clone()), &context)
}

#[test]
fn f124_points_pay_a_bounded_share_and_what_they_pay_earns_nothing() {
    let mut world = world();
    // A third of 300.00 is 99.99, which 1999 points come to 99.95 of.
    let outcome = pay(&mut world, &basket(50, vec![amount(30_000)], 1_999), "p1");
    assert_eq!(outcome.class, Class::Accepted, "{outcome:?}");
    // 300.00 less 99.95 is 200.05: twenty full tens.
    assert_eq!(world.active(BUYER), 5_000 - 1_999 + 20);
    assert_eq!(world.balance(Account::Redeemed), 1_999);
    let sale: Sale = world.get(&id(50).to_string()).unwrap();
    let paid = sale.part_pay.unwrap();
    assert_eq!(
        (paid.points, paid.amount_minor, paid.lines),
        (1_999, 9_995, vec![9_995])
    );
    let more = pay(&mut world, &basket(51, vec![amount(30_000)], 2_000), "p2");
    assert_eq!(
        (more.class, more.code.as_str()),
        (Class::Rejected, "part_pay_too_much")
    );
    assert_eq!(more.params["points_max"], 1_999);
}

#[test]
fn f124_goods_that_are_left_out_are_not_paid_for() {
    let mut world = world();
    // Of 100.00 beans, 100.00 for a machine and 100.00 of syrup only the beans count: 33.33.
    let lines = || vec![line(BEANS, 1), line(DUO, 1), line("09520001000031", 1)];
    let more = pay(&mut world, &basket(50, lines(), 667), "p1");
    assert_eq!(more.params["points_max"], 666);
    let outcome = pay(&mut world, &basket(51, lines(), 666), "p1");
    assert_eq!(outcome.class, Class::Accepted, "{outcome:?}");
    let sale: Sale = world.get(&id(51).to_string()).unwrap();
    assert_eq!(sale.part_pay.unwrap().lines, [3_330, 0, 0]);
}

#[test]
fn f124_only_the_member_at_the_till_pays_with_their_own_points() {
    let mut world = world();
    let code = |outcome: Outcome| {
        assert_eq!(outcome.class, Class::Rejected);
        outcome.code
    };
    let ordinary = basket(50, vec![amount(30_000)], 10);
    let context = world.context(CASHIER);
    let bare = world.run(&Command::SaleRecord(ordinary.clone()), &context);
    assert_eq!(code(bare), "proof_required");
    pay(&mut world, &ordinary, "p1");
    let again = basket(51, vec![amount(30_000)], 10);
    assert_eq!(code(pay(&mut world, &again, "p1")), "proof_used");
    let nothing = basket(52, vec![amount(30_000)], 0);
    assert_eq!(code(pay(&mut world, &nothing, "p2")), "bad_input");
    let mut abroad = basket(53, vec![amount(30_000)], 10);
    abroad.currency = "SEK".to_owned();
    assert_eq!(code(pay(&mut world, &abroad, "p2")), "part_pay_closed");
    world.give(BUYER, 5 - world.active(BUYER));
    let poor = basket(54, vec![amount(30_000)], 6);
    assert_eq!(code(pay(&mut world, &poor, "p2")), "insufficient_points");
    world.put(ONLY, &rules());
    let closed = basket(55, vec![amount(30_000)], 1);
    assert_eq!(code(pay(&mut world, &closed, "p2")), "part_pay_closed");
}

#[test]
fn f124_a_returned_basket_gives_the_points_back_in_proportion() {
    let mut world = world();
    let lines = vec![line(BEANS, 3), amount(10_000)];
    // 400.00: at most 133.32. 1001 points are 50.05: 37.54 of the beans, 12.51 of the rest.
    let outcome = pay(&mut world, &basket(50, lines, 1_001), "p1");
    assert_eq!(outcome.class, Class::Accepted, "{outcome:?}");
    let before = world.active(BUYER);
    let mut back = 0;
    for number in 0..3 {
        let command = SaleReturn {
            return_id: id(60 + number),
            sale_id: id(50),
            lines: vec![ReturnLine {
                line: 0,
                quantity_micro: 1_000_000,
            }],
            reason: "stale".to_owned(),
        };
        let context = world.context(CASHIER);
        let outcome = world.run(&Command::SaleReturn(command), &context);
        assert_eq!(outcome.class, Class::Accepted, "{outcome:?}");
        back = 1_001 - world.balance(Account::Redeemed);
        assert!((249..=251).contains(&(back / (i64::try_from(number).unwrap() + 1))));
    }
    assert!(world.active(BUYER) > before);
    let context = world.context(CASHIER);
    world.run(&void(50), &context);
    assert_eq!(back, 750, "1001 x 3754 / 5005, rounded down");
    assert_eq!(world.balance(Account::Redeemed), 0);
    assert_eq!(world.active(BUYER), 5_000);
}
