//! Books from before there was a chain are brought along whole, and go on.

use std::path::Path;

use carrot_rules::ledger::{LotId, Lots};
use carrot_rules::{Account, Transfer, Unit};
use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};
use uuid::Uuid;

use super::{DATABASE_FILE, Store};
use crate::db;
use crate::db::MIGRATIONS;

const ONE: Uuid = Uuid::from_u128(0xa1);
const TWO: Uuid = Uuid::from_u128(0xa2);
const PERSON: Uuid = Uuid::from_u128(0xee);

/// A row of the old books: transfer, command, purpose, recorded, legs.
type Old = (u128, u128, &'static str, i64, Vec<(Account, i64)>);

fn old_books() -> Vec<Old> {
    let active = Account::active(PERSON);
    let pending = Account::pending(PERSON);
    vec![
        (
            90,
            1,
            "opening",
            10,
            vec![(Account::Issuance, -500), (Account::OfflineBudget, 500)],
        ),
        (
            80,
            2,
            "award",
            20,
            vec![(Account::Issuance, -100), (active, 100)],
        ),
        // In one millisecond, and the ids are in the wrong order.
        (
            70,
            3,
            "award",
            30,
            vec![(Account::Issuance, -60), (active, 60)],
        ),
        (
            10,
            4,
            "redemption",
            30,
            vec![(active, -150), (Account::Redeemed, 150)],
        ),
        (
            60,
            5,
            "award",
            40,
            vec![(Account::Issuance, -40), (pending, 40)],
        ),
        (50, 6, "approval", 50, vec![(pending, -30), (active, 30)]),
        (
            40,
            7,
            "reversal",
            60,
            vec![
                (active, -40),
                (Account::Clawback(PERSON), -20),
                (Account::Issuance, 60),
            ],
        ),
    ]
}

/// A database as it was before the chain, with books.
async fn old(folder: &Path) {
    std::fs::create_dir_all(folder).unwrap();
    let options = SqliteConnectOptions::new()
        .filename(folder.join(DATABASE_FILE))
        .create_if_missing(true);
    let pool = SqlitePool::connect_with(options).await.unwrap();
    let first = MIGRATIONS.iter().filter(|one| one.version <= 4).cloned();
    Migrator::with_migrations(first.collect())
        .run(&pool)
        .await
        .unwrap();
    for programme in [ONE, TWO] {
        let programme = programme.to_string();
        sqlx::query("INSERT INTO programme VALUES (?1, ?1, 'Old', 1)")
            .bind(&programme)
            .execute(&pool)
            .await
            .unwrap();
        for (id, command, purpose, recorded_ms, legs) in old_books() {
            let (id, command) = (Uuid::from_u128(id).to_string(), Uuid::from_u128(command));
            let seq = i64::try_from(command.as_u128()).unwrap();
            sqlx::query("INSERT INTO transfer VALUES (?, ?, ?, ?, ?, ?)")
                .bind(&programme)
                .bind(&id)
                .bind(command.to_string())
                .bind(purpose)
                .bind(recorded_ms)
                .bind(recorded_ms - 1)
                .execute(&pool)
                .await
                .unwrap();
            sqlx::query(
                "INSERT INTO command VALUES (?, 'till', ?, ?, 'k', 'a', NULL, 'h', 'e', 'accepted', 'ok', '{}', 1, ?)",
            )
            .bind(&programme)
            .bind(seq)
            .bind(command.to_string())
            .bind(recorded_ms)
            .execute(&pool)
            .await
            .unwrap();
            for (leg, (account, amount)) in (0_i64..).zip(legs) {
                entry(&pool, &programme, &id, leg, account, amount).await;
            }
        }
    }
    pool.close().await;
}

async fn entry(
    pool: &SqlitePool,
    programme: &str,
    id: &str,
    leg: i64,
    account: Account,
    amount: i64,
) {
    sqlx::query("INSERT INTO entry VALUES (?, ?, ?, ?, 'points', ?)")
        .bind(programme)
        .bind(id)
        .bind(leg)
        .bind(account.to_string())
        .bind(amount)
        .execute(pool)
        .await
        .unwrap();
    // The checks of a row are about the sum, so the sum goes in at once.
    sqlx::query(
        "INSERT OR REPLACE INTO balance SELECT programme_id, account, unit, SUM(amount) FROM entry
         WHERE programme_id = ? AND account = ? GROUP BY 1, 2, 3",
    )
    .bind(programme)
    .bind(account.to_string())
    .execute(pool)
    .await
    .unwrap();
}

#[tokio::test]
async fn old_books_are_numbered_linked_and_go_on() {
    let folder = tempfile::tempdir().unwrap();
    old(folder.path()).await;
    let store = Store::open(folder.path()).await.unwrap();
    let report = store.verify_books().await.unwrap();
    assert_eq!(report.faults, [] as [String; 0]);
    assert_eq!((report.transfers, report.entries), (14, 30));
    let numbered: Vec<(i64, String)> =
        db::query_as("SELECT seq, command_id FROM transfer WHERE programme_id = ? ORDER BY seq")
            .bind(ONE.to_string())
            .fetch_all(store.reads_all())
            .await
            .unwrap();
    let commands = (1..=7).map(|n| (n, Uuid::from_u128(n.try_into().unwrap()).to_string()));
    assert_eq!(numbered, commands.collect::<Vec<_>>());
    let active = Account::active(PERSON);
    for (at_ms, balance) in [(19, 0), (20, 100), (30, 10), (50, 40), (60, 0)] {
        let was = store
            .balance_as_of(ONE, active, Unit::Points, at_ms)
            .await
            .unwrap();
        assert_eq!(was, balance, "at {at_ms}");
    }
    go_on(&store).await;
    store.close().await;
    let store = Store::open(folder.path()).await.unwrap();
    assert_eq!(
        store.verify_books().await.unwrap().faults,
        [] as [String; 0]
    );
    assert_eq!(store.balance(ONE, active).await.unwrap(), 15);
}

/// What was there before is the plain lot, and goes last.
async fn go_on(store: &Store) {
    let (active, pending) = (Account::active(PERSON), Account::pending(PERSON));
    let mut tx = store.begin(ONE).await.unwrap();
    let lots = tx.open_lots(pending, Unit::Points, 5).await.unwrap();
    assert_eq!(
        lots.iter()
            .map(|lot| (lot.id, lot.left))
            .collect::<Vec<_>>(),
        [(LotId::PLAIN, 10)]
    );
    let approval = Transfer::of("approval")
        .leg(pending, -10)
        .leg_lots(active, 10, Lots::Carried)
        .finish()
        .unwrap();
    tx.book(Uuid::from_u128(20), 70, &approval).await.unwrap();
    let legs = [(Account::Issuance, -20), (active, 20)];
    tx.book(
        Uuid::from_u128(21),
        70,
        &Transfer::points("award", &legs).unwrap(),
    )
    .await
    .unwrap();
    let legs = [(active, -15), (Account::Redeemed, 15)];
    tx.book(
        Uuid::from_u128(22),
        70,
        &Transfer::points("redemption", &legs).unwrap(),
    )
    .await
    .unwrap();
    let lots = tx.open_lots(active, Unit::Points, i64::MAX).await.unwrap();
    let left: Vec<i64> = lots.iter().map(|lot| lot.left).collect();
    assert_eq!((left, lots[1].id), (vec![5, 10], LotId::PLAIN));
    assert_eq!(tx.chain_head().await.unwrap().seq, 10);
    tx.commit().await.unwrap();
    assert_eq!(
        store.verify_books().await.unwrap().faults,
        [] as [String; 0]
    );
}

#[tokio::test]
async fn what_was_linked_is_not_linked_again() {
    let folder = tempfile::tempdir().unwrap();
    old(folder.path()).await;
    let store = Store::open(folder.path()).await.unwrap();
    let mut tx = store.begin(ONE).await.unwrap();
    let update = "UPDATE transfer SET hash = '' WHERE seq = 3";
    let refused = db::query(update).execute(tx.conn()).await.unwrap_err();
    assert!(refused.to_string().contains("append-only"), "{refused}");
    for table in ["lot", "entry", "transfer"] {
        let delete = sqlx::AssertSqlSafe(format!("DELETE FROM {table}"));
        let done = db::query(delete).execute(tx.conn()).await;
        assert_eq!(done.is_err(), table != "lot", "{table}");
    }
}
