//! Series of codes over HTTP: made, sent off, claimed by many at once, taken back, printed.
#[path = "../common/mod.rs"]
mod common;
mod console;
#[path = "../console_support/mod.rs"]
mod console_support;
mod figures;
mod making;
mod races;

use carrot_rules::Command;
use carrot_rules::command::{ClaimSubmit, Evidence, UnitShown};
use carrot_rules::entity::{NodeId, SeriesKind};
use carrot_server::series::{self, SeriesWish};
use carrot_wire::{Verdict, VerdictClass, signed};
use common::*;
use serde_json::json;
use uuid::Uuid;

fn wish(kind: SeriesKind) -> SeriesWish {
    SeriesWish {
        code: "spring".to_owned(),
        product: PRODUCT.to_owned(),
        kind,
        pieces: 3_000,
        levels: [("carton".to_owned(), 10), ("pallet".to_owned(), 1_000)].into(),
        serial_first: None,
        ends_ms: None,
    }
}

/// A shipped series of signed codes.
async fn with_series() -> World {
    let world = World::new().await;
    let mut tx = world.begin().await;
    series::begin(&mut tx, &wish(SeriesKind::Signed), "test")
        .await
        .unwrap();
    series::ship(&mut tx, "spring", None, None, "test")
        .await
        .unwrap();
    tx.commit().await.unwrap();
    world
}

fn node(level: u8, index: i64) -> NodeId {
    NodeId {
        series: "spring".to_owned(),
        level,
        index,
    }
}

fn submit(shown: UnitShown) -> Command {
    Command::ClaimSubmit(ClaimSubmit {
        claim_id: Uuid::new_v4(),
        evidence: Evidence::Unit {
            shown,
            product: None,
        },
    })
}

async fn genuine(world: &World, level: u8, index: i64) -> UnitShown {
    let tx = world.begin().await;
    let code = signed::sign_code(tx.keys().signing(), "morgen", ("spring", level, index));
    UnitShown::Signed {
        text: code.unwrap().to_text(),
        node: node(level, index),
    }
}

async fn claim(world: &World, phone: &mut Device, level: u8, index: i64) -> Verdict {
    let shown = genuine(world, level, index).await;
    phone.run(world, &submit(shown)).await
}

#[tokio::test]
async fn m11_a_pallet_is_paid_and_its_pieces_are_refused_with_the_reason() {
    let world = with_series().await;
    let mut phone = Device::phone(&world, 1, SELLER).await;
    let mut rival = Device::phone(&world, 2, RIVAL).await;
    let verdict = claim(&world, &mut phone, 2, 1).await;
    assert_eq!(verdict.class, VerdictClass::Accepted, "{verdict:?}");
    assert_eq!(world.active(SELLER).await, 1_000 * SELLER_POINTS);
    let piece = claim(&world, &mut rival, 0, 1_234).await;
    assert_eq!(
        (piece.class, piece.code.as_str()),
        (VerdictClass::Rejected, "in_claimed_parent")
    );
    assert_eq!(piece.params["level"], "pallet");
    // The pallet's record reaches every device of the programme, a piece's does not.
    claim(&world, &mut rival, 0, 5).await;
    let pulled = rival.pull(&world, json!([]), 1_000_000).await;
    let text = serde_json::to_string(&pulled).unwrap();
    assert!(text.contains("spring:2:1"), "{text:.300}");
    let others = phone.pull(&world, json!([]), 1_000_000).await;
    assert!(
        !serde_json::to_string(&others)
            .unwrap()
            .contains("spring:0:5")
    );
    world.close().await;
}

#[tokio::test]
async fn a_forged_or_foreign_code_is_refused_before_anything_is_decided() {
    let world = with_series().await;
    let mut phone = Device::phone(&world, 1, SELLER).await;
    let UnitShown::Signed { text, .. } = genuine(&world, 0, 5).await else {
        panic!()
    };
    let other = UnitShown::Signed {
        text: text.clone(),
        node: node(2, 0),
    };
    assert_eq!(
        phone.run(&world, &submit(other)).await.code,
        "code_not_genuine"
    );
    let last = if text.ends_with('0') { "1" } else { "0" };
    let changed = UnitShown::Signed {
        text: format!("{}{last}", &text[..text.len() - 1]),
        node: node(0, 5),
    };
    assert_eq!(
        phone.run(&world, &submit(changed)).await.code,
        "code_not_genuine"
    );
    let strange = signed::sign_code(&key(99), "morgen", ("spring", 0, 5)).unwrap();
    let strange = UnitShown::Signed {
        text: strange.to_text(),
        node: node(0, 5),
    };
    assert_eq!(
        phone.run(&world, &submit(strange)).await.code,
        "code_key_unknown"
    );
    assert_eq!(world.active(SELLER).await, 0);
    world.close().await;
}
