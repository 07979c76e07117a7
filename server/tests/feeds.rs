//! Pulling: pages without gaps, digests that agree, and nobody else's scopes.
mod common;

use carrot_rules::command::LeaseReturn;
use carrot_rules::entity::Lease;
use carrot_rules::{Account, Command, Scope};
use carrot_server::store::DeviceRole;
use carrot_wire::pull::PullReply;
use carrot_wire::{PROTO, PROTO_FLOOR};
use common::*;
use serde_json::json;

#[tokio::test]
async fn small_pages_and_one_large_page_say_the_same() {
    let world = World::new().await;
    let mut till = Device::terminal(&world, 1).await;
    for _ in 0..3 {
        till.run(&world, &Command::SaleRecord(sale(Some(SELLER), 1, None)))
            .await;
    }
    let (mut small, mut large) = (Follower::default(), Follower::default());
    assert!(small.follow(&world, &till, 1).await > 5);
    assert_eq!(large.follow(&world, &till, 1 << 20).await, 1);
    assert_eq!(small.scopes, large.scopes);
    till.run(&world, &Command::SaleRecord(sale(None, 1, None)))
        .await;
    small.follow(&world, &till, 300).await;
    large.follow(&world, &till, 1 << 20).await;
    assert_eq!(small.scopes, large.scopes);
    world.close().await;
}

#[tokio::test]
async fn a_lease_that_moves_to_another_outlet_shows_there_what_is_left_of_it() {
    let world = World::new().await;
    let mut till = Device::terminal(&world, 1).await;
    till.run(&world, &lease(till.id, 300)).await;
    let mut tx = world.begin().await;
    let known = tx.entity::<Lease>(&till.id.to_string()).await.unwrap();
    let moved = Lease {
        outlet: OTHER_OUTLET,
        ..known.unwrap()
    };
    let there = [Scope::Outlet(OTHER_OUTLET)];
    for _ in 0..2 {
        tx.put(&till.id.to_string(), &moved, &there).await.unwrap();
    }
    tx.commit().await.unwrap();
    let secret = code(&world, DeviceRole::Terminal, Some(OTHER_OUTLET), None).await;
    let other = Device::enrol(&world, &secret, key(2), CASHIER, Some(OTHER_OUTLET)).await;
    let mut follower = Follower::default();
    follower.follow(&world, &other, 1 << 20).await;
    let account = Account::Lease(till.id).to_string();
    let told: Vec<&String> = follower
        .texts
        .iter()
        .filter(|text| text.contains(&account))
        .collect();
    assert_eq!(told.len(), 1, "told once: {told:?}");
    assert!(told[0].contains("\"balance\":300"), "{told:?}");
    // A terminal that comes back finds what is left, not what it had when it left.
    let back = Command::LeaseReturn(LeaseReturn {
        lease_id: till.id,
        points: 120,
    });
    assert_eq!(till.run(&world, &back).await.code, "ok");
    let mut here = Follower::default();
    here.follow(&world, &till, 1 << 20).await;
    follower.follow(&world, &other, 1 << 20).await;
    for texts in [&here.texts, &follower.texts] {
        let newest = texts.iter().rfind(|text| text.contains(&account));
        assert!(newest.unwrap().contains("\"balance\":180"), "{newest:?}");
    }
    world.close().await;
}

#[tokio::test]
async fn a_device_sees_its_own_scopes_and_no_others() {
    let world = World::new().await;
    let mut till = Device::terminal(&world, 1).await;
    till.run(&world, &Command::SaleRecord(sale(Some(SELLER), 1, None)))
        .await;
    let phone = Device::phone(&world, 2, BUYER).await;
    let foreign = json!([
        {"id": Scope::Participant(SELLER), "epoch": "", "after": 0},
        {"id": Scope::Outlet(OUTLET), "epoch": "", "after": 0},
    ]);
    let reply = phone.pull(&world, foreign, 1 << 20).await;
    assert_eq!(reply.scopes.len(), 4);
    for page in &reply.scopes {
        let own = [Scope::Programme(PROGRAMME), Scope::Participant(BUYER)].contains(&page.id);
        assert_eq!(page.gone, !own);
        assert_eq!(page.changes.is_empty(), !own);
    }
    let texts = reply.scopes.iter().flat_map(|page| &page.changes);
    assert!(
        texts
            .into_iter()
            .all(|text| !text.contains(&SELLER.to_string()))
    );
    assert_eq!(reply.people.len(), 1);
    assert_eq!(reply.people[0].name, "Bo Berg");
    let reply = till.pull(&world, json!([]), 1 << 20).await;
    let names: Vec<&str> = reply
        .people
        .iter()
        .map(|person| person.name.as_str())
        .collect();
    assert!(names.contains(&"Bo B.") && names.contains(&"Karen Holm"));
    assert!(!names.contains(&"Marta Nowak"));
    world.close().await;
}

#[tokio::test]
async fn the_certificate_of_each_pull_says_what_the_device_may() {
    let world = World::new().await;
    let till = Device::terminal(&world, 1).await;
    let trusted = world.store.keys().trusted();
    let open = |reply: PullReply| reply.certificate.open(&trusted).unwrap();
    let certificate = open(till.pull(&world, json!([]), 1).await);
    assert_eq!(certificate.cashiers.len(), 1);
    assert_eq!(certificate.cashiers[0].participant, CASHIER);
    assert!(certificate.contact_key.is_some() && certificate.member_pass.is_none());
    assert_eq!(
        certificate.until_ms - certificate.from_ms,
        7 * 24 * 3_600_000
    );
    world.clock.advance(1_000);
    assert_eq!(
        open(till.pull(&world, json!([]), 1).await).from_ms,
        START_MS + 1_000
    );
    let phone = Device::phone(&world, 2, BUYER).await;
    let certificate = open(phone.pull(&world, json!([]), 1).await);
    assert!(certificate.pin_key.is_none() && certificate.cashiers.is_empty());
    assert!(certificate.member_pass.is_some());
    world.close().await;
}

#[tokio::test]
async fn a_terminal_meets_a_member_and_then_follows_their_points() {
    let world = World::new().await;
    let till = Device::terminal(&world, 1).await;
    endow(&world.store, BUYER, 77).await;
    let mut follower = Follower::default();
    follower.follow(&world, &till, 1 << 20).await;
    assert!(
        !follower
            .texts
            .iter()
            .any(|text| text.contains(&BUYER.to_string()))
    );
    for (question, found) in [
        (json!({"kind": "contact", "hash": "ff".repeat(16)}), false),
        (json!({"kind": "contact", "hash": CONTACT}), true),
        (json!({"kind": "participant", "id": BUYER}), true),
        (json!({"kind": "code", "code": "B1"}), true),
        (json!({"kind": "code", "code": "nobody"}), false),
    ] {
        let (status, reply) = world
            .post("/v1/members/resolve", Some(&till.token), question)
            .await;
        assert_eq!((status.as_u16(), &reply["found"]), (200, &json!(found)));
    }
    let before = follower.texts.len();
    follower.follow(&world, &till, 1 << 20).await;
    // The member once, and two balances; asking again showed nothing again.
    assert_eq!(follower.texts.len(), before + 3);
    assert!(
        follower
            .texts
            .iter()
            .any(|text| text.contains(r#""balance":77"#))
    );
    endow(&world.store, BUYER, 3).await;
    follower.follow(&world, &till, 1 << 20).await;
    assert!(
        follower
            .texts
            .iter()
            .any(|text| text.contains(r#""balance":80"#))
    );
    let phone = Device::phone(&world, 2, SELLER).await;
    let question = json!({"kind": "participant", "id": BUYER});
    let (status, _) = world
        .post("/v1/members/resolve", Some(&phone.token), question)
        .await;
    assert_eq!(status, 403);
    world.close().await;
}

#[tokio::test]
async fn another_history_is_told_by_its_epoch() {
    let world = World::new().await;
    let till = Device::terminal(&world, 1).await;
    let mut follower = Follower::default();
    follower.follow(&world, &till, 1 << 20).await;
    let mut tx = world.begin().await;
    tx.renew_epoch().await.unwrap();
    tx.commit().await.unwrap();
    let reply = till.pull(&world, follower.cursors(), 1 << 20).await;
    assert!(
        reply
            .scopes
            .iter()
            .all(|page| page.reset && page.first == 1)
    );
    follower.apply(reply);
    let ahead = json!([{"id": Scope::Outlet(OUTLET), "epoch": follower.scopes[&Scope::Outlet(OUTLET)].0, "after": 9_999}]);
    let reply = till.pull(&world, ahead, 1 << 20).await;
    assert!(
        reply
            .scopes
            .iter()
            .any(|page| page.id == Scope::Outlet(OUTLET) && page.reset)
    );
    world.close().await;
}

#[tokio::test]
async fn a_device_beyond_either_end_of_the_protocols_window_is_told_to_update() {
    let world = World::new().await;
    let till = Device::terminal(&world, 1).await;
    let secret = code(&world, DeviceRole::Terminal, Some(OUTLET), None).await;
    for (proto, wanted) in [
        (PROTO_FLOOR - 1, 426),
        (PROTO_FLOOR, 200),
        (PROTO, 200),
        (PROTO + 1, 426),
    ] {
        let body = json!({"proto": proto, "scopes": [], "max_bytes": 1});
        let (status, reply) = world.post("/v1/pull", Some(&till.token), body).await;
        assert_eq!(status, wanted, "version {proto}: {reply}");
        if wanted == 426 {
            assert_eq!(reply["error"]["code"], "upgrade_required");
        }
        // A code is not spent on a device that could not go on.
        let mut body = enrolment(&secret, &key(7));
        body["proto"] = json!(proto);
        let (status, reply) = world.post("/v1/enrol", None, body).await;
        assert_eq!(status, wanted, "version {proto}: {reply}");
    }
    world.close().await;
}
