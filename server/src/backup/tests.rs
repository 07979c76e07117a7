//! A back-up made while the server writes restores to books that hold; what is damaged is refused.

use std::path::Path;

use sha2::{Digest, Sha256};

use super::*;
use crate::books::sample::{NOW_MS, Sample};
use crate::books::verify_ledger;
use crate::store::{BlobRow, Store};

async fn add_blob(sample: &Sample) -> String {
    let bytes = b"a picture of a shelf";
    let sha256 = hex::encode(Sha256::digest(bytes));
    let path = sample.store.blob_path(&sha256);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
    let mut tx = sample.store.begin(sample.programme).await.unwrap();
    let blob = BlobRow {
        sha256: sha256.clone(),
        size: 20,
        mime: "image/jpeg".to_owned(),
        device: None,
    };
    tx.put_blob(&blob).await.unwrap();
    tx.commit().await.unwrap();
    sha256
}

async fn epoch(store: &Store, programme: uuid::Uuid) -> String {
    store.setting(programme, "epoch").await.unwrap().unwrap()
}

#[tokio::test]
async fn a_back_up_made_while_the_server_writes_restores() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let mut sample = Sample::make(&data).await;
    let blob = add_blob(&sample).await;
    sample.sell(3, false).await;
    let file = folder.path().join("carrot.backup");
    let writing = async {
        for _ in 0..5 {
            sample.sell(2, false).await;
        }
        sample
    };
    let (sample, report) = tokio::join!(writing, backup(&data, &file, NOW_MS));
    assert_eq!(report.unwrap().files, 3);
    let there = folder.path().join("there");
    let restored = restore(&file, &there, true).await.unwrap();
    assert_eq!(
        (restored.files, restored.made_ms, restored.renewed),
        (3, NOW_MS, 1)
    );
    let store = Store::open(&there).await.unwrap();
    let report = verify_ledger(&store).await.unwrap();
    assert_eq!(report.books.faults, [] as [String; 0]);
    assert!((3..=13).contains(&report.commands), "{}", report.commands);
    assert!(store.blob_path(&blob).is_file());
    assert_eq!(
        store.keys().trust_texts(),
        sample.store.keys().trust_texts()
    );
    assert_ne!(
        epoch(&store, sample.programme).await,
        epoch(&sample.store, sample.programme).await
    );
    let left: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(left.len(), 3, "{left:?}");
}

#[tokio::test]
async fn without_a_new_epoch_devices_go_on_where_they_were() {
    let folder = tempfile::tempdir().unwrap();
    let sample = Sample::make(&folder.path().join("data")).await;
    let (file, there) = (
        folder.path().join("carrot.backup"),
        folder.path().join("there"),
    );
    backup(sample.store.data(), &file, NOW_MS).await.unwrap();
    std::fs::create_dir(&there).unwrap();
    restore(&file, &there, false).await.unwrap();
    let store = Store::open(&there).await.unwrap();
    assert_eq!(
        epoch(&store, sample.programme).await,
        epoch(&sample.store, sample.programme).await
    );
}

async fn code_of(from: &Path, data: &Path) -> String {
    match restore(from, data, true).await.unwrap_err() {
        Error::Refused(error) => error.code,
        other => other.to_string(),
    }
}

#[tokio::test]
async fn damage_and_full_folders_are_refused_and_nothing_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let sample = Sample::make(&folder.path().join("data")).await;
    let (file, there) = (
        folder.path().join("carrot.backup"),
        folder.path().join("there"),
    );
    backup(sample.store.data(), &file, NOW_MS).await.unwrap();
    assert!(backup(sample.store.data(), &file, NOW_MS).await.is_err());
    assert_eq!(code_of(&file, sample.store.data()).await, "not_empty");
    let good = std::fs::read(&file).unwrap();
    let cut = folder.path().join("cut.backup");
    std::fs::write(&cut, &good[..good.len() / 2]).unwrap();
    assert_eq!(code_of(&cut, &there).await, "archive_damaged");
    let swapped = folder.path().join("swapped.backup");
    tamper(&good, &swapped);
    assert_eq!(code_of(&swapped, &there).await, "archive_damaged");
    assert!(!there.exists());
}

/// Packs the archive again with one byte of the keys changed.
fn tamper(good: &[u8], out: &Path) {
    use std::io::Read as _;
    let mut from = tar::Archive::new(flate2::read::GzDecoder::new(good));
    let encoder = flate2::write::GzEncoder::new(
        std::fs::File::create(out).unwrap(),
        flate2::Compression::fast(),
    );
    let mut into = tar::Builder::new(encoder);
    for entry in from.entries().unwrap() {
        let mut entry = entry.unwrap();
        let (mut header, path) = (entry.header().clone(), entry.path().unwrap().into_owned());
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        if path.ends_with("keys.json") {
            bytes[20] ^= 1;
        }
        into.append_data(&mut header, path, bytes.as_slice())
            .unwrap();
    }
    into.into_inner().unwrap().finish().unwrap();
}
