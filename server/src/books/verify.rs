//! `ledger verify`: the books, the feeds and the signed commands prove themselves from what is stored.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use carrot_rules::Account;
use carrot_wire::{Envelope, Verdict, VerdictClass, crypto};
use ed25519_dalek::VerifyingKey;
use serde::Serialize;
use sqlx::FromRow;

use crate::db::{self, Conn};
use crate::error::Result;
use crate::store::{BooksReport, Store};

/// The device column of commands that people gave on the console.
const CONSOLE: &str = "console";
/// What a check of the whole ledger found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct LedgerReport {
    /// Transfers, entries, accounts and feeds that were looked at, and what is wrong, one sentence each.
    pub books: BooksReport,
    /// Commands looked at.
    pub commands: i64,
    /// Devices whose chain of commands was walked.
    pub chains: i64,
}

impl LedgerReport {
    /// True when nothing is wrong.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.books.holds()
    }

    fn fault(&mut self, sentence: String) {
        self.books.fault(sentence);
    }
}

impl fmt::Display for LedgerReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let books = &self.books;
        write!(
            f,
            "{} transfers, {} entries, {} accounts, {} open lots, {} feeds, {} commands, {} chains: {}",
            books.transfers,
            books.entries,
            books.accounts,
            books.open_lots,
            books.feeds,
            self.commands,
            self.chains,
            if self.holds() {
                "the books hold".to_owned()
            } else {
                format!("{} faults", books.fault_count)
            }
        )
    }
}

/// Checks every programme: what [`Store::verify_books`] checks; that nothing but the offline budget is
/// opened without a command; that every accepted command has exactly the entries that its verdict says
/// and no other command has any; and that each device's commands are signed by it and chained without
/// a gap. Reads everything; takes time in proportion, and memory for accounts and open lots.
pub async fn verify_ledger(store: &Store) -> Result<LedgerReport> {
    verify_ledger_with(store, &mut |_| ()).await
}

/// The same; `progress` hears now and then how many entries were walked.
pub async fn verify_ledger_with(
    store: &Store,
    progress: &mut (dyn FnMut(i64) + Send),
) -> Result<LedgerReport> {
    let mut report = LedgerReport {
        books: store.verify_books_with(progress).await?,
        ..LedgerReport::default()
    };
    let mut read = store.reads_all().begin().await?;
    openings(&mut read, &mut report).await?;
    commands(&mut read, &mut report).await?;
    nobodys(&mut read, &mut report).await?;
    ends(&mut read, &mut report).await?;
    Ok(report)
}

/// What no command caused may only fill the budget of redemptions without a network, or the budgets
/// of a rule set that was published.
async fn openings(conn: &mut Conn, report: &mut LedgerReport) -> Result<()> {
    let rows: Vec<(String, String)> = db::query_as(
        "SELECT DISTINCT transfer.id, account FROM transfer
         CROSS JOIN entry ON entry.programme_id = transfer.programme_id AND entry.seq = transfer.seq
         WHERE (purpose = 'opening' AND account NOT IN (?1, ?2))
            OR (purpose = 'funding' AND account <> ?1 AND account NOT LIKE 'budget:%') LIMIT ?3",
    )
    .bind(Account::Issuance.to_string())
    .bind(Account::OfflineBudget.to_string())
    .bind(LISTED_MAX)
    .fetch_all(conn)
    .await?;
    for (transfer, account) in rows {
        report.fault(format!(
            "transfer {transfer} opens {account} without a command"
        ));
    }
    Ok(())
}

#[derive(FromRow)]
struct Row {
    programme_id: String,
    device_id: String,
    device_seq: i64,
    command_id: Option<String>,
    payload_hash: String,
    envelope: String,
    class: String,
    verdict: String,
    public_key: Option<String>,
}

/// The most faults of one kind that are fetched for the list.
const LISTED_MAX: i64 = 1_000;
/// How many commands one look fetches.
const ROWS_MAX: i64 = 2_000;

/// Where the walk along one device's chain stands.
#[derive(Default)]
struct Chain {
    programme: String,
    device: String,
    seq: i64,
    hash: String,
    key: Option<VerifyingKey>,
}

async fn commands(conn: &mut Conn, report: &mut LedgerReport) -> Result<()> {
    let mut chain = Chain::default();
    loop {
        let rows: Vec<Row> = db::query_as(
            "SELECT command.programme_id, command.device_id, device_seq, command_id, payload_hash, envelope, class, verdict, public_key
             FROM command LEFT JOIN device USING (programme_id, device_id)
             WHERE (command.programme_id, command.device_id, device_seq) > (?, ?, ?)
             ORDER BY command.programme_id, command.device_id, device_seq LIMIT ?",
        )
        .bind(&chain.programme)
        .bind(&chain.device)
        .bind(chain.seq)
        .bind(ROWS_MAX)
        .fetch_all(&mut *conn)
        .await?;
        if rows.is_empty() {
            break;
        }
        let mut booked = booked(conn, &rows).await?;
        for row in rows {
            report.commands += 1;
            entries(&row, &mut booked, report);
            link(&row, &mut chain, report);
        }
    }
    Ok(())
}

/// Transfers of commands that were not recorded; the opening of a programme and the funding of budgets
/// have none.
async fn nobodys(conn: &mut Conn, report: &mut LedgerReport) -> Result<()> {
    let rows: Vec<(String, String)> = db::query_as(
        "SELECT DISTINCT programme_id, command_id FROM transfer
         WHERE purpose NOT IN ('opening', 'funding') AND NOT EXISTS (SELECT 1 FROM command
           WHERE command.programme_id = transfer.programme_id
           AND command.command_id = transfer.command_id) LIMIT ?",
    )
    .bind(LISTED_MAX)
    .fetch_all(conn)
    .await?;
    for (programme, command) in rows {
        report.fault(format!(
            "programme {programme}: entries of command {command}, which nobody gave"
        ));
    }
    Ok(())
}

type Booked = HashMap<(String, String), BTreeMap<String, i64>>;

/// Net points per command and account; without what no command gives.
async fn booked(conn: &mut Conn, commands: &[Row]) -> Result<Booked> {
    let asked: Vec<(&str, &str)> = commands
        .iter()
        .filter_map(|row| Some((row.programme_id.as_str(), row.command_id.as_deref()?)))
        .collect();
    let rows: Vec<(String, String, String, i64)> = db::query_as(
        "SELECT transfer.programme_id, command_id, account, SUM(amount) FROM json_each(?) AS asked
         CROSS JOIN transfer ON transfer.programme_id = asked.value ->> 0
           AND command_id = asked.value ->> 1
         CROSS JOIN entry ON entry.programme_id = transfer.programme_id AND entry.seq = transfer.seq
         WHERE purpose NOT IN ('opening', 'funding') AND unit = 'points' GROUP BY 1, 2, 3",
    )
    .bind(serde_json::to_string(&asked)?)
    .fetch_all(conn)
    .await?;
    let mut booked = Booked::new();
    for (programme, command, account, amount) in rows {
        booked
            .entry((programme, command))
            .or_default()
            .insert(account, amount);
    }
    Ok(booked)
}

fn entries(row: &Row, booked: &mut Booked, report: &mut LedgerReport) {
    let what = format!("command {} of {}", row.device_seq, row.device_id);
    let Ok(verdict) = serde_json::from_str::<Verdict>(&row.verdict) else {
        report.fault(format!("{what}: its verdict does not read"));
        return;
    };
    let class = serde_json::to_value(verdict.class).ok();
    if class.as_ref().and_then(|class| class.as_str()) != Some(&row.class) {
        report.fault(format!(
            "{what}: listed as {}, its verdict says otherwise",
            row.class
        ));
    }
    let Some(id) = &row.command_id else {
        return;
    };
    let mut found = booked
        .remove(&(row.programme_id.clone(), id.clone()))
        .unwrap_or_default();
    found.retain(|_, amount| *amount != 0);
    if verdict.class != VerdictClass::Accepted && !found.is_empty() {
        report.fault(format!("{what}: it was not accepted and has entries"));
    } else if found != verdict.booked {
        report.fault(format!("{what}: its entries are not what its verdict says"));
    }
}

fn link(row: &Row, chain: &mut Chain, report: &mut LedgerReport) {
    if chain.device != row.device_id || chain.programme != row.programme_id {
        *chain = Chain {
            programme: row.programme_id.clone(),
            device: row.device_id.clone(),
            key: row
                .public_key
                .as_deref()
                .and_then(|key| crypto::public_key(key).ok()),
            ..Chain::default()
        };
        report.chains += 1;
    }
    let what = format!("command {} of {}", row.device_seq, row.device_id);
    if row.device_seq != chain.seq + 1 {
        report.fault(format!(
            "{what}: number {} is missing before it",
            chain.seq + 1
        ));
    }
    chain.seq = row.device_seq;
    if row.device_id == CONSOLE {
        if crypto::hash(&[row.envelope.as_bytes()]) != row.payload_hash {
            report.fault(format!("{what}: its text is not the one that was given"));
        }
        return;
    }
    match serde_json::from_str::<Envelope>(&row.envelope) {
        Ok(envelope) => signed(&envelope, row, chain, &what, report),
        Err(_) => report.fault(format!("{what}: its envelope does not read")),
    }
}

fn signed(
    envelope: &Envelope,
    row: &Row,
    chain: &mut Chain,
    what: &str,
    report: &mut LedgerReport,
) {
    if crypto::hash(&[envelope.bytes.as_bytes()]) != row.payload_hash {
        report.fault(format!("{what}: its bytes are not the ones that were sent"));
    }
    if chain.key.is_none_or(|key| envelope.verify(&key).is_err()) {
        report.fault(format!("{what}: its signature is not the device's"));
    }
    match envelope.body() {
        Ok(body) if body.prev_hash == chain.hash && body.device_seq == row.device_seq => {}
        _ => report.fault(format!("{what}: it does not follow the command before it")),
    }
    chain.hash = crypto::chain_hash(&envelope.bytes);
}

/// Each device's last number and link are those of its last command.
async fn ends(conn: &mut Conn, report: &mut LedgerReport) -> Result<()> {
    let rows: Vec<(String, i64, String, Option<String>)> = db::query_as(
        "SELECT device.device_id, last_seq, last_hash, envelope FROM device
         LEFT JOIN command ON command.programme_id = device.programme_id
           AND command.device_id = device.device_id AND device_seq = last_seq",
    )
    .fetch_all(&mut *conn)
    .await?;
    for (device, last_seq, last_hash, envelope) in rows {
        let link = envelope
            .and_then(|text| serde_json::from_str::<Envelope>(&text).ok())
            .map_or_else(String::new, |envelope| crypto::chain_hash(&envelope.bytes));
        if link != last_hash || (last_seq == 0) != last_hash.is_empty() {
            report.fault(format!(
                "device {device}: its chain does not end as it says"
            ));
        }
    }
    let later: Vec<String> = db::query_scalar(
        "SELECT DISTINCT device_id FROM command JOIN device USING (programme_id, device_id) WHERE device_seq > last_seq",
    )
    .fetch_all(conn)
    .await?;
    for device in later {
        report.fault(format!(
            "device {device}: there are commands after its last one"
        ));
    }
    Ok(())
}
