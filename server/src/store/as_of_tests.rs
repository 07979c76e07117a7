//! What the books said at any instant is what a replay until then comes to.

use carrot_rules::ledger::{Books, Stamp};
use carrot_rules::{Account, Transfer, Unit};
use uuid::Uuid;

use super::lots_tests::{History, PROGRAMME, empty};
use super::{Statement, Store, as_of, lots, lots_leg};
use crate::clock::Clock as _;
use crate::db;

/// The books after everything recorded until an instant.
fn replayed(booked: &[(Stamp, Transfer, i64)], at_ms: i64) -> Books {
    let mut books = Books::default();
    for (stamp, transfer, recorded_ms) in booked {
        if *recorded_ms <= at_ms {
            books.post(stamp, transfer).unwrap();
        }
    }
    books
}

async fn booked(
    store: &Store,
    seed: u64,
    clock: &crate::clock::ManualClock,
) -> Vec<(Stamp, Transfer, i64)> {
    let mut history = History::new(seed);
    let mut booked = Vec::new();
    while booked.len() < 120 {
        let step = i64::try_from(history.dice.roll(6)).unwrap() - 2;
        clock.set(clock.now_ms() + step);
        let mut tx = store.begin(PROGRAMME).await.unwrap();
        let (stamp, transfer) = history.next(tx.now_ms());
        if let Ok(posted) = history.books.post(&stamp, &transfer) {
            tx.book(stamp.command, stamp.occurred_ms, &transfer)
                .await
                .unwrap();
            tx.commit().await.unwrap();
            history.done(stamp.command);
            booked.push((stamp, transfer, posted.recorded_ms));
        }
    }
    booked
}

#[tokio::test]
async fn a_balance_as_of_an_instant_is_that_of_a_replay() {
    let folder = tempfile::tempdir().unwrap();
    let (store, clock) = empty(folder.path()).await;
    let history = booked(&store, 3, &clock).await;
    let person = Uuid::from_u128(1);
    let (first, last) = (history[0].2, history[history.len() - 1].2);
    assert!(last - first > 20, "the clock hardly moved");
    let mut moved = 0;
    for at_ms in (first - 2)..=(last + 2) {
        let books = replayed(&history, at_ms);
        for (account, unit, _) in replayed(&history, i64::MAX).balances() {
            let was = store
                .balance_as_of(PROGRAMME, account, unit, at_ms)
                .await
                .unwrap();
            assert_eq!(was, books.balance(account, unit), "{account} at {at_ms}");
            moved += i64::from(was != 0);
        }
        for balance in store.person_as_of(PROGRAMME, person, at_ms).await.unwrap() {
            assert_eq!(balance.amount, books.balance(balance.account, balance.unit));
        }
    }
    assert!(moved > 100);
    let now = store.person_as_of(PROGRAMME, person, last).await.unwrap();
    assert!(now.iter().any(|balance| balance.unit != Unit::Points));
    assert!(
        now.iter()
            .any(|balance| balance.account == Account::reserved(person))
    );
}

#[tokio::test]
async fn a_statement_adds_up_between_any_two_instants() {
    let folder = tempfile::tempdir().unwrap();
    let (store, clock) = empty(folder.path()).await;
    let history = booked(&store, 5, &clock).await;
    let account = Account::active(Uuid::from_u128(1));
    let (first, last) = (history[0].2, history[history.len() - 1].2);
    let whole = replayed(&history, i64::MAX);
    let mut lines_seen = 0;
    for from_ms in (first - 1)..=(last + 1) {
        for until_ms in [from_ms, from_ms + 1, from_ms + 7, last + 1] {
            let mut lines = Vec::new();
            let period = (from_ms, until_ms);
            let statement: Statement = store
                .statement(PROGRAMME, account, Unit::Points, period, |line| {
                    lines.push((line.seq, line.amount, line.after));
                    Ok(())
                })
                .await
                .unwrap();
            let before = replayed(&history, from_ms - 1).balance(account, Unit::Points);
            let after =
                replayed(&history, until_ms.max(from_ms) - 1).balance(account, Unit::Points);
            assert_eq!((statement.opening, statement.closing), (before, after));
            assert_eq!(
                statement.opening + statement.credits + statement.debits,
                statement.closing
            );
            let within = |ms: i64| ms >= from_ms && ms < until_ms;
            let posted = whole.posted().filter(|posted| within(posted.recorded_ms));
            let entries =
                posted.flat_map(|posted| posted.entries.iter().map(|one| (posted.seq, one)));
            let mine =
                entries.filter(|(_, one)| (one.account, one.unit) == (account, Unit::Points));
            let mine: Vec<_> = mine
                .map(|(seq, one)| (seq, one.amount, one.after))
                .collect();
            assert_eq!(lines, mine);
            lines_seen += lines.len();
        }
    }
    assert!(lines_seen > 100);
}

#[tokio::test]
async fn each_look_back_is_a_search_along_an_index() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = empty(folder.path()).await;
    let taken =
        "DELETE FROM lot_balance WHERE (programme_id, account, unit, expires_ms, born_seq, lot)
        IN (VALUES ('', '', '', 1, 2, ''), ('', '', '', 1, 2, ''))";
    for (query, indices) in [
        (as_of::SEQ_AT, &["transfer_recorded"][..]),
        (as_of::BALANCE_AT, &["entry_account"]),
        (as_of::STATEMENT, &["entry_account", "PRIMARY KEY"]),
        (lots::NEXT_LOTS, &["PRIMARY KEY"]),
        (lots_leg::STEPS, &["transfer_command", "entry_undoes"]),
        (taken, &["PRIMARY KEY"]),
    ] {
        let plan: Vec<(i64, i64, i64, String)> =
            db::query_as(sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {query}")))
                .fetch_all(store.reads_all())
                .await
                .unwrap();
        let plan: Vec<String> = plan.into_iter().map(|row| row.3).collect();
        let plan = plan.join("\n");
        for index in indices {
            assert!(plan.contains(index), "{plan}");
        }
        let scans = ["SCAN entry", "SCAN transfer", "SCAN lot"];
        assert!(scans.iter().all(|scan| !plan.contains(scan)), "{plan}");
    }
}
