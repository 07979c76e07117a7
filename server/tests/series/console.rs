//! What a manager does with series in the console.

use carrot_rules::Account;
use carrot_rules::entity::Node;
use serde_json::json;

use super::common::*;
use super::console_support::*;
use super::{claim, with_series};

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
    world.close().await;
}

#[tokio::test]
async fn f015_what_leaves_the_house_and_what_comes_back_is_in_the_log() {
    let world = with_series().await;
    staff(&world).await;
    let browser = Browser::open(&world, "karen").await;
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
        (&json!(999), &json!(1), &json!(0))
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
