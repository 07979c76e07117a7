//! Receipts: returned twice, marked for many, old, claimed anew after a refusal.

use carrot_rules::command::{
    Command, Evidence, FiscalShown, FoundLine, FoundReceipt, ReceiptCancel, ReceiptCredit,
    ReceiptFinding, ReceiptOperation, ReceiptSettle,
};
use carrot_rules::entity::{
    CheckState, FiscalCheck, ONLY, ReceiptAlias, ReceiptAliases, ReceiptPolicy, Review,
};
use carrot_rules::outcome::{Class, Outcome};

use super::common::*;
use super::{by_server, paid, review, settle, submit};

/// The instant of all worlds as a till's clock shows it, in UTC.
const TODAY: &str = "2026-09-21T14:13:20";

fn world() -> World {
    let mut world = World::new();
    let policy = ReceiptPolicy {
        services: vec!["ru".to_owned()],
        ..ReceiptPolicy::default()
    };
    world.put(ONLY, &policy);
    world
}

fn claim(world: &mut World, actor: u128, key: &str) -> Outcome {
    let fiscal = FiscalShown {
        local_time: TODAY.to_owned(),
        operation: ReceiptOperation::Sale,
    };
    let evidence = Evidence::Receipt {
        key: key.to_owned(),
        product: None,
        total_minor: Some(1_000),
        fiscal: Some(fiscal),
    };
    submit(world, actor, evidence)
}

fn line_of(gtin: &str, code: Option<&str>, pieces: i64) -> FoundLine {
    FoundLine {
        name: "Coffee machine".to_owned(),
        gtin: Some(gtin.to_owned()),
        code: code.map(str::to_owned),
        quantity_micro: pieces * 1_000_000,
        price_minor: 1_000,
        amount_minor: 1_000,
    }
}

fn found(key: &str, lines: Vec<FoundLine>) -> FoundReceipt {
    FoundReceipt {
        key: key.to_owned(),
        seller_inn: "7700000000".to_owned(),
        local_time: TODAY.to_owned(),
        operation: ReceiptOperation::Sale,
        total_minor: 1_000,
        currency: "RUB".to_owned(),
        lines,
        cashier: Vec::new(),
        print: "aa".repeat(32),
    }
}

/// The service's answer, and what the server does then. Answers what a return undid.
fn answer(world: &mut World, found: FoundReceipt) -> Option<String> {
    let key = found.key.clone();
    let finding = ReceiptFinding::Receipt(found);
    let outcome = settle(
        world,
        ReceiptSettle {
            key: key.clone(),
            finding,
        },
    );
    let sold = outcome.params.get("returns").and_then(|sold| sold.as_str());
    let sold = sold.map(str::to_owned);
    if let Some(key) = sold.clone() {
        let context = by_server(world);
        world.run(&Command::ReceiptCancel(ReceiptCancel { key }), &context);
    }
    let check: FiscalCheck = world.get(&key).unwrap();
    if check.state == CheckState::Verified {
        for number in 0..check.matches.len() {
            let credit = ReceiptCredit {
                key: key.clone(),
                number,
            };
            let context = by_server(world);
            world.run(&Command::ReceiptCredit(credit), &context);
        }
    }
    sold
}

fn results(world: &World, key: &str) -> Vec<String> {
    let check: FiscalCheck = world.get(key).unwrap();
    check.matches.into_iter().map(|one| one.result).collect()
}

#[test]
fn a_code_stands_for_one_piece_whatever_the_receipt_says() {
    let mut world = world();
    world.ship(&format!("01{DUO}21ABC"));
    claim(&mut world, SELLER, "ru:9999000000000001:2:3");
    let mark = format!("01{DUO}21ABC");
    let lines = vec![
        line_of(DUO, Some(&mark), 500),
        line_of(DUO, Some(&mark), 500),
    ];
    answer(&mut world, found("ru:9999000000000001:2:3", lines));
    assert_eq!(paid(&world), 120);
}

#[test]
fn marked_pieces_are_paid_one_by_one_and_each_once() {
    let mut world = world();
    let [a, b] = ["A", "B"].map(|serial| format!("01{DUO}21{serial}"));
    claim(&mut world, SELLER, "ru:9999000000000001:2:3");
    let both = vec![line_of(DUO, Some(&a), 1), line_of(DUO, Some(&b), 1)];
    answer(&mut world, found("ru:9999000000000001:2:3", both));
    assert_eq!(
        paid(&world),
        240,
        "{:?}",
        results(&world, "ru:9999000000000001:2:3")
    );
    claim(&mut world, OTHER_SELLER, "ru:9999000000000001:2:4");
    answer(
        &mut world,
        found("ru:9999000000000001:2:4", vec![line_of(DUO, Some(&a), 1)]),
    );
    assert_eq!(paid(&world), 240);
    assert_eq!(
        results(&world, "ru:9999000000000001:2:4"),
        ["already_claimed"]
    );
}

#[test]
fn a_return_receipt_undoes_one_sale_however_often_it_is_shown() {
    let mut world = world();
    for key in ["ru:9999000000000001:2:3", "ru:9999000000000001:2:4"] {
        claim(&mut world, SELLER, key);
        let found = found(key, vec![line_of(DUO, None, 1)]);
        answer(&mut world, found);
        world.now_ms += 72 * HOUR_MS;
    }
    world.now_ms = START_MS;
    let before = paid(&world);
    for actor in [SELLER, OTHER_SELLER, SELLER] {
        if claim(&mut world, actor, "ru:9999000000000001:2:5").class == Class::Accepted {
            let mut back = found("ru:9999000000000001:2:5", vec![line_of(DUO, None, 1)]);
            back.operation = ReceiptOperation::SaleReturn;
            answer(&mut world, back);
        }
    }
    assert_eq!(paid(&world), before - 120);
}

#[test]
fn a_return_undoes_no_sale_that_came_after_it() {
    let mut world = world();
    claim(&mut world, SELLER, "ru:9999000000000001:2:3");
    answer(
        &mut world,
        found("ru:9999000000000001:2:3", vec![line_of(DUO, None, 1)]),
    );
    claim(&mut world, SELLER, "ru:9999000000000001:2:5");
    let mut back = found("ru:9999000000000001:2:5", vec![line_of(DUO, None, 1)]);
    back.operation = ReceiptOperation::SaleReturn;
    back.local_time = "2026-09-21T14:12:59".to_owned();
    assert_eq!(answer(&mut world, back), None);
    assert_eq!(paid(&world), 120);
}

#[test]
fn a_receipt_of_long_ago_or_of_tomorrow_waits_for_a_person() {
    for local_time in ["2025-09-21T14:13:20", "2026-09-25T14:13:20", "yesterday"] {
        let mut world = world();
        claim(&mut world, SELLER, "ru:9999000000000001:2:3");
        let mut old = found("ru:9999000000000001:2:3", vec![line_of(DUO, None, 1)]);
        old.local_time = local_time.to_owned();
        answer(&mut world, old);
        assert_eq!(world.active(SELLER), 0, "{local_time}");
        assert_eq!(world.pending(SELLER), 120, "{local_time}");
    }
}

#[test]
fn what_is_paid_stays_paid_once_when_the_rest_of_its_receipt_is_refused() {
    let mut world = world();
    let alias = ReceiptAlias {
        pattern: "beans".to_owned(),
        product: BEANS.to_owned(),
        by: id(APPROVER),
        at_ms: START_MS,
    };
    let aliases = vec![alias];
    world.put(ONLY, &ReceiptAliases { aliases });
    let mut beans = carrot_rules::entity::Product::clone(&world.get(BEANS).unwrap());
    beans.seller_points = 10;
    world.put(BEANS, &beans);
    let lines = || {
        let mut by_name = line_of(DUO, None, 1);
        by_name.gtin = None;
        by_name.name = "Beans".to_owned();
        vec![line_of(DUO, None, 1), by_name]
    };
    claim(&mut world, SELLER, "ru:9999000000000001:2:3");
    answer(&mut world, found("ru:9999000000000001:2:3", lines()));
    let now = (world.active(SELLER), world.pending(SELLER));
    assert_eq!(now, (120, 10));
    let open = world.all::<Review>();
    let one = open.iter().find(|one| one.status == "open").unwrap();
    review(&mut world, &one.id.clone(), false);
    assert_eq!(paid(&world), 120);
    for actor in [OTHER_SELLER, SELLER] {
        claim(&mut world, actor, "ru:9999000000000001:2:3");
        if world
            .get::<FiscalCheck>("ru:9999000000000001:2:3")
            .unwrap()
            .state
            == CheckState::Waiting
        {
            answer(&mut world, found("ru:9999000000000001:2:3", lines()));
        }
        assert!(paid(&world) <= 130, "the machine is paid: {}", paid(&world));
    }
}

#[test]
fn an_answer_about_a_settled_receipt_changes_nothing() {
    let mut world = world();
    claim(&mut world, SELLER, "ru:9999000000000001:2:3");
    let whole = || found("ru:9999000000000001:2:3", vec![line_of(DUO, None, 1)]);
    answer(&mut world, whole());
    let before = world.things.clone();
    let late = [
        ReceiptFinding::Receipt(whole()),
        ReceiptFinding::Nothing,
        ReceiptFinding::Unanswered {
            why: "x".to_owned(),
        },
    ];
    for finding in late {
        let key = "ru:9999000000000001:2:3".to_owned();
        let outcome = settle(&mut world, ReceiptSettle { key, finding });
        assert_eq!(outcome.code, "receipt_settled");
    }
    assert_eq!(world.things, before);
}

#[test]
fn another_spelling_of_a_key_is_no_other_receipt() {
    let mut world = world();
    let key = "ru:9999000000000001:2:3";
    assert_eq!(claim(&mut world, SELLER, key).class, Class::Accepted);
    for other in [
        "ru:9999000000000001:02:3",
        "ru:9999000000000001:2:03",
        "ru:09999000000000001:2:3",
        "ru:9999000000000001:2:3 ",
        "ru:9999000000000001: 2:3",
        "RU:9999000000000001:2:3",
        "ru:9999000000000001:2:3:",
        "ru:9999000000000001:2:",
        "ru:9999000000000001:+2:3",
        "",
    ] {
        let outcome = claim(&mut world, OTHER_SELLER, other);
        assert_eq!(outcome.code, "bad_input", "{other}");
        let typed = world.context(OTHER_SELLER);
        let outcome = world.run(&claim_receipt(9, other), &typed);
        assert_eq!(outcome.code, "bad_input", "{other}");
    }
}

#[test]
fn a_return_that_somebody_else_shows_takes_nothing_from_the_seller() {
    let mut world = world();
    let (sold, shown) = ("ru:9999000000000001:2:3", "ru:9999000000000001:2:5");
    claim(&mut world, SELLER, sold);
    answer(&mut world, found(sold, vec![line_of(DUO, None, 1)]));
    claim(&mut world, OTHER_SELLER, shown);
    let mut back = found(shown, vec![line_of(DUO, None, 1)]);
    back.operation = ReceiptOperation::SaleReturn;
    assert_eq!(answer(&mut world, back), None);
    assert_eq!(world.active(SELLER), 120);
    // A person looks; whatever they choose, a return earns nothing.
    let check: FiscalCheck = world.get(shown).unwrap();
    assert_eq!(check.state, CheckState::Review);
    let choice = carrot_rules::command::LineChoice {
        line: 0,
        product: DUO.to_owned(),
    };
    let choices = vec![choice];
    let reason = "as it says".to_owned();
    for (finding, code) in [
        (
            ReceiptFinding::Chosen {
                choices,
                reason: reason.clone(),
            },
            "bad_input",
        ),
        (ReceiptFinding::Refused { reason }, "ok"),
    ] {
        let key = shown.to_owned();
        let context = world.context(APPROVER);
        let command = Command::ReceiptSettle(ReceiptSettle { key, finding });
        assert_eq!(world.run(&command, &context).code, code);
    }
    let again = claim(&mut world, OTHER_SELLER, shown);
    assert_eq!(again.code, "already_claimed");
    assert_eq!(paid(&world), 120);
}

#[test]
fn a_receipt_whose_photo_may_be_paid_waits_for_a_person() {
    let mut world = world();
    let photo = carrot_rules::command::ReceiptPhoto {
        product: DUO.to_owned(),
        photo: "ab".repeat(32),
        likeness: "00".repeat(16),
        number: Some("3".to_owned()),
        total_minor: Some(1_000),
        day: None,
    };
    submit(&mut world, SELLER, Evidence::Photo(photo));
    let open = world.all::<Review>();
    review(&mut world, &open[0].id.clone(), true);
    assert_eq!(world.active(SELLER), 120);
    world.now_ms += 60 * HOUR_MS;
    let key = "ru:9999000000000001:2:3";
    claim(&mut world, SELLER, key);
    answer(&mut world, found(key, vec![line_of(DUO, None, 1)]));
    assert_eq!((world.active(SELLER), world.pending(SELLER)), (120, 120));
}
