//! Goods that come back take back what they earned: in proportion, once, from the promise, the lots,
//! or what is owed; and they can be sold again.

mod common;

use carrot_rules::command::{
    BuyerRef, Command, ReceiptCancel, ReturnLine, ReviewDecide, SaleReturn,
};
use carrot_rules::entity::{
    Activity, Contact, ONLY, Participant, Promise, PromiseState, Review, Sale, Tallied,
};
use carrot_rules::ledger::{Account, Unit};
use carrot_rules::outcome::{Class, Outcome};
use carrot_rules::ruleset::{
    Budget, Counted, Credit, Effect, Rule, Subject, Tally, Trigger, Who, Window,
};
use common::*;

const DAY_MS: i64 = 24 * HOUR_MS;

fn sell(world: &mut World, pieces: i64) -> Outcome {
    let context = world.context(CASHIER);
    world.run(
        &Command::SaleRecord(sale(50, vec![line(DUO, pieces)])),
        &context,
    )
}

fn back(return_id: u128, pieces: i64) -> SaleReturn {
    SaleReturn {
        return_id: id(return_id),
        sale_id: id(50),
        lines: vec![ReturnLine {
            line: 0,
            quantity_micro: pieces * 1_000_000,
        }],
        reason: "broken".to_owned(),
    }
}

fn give_back(world: &mut World, return_id: u128, pieces: i64) -> Outcome {
    let context = world.context(CASHIER);
    world.run(&Command::SaleReturn(back(return_id, pieces)), &context)
}

fn lines_of(world: &World, kind: &str) -> Vec<(i64, String)> {
    let lines = world.all::<Activity>().into_iter();
    let lines = lines.filter(|line| line.kind == kind);
    lines.map(|line| (line.points, line.state)).collect()
}

#[test]
fn f024_parts_that_come_back_sum_to_the_whole() {
    let mut world = World::new();
    let mut set = rules();
    // 7 points once for the event: they do not divide by three.
    set.rules.push(Rule::of_sale(
        "once",
        Who::Seller,
        Effect::Fixed { points: 7 },
    ));
    world.put(ONLY, &set);
    sell(&mut world, 3);
    assert_eq!(world.active(SELLER), 367);
    let mut left = Vec::new();
    for number in 1..=3 {
        assert_eq!(give_back(&mut world, number, 1).code, "ok");
        left.push(world.active(SELLER));
    }
    // Of 7: 2, 2 and 3.
    assert_eq!(left, [367 - 122, 367 - 244, 0]);
    let over = give_back(&mut world, 4, 1);
    assert_eq!(over.code, "returned_too_much");
    assert_eq!(over.params["left_micro"], 0);
    let sum: i64 = world.all::<Activity>().iter().map(|line| line.points).sum();
    assert_eq!(sum, 0);
    let sale: Sale = world.get(&id(50).to_string()).unwrap();
    assert_eq!((sale.returns.len(), sale.void), (3, false));
    assert!(
        sale.awards
            .iter()
            .all(|note| note.returned_points == note.points)
    );
}

#[test]
fn f024_what_still_waits_is_taken_from_its_promise() {
    let mut world = World::new();
    let mut set = rules();
    set.rules.push(Rule {
        credit: Credit::AfterReturnWindow { days: 14 },
        ..Rule::of_sale("later", Who::Seller, Effect::PerUnit { points: 10 })
    });
    world.put(ONLY, &set);
    sell(&mut world, 3);
    assert_eq!((world.active(SELLER), world.pending(SELLER)), (360, 30));
    give_back(&mut world, 1, 1);
    assert_eq!((world.active(SELLER), world.pending(SELLER)), (240, 20));
    world.now_ms += 14 * DAY_MS;
    world.run_due();
    assert_eq!((world.active(SELLER), world.pending(SELLER)), (260, 0));
    give_back(&mut world, 2, 2);
    assert_eq!((world.active(SELLER), world.pending(SELLER)), (0, 0));
}

#[test]
fn f024_a_promise_whose_goods_are_all_back_is_over() {
    let mut world = World::new();
    let mut set = rules();
    set.rules.push(Rule {
        credit: Credit::AfterReturnWindow { days: 14 },
        ..Rule::of_sale("later", Who::Seller, Effect::PerUnit { points: 10 })
    });
    world.put(ONLY, &set);
    sell(&mut world, 2);
    give_back(&mut world, 1, 2);
    assert_eq!((world.active(SELLER), world.pending(SELLER)), (0, 0));
    assert!(
        world
            .all::<Promise>()
            .iter()
            .all(|promise| promise.state == PromiseState::Reversed)
    );
    assert!(world.dues.is_empty(), "{:?}", world.dues);
    world.now_ms += 20 * DAY_MS;
    assert!(world.run_due().is_empty());
    assert_eq!(world.active(SELLER), 0);
}

#[test]
fn f024_what_was_spent_is_owed_up_to_a_most_and_the_rest_is_written_off() {
    let mut world = World::new();
    let mut set = rules();
    set.clawback.points_max = 50;
    world.put(ONLY, &set);
    sell(&mut world, 1);
    world.give(SELLER, -100);
    give_back(&mut world, 1, 1);
    assert_eq!(world.active(SELLER), 0);
    assert_eq!(world.balance(Account::Clawback(id(SELLER))), -50);
    assert_eq!(world.balance(Account::WrittenOff), -50);
    assert_eq!(
        world.balance(Account::Issuance),
        0,
        "issued, given back or taken over"
    );
}

#[test]
fn f024_the_very_lots_of_the_award_go_back() {
    let mut world = World::new();
    let mut set = rules();
    set.rules.push(Rule {
        expires_days: Some(10),
        ..Rule::of_sale("soon", Who::Seller, Effect::PerUnit { points: 10 })
    });
    world.put(ONLY, &set);
    // An earlier lot that spending would take first.
    let context = world.context(CASHIER);
    world.run(&Command::SaleRecord(sale(49, vec![line(DUO, 1)])), &context);
    world.now_ms += DAY_MS;
    sell(&mut world, 1);
    let lots = |world: &World| -> Vec<i64> {
        let lots = world.books.lots(Account::active(id(SELLER)), Unit::Points);
        lots.filter(|lot| lot.expires_ms.is_some())
            .map(|lot| lot.left)
            .collect()
    };
    assert_eq!(lots(&world), [10, 10]);
    give_back(&mut world, 1, 1);
    let left: Vec<_> = world
        .books
        .lots(Account::active(id(SELLER)), Unit::Points)
        .collect();
    assert_eq!(lots(&world), [10]);
    assert_eq!(left[0].expires_ms, Some(START_MS + 10 * DAY_MS));
}

#[test]
fn f024_a_budget_gets_back_its_points_and_their_tax() {
    let mut world = World::new();
    let budget = "spring".parse().unwrap();
    let mut set = rules();
    set.budgets = vec![Budget {
        id: budget,
        points: 1_000,
        funder: None,
        gross_up_bp: 3_333,
    }];
    set.rules.push(Rule {
        budget: Some(budget),
        ..Rule::of_sale("bonus", Who::Seller, Effect::PerUnit { points: 10 })
    });
    world.put(ONLY, &set);
    world.balances.insert(Account::Budget(budget), 1_000);
    world.balances.insert(Account::Issuance, -1_000);
    sell(&mut world, 3);
    assert_eq!(world.balance(Account::TaxReserve), 10);
    assert_eq!(world.balance(Account::Budget(budget)), 960);
    for number in 1..=3 {
        give_back(&mut world, number, 1);
    }
    assert_eq!(world.balance(Account::TaxReserve), 0);
    assert_eq!(world.balance(Account::Budget(budget)), 1_000);
}

#[test]
fn f024_a_returned_serial_is_sold_again() {
    let mut world = World::new();
    world.ship("C1");
    let mut basket = sale(50, vec![line(DUO, 1)]);
    basket.lines[0].unit_code = Some("C1".to_owned());
    let context = world.context(CASHIER);
    world.run(&Command::SaleRecord(basket.clone()), &context);
    assert_eq!(world.active(SELLER), 120);
    give_back(&mut world, 1, 1);
    assert_eq!(world.active(SELLER), 0);
    basket.sale_id = id(51);
    let context = world.context(CASHIER);
    world.run(&Command::SaleRecord(basket), &context);
    assert_eq!(world.active(SELLER), 120);
}

#[test]
fn f024_both_pots_of_a_basket_go_back() {
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
    let context = world.context(CASHIER);
    world.run(&Command::SaleRecord(basket), &context);
    assert_eq!((world.active(BUYER), world.active(SELLER)), (64, 120));
    let mut beans = back(1, 1);
    beans.lines[0].line = 1;
    let context = world.context(CASHIER);
    world.run(&Command::SaleReturn(beans), &context);
    assert_eq!((world.active(BUYER), world.active(SELLER)), (52, 120));
    give_back(&mut world, 2, 1);
    assert_eq!((world.active(BUYER), world.active(SELLER)), (12, 0));
}

#[test]
fn f024_what_was_counted_is_taken_back_on_its_day() {
    let mut world = World::new();
    let mut set = rules();
    set.tallies.push(Tally {
        id: "pieces".to_owned(),
        subject: Subject::Seller,
        on: Trigger::Sale,
        when: Default::default(),
        counts: Counted::Pieces,
        within: Window::Ever,
    });
    world.put(ONLY, &set);
    sell(&mut world, 4);
    let key = format!("pieces:{}", id(SELLER));
    let day = START_MS.div_euclid(DAY_MS);
    let tally = |world: &World| world.get::<Tallied>(&key).unwrap();
    assert_eq!(
        (tally(&world).days, tally(&world).ever),
        (vec![(day, 4)], 4)
    );
    world.now_ms += 3 * DAY_MS;
    give_back(&mut world, 1, 1);
    assert_eq!(
        (tally(&world).days, tally(&world).ever),
        (vec![(day, 3)], 3)
    );
    give_back(&mut world, 2, 3);
    assert_eq!((tally(&world).days, tally(&world).ever), (vec![], 0));
}

#[test]
fn f024_cancelling_after_a_part_came_back_takes_the_rest() {
    let mut world = World::new();
    sell(&mut world, 3);
    give_back(&mut world, 1, 1);
    assert_eq!(lines_of(&world, "return"), [(-120, "active".to_owned())]);
    let context = world.context(CASHIER);
    assert_eq!(world.run(&void(50), &context).code, "ok");
    assert_eq!(world.active(SELLER), 0);
    assert_eq!(give_back(&mut world, 2, 1).code, "nothing_to_return");
    let context = world.context(CASHIER);
    assert_eq!(world.run(&void(50), &context).code, "nothing_to_void");
}

#[test]
fn a_return_is_refused_where_it_cannot_be() {
    let mut world = World::new();
    assert_eq!(give_back(&mut world, 1, 1).code, "nothing_to_return");
    sell(&mut world, 2);
    for broken in [
        SaleReturn {
            lines: Vec::new(),
            ..back(1, 1)
        },
        SaleReturn {
            lines: [back(1, 1).lines, back(1, 1).lines].concat(),
            ..back(1, 1)
        },
        SaleReturn {
            lines: vec![ReturnLine {
                line: 1,
                quantity_micro: 1,
            }],
            ..back(1, 1)
        },
        SaleReturn {
            lines: vec![ReturnLine {
                line: 0,
                quantity_micro: 0,
            }],
            ..back(1, 1)
        },
        SaleReturn {
            reason: "x".repeat(301),
            ..back(1, 1)
        },
    ] {
        let context = world.context(CASHIER);
        assert_eq!(
            world.run(&Command::SaleReturn(broken), &context).code,
            "bad_input"
        );
    }
    let mut elsewhere = world.context(CASHIER);
    elsewhere.outlet = Some(id(11));
    assert_eq!(
        world.run(&Command::SaleReturn(back(1, 1)), &elsewhere).code,
        "not_permitted"
    );
    assert_eq!(give_back(&mut world, 1, 1).code, "ok");
    assert_eq!(give_back(&mut world, 1, 1).code, "return_exists");
    world.now_ms += 365 * DAY_MS + 1;
    let late = give_back(&mut world, 2, 1);
    assert_eq!(
        (late.class, late.code.as_str()),
        (Class::Rejected, "return_window_closed")
    );
    assert_eq!(world.active(SELLER), 120);
}

fn cancel(world: &mut World, key: &str) -> Outcome {
    let mut manager: Participant = world.get(&id(CASHIER).to_string()).unwrap();
    manager.id = id(7);
    "manager".clone_into(&mut manager.role);
    world.put(&id(7).to_string(), &manager);
    let context = world.context(7);
    let key = key.to_owned();
    world.run(&Command::ReceiptCancel(ReceiptCancel { key }), &context)
}

#[test]
fn f024_a_receipt_that_is_cancelled_takes_back_what_its_sale_earned() {
    let mut world = World::new();
    let mut basket = sale(50, vec![line(DUO, 2)]);
    basket.receipt_key = Some("R1".to_owned());
    let context = world.context(CASHIER);
    world.run(&Command::SaleRecord(basket), &context);
    assert_eq!(world.active(SELLER), 240);
    let cashier = world.context(CASHIER);
    let command = Command::ReceiptCancel(ReceiptCancel {
        key: "R1".to_owned(),
    });
    assert_eq!(world.run(&command, &cashier).code, "not_permitted");
    assert_eq!(cancel(&mut world, "R1").code, "ok");
    assert_eq!(world.active(SELLER), 0);
    assert_eq!(cancel(&mut world, "R1").code, "receipt_cancelled");
    let context = world.context(CASHIER);
    assert_eq!(world.run(&void(50), &context).code, "nothing_to_void");
    let context = world.context(SELLER);
    assert_eq!(
        world.run(&claim_receipt(60, "R1"), &context).code,
        "receipt_cancelled"
    );
}

#[test]
fn f024_a_receipt_that_is_cancelled_takes_back_what_a_claim_earned() {
    for approved in [false, true] {
        let mut world = World::new();
        let context = world.context(SELLER);
        world.run(&claim_receipt(60, "R1"), &context);
        assert_eq!(world.pending(SELLER), 120);
        if approved {
            let review = world.all::<Review>().remove(0);
            let decision = Command::ReviewDecide(ReviewDecide {
                review_id: review.id,
                approve: true,
                reason: String::new(),
            });
            let context = world.context(APPROVER);
            world.run(&decision, &context);
            assert_eq!((world.active(SELLER), world.pending(SELLER)), (120, 0));
        }
        assert_eq!(cancel(&mut world, "R1").code, "ok");
        assert_eq!(
            (world.active(SELLER), world.pending(SELLER)),
            (0, 0),
            "{approved}"
        );
    }
}

#[test]
fn f024_goods_that_come_back_take_back_what_a_claim_earned_for_them() {
    let mut world = World::new();
    let mut basket = sale(50, vec![line(DUO, 2)]);
    basket.receipt_key = Some("R1".to_owned());
    basket.seller = None;
    let context = world.context(CASHIER);
    world.run(&Command::SaleRecord(basket), &context);
    let context = world.context(SELLER);
    world.run(&claim_receipt(60, "R1"), &context);
    let earned = world.active(SELLER);
    assert_eq!(earned, 240);
    give_back(&mut world, 1, 1);
    assert_eq!(world.active(SELLER), 120);
    give_back(&mut world, 2, 1);
    assert_eq!(world.active(SELLER), 0);
}
