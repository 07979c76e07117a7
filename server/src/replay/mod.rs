//! The books' past as steps of a replay: recorded commands in the order in which they were recorded,
//! read page by page in one snapshot.
//!
//! Sales that were cancelled are left out. Products, outlets, people and staff are as they are known
//! now, with the dates that they carry; recommendations and passed lessons come where they happened.
//! What comes back as goods later is not taken off again: a replay compares what rules give.

mod known;
mod steps;

use std::sync::Arc;

use carrot_rules::index::Index;
use carrot_rules::replay::ReplayEvent;
use carrot_rules::ruleset::RuleSet;
use sqlx::FromRow;
use uuid::Uuid;

use crate::db::{self, Conn};
use crate::error::Result;
use crate::store::Store;

/// Commands of one page.
const PAGE_ROWS: i64 = 500;

/// A recorded command.
#[derive(Debug, FromRow)]
struct Row {
    rowid: i64,
    kind: String,
    command_id: Option<String>,
    actor_id: String,
    outlet_id: Option<String>,
    envelope: String,
    verdict: String,
    code: String,
    occurred_ms: i64,
}

/// The past of one programme, read from its beginning.
pub struct Past {
    read: Conn,
    programme: String,
    after: i64,
    until_ms: i64,
    begun: bool,
    total: u64,
}

impl Past {
    /// Opens the past up to an instant, UTC milliseconds. What is recorded from now on is not seen.
    pub async fn open(store: &Store, programme: Uuid, until_ms: i64) -> Result<Self> {
        let mut read = store.reads(programme).begin().await?;
        let programme = programme.to_string();
        let total: i64 = db::query_scalar(
            "SELECT COUNT(*) FROM command WHERE programme_id = ? AND kind IN ('sale.record', 'claim.submit', 'event.record',
                 'referral.accept', 'quiz.submit', 'reward.redeem')
               AND class = 'accepted' AND occurred_ms < ?",
        )
        .bind(&programme)
        .bind(until_ms)
        .fetch_one(&mut read)
        .await?;
        Ok(Self {
            read,
            programme,
            after: 0,
            until_ms,
            begun: false,
            total: u64::try_from(total).unwrap_or(0),
        })
    }

    /// How many commands there are to read.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.total
    }

    /// The rules in force, as the snapshot has them.
    pub async fn rules(&mut self) -> Result<Arc<Index>> {
        let set: Option<RuleSet> =
            known::thing(&mut self.read, &self.programme, carrot_rules::entity::ONLY).await?;
        Ok(Arc::new(Index::new(set.unwrap_or_default())))
    }

    /// The next steps with the number of commands that they came from; none at the end. The first page
    /// is what is known of products, outlets and people.
    pub async fn next(&mut self) -> Result<Option<(Vec<ReplayEvent>, u64)>> {
        if !self.begun {
            self.begun = true;
            let facts = known::all(&mut self.read, &self.programme).await?;
            let step = ReplayEvent {
                facts,
                ..ReplayEvent::default()
            };
            return Ok(Some((vec![step], 0)));
        }
        let rows: Vec<Row> = db::query_as(
            "SELECT rowid, kind, command_id, actor_id, outlet_id, envelope, verdict, code, occurred_ms
               FROM command
              WHERE programme_id = ? AND rowid > ? AND kind IN ('sale.record', 'claim.submit', 'event.record',
                 'referral.accept', 'quiz.submit', 'reward.redeem')
                AND class = 'accepted' AND occurred_ms < ?
              ORDER BY rowid LIMIT ?",
        )
        .bind(&self.programme)
        .bind(self.after)
        .bind(self.until_ms)
        .bind(PAGE_ROWS)
        .fetch_all(&mut self.read)
        .await?;
        let Some(last) = rows.last() else {
            return Ok(None);
        };
        self.after = last.rowid;
        let count = rows.len() as u64;
        let mut steps = Vec::with_capacity(rows.len());
        for row in rows {
            steps.extend(steps::of(&mut self.read, &self.programme, &row).await?);
        }
        Ok(Some((steps, count)))
    }
}
