//! Old lines of history leave the device; what they came to stays, and what was pulled stays proven.

mod common;

use carrot_client::{HISTORY_KEPT_MS, Membership};
use carrot_rules::entity::Activity;
use carrot_rules::{Account, Scope};
use carrot_wire::pull::Change;
use common::{PERSON, Role, START_MS, Server, Site, set_goal};
use serde_json::json;

const DAY_MS: i64 = 24 * 3_600_000;
/// A schema of files without checkpoints.
const BEFORE_SCHEMA: u32 = 3;
/// Old lines: enough for their pages to be many.
const LINES: usize = 600;

/// Writes a line of the person's history into the server's feed.
fn line(server: &Server, id: &str, at_ms: i64, state: &str) {
    let line: Activity = serde_json::from_value(json!({
        "id": id, "command_id": uuid::Uuid::nil(), "participant": PERSON, "kind": "claim",
        "at_ms": at_ms, "points": 5, "state": state, "subject": "a product ".repeat(20),
        "outlet": null, "unit": null, "because": [], "derivation": [], "series": null,
    }))
    .unwrap();
    let change = Change::of(id, &line).unwrap();
    server.log(Scope::Participant(PERSON), &change);
}

async fn lines(phone: &Membership) -> Vec<String> {
    let found = phone.things::<Activity>().await.unwrap();
    found.into_iter().map(|(id, _)| id).collect()
}

fn cache_bytes(site: &Site) -> u64 {
    let file = site.membership_dir().join("cache.db");
    std::fs::metadata(file).unwrap().len()
}

#[tokio::test]
async fn old_lines_leave_with_a_checkpoint_and_the_file_gets_smaller() {
    let mut site = Site::new(Role::Phone);
    let old_ms = START_MS - HISTORY_KEPT_MS - DAY_MS;
    for number in 0..LINES {
        line(&site.server, &format!("old-{number}"), old_ms, "active");
    }
    line(&site.server, "waits", old_ms, "pending");
    line(&site.server, "new", old_ms + 2 * DAY_MS, "active");
    // A program of before checkpoints keeps everything.
    site.tuning.schema_max = BEFORE_SCHEMA;
    let (device, phone) = site.enrolled().await;
    set_goal(&phone, "tea").await;
    phone.sync().await.unwrap();
    assert_eq!(lines(&phone).await.len(), LINES + 2);
    assert!(phone.checkpoints().await.unwrap().is_empty());
    let balance = phone.balances(PERSON).await.unwrap().confirmed_active;
    device.close().await;
    drop(phone);
    let before = cache_bytes(&site);

    // The next exchange of the one of today drops them.
    site.tuning.schema_max = u32::MAX;
    let (device, phone) = site.reopened().await;
    phone.sync().await.unwrap();
    let mut left = lines(&phone).await;
    left.sort_unstable();
    assert_eq!(left, ["new", "waits"]);

    // What they came to stays, as of the number that the feed's digest proves.
    let account = Account::active(PERSON).to_string();
    let checkpoints = phone.checkpoints().await.unwrap();
    let mut of_account = checkpoints.iter().filter(|one| one.account == account);
    let one = of_account.next().unwrap();
    let scope = Scope::Participant(PERSON).to_string();
    let status = phone.status().await.unwrap();
    let stands = status.scopes.iter().find(|one| one.id == scope).unwrap();
    assert_eq!((one.seq, &one.digest), (stands.cursor, &stands.digest));
    assert_eq!(Some(one.points), balance);
    assert_eq!(
        phone.balances(PERSON).await.unwrap().confirmed_active,
        balance
    );
    assert!(balance > Some(0));

    // The feed goes on behind it, digest by digest.
    line(&site.server, "newest", START_MS, "active");
    assert_eq!(phone.sync().await.unwrap().pulled_changes, 1);
    assert_eq!(lines(&phone).await.len(), 3);
    device.close().await;
    let after = cache_bytes(&site);
    assert!(after * 2 < before, "{before} became {after}");
}

#[tokio::test]
async fn a_history_that_comes_anew_is_looked_through_at_once() {
    let site = Site::new(Role::Phone);
    let old_ms = START_MS - HISTORY_KEPT_MS - DAY_MS;
    let (_device, phone) = site.enrolled().await;
    line(&site.server, "old", old_ms, "active");
    set_goal(&phone, "tea").await;
    phone.sync().await.unwrap();
    assert_eq!(lines(&phone).await, ["old"], "looked for once a day");
    phone.rebuild_cache().await.unwrap();
    assert!(lines(&phone).await.is_empty());
    assert_eq!(phone.checkpoints().await.unwrap().len(), 1);
}
