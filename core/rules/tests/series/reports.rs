//! Serial numbers, logistic units and waybills, and one sale that is reported in several ways.

use carrot_rules::command::{ClaimSubmit, Command, Evidence, ReturnLine, SaleReturn, UnitShown};
use carrot_rules::entity::{
    Holds, Logistic, Node, NodeState, SellIn, SerialRange, SerialRanges, Series, SeriesKind, Stage,
    Waybill,
};
use carrot_rules::outcome::Class;

use super::common::*;
use super::{back, claim, codes, count, node, series, signed, submit, world};

#[test]
fn f016_a_serial_number_is_a_place_in_its_range() {
    let mut world = world();
    world.put(
        "spring",
        &Series {
            serial_first: Some(500),
            kind: SeriesKind::Serial,
            ..series(3_000)
        },
    );
    let ranges = SerialRanges {
        ranges: vec![SerialRange {
            first: 500,
            count: 3_000,
            series: "spring".to_owned(),
        }],
    };
    world.put(DUO, &ranges);
    let shown = |serial| UnitShown::Serial {
        product: DUO.to_owned(),
        serial,
    };
    assert_eq!(
        submit(&mut world, SELLER, shown(507), None).class,
        Class::Accepted
    );
    assert_eq!(
        submit(&mut world, OTHER_SELLER, shown(507), None).code,
        "already_claimed"
    );
    assert_eq!(
        submit(&mut world, OTHER_SELLER, signed(node(0, 7)), None).code,
        "already_claimed"
    );
    assert_eq!(
        submit(&mut world, SELLER, shown(499), None).code,
        "code_unknown"
    );
    assert_eq!(
        submit(&mut world, SELLER, shown(3_500), None).code,
        "code_unknown"
    );
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

fn pieces(product: &str, count: i64) -> Holds {
    Holds::Pieces {
        product: product.to_owned(),
        count,
    }
}

#[test]
fn f016_one_scan_of_a_waybill_claims_all_that_is_left_on_it() {
    let mut world = world();
    logistic(&mut world, "A", Holds::Node { node: node(2, 0) });
    logistic(&mut world, "B", pieces(DUO, 40));
    logistic(&mut world, "C", pieces(BEANS, 6));
    let waybill = Waybill {
        units: vec!["A".to_owned(), "B".to_owned(), "C".to_owned()],
    };
    world.put("W1", &waybill);
    let way = || UnitShown::Waybill {
        number: "W1".to_owned(),
    };
    let sscc = |sscc: &str| UnitShown::Sscc {
        sscc: sscc.to_owned(),
    };
    let mixed = submit(&mut world, SELLER, way(), None);
    assert_eq!(mixed.code, "product_needed");
    claim(&mut world, OTHER_SELLER, 1, 0);
    let outcome = submit(&mut world, SELLER, way(), Some(DUO));
    assert_eq!(outcome.class, Class::Accepted, "{outcome:?}");
    assert_eq!(world.active(SELLER), 120 * (990 + 40));
    assert_eq!(
        submit(&mut world, OTHER_SELLER, sscc("A"), None).code,
        "already_claimed"
    );
    assert_eq!(
        submit(&mut world, OTHER_SELLER, sscc("B"), None).code,
        "already_claimed"
    );
    assert_eq!(
        submit(&mut world, OTHER_SELLER, way(), Some(DUO)).code,
        "already_claimed"
    );
    assert_eq!(
        claim(&mut world, OTHER_SELLER, 0, 900).code,
        "in_claimed_parent"
    );
    assert_eq!(
        submit(&mut world, OTHER_SELLER, way(), Some(BEANS)).class,
        Class::Accepted
    );
    // The pallet comes back, the carton without codes stays sold.
    back(&mut world, 2, 0);
    assert_eq!(world.active(SELLER), 120 * 40);
    assert_eq!(
        claim(&mut world, OTHER_SELLER, 0, 900).class,
        Class::Accepted
    );
}

#[test]
fn f127_a_pallet_counts_its_pieces_against_what_was_shipped() {
    let mut world = world();
    let sell_in = SellIn {
        shipped: 1_000,
        claimed: 0,
    };
    world.put(&format!("{}:{DUO}", id(SHOP)), &sell_in);
    let claimed = |world: &World| {
        world
            .get::<SellIn>(&format!("{}:{DUO}", id(SHOP)))
            .unwrap()
            .claimed
    };
    assert_eq!(codes(&claim(&mut world, SELLER, 2, 0)), [""; 0]);
    assert_eq!(claimed(&world), 1_000);
    assert_eq!(
        codes(&claim(&mut world, OTHER_SELLER, 0, 1_000)),
        ["above_sell_in"]
    );
    back(&mut world, 0, 1);
    assert_eq!(claimed(&world), 1_000);
    back(&mut world, 2, 0);
    assert_eq!(claimed(&world), 1);
}

#[test]
fn f112_a_piece_that_the_till_sold_by_its_code_is_paid_once() {
    let mut world = world();
    let mut lines = vec![line(DUO, 1), line(DUO, 1)];
    lines[0].unit_code = Some(node(0, 5).to_string());
    lines[1].unit_code = Some(node(0, 6).to_string());
    let context = world.context(CASHIER);
    world.run(&Command::SaleRecord(sale(7, lines)), &context);
    assert_eq!(world.active(SELLER), 240);
    assert_eq!(count(&world, 1, 0).below, 2);
    assert_eq!(
        claim(&mut world, OTHER_SELLER, 0, 5).code,
        "already_claimed"
    );
    claim(&mut world, OTHER_SELLER, 2, 0);
    assert_eq!(world.active(OTHER_SELLER), 120 * 998);
    // What the pallet paid is not paid by the till again.
    let mut lines = vec![line(DUO, 1)];
    lines[0].unit_code = Some(node(0, 70).to_string());
    let context = world.context(CASHIER);
    let outcome = world.run(&Command::SaleRecord(sale(8, lines)), &context);
    assert_eq!(world.active(SELLER), 240, "{outcome:?}");
    // Goods that come back through the till are free for whoever sells them next.
    let context = world.context(CASHIER);
    let returned = Command::SaleReturn(SaleReturn {
        sale_id: id(7),
        return_id: id(77),
        lines: vec![ReturnLine {
            line: 0,
            quantity_micro: 1_000_000,
        }],
        reason: String::new(),
    });
    world.run(&returned, &context);
    assert_eq!(world.active(SELLER), 120);
    let own: Node = world.get(&node(0, 5).to_string()).unwrap();
    assert_eq!(own.state, NodeState::Free);
}

#[test]
fn f112_one_sale_reported_four_ways_pays_once() {
    let mut world = world();
    let context = world.context(CASHIER);
    let mut basket = sale(7, vec![line(DUO, 10)]);
    basket.receipt_key = Some("R1".to_owned());
    world.run(&Command::SaleRecord(basket), &context);
    assert_eq!(world.active(SELLER), 1_200);
    let carton = claim(&mut world, SELLER, 1, 4);
    assert_eq!(carton.code, "attached_to_existing", "{carton:?}");
    let context = world.context(SELLER);
    world.run(&claim_receipt(80, "R1"), &context);
    let context = world.context(SELLER);
    let statement = Command::ClaimSubmit(ClaimSubmit {
        claim_id: id(81),
        evidence: Evidence::Statement {
            product: DUO.to_owned(),
            photo: None,
        },
    });
    world.run(&statement, &context);
    assert_eq!((world.active(SELLER), world.pending(SELLER)), (1_200, 0));
    assert_eq!(
        claim(&mut world, OTHER_SELLER, 0, 45).code,
        "in_claimed_parent"
    );
}

#[test]
fn f112_a_carton_claimed_before_the_till_reports_it_is_paid_once() {
    let mut world = world();
    claim(&mut world, SELLER, 1, 4);
    assert_eq!(world.active(SELLER), 1_200);
    for (number, pieces) in [(7, 4), (8, 6)] {
        let context = world.context(CASHIER);
        world.run(
            &Command::SaleRecord(sale(number, vec![line(DUO, pieces)])),
            &context,
        );
        assert_eq!(world.active(SELLER), 1_200, "{number}");
    }
    let context = world.context(CASHIER);
    world.run(&Command::SaleRecord(sale(9, vec![line(DUO, 1)])), &context);
    assert_eq!(world.active(SELLER), 1_320);
}
