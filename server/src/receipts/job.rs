//! Jobs: one row for each receipt that a service is asked about. A job is somebody's for a short while;
//! whoever died with it loses it.

use carrot_rules::entity::EntityKind;
use sqlx::FromRow;
use uuid::Uuid;

use crate::db;
use crate::error::Result;
use crate::store::{Store, Tx};

/// The most receipts of one programme that are asked about at a time; the others wait their turn.
pub const OPEN_JOBS_MAX: i64 = 100_000;
/// The most new jobs of one look.
const NEW_JOBS_MAX: i64 = 1_000;
/// How long a job is one runner's, milliseconds: longer than any call may take.
const RUNNER_MS: i64 = 120_000;

/// A receipt that a service is asked about.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct JobRow {
    /// The receipt's key.
    pub key: String,
    /// The claim's command.
    pub claim_id: String,
    /// Whom to ask.
    pub source: String,
    /// `ask`, `again` or `done`.
    pub stage: String,
    /// When this stage began, UTC milliseconds.
    pub began_ms: i64,
    /// When it is asked next, UTC milliseconds.
    pub next_ms: i64,
    /// Calls in this stage.
    pub tries: i64,
    /// Answers in a row that said that there is no such receipt.
    pub missing: i64,
    /// What the service gave to ask on with.
    pub ticket: Option<String>,
    /// The last answer, a stable word.
    pub answer: String,
}

const COLUMNS: &str =
    "key, claim_id, source, stage, began_ms, next_ms, tries, missing, ticket, answer";

/// How much a service may be asked.
#[derive(Debug, Clone, Copy)]
pub(super) struct Allowance {
    pub per_minute: i64,
    pub per_day: i64,
}

/// What came of looking for a job.
#[derive(Debug)]
pub(super) enum Taken {
    /// This one; it is the caller's now.
    Job(Box<JobRow>),
    /// Nothing is due.
    Nothing,
    /// The service may not be asked before the instant.
    Closed { until_ms: i64, by_quota: bool },
}

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 86_400_000;

impl Store {
    /// A programme's job about a receipt.
    pub async fn receipt_job(&self, programme: Uuid, key: &str) -> Result<Option<JobRow>> {
        let text = format!("SELECT {COLUMNS} FROM receipt_job WHERE programme_id = ? AND key = ?");
        Ok(db::query_as(sqlx::AssertSqlSafe(text))
            .bind(programme.to_string())
            .bind(key)
            .fetch_optional(self.reads(programme))
            .await?)
    }
}

impl Tx {
    /// Makes jobs of the checks that wait and have none yet, the oldest first. Answers how many.
    pub(super) async fn begin_receipt_jobs(&mut self) -> Result<u64> {
        let (programme, now_ms) = (self.programme().to_string(), self.now_ms());
        let open: i64 = db::query_scalar(
            "SELECT COUNT(*) FROM receipt_job WHERE programme_id = ? AND stage = 'ask'",
        )
        .bind(&programme)
        .fetch_one(self.conn())
        .await?;
        let room = (OPEN_JOBS_MAX - open).clamp(0, NEW_JOBS_MAX);
        let made = db::query(
            "INSERT INTO receipt_job (programme_id, key, claim_id, source, stage, began_ms, next_ms, tries,
                                      missing, ticket, answer, runner, runner_until_ms)
             SELECT e.programme_id, e.id, json_extract(e.body, '$.claim'), substr(e.id, 1, instr(e.id, ':') - 1),
                    'ask', ?, ?, 0, 0, NULL, '', NULL, 0
             FROM entity e LEFT JOIN receipt_job j ON j.programme_id = e.programme_id AND j.key = e.id
             WHERE e.programme_id = ? AND e.kind = ? AND json_extract(e.body, '$.state') = 'waiting'
               AND (j.key IS NULL OR j.claim_id <> json_extract(e.body, '$.claim'))
             ORDER BY json_extract(e.body, '$.at_ms') LIMIT ?
             ON CONFLICT (programme_id, key) DO UPDATE SET claim_id = excluded.claim_id, stage = 'ask',
               began_ms = excluded.began_ms, next_ms = excluded.next_ms, tries = 0, missing = 0, ticket = NULL,
               answer = '', runner = NULL, runner_until_ms = 0",
        )
        .bind(now_ms)
        .bind(now_ms)
        .bind(&programme)
        .bind(EntityKind::FiscalCheck.as_str())
        .bind(room)
        .execute(self.conn())
        .await?;
        Ok(made.rows_affected())
    }

    /// Takes the next job that is due for a runner, unless its service may not be asked now.
    pub(super) async fn take_receipt_job(
        &mut self,
        runner: &str,
        source: &str,
        allowance: Allowance,
    ) -> Result<Taken> {
        let (programme, now_ms) = (self.programme().to_string(), self.now_ms());
        let text = format!(
            "SELECT {COLUMNS} FROM receipt_job WHERE programme_id = ? AND stage <> 'done' AND next_ms <= ?
               AND source = ? AND runner_until_ms <= ? ORDER BY next_ms, key LIMIT 1"
        );
        let found: Option<JobRow> = db::query_as(sqlx::AssertSqlSafe(text))
            .bind(&programme)
            .bind(now_ms)
            .bind(source)
            .bind(now_ms)
            .fetch_optional(self.conn())
            .await?;
        let Some(job) = found else {
            return Ok(Taken::Nothing);
        };
        if let Some(closed) = self.count_call(source, allowance).await? {
            return Ok(closed);
        }
        db::query(
            "UPDATE receipt_job SET runner = ?, runner_until_ms = ? WHERE programme_id = ? AND key = ?",
        )
        .bind(runner)
        .bind(now_ms + RUNNER_MS)
        .bind(&programme)
        .bind(&job.key)
        .execute(self.conn())
        .await?;
        Ok(Taken::Job(Box::new(job)))
    }

    /// Counts a call to a service, or says until when it may not be called.
    async fn count_call(&mut self, source: &str, allowance: Allowance) -> Result<Option<Taken>> {
        let (programme, now_ms) = (self.programme().to_string(), self.now_ms());
        let (day, minute) = (now_ms.div_euclid(DAY_MS), now_ms.div_euclid(MINUTE_MS));
        let known: Option<(i64, i64, i64, i64, i64)> = db::query_as(
            "SELECT day, asked_of_day, minute, asked_of_minute, closed_until_ms FROM receipt_source
             WHERE programme_id = ? AND source = ?",
        )
        .bind(&programme)
        .bind(source)
        .fetch_optional(self.conn())
        .await?;
        let (known_day, of_day, known_minute, of_minute, _) = known.unwrap_or_default();
        let of_day = if known_day == day { of_day } else { 0 };
        let of_minute = if known_minute == minute { of_minute } else { 0 };
        let closed = |until_ms, by_quota| Taken::Closed { until_ms, by_quota };
        if let Some((.., until_ms)) = known.filter(|(.., until_ms)| *until_ms > now_ms) {
            return Ok(Some(closed(until_ms, true)));
        }
        if of_day >= allowance.per_day {
            return Ok(Some(closed((day + 1) * DAY_MS, true)));
        }
        if of_minute >= allowance.per_minute {
            return Ok(Some(closed((minute + 1) * MINUTE_MS, false)));
        }
        db::query(
            "INSERT INTO receipt_source (programme_id, source, day, asked_of_day, minute, asked_of_minute, closed_until_ms)
             VALUES (?, ?, ?, ?, ?, ?, 0)
             ON CONFLICT (programme_id, source) DO UPDATE SET day = excluded.day, asked_of_day = excluded.asked_of_day,
               minute = excluded.minute, asked_of_minute = excluded.asked_of_minute",
        )
        .bind(&programme)
        .bind(source)
        .bind(day)
        .bind(of_day + 1)
        .bind(minute)
        .bind(of_minute + 1)
        .execute(self.conn())
        .await?;
        Ok(None)
    }

    /// A service does not want to be asked before the instant.
    pub(super) async fn close_receipt_source(&mut self, source: &str, until_ms: i64) -> Result<()> {
        let programme = self.programme().to_string();
        db::query(
            "UPDATE receipt_source SET closed_until_ms = ? WHERE programme_id = ? AND source = ?",
        )
        .bind(until_ms)
        .bind(programme)
        .bind(source)
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Jobs that are due and cannot be asked now, at most `limit`: they are told so.
    pub(super) async fn due_receipt_jobs(
        &mut self,
        source: &str,
        limit: i64,
    ) -> Result<Vec<JobRow>> {
        let (programme, now_ms) = (self.programme().to_string(), self.now_ms());
        let text = format!(
            "SELECT {COLUMNS} FROM receipt_job WHERE programme_id = ? AND stage = 'ask' AND next_ms <= ?
               AND source = ? AND runner_until_ms <= ? ORDER BY next_ms, key LIMIT ?"
        );
        Ok(db::query_as(sqlx::AssertSqlSafe(text))
            .bind(programme)
            .bind(now_ms)
            .bind(source)
            .bind(now_ms)
            .bind(limit)
            .fetch_all(self.conn())
            .await?)
    }

    /// True when the job is still this runner's.
    pub(super) async fn holds_receipt_job(&mut self, runner: &str, key: &str) -> Result<bool> {
        let programme = self.programme().to_string();
        let held: Option<i64> = db::query_scalar(
            "SELECT 1 FROM receipt_job WHERE programme_id = ? AND key = ? AND runner = ?",
        )
        .bind(programme)
        .bind(key)
        .bind(runner)
        .fetch_optional(self.conn())
        .await?;
        Ok(held.is_some())
    }

    /// Writes a job as it stands now, and gives it back.
    pub(super) async fn put_receipt_job(&mut self, job: &JobRow) -> Result<()> {
        let programme = self.programme().to_string();
        db::query(
            "UPDATE receipt_job SET stage = ?, began_ms = ?, next_ms = ?, tries = ?, missing = ?, ticket = ?, answer = ?,
               runner = NULL, runner_until_ms = 0 WHERE programme_id = ? AND key = ?",
        )
        .bind(&job.stage)
        .bind(job.began_ms)
        .bind(job.next_ms)
        .bind(job.tries)
        .bind(job.missing)
        .bind(&job.ticket)
        .bind(&job.answer)
        .bind(programme)
        .bind(&job.key)
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Asks again at once, whatever the job waits for. False when there is none to ask.
    pub async fn hasten_receipt_job(&mut self, key: &str) -> Result<bool> {
        let (programme, now_ms) = (self.programme().to_string(), self.now_ms());
        let hastened = db::query(
            "UPDATE receipt_job SET next_ms = ?, runner_until_ms = 0, stage = CASE stage WHEN 'done' THEN 'ask' ELSE stage END
             WHERE programme_id = ? AND key = ?",
        )
        .bind(now_ms)
        .bind(programme)
        .bind(key)
        .execute(self.conn())
        .await?;
        Ok(hastened.rows_affected() > 0)
    }
}
