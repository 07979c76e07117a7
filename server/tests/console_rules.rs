//! Rule sets on the console: checking and publishing drafts, budgets in the books, and replaying a
//! draft over what was recorded.

mod common;
mod console_support;

use carrot_rules::command::SaleVoid;
use carrot_rules::entity::ONLY;
use carrot_rules::{Account, Command, RuleSet, Transfer};
use carrot_server::books::verify_ledger;
use common::*;
use console_support::*;
use serde_json::{Value, json};
use uuid::Uuid;

/// A set with one rule for sellers: so many points for each piece of a brand.
fn draft(version: i64, points: i64) -> Value {
    let mut set = serde_json::to_value(rules()).unwrap();
    set["version"] = json!(version);
    set["rules"] = json!([{"id": "brand", "trigger": "sale",
        "when": {"is": {"field": "brand", "in": ["Brand"]}},
        "effect": {"per_unit": {"points": points}},
        "to": [{"who": "seller", "share_bp": 10_000}]}]);
    set
}

fn with_budget(version: i64, points: i64) -> Value {
    let mut set = draft(version, 5);
    set["rules"][0]["budget"] = json!("spring");
    set["budgets"] = json!([{"id": "spring", "points": points}]);
    set
}

async fn publish(browser: &Browser<'_>, set: &Value, note: &str) -> Reply {
    let wish = json!({"text": set.to_string(), "note": note});
    browser.post("/v1/console/rules/publish", wish).await
}

async fn in_force(world: &World) -> RuleSet {
    let set = world.store.entity::<RuleSet>(PROGRAMME, ONLY).await;
    set.unwrap().unwrap()
}

fn spring() -> Account {
    "budget:spring".parse().unwrap()
}

#[tokio::test]
async fn f002_a_draft_is_published_and_listed_with_who_and_why() {
    let world = World::new().await;
    staff(&world).await;
    let karen = Browser::open(&world, "karen").await;
    let done = publish(&karen, &draft(2, 7), "Spring push").await;
    assert_eq!(done.status, 200, "{}", done.body);
    assert_eq!(
        (&done.body["version"], &done.body["rules"]),
        (&json!(2), &json!(1))
    );
    let now = karen.get("/v1/console/rules").await.body;
    assert_eq!(now["version"], 2);
    assert_eq!(now["set"]["rules"][0]["id"], "brand");
    let listed = karen.get("/v1/console/rules/versions").await.body;
    let first = &listed["versions"][0];
    assert_eq!(
        (&first["version"], &first["note"]),
        (&json!(2), &json!("Spring push"))
    );
    assert_eq!(first["by"]["id"], MANAGER.to_string());
    assert_eq!(first["rules_changed"], true);
    world.close().await;
}

#[tokio::test]
async fn f002_local_days_follow_the_programmes_time_zone() {
    let world = World::new().await;
    staff(&world).await;
    let karen = Browser::open(&world, "karen").await;
    let mut set = draft(2, 7);
    set["zone"] = json!([{"from_ms": 0, "offset_s": 12}]);
    assert_eq!(publish(&karen, &set, "").await.status, 200);
    let zone = in_force(&world).await.zone;
    // Denmark, two years back and ten ahead, two changes in each.
    assert_eq!(zone.len(), 25);
    assert!(
        zone.iter()
            .all(|step| [3_600, 7_200].contains(&step.offset_s))
    );
    world.close().await;
}

#[tokio::test]
async fn f002_what_stands_against_a_draft_is_told_with_its_place_and_nothing_is_written() {
    let world = World::new().await;
    staff(&world).await;
    let karen = Browser::open(&world, "karen").await;
    let mut bad = draft(2, 7);
    bad["rules"][0]["when"]["is"]["in"] = json!(["Nobody's"]);
    let checked = karen
        .post("/v1/console/rules/check", json!({"text": bad.to_string()}))
        .await
        .body;
    assert_eq!(checked["publishable"], false);
    let place = checked["problems"][0]["pointer"].as_str().unwrap();
    assert!(place.starts_with("/rules/0/when/is"), "{place}");
    let refused = publish(&karen, &bad, "").await;
    assert_eq!(
        (refused.status.as_u16(), refused.code()),
        (409, "rules_refused")
    );
    assert_eq!(
        refused.body["error"]["params"]["problems"],
        checked["problems"]
    );
    let late = publish(&karen, &draft(5, 7), "").await;
    assert_eq!(late.code(), "rules_changed");
    assert_eq!(late.body["error"]["params"]["version"], 1);
    let text = json!({"text": "{ \"version\": "});
    let unread = karen.post("/v1/console/rules/check", text).await.body;
    assert_eq!(unread["problems"][0]["code"], "not_json");
    let good = json!({"text": draft(2, 7).to_string()});
    let good = karen.post("/v1/console/rules/check", good).await.body;
    assert_eq!(
        (&good["publishable"], &good["next_version"]),
        (&json!(true), &json!(2))
    );
    assert_eq!(in_force(&world).await.version, 1);
    let listed = karen.get("/v1/console/rules/versions").await.body;
    assert_eq!(listed["versions"], json!([]));
    world.close().await;
}

#[tokio::test]
async fn f002_only_managers_publish() {
    let world = World::new().await;
    staff(&world).await;
    let piotr = Browser::open(&world, "piotr").await;
    assert_eq!(
        publish(&piotr, &draft(2, 7), "").await.code(),
        "not_permitted"
    );
    let soren = Browser::open(&world, "soren").await;
    assert_eq!(soren.get("/v1/console/rules").await.code(), "not_permitted");
    assert_eq!(in_force(&world).await.version, 1);
    world.close().await;
}

#[tokio::test]
async fn f009_budgets_are_put_aside_grow_and_give_back_what_was_not_spent() {
    let world = World::new().await;
    staff(&world).await;
    let karen = Browser::open(&world, "karen").await;
    let first = publish(&karen, &with_budget(2, 1_000), "").await;
    assert_eq!(first.body["funded_points"], 1_000, "{}", first.body);
    assert_eq!(world.balance(spring()).await, 1_000);
    assert_eq!(
        publish(&karen, &with_budget(3, 1_500), "").await.status,
        200
    );
    assert_eq!(world.balance(spring()).await, 1_500);
    let mut tx = world.begin().await;
    let legs = [(spring(), -600), (Account::active(SELLER), 600)];
    let spent = Transfer::points("award", &legs).unwrap();
    tx.book(Uuid::new_v4(), START_MS, &spent).await.unwrap();
    tx.commit().await.unwrap();
    let too_little = publish(&karen, &with_budget(4, 599), "").await;
    assert_eq!(too_little.status, 409, "{}", too_little.body);
    assert_eq!(world.balance(spring()).await, 900);
    let back = publish(&karen, &with_budget(4, 610), "").await;
    assert_eq!(back.body["funded_points"], -890, "{}", back.body);
    assert_eq!(world.balance(spring()).await, 10);
    // Dropped and named again: the books remember what was put aside.
    assert_eq!(publish(&karen, &draft(5, 7), "").await.status, 200);
    let again = publish(&karen, &with_budget(6, 700), "").await;
    assert_eq!(again.body["funded_points"], 90, "{}", again.body);
    // Of the transfers that no command gave, only the test's own award is at fault.
    let report = verify_ledger(&world.store).await.unwrap();
    assert_eq!(report.books.faults.len(), 1, "{:?}", report.books.faults);
    world.close().await;
}

/// The newest replay once it has ended.
async fn ended(browser: &Browser<'_>) -> Value {
    for _ in 0..600 {
        let state = browser.get("/v1/console/rules/replay").await.body;
        if state["phase"] != "running" {
            return state;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the replay does not end");
}

#[tokio::test]
async fn f013_a_draft_is_replayed_over_what_was_recorded() {
    let world = World::new().await;
    staff(&world).await;
    let karen = Browser::open(&world, "karen").await;
    assert_eq!(
        karen.get("/v1/console/rules/replay").await.body["phase"],
        "none"
    );
    let mut terminal = Device::terminal(&world, 1).await;
    for pieces in [1, 2] {
        let sold = Command::SaleRecord(sale(Some(SELLER), pieces, None));
        terminal.run(&world, &sold).await;
    }
    let cancelled = sale(Some(SELLER), 5, None);
    let sale_id = cancelled.sale_id;
    terminal.run(&world, &Command::SaleRecord(cancelled)).await;
    terminal
        .run(&world, &Command::SaleVoid(SaleVoid { sale_id }))
        .await;
    let mut phone = Device::phone(&world, 2, RIVAL).await;
    phone.run(&world, &claim_code(CODE)).await;
    let mut booked = 0;
    for person in [SELLER, BUYER, RIVAL] {
        booked += world.active(person).await + world.pending(person).await;
    }

    let wish = json!({"text": draft(2, 1_000).to_string()});
    let started = karen.post("/v1/console/rules/replay", wish).await;
    assert_eq!(started.status, 200, "{}", started.body);
    let state = ended(&karen).await;
    assert_eq!(state["phase"], "done", "{state}");
    assert_eq!(state["taken"], state["total"]);
    let report = &state["report"];
    assert_eq!(report["events"], 3, "{report}");
    // The rules in force come to what the books have.
    assert_eq!(report["current"]["given"]["points"], booked);
    // Four pieces more by the draft.
    assert_eq!(report["draft"]["given"]["points"], booked + 4_000);
    assert_eq!(report["people"]["gain"], 2);
    let winner = &report["winners"][0];
    assert_eq!(winner["participant"], SELLER.to_string());
    assert_eq!(winner["change_points"], 3_000);
    let names = state["names"].as_array().unwrap();
    assert!(
        names
            .iter()
            .any(|named| named["id"] == winner["participant"])
    );
    assert_eq!(in_force(&world).await.version, 1);
    world.close().await;
}

#[tokio::test]
async fn f013_a_replay_needs_a_draft_that_can_be_published_and_can_be_cancelled() {
    let world = World::new().await;
    staff(&world).await;
    let karen = Browser::open(&world, "karen").await;
    let wish = json!({"text": "{}"});
    let refused = karen.post("/v1/console/rules/replay", wish).await;
    assert_eq!(refused.code(), "rules_refused");
    let piotr = Browser::open(&world, "piotr").await;
    let wish = json!({"text": draft(2, 7).to_string()});
    let denied = piotr.post("/v1/console/rules/replay", wish.clone()).await;
    assert_eq!(denied.code(), "not_permitted");
    assert_eq!(
        karen.post("/v1/console/rules/replay", wish).await.status,
        200
    );
    let cancelled = karen
        .post("/v1/console/rules/replay/cancel", json!({}))
        .await;
    assert_eq!(cancelled.status, 200);
    let phase = ended(&karen).await["phase"].clone();
    assert!(phase == "cancelled" || phase == "done", "{phase}");
    world.close().await;
}
