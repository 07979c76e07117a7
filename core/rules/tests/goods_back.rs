//! Goods that come back, pieces that are sold again, claims beside a till: nobody is paid twice, nobody
//! loses what somebody else's goods earned.

mod common;

use carrot_rules::command::{
    Command, ReceiptCancel, ReturnLine, ReviewDecide, SaleRecord, SaleReturn,
};
use carrot_rules::entity::{Contact, ONLY, Participant, Review};
use carrot_rules::outcome::{Class, Outcome};
use carrot_rules::ruleset::{Effect, Rule, Who};
use common::*;

const DAY_MS: i64 = 24 * HOUR_MS;

fn act(world: &mut World, actor: u128, command: &Command) -> Outcome {
    let context = world.context(actor);
    world.run(command, &context)
}

/// A sale whose first piece carries a code.
fn coded(sale_id: u128, code: &str, seller: Option<u128>, more: usize) -> Command {
    let mut lines = vec![line(DUO, 1)];
    lines[0].unit_code = Some(code.to_owned());
    lines.extend((0..more).map(|_| line(BEANS, 1)));
    Command::SaleRecord(SaleRecord {
        seller: seller.map(id),
        ..sale(sale_id, lines)
    })
}

fn give_back(sale_id: u128, line: usize) -> Command {
    Command::SaleReturn(SaleReturn {
        return_id: id(sale_id * 100 + line as u128),
        sale_id: id(sale_id),
        lines: vec![ReturnLine {
            line,
            quantity_micro: 1_000_000,
        }],
        reason: String::new(),
    })
}

fn all_of(world: &World, person: u128) -> i64 {
    world.active(person) + world.pending(person)
}

fn world() -> World {
    let mut world = World::new();
    world.ship("C1");
    world
}

#[test]
fn f024_goods_of_another_line_take_nothing_from_who_sold_the_piece_again() {
    let world = &mut world();
    act(world, CASHIER, &coded(50, "C1", None, 1));
    act(world, CASHIER, &give_back(50, 0));
    assert_eq!(
        act(world, OTHER_SELLER, &claim_code(60, "C1")).class,
        Class::Accepted
    );
    assert_eq!(all_of(world, OTHER_SELLER), 120);
    act(world, CASHIER, &give_back(50, 1));
    assert_eq!(all_of(world, OTHER_SELLER), 120);
}

#[test]
fn f024_a_refused_review_of_old_frees_nothing_that_was_claimed_since() {
    let world = &mut world();
    act(world, CASHIER, &coded(50, "C1", None, 0));
    let mut late = world.context(SELLER);
    late.occurred_ms -= 4 * DAY_MS;
    world.run(&claim_code(60, "C1"), &late);
    let review = world.all::<Review>().pop().unwrap();
    act(world, CASHIER, &give_back(50, 0));
    act(world, SELLER, &claim_code(61, "C1"));
    let paid = all_of(world, SELLER);
    let refuse = Command::ReviewDecide(ReviewDecide {
        review_id: review.id,
        approve: false,
        reason: String::new(),
    });
    act(world, APPROVER, &refuse);
    act(world, SELLER, &claim_code(62, "C1"));
    assert_eq!(all_of(world, SELLER), paid);
    assert!(paid <= 120, "{paid}");
}

#[test]
fn f024_an_award_of_the_whole_event_frees_nothing_that_another_sale_paid() {
    let world = &mut world();
    let mut set = rules();
    set.rules.push(Rule::of_sale(
        "shop",
        Who::Shop,
        Effect::Fixed { points: 5 },
    ));
    world.put(ONLY, &set);
    act(world, CASHIER, &coded(50, "C1", Some(SELLER), 0));
    act(world, CASHIER, &coded(51, "C1", Some(SELLER), 1));
    act(world, CASHIER, &give_back(51, 0));
    act(world, SELLER, &claim_code(60, "C1"));
    assert_eq!(all_of(world, SELLER), 120);
}

#[test]
fn a_return_that_comes_before_its_sale_waits_for_a_person() {
    let world = &mut world();
    let early = act(world, CASHIER, &give_back(50, 0));
    assert_eq!(
        (early.class, early.code.as_str()),
        (Class::Parked, "nothing_to_return")
    );
}

#[test]
fn a_receipt_that_was_cancelled_first_pays_no_sale_and_stays_its_first_sales() {
    let world = &mut world();
    let manager: Participant = world.get(&id(APPROVER).to_string()).unwrap();
    world.put(
        &id(APPROVER).to_string(),
        &Participant {
            role: "manager".to_owned(),
            ..manager
        },
    );
    let cancel = |key: &str| {
        Command::ReceiptCancel(ReceiptCancel {
            key: key.to_owned(),
        })
    };
    let with = |sale_id: u128, key: &str| {
        Command::SaleRecord(SaleRecord {
            receipt_key: Some(key.to_owned()),
            ..sale(sale_id, vec![line(DUO, 1)])
        })
    };
    act(world, APPROVER, &cancel("R1"));
    assert_eq!(act(world, CASHIER, &with(50, "R1")).class, Class::Parked);
    act(world, CASHIER, &with(51, "R2"));
    let paid = all_of(world, SELLER);
    let again = Command::SaleRecord(SaleRecord {
        seller: None,
        receipt_key: Some("R2".to_owned()),
        ..sale(52, vec![line(BEANS, 1)])
    });
    act(world, CASHIER, &again);
    act(world, APPROVER, &cancel("R2"));
    assert_eq!((paid, all_of(world, SELLER)), (120, 0));
}

#[test]
fn who_bought_the_piece_does_not_claim_it_as_sold() {
    let world = &mut world();
    world.put(
        "0a",
        &Contact {
            participant: id(SELLER),
        },
    );
    let buyer = carrot_rules::command::BuyerRef::Contact {
        hash: "0a".to_owned(),
    };
    let Command::SaleRecord(own) = coded(50, "C1", None, 0) else {
        return;
    };
    let own = Command::SaleRecord(SaleRecord {
        buyer: Some(buyer),
        ..own
    });
    assert_eq!(act(world, CASHIER, &own).class, Class::Accepted);
    let claim = act(world, SELLER, &claim_code(60, "C1"));
    assert_eq!(
        (claim.class, claim.code.as_str()),
        (Class::Rejected, "own_sale")
    );
}
