//! Keys in a keyring: kept, missing, unavailable. One test, because the credential store is the
//! process's own.

mod common;

use carrot_client::KeyChoice;
use carrot_client::keys::KEYRING_SERVICE;
use common::{Role, Site, set_goal, states};
use keyring_core::{Entry, Error, mock};

fn fail_next(user: &str) {
    let entry = Entry::new(KEYRING_SERVICE, user).unwrap();
    let mock: &mock::Cred = entry.as_any().downcast_ref().unwrap();
    let refused = std::io::Error::other("no secret service on the bus");
    mock.set_error(Error::NoStorageAccess(Box::new(refused)));
}

#[tokio::test]
async fn keys_live_in_the_keyring_under_the_folder_and_programme() {
    keyring_core::set_default_store(mock::Store::new().unwrap());
    let mut site = Site::new(Role::Phone);
    site.keys = KeyChoice::Keyring;
    let device = site.open().await.unwrap();
    let list = std::fs::read_to_string(site.dir.path().join("device.json")).unwrap();
    let list: serde_json::Value = serde_json::from_str(&list).unwrap();
    let folder = list["folder_id"].as_str().unwrap();

    fail_next(&format!("{folder}:probe"));
    let error = device
        .enrol(&site.server.enrolment_code(), "phone")
        .await
        .err()
        .unwrap();
    assert_eq!(error.code(), "keyring_unavailable");
    let detail = error.to_call_error().detail;
    assert!(
        detail.contains("--insecure-key-file") && detail.contains("secret service"),
        "{detail}"
    );
    assert_eq!(site.server.calls("/v1/enrol"), 0, "the code is not used up");

    let phone = device
        .enrol(&site.server.enrolment_code(), "phone")
        .await
        .unwrap();
    set_goal(&phone, "tea").await;
    device.close().await;
    drop(phone);
    assert!(!site.membership_dir().join("keys.json").exists());
    let user = format!("{folder}:{}", site.server.programme());
    let (device, phone) = site.reopened().await;
    assert_eq!(states(&phone).await, ["queued"]);
    device.close().await;
    drop(phone);

    fail_next(&user);
    assert_eq!(
        site.open().await.err().unwrap().code(),
        "keyring_unavailable"
    );
    Entry::new(KEYRING_SERVICE, &user)
        .unwrap()
        .delete_credential()
        .unwrap();
    assert_eq!(site.open().await.err().unwrap().code(), "key_missing");
    keyring_core::unset_default_store();
}
