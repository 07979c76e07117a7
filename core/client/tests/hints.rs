//! Hints: a change made elsewhere arrives because the server says so, whatever becomes of the line.

mod common;

use std::sync::Arc;
use std::time::Duration;

use carrot_client::Membership;
use carrot_rules::{Account, Scope};
use common::{Fault, PERSON, Role, Server, Site, set_goal, states};

/// Far below the sixty seconds after which a device that hears of news asks by itself.
const PATIENCE: Duration = Duration::from_secs(30);

fn site() -> Site {
    let mut site = Site::new(Role::Phone);
    let server = Arc::new(Server::with_hints(Role::Phone));
    site.tuning.transport = Some(server.clone());
    site.server = server;
    site
}

fn hint(high: i64) -> String {
    let scope = Scope::Participant(PERSON);
    format!("event: hint\ndata: {{\"scope\":\"{scope}\",\"high\":{high}}}\n\n")
}

async fn balance_of(phone: &Membership, wanted: i64) {
    let mut changes = phone.subscribe();
    let arrives = async {
        while phone.balances(PERSON).await.unwrap().view_active != Some(wanted) {
            changes.changed().await.unwrap();
        }
    };
    tokio::time::timeout(PATIENCE, arrives).await.unwrap();
}

async fn until(mut done: impl FnMut() -> bool) {
    while !done() {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}

#[tokio::test]
async fn a_hint_brings_what_was_done_elsewhere() {
    let site = site();
    let (device, phone) = site.enrolled().await;
    let _task = phone.spawn_sync_loop();
    until(|| site.server.say(": alive\n\n")).await;
    site.server
        .grant_points(Scope::Participant(PERSON), Account::active(PERSON), 70);
    // In pieces, as networks deliver it.
    let text = hint(1);
    site.server.say(&text[..20]);
    site.server.say(&text[20..]);
    balance_of(&phone, 70).await;
    // The line breaks, and a change happens before it is open again: opening it asks.
    site.server.say("break");
    site.server
        .grant_points(Scope::Participant(PERSON), Account::active(PERSON), 5);
    balance_of(&phone, 75).await;
    until(|| site.server.calls("/v1/hints") >= 2).await;
    device.close().await;
}

#[tokio::test]
async fn a_hint_of_what_is_known_costs_nothing_and_a_missed_one_asks() {
    let site = site();
    let (device, phone) = site.enrolled().await;
    let _task = phone.spawn_sync_loop();
    until(|| site.server.say(": alive\n\n")).await;
    set_goal(&phone, "tea").await;
    while states(&phone).await != ["reflected"] {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    // The next command's flight comes after whatever the hints bring about.
    let known = hint(2);
    let before = site.server.calls("/v1/pull");
    for _ in 0..20 {
        site.server.say(&known);
    }
    set_goal(&phone, "cup").await;
    while states(&phone).await != ["reflected", "reflected"] {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    let pulls = site.server.calls("/v1/pull") - before;
    assert!(
        pulls < 5,
        "{pulls} pulls for one command and twenty old hints"
    );
    let before = site.server.calls("/v1/pull");
    site.server.say("event: missed\ndata: {}\n\n");
    until(|| site.server.calls("/v1/pull") > before).await;
    device.close().await;
}

#[tokio::test]
async fn a_server_without_hints_is_asked_as_ever() {
    let site = site();
    site.server
        .fault("/v1/hints", Fault::Refuse(404, "not_found", None));
    let (device, phone) = site.enrolled().await;
    let task = phone.spawn_sync_loop();
    until(|| site.server.calls("/v1/hints") == 1).await;
    set_goal(&phone, "tea").await;
    while states(&phone).await != ["reflected"] {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    assert_eq!(site.server.calls("/v1/hints"), 1, "not asked again at once");
    device.close().await;
    assert!(task.await.unwrap_err().is_cancelled());
}
