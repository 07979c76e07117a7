//! The journal beside the outbox: what waits survives a database that cannot be read, goes back, or loses
//! its end, and nothing is deleted on the way.

mod common;

use std::path::Path;

use carrot_client::Tuning;
use carrot_wire::VerdictClass;
use common::{Role, Site, bytes_of, set_goal, shown_goal, states};

/// So many commands are in the outbox, have their effect once, and nothing waits.
async fn delivers(site: &Site, phone: &carrot_client::Membership, commands: usize) {
    let newest = carrot_client::db::Store::Outbox.version();
    assert_eq!(phone.status().await.unwrap().outbox_schema, newest);
    phone.sync().await.unwrap();
    assert_eq!(phone.status().await.unwrap().waiting, 0);
    assert_eq!(site.server.effects(), vec![1; commands]);
}

fn set_aside(dir: &Path, file: &str) -> usize {
    let names = std::fs::read_dir(dir).unwrap();
    let names = names.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    names
        .filter(|name| name.starts_with(&format!("{file}.damaged-")))
        .count()
}

#[tokio::test]
async fn f_an_outbox_that_cannot_be_read_is_made_anew_from_its_journal() {
    let site = Site::new(Role::Phone);
    let (device, phone) = site.enrolled().await;
    set_goal(&phone, "tea").await;
    phone.sync().await.unwrap();
    set_goal(&phone, "cup").await;
    set_goal(&phone, "tea").await;
    device.close().await;
    drop(phone);
    let outbox = site.membership_dir().join("outbox.db");
    let damaged = vec![7; bytes_of(&outbox).len()];
    std::fs::write(&outbox, &damaged).unwrap();

    let (_device, phone) = site.reopened().await;
    assert_eq!(
        states(&phone).await,
        ["accepted", "queued", "queued"],
        "the answer that was there is known"
    );
    assert_eq!(shown_goal(&phone).await.as_deref(), Some("tea"));
    let dir = site.membership_dir();
    assert_eq!(set_aside(&dir, "outbox.db"), 1);
    let aside = format!("outbox.db.damaged-{}", common::START_MS);
    assert!(bytes_of(&dir.join(aside)) == damaged, "as it was");
    set_goal(&phone, "cup").await;
    delivers(&site, &phone, 4).await;
}

#[tokio::test]
async fn an_outbox_made_anew_knows_what_a_server_that_was_set_back_answered_last() {
    let site = Site::new(Role::Phone);
    let (device, phone) = site.enrolled().await;
    set_goal(&phone, "tea").await;
    phone.sync().await.unwrap();
    site.server.restore(0, 0);
    site.server
        .class(1, VerdictClass::Rejected, "unknown_reward");
    phone.sync().await.unwrap();
    assert_eq!(states(&phone).await, ["rejected"]);
    device.close().await;
    drop(phone);
    site.ruin_outbox();
    let (_device, phone) = site.reopened().await;
    assert_eq!(states(&phone).await, ["rejected"]);
}

#[tokio::test]
async fn an_older_copy_of_the_outbox_gets_what_came_after_it() {
    let site = Site::new(Role::Phone);
    let (device, phone) = site.enrolled().await;
    set_goal(&phone, "tea").await;
    device.close().await;
    drop(phone);
    let outbox = site.membership_dir().join("outbox.db");
    let older = bytes_of(&outbox);
    let (device, phone) = site.reopened().await;
    set_goal(&phone, "cup").await;
    phone.sync().await.unwrap();
    set_goal(&phone, "tea").await;
    device.close().await;
    drop(phone);
    std::fs::write(&outbox, older).unwrap();

    let (_device, phone) = site.reopened().await;
    assert_eq!(states(&phone).await.len(), 3);
    assert_eq!(set_aside(&site.membership_dir(), "outbox.db"), 0);
    delivers(&site, &phone, 3).await;
    assert_eq!(phone.status().await.unwrap().blocked_code, None);
}

#[tokio::test]
async fn commands_behind_a_gap_are_kept_in_a_copy_and_counted() {
    let site = Site::new(Role::Phone);
    let (device, phone) = site.enrolled().await;
    set_goal(&phone, "tea").await;
    device.close().await;
    drop(phone);
    let dir = site.membership_dir();
    let (outbox, journal) = (dir.join("outbox.db"), dir.join("outbox.journal"));
    let older = bytes_of(&outbox);
    let (device, phone) = site.reopened().await;
    for goal in ["cup", "tea", "cup"] {
        set_goal(&phone, goal).await;
    }
    device.close().await;
    drop(phone);
    // The database went back to its first command, and the journal's second one is damaged.
    std::fs::write(&outbox, older).unwrap();
    let mut torn = bytes_of(&journal);
    let marks = |bytes: &[u8]| -> Vec<usize> {
        let starts = bytes.windows(4).enumerate();
        starts
            .filter(|(_, w)| w == b"CRJ1")
            .map(|(at, _)| at)
            .collect()
    };
    let all = marks(&torn);
    torn[all[all.len() - 3] + 40] ^= 1;
    std::fs::write(&journal, &torn).unwrap();

    let (device, phone) = site.reopened().await;
    assert_eq!(states(&phone).await, ["queued"]);
    assert_eq!(phone.status().await.unwrap().left_behind, 2);
    assert_eq!(set_aside(&dir, "outbox.journal"), 1);
    let copy = dir.join(format!("outbox.journal.damaged-{}", common::START_MS));
    assert!(bytes_of(&copy) == torn, "as it was found");
    device.close().await;
    drop(phone);
    site.clock.pass(1_000);
    let (_device, phone) = site.reopened().await;
    assert_eq!(set_aside(&dir, "outbox.journal"), 1, "once");
    assert_eq!(phone.status().await.unwrap().left_behind, 2);
    set_goal(&phone, "tea").await;
    delivers(&site, &phone, 2).await;
}

#[tokio::test]
async fn a_damaged_journal_beside_a_sound_outbox_is_written_anew() {
    let site = Site::new(Role::Phone);
    let (device, phone) = site.enrolled().await;
    for _ in 0..3 {
        set_goal(&phone, "tea").await;
    }
    device.close().await;
    drop(phone);
    let dir = site.membership_dir();
    for broken in [vec![0; 900], Vec::new()] {
        std::fs::write(dir.join("outbox.journal"), broken).unwrap();
        let (device, phone) = site.reopened().await;
        assert_eq!(states(&phone).await, ["queued"; 3]);
        device.close().await;
    }
    // What was written anew is enough to replace the outbox.
    std::fs::write(dir.join("outbox.db"), [1; 4_096]).unwrap();
    let (_device, phone) = site.reopened().await;
    delivers(&site, &phone, 3).await;
}

#[tokio::test]
async fn without_a_journal_that_opens_nothing_is_touched() {
    let site = Site::new(Role::Phone);
    let (device, phone) = site.enrolled().await;
    set_goal(&phone, "tea").await;
    device.close().await;
    drop(phone);
    let dir = site.membership_dir();
    std::fs::write(dir.join("outbox.db"), [1; 4_096]).unwrap();
    std::fs::write(dir.join("outbox.journal"), [2; 4_096]).unwrap();
    let before = (
        bytes_of(&dir.join("outbox.db")),
        bytes_of(&dir.join("outbox.journal")),
    );
    assert_eq!(site.open().await.err().unwrap().code(), "outbox_unreadable");
    let after = (
        bytes_of(&dir.join("outbox.db")),
        bytes_of(&dir.join("outbox.journal")),
    );
    assert!(before == after);
}

#[tokio::test]
async fn a_folder_from_before_there_were_journals_gets_one() {
    let site = Site::new(Role::Phone);
    let (device, phone) = site.enrolled().await;
    set_goal(&phone, "tea").await;
    phone.sync().await.unwrap();
    set_goal(&phone, "cup").await;
    device.close().await;
    drop(phone);
    let dir = site.membership_dir();
    std::fs::remove_file(dir.join("outbox.journal")).unwrap();
    let (device, phone) = site.reopened().await;
    drop(phone);
    device.close().await;
    std::fs::write(dir.join("outbox.db"), [1; 4_096]).unwrap();
    let (_device, phone) = site.reopened().await;
    assert_eq!(states(&phone).await, ["accepted", "queued"]);
    delivers(&site, &phone, 2).await;
}

#[tokio::test]
async fn what_the_outbox_did_not_take_does_not_come_back() {
    let mut site = Site::new(Role::Phone);
    let (device, phone) = site.enrolled().await;
    set_goal(&phone, "tea").await;
    device.close().await;
    drop(phone);
    site.tuning.pages_max = Some(1);
    let (device, phone) = site.reopened().await;
    let mut taken = 1;
    let refused = loop {
        let one = phone.submit(common::goal("cup"), common::PERSON, None, Vec::new());
        match one.await {
            Ok(_) => taken += 1,
            Err(error) => break error.code(),
        }
    };
    assert_eq!(refused, "disk_full");
    assert_eq!(states(&phone).await.len(), taken);
    device.close().await;
    drop(phone);
    site.tuning.pages_max = Tuning::default().pages_max;
    let (_device, phone) = site.reopened().await;
    assert_eq!(states(&phone).await.len(), taken);
    delivers(&site, &phone, taken).await;
}

#[tokio::test]
async fn the_journal_is_sealed_and_goes_with_what_is_forgotten() {
    let site = Site::new(Role::Phone);
    let (_device, phone) = site.enrolled().await;
    let journal = site.membership_dir().join("outbox.journal");
    for _ in 0..200 {
        set_goal(&phone, "tea").await;
    }
    phone.sync().await.unwrap();
    let full = bytes_of(&journal);
    assert!(!full.windows(8).any(|part| part == b"goal.set"));
    site.days_pass(91);
    set_goal(&phone, "cup").await;
    phone.sync().await.unwrap();
    assert_eq!(states(&phone).await, ["reflected"]);
    let left = bytes_of(&journal).len();
    assert!(left < full.len() / 20, "{left} of {}", full.len());
}
