//! Old lines of history leave the cache. What they came to stays: each account's balance, as of a number
//! of its feed whose digest is kept beside it. The server has the lines for good.

use sqlx::AssertSqlSafe;

use crate::cache::{Cache, Write, failed};
use crate::error::Result;
use crate::membership::Membership;

/// How long a device keeps settled lines of history, milliseconds: thirteen months.
pub const HISTORY_KEPT_MS: i64 = 396 * 24 * 3_600_000;
/// How often it looks for older ones, milliseconds.
const LOOK_MS: i64 = 24 * 3_600_000;
/// The schema from which on a cache has checkpoints.
const CHECKPOINT_SCHEMA: u32 = 4;
/// Meta: when it looked last, UTC milliseconds.
pub(crate) const META_LOOKED: &str = "compacted_ms";
/// A file is made smaller when at least so many of its pages are free, and at least one in
/// [`FREE_SHARE`].
const FREE_PAGES_MIN: i64 = 64;
const FREE_SHARE: i64 = 4;

/// What an account came to when lines of its history left the device.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Checkpoint {
    /// The account by name.
    pub account: String,
    /// Its unit by name.
    pub unit: String,
    /// Its balance at `seq`.
    pub points: i64,
    /// The number of the scope's feed.
    pub seq: i64,
    /// The feed's running digest after that number.
    pub digest: String,
    /// Settled lines from before this instant are not on the device, UTC milliseconds.
    pub before_ms: i64,
}

impl Membership {
    /// Once a day, drops lines of history that are older than [`HISTORY_KEPT_MS`].
    pub(crate) async fn compact_cache(&self) -> Result<()> {
        self.cache()?.compact(self.now_ms()).await
    }

    /// What older history came to, by account; empty while nothing has left the device.
    pub async fn checkpoints(&self) -> Result<Vec<Checkpoint>> {
        self.cache()?.checkpoints().await
    }
}

impl Cache {
    async fn compact(&self, now_ms: i64) -> Result<()> {
        if self.db().version() < CHECKPOINT_SCHEMA || !self.is_due(now_ms).await? {
            return Ok(());
        }
        let changing = self.changing();
        let mut write = self.db().write().await?;
        let before_ms = now_ms.saturating_sub(HISTORY_KEPT_MS);
        drop_void(&mut write).await?;
        let mut dropped = 0;
        for scope in scopes_with_old(&mut write, before_ms).await? {
            dropped += drop_lines(&mut write, &scope, before_ms).await?;
            note_balances(&mut write, &scope, before_ms).await?;
        }
        sqlx::query("INSERT OR REPLACE INTO meta (name, value) VALUES (?1, ?2)")
            .bind(META_LOOKED)
            .bind(now_ms.to_string())
            .execute(&mut *write)
            .await
            .map_err(failed)?;
        write.commit().await.map_err(failed)?;
        drop(changing);
        if dropped > 0 {
            tracing::info!(dropped, "old lines of history left the cache");
            self.shrink().await?;
        }
        Ok(())
    }

    /// A clock that went back looks again: nothing newer leaves by that.
    async fn is_due(&self, now_ms: i64) -> Result<bool> {
        let looked: Option<String> = sqlx::query_scalar("SELECT value FROM meta WHERE name = ?1")
            .bind(META_LOOKED)
            .fetch_optional(self.db().reader())
            .await
            .map_err(failed)?;
        let looked = looked.and_then(|text| text.parse::<i64>().ok());
        Ok(looked.is_none_or(|ms| now_ms < ms || now_ms.saturating_sub(ms) >= LOOK_MS))
    }

    async fn checkpoints(&self) -> Result<Vec<Checkpoint>> {
        if self.db().version() < CHECKPOINT_SCHEMA {
            return Ok(Vec::new());
        }
        sqlx::query_as(
            "SELECT account, unit, points, seq, digest, before_ms FROM checkpoint \
             ORDER BY account, unit",
        )
        .fetch_all(self.db().reader())
        .await
        .map_err(failed)
    }

    /// Gives free pages back to the disk when there are many.
    async fn shrink(&self) -> Result<()> {
        let (free, all): (i64, i64) = sqlx::query_as(
            "SELECT freelist_count, page_count FROM pragma_freelist_count, pragma_page_count",
        )
        .fetch_one(self.db().writer())
        .await
        .map_err(failed)?;
        if free >= FREE_PAGES_MIN && free.saturating_mul(FREE_SHARE) >= all {
            sqlx::query("VACUUM")
                .execute(self.db().writer())
                .await
                .map_err(failed)?;
            sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
                .execute(self.db().writer())
                .await
                .map_err(failed)?;
        }
        Ok(())
    }
}

/// Lines that still wait for something stay, however old they are.
const OLD_LINES: &str = "kind = 'activity' AND json_extract(body, '$.at_ms') < ?1 \
                         AND json_extract(body, '$.state') NOT IN ('pending', 'review')";

/// The feed of a checkpoint is gone or began anew: it says nothing any more.
async fn drop_void(write: &mut Write) -> Result<()> {
    sqlx::query(
        "DELETE FROM checkpoint WHERE NOT EXISTS (SELECT 1 FROM scope WHERE \
         scope.id = checkpoint.scope AND scope.epoch = checkpoint.epoch AND scope.cursor >= \
         checkpoint.seq)",
    )
    .execute(&mut **write)
    .await
    .map_err(failed)?;
    Ok(())
}

async fn scopes_with_old(write: &mut Write, before_ms: i64) -> Result<Vec<String>> {
    let sql = format!("SELECT DISTINCT scope FROM entity WHERE {OLD_LINES} ORDER BY scope");
    sqlx::query_scalar(AssertSqlSafe(sql))
        .bind(before_ms)
        .fetch_all(&mut **write)
        .await
        .map_err(failed)
}

async fn drop_lines(write: &mut Write, scope: &str, before_ms: i64) -> Result<u64> {
    let sql = format!("DELETE FROM entity WHERE {OLD_LINES} AND scope = ?2");
    let done = sqlx::query(AssertSqlSafe(sql))
        .bind(before_ms)
        .bind(scope)
        .execute(&mut **write)
        .await
        .map_err(failed)?;
    Ok(done.rows_affected())
}

/// What each account of the scope comes to at the number up to which its feed is known here.
async fn note_balances(write: &mut Write, scope: &str, before_ms: i64) -> Result<()> {
    sqlx::query(
        "INSERT OR REPLACE INTO checkpoint (account, unit, scope, points, epoch, seq, digest, \
         before_ms) SELECT balance.account, balance.unit, scope.id, balance.points, scope.epoch, \
         scope.cursor, scope.digest, ?2 FROM balance JOIN scope ON scope.id = balance.scope \
         WHERE scope.id = ?1",
    )
    .bind(scope)
    .bind(before_ms)
    .execute(&mut **write)
    .await
    .map_err(failed)?;
    Ok(())
}
