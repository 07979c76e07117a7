//! A cache that cannot be read: said, rebuilt, and in nobody's way.

mod common;

use common::{PERSON, Role, Site, bytes_of, goal, set_goal, shown_goal, states};

#[tokio::test]
async fn a_damaged_cache_is_said_and_rebuilt_and_the_outbox_stays() {
    let site = Site::new(Role::Phone);
    let (device, phone) = site.enrolled().await;
    set_goal(&phone, "tea").await;
    phone.sync().await.unwrap();
    set_goal(&phone, "cup").await;
    device.close().await;
    drop(phone);
    std::fs::write(site.membership_dir().join("cache.db"), [7; 8_192]).unwrap();

    let (_device, phone) = site.reopened().await;
    let error = phone
        .thing::<carrot_rules::entity::Reward>("tea")
        .await
        .unwrap_err();
    assert_eq!(error.code(), "cache_damaged");
    let refused = phone
        .submit(goal("tea"), PERSON, None, Vec::new())
        .await
        .unwrap_err();
    assert_eq!(refused.code(), "cache_damaged");
    assert_eq!(states(&phone).await, ["reflected", "queued"]);
    assert_eq!(phone.status().await.unwrap().cache_schema, None);

    phone.rebuild_cache().await.unwrap();
    assert_eq!(shown_goal(&phone).await.as_deref(), Some("cup"));
    assert_eq!(states(&phone).await, ["reflected", "reflected"]);
    assert_eq!(phone.balances(PERSON).await.unwrap().view_active, Some(20));
    let names = std::fs::read_dir(site.membership_dir()).unwrap();
    let aside = names.filter(|entry| {
        let name = entry.as_ref().unwrap().file_name();
        name.to_string_lossy().starts_with("cache.db.damaged-")
    });
    assert_eq!(aside.count(), 1, "moved aside, not deleted");
}

#[tokio::test]
async fn a_cache_damaged_in_any_page_keeps_no_device_from_opening() {
    const PAGE: usize = 4_096;
    const DAY_MS: i64 = 24 * 3_600_000;
    let site = Site::new(Role::Phone);
    let (device, phone) = site.enrolled().await;
    set_goal(&phone, "tea").await;
    phone.sync().await.unwrap();
    set_goal(&phone, "cup").await;
    device.close().await;
    drop(phone);
    // So long after the last exchange names are dropped, which looks into pages of their own.
    site.clock.pass(31 * DAY_MS);
    let file = site.membership_dir().join("cache.db");
    let whole = bytes_of(&file);
    let mut found_late = 0;
    for page in 1..whole.len() / PAGE {
        let mut damaged = whole.clone();
        damaged[page * PAGE + 100] ^= 1;
        std::fs::write(&file, damaged).unwrap();
        let (device, phone) = site.reopened().await;
        found_late += usize::from(phone.status().await.unwrap().cache_schema.is_some());
        assert_eq!(phone.status().await.unwrap().waiting, 1, "page {page}");
        device.close().await;
    }
    assert!(found_late > 0, "some damage is not found in opening");
    let (_device, phone) = site.reopened().await;
    phone.rebuild_cache().await.unwrap();
    assert_eq!(shown_goal(&phone).await.as_deref(), Some("cup"));
    assert_eq!(states(&phone).await, ["reflected", "reflected"]);
}

#[tokio::test]
async fn a_cache_rebuilt_without_a_network_still_shows_what_was_booked() {
    let site = Site::new(Role::Phone);
    let (_device, phone) = site.enrolled().await;
    set_goal(&phone, "tea").await;
    phone.sync().await.unwrap();
    site.server.fault("/v1/pull", common::Fault::LoseRequest);
    phone.rebuild_cache().await.unwrap();
    assert_eq!(states(&phone).await, ["accepted"]);
    assert_eq!(shown_goal(&phone).await.as_deref(), Some("tea"));
    phone.sync().await.unwrap();
    assert_eq!(states(&phone).await, ["reflected"]);
    assert_eq!(shown_goal(&phone).await.as_deref(), Some("tea"));
}
