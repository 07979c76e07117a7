//! What is to happen later: rows that decisions write and the clock takes.

use std::sync::Arc;

use carrot_rules::ledger::LotId;
use carrot_rules::outcome::Due;
use carrot_rules::{Account, Unit};
use sqlx::FromRow;
use uuid::Uuid;

use super::probe::{self, StorePoint};
use super::programme::uuid;
use super::rows::{Outgoing, Target};
use super::tx::Lent;
use super::{Store, Tx};
use crate::db;
use crate::db::Rows;
use crate::error::Result;

/// How long after a first fault an item is tried again, milliseconds; it doubles with each one.
const RETRY_MS: i64 = 60_000;
/// The longest wait, milliseconds: a day.
const RETRY_MS_MAX: i64 = 24 * 3_600_000;

/// Something whose time has come.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub(crate) struct DueRow {
    pub key: String,
    pub at_ms: i64,
    pub kind: String,
    pub subject: String,
    pub failures: i64,
}

impl Store {
    /// Begins a write transaction, for work that the clock gives, at an instant of the caller's or at
    /// the present one of the moment when its turn has come, whichever is later.
    pub(crate) async fn begin_at(&self, programme: Uuid, now_ms: i64) -> Result<Tx> {
        probe::tell(&self.probe, StorePoint::Begin)?;
        let inner = self.backend.begin(Rows::Of(programme)).await?;
        // Not before: whoever had the turn until now has recorded later instants meanwhile.
        let now_ms = now_ms.max(self.now_ms());
        let lent = Lent {
            keys: self.keys.current(),
            compiled: Arc::clone(&self.compiled),
            entropy: self.entropy(),
            probe: self.probe.clone(),
            hints: self.hints.clone(),
        };
        Ok(Tx::new(inner, programme, now_ms, lent))
    }

    /// Programmes with something whose time has come.
    pub(crate) async fn programmes_with_due(&self, now_ms: i64) -> Result<Vec<Uuid>> {
        let found: Vec<String> = db::query_scalar(
            "SELECT DISTINCT programme_id FROM due WHERE next_ms <= ? ORDER BY programme_id",
        )
        .bind(now_ms)
        .fetch_all(self.reads_all())
        .await?;
        found.iter().map(|id| uuid(id)).collect()
    }

    /// What a programme still has before it, by key: instant, kind and subject.
    pub async fn due(&self, programme: Uuid) -> Result<Vec<Due>> {
        let rows: Vec<DueRow> = db::query_as(
            "SELECT key, at_ms, kind, subject, failures FROM due WHERE programme_id = ? ORDER BY key",
        )
        .bind(programme.to_string())
        .fetch_all(self.reads(programme))
        .await?;
        let due = rows.into_iter().map(|row| Due {
            key: row.key,
            at_ms: Some(row.at_ms),
            kind: row.kind,
            subject: row.subject,
        });
        Ok(due.collect())
    }
}

impl Tx {
    /// Asks for something later, or takes the question back.
    pub(crate) async fn put_due(&mut self, due: &Due) -> Result<()> {
        self.batch.dues.push(due.clone());
        self.settle().await
    }

    /// What is due by now, the oldest first; at most `limit`. Only outside a batch.
    pub(crate) async fn take_due(&mut self, limit: i64) -> Result<Vec<DueRow>> {
        let (programme, now_ms) = (self.key(), self.now_ms());
        let rows = db::query_as(
            "SELECT key, at_ms, kind, subject, failures FROM due
             WHERE programme_id = ? AND next_ms <= ? ORDER BY next_ms, key LIMIT ?",
        )
        .bind(programme)
        .bind(now_ms)
        .bind(limit)
        .fetch_all(self.conn())
        .await?;
        Ok(rows)
    }

    /// Strikes an item out, as it was when it was taken. False when it changed meanwhile.
    pub(crate) async fn strike_due(&mut self, row: &DueRow) -> Result<bool> {
        let programme = self.key();
        let struck = db::query("DELETE FROM due WHERE programme_id = ? AND key = ? AND at_ms = ?")
            .bind(programme)
            .bind(&row.key)
            .bind(row.at_ms)
            .execute(self.conn())
            .await?;
        Ok(struck.rows_affected() > 0)
    }

    /// Puts an item off after a fault of the server.
    pub(crate) async fn put_off(&mut self, row: &DueRow) -> Result<()> {
        let doubled = RETRY_MS.saturating_mul(1 << row.failures.clamp(0, 20));
        let next_ms = self.now_ms().saturating_add(doubled.min(RETRY_MS_MAX));
        let programme = self.key();
        db::query(
            "UPDATE due SET failures = failures + 1, next_ms = ? WHERE programme_id = ? AND key = ?",
        )
        .bind(next_ms)
        .bind(programme)
        .bind(&row.key)
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// What is left of a lot of points in an account.
    pub(crate) async fn lot_left(&mut self, account: Account, lot: LotId) -> Result<i64> {
        match self.lot_place(lot).await? {
            Some(place) => self.left(account, Unit::Points, place).await,
            None => Ok(0),
        }
    }
}

/// Sends what was asked for; of several questions under one key the last one counts.
pub(super) fn write(out: &mut Outgoing, dues: Vec<Due>) {
    let mut last = std::collections::BTreeMap::new();
    for due in dues {
        last.insert(due.key.clone(), due);
    }
    let (asked, taken_back): (Vec<Due>, Vec<Due>) =
        last.into_values().partition(|due| due.at_ms.is_some());
    for due in taken_back {
        let statement = db::query("DELETE FROM due WHERE programme_id = ? AND key = ?")
            .bind(out.programme())
            .bind(due.key);
        out.statement(statement);
    }
    let target = Target {
        head: "INSERT INTO due (programme_id, key, at_ms, kind, subject, next_ms, failures) VALUES",
        columns: 6,
        tail: "ON CONFLICT (programme_id, key) DO UPDATE SET at_ms = excluded.at_ms, kind = excluded.kind,
               subject = excluded.subject, next_ms = excluded.next_ms, failures = 0",
    };
    out.rows(&target, &asked, |query, due| {
        query
            .bind(&due.key)
            .bind(due.at_ms)
            .bind(&due.kind)
            .bind(&due.subject)
            .bind(due.at_ms)
            .bind(0_i64)
    });
}
