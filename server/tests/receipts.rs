//! Claimed receipts from the phone to the points: the fake service tells each of its stories over HTTP.

mod common;
mod receipts_support;

use std::sync::Arc;

use carrot_fakes::{GOODS_GTIN, qr};
use carrot_rules::Scope;
use carrot_rules::entity::{
    CashierMark, CashierSignal, CheckState, ONLY, ReceiptAlias, ReceiptAliases, ReceiptPolicy,
};
use carrot_server::receipts::{GIVE_UP_MS, Robot, cashier_hashes};
use common::*;
use receipts_support::*;

#[tokio::test]
async fn f017_found_goods_are_credited_by_the_receipts_quantity() {
    let mut stage = Stage::new().await;
    let key = stage.claim(&qr(1, 1, 1001, TOTAL)).await;
    assert_eq!(
        stage.line(&key).await,
        words("pending", "awaits_verification")
    );
    assert_eq!(stage.points().await, (0, 0));
    stage.look(0).await;
    assert_eq!(stage.line(&key).await, words("active", "receipt_verified"));
    assert_eq!(stage.points().await, (2 * PIECE_POINTS, 0));
    let check = stage.check(&key).await;
    assert_eq!(check.state, CheckState::Verified);
    assert_eq!(check.matches[0].amount_minor, 259_800);
    assert_eq!(check.matches[0].result, "ok");
    // The next day it is asked about once more, and then no more.
    let calls = stage.fake.calls();
    stage.look(25 * HOUR_MS).await;
    stage.look(25 * HOUR_MS).await;
    assert_eq!(stage.fake.calls(), calls + 1);
    assert_eq!(stage.points().await, (2 * PIECE_POINTS, 0));
    stage.world.close().await;
}

#[tokio::test]
async fn pending_twice_then_found() {
    let mut stage = Stage::new().await;
    let key = stage.claim(&qr(2, 2, 1, TOTAL)).await;
    stage.look(0).await;
    assert_eq!(stage.check(&key).await.why, "pending");
    stage.look(HOUR_MS).await;
    assert_eq!(stage.points().await, (0, 0));
    stage.look(HOUR_MS).await;
    assert_eq!(stage.points().await, (2 * PIECE_POINTS, 0));
    stage.world.close().await;
}

#[tokio::test]
async fn what_stays_unknown_is_refused_after_the_last_try() {
    let mut stage = Stage::new().await;
    let key = stage.claim(&qr(3, 3, 1, TOTAL)).await;
    stage.look(0).await;
    assert_eq!(
        stage.line(&key).await,
        words("pending", "awaits_verification")
    );
    assert_eq!(stage.check(&key).await.why, "not_yet");
    stage.look(GIVE_UP_MS).await;
    assert_eq!(
        stage.line(&key).await,
        words("rejected", "receipt_not_found")
    );
    assert_eq!(stage.points().await, (0, 0));
    // Nobody holds it any longer: a later claim begins anew.
    stage.phone.now_ms = stage.now_ms;
    stage.phone.token = stage.phone.sign_in(&stage.world).await;
    let again = stage.claim(&qr(3, 3, 1, TOTAL)).await;
    assert_eq!(again, key);
    stage.look(0).await;
    assert_eq!(stage.check(&key).await.state, CheckState::Waiting);
    stage.world.close().await;
}

#[tokio::test]
async fn a_total_that_differs_is_forged() {
    let mut stage = Stage::new().await;
    let key = stage.claim(&qr(4, 4, 1, TOTAL)).await;
    stage.look(0).await;
    assert_eq!(stage.line(&key).await, words("rejected", "receipt_forged"));
    assert_eq!(stage.points().await, (0, 0));
    stage.world.close().await;
}

#[tokio::test]
async fn a_return_takes_back_the_sale_that_it_undoes() {
    let mut stage = Stage::new().await;
    let sold = stage.claim(&qr(5, 1, 1, TOTAL)).await;
    stage.look(0).await;
    assert_eq!(stage.points().await, (2 * PIECE_POINTS, 0));
    let back = stage.claim(&qr(5, 5, 2, TOTAL)).await;
    stage.look(0).await;
    assert_eq!(
        stage.line(&back).await,
        words("rejected", "receipt_is_a_return")
    );
    assert_eq!(stage.points().await, (0, 0));
    // It is undone once.
    let third = stage.claim(&qr(5, 5, 3, TOTAL)).await;
    stage.look(0).await;
    assert_eq!(stage.line(&third).await.0, "rejected");
    assert_ne!(sold, back);
    stage.world.close().await;
}

#[tokio::test]
async fn a_quota_closes_the_service_for_everybody_until_it_is_over() {
    let mut stage = Stage::new().await;
    let quota = stage.claim(&qr(6, 6, 1, TOTAL)).await;
    stage.look(0).await;
    assert_eq!(stage.check(&quota).await.why, "quota");
    let found = stage.claim(&qr(6, 1, 1, TOTAL)).await;
    let calls = stage.fake.calls();
    stage.look(60_000).await;
    assert_eq!(stage.fake.calls(), calls, "closed for an hour");
    assert_eq!(stage.check(&found).await.why, "quota");
    // The quota's own receipt closes it again; the other one gets its turn before or after it.
    for _ in 0..12 {
        stage.look(2 * HOUR_MS).await;
    }
    assert_eq!(stage.check(&found).await.state, CheckState::Verified);
    assert_eq!(stage.check(&quota).await.state, CheckState::Waiting);
    stage.world.close().await;
}

#[tokio::test]
async fn a_broken_service_is_waited_for() {
    let mut stage = Stage::new().await;
    let broken = stage.claim(&qr(7, 7, 1, TOTAL)).await;
    let cut_off = stage.claim(&qr(8, 8, 1, TOTAL)).await;
    for _ in 0..10 {
        stage.look(HOUR_MS).await;
    }
    for key in [&broken, &cut_off] {
        let check = stage.check(key).await;
        assert_eq!(
            (check.state, check.why.as_str()),
            (CheckState::Waiting, "unreachable")
        );
    }
    stage.look(15 * 24 * HOUR_MS).await;
    assert_eq!(
        stage.line(&broken).await,
        words("review", "receipt_unanswered")
    );
    stage.world.close().await;
}

#[tokio::test]
async fn goods_that_no_name_matches_wait_for_a_person() {
    let mut stage = Stage::new().await;
    let without = stage.claim(&qr(9, 9, 1, TOTAL)).await;
    let spelled = stage.claim(&qr(10, 10, 1, TOTAL)).await;
    stage.look(0).await;
    for key in [&without, &spelled] {
        assert_eq!(
            stage.line(key).await,
            words("review", "product_not_on_receipt")
        );
    }
    assert_eq!(stage.points().await, (0, 0));
    stage.world.close().await;
}

#[tokio::test]
async fn a_known_spelling_counts_as_the_programme_says() {
    for counts in [false, true] {
        let mut stage = Stage::new().await;
        let mut tx = stage.world.begin().await;
        let all = [Scope::Programme(PROGRAMME)];
        let alias_counts = ReceiptPolicy {
            alias_counts: counts,
            ..policy()
        };
        tx.put(ONLY, &alias_counts, &all).await.unwrap();
        let aliases = ReceiptAliases {
            aliases: vec![ReceiptAlias {
                pattern: carrot_rules::decide::receipt::pattern(carrot_fakes::GOODS_NAME).unwrap(),
                product: GOODS_GTIN.to_owned(),
                by: MANAGER,
                at_ms: START_MS,
            }],
        };
        tx.put(ONLY, &aliases, &[]).await.unwrap();
        tx.commit().await.unwrap();
        let key = stage.claim(&qr(10, 10, 1, TOTAL)).await;
        stage.look(0).await;
        assert_eq!(stage.check(&key).await.state, CheckState::Verified);
        let points = if counts { (200, 0) } else { (0, 200) };
        assert_eq!(stage.points().await, points);
        stage.world.close().await;
    }
}

#[tokio::test]
async fn a_receipt_that_is_cancelled_later_is_taken_back() {
    let mut stage = Stage::new().await;
    let key = stage.claim(&qr(12, 12, 1, TOTAL)).await;
    stage.look(0).await;
    assert_eq!(stage.points().await, (2 * PIECE_POINTS, 0));
    // One answer that it is gone could be a fault; three in a row are not.
    stage.look(25 * HOUR_MS).await;
    assert_eq!(stage.points().await, (2 * PIECE_POINTS, 0));
    stage.look(7 * HOUR_MS).await;
    stage.look(7 * HOUR_MS).await;
    assert_eq!(stage.points().await, (0, 0));
    assert_eq!(
        stage
            .world
            .store
            .receipt_job(PROGRAMME, &key)
            .await
            .unwrap()
            .unwrap()
            .stage,
        "done"
    );
    stage.world.close().await;
}

#[tokio::test]
async fn f017_nothing_is_lost_while_the_service_is_down_and_the_server_restarts() {
    let mut stage = Stage::new().await;
    stage.fake.set_down(true);
    let mut keys = Vec::new();
    for document in 1..=5 {
        keys.push(
            stage
                .claim(&qr(20 + u64::from(document), 1, document, TOTAL))
                .await,
        );
    }
    for _ in 0..6 {
        stage.look(HOUR_MS).await;
    }
    // Another process takes over: the old one may still hold a job, for a while.
    stage.robot = Robot::new(Arc::clone(&stage.world.store));
    stage.look(HOUR_MS).await;
    assert_eq!(stage.points().await, (0, 0));
    stage.fake.set_down(false);
    for _ in 0..3 {
        stage.look(5 * HOUR_MS).await;
    }
    for key in &keys {
        assert_eq!(stage.check(key).await.state, CheckState::Verified);
    }
    assert_eq!(stage.points().await, (10 * PIECE_POINTS, 0));
    stage.world.close().await;
}

#[tokio::test]
async fn a_daily_allowance_is_kept() {
    let mut stage = Stage::new().await;
    put_source(&stage.world, &stage.fake.url(), 3).await;
    let mut keys = Vec::new();
    for document in 1..=5 {
        keys.push(
            stage
                .claim(&qr(40 + u64::from(document), 1, document, TOTAL))
                .await,
        );
    }
    stage.look(0).await;
    assert_eq!(stage.fake.calls(), 3);
    assert_eq!(stage.points().await, (6 * PIECE_POINTS, 0));
    let whys: Vec<String> = {
        let mut whys = Vec::new();
        for key in &keys {
            whys.push(stage.check(key).await.why);
        }
        whys
    };
    assert_eq!(whys.iter().filter(|why| *why == "quota").count(), 2);
    stage.look(25 * HOUR_MS).await;
    assert!(stage.fake.calls() <= 6);
    stage.world.close().await;
}

#[tokio::test]
async fn m10_a_foreign_cashier_is_a_signal_and_never_a_refusal() {
    for (own, signal, points) in [
        ("Тестовый  КАССИР", CashierSignal::Review, (200, 0)),
        ("Somebody Else", CashierSignal::Review, (0, 200)),
        ("Somebody Else", CashierSignal::Note, (200, 0)),
        ("Somebody Else", CashierSignal::Off, (200, 0)),
    ] {
        let mut stage = Stage::new().await;
        let key = stage
            .world
            .store
            .cashier_key(PROGRAMME)
            .await
            .unwrap()
            .unwrap();
        let mut tx = stage.world.begin().await;
        let mark = CashierMark {
            hashes: cashier_hashes(&key, [own].into_iter()),
        };
        tx.put(&SELLER.to_string(), &mark, &[]).await.unwrap();
        let mut with = policy();
        with.cashier_at.insert(OUTLET, signal);
        let all = [Scope::Programme(PROGRAMME)];
        tx.put(ONLY, &with, &all).await.unwrap();
        tx.commit().await.unwrap();
        let key = stage.claim(&qr(70, 1, 1, TOTAL)).await;
        stage.look(0).await;
        assert_eq!(stage.points().await, points, "{own} {signal:?}");
        assert_eq!(stage.check(&key).await.state, CheckState::Verified);
        stage.world.close().await;
    }
}
