//! One sale is paid once: whoever reports it, by whatever evidence, in whatever order.

mod common;
mod receipts_support;

use carrot_fakes::{GOODS_GTIN, qr};
use carrot_rules::Command;
use carrot_rules::command::{
    ClaimSubmit, Evidence, ReceiptCancel, ReceiptPhoto, SaleRecord, UnitShown,
};
use carrot_rules::entity::{
    CheckState, Code, Review, SerialRange, SerialRanges, Series, SeriesKind, SeriesLevel,
    Stage as Sent,
};
use carrot_server::apply::console_command;
use carrot_wire::VerdictClass;
use common::*;
use receipts_support::*;
use uuid::Uuid;

/// Serial numbers 1 to 1,000 of the goods, sent off.
async fn put_series(world: &World) {
    let series = Series {
        code: "s9".to_owned(),
        product: GOODS_GTIN.to_owned(),
        kind: SeriesKind::Serial,
        levels: vec![SeriesLevel {
            name: "unit".to_owned(),
            pieces: 1,
        }],
        pieces: 1_000,
        serial_first: Some(1),
        stage: Sent::Shipped,
        outlet: Some(OUTLET),
        made_ms: START_MS,
        ends_ms: None,
    };
    let ranges = SerialRanges {
        ranges: vec![SerialRange {
            first: 1,
            count: 1_000,
            series: "s9".to_owned(),
        }],
    };
    let mut tx = world.begin().await;
    tx.put("s9", &series, &[]).await.unwrap();
    tx.put(GOODS_GTIN, &ranges, &[]).await.unwrap();
    tx.commit().await.unwrap();
}

fn claim_of(evidence: Evidence) -> Command {
    let claim_id = Uuid::new_v4();
    Command::ClaimSubmit(ClaimSubmit { claim_id, evidence })
}

#[tokio::test]
async fn f017_four_witnesses_of_one_marked_piece_in_any_order_pay_once() {
    let orders = [
        [0, 1, 2, 3],
        [3, 2, 1, 0],
        [2, 0, 3, 1],
        [1, 3, 0, 2],
        [2, 3, 1, 0],
    ];
    for order in orders {
        let mut stage = Stage::new().await;
        put_series(&stage.world).await;
        let mut till = Device::terminal(&stage.world, 7).await;
        let text = qr(80, 11, 1, TOTAL);
        let (key, _) = claim(&text);
        for witness in order {
            match witness {
                0 => {
                    let mut goods = line(1);
                    goods.product = Some(GOODS_GTIN.to_owned());
                    let told = SaleRecord {
                        lines: vec![goods],
                        ..sale(Some(SELLER), 1, Some(&key))
                    };
                    till.run(&stage.world, &Command::SaleRecord(told)).await;
                }
                1 => {
                    stage.claim(&text).await;
                    stage.look(0).await;
                }
                2 => {
                    let shown = UnitShown::Serial {
                        product: GOODS_GTIN.to_owned(),
                        serial: 80,
                    };
                    let product = None;
                    let code = claim_of(Evidence::Unit { shown, product });
                    stage.phone.run(&stage.world, &code).await;
                }
                _ => {
                    let word = Evidence::Statement {
                        product: GOODS_GTIN.to_owned(),
                        photo: None,
                    };
                    stage.phone.run(&stage.world, &claim_of(word)).await;
                }
            }
        }
        let (active, pending) = stage.points().await;
        assert_eq!(active + pending, PIECE_POINTS, "{order:?}");
        stage.world.close().await;
    }
}

#[tokio::test]
async fn a_piece_of_a_receipt_cannot_be_claimed_by_its_code_until_the_receipt_is_cancelled() {
    let mut stage = Stage::new().await;
    put_series(&stage.world).await;
    let key = stage.claim(&qr(81, 11, 1, TOTAL)).await;
    stage.look(0).await;
    assert_eq!(stage.points().await, (PIECE_POINTS, 0));
    let mut rival = Device::phone(&stage.world, 4, RIVAL).await;
    let shown = || UnitShown::Serial {
        product: GOODS_GTIN.to_owned(),
        serial: 81,
    };
    let code = || {
        claim_of(Evidence::Unit {
            shown: shown(),
            product: None,
        })
    };
    let verdict = rival.run(&stage.world, &code()).await;
    assert_eq!(verdict.code, "already_claimed");
    // The sale is undone: then the piece can be sold again.
    let cancel = Command::ReceiptCancel(ReceiptCancel { key });
    let mut tx = stage.world.begin().await;
    let verdict = console_command(&mut tx, MANAGER, cancel).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(verdict.class, VerdictClass::Accepted, "{verdict:?}");
    assert_eq!(stage.points().await, (0, 0));
    let verdict = rival.run(&stage.world, &code()).await;
    assert_eq!(verdict.class, VerdictClass::Accepted, "{verdict:?}");
    assert_eq!(stage.world.active(RIVAL).await, PIECE_POINTS);
    stage.world.close().await;
}

#[tokio::test]
async fn a_marked_piece_is_paid_once_over_two_receipts() {
    let mut stage = Stage::new().await;
    let mut tx = stage.world.begin().await;
    let mut code: Code = tx.entity(CODE).await.unwrap().unwrap();
    code.product = GOODS_GTIN.to_owned();
    let piece = format!("01{GOODS_GTIN}2100000000000011");
    tx.put(&piece, &code, &[]).await.unwrap();
    tx.commit().await.unwrap();
    let first = stage.claim(&qr(11, 11, 1, TOTAL)).await;
    let second = stage.claim(&qr(11, 11, 2, TOTAL)).await;
    stage.look(0).await;
    assert_eq!(stage.check(&first).await.matches[0].result, "ok");
    let result = &stage.check(&second).await.matches[0].result;
    assert_eq!(result, "attached_to_existing");
    assert_eq!(stage.points().await, (PIECE_POINTS, 0));
    let code: Code = stage
        .world
        .store
        .entity(PROGRAMME, &piece)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(code.claimed_by, Some(SELLER));
    stage.world.close().await;
}

#[tokio::test]
async fn f023_a_thousand_claims_of_one_receipt_have_one_winner() {
    let mut stage = Stage::new().await;
    let mut rival = Device::phone(&stage.world, 4, RIVAL).await;
    let (key, _) = claim(&qr(50, 1, 1, TOTAL));
    let world = &stage.world;
    let mut pushes = Vec::new();
    for device in [&mut stage.phone, &mut rival] {
        let mut commands = Vec::new();
        for _ in 0..500 {
            let (_, command) = claim(&qr(50, 1, 1, TOTAL));
            commands.push(device.sign(&command));
        }
        let device = device.clone();
        pushes.push(async move {
            let mut won = 0;
            for part in commands.chunks(50) {
                let reply = device.push(world, part).await;
                let held =
                    |verdict: &&carrot_wire::Verdict| verdict.class == VerdictClass::Accepted;
                won += reply.verdicts.iter().filter(held).count();
            }
            won
        });
    }
    let second = pushes.pop().unwrap();
    let first = pushes.pop().unwrap();
    drop(pushes);
    let (first, second) = tokio::join!(first, second);
    let won: usize = first + second;
    println!(
        "proof tried=1000 lost={} doubled={}",
        usize::from(won == 0),
        won.saturating_sub(1)
    );
    assert_eq!(won, 1);
    stage.look(0).await;
    let sum = stage.world.active(SELLER).await + stage.world.active(RIVAL).await;
    assert_eq!(sum, 2 * PIECE_POINTS);
    assert_eq!(stage.check(&key).await.state, CheckState::Verified);
    stage.world.close().await;
}

#[tokio::test]
async fn till_receipt_and_word_are_one_sale() {
    let mut stage = Stage::new().await;
    let text = qr(60, 1, 1, TOTAL);
    let (key, _) = claim(&text);
    let mut till = Device::terminal(&stage.world, 7).await;
    stage.claim(&text).await;
    let mut goods = line(2);
    goods.product = Some(GOODS_GTIN.to_owned());
    let told = SaleRecord {
        lines: vec![goods],
        ..sale(Some(SELLER), 2, Some(&key))
    };
    let verdict = till.run(&stage.world, &Command::SaleRecord(told)).await;
    assert_eq!(verdict.class, VerdictClass::Accepted, "{verdict:?}");
    stage.look(0).await;
    let statement = Command::ClaimSubmit(ClaimSubmit {
        claim_id: Uuid::new_v4(),
        evidence: Evidence::Statement {
            product: GOODS_GTIN.to_owned(),
            photo: None,
        },
    });
    stage.phone.run(&stage.world, &statement).await;
    assert_eq!(
        stage.check(&key).await.matches[0].result,
        "attached_to_existing"
    );
    assert_eq!(stage.points().await, (2 * PIECE_POINTS, 0));
    stage.world.close().await;
}

fn shown_photo(likeness: &str, photo: char) -> Command {
    let evidence = Evidence::Photo(ReceiptPhoto {
        product: PRODUCT.to_owned(),
        photo: photo.to_string().repeat(64),
        likeness: likeness.to_owned(),
        number: Some("12/2026".to_owned()),
        total_minor: Some(4_990),
        day: Some("2026-03-02".to_owned()),
    });
    Command::ClaimSubmit(ClaimSubmit {
        claim_id: Uuid::new_v4(),
        evidence,
    })
}

#[tokio::test]
async fn f018_a_photo_shown_again_is_known_whoever_shows_it() {
    let mut stage = Stage::new().await;
    let mut rival = Device::phone(&stage.world, 4, RIVAL).await;
    let (first, second) = ("0123456789abcdef".repeat(2), "0000".repeat(8));
    let verdict = stage
        .phone
        .run(&stage.world, &shown_photo(&first, 'a'))
        .await;
    assert_eq!(verdict.class, VerdictClass::Accepted, "{verdict:?}");
    let review = format!("claim:{}", verdict.command_id);
    let review: Review = stage
        .world
        .store
        .entity(PROGRAMME, &review)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(review.photos, ["a".repeat(64)]);
    // Eleven bits of the first half, no two parts without one: still the same photo.
    let bent = u64::from_str_radix(&first[..16], 16).unwrap() ^ 0x0007_0007_0007_0003;
    let bent = format!("{bent:016x}{}", &first[16..]);
    let verdict = rival.run(&stage.world, &shown_photo(&bent, 'b')).await;
    assert_eq!(verdict.code, "photo_same");
    // Fourteen bits: somebody looks at both.
    let fine = u64::from_str_radix(&first[16..], 16).unwrap() ^ 0x7;
    let alike = format!("{}{fine:016x}", &bent[..16]);
    let verdict = rival.run(&stage.world, &shown_photo(&alike, 'c')).await;
    assert_eq!(verdict.class, VerdictClass::Accepted, "{verdict:?}");
    let review = format!("claim:{}", verdict.command_id);
    let review: Review = stage
        .world
        .store
        .entity(PROGRAMME, &review)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(review.photos, ["c".repeat(64), "a".repeat(64)]);
    // Two of one photo in one push: the second sees the first.
    let commands = [
        stage.phone.sign(&shown_photo(&second, 'd')),
        stage.phone.sign(&shown_photo(&second, 'e')),
    ];
    let reply = stage.phone.push(&stage.world, &commands).await;
    assert_eq!(reply.verdicts[1].code, "photo_same");
    stage.world.close().await;
}
