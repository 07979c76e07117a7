//! Typed codes in parts, and goods on their way from a file.

use carrot_rules::command::UnitShown;
use carrot_rules::entity::{Holds, Logistic, SeriesKind, Stage, Waybill};
use carrot_server::import::{ImportKind, ImportOptions, import};
use carrot_server::series::{self, Range, SeriesWish};
use carrot_wire::VerdictClass;

use super::common::*;
use super::{node, submit, wish, with_series};

/// Makes the codes in two goes: the first is stopped after its first batch.
async fn fill(world: &World) {
    let mut number = 0_u64;
    let mut bytes = move || {
        number += 1;
        let mut bytes = [7; 10];
        bytes[2..].copy_from_slice(&number.to_be_bytes());
        Ok(bytes)
    };
    let stopped = series::fill(&world.store, PROGRAMME, "spring", &mut bytes, &mut |_| {
        false
    })
    .await
    .unwrap();
    assert_eq!((stopped.codes, stopped.wanted), (2_000, 4_500));
    let mut heard = Vec::new();
    let mut go_on = |made: series::Made| {
        heard.push(made.codes);
        true
    };
    let made = series::fill(&world.store, PROGRAMME, "spring", &mut bytes, &mut go_on);
    assert_eq!(made.await.unwrap().codes, 4_500);
    assert_eq!(heard, [4_000, 4_500]);
}

#[tokio::test]
async fn f015_typed_codes_are_made_in_parts_and_follow_their_series() {
    let world = World::new().await;
    let typed = SeriesWish {
        pieces: 4_500,
        levels: Default::default(),
        ..wish(SeriesKind::Typed)
    };
    let mut tx = world.begin().await;
    series::begin(&mut tx, &typed, "test").await.unwrap();
    let again = series::begin(&mut tx, &typed, "test").await.unwrap_err();
    assert!(again.to_string().starts_with("series_exists"), "{again}");
    tx.commit().await.unwrap();
    fill(&world).await;
    let mut tx = world.begin().await;
    let range = Range {
        level: 0,
        first: 0,
        count: 3,
    };
    let labels = series::labels(&mut tx, "spring", Some(range))
        .await
        .unwrap()
        .labels;
    drop(tx);
    assert!(
        labels[0].code.starts_with("https://carrot.app/w/morgen/"),
        "{}",
        labels[0].code
    );
    let canonical = |label: &series::Label| label.words.replace('-', "");
    let mut phone = Device::phone(&world, 1, SELLER).await;
    let early = phone.run(&world, &claim_code(&canonical(&labels[0]))).await;
    assert_eq!(early.class, VerdictClass::Accepted);
    assert_eq!(
        (world.active(SELLER).await, world.pending(SELLER).await),
        (0, SELLER_POINTS)
    );
    let mut tx = world.begin().await;
    series::ship(&mut tx, "spring", None, Some(OUTLET), "test")
        .await
        .unwrap();
    let elsewhere = series::void_code(&mut tx, "autumn", &labels[1].words, "test").await;
    assert!(elsewhere.unwrap_err().to_string().contains("code_unknown"));
    series::void_code(&mut tx, "spring", &labels[1].words, "test")
        .await
        .unwrap();
    tx.commit().await.unwrap();
    phone.run(&world, &claim_code(&canonical(&labels[2]))).await;
    assert_eq!(world.active(SELLER).await, SELLER_POINTS);
    let void = phone.run(&world, &claim_code(&canonical(&labels[1]))).await;
    assert_eq!(void.code, "code_void");
    let mut tx = world.begin().await;
    let state = series::state(&mut tx, "spring").await.unwrap();
    assert_eq!((state.codes, state.claimed, state.void), (4_500, 2, 1));
    drop(tx);
    world.close().await;
}

#[tokio::test]
async fn f016_cartons_and_waybills_come_from_a_file() {
    let world = with_series().await;
    let file = "sscc,gtin,count,outlet,series,level,number,waybill\n\
        106141411234567897,,,a1,spring,pallet,1,W-7\n\
        006141411234567890,4006381333931,40,a1,,,,W-7\n";
    let mut tx = world.begin().await;
    let outlet = carrot_server::import::outlet_id(PROGRAMME, "a1");
    let mut known: carrot_rules::entity::Outlet =
        tx.entity(&OUTLET.to_string()).await.unwrap().unwrap();
    known.id = outlet;
    tx.put(&outlet.to_string(), &known, &[]).await.unwrap();
    tx.commit().await.unwrap();
    let mut bytes = || Ok([0; 10]);
    let options = ImportOptions {
        today: None,
        dry_run: false,
        code_bytes: &mut bytes,
    };
    let report = import(
        &world.store,
        PROGRAMME,
        ImportKind::Logistics,
        "logistics.csv",
        file.as_bytes(),
        options,
    )
    .await
    .unwrap();
    assert_eq!(
        (report.new, report.refused.len()),
        (2, 0),
        "{:?}",
        report.refused
    );
    let waybill: Waybill = world.store.entity(PROGRAMME, "W-7").await.unwrap().unwrap();
    assert_eq!(waybill.units.len(), 2);
    let pallet: Logistic = world
        .store
        .entity(PROGRAMME, "106141411234567897")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (pallet.holds, pallet.stage),
        (Holds::Node { node: node(2, 0) }, Stage::Shipped)
    );
    let mut phone = Device::phone(&world, 1, SELLER).await;
    let shown = UnitShown::Waybill {
        number: "W-7".to_owned(),
    };
    let verdict = phone.run(&world, &submit(shown)).await;
    assert_eq!(verdict.class, VerdictClass::Accepted, "{verdict:?}");
    // The loose pieces went to another outlet's door, as the file says: a person looks.
    let all = world.active(SELLER).await + world.pending(SELLER).await;
    assert_eq!(all, 1_040 * SELLER_POINTS);
    world.close().await;
}
