//! The cache's place for snapshots that are not taken yet: pieces as they arrive, rows as they are laid
//! out, and the exchange of a scope in one transaction.

use carrot_rules::Scope;
use carrot_sync::snapshot::{Swap, Wanted};
use carrot_wire::snapshot::SnapshotHead;
use sqlx::AssertSqlSafe;

use crate::cache::{Cache, Write, failed};
use crate::error::{ClientError, Result};
use crate::lines::Line;

/// The first version of the cache's schema that has this place.
pub const STAGING_SCHEMA: u32 = 3;

/// How far the pieces of a snapshot have come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Which snapshot it is.
    pub version: String,
    /// Bytes of the whole.
    pub total: i64,
    /// Bytes that are here.
    pub held: i64,
}

impl Cache {
    /// True when snapshots can be taken.
    #[must_use]
    pub fn stages(&self) -> bool {
        self.db().version() >= STAGING_SCHEMA
    }

    /// How far a scope's snapshot has come; none when no piece is here.
    pub async fn kept(&self, scope: Scope) -> Result<Option<Kept>> {
        let found: Option<(String, i64, i64)> =
            sqlx::query_as("SELECT version, total, held FROM snapshot WHERE scope = ?1")
                .bind(scope.to_string())
                .fetch_optional(self.db().reader())
                .await
                .map_err(failed)?;
        Ok(found.map(|(version, total, held)| Kept {
            version,
            total,
            held,
        }))
    }

    /// Keeps the next piece. What was kept of another version is forgotten with it.
    pub async fn keep_piece(&self, scope: Scope, kept: &Kept, bytes: &[u8]) -> Result<()> {
        let name = scope.to_string();
        let mut write = self.db().write().await?;
        if kept.held == 0 {
            discard(&mut write, &name).await?;
        }
        let more = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        sqlx::query("INSERT INTO snapshot_piece (scope, start, bytes) VALUES (?1, ?2, ?3)")
            .bind(&name)
            .bind(kept.held)
            .bind(bytes)
            .execute(&mut *write)
            .await
            .map_err(failed)?;
        sqlx::query(
            "INSERT OR REPLACE INTO snapshot (scope, version, total, held) VALUES (?1, ?2, ?3, ?4)",
        )
        .bind(&name)
        .bind(&kept.version)
        .bind(kept.total)
        .bind(kept.held.saturating_add(more))
        .execute(&mut *write)
        .await
        .map_err(failed)?;
        write.commit().await.map_err(failed)
    }

    /// The piece that begins at a byte; none when there is none.
    pub async fn piece(&self, scope: Scope, start: i64) -> Result<Option<Vec<u8>>> {
        sqlx::query_scalar("SELECT bytes FROM snapshot_piece WHERE scope = ?1 AND start = ?2")
            .bind(scope.to_string())
            .bind(start)
            .fetch_optional(self.db().reader())
            .await
            .map_err(failed)
    }

    /// Forgets the pieces of a scope's snapshot and the rows that were laid out of it.
    pub async fn discard(&self, scope: Scope) -> Result<()> {
        let mut write = self.db().write().await?;
        discard(&mut write, &scope.to_string()).await?;
        write.commit().await.map_err(failed)
    }

    /// Puts what is laid out in the place of a scope, with its cursor, within a transaction. One that
    /// does not reach the server's newest number leaves the cache incomplete until it does.
    pub async fn swap(write: &mut Write, swap: &Swap, in_place: bool) -> Result<()> {
        let name = swap.scope.to_string();
        let found: Option<(String, i64, String)> = sqlx::query_as(
            "SELECT epoch, seq, digest FROM snapshot WHERE scope = ?1 AND seq IS NOT NULL",
        )
        .bind(&name)
        .fetch_optional(&mut **write)
        .await
        .map_err(failed)?;
        let nothing = || ClientError::Storage(format!("no snapshot of {name} is laid out"));
        let (epoch, seq, digest) = found.ok_or_else(nothing)?;
        if !in_place {
            Self::drop_scope(write, swap.scope).await?;
            fill(write, &name).await?;
        }
        if seq < swap.high {
            Self::forget_synced(write).await?;
        }
        sqlx::query(
            "INSERT INTO scope (id, epoch, cursor, high, digest, suspect) \
             VALUES (?1, ?2, ?3, ?4, ?5, 0)",
        )
        .bind(&name)
        .bind(epoch)
        .bind(seq)
        .bind(swap.high)
        .bind(digest)
        .execute(&mut **write)
        .await
        .map_err(failed)?;
        discard(write, &name).await
    }
}

/// Copies what is laid out beside.
async fn fill(write: &mut Write, scope: &str) -> Result<()> {
    for sql in [
        "INSERT OR REPLACE INTO entity (kind, id, scope, body) \
         SELECT kind, id, scope, body FROM staged_entity WHERE scope = ?1",
        "INSERT OR REPLACE INTO balance (account, unit, scope, points) \
         SELECT account, unit, scope, points FROM staged_balance WHERE scope = ?1",
    ] {
        let filled = sqlx::query(sql).bind(scope).execute(&mut **write).await;
        filled.map_err(failed)?;
    }
    Ok(())
}

async fn discard(write: &mut Write, scope: &str) -> Result<()> {
    unstage(write, scope).await?;
    for sql in [
        "DELETE FROM snapshot_piece WHERE scope = ?1",
        "DELETE FROM snapshot WHERE scope = ?1",
    ] {
        let done = sqlx::query(sql).bind(scope).execute(&mut **write).await;
        done.map_err(failed)?;
    }
    Ok(())
}

async fn unstage(write: &mut Write, scope: &str) -> Result<()> {
    for sql in [
        "DELETE FROM staged_entity WHERE scope = ?1",
        "DELETE FROM staged_balance WHERE scope = ?1",
        "UPDATE snapshot SET epoch = NULL, seq = NULL, digest = NULL WHERE scope = ?1",
    ] {
        let done = sqlx::query(sql).bind(scope).execute(&mut **write).await;
        done.map_err(failed)?;
    }
    Ok(())
}

/// Rows of one statement, the most first.
const GROUPS: [usize; 3] = [64, 8, 1];

/// A snapshot on its way into the file, in one transaction: beside what is held of its scope, or in its
/// place where nothing is held.
pub struct Layout {
    write: Write,
    scope: String,
    in_place: bool,
}

impl Layout {
    /// Forgets what an earlier attempt laid out, and begins.
    pub async fn begin(cache: &Cache, wanted: &Wanted) -> Result<Self> {
        let (mut write, scope) = (cache.db().write().await?, wanted.scope.to_string());
        let in_place = wanted.known.is_none();
        unstage(&mut write, &scope).await?;
        if in_place {
            Cache::drop_scope(&mut write, wanted.scope).await?;
        }
        Ok(Self {
            write,
            scope,
            in_place,
        })
    }

    /// Lays out rows. Of two of one thing the last one stays.
    pub async fn put(&mut self, lines: &[Line]) -> Result<()> {
        let things = |line: &&Line| matches!(line, Line::Thing { .. });
        let (things, balances): (Vec<&Line>, Vec<&Line>) = lines.iter().partition(things);
        let [thing, balance] = match self.in_place {
            true => [
                "entity (scope, kind, id, body)",
                "balance (scope, account, unit, points)",
            ],
            false => [
                "staged_entity (scope, kind, id, body)",
                "staged_balance (scope, account, unit, points)",
            ],
        };
        self.insert(thing, &things).await?;
        self.insert(balance, &balances).await
    }

    async fn insert(&mut self, table: &str, lines: &[&Line]) -> Result<()> {
        let mut rest = lines;
        for size in GROUPS {
            if rest.len() < size {
                continue;
            }
            let values = vec!["(?, ?, ?, ?)"; size].join(", ");
            let text = format!("INSERT OR REPLACE INTO {table} VALUES {values}");
            while let Some((group, after)) = rest.split_at_checked(size) {
                let mut query = sqlx::query(AssertSqlSafe(text.clone()));
                for line in group {
                    query = query.bind(&self.scope);
                    query = match line {
                        Line::Thing { kind, id, body } => query.bind(kind).bind(id).bind(body),
                        Line::Balance {
                            account,
                            unit,
                            points,
                        } => query.bind(account).bind(unit).bind(points),
                    };
                }
                query.execute(&mut *self.write).await.map_err(failed)?;
                rest = after;
            }
        }
        Ok(())
    }

    /// Notes that every row is laid out: those beside are durable, those in their place come with the
    /// transaction, which is handed over.
    pub async fn end(mut self, head: &SnapshotHead) -> Result<Option<Write>> {
        sqlx::query("UPDATE snapshot SET epoch = ?2, seq = ?3, digest = ?4 WHERE scope = ?1")
            .bind(&self.scope)
            .bind(&head.epoch)
            .bind(head.seq)
            .bind(&head.digest)
            .execute(&mut *self.write)
            .await
            .map_err(failed)?;
        if self.in_place {
            return Ok(Some(self.write));
        }
        self.write.commit().await.map_err(failed)?;
        Ok(None)
    }
}
