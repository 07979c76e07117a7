//! One thing sold, reported by till, code, receipt and word, in every order: it pays once, and who is
//! paid follows the outlet's policy.

mod common;

use carrot_rules::command::{ClaimSubmit, Command, DueRun, Evidence, SaleRecord};
use carrot_rules::entity::{Activity, Code, Deciding, EvidencePolicy, ONLY, PolicyStep, Review};
use carrot_rules::outcome::{Class, Outcome};
use common::*;
use uuid::Uuid;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Report {
    Till,
    Code,
    Receipt,
    Statement,
}

const REPORTS: [Report; 4] = [
    Report::Till,
    Report::Code,
    Report::Receipt,
    Report::Statement,
];

/// All 24 orders in which four reports can arrive.
fn orders() -> Vec<Vec<Report>> {
    let mut orders = vec![Vec::new()];
    for _ in REPORTS {
        let longer = |order: &Vec<Report>| {
            let left = REPORTS.into_iter().filter(|report| !order.contains(report));
            let more = left.map(|report| [order.as_slice(), &[report]].concat());
            more.collect::<Vec<_>>()
        };
        orders = orders.iter().flat_map(longer).collect();
    }
    orders
}

fn decided_by(world: &mut World, deciding: Deciding) {
    decided_within(world, deciding, 48);
}

fn decided_within(world: &mut World, deciding: Deciding, window_hours: i64) {
    let policy = EvidencePolicy {
        steps: vec![PolicyStep {
            from_ms: 0,
            deciding,
            till_window_ms: window_hours * HOUR_MS,
        }],
    };
    world.put(&id(SHOP).to_string(), &policy);
}

fn basket(number: u128, seller: Option<u128>, receipt: Option<&str>) -> SaleRecord {
    let mut basket = sale(number, vec![line(DUO, 1)]);
    basket.seller = seller.map(id);
    basket.receipt_key = receipt.map(str::to_owned);
    basket
}

fn sell(world: &mut World, basket: SaleRecord) -> Outcome {
    let context = world.context(CASHIER);
    world.run(&Command::SaleRecord(basket), &context)
}

fn claim(world: &mut World, actor: u128, command: &Command) -> Outcome {
    let context = world.context(actor);
    world.run(command, &context)
}

fn statement(claim_id: u128) -> Command {
    Command::ClaimSubmit(ClaimSubmit {
        claim_id: id(claim_id),
        evidence: Evidence::Statement {
            product: DUO.to_owned(),
            photo: None,
        },
    })
}

/// Four reports of one sale of the seller's, an hour apart.
fn report(world: &mut World, reports: &[Report], named: Option<u128>) {
    world.ship("C1");
    for report in reports {
        let outcome = match report {
            Report::Till => sell(world, basket(50, named, Some("R1"))),
            Report::Code => claim(world, SELLER, &claim_code(60, "C1")),
            Report::Receipt => claim(world, SELLER, &claim_receipt(61, "R1")),
            Report::Statement => claim(world, SELLER, &statement(62)),
        };
        assert_eq!(outcome.class, Class::Accepted, "{reports:?}: {outcome:?}");
        let once = world.active(SELLER) + world.pending(SELLER);
        assert!(once <= 120, "{reports:?}");
        world.now_ms += HOUR_MS;
    }
}

#[test]
fn f112_one_sale_reported_four_ways_pays_once_in_every_order() {
    assert_eq!(orders().len(), 24);
    for deciding in [None, Some(Deciding::Any), Some(Deciding::Till)] {
        for named in [Some(SELLER), None] {
            for order in orders() {
                let mut world = World::new();
                if let Some(deciding) = deciding {
                    decided_by(&mut world, deciding);
                }
                report(&mut world, &order, named);
                let sums = (world.active(SELLER), world.pending(SELLER));
                assert_eq!(sums, (120, 0), "{deciding:?}, named {named:?}: {order:?}");
                let reviews = world.all::<Review>();
                assert!(
                    reviews.iter().all(|review| review.status != "open"),
                    "{order:?}"
                );
            }
        }
    }
}

#[test]
fn f112_where_receipts_decide_a_code_waits_and_a_receipt_is_looked_at() {
    for order in orders() {
        let mut world = World::new();
        decided_by(&mut world, Deciding::Receipt);
        report(&mut world, &order, Some(SELLER));
        assert_eq!(
            (world.active(SELLER), world.pending(SELLER)),
            (120, 0),
            "{order:?}"
        );
    }
    let mut world = World::new();
    decided_by(&mut world, Deciding::Receipt);
    world.ship("C1");
    let outcome = claim(&mut world, SELLER, &claim_code(60, "C1"));
    assert_eq!(outcome.pending[0].code, "awaits_till");
    claim(&mut world, OTHER_SELLER, &claim_receipt(61, "R1"));
    let review = &world.all::<Review>()[0];
    assert_eq!((review.participant, review.points), (id(OTHER_SELLER), 120));
}

fn lapse(world: &mut World, activity: &str) -> Outcome {
    let mut context = world.context(CASHIER);
    (context.actor, context.device, context.outlet) = (Uuid::nil(), Uuid::nil(), None);
    let due = DueRun {
        kind: "promise".to_owned(),
        subject: activity.to_owned(),
        due_ms: world.now_ms,
    };
    world.run(&Command::DueRun(due), &context)
}

fn waiting(world: &World, person: u128) -> Activity {
    let lines = world.all::<Activity>();
    let of = |line: &&Activity| line.participant == id(person) && line.state == "pending";
    lines.iter().find(of).unwrap().clone()
}

#[test]
fn f112_a_claim_that_no_till_confirms_lapses_and_its_code_can_be_claimed_again() {
    let mut world = World::new();
    decided_by(&mut world, Deciding::Till);
    world.ship("C1");
    let outcome = claim(&mut world, SELLER, &claim_code(60, "C1"));
    assert_eq!(outcome.pending[0].code, "awaits_till");
    assert_eq!(
        outcome.pending[0].params["until_ms"],
        START_MS + 48 * HOUR_MS
    );
    let line = waiting(&world, SELLER);
    world.now_ms += 48 * HOUR_MS;
    let lapsed = lapse(&mut world, &line.id);
    assert_eq!(lapsed.class, Class::Accepted, "{lapsed:?}");
    assert_eq!((world.active(SELLER), world.pending(SELLER)), (0, 0));
    let line: Activity = world.get(&line.id).unwrap();
    assert_eq!(
        (line.state.as_str(), line.because[0].code.as_str()),
        ("lapsed", "lapsed")
    );
    let code: Code = world.get("C1").unwrap();
    assert_eq!(code.status, "shipped");
    // The till's report comes too late for that claim; somebody who claims now is confirmed.
    sell(&mut world, basket(50, None, None));
    assert_eq!((world.active(SELLER), world.pending(SELLER)), (0, 0));
    claim(&mut world, OTHER_SELLER, &claim_code(61, "C1"));
    assert_eq!(
        (world.active(OTHER_SELLER), world.pending(OTHER_SELLER)),
        (120, 0)
    );
}

#[test]
fn f112_whom_the_till_names_is_paid_and_another_claimant_is_not_in_any_order() {
    for till_first in [true, false] {
        let mut world = World::new();
        decided_by(&mut world, Deciding::Till);
        world.ship("C1");
        if till_first {
            sell(&mut world, basket(50, Some(SELLER), None));
        }
        claim(&mut world, OTHER_SELLER, &claim_code(60, "C1"));
        if !till_first {
            sell(&mut world, basket(50, Some(SELLER), None));
        }
        assert_eq!((world.active(SELLER), world.pending(SELLER)), (120, 0));
        assert_eq!(
            (world.active(OTHER_SELLER), world.pending(OTHER_SELLER)),
            (0, 120)
        );
        let line = waiting(&world, OTHER_SELLER);
        world.now_ms += 48 * HOUR_MS;
        lapse(&mut world, &line.id);
        assert_eq!(
            (world.active(OTHER_SELLER), world.pending(OTHER_SELLER)),
            (0, 0)
        );
    }
}

#[test]
fn f112_of_two_claimants_the_first_gets_the_piece_that_the_till_names_nobody_for() {
    for till_first in [true, false] {
        let mut world = World::new();
        decided_by(&mut world, Deciding::Till);
        world.ship("C1");
        world.ship("C2");
        if till_first {
            sell(&mut world, basket(50, None, None));
        }
        claim(&mut world, SELLER, &claim_code(60, "C1"));
        claim(&mut world, OTHER_SELLER, &claim_code(61, "C2"));
        if !till_first {
            sell(&mut world, basket(50, None, None));
        }
        assert_eq!((world.active(SELLER), world.pending(SELLER)), (120, 0));
        assert_eq!(
            (world.active(OTHER_SELLER), world.pending(OTHER_SELLER)),
            (0, 120)
        );
        // The till's second piece is the other's.
        sell(&mut world, basket(51, None, None));
        assert_eq!(
            (world.active(OTHER_SELLER), world.pending(OTHER_SELLER)),
            (120, 0)
        );
    }
}

#[test]
fn f112_a_till_that_names_the_seller_overrides_an_open_claim_in_review() {
    for (with_policy, evidence) in [(false, "receipt"), (true, "receipt"), (true, "code")] {
        let mut world = World::new();
        if with_policy {
            decided_by(&mut world, Deciding::Receipt);
        }
        world.ship("C1");
        let mut basket = basket(50, Some(SELLER), None);
        if evidence == "receipt" {
            claim(&mut world, OTHER_SELLER, &claim_receipt(60, "R1"));
            basket.receipt_key = Some("R1".to_owned());
        } else {
            claim(&mut world, OTHER_SELLER, &claim_code(60, "C1"));
            basket.lines[0].unit_code = Some("C1".to_owned());
        }
        assert_eq!(
            (world.active(OTHER_SELLER), world.pending(OTHER_SELLER)),
            (0, 120)
        );
        let outcome = sell(&mut world, basket);
        assert_eq!(outcome.class, Class::Accepted, "{outcome:?}");
        assert_eq!(
            (world.active(OTHER_SELLER), world.pending(OTHER_SELLER)),
            (0, 0)
        );
        assert_eq!((world.active(SELLER), world.pending(SELLER)), (120, 0));
        assert!(
            world
                .all::<Review>()
                .iter()
                .all(|review| review.status == "overridden")
        );
        let lines = world.all::<Activity>();
        let other = lines
            .iter()
            .find(|line| line.participant == id(OTHER_SELLER))
            .unwrap();
        assert_eq!(other.because[0].code, "till_named_another");
    }
}

#[test]
fn f112_where_codes_decide_only_codes_pay_and_nobody_has_to_look() {
    let mut world = World::new();
    decided_by(&mut world, Deciding::Code);
    world.ship("C1");
    world.ship("C2");
    let outcome = sell(&mut world, basket(50, Some(SELLER), None));
    assert!(
        outcome
            .pending
            .iter()
            .any(|because| because.code == "awaits_code")
    );
    assert_eq!((world.active(SELLER), world.pending(SELLER)), (0, 0));
    world.now_ms += 72 * HOUR_MS;
    claim(&mut world, SELLER, &claim_code(60, "C1"));
    assert_eq!((world.active(SELLER), world.pending(SELLER)), (120, 0));
    let refused = claim(&mut world, SELLER, &claim_receipt(61, "R9"));
    assert_eq!(
        (refused.class, refused.code.as_str()),
        (Class::Accepted, "attached_to_existing")
    );
    let refused = claim(&mut world, OTHER_SELLER, &claim_receipt(62, "R8"));
    assert_eq!(
        (refused.class, refused.code.as_str()),
        (Class::Rejected, "code_needed")
    );
    let mut scanned = basket(51, Some(SELLER), None);
    scanned.lines[0].unit_code = Some("C2".to_owned());
    sell(&mut world, scanned);
    assert_eq!(world.active(SELLER), 240);
}

#[test]
fn f112_policies_are_dated_and_the_outlets_own_comes_before_the_programmes() {
    let step = |from_ms, deciding| PolicyStep {
        from_ms,
        deciding,
        till_window_ms: HOUR_MS,
    };
    let mut world = World::new();
    let everywhere = EvidencePolicy {
        steps: vec![step(0, Deciding::Till)],
    };
    world.put(ONLY, &everywhere);
    let here = EvidencePolicy {
        steps: vec![step(START_MS + HOUR_MS, Deciding::Any)],
    };
    world.put(&id(SHOP).to_string(), &here);
    world.ship("C1");
    world.ship("C2");
    claim(&mut world, SELLER, &claim_code(60, "C1"));
    assert_eq!((world.active(SELLER), world.pending(SELLER)), (0, 120));
    world.now_ms += HOUR_MS;
    claim(&mut world, OTHER_SELLER, &claim_code(61, "C2"));
    assert_eq!(
        (world.active(OTHER_SELLER), world.pending(OTHER_SELLER)),
        (120, 0)
    );
}

#[test]
fn f112_so_many_claims_are_paid_as_the_till_reported_pieces() {
    let mut world = World::new();
    decided_by(&mut world, Deciding::Till);
    for code in ["C1", "C2", "C3"] {
        world.ship(code);
    }
    claim(&mut world, SELLER, &claim_code(60, "C1"));
    let mut two = basket(50, None, Some("R1"));
    two.lines = vec![line(DUO, 2)];
    sell(&mut world, two);
    assert_eq!((world.active(SELLER), world.pending(SELLER)), (120, 0));
    claim(&mut world, OTHER_SELLER, &claim_code(61, "C2"));
    let both = (world.active(OTHER_SELLER), world.pending(OTHER_SELLER));
    assert_eq!(both, (120, 0));
    let third = claim(&mut world, OTHER_SELLER, &claim_code(62, "C3"));
    assert_eq!(third.pending[0].code, "awaits_till");
    // Both pieces of the receipt are paid.
    let receipt = claim(&mut world, CASHIER, &claim_receipt(63, "R1"));
    assert_eq!(receipt.code, "attached_to_existing");
    assert_eq!((world.active(CASHIER), world.pending(CASHIER)), (0, 0));
}

#[test]
fn f112_a_receipt_pays_the_pieces_that_are_left() {
    let mut world = World::new();
    decided_by(&mut world, Deciding::Till);
    world.ship("C1");
    claim(&mut world, SELLER, &claim_code(60, "C1"));
    let mut three = basket(50, None, Some("R1"));
    three.lines = vec![line(DUO, 3)];
    sell(&mut world, three);
    claim(&mut world, OTHER_SELLER, &claim_receipt(61, "R1"));
    assert_eq!(
        (world.active(SELLER), world.active(OTHER_SELLER)),
        (120, 240)
    );
}

#[test]
fn f112_a_code_days_after_the_tills_word_is_still_about_that_piece() {
    let mut world = World::new();
    decided_within(&mut world, Deciding::Till, 96);
    world.ship("C1");
    world.ship("C2");
    sell(&mut world, basket(50, Some(SELLER), None));
    world.now_ms += 60 * HOUR_MS;
    let outcome = claim(&mut world, SELLER, &claim_code(60, "C1"));
    assert_eq!(outcome.code, "attached_to_existing");
    assert_eq!((world.active(SELLER), world.pending(SELLER)), (120, 0));
    let second = claim(&mut world, SELLER, &claim_code(61, "C2"));
    assert_eq!(second.pending[0].code, "awaits_till");
}

#[test]
fn f112_a_return_takes_back_what_a_confirmed_claim_brought() {
    for till_first in [true, false] {
        let mut world = World::new();
        decided_by(&mut world, Deciding::Till);
        world.ship("C1");
        if till_first {
            sell(&mut world, basket(50, None, None));
        }
        claim(&mut world, SELLER, &claim_code(60, "C1"));
        if !till_first {
            sell(&mut world, basket(50, None, None));
        }
        assert_eq!((world.active(SELLER), world.pending(SELLER)), (120, 0));
        let context = world.context(CASHIER);
        world.run(&void(50), &context);
        assert_eq!((world.active(SELLER), world.pending(SELLER)), (0, 0));
    }
}

#[test]
fn f112_a_phone_that_knows_only_the_policy_promises_nothing_spendable() {
    for (deciding, spendable) in [(Deciding::Till, false), (Deciding::Any, true)] {
        let mut phone = World::new();
        decided_by(&mut phone, deciding);
        phone.ship("C1");
        phone.blind = true;
        let outcome = claim(&mut phone, SELLER, &claim_code(60, "C1"));
        let waits = outcome
            .pending
            .iter()
            .any(|because| because.code == "awaits_till");
        assert_eq!(waits, !spendable, "{outcome:?}");
        assert_eq!(phone.active(SELLER) == 120, spendable, "{outcome:?}");
    }
}
