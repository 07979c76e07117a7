//! The store on its own: what stays, what is refused, and that its checks see damage.
mod common;

use carrot_rules::{Account, Command, Transfer};
use carrot_server::Error;
use carrot_server::db;
use common::*;
use uuid::Uuid;

#[tokio::test]
async fn what_happened_cannot_be_changed_or_removed() {
    let world = World::new().await;
    for table in ["audit", "entry", "transfer", "change"] {
        let mut tx = world.begin().await;
        let remove = sqlx::AssertSqlSafe(format!("DELETE FROM {table}"));
        let refused = db::query(remove).execute(tx.conn()).await.unwrap_err();
        assert!(refused.to_string().contains("append-only"), "{refused}");
        let update = sqlx::AssertSqlSafe(format!("UPDATE {table} SET programme_id = 'x'"));
        assert!(db::query(update).execute(tx.conn()).await.is_err());
    }
    world.close().await;
}

#[tokio::test]
async fn the_books_refuse_what_does_not_balance_or_falls_below_zero() {
    let world = World::new().await;
    for legs in [
        vec![(Account::active(BUYER), 5), (Account::Issuance, -4)],
        vec![(Account::active(BUYER), -1), (Account::Issuance, 1)],
        vec![
            (Account::OfflineBudget, -OFFLINE_BUDGET - 1),
            (Account::Lease(BUYER), OFFLINE_BUDGET + 1),
        ],
    ] {
        let mut tx = world.begin().await;
        let transfer = Transfer::points("award", &legs).unwrap();
        let refused = tx.book(Uuid::new_v4(), START_MS, &transfer).await;
        assert!(matches!(refused, Err(Error::Books(_))), "{refused:?}");
    }
    assert_eq!(world.active(BUYER).await, 0);
    world.close().await;
}

#[tokio::test]
async fn a_dropped_transaction_leaves_nothing() {
    let world = World::new().await;
    let mut tx = world.begin().await;
    let legs = [(Account::active(BUYER), 5), (Account::Issuance, -5)];
    tx.book(
        Uuid::new_v4(),
        START_MS,
        &Transfer::points("award", &legs).unwrap(),
    )
    .await
    .unwrap();
    drop(tx);
    assert_eq!(world.active(BUYER).await, 0);
    world.close().await;
}

#[tokio::test]
async fn the_check_of_the_books_sees_a_changed_balance() {
    let world = World::new().await;
    endow(&world.store, BUYER, 50).await;
    assert!(world.store.verify_books().await.unwrap().holds());
    let mut tx = world.begin().await;
    db::query("UPDATE balance SET amount = amount + 1 WHERE amount = 50")
        .execute(tx.conn())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let faults = world.store.verify_books().await.unwrap().faults;
    assert_eq!(faults.len(), 1, "{faults:?}");
}

#[tokio::test]
async fn a_store_that_is_opened_again_continues() {
    let world = World::new().await;
    let mut till = Device::terminal(&world, 1).await;
    till.run(&world, &Command::SaleRecord(sale(Some(SELLER), 1, None)))
        .await;
    world.store.close().await;
    let store = world.home.open(world.clock.clone()).await;
    let device = store.device(till.id).await.unwrap().unwrap();
    assert_eq!((device.last_seq, device.last_hash), (1, till.prev));
    assert_eq!(
        store
            .balance(PROGRAMME, Account::active(SELLER))
            .await
            .unwrap(),
        SELLER_POINTS
    );
    assert_eq!(store.keys().trust_texts(), world.store.keys().trust_texts());
    assert!(store.verify_books().await.unwrap().holds());
}
