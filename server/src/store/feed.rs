//! The change feeds: per scope a counter without gaps and a running digest over the exact texts.

use std::collections::BTreeMap;
use std::sync::Arc;

use carrot_rules::Scope;
use carrot_wire::crypto;
use carrot_wire::planted::{self, Bug};
use carrot_wire::pull::Change;
use uuid::Uuid;

use super::Store;
use super::batch::ChangeRow;
use super::floor::{FeedHead, feed_head};
use super::tx::Tx;
use crate::db::{self, Conn};
use crate::error::Result;

/// The name of the setting that new scopes take their epoch from.
const EPOCH: &str = "epoch";

/// Where a scope's feed stands.
#[derive(Debug, Clone)]
pub(super) struct Head {
    /// The scope's name.
    pub name: Arc<str>,
    /// Identity of the scope's history.
    pub epoch: Arc<str>,
    pub seq: i64,
    pub digest: String,
    /// True while the database does not have it.
    pub unsent: bool,
}

impl Head {
    /// The same, now that the database has it.
    pub fn sent(self) -> Self {
        Self {
            unsent: false,
            ..self
        }
    }
}

/// A piece of one scope's feed.
#[derive(Debug, Clone)]
pub struct FeedPage {
    /// Identity of the scope's history.
    pub epoch: String,
    /// The scope's newest number; zero when nothing happened in it.
    pub high: i64,
    /// Number of the last change in `changes`; the asked-for number when there is none.
    pub last: i64,
    /// Running digest after `last`.
    pub digest_at_last: String,
    /// The texts, in order without gaps.
    pub changes: Vec<String>,
    /// True when the asked-for epoch or number is not of this history, or below the floor.
    pub reset: bool,
    /// True when what was asked for is no longer kept one by one.
    pub folded: bool,
}

impl Tx {
    /// Appends one change to a scope's feed.
    pub async fn append(&mut self, scope: Scope, change: &Change) -> Result<()> {
        let text = serde_json::to_string(change)?;
        self.append_text(scope, text.into()).await?;
        self.settle().await
    }

    /// Appends the text of a change; the caller settles.
    pub(super) async fn append_text(&mut self, scope: Scope, text: Arc<str>) -> Result<()> {
        let head = self.head(scope).await?;
        let seq = head.seq + 1;
        let digest = crypto::digest_after(&head.digest, seq, &text);
        let row = ChangeRow {
            scope: Arc::clone(&head.name),
            seq,
            text,
            digest: digest.clone(),
        };
        self.batch.changes.push(row);
        let moved = Head {
            seq,
            digest,
            unsent: true,
            ..head
        };
        self.batch.heads.set(scope, moved);
        self.touched.insert(scope, seq);
        self.news.push((scope, seq));
        Ok(())
    }

    async fn head(&mut self, scope: Scope) -> Result<Head> {
        if let Some(head) = self.batch.heads.get(&scope) {
            return Ok(head.clone());
        }
        let (programme, name) = (self.key(), scope.to_string());
        let found: Option<(i64, String, String)> = db::query_as(
            "SELECT seq, digest, epoch FROM scope WHERE programme_id = ? AND scope = ?",
        )
        .bind(&programme)
        .bind(&name)
        .fetch_optional(self.conn())
        .await?;
        let (seq, digest, epoch) = match found {
            Some(found) => found,
            None => (0, String::new(), epoch(self.conn(), &programme).await?),
        };
        Ok(Head {
            name: name.into(),
            epoch: epoch.into(),
            seq,
            digest,
            unsent: false,
        })
    }

    /// Notes where the database says that a scope's feed stands.
    pub(super) fn note_head(&mut self, scope: Scope, seq: i64, epoch: String, digest: String) {
        let head = Head {
            name: scope.to_string().into(),
            epoch: epoch.into(),
            seq,
            digest,
            unsent: false,
        };
        self.batch.heads.note(scope, head);
    }

    /// Gives every scope of the programme a new epoch: devices drop what they have and pull again.
    /// For a server that was restored from a back-up.
    pub async fn renew_epoch(&mut self) -> Result<()> {
        let programme = self.key();
        if planted::is(Bug::EpochKept) && !epoch(self.conn(), &programme).await?.is_empty() {
            return Ok(());
        }
        let epoch = hex::encode(self.random::<8>()?);
        // Heads that are known here carry the old one.
        self.flush().await?;
        self.batch.heads.take();
        self.put_setting(EPOCH, &epoch).await?;
        db::query("UPDATE scope SET epoch = ? WHERE programme_id = ?")
            .bind(epoch)
            .bind(programme)
            .execute(self.conn())
            .await?;
        Ok(())
    }
}

impl Store {
    /// The newest number of each of these scopes; zero where nothing has happened yet.
    pub(crate) async fn heads(
        &self,
        programme: Uuid,
        scopes: &[Scope],
    ) -> Result<BTreeMap<Scope, i64>> {
        let mut heads = BTreeMap::new();
        for scope in scopes {
            let seq: Option<i64> =
                db::query_scalar("SELECT seq FROM scope WHERE programme_id = ? AND scope = ?")
                    .bind(programme.to_string())
                    .bind(scope.to_string())
                    .fetch_optional(self.reads(programme))
                    .await?;
            heads.insert(*scope, seq.unwrap_or(0));
        }
        Ok(heads)
    }
}

async fn epoch(conn: &mut Conn, programme: &str) -> Result<String> {
    let found = db::query_scalar("SELECT value FROM setting WHERE programme_id = ? AND name = ?")
        .bind(programme)
        .bind(EPOCH)
        .fetch_optional(conn)
        .await?;
    Ok(found.unwrap_or_default())
}

/// Reads a scope's feed after a device's cursor: at most `bytes_max` bytes of texts, but at least
/// one change when there is one and `bytes_max` is above zero. Nothing, with [`FeedPage::folded`], when
/// what follows the cursor is no longer kept one by one. Call it inside one read transaction for all
/// scopes of a reply.
pub(crate) async fn page(
    conn: &mut Conn,
    programme_id: Uuid,
    scope: Scope,
    known_epoch: &str,
    after: i64,
    bytes_max: usize,
) -> Result<FeedPage> {
    let (programme, name) = (programme_id.to_string(), scope.to_string());
    let head = match feed_head(&mut *conn, programme_id, scope).await? {
        Some(head) => head,
        None => FeedHead::nothing(epoch(conn, &programme).await?),
    };
    let high = head.seq;
    let void = (!known_epoch.is_empty() && known_epoch != head.epoch) || after > high || after < 0;
    let after = if void || known_epoch.is_empty() {
        0
    } else {
        after
    };
    if after < head.floor {
        return Ok(FeedPage {
            epoch: head.epoch,
            high,
            last: 0,
            digest_at_last: String::new(),
            changes: Vec::new(),
            reset: true,
            folded: true,
        });
    }
    let (changes, last) = texts(conn, &programme, &name, after, bytes_max).await?;
    let digest_at_last = match last {
        last if last == high => head.digest,
        last if last == head.floor => head.floor_digest,
        last => digest_at(conn, &programme, &name, last).await?,
    };
    Ok(FeedPage {
        epoch: head.epoch,
        high,
        last,
        digest_at_last,
        changes,
        reset: void,
        folded: false,
    })
}

/// How many rows one look at the feed fetches.
const ROWS_MAX: i64 = 256;

async fn texts(
    conn: &mut Conn,
    programme: &str,
    scope: &str,
    after: i64,
    bytes_max: usize,
) -> Result<(Vec<String>, i64)> {
    let (mut changes, mut last, mut bytes) = (Vec::new(), after, 0_usize);
    while bytes < bytes_max {
        let rows: Vec<(i64, String)> = db::query_as(
            "SELECT seq, text FROM change WHERE programme_id = ? AND scope = ? AND seq > ?
             ORDER BY seq LIMIT ?",
        )
        .bind(programme)
        .bind(scope)
        .bind(last)
        .bind(ROWS_MAX)
        .fetch_all(&mut *conn)
        .await?;
        if rows.is_empty() {
            break;
        }
        for (seq, text) in rows {
            let full = bytes.saturating_add(text.len()) > bytes_max;
            if full && !changes.is_empty() {
                return Ok((changes, last));
            }
            bytes = bytes.saturating_add(text.len());
            last = seq;
            changes.push(text);
        }
    }
    Ok((changes, last))
}

async fn digest_at(conn: &mut Conn, programme: &str, scope: &str, seq: i64) -> Result<String> {
    let found: Option<String> = db::query_scalar(
        "SELECT digest FROM change WHERE programme_id = ? AND scope = ? AND seq = ?",
    )
    .bind(programme)
    .bind(scope)
    .bind(seq)
    .fetch_optional(conn)
    .await?;
    Ok(found.unwrap_or_default())
}
