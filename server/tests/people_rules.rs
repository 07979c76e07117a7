//! Recommendations, measured events, silences, the till's word, caps and part payment through the real
//! store: devices that sign, the console, and the clock.

mod common;
mod console_support;

use carrot_rules::command::{BuyerRef, EventRecord, ReferralAccept, SaleRecord, SaleVoid};
use carrot_rules::entity::{
    Deciding, EntityKind, EvidencePolicy, ONLY, Participant, PolicyStep, Referral, ReferralCode,
    Review, SellIn, Tallied,
};
use carrot_rules::ruleset::{
    Counted, Effect, Limit, PartPay, PegRate, Per, Predicate, Rule, Subject, Tally, Trigger, Who,
    Window,
};
use carrot_rules::{Account, Command, RuleSet, Scope};
use carrot_server::store::EntityFilter;
use carrot_wire::VerdictClass;
use common::*;
use console_support::*;
use serde_json::json;
use uuid::Uuid;

const DAY_MS: i64 = 24 * 3_600_000;
const HOUR_MS: i64 = 3_600_000;

fn rule(trigger: Trigger, id: &str, who: Who, points: i64) -> Rule {
    Rule {
        trigger,
        ..Rule::of_sale(id, who, Effect::Fixed { points })
    }
}

async fn publish(world: &World, set: RuleSet) {
    let mut tx = world.begin().await;
    tx.put(ONLY, &set, &[Scope::Programme(PROGRAMME)])
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

async fn points(world: &World, person: Uuid) -> (i64, i64) {
    let of = |account| world.store.balance(PROGRAMME, account);
    (
        of(Account::active(person)).await.unwrap(),
        of(Account::pending(person)).await.unwrap(),
    )
}

async fn sound(world: &World) {
    assert!(world.store.verify_books().await.unwrap().holds());
}

async fn joined(world: &World, person: Uuid, joined_ms: i64) {
    let id = person.to_string();
    let known: Option<Participant> = world.store.entity(PROGRAMME, &id).await.unwrap();
    let person = Participant {
        joined_ms,
        ..known.unwrap()
    };
    let mut tx = world.begin().await;
    tx.put(&id, &person, &[Scope::Participant(person.id)])
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

async fn later(world: &World, days: i64) {
    world.clock.advance(days * DAY_MS);
    let report = world.store.run_due(world.store.now_ms()).await.unwrap();
    assert_eq!(report.put_off, 0);
}

#[tokio::test]
async fn f120_the_clock_wins_silent_buyers_back_and_keeps_anniversaries() {
    let world = World::new().await;
    let mut till = Device::terminal(&world, 1).await;
    joined(&world, BUYER, START_MS).await;
    // Bought before anybody thought of such rules.
    till.run(&world, &Command::SaleRecord(sale(None, 1, None)))
        .await;
    let earned = points(&world, BUYER).await.0;
    let set = RuleSet {
        version: 2,
        rules: vec![
            rule(Trigger::Quiet { days: 60 }, "win-back", Who::Buyer, 100),
            rule(Trigger::Anniversary { days: 365 }, "year", Who::Buyer, 25),
        ],
        ..rules()
    };
    publish(&world, set).await;
    later(&world, 0).await;
    later(&world, 59).await;
    assert_eq!(points(&world, BUYER).await.0, earned);
    later(&world, 1).await;
    assert_eq!(points(&world, BUYER).await.0, earned + 100);
    later(&world, 60).await;
    assert_eq!(
        points(&world, BUYER).await.0,
        earned + 100,
        "once a silence"
    );
    later(&world, 245).await;
    assert_eq!(points(&world, BUYER).await.0, earned + 125);
    later(&world, 365).await;
    assert_eq!(points(&world, BUYER).await.0, earned + 150);
    sound(&world).await;
}

#[tokio::test]
async fn f121_a_phone_names_who_recommended_and_both_are_rewarded() {
    let world = World::new().await;
    let set = RuleSet {
        version: 2,
        rules: vec![
            rule(Trigger::Joined, "welcome", Who::Buyer, 50),
            rule(Trigger::Joined, "thanks", Who::Referrer, 80),
        ],
        ..rules()
    };
    publish(&world, set).await;
    joined(&world, BUYER, START_MS).await;
    let mut tx = world.begin().await;
    let code = ReferralCode {
        participant: SELLER,
    };
    tx.put("SRN7", &code, &[Scope::Participant(SELLER)])
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let mut phone = Device::phone(&world, 2, BUYER).await;
    let accept = |code: &str| {
        Command::ReferralAccept(ReferralAccept {
            referral_id: Uuid::new_v4(),
            code: code.to_owned(),
        })
    };
    let wrong = phone.run(&world, &accept("NOBODY")).await;
    assert_eq!(wrong.code, "referral_code_unknown");
    let verdict = phone.run(&world, &accept("srn7")).await;
    assert_eq!(verdict.class, VerdictClass::Accepted, "{verdict:?}");
    let again = phone.run(&world, &accept("srn7")).await;
    assert_eq!(again.code, "already_referred");
    assert_eq!(points(&world, BUYER).await, (50, 0));
    assert_eq!(points(&world, SELLER).await, (80, 0));
    sound(&world).await;
}

#[tokio::test]
async fn f121_a_till_that_meets_a_member_knows_who_recommended_them_and_what_was_counted() {
    let world = World::new().await;
    let purchases = Tally {
        id: "purchases".to_owned(),
        subject: Subject::Buyer,
        on: Trigger::Sale,
        when: Predicate::default(),
        counts: Counted::Times,
        within: Window::Ever,
    };
    let set = RuleSet {
        version: 2,
        tallies: vec![purchases],
        ..rules()
    };
    publish(&world, set).await;
    let referral = Referral {
        referrer: SELLER,
        at_ms: START_MS,
    };
    let mut tx = world.begin().await;
    tx.put(&BUYER.to_string(), &referral, &[Scope::Participant(BUYER)])
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let mut till = Device::terminal(&world, 1).await;
    let question = json!({"kind": "participant", "id": BUYER});
    let (status, _) = world
        .post("/v1/members/resolve", Some(&till.token), question)
        .await;
    assert_eq!(status, 200);
    let here = Scope::Outlet(OUTLET);
    let counted = format!("purchases:{BUYER}");
    let mut tx = world.begin().await;
    for (kind, id) in [
        (EntityKind::Referral, BUYER.to_string()),
        (EntityKind::Tallied, counted.clone()),
    ] {
        assert!(tx.is_visible(kind, &id, here).await.unwrap(), "{kind:?}");
    }
    drop(tx);
    let zero: Tallied = world
        .store
        .entity(PROGRAMME, &counted)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(zero, Tallied::default());
    // What is counted later is seen there too.
    till.run(&world, &Command::SaleRecord(sale(None, 1, None)))
        .await;
    let one: Tallied = world
        .store
        .entity(PROGRAMME, &counted)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(one.ever, 1);
    let mut tx = world.begin().await;
    let seen = tx.is_visible(EntityKind::Tallied, &counted, here).await;
    assert!(seen.unwrap());
}

#[tokio::test]
async fn f005_a_manager_records_an_event_in_the_console_and_it_counts_once() {
    let world = World::new().await;
    staff(&world).await;
    let once = Limit {
        per: Per::Person,
        within: Window::Ever,
        points_max: None,
        times_max: Some(1),
    };
    let e_invoice = Rule {
        limits: vec![once],
        ..rule(
            Trigger::Event("e-invoice".to_owned()),
            "e-invoice",
            Who::Buyer,
            100,
        )
    };
    let set = RuleSet {
        version: 2,
        rules: vec![e_invoice],
        ..rules()
    };
    publish(&world, set).await;
    let manager = Browser::open(&world, "karen").await;
    let names = manager.get("/v1/console/events").await.body;
    assert_eq!(names, json!({"names": ["e-invoice"]}));
    let path = format!("/v1/console/participants/{BUYER}/events");
    let wish = |name: &str| json!({"event_id": Uuid::new_v4(), "name": name, "value": 1});
    let first = wish("e-invoice");
    let reply = manager.post(&path, first.clone()).await;
    assert_eq!(
        (reply.status.as_u16(), &reply.body),
        (200, &json!({"points": 100}))
    );
    assert_eq!(manager.post(&path, first).await.code(), "already_recorded");
    let second = manager.post(&path, wish("e-invoice")).await;
    assert_eq!(second.body, json!({"points": 0}), "once for each person");
    assert_eq!(
        manager.post(&path, wish("e-letter")).await.code(),
        "event_unknown"
    );
    let approver = Browser::open(&world, "piotr").await;
    assert_eq!(approver.post(&path, wish("e-invoice")).await.status, 403);
    assert_eq!(points(&world, BUYER).await, (100, 0));
    sound(&world).await;
}

#[tokio::test]
async fn f020_what_a_phone_records_for_its_owner_waits_for_the_console() {
    let world = World::new().await;
    staff(&world).await;
    let steps = Rule {
        effect: Effect::PerMeasure {
            step: 1_000,
            points: 1,
        },
        ..rule(Trigger::Event("steps".to_owned()), "steps", Who::Buyer, 0)
    };
    let set = RuleSet {
        version: 2,
        rules: vec![steps],
        ..rules()
    };
    publish(&world, set).await;
    let mut phone = Device::phone(&world, 2, SELLER).await;
    let walked = EventRecord {
        event_id: Uuid::new_v4(),
        name: "steps".to_owned(),
        value: 7_400,
        participant: SELLER,
        at_ms: None,
    };
    let verdict = phone.run(&world, &Command::EventRecord(walked)).await;
    assert_eq!(verdict.class, VerdictClass::Accepted, "{verdict:?}");
    assert_eq!(points(&world, SELLER).await, (0, 7));
    let browser = Browser::open(&world, "piotr").await;
    let list = browser.get("/v1/console/reviews?kind=event").await.body;
    let id = list["rows"][0]["id"].as_str().unwrap();
    let path = format!("/v1/console/reviews/{id}/decide");
    let reply = browser
        .post(&path, json!({"approve": true, "reason": ""}))
        .await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    assert_eq!(points(&world, SELLER).await, (7, 0));
    sound(&world).await;
}

async fn till_decides(world: &World) {
    let policy = EvidencePolicy {
        steps: vec![PolicyStep {
            from_ms: 0,
            deciding: Deciding::Till,
            till_window_ms: 48 * HOUR_MS,
        }],
    };
    let mut tx = world.begin().await;
    tx.put(&OUTLET.to_string(), &policy, &[Scope::Programme(PROGRAMME)])
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

fn unnamed() -> SaleRecord {
    SaleRecord {
        buyer: None,
        ..sale(None, 1, Some("R-77"))
    }
}

#[tokio::test]
async fn f112_a_claim_waits_for_the_till_in_the_store_and_pays_once() {
    let world = World::new().await;
    till_decides(&world).await;
    let mut till = Device::terminal(&world, 1).await;
    let mut phone = Device::phone(&world, 2, SELLER).await;
    phone.run(&world, &claim_code(CODE)).await;
    assert_eq!(points(&world, SELLER).await, (0, SELLER_POINTS));
    let record = unnamed();
    let sale_id = record.sale_id;
    till.run(&world, &Command::SaleRecord(record)).await;
    assert_eq!(points(&world, SELLER).await, (SELLER_POINTS, 0));
    let receipt = phone.run(&world, &claim_receipt("R-77")).await;
    assert_eq!(receipt.code, "attached_to_existing");
    let mut rival = Device::phone(&world, 3, RIVAL).await;
    rival.run(&world, &claim_receipt("R-77")).await;
    assert_eq!(points(&world, SELLER).await, (SELLER_POINTS, 0));
    assert_eq!(points(&world, RIVAL).await, (0, 0));
    // The till takes the sale back, and with it what the claim brought.
    till.run(&world, &Command::SaleVoid(SaleVoid { sale_id }))
        .await;
    assert_eq!(points(&world, SELLER).await, (0, 0));
    sound(&world).await;
}

#[tokio::test]
async fn f112_a_claim_that_the_till_never_confirms_lapses_by_itself() {
    let world = World::new().await;
    till_decides(&world).await;
    let mut phone = Device::phone(&world, 2, SELLER).await;
    phone.run(&world, &claim_code(CODE)).await;
    later(&world, 1).await;
    assert_eq!(points(&world, SELLER).await, (0, SELLER_POINTS));
    later(&world, 1).await;
    assert_eq!(points(&world, SELLER).await, (0, 0));
    let mut till = Device::terminal(&world, 1).await;
    till.now_ms = world.store.now_ms();
    let verdict = till.run(&world, &Command::SaleRecord(unnamed())).await;
    assert_eq!(verdict.class, VerdictClass::Accepted, "{verdict:?}");
    let mut rival = Device::phone(&world, 3, RIVAL).await;
    rival.now_ms = world.store.now_ms();
    let verdict = rival.run(&world, &claim_code(CODE)).await;
    assert_eq!(verdict.class, VerdictClass::Accepted, "{verdict:?}");
    assert_eq!(points(&world, RIVAL).await, (SELLER_POINTS, 0));
    sound(&world).await;
}

#[tokio::test]
async fn f127_claims_above_what_was_shipped_come_to_the_console() {
    let world = World::new().await;
    let nothing = SellIn {
        shipped: 0,
        claimed: 0,
    };
    let mut tx = world.begin().await;
    tx.put(&format!("{OUTLET}:{PRODUCT}"), &nothing, &[])
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let mut phone = Device::phone(&world, 2, SELLER).await;
    let verdict = phone.run(&world, &claim_code(CODE)).await;
    assert_eq!(verdict.params["because"][0]["code"], "above_sell_in");
    assert_eq!(points(&world, SELLER).await, (0, SELLER_POINTS));
    let reviews: Vec<(String, Review)> = world
        .store
        .entities(PROGRAMME, &EntityFilter::all())
        .await
        .unwrap();
    assert_eq!((reviews.len(), reviews[0].1.points), (1, SELLER_POINTS));
}

#[tokio::test]
async fn f124_a_member_pays_a_part_with_points_and_gets_the_same_lots_back() {
    let world = World::new().await;
    let set = RuleSet {
        version: 2,
        peg: vec![PegRate {
            from_ms: 0,
            currency: "DKK".to_owned(),
            minor_per_point_micro: 10_000_000,
        }],
        part_pay: Some(PartPay {
            share_bp_max: 2_000,
            without_products: Vec::new(),
            without_categories: Vec::new(),
        }),
        ..rules()
    };
    publish(&world, set).await;
    endow(&world.store, BUYER, 2_000).await;
    let mut till = Device::terminal(&world, 1).await;
    let phone = Device::phone(&world, 2, BUYER).await;
    let basket = |points: i64, nonce: u64| SaleRecord {
        buyer: Some(BuyerRef::Proof {
            participant: BUYER,
            proof: phone.rotating_code(START_MS, nonce),
        }),
        part_pay_points: Some(points),
        ..sale(None, 1, None)
    };
    // A fifth of 499.00 is 99.80, and a point is worth ten øre.
    let above = till.run(&world, &Command::SaleRecord(basket(999, 1))).await;
    assert_eq!(
        (above.code.as_str(), &above.params["points_max"]),
        ("part_pay_too_much", &json!(998))
    );
    let paid = basket(998, 2);
    let sale_id = paid.sale_id;
    let verdict = till.run(&world, &Command::SaleRecord(paid)).await;
    assert_eq!(verdict.class, VerdictClass::Accepted, "{verdict:?}");
    assert_eq!(points(&world, BUYER).await, (2_000 - 998 + BUYER_POINTS, 0));
    till.run(&world, &Command::SaleVoid(SaleVoid { sale_id }))
        .await;
    assert_eq!(points(&world, BUYER).await, (2_000, 0));
    sound(&world).await;
}
