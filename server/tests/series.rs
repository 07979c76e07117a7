//! Series of codes over HTTP: made, sent off, claimed by many at once, taken back, printed.
mod common;
mod console_support;

use carrot_rules::Command;
use carrot_rules::command::{ClaimSubmit, Evidence, UnitShown};
use carrot_rules::entity::{
    Code, Employment, Holds, Logistic, Node, NodeId, Participant, SeriesKind, Stage, Waybill,
};
use carrot_rules::{Account, Scope};
use carrot_server::import::{ImportKind, ImportOptions, import};
use carrot_server::series::{self, Range, SeriesWish};
use carrot_server::store::Device as StoredDevice;
use carrot_wire::{Verdict, VerdictClass, signed};
use common::*;
use console_support::*;
use serde_json::json;
use uuid::Uuid;

fn wish(kind: SeriesKind) -> SeriesWish {
    SeriesWish {
        code: "spring".to_owned(),
        product: PRODUCT.to_owned(),
        kind,
        pieces: 3_000,
        levels: [("carton".to_owned(), 10), ("pallet".to_owned(), 1_000)].into(),
        serial_first: None,
        ends_ms: None,
    }
}

/// A shipped series of signed codes.
async fn with_series() -> World {
    let world = World::new().await;
    let mut tx = world.begin().await;
    series::begin(&mut tx, &wish(SeriesKind::Signed), "test")
        .await
        .unwrap();
    series::ship(&mut tx, "spring", None, None, "test")
        .await
        .unwrap();
    tx.commit().await.unwrap();
    world
}

fn node(level: u8, index: i64) -> NodeId {
    NodeId {
        series: "spring".to_owned(),
        level,
        index,
    }
}

fn submit(shown: UnitShown) -> Command {
    Command::ClaimSubmit(ClaimSubmit {
        claim_id: Uuid::new_v4(),
        evidence: Evidence::Unit {
            shown,
            product: None,
        },
    })
}

async fn genuine(world: &World, level: u8, index: i64) -> UnitShown {
    let tx = world.begin().await;
    let code = signed::sign_code(tx.keys().signing(), "morgen", ("spring", level, index));
    UnitShown::Signed {
        text: code.unwrap().to_text(),
        node: node(level, index),
    }
}

async fn claim(world: &World, phone: &mut Device, level: u8, index: i64) -> Verdict {
    let shown = genuine(world, level, index).await;
    phone.run(world, &submit(shown)).await
}

#[tokio::test]
async fn m11_a_pallet_is_paid_and_its_pieces_are_refused_with_the_reason() {
    let world = with_series().await;
    let mut phone = Device::phone(&world, 1, SELLER).await;
    let mut rival = Device::phone(&world, 2, RIVAL).await;
    let verdict = claim(&world, &mut phone, 2, 1).await;
    assert_eq!(verdict.class, VerdictClass::Accepted, "{verdict:?}");
    assert_eq!(world.active(SELLER).await, 1_000 * SELLER_POINTS);
    let piece = claim(&world, &mut rival, 0, 1_234).await;
    assert_eq!(
        (piece.class, piece.code.as_str()),
        (VerdictClass::Rejected, "in_claimed_parent")
    );
    assert_eq!(piece.params["level"], "pallet");
    // The pallet's record reaches every device of the programme, a piece's does not.
    claim(&world, &mut rival, 0, 5).await;
    let pulled = rival.pull(&world, json!([]), 1_000_000).await;
    let text = serde_json::to_string(&pulled).unwrap();
    assert!(text.contains("spring:2:1"), "{text:.300}");
    let others = phone.pull(&world, json!([]), 1_000_000).await;
    assert!(
        !serde_json::to_string(&others)
            .unwrap()
            .contains("spring:0:5")
    );
    world.close().await;
}

#[tokio::test]
async fn a_forged_or_foreign_code_is_refused_before_anything_is_decided() {
    let world = with_series().await;
    let mut phone = Device::phone(&world, 1, SELLER).await;
    let UnitShown::Signed { text, .. } = genuine(&world, 0, 5).await else {
        panic!()
    };
    let other = UnitShown::Signed {
        text: text.clone(),
        node: node(2, 0),
    };
    assert_eq!(
        phone.run(&world, &submit(other)).await.code,
        "code_not_genuine"
    );
    let last = if text.ends_with('0') { "1" } else { "0" };
    let changed = UnitShown::Signed {
        text: format!("{}{last}", &text[..text.len() - 1]),
        node: node(0, 5),
    };
    assert_eq!(
        phone.run(&world, &submit(changed)).await.code,
        "code_not_genuine"
    );
    let strange = signed::sign_code(&key(99), "morgen", ("spring", 0, 5)).unwrap();
    let strange = UnitShown::Signed {
        text: strange.to_text(),
        node: node(0, 5),
    };
    assert_eq!(
        phone.run(&world, &submit(strange)).await.code,
        "code_key_unknown"
    );
    assert_eq!(world.active(SELLER).await, 0);
    world.close().await;
}

/// So many sellers of the outlet with a phone each.
async fn crowd(world: &World, people: u8) -> Vec<Device> {
    let mut phones = Vec::new();
    for number in 0..people {
        let id = Uuid::from_u128(1_000 + u128::from(number));
        let seller = Participant {
            id,
            role: "seller".to_owned(),
            employments: vec![Employment {
                outlet: OUTLET,
                from_ms: 0,
                until_ms: None,
                share: 1,
            }],
            segments: Vec::new(),
            joined_ms: 0,
        };
        let mut tx = world.begin().await;
        tx.put(&id.to_string(), &seller, &[Scope::Participant(id)])
            .await
            .unwrap();
        let person = carrot_server::store::Person {
            participant: id,
            code: format!("crowd-{number}"),
            given: "Some".to_owned(),
            family: "Body".to_owned(),
            phone: None,
            email: None,
            language: "en".to_owned(),
            sign_in: None,
            password_hash: None,
            pin_hash: None,
        };
        tx.put_person(&person).await.unwrap();
        tx.commit().await.unwrap();
        phones.push(Device::phone(world, 100 + number, id).await);
    }
    phones
}

/// Twenty commands of each of fifty phones, all in flight at once.
async fn race(world: &World, command: impl Fn() -> Command) -> Vec<(Uuid, Verdict)> {
    let mut phones = crowd(world, 50).await;
    let mut pushes = Vec::new();
    for phone in &mut phones {
        let envelopes: Vec<_> = (0..20).map(|_| phone.sign(&command())).collect();
        let stored: StoredDevice = world.store.device(phone.id).await.unwrap().unwrap();
        let (store, actor) = (world.store.clone(), phone.actor);
        pushes.push(tokio::spawn(async move {
            let reply = carrot_server::apply::apply_batch(&store, &stored, &envelopes);
            (actor, reply.await.unwrap())
        }));
    }
    let mut verdicts = Vec::new();
    for push in pushes {
        let (actor, reply) = push.await.unwrap();
        verdicts.extend(reply.verdicts.into_iter().map(|verdict| (actor, verdict)));
    }
    assert_eq!(verdicts.len(), 1_000);
    verdicts
}

/// One of a thousand claims is paid; all others are told that somebody was, and whether it was they.
async fn one_winner(world: &World, verdicts: Vec<(Uuid, Verdict)>, points: i64) {
    let won = |verdict: &Verdict| verdict.class == VerdictClass::Accepted;
    let winners: Vec<Uuid> = verdicts
        .iter()
        .filter(|(_, one)| won(one))
        .map(|(who, _)| *who)
        .collect();
    assert_eq!(winners.len(), 1);
    for (who, verdict) in verdicts.iter().filter(|(_, one)| !won(one)) {
        assert_eq!(verdict.code, "already_claimed", "{verdict:?}");
        assert_eq!(verdict.params["by_you"], winners[0] == *who);
        assert!(verdict.params.contains_key("at_ms"));
    }
    for (who, _) in &verdicts {
        let owned = world.active(*who).await;
        assert_eq!(owned, if *who == winners[0] { points } else { 0 });
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn m5_a_thousand_claims_of_one_typed_code_have_one_winner() {
    let world = World::new().await;
    let verdicts = race(&world, || claim_code(CODE)).await;
    one_winner(&world, verdicts, SELLER_POINTS).await;
    let code: Code = world.store.entity(PROGRAMME, CODE).await.unwrap().unwrap();
    assert_eq!(code.status, "claimed");
    world.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn m5_a_thousand_claims_of_one_pallet_have_one_winner() {
    let world = with_series().await;
    let shown = genuine(&world, 2, 0).await;
    let verdicts = race(&world, || submit(shown.clone())).await;
    one_winner(&world, verdicts, 1_000 * SELLER_POINTS).await;
    world.close().await;
}

#[tokio::test]
async fn f015_typed_codes_are_made_in_parts_and_follow_their_series() {
    let world = World::new().await;
    let typed = SeriesWish {
        pieces: 4_500,
        levels: Default::default(),
        ..wish(SeriesKind::Typed)
    };
    let mut tx = world.begin().await;
    series::begin(&mut tx, &typed, "test").await.unwrap();
    let again = series::begin(&mut tx, &typed, "test").await.unwrap_err();
    assert!(again.to_string().starts_with("series_exists"), "{again}");
    tx.commit().await.unwrap();
    let mut number = 0_u64;
    let mut bytes = move || {
        number += 1;
        let mut bytes = [7; 10];
        bytes[2..].copy_from_slice(&number.to_be_bytes());
        Ok(bytes)
    };
    let stopped = series::fill(&world.store, PROGRAMME, "spring", &mut bytes, &mut |_| {
        false
    })
    .await
    .unwrap();
    assert_eq!((stopped.codes, stopped.wanted), (2_000, 4_500));
    let mut heard = Vec::new();
    let mut go_on = |made: series::Made| {
        heard.push(made.codes);
        true
    };
    let made = series::fill(&world.store, PROGRAMME, "spring", &mut bytes, &mut go_on);
    assert_eq!(made.await.unwrap().codes, 4_500);
    assert_eq!(heard, [4_000, 4_500]);
    let mut tx = world.begin().await;
    let range = Range {
        level: 0,
        first: 0,
        count: 3,
    };
    let labels = series::labels(&mut tx, "spring", Some(range))
        .await
        .unwrap()
        .labels;
    drop(tx);
    assert!(
        labels[0].code.starts_with("https://carrot.app/w/morgen/"),
        "{}",
        labels[0].code
    );
    let canonical = |label: &series::Label| label.words.replace('-', "");
    let mut phone = Device::phone(&world, 1, SELLER).await;
    let early = phone.run(&world, &claim_code(&canonical(&labels[0]))).await;
    assert_eq!(early.class, VerdictClass::Accepted);
    assert_eq!(
        (world.active(SELLER).await, world.pending(SELLER).await),
        (0, SELLER_POINTS)
    );
    let mut tx = world.begin().await;
    series::ship(&mut tx, "spring", None, Some(OUTLET), "test")
        .await
        .unwrap();
    series::void_code(&mut tx, &canonical(&labels[1]), "test")
        .await
        .unwrap();
    tx.commit().await.unwrap();
    phone.run(&world, &claim_code(&canonical(&labels[2]))).await;
    assert_eq!(world.active(SELLER).await, SELLER_POINTS);
    let void = phone.run(&world, &claim_code(&canonical(&labels[1]))).await;
    assert_eq!(void.code, "code_void");
    let mut tx = world.begin().await;
    let state = series::state(&mut tx, "spring").await.unwrap();
    assert_eq!((state.codes, state.claimed, state.void), (4_500, 2, 1));
    drop(tx);
    world.close().await;
}

#[tokio::test]
async fn f016_cartons_and_waybills_come_from_a_file() {
    let world = with_series().await;
    let file = "sscc,gtin,count,outlet,series,level,number,waybill\n\
        106141411234567897,,,a1,spring,pallet,1,W-7\n\
        006141411234567890,4006381333931,40,a1,,,,W-7\n";
    let mut tx = world.begin().await;
    let outlet = carrot_server::import::outlet_id(PROGRAMME, "a1");
    let mut known: carrot_rules::entity::Outlet =
        tx.entity(&OUTLET.to_string()).await.unwrap().unwrap();
    known.id = outlet;
    tx.put(&outlet.to_string(), &known, &[]).await.unwrap();
    tx.commit().await.unwrap();
    let mut bytes = || Ok([0; 10]);
    let options = ImportOptions {
        today: None,
        dry_run: false,
        code_bytes: &mut bytes,
    };
    let report = import(
        &world.store,
        PROGRAMME,
        ImportKind::Logistics,
        "logistics.csv",
        file.as_bytes(),
        options,
    )
    .await
    .unwrap();
    assert_eq!(
        (report.new, report.refused.len()),
        (2, 0),
        "{:?}",
        report.refused
    );
    let waybill: Waybill = world.store.entity(PROGRAMME, "W-7").await.unwrap().unwrap();
    assert_eq!(waybill.units.len(), 2);
    let pallet: Logistic = world
        .store
        .entity(PROGRAMME, "106141411234567897")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (pallet.holds, pallet.stage),
        (Holds::Node { node: node(2, 0) }, Stage::Shipped)
    );
    let mut phone = Device::phone(&world, 1, SELLER).await;
    let shown = UnitShown::Waybill {
        number: "W-7".to_owned(),
    };
    let verdict = phone.run(&world, &submit(shown)).await;
    assert_eq!(verdict.class, VerdictClass::Accepted, "{verdict:?}");
    // The loose pieces went to another outlet's door, as the file says: a person looks.
    let all = world.active(SELLER).await + world.pending(SELLER).await;
    assert_eq!(all, 1_040 * SELLER_POINTS);
    world.close().await;
}

#[tokio::test]
async fn f015_the_console_makes_ships_prints_and_takes_back() {
    let world = World::new().await;
    staff(&world).await;
    let browser = Browser::open(&world, "karen").await;
    let body = json!({"code": "spring", "product": PRODUCT, "kind": "signed", "pieces": 3_000,
        "levels": {"carton": 10, "pallet": 1_000}});
    let made = browser.post("/v1/console/series", body.clone()).await;
    assert_eq!(made.status, 200, "{}", made.body);
    assert_eq!(
        browser.post("/v1/console/series", body).await.code(),
        "series_exists"
    );
    let wrong = json!({"code": "odd", "product": PRODUCT, "kind": "signed", "pieces": 10, "levels": {"carton": 4, "pallet": 10}});
    assert_eq!(
        browser.post("/v1/console/series", wrong).await.code(),
        "series_wrong"
    );
    let part = json!({"part": {"level": 2, "first": 0, "count": 2}, "outlet": OUTLET});
    let shipped = browser.post("/v1/console/series/spring/ship", part).await;
    assert_eq!(shipped.body, json!({"pieces": 2_000, "records": 2}));
    let sheet = browser
        .post(
            "/v1/console/series/spring/sheet",
            json!({"part": {"level": 1, "first": 0, "count": 24}}),
        )
        .await;
    assert_eq!(sheet.headers["content-type"], "application/pdf");
    let export = browser
        .post("/v1/console/series/nowhere/export", json!({}))
        .await;
    assert_eq!(
        (export.status.as_u16(), export.code()),
        (404, "series_unknown")
    );
    browser
        .post("/v1/console/series/spring/export", json!({}))
        .await;
    let mut phone = Device::phone(&world, 1, SELLER).await;
    claim(&world, &mut phone, 2, 1).await;
    let back = browser
        .post(
            "/v1/console/returns",
            json!({"code": "spring:0:1500", "reason": "broken"}),
        )
        .await;
    assert_eq!(back.body, json!({"points": SELLER_POINTS}));
    let stopped = browser
        .post(
            "/v1/console/series/spring/void",
            json!({"part": {"level": 2, "first": 1, "count": 2}}),
        )
        .await;
    assert_eq!(stopped.body, json!({"records": 1, "claimed": 1}));
    let one = browser.get("/v1/console/series/spring").await.body;
    assert_eq!(
        (&one["claimed"], &one["void"], &one["shipped_apart"]),
        (&json!(999), &json!(1), &json!(2))
    );
    assert_eq!(browser.get("/v1/console/series").await.body["total"], 1);
    let log = world.store.audit_lines(PROGRAMME, 20).await.unwrap();
    for action in [
        "series.make",
        "series.ship",
        "series.sheet",
        "series.export",
        "series.void",
        "unit.return",
    ] {
        assert!(log.iter().any(|line| line.action == action), "{action}");
    }
    let own: Node = world
        .store
        .entity(PROGRAMME, "spring:0:1500")
        .await
        .unwrap()
        .unwrap();
    assert!(own.returned.is_some());
    assert_eq!(
        world.balance(Account::active(SELLER)).await,
        999 * SELLER_POINTS
    );
    world.close().await;
}
