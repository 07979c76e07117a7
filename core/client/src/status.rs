//! What a person or a support call wants to know: the queue, the scopes, the clock, the last error.

use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

use carrot_rules::Because;
use carrot_sync::outbox::State;
use carrot_wire::Verdict;
use serde::Serialize;
use uuid::Uuid;

use crate::error::Result;
use crate::membership::Membership;
use crate::outbox::{NOTE_ERROR, NOTE_REFUSED, NOTE_STOPPED, NOTE_SYNCED, Row};

/// A command of the outbox as screens see it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QueuedCommand {
    /// Id.
    pub command_id: Uuid,
    /// Its number on this device.
    pub device_seq: i64,
    /// Kind by name.
    pub kind: String,
    /// `queued`, `sending`, `accepted`, `reflected`, `rejected`, `parked` or `blocked`.
    pub state: String,
    /// The server's answer; none while the command waits for one.
    pub verdict: Option<Verdict>,
    /// When it was made, UTC milliseconds by the device's wall clock.
    pub created_ms: i64,
    /// Made after this instant of the server, UTC milliseconds; none when no countersignature was held.
    pub proven_from_ms: Option<i64>,
    /// Net points that the device showed, per account.
    pub predicted: BTreeMap<String, i64>,
}

/// Where the device stands in one scope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ScopeStatus {
    /// Scope by name.
    pub id: String,
    /// Identity of the history.
    pub epoch: String,
    /// The last number applied here.
    pub cursor: i64,
    /// The server's newest number at the last pull.
    pub high: i64,
    /// Running digest after the cursor.
    pub digest: String,
}

/// Where a membership stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Status {
    /// True when the last attempt reached the server.
    pub online: bool,
    /// Commands without a final answer.
    pub waiting: u64,
    /// When the oldest of them was made, UTC milliseconds by the device's wall clock.
    pub oldest_waiting_ms: Option<i64>,
    /// Why the queue has stopped, if it has.
    pub blocked_code: Option<String>,
    /// The last exchange that came to its end, UTC milliseconds.
    pub last_sync_ms: Option<i64>,
    /// The code of the last exchange's error, if it failed.
    pub last_error: Option<String>,
    /// When the next exchange is tried by itself, UTC milliseconds by the
    /// server's clock; none before the loop runs.
    pub next_try_ms: Option<i64>,
    /// Server clock minus device clock at the last measurement, milliseconds.
    pub clock_offset_ms: i64,
    /// Scopes; empty when the cache is damaged.
    pub scopes: Vec<ScopeStatus>,
    /// Schema version of the outbox.
    pub outbox_schema: u32,
    /// Schema version of the cache; none when it is damaged.
    pub cache_schema: Option<u32>,
    /// Points redeemed under the lease that the base does not show yet.
    pub exposure_points: i64,
    /// Commands that a damaged file held and that could not be taken over, since the device enrolled;
    /// they are in copies of the journal beside it.
    pub left_behind: u64,
}

fn queued(row: Row) -> QueuedCommand {
    let answered = !matches!(row.state, State::Queued | State::Sending);
    let body = row.envelope.body().ok();
    let after = body.as_ref().and_then(|body| body.time.after.as_ref());
    QueuedCommand {
        command_id: row.command_id,
        device_seq: row.device_seq,
        kind: row.kind,
        state: row.state.as_str().to_owned(),
        verdict: row.verdict.filter(|_| answered),
        created_ms: row.created_ms,
        proven_from_ms: after.map(|after| after.server_ms),
        predicted: body.map(|body| body.basis.predicted).unwrap_or_default(),
    }
}

impl Membership {
    /// The newest commands first, at most `limit`.
    pub async fn commands(&self, limit: u32) -> Result<Vec<QueuedCommand>> {
        let rows = self.outbox.newest(i64::from(limit)).await?;
        Ok(rows.into_iter().map(queued).collect())
    }

    /// Why a command that still waits will be put before a person for being late; none for one that
    /// comes in time or has its answer.
    pub async fn late(&self, id: Uuid) -> Result<Option<Because>> {
        let Some(row) = self.outbox.by_id(id).await?.filter(|row| row.state.waits()) else {
            return Ok(None);
        };
        let Some(rules) = self.cache()?.rules().await? else {
            return Ok(None);
        };
        let late = self.pending_of(&row).and_then(|pending| {
            carrot_rules::decide::too_late(&pending.command, &pending.context, &rules)
        });
        Ok(late)
    }

    /// One command of this device; none when it never was, or was settled long ago.
    pub async fn command(&self, id: Uuid) -> Result<Option<QueuedCommand>> {
        Ok(self.outbox.by_id(id).await?.map(queued))
    }

    /// Where this membership stands. Answers with a damaged cache too.
    pub async fn status(&self) -> Result<Status> {
        let (waiting, oldest_waiting_ms) = self.outbox.waiting().await?;
        let cache = self.cache().ok();
        let scopes = match &cache {
            Some(cache) => cache.scopes().await.unwrap_or_default(),
            None => Vec::new(),
        };
        let last_sync = self.outbox.note(NOTE_SYNCED).await?;
        Ok(Status {
            online: self.online.load(Ordering::Relaxed),
            waiting,
            oldest_waiting_ms,
            blocked_code: self.blocked_code().await?,
            last_sync_ms: last_sync.and_then(|text| text.parse().ok()),
            last_error: self.outbox.note(NOTE_ERROR).await?,
            next_try_ms: Some(self.next_try_ms.load(Ordering::Relaxed)).filter(|at_ms| *at_ms > 0),
            clock_offset_ms: self.line.offset().map_or(0, |offset| offset.offset_ms),
            scopes: scopes
                .into_iter()
                .map(|scope| ScopeStatus {
                    id: scope.id.to_string(),
                    epoch: scope.cursor.epoch,
                    cursor: scope.cursor.after,
                    high: scope.high,
                    digest: scope.cursor.digest,
                })
                .collect(),
            outbox_schema: self.outbox.db().version(),
            cache_schema: cache.map(|cache| cache.db().version()),
            exposure_points: self.exposure_points().await.unwrap_or(0),
            left_behind: self.outbox.left_behind().await?,
        })
    }

    /// Why the queue has stopped: a command's own answer first, then what both histories say, then
    /// the refusal of whole calls.
    pub(crate) async fn blocked_code(&self) -> Result<Option<String>> {
        let stopped = self.outbox.rows(&[State::Blocked], 1).await?;
        let answer = stopped.into_iter().next().and_then(|row| row.verdict);
        if let Some(verdict) = answer {
            return Ok(Some(verdict.code));
        }
        match self.outbox.note(NOTE_STOPPED).await? {
            Some(code) => Ok(Some(code)),
            None => self.outbox.note(NOTE_REFUSED).await,
        }
    }
}
