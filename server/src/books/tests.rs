//! The check finds every kind of tampering, and hledger comes to the same balances.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions as _, Connection as _};

use super::sample::Sample;
use super::*;
use crate::store::{DATABASE_FILE, Store};

async fn raw(folder: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new()
        .filename(folder.join(DATABASE_FILE))
        .foreign_keys(false);
    options.connect().await.unwrap()
}

#[tokio::test]
async fn honest_books_hold() {
    let folder = tempfile::tempdir().unwrap();
    let mut sample = Sample::make(folder.path()).await;
    sample.sell(6, true).await;
    let report = verify_ledger(&sample.store).await.unwrap();
    assert_eq!(report.books.faults, [] as [String; 0]);
    assert_eq!((report.commands, report.chains), (7, 1));
    assert!(report.books.transfers > 10 && report.books.feeds > 3);
}

/// Statements that tamper, and words of the fault that must be found.
const TAMPERING: [(&str, &str); 15] = [
    (
        "UPDATE transfer SET purpose = 'opening' WHERE id = (SELECT MIN(id) FROM transfer WHERE purpose = 'award')",
        "without a command",
    ),
    (
        "UPDATE entry SET amount = amount + 1 WHERE leg = 0 AND transfer_id = (SELECT MIN(transfer_id) FROM entry)",
        "sums to",
    ),
    (
        "UPDATE balance SET amount = amount + 1 WHERE account LIKE '%:active'",
        "sums to",
    ),
    (
        "UPDATE balance SET amount = -5 WHERE account LIKE '%:active'",
        "is below zero",
    ),
    (
        "UPDATE balance SET amount = 5 WHERE account = 'programme:issuance'",
        "is above zero",
    ),
    (
        "INSERT INTO balance SELECT programme_id, 'somebody', 'points', 0 FROM programme",
        "no name of the books",
    ),
    (
        "DELETE FROM entry WHERE transfer_id = (SELECT MIN(id) FROM transfer WHERE purpose = 'award')",
        "its entries are not what its verdict says",
    ),
    (
        "UPDATE transfer SET command_id = 'c0ffee' WHERE id = (SELECT MIN(id) FROM transfer WHERE purpose = 'award')",
        "which nobody gave",
    ),
    (
        "UPDATE command SET verdict = json_set(verdict, '$.class', 'rejected'), class = 'rejected' WHERE device_seq = 2",
        "was not accepted and has entries",
    ),
    (
        "UPDATE command SET class = 'rejected' WHERE device_seq = 2",
        "its verdict says otherwise",
    ),
    (
        "UPDATE command SET envelope = json_set(envelope, '$.bytes', replace(json_extract(envelope, '$.bytes'), '29800', '19800')) WHERE device_seq = 2",
        "its signature is not the device's",
    ),
    (
        "DELETE FROM command WHERE device_seq = 2",
        "number 2 is missing",
    ),
    (
        "UPDATE device SET last_seq = 5",
        "commands after its last one",
    ),
    (
        "UPDATE device SET last_hash = 'abc'",
        "does not end as it says",
    ),
    (
        "UPDATE change SET text = replace(text, '\"delta\":10', '\"delta\":99') WHERE text LIKE '%\"delta\":10,%'",
        "does not end as its counter and digest say",
    ),
];

#[tokio::test]
async fn each_kind_of_tampering_is_found() {
    for (statement, words) in TAMPERING {
        let folder = tempfile::tempdir().unwrap();
        let mut sample = Sample::make(folder.path()).await;
        sample.sell(6, false).await;
        sample.store.close().await;
        let mut conn = raw(folder.path()).await;
        for trigger in [
            "entry_no_update",
            "entry_no_delete",
            "transfer_no_update",
            "change_no_update",
        ] {
            sqlx::query(sqlx::AssertSqlSafe(format!("DROP TRIGGER {trigger}")))
                .execute(&mut conn)
                .await
                .unwrap();
        }
        // What the schema itself forbids is tampered with all the same.
        sqlx::query("PRAGMA ignore_check_constraints = on")
            .execute(&mut conn)
            .await
            .unwrap();
        let done = sqlx::query(statement).execute(&mut conn).await.unwrap();
        assert!(done.rows_affected() > 0, "{statement}");
        conn.close().await.unwrap();
        let store = Store::open(folder.path()).await.unwrap();
        let report = verify_ledger(&store).await.unwrap();
        let faults = report.books.faults.join("\n");
        assert!(faults.contains(words), "{statement}: {faults}");
    }
}

fn hledger_balances(journal: &Path) -> BTreeMap<String, i64> {
    let output = Command::new("hledger")
        .args([
            "-f",
            &journal.to_string_lossy(),
            "balance",
            "--flat",
            "-N",
            "-O",
            "csv",
        ])
        .output()
        .expect("hledger is missing: install it (Debian: apt-get install hledger)");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let mut reader = csv::Reader::from_reader(output.stdout.as_slice());
    let rows = reader.records().map(|row| row.unwrap());
    let number = |text: &str| {
        text.split_whitespace()
            .next()
            .unwrap()
            .parse::<i64>()
            .unwrap()
    };
    rows.map(|row| (row[0].to_owned(), number(&row[1])))
        .collect()
}

fn our_balances(journal: &Path) -> BTreeMap<String, i64> {
    let path = journal.with_extension("balances.csv");
    let mut reader = csv::Reader::from_path(path).unwrap();
    assert_eq!(
        reader.headers().unwrap(),
        vec!["account", "unit", "integer"]
    );
    let rows = reader.records().map(|row| row.unwrap());
    rows.map(|row| (row[0].to_owned(), row[2].parse().unwrap()))
        .collect()
}

#[tokio::test]
async fn hledger_comes_to_every_balance() {
    let folder = tempfile::tempdir().unwrap();
    let mut sample = Sample::make(folder.path()).await;
    sample.sell(12, true).await;
    let out = folder.path().join("books");
    let report = export_hledger(&sample.store, &out, 20).await.unwrap();
    assert!(report.journals.len() > 2, "{:?}", report.journals);
    let mut sums: BTreeMap<String, i64> = BTreeMap::new();
    for journal in &report.journals {
        let ours = our_balances(journal);
        assert_eq!(hledger_balances(journal), ours, "{}", journal.display());
        for (account, amount) in ours {
            *sums.entry(account).or_default() += amount;
        }
    }
    let stored: Vec<(String, i64)> =
        sqlx::query_as("SELECT account, amount FROM balance WHERE amount <> 0 ORDER BY account")
            .fetch_all(sample.store.readers())
            .await
            .unwrap();
    sums.retain(|_, amount| *amount != 0);
    assert_eq!(sums.into_iter().collect::<Vec<_>>(), stored);
}

#[tokio::test]
async fn equal_books_give_equal_files_and_a_full_folder_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut sample = Sample::make(folder.path()).await;
    sample.sell(5, false).await;
    let outs = [folder.path().join("one"), folder.path().join("two")];
    let mut texts = Vec::new();
    for out in &outs {
        let report = export_hledger(&sample.store, out, SHARD_ENTRIES_MAX)
            .await
            .unwrap();
        assert_eq!(report.journals.len(), 1);
        texts.push(std::fs::read_to_string(&report.journals[0]).unwrap());
    }
    assert_eq!(texts[0], texts[1]);
    assert!(texts[0].contains("2026-09-21 * ("), "{:.300}", texts[0]);
    assert!(
        export_hledger(&sample.store, &outs[0], SHARD_ENTRIES_MAX)
            .await
            .is_err()
    );
}
