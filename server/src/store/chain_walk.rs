//! Transfers with their entries as they are stored, in their order, a page at a time. Nothing is
//! believed here: what does not read is for the caller to judge.

use carrot_rules::ledger::{Entry, LotId, Posted};
use sqlx::FromRow;

use super::chain;
use super::programme::uuid;
use crate::db::{self, Conn};
use crate::error::{Error, Result};

/// How many transfers one look fetches.
const TRANSFERS_PER_PAGE: i64 = 1_000;

/// Stands between the entries of a transfer's text; no name has it.
const BETWEEN_ENTRIES: char = '\u{1e}';
/// Stands between the columns of an entry's text.
const BETWEEN_COLUMNS: char = '\u{1f}';
/// Each transfer's entries as one text.
const JOINED: &str =
    "SELECT seq, COUNT(*), group_concat(line || char(31) || leg || char(31) || amount
      || char(31) || after || char(31) || unit || char(31) || lot || char(31) || account, char(30))
    FROM (SELECT * FROM entry WHERE programme_id = ? AND seq > ? AND seq <= ? ORDER BY seq, line) AS entry
    GROUP BY seq ORDER BY seq";

/// A stored transfer.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct StoredTransfer {
    pub seq: i64,
    pub id: String,
    pub command_id: String,
    pub purpose: String,
    pub recorded_ms: i64,
    pub occurred_ms: i64,
    /// 64 hex digits.
    pub hash: String,
    /// In the order of their lines.
    #[sqlx(skip)]
    pub entries: Vec<StoredEntry>,
}

/// A stored entry.
#[derive(Debug, Clone, FromRow)]
pub(crate) struct StoredEntry {
    pub seq: i64,
    pub line: i64,
    pub leg: i64,
    pub account: String,
    pub unit: String,
    pub amount: i64,
    pub lot: String,
    pub after: i64,
}

/// A page of a walk.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub transfers: Vec<StoredTransfer>,
    /// Entries whose number no transfer has.
    pub strays: Vec<StoredEntry>,
}

/// A walk along the transfers of one programme.
#[derive(Debug)]
pub(crate) struct Walk {
    programme: String,
    after: i64,
    done: bool,
}

impl Walk {
    /// From the first transfer on.
    pub fn of(programme: &str) -> Self {
        Self {
            programme: programme.to_owned(),
            after: i64::MIN,
            done: false,
        }
    }

    /// The next page; none after the last.
    pub async fn page(&mut self, conn: &mut Conn) -> Result<Option<Page>> {
        if self.done {
            return Ok(None);
        }
        let transfers: Vec<StoredTransfer> = db::query_as(
            "SELECT seq, id, command_id, purpose, recorded_ms, occurred_ms, hash FROM transfer
             WHERE programme_id = ? AND seq > ? ORDER BY seq LIMIT ?",
        )
        .bind(&self.programme)
        .bind(self.after)
        .bind(TRANSFERS_PER_PAGE)
        .fetch_all(&mut *conn)
        .await?;
        let whole = i64::try_from(transfers.len()).is_ok_and(|count| count < TRANSFERS_PER_PAGE);
        let until = match transfers.last() {
            Some(last) if !whole => last.seq,
            _ => i64::MAX,
        };
        let entries = self.entries(until, conn).await?;
        self.after = until;
        self.done = whole;
        Ok(Some(Page::of(transfers, entries)))
    }

    /// The entries after the last page and up to a number. A row costs more to fetch than its columns
    /// do, so each transfer's entries come as one text; where a text holds more or other than the
    /// database counted, they come row by row.
    async fn entries(&self, until: i64, conn: &mut Conn) -> Result<Vec<StoredEntry>> {
        let texts: Vec<(i64, i64, String)> = db::query_as(JOINED)
            .bind(&self.programme)
            .bind(self.after)
            .bind(until)
            .fetch_all(&mut *conn)
            .await?;
        let mut entries = Vec::with_capacity(texts.len().saturating_mul(2));
        let (mut counted, mut whole) = (0_i64, true);
        for (seq, count, text) in &texts {
            counted = counted.saturating_add(*count);
            for one in text.split(BETWEEN_ENTRIES) {
                let entry = split(*seq, one);
                whole &= entry.is_some();
                entries.extend(entry);
            }
        }
        // Every row gives at least one piece, so equal numbers of whole pieces are the rows.
        if whole && i64::try_from(entries.len()).ok() == Some(counted) {
            entries.sort_by_key(|entry: &StoredEntry| (entry.seq, entry.line));
            return Ok(entries);
        }
        let rows = db::query_as(
            "SELECT seq, line, leg, account, unit, amount, lot, after FROM entry
             WHERE programme_id = ? AND seq > ? AND seq <= ? ORDER BY seq, line",
        )
        .bind(&self.programme)
        .bind(self.after)
        .bind(until)
        .fetch_all(conn)
        .await?;
        Ok(rows)
    }
}

/// One entry of a transfer's text; none when it is not made of the columns.
fn split(seq: i64, text: &str) -> Option<StoredEntry> {
    let mut columns = text.split(BETWEEN_COLUMNS);
    let mut column = || columns.next();
    let entry = StoredEntry {
        seq,
        line: column()?.parse().ok()?,
        leg: column()?.parse().ok()?,
        amount: column()?.parse().ok()?,
        after: column()?.parse().ok()?,
        unit: column()?.to_owned(),
        lot: column()?.to_owned(),
        account: column()?.to_owned(),
    };
    columns.next().is_none().then_some(entry)
}

impl Page {
    /// Both are in the order of their numbers.
    fn of(mut transfers: Vec<StoredTransfer>, entries: Vec<StoredEntry>) -> Self {
        let mut strays = Vec::new();
        let mut place = 0;
        for entry in entries {
            while transfers.get(place).is_some_and(|one| one.seq < entry.seq) {
                place += 1;
            }
            match transfers.get_mut(place) {
                Some(transfer) if transfer.seq == entry.seq => transfer.entries.push(entry),
                _ => strays.push(entry),
            }
        }
        Self { transfers, strays }
    }
}

impl StoredTransfer {
    /// The transfer in the books' own terms.
    pub fn posted(&self) -> Result<Posted> {
        Ok(Posted {
            seq: self.seq,
            transfer_id: uuid(&self.id)?,
            command: uuid(&self.command_id)?,
            purpose: self.purpose.clone(),
            recorded_ms: self.recorded_ms,
            occurred_ms: self.occurred_ms,
            entries: self
                .entries
                .iter()
                .map(StoredEntry::entry)
                .collect::<Result<_>>()?,
            hash: chain::hash(&self.hash).unwrap_or_default(),
        })
    }
}

impl StoredEntry {
    /// The entry in the books' own terms.
    pub fn entry(&self) -> Result<Entry> {
        let unreadable =
            |error: carrot_rules::ledger::Unreadable| Error::Damaged(error.to_string());
        let lot = match self.lot.as_str() {
            "" => None,
            text => Some(LotId(uuid(text)?)),
        };
        Ok(Entry {
            leg: u32::try_from(self.leg)
                .map_err(|_| Error::Damaged(format!("leg {}", self.leg)))?,
            account: self.account.parse().map_err(unreadable)?,
            unit: self.unit.parse().map_err(unreadable)?,
            amount: self.amount,
            lot,
            after: self.after,
        })
    }
}
