//! The check finds every kind of tampering.

use std::path::Path;

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
const TAMPERING: [(&str, &str); 16] = [
    (
        "UPDATE transfer SET purpose = 'funding' WHERE id = (SELECT MIN(id) FROM transfer WHERE purpose = 'award')",
        "without a command",
    ),
    (
        "UPDATE transfer SET purpose = 'opening' WHERE id = (SELECT MIN(id) FROM transfer WHERE purpose = 'award')",
        "without a command",
    ),
    (
        "UPDATE entry SET amount = amount + 1 WHERE leg = 0 AND seq = 2",
        "amount is ",
    ),
    (
        "UPDATE balance SET amount = amount + 1 WHERE account LIKE '%:active'",
        "should be",
    ),
    (
        "UPDATE transfer SET occurred_ms = 7 WHERE seq = 4",
        "occurred_ms is 7, should be 1790000000000",
    ),
    (
        "UPDATE transfer SET recorded_ms = recorded_ms + 1 WHERE seq = 4",
        "recorded_ms is 1790000000001, should be 1790000000000",
    ),
    (
        "INSERT INTO balance SELECT programme_id, 'somebody', 'points', 0 FROM programme",
        "no name of the books",
    ),
    (
        "DELETE FROM entry WHERE seq = (SELECT MAX(seq) FROM transfer WHERE purpose = 'award')",
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
