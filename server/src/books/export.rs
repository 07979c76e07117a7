//! The books as plain text journals that hledger reads, with the balances that it must come to.
//!
//! A shard is `NAME.journal` with at most [`SHARD_ENTRIES_MAX`] entries and `NAME.balances.csv`
//! (`account,unit,integer`, without zeros) with the sums of that journal alone. The sums over all shards
//! of a programme are its balances.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use sqlx::SqliteConnection;

use crate::error::{Error, Result};
use crate::store::Store;

/// The most entries of one journal.
pub const SHARD_ENTRIES_MAX: usize = 100_000;
/// How many entries one look fetches.
const ROWS_MAX: i64 = 5_000;

/// What was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExportReport {
    /// The journals, in order.
    pub journals: Vec<PathBuf>,
    /// Entries in all of them.
    pub entries: usize,
}

/// Writes every programme's books into a folder, in the order of recording. Equal books give equal
/// files. `shard_entries_max` is usually [`SHARD_ENTRIES_MAX`]; a transfer is never split. Refuses a
/// folder that already has something in it (`not_empty`).
pub async fn export_hledger(
    store: &Store,
    out: &Path,
    shard_entries_max: usize,
) -> Result<ExportReport> {
    std::fs::create_dir_all(out)?;
    if std::fs::read_dir(out)?.next().is_some() {
        return Err(Error::refused(
            "not_empty",
            format!("{} has files in it", out.display()),
        ));
    }
    let mut report = ExportReport::default();
    let mut read = store.readers().begin().await?;
    for programme in store.programmes().await? {
        let mut shards = Shards::new(out, &programme.code, shard_entries_max);
        walk(&mut read, &programme.id.to_string(), &mut shards).await?;
        shards.close()?;
        report.entries += shards.entries;
        report.journals.append(&mut shards.journals);
    }
    Ok(report)
}

#[derive(sqlx::FromRow)]
struct Entry {
    recorded_ms: i64,
    transfer_id: String,
    leg: i64,
    purpose: String,
    account: String,
    unit: String,
    amount: i64,
}

async fn walk(conn: &mut SqliteConnection, programme: &str, shards: &mut Shards) -> Result<()> {
    let (mut after_ms, mut after_id, mut after_leg) = (i64::MIN, String::new(), -1_i64);
    loop {
        let rows: Vec<Entry> = sqlx::query_as(
            "SELECT recorded_ms, transfer_id, leg, purpose, account, unit, amount FROM transfer
             JOIN entry ON entry.programme_id = transfer.programme_id AND entry.transfer_id = transfer.id
             WHERE transfer.programme_id = ? AND (recorded_ms, transfer_id, leg) > (?, ?, ?)
             ORDER BY recorded_ms, transfer_id, leg LIMIT ?",
        )
        .bind(programme)
        .bind(after_ms)
        .bind(&after_id)
        .bind(after_leg)
        .bind(ROWS_MAX)
        .fetch_all(&mut *conn)
        .await?;
        let Some(last) = rows.last() else {
            return Ok(());
        };
        (after_ms, after_id, after_leg) = (last.recorded_ms, last.transfer_id.clone(), last.leg);
        for entry in &rows {
            shards.add(entry)?;
        }
    }
}

/// The journals of one programme while they are written.
struct Shards {
    out: PathBuf,
    code: String,
    entries_max: usize,
    journals: Vec<PathBuf>,
    entries: usize,
    /// The journal that is being filled.
    text: String,
    in_journal: usize,
    sums: BTreeMap<(String, String), i128>,
    /// The transfer that is being collected: its id, its text, its entries.
    transfer: String,
    lines: String,
    legs: Vec<(String, String, i64)>,
}

impl Shards {
    fn new(out: &Path, code: &str, entries_max: usize) -> Self {
        Self {
            out: out.to_owned(),
            code: code.to_owned(),
            entries_max: entries_max.max(1),
            journals: Vec::new(),
            entries: 0,
            text: String::new(),
            in_journal: 0,
            sums: BTreeMap::new(),
            transfer: String::new(),
            lines: String::new(),
            legs: Vec::new(),
        }
    }

    fn add(&mut self, entry: &Entry) -> Result<()> {
        if entry.transfer_id != self.transfer {
            self.settle()?;
            self.transfer.clone_from(&entry.transfer_id);
            let day = day(entry.recorded_ms)?;
            let _ = write!(
                self.lines,
                "\n{day} * ({}) {}\n",
                entry.transfer_id, entry.purpose
            );
        }
        let _ = writeln!(
            self.lines,
            "    {}  {} {}",
            entry.account, entry.amount, entry.unit
        );
        self.legs
            .push((entry.account.clone(), entry.unit.clone(), entry.amount));
        Ok(())
    }

    /// Moves the collected transfer into the journal, or first begins a new one when it is full.
    fn settle(&mut self) -> Result<()> {
        if self.in_journal > 0 && self.in_journal + self.legs.len() > self.entries_max {
            self.write()?;
        }
        self.in_journal += self.legs.len();
        self.entries += self.legs.len();
        self.text.push_str(&self.lines);
        self.lines.clear();
        for (account, unit, amount) in self.legs.drain(..) {
            *self.sums.entry((account, unit)).or_default() += i128::from(amount);
        }
        Ok(())
    }

    fn write(&mut self) -> Result<()> {
        let name = format!("{}-{:04}", self.code, self.journals.len() + 1);
        let journal = self.out.join(format!("{name}.journal"));
        std::fs::write(
            &journal,
            format!(
                "; programme {}, {} entries\n{}",
                self.code, self.in_journal, self.text
            ),
        )?;
        let mut balances = "account,unit,integer\n".to_owned();
        for ((account, unit), sum) in self.sums.iter().filter(|(_, sum)| **sum != 0) {
            let _ = writeln!(balances, "{account},{unit},{sum}");
        }
        std::fs::write(self.out.join(format!("{name}.balances.csv")), balances)?;
        self.journals.push(journal);
        self.text.clear();
        self.sums.clear();
        self.in_journal = 0;
        Ok(())
    }

    /// Writes what is left; a programme without entries gets one empty journal.
    fn close(&mut self) -> Result<()> {
        self.settle()?;
        if self.in_journal > 0 || self.journals.is_empty() {
            self.write()?;
        }
        Ok(())
    }
}

fn day(recorded_ms: i64) -> Result<jiff::civil::Date> {
    let instant = jiff::Timestamp::from_millisecond(recorded_ms)
        .map_err(|error| Error::Damaged(format!("an instant of recording: {error}")))?;
    Ok(instant.to_zoned(jiff::tz::TimeZone::UTC).date())
}
