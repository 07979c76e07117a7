//! Photos: large ones in parts, from where the line broke off, and only where it costs nothing or a
//! person wants it; and what keeps them when the outbox is lost.

mod common;

use carrot_client::{Membership, Surroundings, Upload};
use carrot_wire::limits::{BLOB_BYTES_MAX, BLOB_PART_BYTES_MAX};
use common::*;

/// Bytes of the tests' photo: five whole parts and a piece.
const BYTES: usize = 5 * BLOB_PART_BYTES_MAX + 9;

fn picture(bytes: usize) -> Vec<u8> {
    (0..bytes).map(|at| (at % 253) as u8).collect()
}

/// A command with a photo of so many bytes; answers the photo's hash.
async fn with_photo(phone: &Membership, bytes: usize) -> String {
    let photo = phone.put_photo(picture(bytes), "image/jpeg").await.unwrap();
    let sha256 = photo.sha256.clone();
    let command = goal("tea");
    let submitted = phone.submit(command, PERSON, None, vec![photo]).await;
    submitted.unwrap();
    sha256
}

async fn only_upload(phone: &Membership) -> Upload {
    let mut uploads = phone.uploads().await.unwrap();
    assert_eq!(uploads.len(), 1);
    uploads.remove(0)
}

#[tokio::test]
async fn a_large_photo_goes_on_where_it_broke_off_after_every_part() {
    let site = Site::new(Role::Phone);
    let (device, phone) = site.enrolled().await;
    let hash = with_photo(&phone, BYTES).await;
    assert_eq!(only_upload(&phone).await.waits_for, Some("upload_command"));
    let part = format!("/v1/blobs/{hash}/part?");
    site.server.fault(&part, Fault::LoseReply);
    assert!(phone.sync().await.is_err());
    drop(phone);
    device.close().await;
    for part_of in 1..6 {
        // Each time the program ends in between, and the reply to one more part is lost.
        let (device, phone) = site.reopened().await;
        let upload = only_upload(&phone).await;
        assert_eq!((upload.bytes, upload.waits_for), (BYTES as u64, None));
        if part_of < 5 {
            site.server.fault(&part, Fault::LoseReply);
            assert!(phone.sync().await.is_err());
            let came = (part_of * BLOB_PART_BYTES_MAX) as u64;
            assert_eq!(only_upload(&phone).await.sent_bytes, came);
            assert!(site.server.blob(&hash).is_none());
        } else {
            phone.sync().await.unwrap();
            assert!(phone.uploads().await.unwrap().is_empty());
        }
        assert!(phone.photo(&hash).await.unwrap().is_some());
        drop(phone);
        device.close().await;
    }
    assert!(site.server.blob(&hash) == Some(picture(BYTES)));
    assert_eq!(site.server.part_bytes(), BYTES, "no byte went twice");
}

#[tokio::test]
async fn a_server_that_was_set_back_gets_the_photos_that_it_lost_again() {
    let site = Site::new(Role::Phone);
    let (_device, phone) = site.enrolled().await;
    let small = with_photo(&phone, 900).await;
    phone.sync().await.unwrap();
    let set_back: [fn(&Site); 2] = [
        // Before the command, and after the command but before its photo.
        |site| site.server.restore(0, 0),
        |site| site.server.rebuild(),
    ];
    for set_back in set_back {
        assert!(phone.uploads().await.unwrap().is_empty());
        site.server.forget_blobs();
        set_back(&site);
        phone.sync().await.unwrap();
        phone.sync().await.unwrap();
        assert_eq!(site.server.blob(&small), Some(picture(900)));
    }
}

#[tokio::test]
async fn a_lost_upload_starts_again_and_a_conflict_asks_again() {
    let site = Site::new(Role::Phone);
    let (_device, phone) = site.enrolled().await;
    let hash = with_photo(&phone, BYTES).await;
    let part = format!("/v1/blobs/{hash}/part?");
    site.server.fault(&part, Fault::LoseReply);
    assert!(phone.sync().await.is_err());
    site.server.forget_parts();
    // The first question is answered by a server that has forgotten since.
    site.server
        .fault(&part, Fault::Refuse(409, "offset_conflict", None));
    phone.sync().await.unwrap();
    assert!(site.server.blob(&hash) == Some(picture(BYTES)));
    // What it refuses as a whole it is asked again later, and the local bytes stay.
    let other = with_photo(&phone, BYTES + 1).await;
    let part = format!("/v1/blobs/{other}/part?");
    site.server
        .fault(&part, Fault::Refuse(422, "blob_mismatch", None));
    phone.sync().await.unwrap();
    assert!(site.server.blob(&other).is_none());
    assert!(phone.photo(&other).await.unwrap().is_some());
    phone.sync().await.unwrap();
    assert!(site.server.blob(&other).is_some());
    // A full disk of the server is its own affair: the photo goes later.
    let third = with_photo(&phone, BYTES + 2).await;
    let part = format!("/v1/blobs/{third}/part?");
    site.server
        .fault(&part, Fault::Refuse(507, "storage_full", Some(60)));
    assert_eq!(phone.sync().await.unwrap_err().code(), "storage_full");
    phone.sync().await.unwrap();
    assert!(site.server.blob(&third).is_some());
}

#[tokio::test]
async fn a_large_photo_waits_for_a_free_network_and_power_unless_a_person_wants_it() {
    let site = Site::new(Role::Phone);
    let (device, phone) = site.enrolled().await;
    let mobile = |metered, battery_low| {
        device.set_surroundings(Surroundings {
            metered,
            battery_low,
        });
    };
    mobile(true, true);
    let small = with_photo(&phone, 1_000).await;
    let large = with_photo(&phone, BYTES).await;
    phone.sync().await.unwrap();
    assert!(site.server.blob(&small).is_some() && site.server.blob(&large).is_none());
    assert_eq!(only_upload(&phone).await.waits_for, Some("upload_metered"));
    mobile(false, true);
    phone.sync().await.unwrap();
    assert_eq!(
        only_upload(&phone).await.waits_for,
        Some("upload_battery_low")
    );
    mobile(true, false);
    phone.send_now(&large).await.unwrap();
    assert_eq!(only_upload(&phone).await.waits_for, None);
    phone.sync().await.unwrap();
    assert!(site.server.blob(&large).is_some());
    assert!(phone.uploads().await.unwrap().is_empty());
    // The wish was for that one, and is over.
    let next = with_photo(&phone, BYTES + 1).await;
    phone.sync().await.unwrap();
    assert_eq!(only_upload(&phone).await.waits_for, Some("upload_metered"));
    mobile(false, false);
    phone.sync().await.unwrap();
    assert!(site.server.blob(&next).is_some());
    let unknown = phone.send_now(&"0".repeat(64)).await.unwrap_err();
    assert_eq!(unknown.code(), "photo_missing");
    let large = phone.put_photo(vec![0; BLOB_BYTES_MAX + 1], "image/jpeg");
    assert_eq!(large.await.unwrap_err().code(), "photo_too_large");
}

/// Waits until something is so.
async fn until(so: impl Fn() -> bool) {
    for _ in 0..1_000 {
        if so() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("it never was");
}

#[tokio::test]
async fn what_waits_for_a_free_network_goes_by_itself_and_keeps_nobody_awake() {
    let site = Site::new(Role::Phone);
    let (device, phone) = site.enrolled().await;
    device.set_surroundings(Surroundings {
        metered: true,
        battery_low: false,
    });
    let large = with_photo(&phone, BYTES).await;
    phone.sync().await.unwrap();
    let pulls = site.server.calls("/v1/pull");
    phone.spawn_sync_loop();
    until(|| site.server.calls("/v1/pull") > pulls).await;
    assert_eq!(site.server.calls(&format!("/v1/blobs/{large}")), 0);
    device.set_surroundings(Surroundings::default());
    until(|| site.server.blob(&large).is_some()).await;
    drop(phone);
    device.close().await;
}

/// The copies beside the outbox, by name.
fn copies(site: &Site) -> Vec<String> {
    let folder = site.membership_dir().join("photos");
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_lost_outbox_keeps_the_photos_of_what_waits() {
    let site = Site::new(Role::Phone);
    let (device, phone) = site.enrolled().await;
    let sent = with_photo(&phone, 900).await;
    phone.sync().await.unwrap();
    assert!(copies(&site).is_empty(), "the server has it");
    let waits = with_photo(&phone, 1_000).await;
    let draft = phone.put_photo(picture(1_100), "image/png").await.unwrap();
    device.close().await;
    drop(phone);
    let mut names = vec![waits.clone(), draft.sha256.clone()];
    names.sort();
    assert_eq!(copies(&site), names);
    let copy = site.membership_dir().join("photos").join(&waits);
    let sealed = std::fs::read(&copy).unwrap();
    assert!(!sealed.windows(32).any(|part| part == &picture(1_000)[..32]));
    site.ruin_outbox();

    let (device, phone) = site.reopened().await;
    assert!(phone.photo(&waits).await.unwrap() == Some(picture(1_000)));
    assert!(phone.photo(&draft.sha256).await.unwrap() == Some(picture(1_100)));
    phone.sync().await.unwrap();
    assert!(site.server.blob(&waits) == Some(picture(1_000)));
    assert!(site.server.blob(&sent).is_some());
    assert_eq!(copies(&site), vec![draft.sha256.clone()]);
    // A visit that was being made goes on with its photo.
    let draft = vec![draft];
    let submitted = phone.submit(goal("cup"), PERSON, None, draft);
    submitted.await.unwrap();
    phone.sync().await.unwrap();
    assert!(copies(&site).is_empty());
    device.close().await;
}

#[tokio::test]
async fn a_copy_is_made_where_there_was_none_and_a_damaged_one_stops_nothing() {
    let site = Site::new(Role::Phone);
    let (device, phone) = site.enrolled().await;
    let hash = with_photo(&phone, 1_000).await;
    device.close().await;
    drop(phone);
    let folder = site.membership_dir().join("photos");
    std::fs::remove_dir_all(&folder).unwrap();
    // As a folder of an older version has none.
    let (device, phone) = site.reopened().await;
    assert_eq!(copies(&site), vec![hash.clone()]);
    device.close().await;
    drop(phone);
    let mut bytes = std::fs::read(folder.join(&hash)).unwrap();
    bytes[500] ^= 1;
    std::fs::write(folder.join(&hash), &bytes).unwrap();
    site.ruin_outbox();
    let (_device, phone) = site.reopened().await;
    assert!(phone.photo(&hash).await.unwrap().is_none());
    phone.sync().await.unwrap();
    assert_eq!(phone.status().await.unwrap().waiting, 0);
    assert_eq!(
        std::fs::read(folder.join(&hash)).unwrap(),
        bytes,
        "as it was"
    );
}

#[tokio::test]
async fn a_command_cannot_name_a_photo_that_is_not_here() {
    let site = Site::new(Role::Phone);
    let (_device, phone) = site.enrolled().await;
    let mut photo = phone
        .put_photo(b"picture".to_vec(), "image/jpeg")
        .await
        .unwrap();
    photo.sha256 = "0".repeat(64);
    let refused = phone
        .submit(goal("tea"), PERSON, None, vec![photo])
        .await
        .unwrap_err();
    assert_eq!(refused.code(), "photo_missing");
    let large = vec![0; carrot_wire::limits::BLOB_BYTES_MAX + 1];
    assert_eq!(
        phone
            .put_photo(large, "image/jpeg")
            .await
            .unwrap_err()
            .code(),
        "photo_too_large"
    );
}
