//! Signing keys that change while the server runs and devices are out.
mod common;

use carrot_server::keys::Keys;
use carrot_wire::crypto::key_id;
use carrot_wire::trust::Trust;
use common::*;
use serde_json::json;

async fn pulled(world: &World, device: &Device, version: i64) -> carrot_wire::pull::PullReply {
    let body = json!({"proto": 1, "scopes": [], "max_bytes": 1_000_000, "trust_version": version});
    let (status, reply) = world.post("/v1/pull", Some(&device.token), body).await;
    assert_eq!(status, 200, "{reply}");
    serde_json::from_value(reply).unwrap()
}

#[tokio::test]
async fn a_rotated_key_reaches_devices_without_a_restart_and_a_stolen_one_stops_counting() {
    let world = World::new().await;
    let phone = Device::phone(&world, 4, BUYER).await;
    let root = Trust::root(world.store.keys().trusted());
    let old = key_id(&root.keys[0]);
    // A device that has the list is not sent it again.
    let first = pulled(&world, &phone, 0).await.trust.unwrap();
    let held = first.succeed(&root).unwrap().unwrap();
    assert!(pulled(&world, &phone, held.version).await.trust.is_none());

    let rotated = Keys::rotate(world.store.data()).unwrap();
    let reply = pulled(&world, &phone, held.version).await;
    let newest = key_id(&rotated.signing().verifying_key());
    assert_eq!(reply.certificate.kid, newest);
    assert_eq!(reply.countersigned.unwrap().kid, newest);
    let held = reply.trust.unwrap().succeed(&held).unwrap().unwrap();
    assert!(reply.certificate.open(&held.keys).is_ok());

    Keys::retire(world.store.data(), &old, false).unwrap();
    let reply = pulled(&world, &phone, held.version).await;
    let list = reply.trust.unwrap();
    let held = list.succeed(&held).unwrap().unwrap();
    assert_eq!(held.keys, [rotated.signing().verifying_key()]);
    assert_eq!(held.code_keys.len(), 2, "printed codes stay genuine");
    // A device that slept through both is led to the new key by the old one.
    assert_eq!(list.succeed(&root).unwrap().unwrap(), held);

    Keys::retire(world.store.data(), &old, true).unwrap();
    let reply = pulled(&world, &phone, held.version).await;
    let held = reply.trust.unwrap().succeed(&held).unwrap().unwrap();
    assert_eq!(held.code_keys, held.keys, "revoked: its codes are void");
    world.close().await;
}
