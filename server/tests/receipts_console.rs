//! Receipts on the console: the queue, a decision that is remembered, the service's settings.

mod common;
mod console_support;
mod receipts_support;

use carrot_fakes::{GOODS_GTIN, qr};
use carrot_rules::entity::CheckState;
use console_support::*;
use receipts_support::*;
use serde_json::json;

use common::*;

#[tokio::test]
async fn a_person_names_the_goods_and_the_spelling_is_remembered() {
    let mut stage = Stage::new().await;
    staff(&stage.world).await;
    let first = stage.claim(&qr(10, 10, 1, TOTAL)).await;
    let second = stage.claim(&qr(11, 10, 2, TOTAL)).await;
    let without = stage.claim(&qr(12, 9, 3, TOTAL)).await;
    stage.look(0).await;
    let browser = Browser::open(&stage.world, "piotr").await;
    let list = browser
        .get("/v1/console/receipts?state=review&sort=-at&limit=2")
        .await;
    assert_eq!(list.body["total"], 3, "{}", list.body);
    assert_eq!(list.body["rows"].as_array().unwrap().len(), 2);
    let path = format!("/v1/console/receipts/{first}");
    let one = browser.get(&path).await.body;
    assert_eq!(one["receipt"]["why"], "product_not_on_receipt");
    assert_eq!(one["receipt"]["answer"], "found");
    assert_eq!(one["check"]["found"]["lines"][0]["amount_minor"], 259_800);
    assert!(!one.to_string().contains("кассир"));

    let choice = json!({"choices": [{"line": 0, "product": GOODS_GTIN}], "reason": "as on the shelf", "remember": true});
    let done = browser
        .post(&format!("{path}/decide"), choice.clone())
        .await;
    assert_eq!(done.status, 200, "{}", done.body);
    assert_eq!(done.body["receipt"]["receipt"]["state"], "verified");
    assert_eq!(done.body["settled"], 1);
    assert_eq!(stage.check(&second).await.state, CheckState::Verified);
    // Chosen by a person it counts; by a name alone somebody looks at the points.
    assert_eq!(stage.points().await, (2 * PIECE_POINTS, 2 * PIECE_POINTS));
    let again = browser.post(&format!("{path}/decide"), choice).await;
    assert_eq!(again.status, 409);
    assert_eq!(again.code(), "receipt_settled");
    let names = browser.get("/v1/console/receipt-aliases").await.body;
    assert_eq!(names[0]["product"]["id"], GOODS_GTIN);

    let path = format!("/v1/console/receipts/{without}/decide");
    let refuse = json!({"choices": [], "reason": "", "remember": false});
    assert_eq!(browser.post(&path, refuse).await.code(), "bad_input");
    let refuse = json!({"choices": [], "reason": "no goods of ours", "remember": false});
    assert_eq!(browser.post(&path, refuse).await.status, 200);
    assert_eq!(
        stage.line(&without).await,
        words("rejected", "refused_by_reviewer")
    );
    stage.world.close().await;
}

#[tokio::test]
async fn the_token_is_written_and_never_shown_and_only_managers_set_it() {
    let mut stage = Stage::new().await;
    staff(&stage.world).await;
    let approver = Browser::open(&stage.world, "piotr").await;
    let path = "/v1/console/receipt-settings";
    assert_eq!(approver.get(path).await.status, 403);
    let manager = Browser::open(&stage.world, "karen").await;
    let mut settings = manager.get(path).await.body;
    assert_eq!(settings["has_token"], true);
    settings["alias_counts"] = json!(true);
    settings["cashier_at"] = json!([{"outlet": OUTLET, "signal": "review"}]);
    let wish = json!({"settings": settings, "token": "quite-secret"});
    let done = manager.post(path, wish).await;
    assert_eq!(done.status, 200, "{}", done.body);
    assert!(!done.body.to_string().contains("quite-secret"));
    assert_eq!(done.body["alias_counts"], true);
    let audit = manager.get("/v1/console/audit").await.body.to_string();
    assert!(audit.contains("receipt.settings") && !audit.contains("quite-secret"));
    settings["url"] = json!("ftp://example.org");
    let wish = json!({"settings": settings, "token": null});
    assert_eq!(manager.post(path, wish).await.code(), "bad_input");
    let mark = format!("/v1/console/participants/{SELLER}/cashier");
    let texts = json!({"texts": ["Somebody Else", "770000000009"]});
    assert_eq!(manager.post(&mark, texts).await.body, json!(2));
    // The claimant is not the cashier: the points wait, and the list says why.
    let key = stage.claim(&qr(13, 1, 1, TOTAL)).await;
    stage.look(0).await;
    assert_eq!(stage.points().await, (0, 2 * PIECE_POINTS));
    let approver = Browser::open(&stage.world, "piotr").await;
    let one = approver.get(&format!("/v1/console/receipts/{key}")).await;
    assert_eq!(one.body["receipt"]["signals"], json!(["cashier_review"]));
    stage.world.close().await;
}

#[tokio::test]
async fn retry_asks_at_once() {
    let mut stage = Stage::new().await;
    staff(&stage.world).await;
    stage.fake.set_down(true);
    let key = stage.claim(&qr(14, 1, 1, TOTAL)).await;
    stage.look(0).await;
    stage.fake.set_down(false);
    stage.look(1_000).await;
    assert_eq!(stage.points().await, (0, 0));
    let browser = Browser::open(&stage.world, "piotr").await;
    let path = format!("/v1/console/receipts/{key}/retry");
    let answer = browser.post(&path, json!({})).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let unknown = "/v1/console/receipts/ru:1:1:1/retry";
    let unknown = browser.post(unknown, json!({})).await;
    assert_eq!(unknown.code(), "receipt_unknown");
    stage.look(0).await;
    assert_eq!(stage.points().await, (2 * PIECE_POINTS, 0));
    stage.world.close().await;
}

#[tokio::test]
async fn f019_an_electronic_receipt_is_read_and_nothing_else_is() {
    let stage = Stage::new().await;
    staff(&stage.world).await;
    let part = |text: &str| carrot_wire::crypto::encode(text.as_bytes());
    let body = json!({"nrUnik": "EAZ1801234567", "nrDok": 15021, "zakSprzed": "2026-03-02T18:01:00",
        "suma": 19.99, "pozycja": [{"nazwa": "Kawa", "ilosc": 1, "wartosc": "19,99"}]});
    let (header, body) = (part("{\"alg\":\"EdDSA\"}"), part(&body.to_string()));
    let file = format!("{header}.{body}.{}", part(&"s".repeat(64)));
    let base64 = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, file);
    let browser = Browser::open(&stage.world, "piotr").await;
    let path = "/v1/console/receipt-recognition";
    let wish = json!({"recogniser": "paragon", "file_base64": base64, "photo": null});
    let read = browser.post(path, wish.clone()).await;
    assert_eq!(read.status, 200, "{}", read.body);
    assert_eq!(read.body["candidate"]["certainty"], "form");
    assert_eq!(read.body["candidate"]["total_minor"], 1_999);
    assert_eq!(read.body["known"], false);
    // With a key, a signature that it did not make is refused.
    let mut tx = stage.world.begin().await;
    let key = format!("EdDSA:{}", "ab".repeat(32));
    tx.put_paragon_key(&key).await.unwrap();
    tx.commit().await.unwrap();
    let forged = browser.post(path, wish).await;
    assert_eq!(forged.code(), "not_recognised");
    assert_eq!(forged.body["error"]["params"]["why"], "forged");
    let none = json!({"recogniser": "ocr", "file_base64": null, "photo": "ab".repeat(32)});
    assert_eq!(browser.post(path, none).await.code(), "photo_unknown");
    stage.world.close().await;
}
