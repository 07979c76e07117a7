//! hledger comes to every balance of every shard, by itself and to the lot.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};

use super::sample::Sample;
use super::{SHARD_ENTRIES_MAX, export_hledger};
use crate::db;
use crate::store::Store;
use crate::store::lots_tests::{History, PROGRAMME, empty};

/// Balances by account and unit.
type Balances = BTreeMap<(String, String), i64>;

fn hledger(journal: &Path, args: &[&str]) -> Output {
    let mut command = Command::new("hledger");
    command.arg("-f").arg(journal).args(args);
    let missing = "hledger is missing: install it (Debian: apt-get install hledger)";
    command.output().expect(missing)
}

fn checks(journal: &Path) -> bool {
    hledger(journal, &["--strict", "check"]).status.success()
}

fn rows(text: &[u8]) -> Balances {
    let mut reader = csv::Reader::from_reader(text);
    let rows = reader.records().map(|row| row.unwrap());
    rows.map(|row| {
        (
            (row[0].to_owned(), row[1].to_owned()),
            row[2].parse().unwrap(),
        )
    })
    .collect()
}

/// The balances of a shard, which hledger has come to as well.
fn agreed(journal: &Path) -> Balances {
    let check = hledger(journal, &["--strict", "check"]);
    let said = String::from_utf8_lossy(&check.stderr);
    assert!(check.status.success(), "{}: {said}", journal.display());
    let args = ["balance", "--flat", "-N", "-O", "csv", "--layout", "bare"];
    let theirs = rows(&hledger(journal, &args).stdout);
    let text = std::fs::read(journal.with_extension("balances.csv")).unwrap();
    assert!(text.starts_with(b"account,unit,integer\n"));
    let ours = rows(&text);
    assert_eq!(theirs, ours, "{}", journal.display());
    ours
}

/// A shard's balances with the lots of each account added up.
fn without_lots(balances: Balances) -> Balances {
    let mut sums = Balances::new();
    for ((account, unit), amount) in balances {
        let account = account.split(":lot:").next().unwrap().to_owned();
        *sums.entry((account, unit)).or_default() += amount;
    }
    sums.retain(|_, amount| *amount != 0);
    sums
}

async fn stored(store: &Store) -> Balances {
    let rows: Vec<(String, String, i64)> =
        db::query_as("SELECT account, unit, amount FROM balance WHERE amount <> 0")
            .fetch_all(store.reads_all())
            .await
            .unwrap();
    rows.into_iter()
        .map(|(account, unit, amount)| ((account, unit), amount))
        .collect()
}

#[tokio::test]
async fn hledger_comes_to_every_balance() {
    let folder = tempfile::tempdir().unwrap();
    let mut sample = Sample::make(folder.path()).await;
    sample.sell(12, true).await;
    let out = folder.path().join("books");
    let report = export_hledger(&sample.store, &out, 30).await.unwrap();
    assert!(report.journals.len() > 2, "{:?}", report.journals);
    let mut last = Balances::new();
    for journal in &report.journals {
        last = agreed(journal);
    }
    assert_eq!(without_lots(last), stored(&sample.store).await);
}

#[tokio::test]
async fn lots_units_and_terms_are_in_every_shard() {
    let folder = tempfile::tempdir().unwrap();
    let (store, clock) = empty(&folder.path().join("data")).await;
    let mut history = History::new(11);
    for _ in 0..400 {
        clock.advance(3_000_000);
        let mut tx = store.begin(PROGRAMME).await.unwrap();
        let (stamp, transfer) = history.next(tx.now_ms());
        if history.books.post(&stamp, &transfer).is_ok() {
            tx.book(stamp.command, stamp.occurred_ms, &transfer)
                .await
                .unwrap();
            tx.commit().await.unwrap();
            history.done(stamp.command);
        }
    }
    let out = folder.path().join("books");
    let report = export_hledger(&store, &out, 120).await.unwrap();
    assert!(report.journals.len() > 3, "{:?}", report.journals);
    let (mut last, mut entries) = (Balances::new(), 0);
    for journal in &report.journals {
        last = agreed(journal);
        let text = std::fs::read_to_string(journal).unwrap();
        entries += text.lines().filter(|line| line.starts_with("    ")).count();
        // One wrong amount anywhere and hledger refuses the shard.
        let line = text.lines().rfind(|line| line.contains(" = ")).unwrap();
        let (account, amount) = line.trim().split_once("  ").unwrap();
        let forged = text.replace(line, &format!("    {account}  1{amount}"));
        let path = journal.with_extension("forged");
        std::fs::write(&path, forged).unwrap();
        assert!(!checks(&path), "{line}");
    }
    assert!(
        last.keys().any(|(_, unit)| unit == "goods:mugs"),
        "{last:?}"
    );
    assert!(last.keys().any(|(account, _)| account.contains(":lot:")));
    assert!(entries > report.entries);
    let open: Vec<(String, String, i64)> =
        db::query_as("SELECT account || ':lot:' || lot, unit, amount FROM lot_balance")
            .fetch_all(store.reads_all())
            .await
            .unwrap();
    for (account, unit, amount) in open {
        assert_eq!(
            last.get(&(account.clone(), unit)),
            Some(&amount),
            "{account}"
        );
    }
    assert_eq!(without_lots(last), stored(&store).await);
    let first = std::fs::read_to_string(&report.journals[0]).unwrap();
    let tagged = first
        .lines()
        .find(|line| line.contains("expires:"))
        .unwrap();
    assert!(
        tagged.contains("  ; funder:brand, class:buyer_points, expires:2026-09-21T"),
        "{tagged}"
    );
    let found = hledger(
        &report.journals[0],
        &["register", "tag:funder=brand", "-O", "csv"],
    );
    assert!(String::from_utf8_lossy(&found.stdout).lines().count() > 5);
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
