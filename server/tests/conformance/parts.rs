//! Large photos that come in parts: what is asked again, what comes twice, what never ends.

use axum::body::Body;
use axum::http::{Request, header};
use carrot_wire::blob::{PartReply, part_path, path, progress_path};
use carrot_wire::crypto;
use carrot_wire::limits::{
    BLOB_BYTES_MAX, BLOB_PART_BYTES_MAX, BLOB_UNENDED_AGE_MS_MAX, BLOB_UNENDED_MAX,
};
use futures_util::future::join_all;
use serde_json::Value;

use crate::common::*;

/// Bytes of the tests' photo: three whole parts and a piece.
const BYTES: usize = 3 * BLOB_PART_BYTES_MAX + 1_000;

fn photo(seed: u8) -> (Vec<u8>, String) {
    let bytes: Vec<u8> = (0..BYTES).map(|at| (at % 251) as u8 ^ seed).collect();
    let hash = crypto::hash(&[&bytes]);
    (bytes, hash)
}

async fn call(
    world: &World,
    device: &Device,
    method: &str,
    path: &str,
    body: &[u8],
) -> (u16, Vec<u8>) {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::AUTHORIZATION, format!("Bearer {}", device.token))
        .header(header::CONTENT_TYPE, "image/jpeg")
        .body(Body::from(body.to_vec()))
        .unwrap();
    let (status, bytes) = world.send(request).await;
    (status.as_u16(), bytes)
}

/// Puts the part at an offset; answers the status, and the reply or the code with its parameters.
async fn put(
    world: &World,
    device: &Device,
    (bytes, hash): &(Vec<u8>, String),
    at: usize,
) -> (u16, Value) {
    let end = bytes.len().min(at + BLOB_PART_BYTES_MAX);
    let part = bytes.get(at..end).unwrap_or_default();
    let path = part_path(hash, at as u64, bytes.len() as u64);
    let (status, reply) = call(world, device, "PUT", &path, part).await;
    (status, serde_json::from_slice(&reply).unwrap_or_default())
}

async fn progress(world: &World, device: &Device, hash: &str) -> PartReply {
    let (status, reply) = call(world, device, "GET", &progress_path(hash), &[]).await;
    assert_eq!(status, 200);
    serde_json::from_slice(&reply).unwrap()
}

fn at(offset: usize, complete: bool) -> PartReply {
    PartReply {
        offset: offset as u64,
        complete,
    }
}

fn refused(reply: &Value) -> (&str, &Value) {
    let error = &reply["error"];
    (error["code"].as_str().unwrap_or(""), &error["params"])
}

/// Files that no blob has: parts and uploads.
fn left_files(world: &World) -> usize {
    let count = |folder: std::path::PathBuf| {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        entries.filter(|entry| entry.path().is_file()).count()
    };
    let data = world.store.data().join("blobs");
    count(world.store.parts_folder()) + count(data)
}

pub async fn a_large_photo_goes_on_where_it_broke_off(engine: Engine) {
    let world = World::on(engine).await;
    let phone = Device::phone(&world, 2, MERCHANDISER).await;
    let photo = photo(1);
    assert_eq!(progress(&world, &phone, &photo.1).await, at(0, false));
    // It cannot begin in the middle.
    let (status, reply) = put(&world, &phone, &photo, BLOB_PART_BYTES_MAX).await;
    assert_eq!((status, refused(&reply).0), (409, "offset_conflict"));
    assert_eq!(refused(&reply).1["offset"], 0);
    assert_eq!(put(&world, &phone, &photo, 0).await.0, 200);
    // The answer was lost, and the part comes again: it is told where it stands.
    let (status, reply) = put(&world, &phone, &photo, 0).await;
    assert_eq!(status, 409);
    assert_eq!(refused(&reply).1["offset"], BLOB_PART_BYTES_MAX);
    // The server is killed and started again.
    let world = world.restart().await;
    let here = progress(&world, &phone, &photo.1).await;
    assert_eq!(here, at(BLOB_PART_BYTES_MAX, false));
    for place in 1..=3 {
        let (status, reply) = put(&world, &phone, &photo, place * BLOB_PART_BYTES_MAX).await;
        let said: PartReply = serde_json::from_value(reply).unwrap();
        let end = BYTES.min((place + 1) * BLOB_PART_BYTES_MAX);
        assert_eq!((status, said), (200, at(end, place == 3)));
    }
    let (status, read) = call(&world, &phone, "GET", &path(&photo.1), &[]).await;
    assert_eq!((status, read == photo.0), (200, true));
    // Who brings the same photo later is told that it is here, wherever they begin.
    let other = Device::phone(&world, 3, SELLER).await;
    assert_eq!(progress(&world, &other, &photo.1).await, at(BYTES, true));
    let (status, reply) = put(&world, &other, &photo, 0).await;
    assert_eq!((status, reply["complete"].as_bool()), (200, Some(true)));
    assert_eq!(left_files(&world), 0);
    world.close().await;
}

pub async fn two_devices_and_two_servers_at_once_leave_one_photo(engine: Engine) {
    let world = World::on(engine).await;
    let servers = [world.other().await, world.other().await];
    let phones = [
        Device::phone(&world, 2, MERCHANDISER).await,
        Device::phone(&world, 3, SELLER).await,
    ];
    let photo = photo(2);
    for place in 0..=3 {
        let mut calls = Vec::new();
        for server in &servers {
            for phone in &phones {
                calls.push(put(server, phone, &photo, place * BLOB_PART_BYTES_MAX));
            }
        }
        for (status, reply) in join_all(calls).await {
            assert!(matches!(status, 200 | 409), "{status} {reply}");
        }
    }
    for phone in &phones {
        assert_eq!(progress(&world, phone, &photo.1).await, at(BYTES, true));
        // A late one of the loser finds it done, and leaves nothing.
        put(&world, phone, &photo, 0).await;
    }
    let stored = std::fs::read(world.store.blob_path(&photo.1)).unwrap();
    assert!(stored == photo.0);
    assert_eq!(left_files(&world), 0);
    world.close().await;
}

pub async fn a_photo_of_another_hash_is_forgotten_and_begins_anew(engine: Engine) {
    let world = World::on(engine).await;
    let phone = Device::phone(&world, 2, MERCHANDISER).await;
    let right = photo(3);
    let mut wrong = right.clone();
    wrong.0[BYTES - 1] ^= 1;
    for place in 0..3 {
        let (status, _) = put(&world, &phone, &wrong, place * BLOB_PART_BYTES_MAX).await;
        assert_eq!(status, 200);
    }
    let (status, reply) = put(&world, &phone, &wrong, 3 * BLOB_PART_BYTES_MAX).await;
    assert_eq!((status, refused(&reply).0), (422, "blob_mismatch"));
    assert_eq!(progress(&world, &phone, &right.1).await, at(0, false));
    assert_eq!(left_files(&world), 0);
    // Bytes that were lost (a restored back-up has none) begin anew too.
    assert_eq!(put(&world, &phone, &right, 0).await.0, 200);
    std::fs::remove_file(world.store.part_path(phone.id, &right.1)).unwrap();
    assert_eq!(progress(&world, &phone, &right.1).await, at(0, false));
    let (status, reply) = put(&world, &phone, &right, BLOB_PART_BYTES_MAX).await;
    assert_eq!(
        (status, refused(&reply).1["offset"].as_i64()),
        (409, Some(0))
    );
    for place in 0..=3 {
        let (status, _) = put(&world, &phone, &right, place * BLOB_PART_BYTES_MAX).await;
        assert_eq!(status, 200);
    }
    assert_eq!(progress(&world, &phone, &right.1).await, at(BYTES, true));
    world.close().await;
}

pub async fn parts_have_limits_and_those_that_never_end_are_swept(engine: Engine) {
    let world = World::on(engine).await;
    let phone = Device::phone(&world, 2, MERCHANDISER).await;
    let photo = photo(4);
    let odd = |offset: usize, size: usize, body: usize| {
        let (path, body) = (
            part_path(&photo.1, offset as u64, size as u64),
            vec![1; body],
        );
        let (world, phone) = (&world, &phone);
        async move {
            let (status, reply) = call(world, phone, "PUT", &path, &body).await;
            let reply: Value = serde_json::from_slice(&reply).unwrap();
            (status, refused(&reply).0.to_owned())
        }
    };
    let said = |status: u16, code: &str| (status, code.to_owned());
    let large = BLOB_BYTES_MAX + 1;
    assert_eq!(odd(0, large, 10).await, said(413, "blob_too_large"));
    let long = BLOB_PART_BYTES_MAX + 1;
    assert_eq!(odd(0, BYTES, long).await, said(413, "blob_too_large"));
    assert_eq!(odd(0, 10, 11).await, said(400, "bad_input"));
    assert_eq!(odd(0, 10, 0).await, said(400, "bad_input"));
    assert_eq!(odd(0, 0, 0).await, said(400, "bad_input"));
    let path = format!("/v1/blobs/{}/part?offset=-1&size=x", photo.1);
    assert_eq!(call(&world, &phone, "PUT", &path, &[1]).await.0, 400);
    assert_eq!(left_files(&world), 0, "what is refused leaves nothing");
    for begun in 0..BLOB_UNENDED_MAX {
        let photo = self::photo(10 + begun as u8);
        assert_eq!(put(&world, &phone, &photo, 0).await.0, 200);
    }
    let (status, reply) = put(&world, &phone, &photo, 0).await;
    assert_eq!((status, refused(&reply).0), (429, "too_many_parts"));
    assert_eq!(refused(&reply).1["wait_s"], 3_600);
    assert_eq!(left_files(&world), BLOB_UNENDED_MAX as usize);
    world.clock.advance(BLOB_UNENDED_AGE_MS_MAX);
    world.store.run_due(world.store.now_ms()).await.unwrap();
    assert_eq!(left_files(&world), BLOB_UNENDED_MAX as usize, "not yet");
    world.clock.advance(1);
    world.store.run_due(world.store.now_ms()).await.unwrap();
    assert_eq!(left_files(&world), 0);
    let unended = world
        .store
        .unended_parts(PROGRAMME, phone.id)
        .await
        .unwrap();
    assert_eq!(unended, (0, 0));
    let phone = Device::phone(&world, 4, MERCHANDISER).await;
    assert_eq!(put(&world, &phone, &photo, 0).await.0, 200);
    world.close().await;
}

pub async fn a_full_disk_leaves_nothing_of_a_part(engine: Engine) {
    let world = World::on(engine).await;
    let phone = Device::phone(&world, 2, MERCHANDISER).await;
    let photo = photo(5);
    // A file that takes nothing, as on a disk without room.
    let place = world.store.part_path(phone.id, &photo.1);
    std::fs::create_dir_all(place.parent().unwrap()).unwrap();
    std::os::unix::fs::symlink("/dev/full", &place).unwrap();
    let (status, reply) = put(&world, &phone, &photo, 0).await;
    assert_eq!((status, refused(&reply).0), (507, "storage_full"));
    assert_eq!(refused(&reply).1["wait_s"], 60);
    std::fs::remove_file(&place).unwrap();
    assert_eq!(progress(&world, &phone, &photo.1).await, at(0, false));
    for place in 0..=3 {
        let (status, _) = put(&world, &phone, &photo, place * BLOB_PART_BYTES_MAX).await;
        assert_eq!(status, 200);
    }
    assert_eq!(progress(&world, &phone, &photo.1).await, at(BYTES, true));
    world.close().await;
}
