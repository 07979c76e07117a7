//! One encrypted SQLite file: how it is opened, checked, and brought to the newest schema.
//!
//! One writer, `BEGIN IMMEDIATE`; readers beside it. Migrations are frozen files, applied one by one,
//! each in a transaction with its version number. A file that a newer program wrote is looked at
//! read-only and left as it is.

use std::path::Path;
use std::time::Duration;

use carrot_wire::planted::{self, Bug};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, Sqlite, Transaction};

use crate::error::{CODE_FULL, ClientError, Result};
use crate::exit;

/// How long a connection waits for another's lock.
const BUSY: Duration = Duration::from_secs(10);
/// How long [`Db::rest`] waits for a connection in use before it looks again, and how often it looks.
const REST: Duration = Duration::from_millis(5);
const RESTS_MAX: u32 = 80;
/// Readers per file.
const READERS_MAX: u32 = 3;

/// Which of a membership's two files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Store {
    /// Intents; must survive.
    Outbox,
    /// The server's history; can be pulled anew.
    Cache,
}

const OUTBOX: [&str; 6] = [
    include_str!("../migrations/outbox/0001_outbox.sql"),
    include_str!("../migrations/outbox/0002_sent.sql"),
    include_str!("../migrations/outbox/0003_tail.sql"),
    include_str!("../migrations/outbox/0004_notary.sql"),
    include_str!("../migrations/outbox/0005_voucher.sql"),
    include_str!("../migrations/outbox/0006_shown.sql"),
];
const CACHE: [&str; 4] = [
    include_str!("../migrations/cache/0001_cache.sql"),
    include_str!("../migrations/cache/0002_suspect.sql"),
    include_str!("../migrations/cache/0003_snapshot.sql"),
    include_str!("../migrations/cache/0004_checkpoint.sql"),
];

impl Store {
    /// The store's migrations, oldest first.
    #[must_use]
    pub fn migrations(self) -> &'static [&'static str] {
        match self {
            Self::Outbox => &OUTBOX,
            Self::Cache => &CACHE,
        }
    }

    /// The newest schema version that this program knows.
    #[must_use]
    pub fn version(self) -> u32 {
        u32::try_from(self.migrations().len()).unwrap_or(u32::MAX)
    }

    /// The file's name in the membership's folder.
    #[must_use]
    pub fn file(self) -> &'static str {
        match self {
            Self::Outbox => "outbox.db",
            Self::Cache => "cache.db",
        }
    }

    /// True when every commit waits for the disk. The cache can be pulled anew and does not wait.
    #[must_use]
    pub fn survives_power_loss(self) -> bool {
        self == Self::Outbox && !planted::is(Bug::AckBeforeSync)
    }

    fn damaged(self, detail: String) -> ClientError {
        match self {
            Self::Outbox => ClientError::OutboxUnreadable(detail),
            Self::Cache => ClientError::CacheDamaged(detail),
        }
    }

    /// The error of a statement on this store: damage is told apart from failure.
    #[must_use]
    pub fn failed(self, error: &sqlx::Error) -> ClientError {
        match primary_code(error) {
            Some(CORRUPT | NOT_A_DATABASE | UNDECIPHERED) => self.damaged(error.to_string()),
            Some(FULL) => ClientError::call(CODE_FULL, error.to_string()),
            _ => ClientError::Storage(error.to_string()),
        }
    }
}

/// SQLite's primary result codes that a person can do something about.
const CORRUPT: u32 = 11;
const FULL: u32 = 13;
const NOT_A_DATABASE: u32 = 26;
/// Out of memory, and also what a page ends in that does not decipher.
const UNDECIPHERED: u32 = 7;

fn primary_code(error: &sqlx::Error) -> Option<u32> {
    // Extended codes keep the primary one in the low byte.
    let code: u32 = error.as_database_error()?.code()?.parse().ok()?;
    Some(code & 0xff)
}

/// How writes reach the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// What is committed to the outbox survives the loss of power.
    Full,
    /// Nothing waits for the disk: for files in memory, whose loss of power is played.
    Played,
}

/// How far a file may go, and how safely.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileLimits {
    /// The newest schema that is made.
    pub schema_max: u32,
    /// The most pages; none leaves it to the disk.
    pub pages_max: Option<u32>,
    /// How writes reach the disk.
    pub durability: Durability,
}

/// An open file.
#[derive(Debug, Clone)]
pub struct Db {
    store: Store,
    writer: SqlitePool,
    reader: SqlitePool,
    version: u32,
}

impl Db {
    /// Opens or makes the file and brings it to at most `version_max`. Errors `newer_schema`,
    /// `cache_damaged`, `outbox_unreadable`.
    pub async fn open(store: Store, dir: &Path, key: &[u8; 32], version_max: u32) -> Result<Self> {
        let limits = FileLimits {
            schema_max: version_max,
            pages_max: None,
            durability: Durability::Full,
        };
        Self::open_within(store, dir, key, limits).await
    }

    /// [`Db::open`] with a limit on the file's size as well.
    pub async fn open_within(
        store: Store,
        dir: &Path,
        key: &[u8; 32],
        limits: FileLimits,
    ) -> Result<Self> {
        let path = dir.join(store.file());
        let known = store.version().min(limits.schema_max);
        if path.exists() {
            refuse_newer(store, &path, key, known).await?;
        }
        let mut options = options(&path, key);
        if let Some(pages) = limits.pages_max {
            options = options.pragma("max_page_count", pages.to_string());
        }
        let options = options
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(match limits.durability {
                Durability::Full if store.survives_power_loss() => SqliteSynchronous::Full,
                Durability::Full => SqliteSynchronous::Normal,
                Durability::Played => SqliteSynchronous::Off,
            });
        let failed = |error: sqlx::Error| store.failed(&error);
        let writer = pool(1).connect_with(options).await.map_err(failed)?;
        let version = migrate(store, &writer, known).await?;
        let reader = pool(READERS_MAX).connect_lazy_with(self::options(&path, key).read_only(true));
        Ok(Self {
            store,
            writer,
            reader,
            version,
        })
    }

    /// The schema version of the open file.
    #[must_use]
    pub fn version(&self) -> u32 {
        self.version
    }

    /// Where statements that only read go.
    #[must_use]
    pub fn reader(&self) -> &SqlitePool {
        &self.reader
    }

    /// The one writer, for a statement that is a transaction by itself.
    #[must_use]
    pub fn writer(&self) -> &SqlitePool {
        &self.writer
    }

    /// A write transaction; waits for the one before it.
    pub async fn write(&self) -> Result<Transaction<'static, Sqlite>> {
        let failed = |error: sqlx::Error| self.store.failed(&error);
        self.writer
            .begin_with("BEGIN IMMEDIATE")
            .await
            .map_err(failed)
    }

    /// The error of a statement on this file.
    #[must_use]
    pub fn failed(&self, error: &sqlx::Error) -> ClientError {
        self.store.failed(error)
    }

    /// Reads the file and looks whether it holds together: all of it, or the outbox's commands that
    /// wait. Errors say that it is damaged.
    pub async fn look_through(&self, all: bool) -> Result<()> {
        let sql = if all {
            "PRAGMA quick_check(1)"
        } else {
            "SELECT coalesce(max(length(bytes) + length(signature)), 0) || 'ok' FROM command \
             WHERE state IN ('queued', 'sending', 'blocked')"
        };
        let said: String = sqlx::query_scalar(sql)
            .fetch_one(&self.writer)
            .await
            .map_err(|error| self.failed(&error))?;
        if said.ends_with("ok") {
            return Ok(());
        }
        Err(self.store.damaged(said))
    }

    /// Closes every connection that is not in use and waits a moment for the others; the next use opens
    /// one again. True when none is open.
    pub async fn rest(&self) -> bool {
        // The one that may write is the last: it takes the log back into the file.
        for pool in [&self.reader, &self.writer] {
            for _ in 0..RESTS_MAX {
                match pool.try_acquire() {
                    Some(connection) => {
                        if let Err(error) = connection.close().await {
                            tracing::warn!(%error, "a connection did not close well");
                        }
                    }
                    None if pool.size() == 0 => break,
                    None => tokio::time::sleep(REST).await,
                }
            }
        }
        self.reader.size() == 0 && self.writer.size() == 0
    }

    /// Closes every connection.
    pub async fn close(&self) {
        self.reader.close().await;
        self.writer.close().await;
    }
}

fn pool(connections: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(connections)
        .test_before_acquire(false)
        .before_acquire(|connection, _| {
            // When a disk is full SQLite ends the transaction by itself; the connection counts it as
            // open for ever and takes no other. It is replaced.
            let usable = !connection.is_in_transaction();
            Box::pin(async move { Ok(usable) })
        })
        .idle_timeout(None)
        .max_lifetime(None)
}

fn options(path: &Path, key: &[u8; 32]) -> SqliteConnectOptions {
    exit::watch();
    SqliteConnectOptions::new()
        .filename(path)
        // A description of every statement costs more than some of them.
        .disable_statement_logging()
        .pragma("key", format!("\"x'{}'\"", hex::encode(key)))
        // Every connection has a lock, which the end of the program takes.
        .serialized(true)
        .busy_timeout(BUSY)
        .foreign_keys(true)
}

async fn refuse_newer(store: Store, path: &Path, key: &[u8; 32], known: u32) -> Result<()> {
    let failed = |error: sqlx::Error| store.failed(&error);
    let read_only = options(path, key).read_only(true);
    let mut connection = sqlx::SqliteConnection::connect_with(&read_only)
        .await
        .map_err(failed)?;
    let found: u32 = sqlx::query_scalar("PRAGMA user_version")
        .fetch_one(&mut connection)
        .await
        .map_err(failed)?;
    connection.close().await.map_err(failed)?;
    if found > known {
        return Err(ClientError::NewerSchema {
            file: path.display().to_string(),
            found,
            known,
        });
    }
    Ok(())
}

async fn migrate(store: Store, writer: &SqlitePool, known: u32) -> Result<u32> {
    let failed = |error: sqlx::Error| store.failed(&error);
    let mut version: u32 = sqlx::query_scalar("PRAGMA user_version")
        .fetch_one(writer)
        .await
        .map_err(failed)?;
    for (number, text) in (1..).zip(store.migrations()) {
        if number <= version || number > known {
            continue;
        }
        let mut transaction = writer.begin_with("BEGIN IMMEDIATE").await.map_err(failed)?;
        sqlx::raw_sql(*text)
            .execute(&mut *transaction)
            .await
            .map_err(failed)?;
        let stamp = format!("PRAGMA user_version = {number}");
        sqlx::raw_sql(AssertSqlSafe(stamp))
            .execute(&mut *transaction)
            .await
            .map_err(failed)?;
        transaction.commit().await.map_err(failed)?;
        version = number;
    }
    Ok(version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_migrations_are_frozen() {
        let hashes = |store: Store| -> Vec<String> {
            let hash = |text: &&str| carrot_wire::crypto::hash(&[text.as_bytes()])[..16].to_owned();
            store.migrations().iter().map(hash).collect()
        };
        assert!(!OUTBOX.concat().contains('\r') && !CACHE.concat().contains('\r'));
        assert_eq!(
            hashes(Store::Outbox),
            [
                "044345319ef6bd94",
                "0ec0390eddc29748",
                "bc1b5c449789d8c4",
                "33c1b05bfbc2d38c",
                "3d14fc92bf9e3927",
                "558daff2a8e78e7c"
            ]
        );
        assert_eq!(
            hashes(Store::Cache),
            [
                "ad16c77d524cbff6",
                "8d1524022e2efb45",
                "1ae290d63a53e412",
                "db5769fed5e69711"
            ]
        );
    }
}
