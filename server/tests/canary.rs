//! Codes that are never printed: made with their series, left out of every label, answered like any
//! unknown code, and told to the managers.
mod common;

use std::collections::BTreeSet;

use carrot_rules::Command;
use carrot_rules::command::{ClaimSubmit, Evidence, UnitShown};
use carrot_rules::entity::{Code, Review, SeriesKind};
use carrot_server::canary::{CANARY_ONE_IN, serials};
use carrot_server::db;
use carrot_server::series::{self, Range, SeriesWish};
use carrot_server::store::EntityFilter;
use common::*;
use uuid::Uuid;

fn wish(kind: SeriesKind, serial_first: Option<i64>) -> SeriesWish {
    SeriesWish {
        code: "spring".to_owned(),
        product: PRODUCT.to_owned(),
        kind,
        pieces: 500,
        levels: Default::default(),
        serial_first,
        ends_ms: None,
    }
}

async fn made(world: &World, wish: &SeriesWish) {
    let mut tx = world.begin().await;
    series::begin(&mut tx, wish, "test").await.unwrap();
    series::ship(&mut tx, "spring", None, None, "test")
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let mut number = 0_u64;
    let mut bytes = move || {
        number += 1;
        let mut bytes = [7; 10];
        bytes[2..].copy_from_slice(&number.to_be_bytes());
        Ok(bytes)
    };
    for _ in 0..2 {
        // Filling again adds nothing.
        let mut go_on = |_| true;
        let made = series::fill(&world.store, PROGRAMME, "spring", &mut bytes, &mut go_on);
        let made = made.await.unwrap();
        assert_eq!((made.codes, made.wanted), (500, 500));
    }
}

async fn labels(world: &World) -> Vec<String> {
    let range = Range {
        level: 0,
        first: 0,
        count: 500,
    };
    let mut tx = world.begin().await;
    let labels = series::labels(&mut tx, "spring", Some(range))
        .await
        .unwrap();
    labels.labels.into_iter().map(|label| label.words).collect()
}

fn claim_serial(serial: i64) -> Command {
    let shown = UnitShown::Serial {
        product: PRODUCT.to_owned(),
        serial,
    };
    Command::ClaimSubmit(ClaimSubmit {
        claim_id: Uuid::new_v4(),
        evidence: Evidence::Unit {
            shown,
            product: None,
        },
    })
}

async fn signals(world: &World) -> Vec<Review> {
    let reviews = world
        .store
        .entities::<Review>(PROGRAMME, &EntityFilter::default())
        .await
        .unwrap();
    reviews
        .into_iter()
        .map(|(_, review)| review)
        .filter(|review| review.subject == "canary_code")
        .collect()
}

#[tokio::test]
async fn m20_typed_codes_have_one_in_fifty_more_that_no_label_shows() {
    let world = World::new().await;
    made(&world, &wish(SeriesKind::Typed, None)).await;
    let printed: BTreeSet<String> = labels(&world)
        .await
        .iter()
        .map(|words| words.replace('-', ""))
        .collect();
    assert_eq!(printed.len(), 500);
    let ids: Vec<(String, String)> = db::query_as(
        "SELECT id, json_extract(body, '$.status') FROM entity WHERE kind = 'code' AND json_extract(body, '$.series') = 'spring'",
    )
    .fetch_all(world.store.reads_all())
    .await
    .unwrap();
    let never: Vec<&String> = ids
        .iter()
        .filter(|(_, status)| status == "canary")
        .map(|(id, _)| id)
        .collect();
    assert_eq!(never.len() as i64, 500 / CANARY_ONE_IN);
    assert!(never.iter().all(|id| !printed.contains(*id)));
    assert!(
        never.iter().all(|id| carrot_codes::parse(id).is_ok()),
        "they look like the others"
    );

    let mut phone = Device::phone(&world, 5, SELLER).await;
    let verdict = phone.run(&world, &claim_code(never[0])).await;
    assert_eq!(
        (verdict.code.as_str(), verdict.params.len()),
        ("code_unknown", 0)
    );
    let told = signals(&world).await;
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].because[0].params["series"], "spring");
    let known: Code = world
        .store
        .entity(PROGRAMME, never[0])
        .await
        .unwrap()
        .unwrap();
    assert_eq!(known.status, "canary");
    world.close().await;
}

#[tokio::test]
async fn serial_numbers_are_left_out_one_of_each_block() {
    let world = World::new().await;
    made(&world, &wish(SeriesKind::Serial, Some(7_000))).await;
    let mut tx = world.begin().await;
    let series = series::series(&mut tx, "spring").await.unwrap();
    let never = serials(&mut tx, &series).await.unwrap();
    drop(tx);
    let blocks: BTreeSet<i64> = never
        .iter()
        .map(|serial| (serial - 7_000) / CANARY_ONE_IN)
        .collect();
    assert_eq!(blocks, (0..10).collect(), "one anywhere in each block");
    let printed: BTreeSet<i64> = labels(&world)
        .await
        .iter()
        .map(|words| words.rsplit(' ').next().unwrap().parse().unwrap())
        .collect();
    assert_eq!(
        (printed.len(), printed.intersection(&never).count()),
        (490, 0)
    );

    let mut phone = Device::phone(&world, 5, SELLER).await;
    let canary = phone
        .run(&world, &claim_serial(*never.first().unwrap()))
        .await;
    let beyond = phone.run(&world, &claim_serial(9_999)).await;
    assert_eq!(canary.code, "code_unknown");
    assert_eq!(
        (&canary.class, &canary.code, &canary.params),
        (&beyond.class, &beyond.code, &beyond.params)
    );
    let right = phone
        .run(&world, &claim_serial(*printed.first().unwrap()))
        .await;
    assert_eq!(right.code, "ok");
    assert_eq!(world.active(SELLER).await, SELLER_POINTS);
    assert_eq!(signals(&world).await.len(), 1);
    world.close().await;
}
