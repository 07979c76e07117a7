//! Points that wait for an invoice: part payments, credit notes, late payments, and every order in
//! which sale and payments may arrive.

mod common;

use carrot_rules::command::{
    BuyerRef, Command, PaymentKind, PaymentRecord, ReturnLine, SaleRecord, SaleReturn,
};
use carrot_rules::entity::{Activity, Contact, Invoice, ONLY, Promise, PromiseState};
use carrot_rules::ledger::Account;
use carrot_rules::outcome::Outcome;
use carrot_rules::ruleset::{Credit, Effect, Rule, Trigger, Who};
use common::*;

const DAY_MS: i64 = 24 * HOUR_MS;
/// Two machines of 10,000 each.
const TOTAL: i64 = 20_000;

/// 101 points for the seller of an invoice that is paid within 30 days.
fn world() -> World {
    let mut world = World::new();
    let mut set = rules();
    set.rules.push(Rule {
        credit: Credit::WhenPaid { days: 30 },
        ..Rule::of_sale("paid", Who::Seller, Effect::Fixed { points: 101 })
    });
    world.put(ONLY, &set);
    world
}

fn invoiced() -> SaleRecord {
    SaleRecord {
        invoice: Some("INV-7".to_owned()),
        ..sale(50, vec![line(DUO, 2)])
    }
}

fn sell(world: &mut World) -> Outcome {
    let context = world.context(CASHIER);
    world.run(&Command::SaleRecord(invoiced()), &context)
}

fn entry(number: u128, amount_minor: i64, kind: PaymentKind, paid_ms: i64) -> PaymentRecord {
    PaymentRecord {
        payment_id: id(number),
        invoice: "INV-7".to_owned(),
        amount_minor,
        currency: "DKK".to_owned(),
        kind,
        paid_ms,
    }
}

fn record(world: &mut World, payment: PaymentRecord) -> Outcome {
    let context = world.context(CASHIER);
    world.run(&Command::PaymentRecord(payment), &context)
}

fn pay(world: &mut World, number: u128, amount_minor: i64) -> Outcome {
    let payment = entry(number, amount_minor, PaymentKind::Payment, world.now_ms);
    record(world, payment)
}

fn credit(world: &mut World, number: u128, amount_minor: i64) -> Outcome {
    let note = entry(number, amount_minor, PaymentKind::CreditNote, world.now_ms);
    record(world, note)
}

fn give_back(world: &mut World, number: u128) {
    let back = SaleReturn {
        return_id: id(number),
        sale_id: id(50),
        lines: vec![ReturnLine {
            line: 0,
            quantity_micro: 1_000_000,
        }],
        reason: String::new(),
    };
    let context = world.context(CASHIER);
    assert_eq!(world.run(&Command::SaleReturn(back), &context).code, "ok");
}

/// Active without the 240 of the price list, and pending.
fn points(world: &World) -> (i64, i64) {
    (world.active(SELLER) - 240, world.pending(SELLER))
}

fn states(world: &World) -> Vec<PromiseState> {
    world
        .all::<Promise>()
        .iter()
        .map(|promise| promise.state)
        .collect()
}

#[test]
fn f028_an_invoice_paid_in_parts_makes_its_points_real() {
    let mut world = world();
    let outcome = sell(&mut world);
    let waits = &outcome.awards[1].pending[0];
    assert_eq!(waits.code, "awaits_payment");
    assert_eq!(waits.params["invoice"], "INV-7");
    assert_eq!(waits.params["until_ms"], START_MS + 30 * DAY_MS);
    assert_eq!(points(&world), (0, 101));
    world.now_ms += 10 * DAY_MS;
    pay(&mut world, 1, TOTAL - 1);
    assert_eq!(points(&world), (0, 101));
    assert_eq!(pay(&mut world, 1, TOTAL).code, "payment_exists");
    world.now_ms += 19 * DAY_MS;
    assert_eq!(pay(&mut world, 2, 1).code, "ok");
    assert_eq!(points(&world), (101, 0));
    assert!(world.dues.is_empty());
    world.now_ms += 5 * DAY_MS;
    assert!(world.run_due().is_empty());
    assert_eq!(points(&world), (101, 0));
}

#[test]
fn f028_an_unpaid_invoices_points_lapse_and_a_late_payment_says_so() {
    let mut world = world();
    sell(&mut world);
    pay(&mut world, 1, TOTAL / 2);
    world.now_ms += 30 * DAY_MS;
    world.run_due();
    assert_eq!(points(&world), (0, 0));
    assert_eq!(world.balance(Account::Issuance), -240);
    let lines = world.all::<Activity>();
    let lapsed = lines.iter().find(|line| line.points == 101).unwrap();
    assert_eq!(
        (lapsed.state.as_str(), lapsed.because[0].code.as_str()),
        ("lapsed", "lapsed")
    );
    let late = pay(&mut world, 2, TOTAL / 2);
    assert_eq!(
        (late.code.as_str(), late.pending[0].code.as_str()),
        ("ok", "paid_late")
    );
    assert_eq!(
        (points(&world), states(&world)),
        ((0, 0), vec![PromiseState::Lapsed])
    );
}

#[test]
fn f028_a_payment_after_the_window_keeps_nothing_even_before_the_clock_ran() {
    let mut world = world();
    sell(&mut world);
    world.now_ms += 30 * DAY_MS;
    let late = pay(&mut world, 1, TOTAL);
    assert_eq!(late.pending[0].code, "paid_late");
    world.run_due();
    assert_eq!(
        (points(&world), states(&world)),
        ((0, 0), vec![PromiseState::Lapsed])
    );
}

#[test]
fn f028_a_payment_in_time_that_is_reported_late_counts_before_the_clock_ran() {
    let mut world = world();
    sell(&mut world);
    let in_time = world.now_ms + 29 * DAY_MS;
    world.now_ms += 31 * DAY_MS;
    record(&mut world, entry(1, TOTAL, PaymentKind::Payment, in_time));
    world.run_due();
    assert_eq!(
        (points(&world), states(&world)),
        ((101, 0), vec![PromiseState::Kept])
    );
}

#[test]
fn f028_a_credit_note_takes_its_part_of_the_promise() {
    let mut world = world();
    sell(&mut world);
    credit(&mut world, 1, TOTAL / 4);
    // A quarter of 101, rounded down, goes back.
    assert_eq!(points(&world), (0, 76));
    pay(&mut world, 2, TOTAL / 4 * 3);
    assert_eq!(points(&world), (76, 0));
    assert_eq!(world.balance(Account::Issuance), -240 - 76);
}

#[test]
fn f028_credit_notes_over_everything_leave_nothing() {
    let mut world = world();
    sell(&mut world);
    for number in 1..=3 {
        credit(&mut world, number, TOTAL / 3 + 1);
    }
    assert_eq!(
        (points(&world), states(&world)),
        ((0, 0), vec![PromiseState::Reversed])
    );
}

#[test]
fn f028_the_credit_note_of_a_return_takes_nothing_twice() {
    for goods_first in [true, false] {
        let mut world = world();
        sell(&mut world);
        if goods_first {
            give_back(&mut world, 1);
            credit(&mut world, 2, TOTAL / 2);
        } else {
            credit(&mut world, 2, TOTAL / 2);
            give_back(&mut world, 1);
        }
        assert_eq!(
            (world.active(SELLER), world.pending(SELLER)),
            (120, 51),
            "{goods_first}"
        );
        pay(&mut world, 3, TOTAL / 2);
        assert_eq!((world.active(SELLER), world.pending(SELLER)), (171, 0));
    }
}

#[test]
fn f028_any_order_of_sale_and_payments_comes_to_the_same() {
    let mut ends = Vec::new();
    for order in [
        [0, 1, 2],
        [0, 2, 1],
        [1, 0, 2],
        [1, 2, 0],
        [2, 0, 1],
        [2, 1, 0],
    ] {
        let mut world = world();
        for step in order {
            match step {
                0 => drop(sell(&mut world)),
                1 => drop(credit(&mut world, 1, TOTAL / 4)),
                _ => drop(pay(&mut world, 2, TOTAL / 4 * 3)),
            }
        }
        world.run_due();
        let invoice: Invoice = world.get("INV-7").unwrap();
        ends.push((
            points(&world),
            states(&world),
            invoice.settled,
            world.balances.clone(),
        ));
    }
    assert_eq!(ends[0].0, (76, 0));
    assert!(ends.iter().all(|end| end == &ends[0]), "{ends:?}");
}

#[test]
fn f028_a_sale_reported_after_its_window_is_kept_when_it_was_paid_in_time() {
    for promise_first in [false, true] {
        let mut world = world();
        let mut set: carrot_rules::RuleSet = world.get(ONLY).unwrap();
        for rule in &mut set.rules {
            if rule.id == "paid" {
                rule.credit = Credit::WhenPaid { days: 1 };
            }
        }
        world.put(ONLY, &set);
        pay(&mut world, 1, TOTAL);
        world.now_ms += 3 * DAY_MS;
        let mut context = world.context(CASHIER);
        context.occurred_ms = START_MS;
        world.run(&Command::SaleRecord(invoiced()), &context);
        assert_eq!(world.dues.len(), 2);
        if promise_first {
            let mut dues = world.dues.values();
            let promise = dues.find(|due| due.kind == "promise").unwrap().clone();
            assert_eq!(world.run_item(&promise).code, "ok");
        }
        world.run_due();
        assert_eq!(
            (points(&world), states(&world)),
            ((101, 0), vec![PromiseState::Kept])
        );
    }
}

#[test]
fn f028_goods_that_come_back_after_a_lapse_take_nothing_that_was_never_given() {
    let mut world = world();
    sell(&mut world);
    world.now_ms += 30 * DAY_MS;
    world.run_due();
    world.give(SELLER, 50);
    give_back(&mut world, 1);
    assert_eq!((world.active(SELLER), world.pending(SELLER)), (120 + 50, 0));
}

#[test]
fn a_sale_without_a_number_is_paid_under_its_own_id() {
    let mut world = world();
    let context = world.context(CASHIER);
    world.run(&Command::SaleRecord(sale(50, vec![line(DUO, 2)])), &context);
    let mut payment = entry(1, TOTAL, PaymentKind::Payment, world.now_ms);
    payment.invoice = id(50).to_string();
    record(&mut world, payment);
    assert_eq!(points(&world), (101, 0));
}

#[test]
fn a_rule_rewards_the_payment_itself_once() {
    let mut world = World::new();
    let mut set = rules();
    set.rules.push(Rule {
        trigger: Trigger::Payment,
        ..Rule::of_sale("thanks", Who::Buyer, Effect::PerUnit { points: 5 })
    });
    world.put(ONLY, &set);
    world.put(
        "hash",
        &Contact {
            participant: id(BUYER),
        },
    );
    let mut basket = invoiced();
    basket.buyer = Some(BuyerRef::Contact {
        hash: "hash".to_owned(),
    });
    let context = world.context(CASHIER);
    world.run(&Command::SaleRecord(basket), &context);
    assert_eq!(world.active(BUYER), 80);
    pay(&mut world, 1, TOTAL / 2);
    assert_eq!(world.active(BUYER), 80);
    pay(&mut world, 2, TOTAL / 2);
    assert_eq!(world.active(BUYER), 90);
    pay(&mut world, 3, 1);
    assert_eq!(world.active(BUYER), 90);
    give_back(&mut world, 4);
    assert_eq!(world.active(BUYER), 45);
}

#[test]
fn a_payment_is_refused_where_it_cannot_be() {
    let mut world = world();
    sell(&mut world);
    let good = entry(1, 1, PaymentKind::Payment, START_MS);
    for (payment, code) in [
        (
            PaymentRecord {
                amount_minor: 0,
                ..good.clone()
            },
            "bad_amount",
        ),
        (
            PaymentRecord {
                amount_minor: i64::MAX,
                ..good.clone()
            },
            "bad_amount",
        ),
        (
            PaymentRecord {
                invoice: String::new(),
                ..good.clone()
            },
            "bad_input",
        ),
        (
            PaymentRecord {
                invoice: "x".repeat(65),
                ..good.clone()
            },
            "bad_input",
        ),
        (
            PaymentRecord {
                paid_ms: START_MS + 1,
                ..good.clone()
            },
            "bad_input",
        ),
        (
            PaymentRecord {
                currency: "EUR".to_owned(),
                ..good.clone()
            },
            "currency_mismatch",
        ),
    ] {
        assert_eq!(record(&mut world, payment).code, code);
    }
    let seller = world.context(SELLER);
    assert_eq!(
        world
            .run(&Command::PaymentRecord(good.clone()), &seller)
            .code,
        "not_permitted"
    );
    let mut elsewhere = world.context(CASHIER);
    elsewhere.outlet = Some(id(11));
    assert_eq!(
        world.run(&Command::PaymentRecord(good), &elsewhere).code,
        "not_permitted"
    );
}
