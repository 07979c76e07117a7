//! The outbox's file: commands with their verdicts, in device order.

use std::ops::RangeInclusive;

use carrot_rules::Upsert;
use carrot_sync::outbox::{Happening, State, after};
use carrot_wire::Verdict;
use carrot_wire::envelope::{Attachment, Envelope};
use carrot_wire::planted::{self, Bug};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, Sqlite, Transaction};
use uuid::Uuid;

use crate::db::{Db, Store};
use crate::error::{ClientError, Result};
use crate::journal::{Journal, Record, Wait};
use crate::notary::{covered, pruning};
use crate::remembered;
use crate::sealed::{LINKED_SCHEMA, SHOWN_SCHEMA, Sealed, insert};

/// How long a settled command is kept, milliseconds.
pub const KEPT_MS: i64 = 90 * 24 * 3_600_000;

/// Note: the number of the newest command.
pub const NOTE_LAST_SEQ: &str = "last_seq";
/// Note: the link to the newest command.
pub const NOTE_LAST_HASH: &str = "last_hash";
/// Note: the signed certificate.
pub const NOTE_CERTIFICATE: &str = "certificate";
/// Note: the last measurement of the server's clock.
pub const NOTE_OFFSET: &str = "offset";
/// Note: the last exchange that came to its end, UTC milliseconds.
pub const NOTE_SYNCED: &str = "last_sync_ms";
/// Note: the code of the last exchange's error.
pub const NOTE_ERROR: &str = "last_error";
/// Note: the code with which the server refuses every call of this device.
pub const NOTE_REFUSED: &str = "refused";
/// Note: the list of the server's keys.
pub const NOTE_TRUST: &str = "trust";
/// Note: where each scope stood when commands were last found in the base: its history and cursor.
pub const NOTE_REFLECTED: &str = "reflected_at";
/// Note: a history was rebuilt, and its commands are not settled yet.
pub const NOTE_UNSETTLED: &str = "unsettled";
/// Note: why the two histories do not go together.
pub const NOTE_STOPPED: &str = "stopped";

/// A command of the outbox.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its number.
    pub device_seq: i64,
    /// Its id.
    pub command_id: Uuid,
    /// Kind by name.
    pub kind: String,
    /// The signed command.
    pub envelope: Envelope,
    /// Where it stands.
    pub state: State,
    /// The server's answer.
    pub verdict: Option<Verdict>,
    /// When it was made, UTC milliseconds by the device's wall clock.
    pub created_ms: i64,
}

/// The outbox.
#[derive(Clone)]
pub struct Outbox {
    db: Db,
    journal: Journal,
}

/// A write transaction of the outbox.
pub type Write = Transaction<'static, Sqlite>;

const COLUMNS: &str = "SELECT device_seq, command_id, kind, suite, kid, bytes, signature, state, \
                       verdict, created_ms FROM command ";

impl Outbox {
    /// Over an open file and its journal.
    #[must_use]
    pub fn new(db: Db, journal: Journal) -> Self {
        Self { db, journal }
    }

    /// The second record of the queue.
    #[must_use]
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// The file.
    #[must_use]
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// A write transaction.
    pub async fn write(&self) -> Result<Write> {
        self.db.write().await
    }

    /// A value of the membership's own notes.
    pub async fn note(&self, name: &str) -> Result<Option<String>> {
        sqlx::query_scalar("SELECT value FROM meta WHERE name = ?1")
            .bind(name)
            .fetch_optional(self.db.reader())
            .await
            .map_err(failed)
    }

    /// Stores values of the membership's own notes; none removes.
    pub async fn set_notes(&self, notes: &[(&str, Option<String>)]) -> Result<()> {
        let mut write = self.write().await?;
        for (name, value) in notes {
            set_note(&mut write, name, value.as_deref()).await?;
        }
        write.commit().await.map_err(failed)?;
        for (name, value) in notes {
            let record = match (*name, value) {
                (NOTE_CERTIFICATE, Some(text)) => Record::Certificate(text.clone()),
                (NOTE_TRUST, Some(text)) => Record::Trust(text.clone()),
                (name, value) => match remembered::record(name, value.as_deref()) {
                    Some(record) => record,
                    None => continue,
                },
            };
            self.journal.append(&[record], Wait::Durable).await;
        }
        Ok(())
    }

    /// Commands in these states, in device order, at most `limit`.
    pub async fn rows(&self, states: &[State], limit: i64) -> Result<Vec<Row>> {
        let names = names_of(states)?;
        // The numbers come from the index alone; only rows that are asked for are read.
        let sql = "WHERE device_seq IN (SELECT device_seq FROM command WHERE state IN \
                   (SELECT value FROM json_each(?1)) ORDER BY device_seq LIMIT ?2) \
                   ORDER BY device_seq";
        self.select(sql, &[&names], limit).await
    }

    /// The same of those whose numbers are in a range, its ends included.
    pub async fn rows_between(
        &self,
        states: &[State],
        numbers: RangeInclusive<i64>,
        limit: i64,
    ) -> Result<Vec<Row>> {
        let names = names_of(states)?;
        let (from, to) = (numbers.start().to_string(), numbers.end().to_string());
        let sql = "WHERE device_seq BETWEEN CAST(?2 AS INTEGER) AND CAST(?3 AS INTEGER) \
                   AND state IN (SELECT value FROM json_each(?1)) ORDER BY device_seq LIMIT ?4";
        self.select(sql, &[&names, &from, &to], limit).await
    }

    /// The newest commands.
    pub async fn newest(&self, limit: i64) -> Result<Vec<Row>> {
        self.select(
            "WHERE ?1 = '' ORDER BY device_seq DESC LIMIT ?2",
            &[""],
            limit,
        )
        .await
    }

    /// One command.
    pub async fn by_id(&self, id: Uuid) -> Result<Option<Row>> {
        let found = self
            .select("WHERE command_id = ?1 LIMIT ?2", &[&id.to_string()], 1)
            .await?;
        Ok(found.into_iter().next())
    }

    async fn select(&self, tail: &str, texts: &[&str], limit: i64) -> Result<Vec<Row>> {
        let sql = sqlx::AssertSqlSafe(format!("{COLUMNS}{tail}"));
        let mut query = sqlx::query(sql);
        for text in texts {
            query = query.bind((*text).to_owned());
        }
        let rows = query
            .bind(limit)
            .fetch_all(self.db.reader())
            .await
            .map_err(failed)?;
        rows.iter().map(row).collect()
    }

    /// How many commands wait for an answer, and since when (the device's wall clock).
    pub async fn waiting(&self) -> Result<(u64, Option<i64>)> {
        // Counted in the index alone; only the oldest row itself is looked at.
        let (count, oldest): (i64, Option<i64>) = sqlx::query_as(
            "SELECT waiting, (SELECT created_ms FROM command WHERE device_seq = first) FROM \
             (SELECT count(*) AS waiting, min(device_seq) AS first FROM command \
             WHERE state IN ('queued', 'sending', 'blocked'))",
        )
        .fetch_one(self.db.reader())
        .await
        .map_err(failed)?;
        Ok((count.unsigned_abs(), oldest))
    }

    /// Lowest kept number, highest number ever given, lowest that waits for an answer.
    pub async fn span(&self) -> Result<(i64, i64, i64)> {
        let highest: i64 = self.note(NOTE_LAST_SEQ).await?.map_or(Ok(0), |text| {
            text.parse()
                .map_err(|_| ClientError::OutboxUnreadable(NOTE_LAST_SEQ.to_owned()))
        })?;
        let (lowest, first): (Option<i64>, Option<i64>) = sqlx::query_as(
            "SELECT (SELECT min(device_seq) FROM command), (SELECT min(device_seq) FROM command \
             WHERE state IN ('queued', 'sending', 'blocked'))",
        )
        .fetch_one(self.db.reader())
        .await
        .map_err(failed)?;
        let beyond = highest.saturating_add(1);
        Ok((lowest.unwrap_or(beyond), highest, first.unwrap_or(beyond)))
    }

    /// Commits a signed command with its attachments as the newest of this device, and writes it to
    /// the journal at the same time.
    pub async fn append(&self, signed: Sealed<'_>) -> Result<()> {
        let record = [Record::Command(signed.envelope.clone())];
        let (written, committed) = tokio::join!(
            self.journal.append(&record, Wait::Durable),
            self.commit(signed)
        );
        if committed.is_err()
            && let Some(place) = written
        {
            self.journal.take_back(place, signed.body.command_id).await;
        }
        committed
    }

    async fn commit(&self, signed: Sealed<'_>) -> Result<()> {
        if self.linked() && signed.body.attachments.is_empty() {
            let insert = insert(signed, self.db.version());
            insert.execute(self.db.writer()).await.map_err(failed)?;
            return Ok(());
        }
        let mut write = self.write().await?;
        self.add(&mut write, signed).await?;
        write.commit().await.map_err(failed)
    }

    fn linked(&self) -> bool {
        self.db.version() >= LINKED_SCHEMA
    }

    /// Adds a command with its attachments within a transaction.
    pub async fn add(&self, write: &mut Write, signed: Sealed<'_>) -> Result<()> {
        let body = signed.body;
        let insert = insert(signed, self.db.version());
        insert.execute(&mut **write).await.map_err(failed)?;
        if !self.linked() {
            let seq = body.device_seq.to_string();
            set_note(write, NOTE_LAST_SEQ, Some(&seq)).await?;
            set_note(write, NOTE_LAST_HASH, Some(signed.chain_hash)).await?;
        }
        for Attachment { sha256, .. } in &body.attachments {
            sqlx::query("INSERT OR IGNORE INTO attachment (device_seq, sha256) VALUES (?1, ?2)")
                .bind(body.device_seq)
                .bind(sha256)
                .execute(&mut **write)
                .await
                .map_err(failed)?;
        }
        Ok(())
    }

    /// The things that the device showed because of a command when it was made; none when that was not
    /// kept.
    pub async fn shown(&self, device_seq: i64) -> Result<Option<Vec<Upsert>>> {
        if self.db.version() < SHOWN_SCHEMA {
            return Ok(None);
        }
        let text: Option<Option<String>> =
            sqlx::query_scalar("SELECT shown FROM command WHERE device_seq = ?1")
                .bind(device_seq)
                .fetch_optional(self.db.reader())
                .await
                .map_err(failed)?;
        // What a newer version wrote and this one cannot read shows less, and stops nothing.
        Ok(text
            .flatten()
            .and_then(|text| serde_json::from_str(&text).ok()))
    }

    /// Writes final answers to the journal, so that a queue made anew from it does not show twice what
    /// is booked.
    pub async fn journal_verdicts(&self, verdicts: &[Verdict]) {
        let settled = verdicts.iter().filter(|verdict| verdict.class.is_final());
        let records: Vec<Record> = settled.cloned().map(Record::Verdict).collect();
        if !records.is_empty() {
            self.journal.append(&records, Wait::Not).await;
        }
    }

    /// Moves every command to the state that follows from a happening.
    pub async fn happen(write: &mut Write, happening: Happening, from_seq: i64) -> Result<u64> {
        let mut moved = 0;
        for state in carrot_sync::outbox::STATES {
            let next = after(state, happening);
            if next == state {
                continue;
            }
            let done =
                sqlx::query("UPDATE command SET state = ?1 WHERE state = ?2 AND device_seq >= ?3")
                    .bind(next.as_str())
                    .bind(state.as_str())
                    .bind(from_seq)
                    .execute(&mut **write)
                    .await
                    .map_err(failed)?;
            moved += done.rows_affected();
        }
        Ok(moved)
    }

    /// The base goes back: what it had shown shows from here again.
    pub async fn lose_base(&self) -> Result<()> {
        let mut write = self.write().await?;
        Self::happen(&mut write, Happening::BaseLost, 0).await?;
        write.commit().await.map_err(failed)
    }

    /// Notes that commands are about to leave.
    pub async fn sent(&self, from_seq: i64, to_seq: i64, now_ms: i64) -> Result<()> {
        let mut write = self.write().await?;
        sqlx::query(
            "UPDATE command SET state = 'sending', attempts = attempts + 1, sent_ms = ?3 \
             WHERE device_seq BETWEEN ?1 AND ?2 AND state = 'queued'",
        )
        .bind(from_seq)
        .bind(to_seq)
        .bind(now_ms)
        .execute(&mut *write)
        .await
        .map_err(failed)?;
        write.commit().await.map_err(failed)
    }

    /// Moves one command to a state.
    pub async fn set_state(write: &mut Write, device_seq: i64, state: State) -> Result<()> {
        sqlx::query("UPDATE command SET state = ?1 WHERE device_seq = ?2")
            .bind(state.as_str())
            .bind(device_seq)
            .execute(&mut **write)
            .await
            .map_err(failed)?;
        Ok(())
    }

    /// After a history was rebuilt: commands that the server has are in what was pulled, though the
    /// numbers in their verdicts are of the old history.
    pub async fn settle_through(&self, device_seq: i64) -> Result<()> {
        let mut write = self.write().await?;
        sqlx::query(
            "UPDATE command SET state = 'reflected' WHERE state = 'accepted' AND device_seq <= ?1",
        )
        .bind(device_seq)
        .execute(&mut *write)
        .await
        .map_err(failed)?;
        set_note(&mut write, NOTE_UNSETTLED, None).await?;
        write.commit().await.map_err(failed)
    }

    /// Forgets commands that were settled long ago and lie under a countersigned head, from the oldest
    /// on, up to the first that must be kept.
    pub async fn prune(&self, now_ms: i64) -> Result<()> {
        let mut write = self.write().await?;
        let kept: Option<i64> = sqlx::query_scalar(
            "SELECT min(device_seq) FROM command WHERE NOT (state IN ('reflected', 'rejected') \
             AND settled_ms IS NOT NULL AND settled_ms < ?1)",
        )
        .bind(match planted::is(Bug::PrunedEarly) {
            true => i64::MAX,
            false => now_ms.saturating_sub(KEPT_MS),
        })
        .fetch_one(&mut *write)
        .await
        .map_err(failed)?;
        let kept = kept.or(planted::is(Bug::PrunedEarly).then_some(i64::MAX));
        let covered = covered(&mut write, self.db.version()).await?;
        if let Some(kept) = kept.map(|kept| kept.min(covered.saturating_add(1))) {
            for sql in pruning(self.db.version()) {
                sqlx::query(*sql)
                    .bind(kept)
                    .execute(&mut *write)
                    .await
                    .map_err(failed)?;
            }
        }
        write.commit().await.map_err(failed)?;
        self.keep_journal_short().await
    }
}

/// Stores a note within a transaction; none removes.
pub async fn set_note(write: &mut Write, name: &str, value: Option<&str>) -> Result<()> {
    let query = match value {
        Some(value) => sqlx::query("INSERT OR REPLACE INTO meta (name, value) VALUES (?1, ?2)")
            .bind(name.to_owned())
            .bind(value.to_owned()),
        None => sqlx::query("DELETE FROM meta WHERE name = ?1").bind(name.to_owned()),
    };
    query.execute(&mut **write).await.map_err(failed)?;
    Ok(())
}

fn names_of(states: &[State]) -> Result<String> {
    let names: Vec<&str> = states.iter().map(|state| state.as_str()).collect();
    Ok(serde_json::to_string(&names)?)
}

/// The error of a statement on the outbox.
pub fn failed(error: sqlx::Error) -> ClientError {
    Store::Outbox.failed(&error)
}

fn row(row: &SqliteRow) -> Result<Row> {
    let text = |column: &str| row.try_get::<String, _>(column).map_err(failed);
    let verdict: Option<String> = row.try_get("verdict").map_err(failed)?;
    let command_id = text("command_id")?;
    Ok(Row {
        device_seq: row.try_get("device_seq").map_err(failed)?,
        command_id: Uuid::parse_str(&command_id)
            .map_err(|error| ClientError::OutboxUnreadable(error.to_string()))?,
        kind: text("kind")?,
        envelope: Envelope {
            suite: text("suite")?,
            kid: text("kid")?,
            bytes: text("bytes")?,
            signature: text("signature")?,
        },
        state: State::from_name(&text("state")?),
        verdict: verdict.as_deref().map(serde_json::from_str).transpose()?,
        created_ms: row.try_get("created_ms").map_err(failed)?,
    })
}
