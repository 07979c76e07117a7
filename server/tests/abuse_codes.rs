//! What dishonest people and curious insiders try with codes and receipts on the server.
mod common;
mod console_support;
mod receipts_support;

use std::sync::Arc;

use carrot_fakes::qr;
use carrot_rules::Scope;
use carrot_rules::entity::{CheckState, FiscalCheck, NodeCount, SeriesKind};
use carrot_server::db;
use carrot_server::receipts::{
    FiscalQuery, ReceiptVerifier, Robot, SourceView, Ticket, VerifierAnswer,
};
use carrot_server::series::{self, Range, SeriesWish};
use carrot_server::store::{Store, Tx};
use common::*;
use console_support::*;
use futures_util::future::BoxFuture;
use receipts_support::*;
use serde_json::json;
use uuid::Uuid;

fn view(url: &str) -> SourceView {
    SourceView {
        url: url.to_owned(),
        has_token: false,
        per_minute: 10,
        per_day: 10,
    }
}

async fn token_after(world: &World, url: &str, token: Option<&str>) -> String {
    let mut tx = world.begin().await;
    tx.put_receipt_source(&view(url), token).await.unwrap();
    tx.commit().await.unwrap();
    let source = world.store.receipt_source(PROGRAMME).await.unwrap();
    source.unwrap().token
}

#[tokio::test]
async fn a_services_token_is_told_to_no_other_address() {
    let world = World::new().await;
    let own = "https://receipts.example";
    assert_eq!(token_after(&world, own, Some("secret")).await, "secret");
    let same = "https://receipts.example/";
    assert_eq!(token_after(&world, same, None).await, "secret");
    let other = "https://receipts.example.attacker.example";
    assert_eq!(token_after(&world, other, None).await, "");
    assert_eq!(token_after(&world, own, None).await, "", "it is forgotten");
    for wrong in [
        "file:///etc/passwd",
        "https://",
        "https://name:word@receipts.example",
        "https://receipts.example/?a=",
        "https://receipts.example/#",
        "http://a b",
        "httpx://a",
    ] {
        let mut tx = world.begin().await;
        let refused = tx.put_receipt_source(&view(wrong), None).await;
        assert!(refused.is_err(), "{wrong}");
    }
    world.close().await;
}

async fn typed_series(world: &World) -> Vec<String> {
    let wish = SeriesWish {
        code: "spring".to_owned(),
        product: PRODUCT.to_owned(),
        kind: SeriesKind::Typed,
        pieces: 60,
        levels: Default::default(),
        serial_first: None,
        ends_ms: None,
    };
    let mut tx = world.begin().await;
    series::begin(&mut tx, &wish, "test").await.unwrap();
    series::ship(&mut tx, "spring", None, None, "test")
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let mut number = 0_u8;
    let mut bytes = move || {
        number += 1;
        Ok([number; 10])
    };
    let mut go_on = |_| true;
    series::fill(&world.store, PROGRAMME, "spring", &mut bytes, &mut go_on)
        .await
        .unwrap();
    db::query_scalar("SELECT id FROM entity WHERE kind = 'code'")
        .fetch_all(world.store.reads_all())
        .await
        .unwrap()
}

/// Every list and page that a person may ask for.
const PAGES: [&str; 16] = [
    "/v1/console/overview",
    "/v1/console/participants",
    "/v1/console/sales",
    "/v1/console/claims",
    "/v1/console/receipts",
    "/v1/console/receipt-aliases",
    "/v1/console/receipt-settings",
    "/v1/console/visits",
    "/v1/console/reviews",
    "/v1/console/products",
    "/v1/console/outlets",
    "/v1/console/devices",
    "/v1/console/audit",
    "/v1/console/series",
    "/v1/console/series/spring",
    "/v1/console/codes?text=spring:0:1",
];

#[tokio::test]
async fn nobody_reads_unused_codes_but_by_the_logged_export() {
    let world = World::new().await;
    staff(&world).await;
    let codes = typed_series(&world).await;
    assert!(codes.len() > 60, "with those that are never printed");
    for user in ["karen", "piotr", "soren"] {
        let browser = Browser::open(&world, user).await;
        for page in PAGES {
            let text = browser.get(page).await.body.to_string();
            let seen = codes.iter().find(|code| text.contains(code.as_str()));
            assert_eq!(seen, None, "{user} {page}");
        }
        for act in ["export", "sheet", "fill", "void", "ship"] {
            let path = format!("/v1/console/series/spring/{act}");
            if user != "karen" {
                assert_eq!(browser.post(&path, json!({})).await.status, 403, "{act}");
            }
        }
    }
    let mut phone = Device::phone(&world, 1, SELLER).await;
    for code in &codes[..3] {
        phone.run(&world, &claim_code(code)).await;
    }
    let others = Device::phone(&world, 2, MERCHANDISER).await;
    let terminal = Device::terminal(&world, 5).await;
    for device in [&others, &terminal] {
        let pulled = device.pull(&world, json!([]), 1 << 20).await;
        let text = serde_json::to_string(&pulled).unwrap();
        let seen = codes.iter().find(|code| text.contains(code.as_str()));
        assert_eq!(seen, None);
    }
    world.close().await;
}

#[tokio::test]
async fn an_export_holds_no_formula() {
    let world = World::new().await;
    let wish = SeriesWish {
        code: "-2".to_owned(),
        product: PRODUCT.to_owned(),
        kind: SeriesKind::Signed,
        pieces: 10,
        levels: [("+cmd|' /C calc'!A0".to_owned(), 10)].into(),
        serial_first: None,
        ends_ms: None,
    };
    let mut tx = world.begin().await;
    series::begin(&mut tx, &wish, "test").await.unwrap();
    let bytes = series::export(&mut tx, "-2", None, "test").await.unwrap();
    tx.commit().await.unwrap();
    let mut rows = csv::Reader::from_reader(bytes.as_slice());
    for row in rows.records() {
        for cell in &row.unwrap() {
            assert!(!cell.starts_with(['=', '+', '-', '@']), "{cell}");
        }
    }
    world.close().await;
}

/// A service during whose answer the receipt becomes somebody else's claim.
struct Slow(Arc<Store>);

const OTHERS_CLAIM: Uuid = Uuid::from_u128(0x77);

impl ReceiptVerifier for Slow {
    fn submit<'a>(
        &'a self,
        query: &'a FiscalQuery,
    ) -> BoxFuture<'a, Result<Ticket, VerifierAnswer>> {
        Box::pin(async move { Ok(Ticket(query.text())) })
    }

    fn poll<'a>(&'a self, _: &'a Ticket) -> BoxFuture<'a, VerifierAnswer> {
        Box::pin(async move {
            let mut tx = self.0.begin(PROGRAMME).await.unwrap();
            let keys: Vec<String> =
                db::query_scalar("SELECT id FROM entity WHERE kind = 'fiscal_check'")
                    .fetch_all(tx.conn())
                    .await
                    .unwrap();
            let mut check: FiscalCheck = tx.entity(&keys[0]).await.unwrap().unwrap();
            check.claim = OTHERS_CLAIM;
            let own = [Scope::Participant(check.claimant)];
            tx.put(&keys[0], &check, &own).await.unwrap();
            tx.commit().await.unwrap();
            VerifierAnswer::Permanent {
                why: "bad_question",
            }
        })
    }
}

#[tokio::test]
async fn an_answer_to_one_claim_says_nothing_about_the_next_one() {
    let mut stage = Stage::new().await;
    let key = stage.claim(&qr(31, 1, 1, TOTAL)).await;
    let slow = Arc::new(Slow(Arc::clone(&stage.world.store)));
    let robot = Robot::with(Arc::clone(&stage.world.store), slow);
    robot.look(START_MS).await.unwrap();
    let check = stage.check(&key).await;
    assert_eq!(
        (check.claim, check.state),
        (OTHERS_CLAIM, CheckState::Waiting)
    );
    stage.look(60_000).await;
    assert_eq!(stage.check(&key).await.state, CheckState::Verified);
    stage.world.close().await;
}

#[tokio::test]
async fn what_is_void_is_missing_in_the_pallet_once() {
    let world = World::new().await;
    let wish = SeriesWish {
        code: "spring".to_owned(),
        product: PRODUCT.to_owned(),
        kind: SeriesKind::Signed,
        pieces: 24,
        levels: [("carton".to_owned(), 3), ("pallet".to_owned(), 12)].into(),
        serial_first: None,
        ends_ms: None,
    };
    let mut tx = world.begin().await;
    series::begin(&mut tx, &wish, "test").await.unwrap();
    let parts = [(0, 4, 1), (1, 1, 1), (1, 1, 1), (1, 3, 1)];
    for (level, first, count) in parts {
        let range = Range {
            level,
            first,
            count,
        };
        series::void(&mut tx, "spring", Some(range), "test")
            .await
            .unwrap();
    }
    let void = async |tx: &mut Tx, place: &str| {
        let count = tx.entity::<NodeCount>(place).await.unwrap();
        count.unwrap_or_default().void
    };
    assert_eq!(void(&mut tx, "spring:1:1").await, 1);
    assert_eq!(void(&mut tx, "spring:2:0").await, 6);
    assert_eq!(void(&mut tx, "spring:2:1").await, 0);
    tx.commit().await.unwrap();
    world.close().await;
}
