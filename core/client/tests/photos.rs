//! Large photos: in parts, from where the line broke off, and only where it costs nothing or a person
//! wants it.

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
