//! Leaving with a full queue, coming back, handing the queue over as a file, and leaving the screen.

mod common;

use carrot_client::{Leave, handover};
use carrot_wire::VerdictClass;
use common::{Fault, PERSON, Role, Site, goal, set_goal, shown_goal, states};

/// The device's database files that this process has open.
fn open_files(site: &Site) -> Vec<String> {
    let links = std::fs::read_dir("/proc/self/fd").unwrap();
    let paths = links.filter_map(|link| std::fs::read_link(link.unwrap().path()).ok());
    let here = paths.filter(|path| path.starts_with(site.dir.path()));
    let names = here.map(|path| path.display().to_string());
    names.filter(|name| name.contains(".db")).collect()
}

#[tokio::test]
async fn f101_leaving_is_refused_while_something_waits_and_says_what() {
    let site = Site::new(Role::Phone);
    let (device, phone) = site.enrolled().await;
    let programme = phone.programme_id();
    site.clock.pass(5_000);
    set_goal(&phone, "tea").await;
    site.clock.pass(5_000);
    set_goal(&phone, "cup").await;
    let refusal = device.leave(programme, Leave::WhenSent).await.unwrap_err();
    let error = refusal.to_call_error();
    assert_eq!(error.code, "unsent_commands");
    assert_eq!(error.params["count"], 2);
    assert_eq!(error.params["oldest_ms"], common::START_MS + 5_000);
    // Nothing has changed: the queue goes on, and once it is empty leaving is allowed.
    assert_eq!(device.memberships().len(), 1);
    assert_eq!(phone.sync().await.unwrap().accepted, 2);
    device.leave(programme, Leave::WhenSent).await.unwrap();
    assert!(device.memberships().is_empty());
    assert!(open_files(&site).is_empty());
    // Who still holds the membership can make no command that nobody would send.
    let late = phone.submit(goal("tea"), PERSON, None, Vec::new()).await;
    assert!(late.is_err());
}

#[tokio::test]
async fn f101_a_photo_that_the_server_lacks_holds_its_person_back() {
    let site = Site::new(Role::Phone);
    let (device, phone) = site.enrolled().await;
    let photo = phone.put_photo(vec![7; 900], "image/jpeg").await.unwrap();
    let sent = phone.submit(goal("tea"), PERSON, None, vec![photo]).await;
    sent.unwrap();
    site.server.fault("/v1/blobs", Fault::LoseRequest);
    assert!(phone.sync().await.is_err());
    let unsent = phone.unsent().await.unwrap();
    assert_eq!((unsent.commands, unsent.photos), (0, 1));
    let programme = phone.programme_id();
    let refused = device.leave(programme, Leave::WhenSent).await;
    assert_eq!(refused.unwrap_err().code(), "unsent_commands");
    phone.sync().await.unwrap();
    assert!(phone.unsent().await.unwrap().nothing());
    device.leave(programme, Leave::WhenSent).await.unwrap();
}

#[tokio::test]
async fn f101_a_queue_rests_until_its_person_returns() {
    let site = Site::new(Role::Phone);
    let (device, phone) = site.enrolled().await;
    let programme = phone.programme_id();
    set_goal(&phone, "tea").await;
    drop(phone);
    device.leave(programme, Leave::KeepQueue).await.unwrap();
    assert_eq!(device.resting().await.len(), 1);
    device.close().await;
    // A restart changes nothing.
    let device = site.open().await.unwrap();
    assert!(device.memberships().is_empty());
    let phone = device.resume(programme).await.unwrap();
    assert_eq!(shown_goal(&phone).await.as_deref(), Some("tea"));
    assert_eq!(phone.sync().await.unwrap().accepted, 1);
    assert_eq!(site.server.effects(), [1]);
    assert!(
        device.resume(programme).await.is_err(),
        "it is back already"
    );
}

#[tokio::test]
async fn f101_the_next_person_enrols_where_everything_was_sent_and_nothing_is_deleted() {
    let site = Site::new(Role::Phone);
    let (device, phone) = site.enrolled().await;
    let programme = phone.programme_id();
    device.leave(programme, Leave::WhenSent).await.unwrap();
    let code = site.server.enrolment_code();
    let next = device.enrol(&code, "till 1").await.unwrap();
    set_goal(&next, "tea").await;
    assert_eq!(next.unsent().await.unwrap().commands, 1);
    let beside = std::fs::read_dir(site.dir.path().join("m")).unwrap();
    let names: Vec<String> = beside
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(names.len(), 2, "{names:?}");
    assert!(names.iter().any(|name| name.contains(".left-")));
}

#[tokio::test]
async fn f101_a_queue_is_handed_over_as_a_sealed_file_and_stays() {
    let site = Site::new(Role::Phone);
    let (_device, phone) = site.enrolled().await;
    let nothing = phone.export_queue().await.unwrap_err();
    assert_eq!(nothing.code(), "nothing_to_export");
    let photo = phone.put_photo(vec![9; 300], "image/png").await.unwrap();
    let named = vec![photo.clone()];
    phone
        .submit(goal("tea"), PERSON, None, named)
        .await
        .unwrap();
    set_goal(&phone, "cup").await;
    let exported = phone.export_queue().await.unwrap();
    assert_eq!((exported.commands, exported.photos), (2, 1));
    let bytes = std::fs::read(&exported.path).unwrap();
    assert!(!bytes.windows(8).any(|part| part == b"goal.set"), "sealed");
    let secret = exported.secret.to_uppercase().replace('-', " ");
    let opened = handover::open(&bytes, &secret).unwrap();
    assert_eq!(opened.device_id, phone.device_id());
    assert_eq!(opened.commands.len(), 2);
    assert_eq!(opened.photos[0].sha256, photo.sha256);
    // Another secret, a changed byte, another file.
    let mut changed = bytes.clone();
    *changed.last_mut().unwrap() ^= 1;
    for (bytes, secret, code) in [
        (&bytes, "0000-0000", "wrong_secret"),
        (&changed, secret.as_str(), "wrong_secret"),
        (&b"PK..".to_vec(), secret.as_str(), "not_a_queue_file"),
    ] {
        assert_eq!(handover::open(bytes, secret).unwrap_err().code(), code);
    }
    // The queue has not changed, and the server takes it as ever.
    assert_eq!(states(&phone).await, ["queued", "queued"]);
    assert_eq!(phone.sync().await.unwrap().accepted, 2);
}

#[tokio::test]
async fn suspending_closes_every_file_and_the_next_use_opens_them_again() {
    let site = Site::new(Role::Phone);
    let (device, phone) = site.enrolled().await;
    set_goal(&phone, "tea").await;
    assert_eq!(shown_goal(&phone).await.as_deref(), Some("tea"));
    assert!(!open_files(&site).is_empty());
    assert!(device.suspend().await);
    assert_eq!(open_files(&site), Vec::<String>::new());
    assert!(device.suspend().await, "twice is once");
    // A call while the app is away works, and what it does is kept.
    set_goal(&phone, "cup").await;
    assert_eq!(shown_goal(&phone).await.as_deref(), Some("cup"));
    device.wake();
    assert_eq!(phone.sync().await.unwrap().accepted, 2);
    assert_eq!(site.server.effects(), [1, 1]);
}

#[tokio::test]
async fn suspending_breaks_off_a_call_that_hangs_and_its_answer_is_asked_for_again() {
    let site = Site::new(Role::Phone);
    let (device, phone) = site.enrolled().await;
    let task = phone.spawn_sync_loop();
    let mut changes = phone.subscribe();
    site.server.fault("/v1/commands", Fault::Hang);
    set_goal(&phone, "tea").await;
    while site.server.calls("/v1/commands") == 0 {
        tokio::task::yield_now().await;
    }
    assert!(device.suspend().await);
    assert_eq!(open_files(&site), Vec::<String>::new());
    // The loop rests: nothing is opened or asked behind the app's back.
    let calls = site.server.calls("/v1");
    for _ in 0..200 {
        tokio::task::yield_now().await;
    }
    assert_eq!(open_files(&site), Vec::<String>::new());
    assert_eq!(site.server.calls("/v1"), calls);
    device.wake();
    while states(&phone).await != ["reflected"] {
        changes.changed().await.unwrap();
    }
    assert_eq!(site.server.effects(), [1]);
    device.close().await;
    assert!(task.await.unwrap_err().is_cancelled());
}

#[tokio::test]
async fn a_blocked_queue_can_be_handed_over_too() {
    let site = Site::new(Role::Phone);
    let (_device, phone) = site.enrolled().await;
    site.server
        .class(1, VerdictClass::Blocked, "upgrade_required");
    set_goal(&phone, "tea").await;
    phone.sync().await.unwrap();
    assert_eq!(states(&phone).await, ["blocked"]);
    assert_eq!(phone.export_queue().await.unwrap().commands, 1);
    assert_eq!(phone.unsent().await.unwrap().commands, 1);
}
