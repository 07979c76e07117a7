//! A database whose keys are gone: it is left as it is, the other programmes work, and no new key is ever
//! written over it.

mod common;

use std::sync::Arc;

use carrot_client::transport::{Call, Sent, Transport};
use common::{Role, Server, Site, bytes_of, set_goal, states};
use uuid::Uuid;

/// Two servers behind one transport, told apart by their addresses.
struct Both(Arc<Server>, Arc<Server>);

impl Transport for Both {
    fn send<'a>(&'a self, server: &'a str, call: Call) -> Sent<'a> {
        let chosen = if server.contains("second") {
            &self.1
        } else {
            &self.0
        };
        chosen.send(server, call)
    }
}

/// A device in two programmes, each on a server of its own.
fn site() -> (Site, Arc<Server>) {
    let mut site = Site::new(Role::Phone);
    let second = Arc::new(Server::of(
        Role::Phone,
        Uuid::from_u128(900),
        "https://second.example",
    ));
    site.tuning.transport = Some(Arc::new(Both(site.server.clone(), second.clone())));
    (site, second)
}

#[tokio::test]
async fn the_other_programme_works_and_the_locked_one_is_left_as_it_is() {
    let (site, second) = site();
    let device = site.open().await.unwrap();
    let one = device
        .enrol(&site.server.enrolment_code(), "p")
        .await
        .unwrap();
    let two = device.enrol(&second.enrolment_code(), "p").await.unwrap();
    set_goal(&one, "tea").await;
    set_goal(&two, "cup").await;
    device.close().await;
    let keys = site.membership_dir().join("keys.json");
    let away = site.dir.path().join("elsewhere.json");
    std::fs::rename(&keys, &away).unwrap();
    let before = bytes_of(&site.membership_dir().join("outbox.db"));

    let device = site.open().await.unwrap();
    assert_eq!(device.memberships().len(), 1);
    let [(entry, error)] = device.locked() else {
        panic!("one is locked");
    };
    assert_eq!(entry.programme_id, site.server.programme());
    assert_eq!(error.code(), "key_missing");
    let two = device.memberships().remove(0);
    assert_eq!(two.sync().await.unwrap().accepted, 1);
    // Nobody takes its place with a new key.
    let refused = device.enrol(&site.server.enrolment_code(), "p").await;
    assert_eq!(refused.err().unwrap().code(), "already_enrolled");
    assert!(!keys.exists());
    device.close().await;
    assert_eq!(bytes_of(&site.membership_dir().join("outbox.db")), before);

    // The keys come back, and what waited goes on.
    std::fs::rename(&away, &keys).unwrap();
    let device = site.open().await.unwrap();
    assert!(device.locked().is_empty());
    let one = device.memberships().remove(0);
    assert_eq!(states(&one).await, ["queued"]);
}

#[tokio::test]
async fn f115_two_programmes_sync_at_once_and_one_that_is_down_keeps_none_back() {
    let (site, second) = site();
    let device = site.open().await.unwrap();
    let one = device
        .enrol(&site.server.enrolment_code(), "p")
        .await
        .unwrap();
    let two = device.enrol(&second.enrolment_code(), "p").await.unwrap();
    assert_ne!(one.programme_id(), two.programme_id());
    let _loops = [one.spawn_sync_loop(), two.spawn_sync_loop()];
    site.server.down(true);
    set_goal(&one, "tea").await;
    set_goal(&two, "cup").await;
    while states(&two).await != ["reflected"] {
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    }
    assert_eq!(second.effects(), [1]);
    assert!(site.server.effects().is_empty());
    assert_eq!(
        states(&one).await.len(),
        1,
        "its own queue, its own numbers"
    );
    assert_eq!(one.unsent().await.unwrap().commands, 1);
    assert!(two.unsent().await.unwrap().nothing());
    site.server.down(false);
    one.sync().await.unwrap();
    assert_eq!(site.server.effects(), [1]);
    device.close().await;
}
