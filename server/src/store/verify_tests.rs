//! Whatever somebody changes in the books by hand, the check names that very entry and what it was.

use std::path::Path;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _};

use super::lots_tests::{History, PROGRAMME, empty};
use super::{BooksReport, DATABASE_FILE, Store};

/// Some place in the middle of the history.
const MIDDLE: &str = "seq > 30";

/// Books a history and closes the store.
pub(super) async fn history(folder: &Path) {
    let (store, clock) = empty(folder).await;
    let mut history = History::new(7);
    let mut booked = 0;
    while booked < 80 {
        clock.advance(10);
        let mut tx = store.begin(PROGRAMME).await.unwrap();
        let (stamp, transfer) = history.next(tx.now_ms());
        if history.books.post(&stamp, &transfer).is_ok() {
            tx.book(stamp.command, stamp.occurred_ms, &transfer)
                .await
                .unwrap();
            tx.commit().await.unwrap();
            history.done(stamp.command);
            booked += 1;
        }
    }
    assert_eq!(
        store.verify_books().await.unwrap().faults,
        [] as [String; 0]
    );
    store.close().await;
}

/// The database without what protects it.
async fn unprotected(folder: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new()
        .filename(folder.join(DATABASE_FILE))
        .foreign_keys(false);
    let mut conn = options.connect().await.unwrap();
    let triggers: Vec<String> =
        sqlx::query_scalar("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
            .fetch_all(&mut conn)
            .await
            .unwrap();
    for trigger in triggers {
        let drop = AssertSqlSafe(format!("DROP TRIGGER {trigger}"));
        sqlx::query(drop).execute(&mut conn).await.unwrap();
    }
    sqlx::query("PRAGMA ignore_check_constraints = on")
        .execute(&mut conn)
        .await
        .unwrap();
    conn
}

/// What the check says of a copy of the history in which the statements were run.
pub(super) async fn tampered(history: &Path, statements: &[String]) -> BooksReport {
    let folder = tempfile::tempdir().unwrap();
    std::fs::copy(
        history.join(DATABASE_FILE),
        folder.path().join(DATABASE_FILE),
    )
    .unwrap();
    let mut conn = unprotected(folder.path()).await;
    for statement in statements {
        let done = sqlx::query(AssertSqlSafe(statement.clone()))
            .execute(&mut conn)
            .await;
        assert!(done.unwrap().rows_affected() > 0, "{statement}");
    }
    conn.close().await.unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let report = store.verify_books().await.unwrap();
    store.close().await;
    report
}

/// An entry of the history: number, line, leg, account, unit, amount, lot, balance after it.
type Picked = (i64, i64, i64, String, String, i64, String, i64);

/// The first entry for which the condition holds.
async fn pick(folder: &Path, condition: &str) -> Picked {
    let options = SqliteConnectOptions::new().filename(folder.join(DATABASE_FILE));
    let mut conn = options.connect().await.unwrap();
    let query = format!(
        "SELECT seq, line, leg, account, unit, amount, lot, after FROM entry
         WHERE {condition} ORDER BY seq, line LIMIT 1"
    );
    let picked = sqlx::query_as(AssertSqlSafe(query))
        .fetch_one(&mut conn)
        .await;
    conn.close().await.unwrap();
    picked.unwrap()
}

/// Conditions on an entry, the change, the field that must be named, and what it was.
async fn field(
    history: &Path,
    condition: &str,
    change: &str,
    name: &str,
    was: fn(&Picked) -> String,
) {
    let picked = pick(history, condition).await;
    let (seq, line, leg, account, ..) = picked.clone();
    let update = format!("UPDATE entry SET {change} WHERE seq = {seq} AND line = {line}");
    let report = tampered(history, &[update]).await;
    let bad = report.first_bad.clone().unwrap();
    assert_eq!((bad.seq, bad.field), (seq, name), "{change}: {bad}");
    assert_eq!(bad.should, Some(was(&picked)), "{change}: {bad}");
    if name != "leg" {
        assert_eq!(bad.leg, Some(leg), "{change}: {bad}");
    }
    if name != "account" {
        assert_eq!(bad.account, Some(account), "{change}: {bad}");
    }
    // A lot that the entry began may have no birth any more.
    let births = report
        .faults
        .iter()
        .filter(|fault| fault.contains("was not begun"));
    assert_eq!(
        report.faults.len() - births.count(),
        1,
        "{change}: {:?}",
        report.faults
    );
}

#[tokio::test]
async fn a_changed_field_of_an_entry_is_named_with_what_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let all = folder.path();
    history(all).await;
    let lotted = format!("{MIDDLE} AND lot <> ''");
    let bare = format!("{MIDDLE} AND lot = ''");
    for condition in [
        MIDDLE,
        &lotted,
        &bare,
        "seq = 1",
        "seq = (SELECT MAX(seq) FROM entry)",
    ] {
        field(all, condition, "amount = amount + 1", "amount", |one| {
            one.5.to_string()
        })
        .await;
        field(all, condition, "amount = -amount", "amount", |one| {
            one.5.to_string()
        })
        .await;
        field(all, condition, "after = after + 1", "after", |one| {
            one.7.to_string()
        })
        .await;
        field(
            all,
            condition,
            "account = 'programme:redeemed'",
            "account",
            |one| one.3.clone(),
        )
        .await;
        field(
            all,
            condition,
            "unit = 'achievement:first'",
            "unit",
            |one| one.4.clone(),
        )
        .await;
        field(all, condition, "leg = leg + 1", "leg", |one| {
            one.2.to_string()
        })
        .await;
    }
    let lot = "lot = '00000000-0000-0000-0000-0000000000aa'";
    field(all, &lotted, lot, "lot", |one| one.6.clone()).await;
    field(all, &lotted, "lot = ''", "lot", |one| one.6.clone()).await;
    field(all, &bare, lot, "lot", |_| "none".to_owned()).await;
    let taken = format!("{lotted} AND amount < 0");
    field(all, &taken, lot, "lot", |one| one.6.clone()).await;
}

#[tokio::test]
async fn what_does_not_read_is_named() {
    let folder = tempfile::tempdir().unwrap();
    history(folder.path()).await;
    let (seq, line, leg, ..) = pick(folder.path(), MIDDLE).await;
    for (change, name) in [
        ("account = 'somebody'", "account"),
        ("unit = 'pints'", "unit"),
        ("lot = 'x'", "lot"),
    ] {
        let update = format!("UPDATE entry SET {change} WHERE seq = {seq} AND line = {line}");
        let report = tampered(folder.path(), &[update]).await;
        let bad = report.first_bad.unwrap();
        assert_eq!(
            (bad.seq, bad.leg, bad.field),
            (seq, Some(leg), name),
            "{change}"
        );
    }
}

#[tokio::test]
async fn a_name_with_separators_in_it_is_no_second_entry() {
    let folder = tempfile::tempdir().unwrap();
    history(folder.path()).await;
    let (seq, line, leg, ..) = pick(folder.path(), MIDDLE).await;
    // As a text of the transfer's entries this would be two.
    let second =
        "char(30) || '9' || char(31) || '9' || char(31) || '5' || char(31) || '5' || char(31)
        || 'points' || char(31) || '' || char(31) || 'programme:redeemed'";
    let update = format!(
        "UPDATE entry SET account = account || {second} WHERE seq = {seq} AND line = {line}"
    );
    let report = tampered(folder.path(), &[update]).await;
    let bad = report.first_bad.unwrap();
    assert_eq!((bad.seq, bad.leg, bad.field), (seq, Some(leg), "account"));
    assert!(bad.is.contains('\u{1e}'), "{}", bad.is);
}

#[tokio::test]
async fn an_entry_taken_out_put_in_or_moved_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let all = folder.path();
    history(all).await;
    for condition in [
        MIDDLE,
        "seq > 30 AND line > 0",
        "seq > 30 AND lot <> ''",
        "seq > 30 AND lot = '' AND line > 1",
    ] {
        let (seq, line, leg, account, unit, amount, ..) = pick(all, condition).await;
        let delete = format!("DELETE FROM entry WHERE seq = {seq} AND line = {line}");
        let report = tampered(all, &[delete]).await;
        let bad = report.first_bad.clone().unwrap();
        assert_eq!(
            (bad.seq, bad.leg, bad.account),
            (seq, Some(leg), Some(account)),
            "{condition}"
        );
        assert_eq!(
            (bad.is.as_str(), bad.should),
            ("missing", Some(format!("{amount} {unit}")))
        );
        // A lot that it began has no birth any more.
        assert!(report.fault_count <= 2, "{:?}", report.faults);
    }
    let (seq, ..) = pick(all, MIDDLE).await;
    let insert = format!(
        "INSERT INTO entry SELECT programme_id, seq, line + 1, 9, 'programme:redeemed', unit, 5, '', 5, NULL
         FROM entry WHERE seq = {seq} ORDER BY line DESC LIMIT 1"
    );
    let bad = tampered(all, &[insert]).await.first_bad.unwrap();
    let account = Some("programme:redeemed".to_owned());
    assert_eq!((bad.seq, bad.leg, bad.account), (seq, Some(9), account));
    assert_eq!(
        (bad.field, bad.should),
        ("entry", Some("absent".to_owned()))
    );
    let swap = [
        "line = line + 100 WHERE line < 2",
        "line = 101 - line WHERE line >= 100",
    ];
    let swap = swap.map(|change| format!("UPDATE entry SET {change} AND seq = {seq}"));
    let bad = tampered(all, &swap).await.first_bad.unwrap();
    assert_eq!((bad.seq, bad.field, bad.is.as_str()), (seq, "line", "0"));
}

#[tokio::test]
async fn a_changed_transfer_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let all = folder.path();
    history(all).await;
    let (seq, ..) = pick(all, MIDDLE).await;
    for (change, name, guessed) in [
        ("purpose = 'gift'", "purpose", true),
        ("hash = substr(hash, 2) || 'x'", "hash", false),
        (
            "hash = replace(hash, substr(hash, 1, 1), 'f')",
            "hash",
            true,
        ),
        ("id = '00000000-0000-0000-0000-0000000000aa'", "id", true),
        ("occurred_ms = occurred_ms - 1", "content or order", false),
        ("recorded_ms = recorded_ms + 1", "content or order", false),
        ("recorded_ms = recorded_ms - 100", "recorded_ms", true),
        (
            "command_id = '00000000-0000-0000-0000-0000000000aa'",
            "content or order",
            false,
        ),
        ("command_id = 'me'", "command", false),
    ] {
        let report = tampered(
            all,
            &[format!("UPDATE transfer SET {change} WHERE seq = {seq}")],
        )
        .await;
        let bad = report.first_bad.clone().unwrap();
        assert_eq!(
            (bad.seq, bad.field, bad.leg),
            (seq, name, None),
            "{change}: {bad}"
        );
        assert_eq!(bad.should.is_some(), guessed, "{change}: {bad}");
    }
}

#[tokio::test]
async fn transfers_that_changed_places_or_went_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let all = folder.path();
    history(all).await;
    let mut swap = Vec::new();
    for table in ["transfer", "entry"] {
        swap.push(format!(
            "UPDATE {table} SET seq = -seq WHERE seq IN (40, 41)"
        ));
        swap.push(format!("UPDATE {table} SET seq = 81 + seq WHERE seq < 0"));
    }
    let bad = tampered(all, &swap).await.first_bad.unwrap();
    assert_eq!(bad.seq, 40, "{bad}");
    for (seq, named) in [(40, Some(40)), (80, None)] {
        let delete =
            ["entry", "transfer"].map(|table| format!("DELETE FROM {table} WHERE seq = {seq}"));
        let report = tampered(all, &delete).await;
        assert!(!report.holds());
        assert_eq!(
            report.first_bad.map(|bad| bad.seq),
            named,
            "{:?}",
            report.faults
        );
    }
}
