//! The console's lists: pages, searches, one sale with its evidence, the day's figures, devices.
mod common;
mod console_support;

use carrot_rules::Command;
use carrot_rules::command::VisitRecord;
use common::*;
use console_support::*;
use serde_json::json;
use uuid::Uuid;

async fn visit(world: &World, person: Uuid, seed: u8) {
    let visit = VisitRecord {
        visit_id: Uuid::new_v4(),
        stop: None,
        task: "SHELF".to_owned(),
        checked_in_ms: START_MS,
        checklist: Vec::new(),
        photos: Vec::new(),
        note: String::new(),
        shelf: Vec::new(),
    };
    let mut phone = Device::phone(world, seed, person).await;
    phone.run(world, &Command::VisitRecord(visit)).await;
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
    visit(&world, MERCHANDISER, 2).await;
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
    let clear = format!("/v1/console/leases/{}/clear", terminal.id);
    let nothing_lost = json!({"loss_points": 0, "reason": "looked"});
    assert_eq!(browser.post(&clear, nothing_lost).await.code(), "bad_input");

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
