//! Changes come down without gaps: pages, damage, other histories, lost scopes, the sync loop.

mod common;

use carrot_rules::Scope;
use carrot_rules::entity::{EntityKind, Outlet, Reward};
use carrot_wire::pull::Change;
use common::{Fault, PERSON, Role, Site, set_goal, shown_goal, states};
use serde_json::json;

fn reward(code: &str, cost_points: i64) -> Change {
    let body = json!({"code": code, "kind": "goods", "name": {}, "cost_points": cost_points,
        "cash_minor": 0, "currency": "EUR", "stock": null, "low_stock_at": 0, "at_till": true});
    Change::entity(EntityKind::Reward, code, body)
}

async fn rewards(membership: &carrot_client::Membership) -> usize {
    membership.things::<Reward>().await.unwrap().len()
}

#[tokio::test]
async fn pages_of_any_size_bring_everything() {
    for most in [1, 2, 3, 7] {
        let site = Site::new(Role::Phone);
        site.server.page_changes(most);
        for number in 0..5 {
            site.server.change(
                Scope::Programme(site.server.programme()),
                &reward(&format!("r{number}"), 5),
            );
        }
        let (_device, phone) = site.enrolled().await;
        assert_eq!(rewards(&phone).await, 7, "pages of {most}");
        let status = phone.status().await.unwrap();
        for scope in status.scopes {
            assert_eq!(scope.cursor, scope.high, "{}", scope.id);
        }
    }
}

#[tokio::test]
async fn a_page_that_does_not_fit_is_asked_for_from_the_beginning() {
    let site = Site::new(Role::Phone);
    let (_device, phone) = site.enrolled().await;
    let damages: [fn(&mut serde_json::Value); 4] = [
        |reply| reply["scopes"][0]["digest_at_last"] = json!("00"),
        |reply| reply["scopes"][0]["first"] = json!(2),
        |reply| reply["scopes"][0]["changes"] = json!([]),
        |reply| reply["scopes"][0]["epoch"] = json!("other"),
    ];
    for (number, damage) in damages.into_iter().enumerate() {
        site.server.change(
            Scope::Programme(site.server.programme()),
            &reward(&format!("r{number}"), 5),
        );
        site.server.fault("/v1/pull", Fault::Change(damage));
        phone.sync().await.unwrap();
        assert_eq!(rewards(&phone).await, 3 + number);
    }
}

#[tokio::test]
async fn a_server_that_never_fits_is_an_error_and_the_base_stays() {
    let site = Site::new(Role::Phone);
    let (_device, phone) = site.enrolled().await;
    site.server
        .change(Scope::Programme(site.server.programme()), &reward("r", 5));
    for _ in 0..2 {
        site.server.fault(
            "/v1/pull",
            Fault::Change(|reply| reply["scopes"][0]["last"] = json!(99)),
        );
    }
    assert_eq!(phone.sync().await.unwrap_err().code(), "protocol_error");
    assert_eq!(rewards(&phone).await, 2, "what was there before");
    phone.sync().await.unwrap();
    assert_eq!(rewards(&phone).await, 3);
}

#[tokio::test]
async fn a_rebuilt_history_replaces_the_old_one_without_counting_twice() {
    let site = Site::new(Role::Phone);
    let (_device, phone) = site.enrolled().await;
    for goal in ["tea", "cup", "tea"] {
        set_goal(&phone, goal).await;
    }
    phone.sync().await.unwrap();
    site.server.rebuild();
    phone.sync().await.unwrap();
    assert_eq!(
        rewards(&phone).await,
        1,
        "what the new history lacks is gone"
    );
    assert_eq!(states(&phone).await, ["reflected"; 3]);
    let balances = phone.balances(PERSON).await.unwrap();
    assert_eq!(
        (balances.confirmed_active, balances.view_active),
        (Some(30), Some(30))
    );
    assert!(
        phone
            .status()
            .await
            .unwrap()
            .scopes
            .iter()
            .all(|scope| scope.epoch == "e2")
    );
}

#[tokio::test]
async fn a_reset_that_breaks_off_leaves_unknown_what_is_missing() {
    let site = Site::new(Role::Phone);
    let (device, phone) = site.enrolled().await;
    for goal in ["tea", "cup", "tea"] {
        set_goal(&phone, goal).await;
    }
    phone.sync().await.unwrap();
    site.server.rebuild();
    site.server.page_changes(1);
    site.server.fault("/v1/pull", Fault::Change(|_| ()));
    site.server.fault("/v1/pull", Fault::LoseRequest);
    assert_eq!(phone.sync().await.unwrap_err().code(), "server_unreachable");
    let scopes = phone.status().await.unwrap().scopes;
    assert!(
        scopes.iter().all(|s| s.epoch == "e2" && s.cursor < s.high),
        "one page of each"
    );
    assert_eq!(phone.balances(PERSON).await.unwrap().confirmed_active, None);
    device.close().await;
    drop(phone);

    let (_device, phone) = site.reopened().await;
    assert_eq!(
        phone.balances(PERSON).await.unwrap().confirmed_active,
        None,
        "after a start too"
    );
    phone.sync().await.unwrap();
    let balances = phone.balances(PERSON).await.unwrap();
    assert_eq!(balances.confirmed_active, Some(30));
    let absent = balances.confirmed_pending;
    assert_eq!(absent, Some(0), "what the whole history lacks");
    assert_eq!(states(&phone).await, ["reflected"; 3]);
    assert_eq!(balances.view_active, Some(30), "nothing shows twice");
}

#[tokio::test]
async fn a_scope_that_is_taken_away_is_dropped_and_the_outbox_stays() {
    let site = Site::new(Role::Phone);
    let (_device, phone) = site.enrolled().await;
    set_goal(&phone, "tea").await;
    phone.sync().await.unwrap();
    site.server.take_scope_away();
    phone.sync().await.unwrap();
    let own = Scope::Participant(PERSON).to_string();
    assert!(
        phone
            .status()
            .await
            .unwrap()
            .scopes
            .iter()
            .all(|scope| scope.id != own)
    );
    assert_eq!(shown_goal(&phone).await, None);
    assert_eq!(states(&phone).await, ["reflected"]);
}

/// A page that does not fit makes a scope suspect; before it came anew, the device may no longer see it.
#[tokio::test]
async fn a_suspect_scope_that_is_taken_away_is_dropped_too() {
    let site = Site::new(Role::Phone);
    let (_device, phone) = site.enrolled().await;
    set_goal(&phone, "tea").await;
    let damage = |reply: &mut serde_json::Value| reply["scopes"][1]["digest_at_last"] = json!("00");
    for _ in 0..2 {
        site.server.fault("/v1/pull", Fault::Change(damage));
    }
    assert_eq!(phone.sync().await.unwrap_err().code(), "protocol_error");
    assert_eq!(states(&phone).await, ["accepted"]);
    site.server.take_scope_away();
    phone.sync().await.unwrap();
    let own = Scope::Participant(PERSON).to_string();
    let scopes = phone.status().await.unwrap().scopes;
    assert!(scopes.iter().all(|scope| scope.id != own), "{scopes:?}");
}

#[tokio::test]
async fn a_certificate_is_renewed_and_a_foreign_one_refused() {
    let site = Site::new(Role::Phone);
    let (device, phone) = site.enrolled().await;
    site.server
        .edit_certificate(|certificate| certificate.until_ms += 1_000);
    let before = phone.certificate().until_ms;
    phone.sync().await.unwrap();
    assert_eq!(phone.certificate().until_ms, before + 1_000);
    site.server
        .edit_certificate(|certificate| certificate.device_id = uuid::Uuid::from_u128(9));
    assert_eq!(phone.sync().await.unwrap_err().code(), "protocol_error");
    device.close().await;
    drop(phone);
    let (_device, phone) = site.reopened().await;
    assert_eq!(phone.certificate().until_ms, before + 1_000);
}

#[tokio::test]
async fn a_kind_of_thing_that_this_version_cannot_read_is_left_out() {
    let site = Site::new(Role::Phone);
    let (_device, phone) = site.enrolled().await;
    let programme = Scope::Programme(site.server.programme());
    let strange = Change::entity(EntityKind::Reward, "strange", json!({"code": 5}));
    site.server.change(programme, &strange);
    site.server.change(
        programme,
        &Change::Entity {
            kind: "hologram".to_owned(),
            id: "1".to_owned(),
            body: json!({}),
        },
    );
    phone.sync().await.unwrap();
    assert_eq!(rewards(&phone).await, 2);
    assert!(phone.thing::<Reward>("strange").await.unwrap().is_none());
    assert!(phone.things::<Outlet>().await.unwrap().is_empty());
}

#[tokio::test]
async fn people_are_named() {
    let site = Site::new(Role::Phone);
    let (_device, phone) = site.enrolled().await;
    assert_eq!(
        phone.person_name(PERSON).await.unwrap().as_deref(),
        Some("Astrid")
    );
    assert_eq!(phone.people().await.unwrap().len(), 1);
    assert_eq!(phone.person_name(uuid::Uuid::nil()).await.unwrap(), None);
}

#[tokio::test]
async fn f_the_loop_sends_what_is_submitted_and_tells_screens() {
    let site = Site::new(Role::Phone);
    let (device, phone) = site.enrolled().await;
    let task = phone.spawn_sync_loop();
    let mut changes = phone.subscribe();
    set_goal(&phone, "tea").await;
    while states(&phone).await != ["reflected"] {
        changes.changed().await.unwrap();
    }
    // A failure is tried again without anybody asking.
    site.server
        .fault("/v1/commands", Fault::Refuse(503, "busy", Some(0)));
    set_goal(&phone, "cup").await;
    while states(&phone).await != ["reflected", "reflected"] {
        changes.changed().await.unwrap();
    }
    assert_eq!(site.server.effects(), [1, 1]);
    device.close().await;
    assert!(task.await.unwrap_err().is_cancelled());
}

#[tokio::test]
async fn without_a_network_enrolment_comes_through_and_the_first_pull_follows() {
    let site = Site::new(Role::Phone);
    site.server.fault("/v1/pull", Fault::LoseRequest);
    let (_device, phone) = site.enrolled().await;
    assert_eq!(rewards(&phone).await, 0);
    assert_eq!(
        phone.balances(PERSON).await.unwrap().view_active,
        None,
        "not known yet"
    );
    phone.sync().await.unwrap();
    assert_eq!(rewards(&phone).await, 2);
    assert_eq!(phone.balances(PERSON).await.unwrap().view_active, Some(0));
}
