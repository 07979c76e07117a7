//! Working in the console: decisions that move points once, prices that reach devices.
mod common;
mod console_support;

use carrot_rules::Command;
use carrot_rules::command::VisitRecord;
use carrot_server::store::BlobRow;
use common::*;
use console_support::*;
use serde_json::{Value, json};
use uuid::Uuid;

fn visit(photos: &[&str]) -> VisitRecord {
    VisitRecord {
        visit_id: Uuid::new_v4(),
        stop: None,
        task: "SHELF".to_owned(),
        checked_in_ms: START_MS,
        checklist: Vec::new(),
        photos: photos.iter().map(|hash| (*hash).to_owned()).collect(),
        note: "two facings".to_owned(),
        shelf: Vec::new(),
    }
}

async fn report(world: &World, person: Uuid, seed: u8, photos: &[&str]) -> String {
    let mut phone = Device::phone(world, seed, person).await;
    let visit = visit(photos);
    let id = format!("visit:{}", visit.visit_id);
    phone.run(world, &Command::VisitRecord(visit)).await;
    id
}

#[tokio::test]
async fn a_decision_moves_points_once_even_when_sent_twice() {
    let world = World::new().await;
    staff(&world).await;
    let review = report(&world, MERCHANDISER, 1, &[]).await;
    let browser = Browser::open(&world, "piotr").await;
    let list = browser.get("/v1/console/reviews").await.body;
    assert_eq!(
        (&list["total"], &list["rows"][0]["id"]),
        (&json!(1), &json!(review))
    );
    let detail = browser
        .get(&format!("/v1/console/reviews/{review}"))
        .await
        .body;
    assert_eq!(detail["visit"]["note"], "two facings");
    assert_eq!(detail["review"]["participant"]["name"], "Marta Nowak");

    let path = format!("/v1/console/reviews/{review}/decide");
    let approve = json!({"approve": true, "reason": ""});
    let first = browser.post(&path, approve.clone()).await;
    assert_eq!(first.status, 200, "{}", first.body);
    assert_eq!(
        first.body,
        json!({"status": "approved", "points": TASK_POINTS, "open": 0})
    );
    let second = browser.post(&path, approve).await;
    assert_eq!(
        (second.status.as_u16(), second.code()),
        (409, "review_closed")
    );
    let change = browser
        .post(&path, json!({"approve": false, "reason": "no"}))
        .await;
    assert_eq!(change.code(), "review_closed");
    assert_eq!(
        (
            world.active(MERCHANDISER).await,
            world.pending(MERCHANDISER).await
        ),
        (TASK_POINTS, 0)
    );
    world.close().await;
}

#[tokio::test]
async fn a_claim_is_reviewed_with_its_evidence() {
    let world = World::new().await;
    staff(&world).await;
    let mut phone = Device::phone(&world, 1, SELLER).await;
    phone.run(&world, &claim_receipt("DK:1:2:3")).await;
    let browser = Browser::open(&world, "piotr").await;
    let list = browser.get("/v1/console/reviews?kind=claim").await.body;
    let id = list["rows"][0]["id"].as_str().unwrap();
    let detail = browser.get(&format!("/v1/console/reviews/{id}")).await.body;
    assert_eq!(detail["evidence"][0]["kind"], "receipt", "{detail:#}");
    assert_eq!(detail["evidence"][0]["by"]["name"], "Søren Lund");
    assert_eq!(detail["product"]["name"]["en"], "Drill");
    assert_eq!(detail["activity"]["because"][0]["code"], "awaits_review");
    let path = format!("/v1/console/reviews/{id}/decide");
    let done = browser
        .post(&path, json!({"approve": true, "reason": ""}))
        .await;
    assert_eq!(done.status, 200, "{}", done.body);
    assert_eq!(world.active(SELLER).await, SELLER_POINTS);
    world.close().await;
}

#[tokio::test]
async fn nobody_approves_a_photo_that_has_not_arrived() {
    let world = World::new().await;
    staff(&world).await;
    let hash = "cd".repeat(32);
    let review = report(&world, MERCHANDISER, 1, &[&hash]).await;
    let browser = Browser::open(&world, "karen").await;
    let path = format!("/v1/console/reviews/{review}/decide");
    let approve = json!({"approve": true, "reason": ""});
    let early = browser.post(&path, approve.clone()).await;
    assert_eq!((early.status.as_u16(), early.code()), (409, "awaits_photo"));
    assert_eq!(world.pending(MERCHANDISER).await, TASK_POINTS);

    let photo = format!("/v1/console/photos/{hash}");
    assert_eq!(browser.get(&photo).await.code(), "photo_unknown");
    let file = world.store.blob_path(&hash);
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(&file, b"jpeg").unwrap();
    let row = BlobRow {
        sha256: hash.clone(),
        size: 4,
        mime: "image/jpeg".to_owned(),
        device: None,
    };
    let mut tx = world.begin().await;
    tx.put_blob(&row).await.unwrap();
    tx.commit().await.unwrap();
    let detail = browser
        .get(&format!("/v1/console/reviews/{review}"))
        .await
        .body;
    assert_eq!(detail["visit"]["photos"][0]["url"], photo);
    let shown = browser.get(&photo).await;
    assert_eq!(shown.headers["content-type"], "image/jpeg");
    assert_eq!(browser.post(&path, approve).await.status, 200);
    world.close().await;
}

#[tokio::test]
async fn a_refusal_needs_a_reason_and_is_not_for_ones_own_work() {
    let world = World::new().await;
    staff(&world).await;
    let review = report(&world, MERCHANDISER, 1, &[]).await;
    let own = report(&world, MANAGER, 2, &[]).await;
    let browser = Browser::open(&world, "karen").await;
    let path = format!("/v1/console/reviews/{review}/decide");
    let silent = browser
        .post(&path, json!({"approve": false, "reason": "  "}))
        .await;
    assert_eq!(silent.code(), "bad_input");
    let said = browser
        .post(&path, json!({"approve": false, "reason": "another shelf"}))
        .await;
    assert_eq!(said.body["status"], "refused", "{}", said.body);
    assert_eq!(
        (
            world.active(MERCHANDISER).await,
            world.pending(MERCHANDISER).await
        ),
        (0, 0)
    );

    let path = format!("/v1/console/reviews/{own}/decide");
    let own = browser
        .post(&path, json!({"approve": true, "reason": ""}))
        .await;
    assert_eq!((own.status.as_u16(), own.code()), (403, "not_permitted"));
    assert_eq!(world.pending(MANAGER).await, TASK_POINTS);
    let nothing = browser.post(
        "/v1/console/reviews/visit:x/decide",
        json!({"approve": true, "reason": ""}),
    );
    assert_eq!(nothing.await.status, 404);
    world.close().await;
}

fn change(buyer: i64, seller: i64) -> Value {
    json!({"product": PRODUCT, "buyer_points": buyer, "seller_points": seller})
}

#[tokio::test]
async fn published_points_reach_devices_and_preview_writes_nothing() {
    let world = World::new().await;
    staff(&world).await;
    let mut terminal = Device::terminal(&world, 1).await;
    let browser = Browser::open(&world, "karen").await;
    let wish = json!({"changes": [change(12, 130)], "version": 1});
    let preview = browser
        .post("/v1/console/products/preview", wish.clone())
        .await
        .body;
    assert_eq!(
        (&preview["version"], &preview["changed"]),
        (&json!(2), &json!(1)),
        "{preview}"
    );
    assert_eq!(preview["steps"][0]["seller_before"], SELLER_POINTS);
    assert_eq!(browser.get("/v1/console/products").await.body["version"], 1);

    let done = browser
        .post("/v1/console/products/publish", wish.clone())
        .await;
    assert_eq!((done.status.as_u16(), &done.body), (200, &preview));
    let late = browser.post("/v1/console/products/publish", wish).await;
    assert_eq!(
        (late.status.as_u16(), late.code()),
        (409, "price_list_changed")
    );
    let same = json!({"changes": [change(12, 130)]});
    let same = browser.post("/v1/console/products/publish", same).await;
    assert_eq!(same.code(), "nothing_to_publish");

    let reply = terminal.pull(&world, json!([]), 1_000_000).await;
    let texts: Vec<&String> = reply.scopes.iter().flat_map(|page| &page.changes).collect();
    let newest = |part: &str| {
        texts
            .iter()
            .rev()
            .find(|text| text.contains(part))
            .unwrap()
            .as_str()
    };
    assert!(newest(PRODUCT).contains("\"seller_points\":130"));
    assert!(newest("rule_set").contains("\"version\":2"));
    let sale = sale(Some(SELLER), 1, None);
    terminal.run(&world, &Command::SaleRecord(sale)).await;
    assert_eq!(
        world.active(SELLER).await + world.pending(SELLER).await,
        130
    );
    let audit = browser
        .get("/v1/console/audit?action=price_list.publish")
        .await
        .body;
    assert_eq!(
        (&audit["total"], &audit["rows"][0]["actor"]["id"]),
        (&json!(1), &json!(MANAGER))
    );
    world.close().await;
}

#[tokio::test]
async fn points_that_cannot_be_meant_are_refused() {
    let world = World::new().await;
    staff(&world).await;
    let browser = Browser::open(&world, "karen").await;
    let unknown = json!({"product": "00000000000000", "buyer_points": 1, "seller_points": 1});
    let cases = [
        (json!({"changes": []}), "bad_input"),
        (json!({"changes": [change(-1, 0)]}), "bad_input"),
        (json!({"changes": [change(0, 100_001)]}), "bad_input"),
        (
            json!({"changes": [change(1, 1), change(2, 2)]}),
            "bad_input",
        ),
        (
            json!({"changes": [change(11, 11), unknown]}),
            "unknown_product",
        ),
        (json!({"changes": "all"}), "bad_input"),
    ];
    for (wish, code) in cases {
        let reply = browser
            .post("/v1/console/products/publish", wish.clone())
            .await;
        assert_eq!(reply.code(), code, "{wish}");
    }
    let list = browser.get("/v1/console/products").await.body;
    assert_eq!(
        (&list["version"], &list["page"]["rows"][0]["buyer_points"]),
        (&json!(1), &json!(BUYER_POINTS))
    );
    world.close().await;
}
