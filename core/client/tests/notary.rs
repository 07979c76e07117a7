//! Countersignatures on the device: kept, named by what is made after them, compared with its own chain.

mod common;

use carrot_wire::crypto::{self, chain_hash};
use carrot_wire::envelope::Envelope;
use carrot_wire::trust::{SignedTrust, TrustList, TrustedKey};
use common::{Fault, PERSON, Role, Site, set_goal, states};
use ed25519_dalek::SigningKey;
use serde_json::json;

async fn envelopes(membership: &carrot_client::Membership) -> Vec<Envelope> {
    membership.proof().await.unwrap().commands
}

#[tokio::test]
async fn m4_a_command_names_the_countersignature_that_the_device_held() {
    let site = Site::new(Role::Phone);
    let (device, phone) = site.enrolled().await;
    set_goal(&phone, "tea").await;
    phone.sync().await.unwrap();
    site.clock.pass(500);
    set_goal(&phone, "cup").await;
    let made = envelopes(&phone).await;
    let (first, second) = (made[0].body().unwrap(), made[1].body().unwrap());
    // The first pull at the enrolment countersigned the empty chain.
    let after = first.time.after.unwrap();
    assert_eq!(after.seq, 0);
    let after = second.time.after.unwrap();
    assert_eq!((after.seq, after.counted_ms), (1, Some(500)));
    let kept = phone.proof().await.unwrap().countersigned;
    assert!(kept.iter().any(|one| after.names(one)));
    // After another start of the machine nothing was counted; the countersignature is still there.
    device.close().await;
    site.clock
        .boot
        .store(2, std::sync::atomic::Ordering::SeqCst);
    let (_device, phone) = site.reopened().await;
    set_goal(&phone, "tea").await;
    let third = envelopes(&phone).await[2]
        .body()
        .unwrap()
        .time
        .after
        .unwrap();
    assert_eq!((third.tag, third.counted_ms), (after.tag, None));
}

#[tokio::test]
async fn m4_a_device_proves_its_work_with_the_servers_public_key() {
    let site = Site::new(Role::Phone);
    let (_device, phone) = site.enrolled().await;
    for reward in ["tea", "cup"] {
        set_goal(&phone, reward).await;
        phone.sync().await.unwrap();
        phone.sync().await.unwrap();
    }
    set_goal(&phone, "tea").await;
    let bundle = phone.proof().await.unwrap();
    let trusted = [site.server.key().verifying_key()];
    let proven = carrot_wire::bundle::check(&bundle, &trusted).unwrap();
    assert_eq!(proven.len(), 3);
    assert!(proven[0].from_ms < proven[0].until_ms);
    assert!(proven[0].until_ms <= proven[1].from_ms);
    assert_eq!(proven[2].until_ms, None);
    // Syncs without work add nothing but the newest.
    for _ in 0..10 {
        phone.sync().await.unwrap();
    }
    let kept = phone.proof().await.unwrap().countersigned.len();
    assert!(kept <= bundle.countersigned.len() + 2, "{kept}");
}

#[tokio::test]
async fn a_head_of_another_history_stops_the_queue_and_keeps_it() {
    let site = Site::new(Role::Phone);
    let (_device, phone) = site.enrolled().await;
    set_goal(&phone, "tea").await;
    phone.sync().await.unwrap();
    set_goal(&phone, "cup").await;
    // The server signs what another copy of this device has sent under the first number.
    site.server.pretend_head(Some((1, chain_hash("of a copy"))));
    site.server
        .fault("/v1/commands", Fault::Refuse(503, "busy", None));
    assert!(phone.sync().await.is_err());
    assert_eq!(
        phone.status().await.unwrap().blocked_code.as_deref(),
        Some("forked")
    );
    assert_eq!(states(&phone).await, ["reflected", "blocked"]);
    assert_eq!(envelopes(&phone).await.len(), 2);
}

#[tokio::test]
async fn a_countersignature_that_was_changed_is_refused_and_one_of_an_unknown_key_waits() {
    let site = Site::new(Role::Phone);
    let (_device, phone) = site.enrolled().await;
    let before = phone.proof().await.unwrap().countersigned;
    let changed = |reply: &mut serde_json::Value| {
        reply["countersigned"]["server_ms"] = json!(1);
    };
    site.server.fault("/v1/pull", Fault::Change(changed));
    assert_eq!(phone.sync().await.unwrap_err().code(), "protocol_error");
    let unknown = |reply: &mut serde_json::Value| {
        reply["countersigned"]["kid"] = json!("0123456789abcdef");
    };
    site.server.fault("/v1/pull", Fault::Change(unknown));
    phone.sync().await.unwrap();
    assert_eq!(phone.proof().await.unwrap().countersigned, before);
}

fn listed(version: i64, keys: &[&SigningKey], by: &[&SigningKey]) -> SignedTrust {
    let list = TrustList {
        version,
        keys: keys
            .iter()
            .map(|key| TrustedKey {
                key: crypto::encode(key.verifying_key().as_bytes()),
                codes_only: false,
            })
            .collect(),
    };
    SignedTrust::seal(&list, by.iter().copied()).unwrap()
}

#[tokio::test]
async fn a_new_key_of_the_server_is_taken_over_when_the_old_one_endorses_it() {
    let site = Site::new(Role::Phone);
    let (device, phone) = site.enrolled().await;
    let (old, new, thief) = (
        site.server.key().clone(),
        SigningKey::from_bytes(&[43; 32]),
        SigningKey::from_bytes(&[44; 32]),
    );
    site.server.trust(listed(9, &[&thief], &[&thief]));
    assert_eq!(phone.sync().await.unwrap_err().code(), "protocol_error");
    assert_eq!(phone.trust(), [old.verifying_key()]);
    site.server.trust(listed(2, &[&old, &new], &[&old, &new]));
    phone.sync().await.unwrap();
    let both = [old.verifying_key(), new.verifying_key()];
    assert_eq!(phone.trust(), both);
    // It is kept, and an older list changes nothing.
    device.close().await;
    let (_device, phone) = site.reopened().await;
    assert_eq!(phone.trust(), both);
    site.server.trust(listed(1, &[&old], &[&old]));
    phone.sync().await.unwrap();
    assert_eq!(phone.trust(), both);
}

#[tokio::test]
async fn f102_names_leave_a_device_that_was_not_in_touch_for_a_month_and_the_queue_stays() {
    const DAY_MS: i64 = 24 * 3_600_000;
    let site = Site::new(Role::Phone);
    let (device, phone) = site.enrolled().await;
    set_goal(&phone, "tea").await;
    let name = || phone.person_name(PERSON);
    assert_eq!(name().await.unwrap().as_deref(), Some("Astrid"));
    for (days, known) in [(29, true), (1, false)] {
        site.clock.pass(days * DAY_MS);
        site.server.fault("/v1/commands", Fault::LoseRequest);
        assert!(phone.sync().await.is_err());
        assert_eq!(name().await.unwrap().is_some(), known, "{days}");
    }
    assert_eq!(states(&phone).await, ["queued"]);
    phone.sync().await.unwrap();
    assert_eq!(name().await.unwrap().as_deref(), Some("Astrid"));
    site.clock.pass(31 * DAY_MS);
    device.close().await;
    drop(phone);
    let (_device, phone) = site.reopened().await;
    assert_eq!(phone.person_name(PERSON).await.unwrap(), None);
}
