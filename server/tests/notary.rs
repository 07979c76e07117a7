//! What proves when something was made: countersigned heads, intervals, and what comes too late.
mod common;

use carrot_rules::Command;
use carrot_rules::command::VisitRecord;
use carrot_rules::entity::Review;
use carrot_wire::crypto;
use carrot_wire::notary::{AfterHead, Countersigned};
use carrot_wire::{Verdict, VerdictClass};
use common::*;
use serde_json::json;
use uuid::Uuid;

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

fn visit() -> Command {
    Command::VisitRecord(VisitRecord {
        visit_id: Uuid::new_v4(),
        stop: None,
        task: "SHELF".to_owned(),
        checked_in_ms: START_MS,
        checklist: Vec::new(),
        photos: Vec::new(),
        note: String::new(),
        shelf: Vec::new(),
    })
}

/// Makes a visit that names a countersignature, at an instant of the device's clock.
async fn visited(
    world: &World,
    phone: &mut Device,
    wall_ms: i64,
    after: Option<AfterHead>,
) -> Verdict {
    let mut body = phone.body(&visit());
    body.time.wall_ms = wall_ms;
    body.time.after = after;
    let envelope = phone.seal(&body);
    phone.token = phone.sign_in(world).await;
    phone.push(world, &[envelope]).await.verdicts.remove(0)
}

async fn countersigned(world: &World, phone: &Device) -> Countersigned {
    let phone = Device {
        token: phone.sign_in(world).await,
        ..phone.clone()
    };
    phone
        .pull(world, json!([]), 1_000_000)
        .await
        .countersigned
        .unwrap()
}

#[tokio::test]
async fn m4_each_exchange_countersigns_the_devices_chain() {
    let world = World::new().await;
    let mut phone = Device::phone(&world, 4, MERCHANDISER).await;
    let trusted = world.store.keys().trusted();
    let empty = countersigned(&world, &phone).await;
    assert_eq!(empty.verify(&trusted).unwrap().last_seq, 0);
    world.clock.advance(1_000);
    let envelope = phone.sign(&visit());
    let pushed = phone
        .push(&world, std::slice::from_ref(&envelope))
        .await
        .countersigned
        .unwrap();
    let head = pushed.verify(&trusted).unwrap();
    assert_eq!((head.last_seq, head.server_ms), (1, START_MS + 1_000));
    assert_eq!(head.hash, crypto::chain_hash(&envelope.bytes));
    assert_eq!((head.device_id, head.programme_id), (phone.id, PROGRAMME));
    let pulled = countersigned(&world, &phone).await;
    assert_eq!(pulled.head.hash, head.hash);
    world.close().await;
}

#[tokio::test]
async fn m4_the_proven_interval_decides_how_late_is_too_late() {
    // Days out of reach, whether a countersignature is named, whether it is taken.
    for (days, names, in_time) in [
        (2, false, true),
        (4, false, false),
        (4, true, true),
        (10, true, true),
        (11, true, false),
    ] {
        let world = World::new().await;
        let mut phone = Device::phone(&world, 4, MERCHANDISER).await;
        let after = countersigned(&world, &phone).await.named(None);
        world.clock.advance(days * DAY_MS);
        let wall_ms = START_MS;
        let verdict = visited(&world, &mut phone, wall_ms, names.then_some(after)).await;
        let expected = match in_time {
            true => (VerdictClass::Accepted, "ok"),
            false => (VerdictClass::Parked, "too_late"),
        };
        assert_eq!(
            (verdict.class, verdict.code.as_str()),
            expected,
            "{days} days, {names}"
        );
        world.close().await;
    }
}

#[tokio::test]
async fn m4_a_word_outside_the_interval_is_moved_into_it_and_told() {
    let world = World::new().await;
    let mut phone = Device::phone(&world, 4, MERCHANDISER).await;
    let after = countersigned(&world, &phone).await;
    world.clock.advance(2 * DAY_MS);
    // The device says a week before it was enrolled.
    let wall_ms = START_MS - 7 * DAY_MS;
    let verdict = visited(&world, &mut phone, wall_ms, Some(after.named(None))).await;
    assert_eq!(verdict.class, VerdictClass::Accepted);
    let made = world
        .store
        .made(PROGRAMME, verdict.command_id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(made.from_ms, Some(START_MS));
    assert_eq!(made.until_ms, START_MS + 2 * DAY_MS);
    assert_eq!(made.at_ms, START_MS);
    assert_eq!(made.uncertainty_ms(), Some(2 * DAY_MS));
    let stored = world
        .store
        .command(PROGRAMME, verdict.command_id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(stored.occurred_ms, START_MS);
    let day = (START_MS + 2 * DAY_MS).div_euclid(DAY_MS);
    let id = format!("signal:clock_moved:{MERCHANDISER}:{day}");
    let told: Option<Review> = world.store.entity(PROGRAMME, &id).await.unwrap();
    assert_eq!(told.unwrap().because[0].code, "clock_moved");
    world.close().await;
}

#[tokio::test]
async fn m4_a_made_up_countersignature_proves_nothing() {
    let world = World::new().await;
    let mut phone = Device::phone(&world, 4, MERCHANDISER).await;
    let real = countersigned(&world, &phone).await.named(None);
    world.clock.advance(4 * DAY_MS);
    let now_ms = world.store.now_ms();
    for made_up in [
        AfterHead {
            server_ms: now_ms,
            ..real.clone()
        },
        AfterHead {
            tag: "0".repeat(32),
            ..real.clone()
        },
        AfterHead {
            seq: 9,
            ..real.clone()
        },
    ] {
        let verdict = visited(&world, &mut phone, START_MS, Some(made_up)).await;
        assert_eq!(verdict.code, "too_late");
    }
    // One of another device is none of this one's.
    let other = Device::phone(&world, 5, MERCHANDISER).await;
    let foreign = countersigned(&world, &other).await.named(None);
    let verdict = visited(&world, &mut phone, now_ms - 4 * DAY_MS, Some(foreign)).await;
    assert_eq!(verdict.code, "too_late");
    world.close().await;
}

#[tokio::test]
async fn m4_a_head_from_the_middle_of_a_batch_or_long_ago_still_counts() {
    let world = World::new().await;
    let mut phone = Device::phone(&world, 4, MERCHANDISER).await;
    let envelope = phone.sign(&visit());
    let first = phone.push(&world, &[envelope]).await.countersigned.unwrap();
    for _ in 0..3 {
        phone.run(&world, &visit()).await;
    }
    world.clock.advance(5 * DAY_MS);
    // The head under the first command, though the device has come further since.
    let wall_ms = START_MS + HOUR_MS;
    let verdict = visited(
        &world,
        &mut phone,
        wall_ms,
        Some(first.named(Some(HOUR_MS))),
    )
    .await;
    assert_eq!(verdict.class, VerdictClass::Accepted, "{}", verdict.code);
    let made = world
        .store
        .made(PROGRAMME, verdict.command_id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!((made.from_ms, made.at_ms), (Some(START_MS), wall_ms));
    world.close().await;
}
