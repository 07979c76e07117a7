//! The ledger's tools over a small programme.

use carrot_rules::Transfer;
use clap::Parser;
use uuid::Uuid;

use super::*;

#[derive(Parser)]
struct Line {
    #[command(subcommand)]
    command: LedgerCommand,
}

/// Runs `carrot ledger` with words; true when it succeeded.
async fn ledger(data: &Path, words: &[&str]) -> bool {
    let data = data.to_string_lossy();
    let mut line = vec!["ledger"];
    line.extend(words);
    line.extend(["--data", &data]);
    let line = Line::try_parse_from(line).unwrap();
    run(line.command).await.unwrap() == ExitCode::SUCCESS
}

#[tokio::test]
async fn f032_a_statement_has_every_line_and_a_check_sees_a_changed_one() {
    let folder = tempfile::tempdir().unwrap();
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo");
    let data = folder.path().join("data");
    let args = super::super::import::ImportArgs::all(demo, data.clone(), false);
    super::super::import::run(args).await.unwrap();
    let store = store::open_at(&data.as_path().into()).await.unwrap();
    let programme = store::programme(&store, None).await.unwrap();
    let person = Account::active(Uuid::from_u128(7));
    for (cause, points) in [(1, 30), (2, 12), (3, -5)] {
        let legs = [(Account::Issuance, -points), (person, points)];
        let mut tx = store.begin(programme.id).await.unwrap();
        let transfer = Transfer::points("award", &legs).unwrap();
        tx.book(Uuid::from_u128(cause), 1, &transfer).await.unwrap();
        tx.commit().await.unwrap();
    }
    store.close().await;
    let (account, file) = (person.to_string(), folder.path().join("lines.csv"));
    let file_name = file.to_string_lossy();
    let whole = [
        "--from",
        "1970-01-01T00:00:00Z",
        "--to",
        "9000-01-01T00:00:00Z",
    ];
    let mut words = vec!["statement", "--account", &account, "--csv", &file_name];
    words.extend(whole);
    assert!(ledger(&data, &words).await);
    let mut reader = csv::Reader::from_path(&file).unwrap();
    let rows: Vec<_> = reader.records().map(|row| row.unwrap()).collect();
    let columns = |row: &csv::StringRecord| (row[6].to_owned(), row[8].to_owned());
    let columns: Vec<_> = rows.iter().map(columns).collect();
    let texts = [("30", "30"), ("12", "42"), ("-5", "37")];
    assert_eq!(
        columns,
        texts.map(|(amount, after)| (amount.to_owned(), after.to_owned()))
    );
    assert!(ledger(&data, &["balance", "--account", &account]).await);
    // The check of the whole ledger knows that nobody gave these commands.
    assert!(!ledger(&data, &["verify"]).await);
}

#[test]
fn what_names_no_account_unit_or_instant_is_refused() {
    for words in [
        ["ledger", "balance", "--data", "x", "--account", "nobody"].as_slice(),
        &[
            "ledger",
            "balance",
            "--data",
            "x",
            "--account",
            "programme:redeemed",
            "--unit",
            "eur",
        ],
        &[
            "ledger",
            "balance",
            "--data",
            "x",
            "--account",
            "programme:redeemed",
            "--as-of",
            "today",
        ],
    ] {
        assert!(Line::try_parse_from(words).is_err(), "{words:?}");
    }
}
