//! The floor of a feed: changes up to it are folded into one row for each thing and account, and what a
//! scope comes to is read from those rows and the changes above them. The books, commands and verdicts
//! are not touched.

use std::collections::{BTreeMap, HashMap};

use carrot_rules::Scope;
use carrot_wire::snapshot::item_of;
use futures_util::TryStreamExt as _;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::Store;
use super::rows::{Outgoing, Target};
use super::tx::Tx;
use crate::db::{self, Conn};
use crate::error::{Error, Result};

/// The newest changes that every feed keeps one by one.
pub const CHANGES_KEPT: i64 = 10_000;
/// Below so many changes more than that, the job leaves a feed alone.
const SLACK_CHANGES_MIN: i64 = 1_000;
/// The most changes that one transaction folds.
const FOLD_CHANGES_MAX: i64 = 1_000;

/// Where a feed stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedHead {
    /// Identity of the scope's history.
    pub epoch: String,
    /// The newest number.
    pub seq: i64,
    /// Running digest after it.
    pub digest: String,
    /// Changes up to this number are folded.
    pub floor: i64,
    /// Running digest after the floor.
    pub floor_digest: String,
}

impl FeedHead {
    /// The feed of a scope in which nothing happened yet.
    #[must_use]
    pub fn nothing(epoch: String) -> Self {
        Self {
            epoch,
            seq: 0,
            digest: String::new(),
            floor: 0,
            floor_digest: String::new(),
        }
    }
}

/// What a folding did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Folded {
    /// Changes that are no longer kept one by one.
    pub changes: i64,
    /// Feeds whose floor rose.
    pub feeds: u32,
}

impl Folded {
    /// Counts another folding in.
    pub fn add(&mut self, other: Self) {
        self.changes = self.changes.saturating_add(other.changes);
        self.feeds = self.feeds.saturating_add(other.feeds);
    }
}

/// The item of a change, short: what a later change replaces. Texts of an unknown kind stand for
/// themselves.
fn item(text: &str, seq: i64) -> String {
    item_of(text).unwrap_or_else(|| format!("other {seq}"))
}

/// Where a scope's feed stands; none when nothing ever happened in it.
pub(crate) async fn feed_head(
    conn: &mut Conn,
    programme: Uuid,
    scope: Scope,
) -> Result<Option<FeedHead>> {
    type Found = (String, i64, String, i64, String);
    let found: Option<Found> = db::query_as(
        "SELECT epoch, seq, digest, floor, floor_digest FROM scope
         WHERE programme_id = ? AND scope = ?",
    )
    .bind(programme.to_string())
    .bind(scope.to_string())
    .fetch_optional(conn)
    .await?;
    Ok(
        found.map(|(epoch, seq, digest, floor, floor_digest)| FeedHead {
            epoch,
            seq,
            digest,
            floor,
            floor_digest,
        }),
    )
}

/// The texts that a scope comes to, each with its number: of every item the last change, in the order of
/// their numbers. `last` is what [`count_state`] answered in the same view of the database; `each` hears
/// the texts one by one.
pub(crate) async fn state_of(
    conn: &mut Conn,
    programme: Uuid,
    scope: Scope,
    last: &HashMap<Key, i64>,
    mut each: impl FnMut(&str) -> Result<()>,
) -> Result<i64> {
    let mut count = 0;
    for (sql, of_base) in [(BASE_TEXTS, true), (CHANGE_TEXTS, false)] {
        let mut rows = db::query_as::<(i64, String, String)>(sql)
            .bind(programme.to_string())
            .bind(scope.to_string())
            .fetch(&mut *conn);
        while let Some((seq, named, text)) = rows.try_next().await? {
            let item = match of_base {
                true => named,
                false => item(&text, seq),
            };
            if last.get(&key(&item)) == Some(&seq) {
                each(&text)?;
                count += 1;
            }
        }
    }
    Ok(count)
}

const BASE_TEXTS: &str = "SELECT seq, item, text FROM feed_base
     WHERE programme_id = ? AND scope = ? ORDER BY seq";
const CHANGE_TEXTS: &str = "SELECT seq, '', text FROM change
     WHERE programme_id = ? AND scope = ? ORDER BY seq";

/// An item's name, short enough to keep a million of them in memory.
pub(crate) type Key = [u8; 16];

fn key(item: &str) -> Key {
    // Half of a hash: that two items share it is out of the question.
    let mut key = [0; 16];
    for (byte, hashed) in key.iter_mut().zip(Sha256::digest(item)) {
        *byte = hashed;
    }
    key
}

/// The number of each item's last change.
pub(crate) async fn count_state(
    conn: &mut Conn,
    programme: Uuid,
    scope: Scope,
) -> Result<HashMap<Key, i64>> {
    let mut last = HashMap::new();
    let mut base = db::query_as::<(String, i64)>(
        "SELECT item, seq FROM feed_base WHERE programme_id = ? AND scope = ?",
    )
    .bind(programme.to_string())
    .bind(scope.to_string())
    .fetch(&mut *conn);
    while let Some((item, seq)) = base.try_next().await? {
        last.insert(key(&item), seq);
    }
    drop(base);
    let mut changes = db::query_as::<(i64, String)>(
        "SELECT seq, text FROM change WHERE programme_id = ? AND scope = ? ORDER BY seq",
    )
    .bind(programme.to_string())
    .bind(scope.to_string())
    .fetch(&mut *conn);
    while let Some((seq, text)) = changes.try_next().await? {
        last.insert(key(&item(&text, seq)), seq);
    }
    Ok(last)
}

impl Tx {
    /// Raises a scope's floor to a number, at most [`FOLD_CHANGES_MAX`] above where it is and not above
    /// the newest change; answers how many changes were folded.
    pub(crate) async fn raise_floor(&mut self, scope: Scope, to: i64) -> Result<i64> {
        self.flush().await?;
        let programme = self.programme();
        let head = feed_head(self.conn(), programme, scope).await?;
        let Some(head) = head else { return Ok(0) };
        let to = to
            .min(head.seq)
            .min(head.floor.saturating_add(FOLD_CHANGES_MAX));
        if to <= head.floor {
            return Ok(0);
        }
        let (key, name) = (self.key(), scope.to_string());
        let rows: Vec<(i64, String, String)> = db::query_as(
            "SELECT seq, text, digest FROM change
             WHERE programme_id = ? AND scope = ? AND seq <= ? ORDER BY seq",
        )
        .bind(&key)
        .bind(&name)
        .bind(to)
        .fetch_all(self.conn())
        .await?;
        let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
        let digest = rows.last().map(|(_, _, digest)| digest.clone());
        let whole = count == to.saturating_sub(head.floor);
        let Some(digest) = digest.filter(|_| whole) else {
            let detail = format!("feed {scope} lacks changes above {}", head.floor);
            return Err(Error::Damaged(detail));
        };
        let mut last = BTreeMap::new();
        for (seq, text, _) in rows {
            last.insert(item(&text, seq), (seq, text));
        }
        self.fold(&name, last).await?;
        db::query(
            "UPDATE scope SET floor = ?, floor_digest = ? WHERE programme_id = ? AND scope = ?",
        )
        .bind(to)
        .bind(digest)
        .bind(&key)
        .bind(&name)
        .execute(self.conn())
        .await?;
        db::query("DELETE FROM change WHERE programme_id = ? AND scope = ? AND seq <= ?")
            .bind(&key)
            .bind(&name)
            .bind(to)
            .execute(self.conn())
            .await?;
        Ok(count)
    }

    async fn fold(&mut self, scope: &str, last: BTreeMap<String, (i64, String)>) -> Result<()> {
        let target = Target {
            head: "INSERT INTO feed_base (programme_id, scope, item, seq, text) VALUES",
            columns: 4,
            tail: "ON CONFLICT (programme_id, scope, item)
                   DO UPDATE SET seq = excluded.seq, text = excluded.text",
        };
        let key = self.key();
        let rows: Vec<_> = last.into_iter().collect();
        let mut out = Outgoing::new(self.conn(), &key);
        out.rows(&target, &rows, |query, row| {
            let (item, (seq, text)) = row;
            query.bind(scope).bind(item).bind(*seq).bind(text)
        });
        out.send(self.conn()).await
    }
}

impl Store {
    /// Folds what every feed of a programme has above its newest `kept` changes, at least `slack` of
    /// them, a piece at a time: everybody else can write in between.
    pub async fn fold_feeds(&self, programme: Uuid, kept: i64, slack: i64) -> Result<Folded> {
        let long: Vec<(String, i64)> = db::query_as(
            "SELECT scope, seq FROM scope WHERE programme_id = ? AND seq - floor >= ? ORDER BY scope",
        )
        .bind(programme.to_string())
        .bind(kept.max(0).saturating_add(slack.max(1)))
        .fetch_all(self.reads(programme))
        .await?;
        let mut folded = Folded::default();
        for (name, seq) in long {
            let Ok(scope) = name.parse::<Scope>() else {
                continue;
            };
            let floor = seq.saturating_sub(kept.max(0));
            loop {
                let mut tx = self.begin(programme).await?;
                let count = tx.raise_floor(scope, floor).await?;
                tx.commit().await?;
                folded.changes = folded.changes.saturating_add(count);
                if count == 0 {
                    break;
                }
            }
            folded.feeds = folded.feeds.saturating_add(1);
        }
        Ok(folded)
    }

    /// The job's part: every feed keeps its newest [`CHANGES_KEPT`] changes.
    pub(crate) async fn fold_old(&self, programme: Uuid) -> Result<Folded> {
        self.fold_feeds(programme, CHANGES_KEPT, SLACK_CHANGES_MIN)
            .await
    }
}
