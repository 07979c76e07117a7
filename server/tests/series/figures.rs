//! The console's codes: a series in figures, typed codes made in steps, one code looked up with what
//! holds it, and a trial of a name on receipts.
use serde_json::json;

use super::common::*;
use super::console_support::*;
use super::{claim, with_series};

#[tokio::test]
async fn a_series_is_told_in_pieces_each_counted_once() {
    let world = World::new().await;
    staff(&world).await;
    let browser = Browser::open(&world, "karen").await;
    let wish = json!({"code": "spring", "product": PRODUCT, "kind": "signed", "pieces": 255,
        "levels": {"carton": 10, "pallet": 100}});
    let made = browser.post("/v1/console/series", wish).await;
    assert_eq!(
        (made.status.as_u16(), &made.body["codes"]),
        (200, &json!(255))
    );
    for part in [
        json!({"level": 2, "first": 2, "count": 1}),
        json!({"level": 1, "first": 20, "count": 1}),
        json!({"level": 0, "first": 3, "count": 1}),
    ] {
        let wish = json!({"part": part, "outlet": OUTLET});
        let sent = browser.post("/v1/console/series/spring/ship", wish).await;
        assert_eq!(sent.status.as_u16(), 200, "{}", sent.body);
    }
    let stop = json!({"part": {"level": 1, "first": 1, "count": 1}, "reason": "fell off the van"});
    let stopped = browser.post("/v1/console/series/spring/void", stop).await;
    assert_eq!(stopped.status.as_u16(), 200, "{}", stopped.body);
    let page = browser.get("/v1/console/series").await.body;
    let figures = json!({"printed": 255, "shipped": 56, "scanned": 0, "returned": 0, "void": 10});
    assert_eq!(page["rows"][0]["figures"], figures);
    assert_eq!(page["rows"][0]["product"]["id"], PRODUCT);
    let log = browser.get("/v1/console/audit?limit=50").await.body;
    assert!(log.to_string().contains("fell off the van"));

    let found = browser.get("/v1/console/codes?text=spring:0:14").await.body;
    let states: Vec<_> = found["places"]
        .as_array()
        .unwrap()
        .iter()
        .map(|place| place["state"].clone())
        .collect();
    assert_eq!(states, ["printed", "void", "printed"]);
    assert_eq!(found["places"][1]["number"], 2);
    assert_eq!(found["state"], "void");
    let sent = browser.get("/v1/console/codes?text=spring:2:2").await.body;
    assert_eq!(
        (&sent["state"], &sent["pieces"]),
        (&json!("shipped"), &json!(55))
    );
    for nothing in ["spring:0:255", "autumn:0:1", "spring"] {
        let reply = browser
            .get(&format!("/v1/console/codes?text={nothing}"))
            .await;
        assert_eq!(
            (reply.status.as_u16(), reply.code()),
            (404, "code_unknown"),
            "{nothing}"
        );
    }
    world.close().await;
}

#[tokio::test]
async fn a_code_in_a_claimed_carton_tells_who_claimed_it() {
    let world = with_series().await;
    staff(&world).await;
    let mut phone = Device::phone(&world, 1, SELLER).await;
    claim(&world, &mut phone, 1, 7).await;
    let browser = Browser::open(&world, "karen").await;
    let found = browser.get("/v1/console/codes?text=spring:0:73").await.body;
    assert_eq!(found["places"][1]["state"], "claimed");
    assert_eq!(found["state"], "claimed");
    assert_eq!(found["claimed_by"]["id"], json!(SELLER));
    assert_eq!(found["evidence"][0]["kind"], "code");
    let page = browser.get("/v1/console/series").await.body;
    assert_eq!(page["rows"][0]["figures"]["scanned"], 10);
    world.close().await;
}

#[tokio::test]
async fn many_typed_codes_are_made_in_steps() {
    let world = World::new().await;
    staff(&world).await;
    let browser = Browser::open(&world, "karen").await;
    let wish = json!({"code": "winter", "product": PRODUCT, "kind": "typed", "pieces": 20_500, "levels": {}});
    let made = browser.post("/v1/console/series", wish).await;
    assert_eq!(
        (made.status.as_u16(), &made.body["codes"]),
        (200, &json!(20_000))
    );
    let fill = browser
        .post("/v1/console/series/winter/fill", json!({}))
        .await;
    assert_eq!(fill.body, json!({"codes": 20_500, "wanted": 20_500}));
    let none = browser
        .post("/v1/console/series/autumn/fill", json!({}))
        .await;
    assert_eq!(none.code(), "series_unknown");
    let approver = Browser::open(&world, "piotr").await;
    let refused = approver
        .post("/v1/console/series/winter/fill", json!({}))
        .await;
    assert_eq!(refused.code(), "not_permitted");
    world.close().await;
}

#[tokio::test]
async fn trials_change_nothing() {
    let world = World::new().await;
    staff(&world).await;
    let browser = Browser::open(&world, "karen").await;
    let trial = browser
        .post(
            "/v1/console/receipt-aliases/preview",
            json!({"name": "Кофе ЗЕРНО 1кг"}),
        )
        .await;
    assert_eq!(trial.body["receipts"], json!([]));
    assert!(trial.body["pattern"].as_str().unwrap().contains('1'));
    let short = browser
        .post("/v1/console/receipt-aliases/preview", json!({"name": "a"}))
        .await;
    assert_eq!(short.code(), "bad_input");
    let test = browser
        .post("/v1/console/receipt-settings/test", json!({}))
        .await;
    assert_eq!(test.code(), "receipt_service_missing");
    let names = browser.get("/v1/console/receipt-aliases").await.body;
    assert_eq!(names, json!([]));
    world.close().await;
}
