//! Working in the console: decisions that move points once, prices that reach devices, lists and
//! their pages, one sale with its evidence.
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

#[tokio::test]
async fn pages_end_where_the_list_ends() {
    let world = World::new().await;
    staff(&world).await;
    let browser = Browser::open(&world, "karen").await;
    let path = "/v1/console/participants";
    let all = browser.get(path).await.body;
    let total = all["total"].as_i64().unwrap();
    assert_eq!(all["rows"].as_array().unwrap().len() as i64, total);
    let mut seen = Vec::new();
    for offset in (0..total).step_by(3) {
        let page = browser
            .get(&format!("{path}?offset={offset}&limit=3"))
            .await
            .body;
        assert_eq!(page["total"], total);
        seen.extend(page["rows"].as_array().unwrap().clone());
    }
    assert_eq!(&seen, all["rows"].as_array().unwrap());
    let beyond = browser.get(&format!("{path}?offset={total}")).await.body;
    assert_eq!(
        (&beyond["rows"], &beyond["total"]),
        (&json!([]), &json!(total))
    );
    for bad in [
        "limit=0",
        "limit=201",
        "offset=-1",
        "limit=x",
        "sort=body",
        "outlet=x",
    ] {
        let reply = browser.get(&format!("{path}?{bad}")).await;
        assert_eq!(
            (reply.status.as_u16(), reply.code()),
            (400, "bad_input"),
            "{bad}"
        );
    }
    let found = browser
        .get(&format!("{path}?q=s%C3%B8ren&role=seller"))
        .await
        .body;
    assert_eq!(
        (&found["total"], &found["rows"][0]["id"]),
        (&json!(1), &json!(SELLER))
    );
    assert_eq!(browser.get(&format!("{path}?q=%25")).await.body["total"], 0);
    world.close().await;
}

#[tokio::test]
async fn one_sale_shows_all_evidence_awards_and_its_end() {
    let world = World::new().await;
    staff(&world).await;
    let mut terminal = Device::terminal(&world, 1).await;
    let mut phone = Device::phone(&world, 2, SELLER).await;
    let sale = sale(Some(SELLER), 1, None);
    let id = sale.sale_id;
    terminal.run(&world, &Command::SaleRecord(sale)).await;
    world.clock.advance(1_000);
    phone.run(&world, &claim_code(CODE)).await;
    let browser = Browser::open(&world, "karen").await;
    let list = browser.get("/v1/console/sales").await.body;
    assert_eq!(
        (&list["total"], &list["rows"][0]["id"]),
        (&json!(1), &json!(id))
    );
    let one = browser.get(&format!("/v1/console/sales/{id}")).await.body;
    let evidence: Vec<&str> = one["units"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|unit| unit["evidence"].as_array().unwrap())
        .filter_map(|row| row["kind"].as_str())
        .collect();
    assert_eq!(evidence, ["till", "code"], "{one:#}");
    let awards: Vec<(&str, i64)> = one["awards"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|row| {
            Some((
                row["participant"]["name"].as_str()?,
                row["points"].as_i64()?,
            ))
        })
        .collect();
    let paid = [("Bo Berg", BUYER_POINTS), ("Søren Lund", SELLER_POINTS)];
    assert_eq!(awards, paid);
    let kinds: Vec<&str> = one["history"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|step| step["kind"].as_str())
        .collect();
    assert_eq!(kinds, ["sale.record", "claim.submit"]);

    let purchaser = Browser::open(&world, "soren").await;
    assert_eq!(purchaser.get("/v1/console/sales").await.body["total"], 0);
    assert_eq!(
        purchaser
            .get(&format!("/v1/console/sales/{id}"))
            .await
            .code(),
        "sale_unknown"
    );
    let claims = browser.get("/v1/console/claims").await.body;
    assert_eq!(claims["total"], 1, "{claims}");
    world.close().await;
}

#[tokio::test]
async fn the_overview_adds_up_and_a_code_makes_a_device() {
    let world = World::new().await;
    staff(&world).await;
    let mut terminal = Device::terminal(&world, 1).await;
    terminal
        .run(&world, &Command::SaleRecord(sale(Some(SELLER), 2, None)))
        .await;
    terminal.run(&world, &lease(terminal.id, 400)).await;
    report(&world, MERCHANDISER, 2, &[]).await;
    let browser = Browser::open(&world, "karen").await;
    let today = browser.get("/v1/console/overview").await.body;
    let held = 2 * (SELLER_POINTS + BUYER_POINTS) + TASK_POINTS;
    assert_eq!(today["issued"]["value"], held, "{today}");
    assert_eq!(today["liability"]["value"], held);
    assert_eq!(today["liability"]["series"].as_array().unwrap().len(), 31);
    assert_eq!(today["liability"]["series"][29], 0);
    assert_eq!(today["active"]["value"], 3);
    assert_eq!(today["exposure"]["value"], 400);
    assert_eq!(today["waiting"][0]["kind"], "reviews");
    let money = browser.get("/v1/console/leases").await.body;
    assert_eq!(
        (&money["held_points"], &money["leases"][0]["held_points"]),
        (&json!(400), &json!(400))
    );

    let wish = json!({"role": "terminal", "outlet": OUTLET});
    let code = browser.post("/v1/console/enrolments", wish).await.body;
    let text = code["text"].as_str().unwrap();
    let read = carrot_wire::enrol::EnrolmentCode::from_text(text).unwrap();
    assert_eq!(read.server, "http://console.example:8420");
    let (status, _) = world
        .post("/v1/enrol", None, enrolment(&read.secret, &key(9)))
        .await;
    assert_eq!(status, 200);
    let devices = browser.get("/v1/console/devices?role=terminal").await.body;
    assert_eq!(devices["total"], 2);
    let path = format!("/v1/console/devices/{}/revoke", terminal.id);
    assert_eq!(
        browser.post(&path, json!({})).await.body["status"],
        "revoked"
    );
    let wrong = browser
        .post(
            "/v1/console/enrolments",
            json!({"role": "phone", "outlet": OUTLET}),
        )
        .await;
    assert_eq!(wrong.code(), "bad_input");
    world.close().await;
}
