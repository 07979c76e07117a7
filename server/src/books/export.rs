//! The books as plain text journals that hledger reads, with the balances that it must come to.
//!
//! A shard is `NAME.journal` and `NAME.balances.csv` (`account,unit,integer`, without zeros). Each
//! stands alone: from the second on it begins with a transfer that opens every balance as it was, and
//! the last posting of every account asserts its balance. So the second file says what the programme's
//! balances are after the shard's last entry, and hledger comes to the same from the first file alone.

use std::path::{Path, PathBuf};

use super::journal::{Journal, Posting, Terms};
use crate::db::{self, Conn};
use crate::error::{Error, Result};
use crate::store::{Store, StoredTransfer, Walk};

/// The most entries of one journal.
pub const SHARD_ENTRIES_MAX: usize = 100_000;
/// A shard has room for at least so many entries, divided by this, beside what it opens with.
const ROOM_PART: usize = 4;

/// What was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExportReport {
    /// The journals, in order.
    pub journals: Vec<PathBuf>,
    /// Entries in all of them.
    pub entries: usize,
}

/// Writes every programme's books into a folder, in the order of booking. Equal books give equal
/// files. `shard_entries_max` is usually [`SHARD_ENTRIES_MAX`] and counts the postings that open a
/// shard; a transfer is never split. Refuses a folder that already has something in it (`not_empty`).
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
    let mut read = store.reads_all().begin().await?;
    for programme in store.programmes().await? {
        let mut shards = Shards::new(out, &programme.code, shard_entries_max);
        let name = programme.id.to_string();
        let mut walk = Walk::of(&name);
        while let Some(page) = walk.page(&mut read).await? {
            let terms = Terms::of(&mut read, &name, &page.transfers).await?;
            for transfer in &page.transfers {
                shards.add(transfer, &terms)?;
            }
        }
        shards.close()?;
        report.entries += shards.entries;
        report.journals.append(&mut shards.journals);
    }
    Ok(report)
}

impl Terms {
    /// The terms of the lots that these transfers began.
    async fn of(conn: &mut Conn, programme: &str, transfers: &[StoredTransfer]) -> Result<Self> {
        let entries = transfers.iter().flat_map(|transfer| &transfer.entries);
        let lots: Vec<&str> = entries
            .filter(|entry| entry.amount > 0 && !entry.lot.is_empty())
            .map(|entry| entry.lot.as_str())
            .collect();
        let rows = db::query_as(
            "SELECT lot.id, born_seq, funder, unit_cost_micro, currency, country, class, origin, expires_ms
             FROM json_each(?) AS asked CROSS JOIN lot ON programme_id = ? AND lot.id = asked.atom",
        )
        .bind(serde_json::to_string(&lots)?)
        .bind(programme)
        .fetch_all(conn)
        .await?;
        Self::read(rows)
    }
}

/// The journals of one programme while they are written.
struct Shards {
    out: PathBuf,
    code: String,
    entries_max: usize,
    journals: Vec<PathBuf>,
    entries: usize,
    journal: Journal,
}

impl Shards {
    fn new(out: &Path, code: &str, entries_max: usize) -> Self {
        Self {
            out: out.to_owned(),
            code: code.to_owned(),
            entries_max: entries_max.max(1),
            journals: Vec::new(),
            entries: 0,
            journal: Journal::default(),
        }
    }

    fn add(&mut self, transfer: &StoredTransfer, terms: &Terms) -> Result<()> {
        let (count, held) = (transfer.entries.len(), self.journal.entries());
        let room = self.entries_max.saturating_sub(self.journal.opening());
        let room = room.max(self.entries_max / ROOM_PART);
        if held > 0 && held + count > room {
            self.write()?;
        }
        let day = day(transfer.recorded_ms)?;
        self.journal.begin(day);
        let head = format!(
            "{day} * ({}) {}  ; seq:{}, command:{}",
            transfer.id, transfer.purpose, transfer.seq, transfer.command_id
        );
        let postings = transfer.entries.iter();
        let postings = postings.map(|entry| Posting::of(entry, transfer.seq, terms));
        self.journal.add(head, postings.collect());
        self.entries += count;
        Ok(())
    }

    fn write(&mut self) -> Result<()> {
        let name = format!("{}-{:04}", self.code, self.journals.len() + 1);
        let journal = self.out.join(format!("{name}.journal"));
        let title = format!(
            "programme {}, {} entries",
            self.code,
            self.journal.entries()
        );
        std::fs::write(&journal, self.journal.text(&title))?;
        let balances = self.journal.balances();
        std::fs::write(self.out.join(format!("{name}.balances.csv")), balances)?;
        self.journals.push(journal);
        self.journal.next();
        Ok(())
    }

    /// Writes what is left; a programme without entries gets one empty journal.
    fn close(&mut self) -> Result<()> {
        if self.journal.entries() > 0 || self.journals.is_empty() {
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
