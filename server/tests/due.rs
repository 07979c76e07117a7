//! What decisions leave to the clock, through the real store: promises, payments, next month's credit,
//! lots, holds; with restarts, faults and devices that try to be the clock.

mod common;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use carrot_rules::command::{
    Command, DueRun, HoldPlace, HoldRelease, PaymentKind, PaymentRecord, ReturnLine, SaleRecord,
    SaleReturn,
};
use carrot_rules::entity::{Awaits, Beneficiary, ONLY, Programme, Promise, PromiseState};
use carrot_rules::outcome::Due;
use carrot_rules::ruleset::{Credit, Effect, Rule, Who};
use carrot_rules::{Account, RuleSet, Scope};
use carrot_server::apply::console_command;
use carrot_server::db;
use carrot_server::{
    ManualClock, NewProgramme, Store, StorePoint, StoreProbe, StoreTuning, serve_store,
};
use carrot_wire::{Verdict, VerdictClass};
use common::*;
use uuid::Uuid;

const DAY_MS: i64 = 24 * 3_600_000;

/// A programme whose sellers get 10 points on these terms beside the price list's 120.
async fn world(credit: Credit, expires_days: Option<i64>) -> (World, Device) {
    let world = World::new().await;
    let mut set = RuleSet {
        version: 2,
        ..rules()
    };
    set.rules.push(Rule {
        credit,
        expires_days,
        ..Rule::of_sale("bonus", Who::Seller, Effect::Fixed { points: 10 })
    });
    let mut tx = world.begin().await;
    tx.put(ONLY, &set, &[Scope::Programme(PROGRAMME)])
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let till = Device::terminal(&world, 1).await;
    (world, till)
}

async fn sell(world: &World, till: &mut Device) -> SaleRecord {
    let record = SaleRecord {
        buyer: None,
        invoice: Some("INV-1".to_owned()),
        ..sale(Some(SELLER), 1, None)
    };
    let verdict = till.run(world, &Command::SaleRecord(record.clone())).await;
    assert_eq!(verdict.class, VerdictClass::Accepted, "{verdict:?}");
    record
}

async fn pay(world: &World, till: &mut Device, amount_minor: i64) -> Verdict {
    let payment = PaymentRecord {
        payment_id: Uuid::new_v4(),
        invoice: "INV-1".to_owned(),
        amount_minor,
        currency: "DKK".to_owned(),
        kind: PaymentKind::Payment,
        paid_ms: world.store.now_ms(),
    };
    till.run(world, &Command::PaymentRecord(payment)).await
}

/// Moves the clock on and lets it work; how many items it ran.
async fn later(world: &World, till: &mut Device, days: i64) -> usize {
    world.clock.advance(days * DAY_MS);
    till.now_ms += days * DAY_MS;
    till.token = till.sign_in(world).await;
    let report = world.store.run_due(world.store.now_ms()).await.unwrap();
    assert_eq!(report.put_off, 0);
    report.done
}

async fn points(world: &World) -> (i64, i64) {
    (world.active(SELLER).await, world.pending(SELLER).await)
}

async fn due(world: &World) -> Vec<Due> {
    world.store.due(PROGRAMME).await.unwrap()
}

#[tokio::test]
async fn f029_points_after_the_return_window_come_over_a_restart() {
    let (world, mut till) = world(Credit::AfterReturnWindow { days: 14 }, None).await;
    sell(&world, &mut till).await;
    assert_eq!(points(&world).await, (120, 10));
    assert_eq!(due(&world).await[0].at_ms, Some(START_MS + 14 * DAY_MS));
    assert_eq!(later(&world, &mut till, 13).await, 0);
    let world = world.restart().await;
    assert_eq!(points(&world).await, (120, 10));
    assert_eq!(later(&world, &mut till, 1).await, 1);
    assert_eq!(points(&world).await, (130, 0));
    assert!(due(&world).await.is_empty());
    assert_eq!(later(&world, &mut till, 1).await, 0);
    world.close().await;
}

#[tokio::test]
async fn f029_next_months_credit_arrives_on_its_day() {
    let (world, mut till) = world(Credit::NextMonth { day: 1 }, None).await;
    sell(&world, &mut till).await;
    // 9 October 2025; the first of November is 22 days and some hours on.
    assert_eq!(later(&world, &mut till, 22).await, 0);
    assert_eq!(points(&world).await, (120, 10));
    assert_eq!(later(&world, &mut till, 1).await, 1);
    assert_eq!(points(&world).await, (130, 0));
    world.close().await;
}

#[tokio::test]
async fn f028_an_unpaid_invoice_lapses_by_itself_and_a_paid_one_is_kept() {
    let (world, mut till) = world(Credit::WhenPaid { days: 30 }, None).await;
    sell(&world, &mut till).await;
    assert_eq!(pay(&world, &mut till, 49_000).await.code, "ok");
    assert_eq!(points(&world).await, (120, 10));
    let world = world.restart().await;
    assert_eq!(later(&world, &mut till, 30).await, 1);
    assert_eq!(points(&world).await, (120, 0));
    let verdict = pay(&world, &mut till, 900).await;
    assert_eq!(verdict.params["because"][0]["code"], "paid_late");
    assert_eq!(points(&world).await, (120, 0));
    world.close().await;

    let (world, mut till) = self::world(Credit::WhenPaid { days: 30 }, None).await;
    sell(&world, &mut till).await;
    later(&world, &mut till, 29).await;
    pay(&world, &mut till, 49_900).await;
    assert_eq!(points(&world).await, (130, 0));
    assert_eq!(later(&world, &mut till, 5).await, 0);
    world.close().await;
}

#[tokio::test]
async fn f028_a_payment_that_comes_before_its_sale_waits_for_it() {
    let (world, mut till) = world(Credit::WhenPaid { days: 30 }, None).await;
    let verdict = pay(&world, &mut till, 49_900).await;
    assert_eq!(verdict.params["because"][0]["code"], "awaits_sale");
    sell(&world, &mut till).await;
    assert_eq!(later(&world, &mut till, 0).await, 1);
    assert_eq!(points(&world).await, (130, 0));
    world.close().await;
}

#[tokio::test]
async fn f030_lots_that_nobody_spent_expire() {
    let (world, mut till) = world(Credit::Now, Some(30)).await;
    sell(&world, &mut till).await;
    sell_again(&world, &mut till).await;
    assert_eq!(points(&world).await, (260, 0));
    assert_eq!(later(&world, &mut till, 30).await, 2);
    assert_eq!(points(&world).await, (240, 0));
    assert_eq!(world.balance(Account::Expired).await, 20);
    world.close().await;
}

/// Two sales in one push, so that what they ask for is held back together.
async fn sell_again(world: &World, till: &mut Device) {
    let record = SaleRecord {
        buyer: None,
        ..sale(Some(SELLER), 1, None)
    };
    let twice = [
        Command::SaleRecord(record.clone()),
        Command::SaleRecord(record),
    ];
    let sealed: Vec<_> = twice.iter().map(|command| till.sign(command)).collect();
    let reply = till.push(world, &sealed).await;
    let codes: Vec<_> = reply
        .verdicts
        .iter()
        .map(|verdict| verdict.code.as_str())
        .collect();
    assert_eq!(codes, ["ok", "duplicate_sale"]);
}

#[tokio::test]
async fn f024_a_return_takes_back_from_the_promise_and_the_clock_finds_nothing() {
    let (world, mut till) = world(Credit::AfterReturnWindow { days: 14 }, None).await;
    let record = sell(&world, &mut till).await;
    let back = SaleReturn {
        return_id: Uuid::new_v4(),
        sale_id: record.sale_id,
        lines: vec![ReturnLine {
            line: 0,
            quantity_micro: 1_000_000,
        }],
        reason: "does not fit".to_owned(),
    };
    let verdict = till.run(&world, &Command::SaleReturn(back)).await;
    assert_eq!(
        (verdict.class, verdict.code.as_str()),
        (VerdictClass::Accepted, "ok")
    );
    assert_eq!(points(&world).await, (0, 0));
    assert!(due(&world).await.is_empty());
    assert_eq!(later(&world, &mut till, 20).await, 0);
    assert_eq!(points(&world).await, (0, 0));
    world.close().await;
}

#[tokio::test]
async fn f123_a_hold_ends_by_itself_and_its_owner_sees_it() {
    let (world, mut till) = world(Credit::Now, None).await;
    endow(&world.store, BUYER, 500).await;
    let phone = Device::phone(&world, 2, BUYER).await;
    let mut tx = world.begin().await;
    let place = HoldPlace {
        hold_id: Uuid::from_u128(77),
        participant: BUYER,
        points: 300,
        reference: "web-1".to_owned(),
        expires_ms: START_MS + DAY_MS,
        proof: None,
    };
    let verdict = console_command(&mut tx, MANAGER, Command::HoldPlace(place))
        .await
        .unwrap();
    assert_eq!(verdict.code, "ok");
    tx.commit().await.unwrap();
    assert_eq!(world.balance(Account::reserved(BUYER)).await, 300);
    let page = phone.pull(&world, serde_json::json!([]), 1 << 20).await;
    let seen = serde_json::to_string(&page).unwrap();
    assert!(
        seen.contains(&format!("participant:{BUYER}:reserved")),
        "{seen}"
    );
    assert_eq!(later(&world, &mut till, 1).await, 1);
    assert_eq!(world.active(BUYER).await, 500);
    let release = Command::HoldRelease(HoldRelease {
        hold_id: Uuid::from_u128(77),
    });
    let mut tx = world.begin().await;
    let verdict = console_command(&mut tx, MANAGER, release).await.unwrap();
    assert_eq!(verdict.code, "hold_over");
    tx.commit().await.unwrap();
    world.close().await;
}

#[tokio::test]
async fn no_device_is_the_clock() {
    let (world, mut till) = world(Credit::AfterReturnWindow { days: 14 }, None).await;
    sell(&world, &mut till).await;
    let item = due(&world).await.remove(0);
    world.clock.advance(20 * DAY_MS);
    till.now_ms += 20 * DAY_MS;
    till.token = till.sign_in(&world).await;
    let command = Command::DueRun(DueRun {
        kind: item.kind,
        subject: item.subject,
        due_ms: 0,
    });
    let verdict = till.run(&world, &command).await;
    assert_eq!(
        (verdict.class, verdict.code.as_str()),
        (VerdictClass::Rejected, "not_permitted")
    );
    let mut tx = world.begin().await;
    let verdict = console_command(&mut tx, MANAGER, command).await.unwrap();
    assert_eq!(verdict.code, "not_permitted");
    tx.commit().await.unwrap();
    assert_eq!(points(&world).await, (120, 10));
    world.close().await;
}

/// A promise of points that its owner does not have: keeping it fails inside the server.
async fn plant_fault(world: &World) {
    let id = "broken".to_owned();
    let promise = Promise {
        id: id.clone(),
        to: Beneficiary::Participant(RIVAL),
        role: "seller".to_owned(),
        points: 5,
        awaits: vec![Awaits::ReturnWindow { until_ms: START_MS }],
        state: PromiseState::Open,
        command_id: Uuid::from_u128(5),
        lot: None,
        sale: None,
        unit: None,
        budget: None,
        gross_up_points: 0,
        at_ms: START_MS,
    };
    let mut tx = world.begin().await;
    tx.put(&id, &promise, &[]).await.unwrap();
    tx.commit().await.unwrap();
    let text = format!(
        "INSERT INTO due VALUES ('{PROGRAMME}', 'a', {START_MS}, 'promise', '{id}', {START_MS}, 0)"
    );
    let mut tx = world.begin().await;
    db::query(sqlx::AssertSqlSafe(text))
        .execute(tx.conn())
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_fault_of_one_item_holds_up_no_other_and_is_tried_again() {
    let (world, mut till) = world(Credit::AfterReturnWindow { days: 14 }, None).await;
    sell(&world, &mut till).await;
    plant_fault(&world).await;
    world.clock.advance(14 * DAY_MS);
    let now_ms = world.store.now_ms();
    let report = world.store.run_due(now_ms).await.unwrap();
    assert_eq!((report.done, report.put_off), (1, 1));
    assert_eq!(points(&world).await, (130, 0));
    let report = world.store.run_due(now_ms).await.unwrap();
    assert_eq!((report.done, report.put_off), (0, 0), "not at once");
    let report = world.store.run_due(now_ms + 60_000).await.unwrap();
    assert_eq!((report.done, report.put_off), (0, 1), "a minute later");
    let report = world.store.run_due(now_ms + 120_000).await.unwrap();
    assert_eq!(report.put_off, 0, "the wait doubles");
    assert_eq!(due(&world).await.len(), 1);
    world.close().await;
}

#[tokio::test]
async fn a_programme_that_breaks_stops_no_other_ones_clock() {
    let (world, mut till) = world(Credit::AfterReturnWindow { days: 14 }, None).await;
    sell(&world, &mut till).await;
    let first = Uuid::from_u128(2);
    let new = NewProgramme {
        programme: Programme {
            id: first,
            code: "aaa".to_owned(),
            name: "Before the other".to_owned(),
            points_word: BTreeMap::new(),
            theme: BTreeMap::new(),
            currency: "DKK".to_owned(),
            time_zone: "Europe/Copenhagen".to_owned(),
        },
        rules: rules(),
        offline_budget_points: 0,
    };
    world.store.create_programme(new).await.unwrap();
    let mut tx = world.store.begin(first).await.unwrap();
    // A version of its own to look at, and rules that do not read.
    let damage = format!(
        "UPDATE entity SET body = '{{\"version\":7,\"rules\":3}}' WHERE programme_id = '{first}' AND kind = 'rule_set'"
    );
    db::query(sqlx::AssertSqlSafe(damage))
        .execute(tx.conn())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    world.clock.advance(14 * DAY_MS);
    let report = world.store.run_due(world.store.now_ms()).await.unwrap();
    assert_eq!((report.done, report.put_off, report.broken), (1, 0, 1));
    assert_eq!(points(&world).await, (130, 0));
    world.close().await;
}

#[tokio::test]
async fn a_running_server_lets_the_clock_work() {
    let (world, mut till) = world(Credit::AfterReturnWindow { days: 14 }, None).await;
    sell(&world, &mut till).await;
    world.clock.advance(14 * DAY_MS);
    let listen = "127.0.0.1:0".parse().unwrap();
    let served = serve_store(world.store.clone(), listen, None)
        .await
        .unwrap();
    for _ in 0..500 {
        if points(&world).await == (130, 0) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(points(&world).await, (130, 0));
    assert!(due(&world).await.is_empty());
    served.stop().await.unwrap();
}

/// Says when somebody is about to wait for a turn.
struct Begins(tokio::sync::mpsc::UnboundedSender<()>);

impl StoreProbe for Begins {
    fn at(&self, point: StorePoint) -> Result<(), sqlx::Error> {
        if point == StorePoint::Begin {
            let _ = self.0.send(());
        }
        Ok(())
    }
}

#[tokio::test]
async fn instants_follow_the_order_of_the_turns() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(ManualClock::at(START_MS));
    let (sender, mut begins) = tokio::sync::mpsc::unbounded_channel();
    let tuning = StoreTuning {
        clock: clock.clone(),
        probe: Some(Arc::new(Begins(sender))),
        ..StoreTuning::default()
    };
    let store = Arc::new(Store::open_with(folder.path(), tuning).await.unwrap());
    let first = store.begin(PROGRAMME).await.unwrap();
    begins.recv().await.unwrap();
    let waiting = store.clone();
    let waiting = tokio::spawn(async move { waiting.begin(PROGRAMME).await.map(|tx| tx.now_ms()) });
    begins.recv().await.unwrap();
    clock.advance(5_000);
    assert_eq!(first.now_ms(), START_MS);
    first.commit().await.unwrap();
    assert_eq!(waiting.await.unwrap().unwrap(), START_MS + 5_000);
}
