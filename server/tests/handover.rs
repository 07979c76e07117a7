//! A queue that comes as a file has the effects that it would have had over the line, once.
mod common;

use carrot_rules::Command;
use carrot_rules::command::SaleVoid;
use carrot_server::handover::take;
use carrot_wire::crypto;
use carrot_wire::handover::{HandedPhoto, Handover};
use common::*;
use uuid::Uuid;

fn one_sale() -> Command {
    Command::SaleRecord(sale(Some(SELLER), 1, None))
}

fn file(device: &Device, commands: Vec<carrot_wire::Envelope>) -> Handover {
    Handover {
        programme_id: PROGRAMME,
        device_id: device.id,
        made_ms: START_MS,
        commands,
        photos: Vec::new(),
    }
}

#[tokio::test]
async fn f101_a_queue_from_a_file_counts_once_whichever_way_it_comes() {
    let world = World::new().await;
    let mut till = Device::terminal(&world, 1).await;
    let unknown = SaleVoid {
        sale_id: Uuid::from_u128(5),
    };
    let commands = vec![
        till.sign(&one_sale()),
        till.sign(&Command::SaleVoid(unknown)),
        till.sign(&one_sale()),
    ];
    let picture = b"a picture".to_vec();
    let sha256 = crypto::hash(&[&picture]);
    let photo = HandedPhoto {
        sha256: sha256.clone(),
        mime: "image/png".to_owned(),
        bytes: crypto::encode(&picture),
    };
    let mut handover = file(&till, commands.clone());
    handover.photos = vec![
        photo.clone(),
        HandedPhoto {
            sha256: "0".repeat(64),
            ..photo
        },
    ];
    let taken = take(&world.store, &handover).await.unwrap();
    assert_eq!((taken.accepted, taken.rejected, taken.photos), (2, 1, 1));
    assert_eq!(taken.photos_refused.len(), 1);
    assert_eq!(taken.photos_refused[0].1, "blob_mismatch");
    assert_eq!(world.active(SELLER).await, 2 * SELLER_POINTS);
    let kept = world.store.blob(PROGRAMME, &sha256).await.unwrap().unwrap();
    assert_eq!(kept.device, Some(till.id));
    // The same file again, and the device itself when it can send: the same verdicts, no effect.
    let again = take(&world.store, &handover).await.unwrap();
    assert_eq!((again.accepted, again.rejected, again.photos), (2, 1, 1));
    let reply = till.push(&world, &commands).await;
    assert_eq!(reply.expected_seq, 4);
    assert_eq!(world.active(SELLER).await, 2 * SELLER_POINTS);
    world.close().await;
}

#[tokio::test]
async fn a_file_with_a_gap_or_of_another_device_is_not_taken() {
    let world = World::new().await;
    let mut till = Device::terminal(&world, 1).await;
    let other = Device::terminal(&world, 2).await;
    let (first, second) = (till.sign(&one_sale()), till.sign(&one_sale()));
    let late = take(&world.store, &file(&till, vec![second.clone()])).await;
    assert_eq!(late.unwrap().missing_before, Some(1));
    // Commands carry their device's signature: under another name they stop at once.
    let stolen = take(&world.store, &file(&other, vec![first.clone()])).await;
    let stolen = stolen.unwrap();
    let stopped = Some((1, "signature_invalid".to_owned()));
    assert_eq!((stolen.accepted, stolen.stopped), (0, stopped));
    assert_eq!(world.active(SELLER).await, 0);
    let foreign = Handover {
        programme_id: Uuid::from_u128(999_999),
        ..file(&till, vec![first.clone()])
    };
    let refused = take(&world.store, &foreign).await.unwrap_err();
    assert!(
        refused.to_string().contains("another programme"),
        "{refused}"
    );
    let whole = take(&world.store, &file(&till, vec![first, second])).await;
    assert_eq!(whole.unwrap().accepted, 2);
    world.close().await;
}

#[tokio::test]
async fn a_revoked_devices_file_is_kept_for_a_person() {
    let world = World::new().await;
    let mut till = Device::terminal(&world, 1).await;
    let commands = vec![till.sign(&one_sale())];
    let mut tx = world.begin().await;
    tx.revoke_device(till.id, "test").await.unwrap();
    tx.commit().await.unwrap();
    let taken = take(&world.store, &file(&till, commands)).await.unwrap();
    assert_eq!((taken.parked, taken.accepted), (1, 0));
    assert_eq!(world.active(SELLER).await, 0);
    world.close().await;
}
