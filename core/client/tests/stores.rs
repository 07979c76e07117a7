//! The files: upgrades with a full outbox, newer schemas, wrong keys, damage, limits, locks.

mod common;

use carrot_client::db::{Db, Store};
use carrot_client::{KeyChoice, Tuning};
use carrot_wire::limits::QUEUE_COMMANDS_MAX;
use common::{PERSON, Role, Site, bytes_of, goal, set_goal, shown_goal, states};

#[tokio::test]
async fn f_a_folder_of_the_first_schema_is_upgraded_with_its_full_outbox() {
    let mut site = Site::new(Role::Phone);
    site.tuning.schema_max = 1;
    let (device, phone) = site.enrolled().await;
    let photo = phone
        .put_photo(b"picture".to_vec(), "image/jpeg")
        .await
        .unwrap();
    for _ in 0..5 {
        set_goal(&phone, "tea").await;
    }
    phone
        .put_note("outlet", &serde_json::json!("kept"))
        .await
        .unwrap();
    assert_eq!(phone.status().await.unwrap().outbox_schema, 1);
    device.close().await;
    drop(phone);

    site.tuning.schema_max = u32::MAX;
    let (_device, phone) = site.reopened().await;
    let status = phone.status().await.unwrap();
    let newest = (Store::Outbox.version(), Some(Store::Cache.version()));
    assert_eq!((status.outbox_schema, status.cache_schema), newest);
    assert_eq!(status.waiting, 5);
    assert_eq!(
        phone.photo(&photo.sha256).await.unwrap(),
        Some(b"picture".to_vec())
    );
    assert_eq!(
        phone.note("outlet").await.unwrap(),
        Some(serde_json::json!("kept"))
    );
    assert_eq!(phone.sync().await.unwrap().accepted, 5);
    assert_eq!(site.server.effects(), [1; 5]);
}

#[tokio::test]
async fn a_newer_schema_is_refused_and_not_touched() {
    for (store, file) in [(Store::Outbox, "outbox.db"), (Store::Cache, "cache.db")] {
        let site = Site::new(Role::Phone);
        let (device, phone) = site.enrolled().await;
        set_goal(&phone, "tea").await;
        device.close().await;
        drop(phone);
        let dir = site.membership_dir();
        let db = Db::open(store, &dir, &site.database_key(), u32::MAX)
            .await
            .unwrap();
        let mut write = db.write().await.unwrap();
        sqlx::raw_sql("PRAGMA user_version = 9")
            .execute(&mut *write)
            .await
            .unwrap();
        write.commit().await.unwrap();
        db.close().await;
        let before = bytes_of(&dir.join(file));
        let error = site.open().await.err().unwrap().to_call_error();
        assert_eq!(error.code, "newer_schema");
        assert_eq!(error.params["found"], 9);
        assert!(bytes_of(&dir.join(file)) == before, "{file} was touched");
    }
}

#[tokio::test]
async fn an_older_program_refuses_a_newer_folder() {
    let mut site = Site::new(Role::Phone);
    let (device, phone) = site.enrolled().await;
    device.close().await;
    drop(phone);
    site.tuning.schema_max = 1;
    assert_eq!(site.open().await.err().unwrap().code(), "newer_schema");
}

#[tokio::test]
async fn a_wrong_key_opens_nothing_and_destroys_nothing() {
    let site = Site::new(Role::Phone);
    let (device, phone) = site.enrolled().await;
    set_goal(&phone, "tea").await;
    device.close().await;
    drop(phone);
    let dir = site.membership_dir();
    let file = dir.join("keys.json");
    let right = std::fs::read_to_string(&file).unwrap();
    let key = hex::encode(site.database_key());
    std::fs::write(&file, right.replace(&key, &"00".repeat(32))).unwrap();
    let before = bytes_of(&dir.join("outbox.db"));
    assert_eq!(site.open().await.err().unwrap().code(), "outbox_unreadable");
    assert!(bytes_of(&dir.join("outbox.db")) == before);
    std::fs::write(&file, right).unwrap();
    let (_device, phone) = site.reopened().await;
    assert_eq!(states(&phone).await, ["queued"]);
}

#[tokio::test]
async fn the_files_are_encrypted() {
    let site = Site::new(Role::Phone);
    let (device, phone) = site.enrolled().await;
    set_goal(&phone, "tea").await;
    device.close().await;
    for file in ["outbox.db", "cache.db"] {
        let bytes = bytes_of(&site.membership_dir().join(file));
        assert!(!bytes.starts_with(b"SQLite format"), "{file}");
        assert!(!bytes.windows(8).any(|part| part == b"goal.set"), "{file}");
    }
    let list = std::fs::read_to_string(site.dir.path().join("device.json")).unwrap();
    let key = hex::encode(site.database_key());
    assert!(!list.contains(&key));
}

#[tokio::test]
async fn a_full_queue_takes_nothing_more_until_it_is_sent() {
    assert_eq!(Tuning::default().queue_commands_max, QUEUE_COMMANDS_MAX);
    let mut site = Site::new(Role::Phone);
    site.tuning.queue_commands_max = 3;
    let (_device, phone) = site.enrolled().await;
    for _ in 0..3 {
        set_goal(&phone, "tea").await;
    }
    let error = phone
        .submit(goal("cup"), PERSON, None, Vec::new())
        .await
        .unwrap_err();
    let call = error.to_call_error();
    assert_eq!(call.code, "queue_full");
    assert_eq!(
        (&call.params["waiting"], &call.params["max"]),
        (&3.into(), &3.into())
    );
    assert_eq!(states(&phone).await.len(), 3);
    phone.sync().await.unwrap();
    set_goal(&phone, "cup").await;
}

#[tokio::test]
async fn one_process_has_the_folder() {
    let site = Site::new(Role::Phone);
    let (device, phone) = site.enrolled().await;
    assert_eq!(site.open().await.err().unwrap().code(), "device_in_use");
    device.close().await;
    drop(phone);
    assert!(site.open().await.is_ok());
}

#[tokio::test]
async fn a_command_that_is_too_large_is_refused_and_leaves_no_gap() {
    let site = Site::new(Role::Phone);
    let (_device, phone) = site.enrolled().await;
    let long = goal(&"x".repeat(5_000));
    let error = phone
        .submit(long, PERSON, None, Vec::new())
        .await
        .unwrap_err();
    assert_eq!(error.code(), "command_too_large");
    set_goal(&phone, "tea").await;
    assert_eq!(phone.sync().await.unwrap().accepted, 1);
}

#[tokio::test]
async fn submits_at_the_same_time_get_numbers_in_one_chain() {
    let site = Site::new(Role::Phone);
    let (_device, phone) = site.enrolled().await;
    let tasks: Vec<_> = (0..16)
        .map(|_| {
            let phone = phone.clone();
            tokio::spawn(async move { set_goal(&phone, "tea").await })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(
        phone.sync().await.unwrap().accepted,
        16,
        "the server checks the chain"
    );
}

#[tokio::test]
async fn a_second_membership_in_one_programme_is_refused() {
    let site = Site::new(Role::Phone);
    let (device, _phone) = site.enrolled().await;
    let again = device.enrol(&site.server.enrolment_code(), "again").await;
    assert_eq!(again.err().unwrap().code(), "already_enrolled");
    let wrong = device.enrol("CRE1.nonsense", "again").await;
    assert_eq!(wrong.err().unwrap().code(), "bad_enrolment_code");
}

#[cfg(unix)]
#[tokio::test]
async fn the_key_file_is_the_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let site = Site::new(Role::Phone);
    assert_eq!(site.keys, KeyChoice::InsecureFile);
    let (device, phone) = site.enrolled().await;
    let file = site.membership_dir().join("keys.json");
    let mode = std::fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    device.close().await;
    drop(phone);
    std::fs::remove_file(file).unwrap();
    assert_eq!(site.open().await.err().unwrap().code(), "key_missing");
}

#[tokio::test]
async fn a_full_disk_is_said_and_what_was_committed_stays() {
    let site = Site::new(Role::Phone);
    let (device, phone) = site.enrolled().await;
    set_goal(&phone, "tea").await;
    device.close().await;
    drop(phone);
    let (dir, key) = (site.membership_dir(), site.database_key());
    let db = Db::open(Store::Outbox, &dir, &key, u32::MAX).await.unwrap();
    let mut write = db.write().await.unwrap();
    let pages: i64 = sqlx::query_scalar("PRAGMA page_count")
        .fetch_one(&mut *write)
        .await
        .unwrap();
    let limit = sqlx::AssertSqlSafe(format!("PRAGMA max_page_count = {}", pages + 2));
    sqlx::raw_sql(limit).execute(&mut *write).await.unwrap();
    let large =
        sqlx::query("INSERT INTO meta (name, value) VALUES ('x', ?1)").bind("x".repeat(100_000));
    let error = large.execute(&mut *write).await.unwrap_err();
    assert_eq!(db.failed(&error).code(), "disk_full");
    drop(write);
    db.close().await;
    let (_device, phone) = site.reopened().await;
    assert_eq!(states(&phone).await, ["queued"]);
}

#[tokio::test]
async fn settled_commands_are_kept_for_ninety_days_and_no_longer() {
    let site = Site::new(Role::Phone);
    let (_device, phone) = site.enrolled().await;
    set_goal(&phone, "tea").await;
    set_goal(&phone, "cup").await;
    phone.sync().await.unwrap();
    site.days_pass(89);
    set_goal(&phone, "tea").await;
    phone.sync().await.unwrap();
    assert_eq!(states(&phone).await, ["reflected"; 3]);
    site.days_pass(2);
    phone.sync().await.unwrap();
    assert_eq!(
        states(&phone).await,
        ["reflected"],
        "the last one is younger"
    );
    // A server that needs more than that cannot be served.
    site.server.restore(1, 6);
    phone.sync().await.unwrap();
    let blocked = phone.status().await.unwrap().blocked_code;
    assert_eq!(blocked.as_deref(), Some("history_missing"));
    set_goal(&phone, "cup").await;
    phone.sync().await.unwrap();
    assert_eq!(
        states(&phone).await,
        ["reflected", "blocked"],
        "kept, not lost"
    );
}

#[tokio::test]
async fn a_clock_that_jumps_by_years_makes_nothing_forgotten() {
    const YEAR_MS: i64 = 365 * 24 * 3_600_000;
    let site = Site::new(Role::Phone);
    let (_device, phone) = site.enrolled().await;
    set_goal(&phone, "tea").await;
    phone.sync().await.unwrap();
    for years in [3, -5] {
        site.clock.pass(years * YEAR_MS);
        set_goal(&phone, "cup").await;
        phone.sync().await.unwrap();
        phone.sync().await.unwrap();
    }
    assert_eq!(states(&phone).await, ["reflected"; 3]);
}

/// From here on a note that the base forgot something takes more room than there is on a full disk.
async fn weigh_down(site: &Site) {
    let dir = site.membership_dir();
    let db = Db::open(Store::Outbox, &dir, &site.database_key(), u32::MAX)
        .await
        .unwrap();
    let mut write = db.write().await.unwrap();
    let heavy = "CREATE TABLE heavy (bytes BLOB); CREATE TRIGGER heavier AFTER UPDATE OF state \
                 ON command WHEN old.state = 'reflected' \
                 BEGIN INSERT INTO heavy VALUES (zeroblob(1000000)); END;";
    sqlx::raw_sql(heavy).execute(&mut *write).await.unwrap();
    write.commit().await.unwrap();
    db.close().await;
}

#[tokio::test]
async fn a_damaged_cache_is_rebuilt_on_a_full_disk_too() {
    let mut site = Site::new(Role::Phone);
    let (device, phone) = site.enrolled().await;
    set_goal(&phone, "tea").await;
    phone.sync().await.unwrap();
    let shown = phone.balances(PERSON).await.unwrap().view_active;
    device.close().await;
    drop(phone);
    weigh_down(&site).await;
    std::fs::write(site.membership_dir().join("cache.db"), [7; 8_192]).unwrap();

    // Room for a new cache, and none for the note.
    site.tuning.pages_max = Some(200);
    let (device, phone) = site.reopened().await;
    site.server.fault("/v1/pull", common::Fault::LoseRequest);
    phone.rebuild_cache().await.unwrap();
    assert_eq!(shown_goal(&phone).await.as_deref(), Some("tea"));
    device.close().await;
    drop(phone);

    site.tuning.pages_max = None;
    let (_device, phone) = site.reopened().await;
    assert_eq!(shown_goal(&phone).await.as_deref(), Some("tea"));
    phone.sync().await.unwrap();
    assert_eq!(states(&phone).await, ["reflected"]);
    assert_eq!(phone.balances(PERSON).await.unwrap().view_active, shown);
}

#[tokio::test]
async fn a_clock_that_jumps_by_years_hides_nothing_that_waits() {
    let site = Site::new(Role::Phone);
    let (device, phone) = site.enrolled().await;
    set_goal(&phone, "tea").await;
    device.close().await;
    drop(phone);
    site.clock.pass(8 * 365 * 24 * 3_600_000);
    let (_device, phone) = site.reopened().await;
    assert_eq!(states(&phone).await, ["queued"]);
    assert_eq!(shown_goal(&phone).await.as_deref(), Some("tea"));
}

#[tokio::test]
async fn what_a_cache_forgot_shows_though_a_full_disk_takes_no_note_of_it() {
    let mut site = Site::new(Role::Phone);
    let (device, phone) = site.enrolled().await;
    device.close().await;
    drop(phone);
    let dir = site.membership_dir();
    let before = bytes_of(&dir.join("cache.db"));
    let (device, phone) = site.reopened().await;
    let id = set_goal(&phone, "tea").await;
    phone.sync().await.unwrap();
    let shown = phone.balances(PERSON).await.unwrap().view_active;
    device.close().await;
    drop(phone);
    // From here on the cache is as it was before.
    weigh_down(&site).await;
    std::fs::write(dir.join("cache.db"), before).unwrap();

    for (room, wanted) in [(Some(1), "reflected"), (None, "accepted")] {
        site.tuning.pages_max = room;
        let (device, phone) = site.reopened().await;
        let state = phone.command(id).await.unwrap().unwrap().state;
        assert_eq!(state, wanted);
        assert_eq!(shown_goal(&phone).await.as_deref(), Some("tea"));
        assert_eq!(phone.balances(PERSON).await.unwrap().view_active, shown);
        device.close().await;
    }
    let (_device, phone) = site.reopened().await;
    phone.sync().await.unwrap();
    assert_eq!(states(&phone).await, ["reflected"]);
    assert_eq!(phone.balances(PERSON).await.unwrap().view_active, shown);
}
