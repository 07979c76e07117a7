//! SQLite: one file, one connection that writes, a few that read.

use std::path::Path;

use futures_util::future::BoxFuture;
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions as _, SqlitePool};

use super::backend::{Backend, Rows};
use super::conn::Conn;

/// The database's file name in the data folder.
pub const DATABASE_FILE: &str = "server.db";
/// Connections that read.
pub const READERS_MAX: u32 = 4;
/// How long a writer waits for a file that another process holds, milliseconds.
const BUSY_MS: u64 = 10_000;

/// Statements that a connection keeps prepared: the writer's for groups of rows, table by table, and the
/// others.
const STATEMENTS_MAX: usize = 512;

/// The migrations, in the order of their numbers.
pub(crate) static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

/// How commits reach the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// What is committed survives the loss of power.
    Full,
    /// Nothing waits for the disk: for files in memory, whose loss of power is played.
    Played,
}

/// A store in one file.
pub struct Sqlite {
    writer: SqlitePool,
    readers: SqlitePool,
}

impl Sqlite {
    /// Opens the file, making it when there is none.
    pub async fn open(
        file: &Path,
        readers_max: u32,
        durability: Durability,
    ) -> Result<Self, sqlx::Error> {
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            // It is asked whether it lives when it comes back.
            .test_before_acquire(false)
            .before_acquire(|connection, _| {
                // When a disk is full SQLite ends the transaction by itself; the connection counts it
                // as open for ever and takes no other. It is replaced.
                let usable = !sqlx::Connection::is_in_transaction(connection);
                Box::pin(async move { Ok(usable) })
            })
            .connect_with(options(file, durability).create_if_missing(true))
            .await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(readers_max)
            .test_before_acquire(false)
            .connect_lazy_with(options(file, durability).pragma("query_only", "on"));
        Ok(Self { writer, readers })
    }
}

impl Backend for Sqlite {
    fn name(&self) -> &'static str {
        "SQLite"
    }

    fn migrations(&self) -> &'static Migrator {
        &MIGRATIONS
    }

    fn migrate(&self) -> BoxFuture<'_, Result<(), MigrateError>> {
        Box::pin(MIGRATIONS.run(&self.writer))
    }

    fn begin(&self, _: Rows) -> BoxFuture<'_, Result<Conn, sqlx::Error>> {
        Box::pin(async { Ok(self.writer.begin_with("BEGIN IMMEDIATE").await?.into()) })
    }

    fn read(&self, _: Rows) -> BoxFuture<'_, Result<Conn, sqlx::Error>> {
        Box::pin(async { Ok(self.readers.acquire().await?.into()) })
    }

    fn snapshot(&self, _: Rows) -> BoxFuture<'_, Result<Conn, sqlx::Error>> {
        Box::pin(async { Ok(self.readers.begin().await?.into()) })
    }

    fn close(&self) -> BoxFuture<'_, ()> {
        Box::pin(async {
            self.readers.close().await;
            self.writer.close().await;
        })
    }
}

fn options(file: &Path, durability: Durability) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(file)
        // A description of every statement costs more than some of them.
        .disable_statement_logging()
        .foreign_keys(true)
        .statement_cache_capacity(STATEMENTS_MAX)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(match durability {
            Durability::Full => SqliteSynchronous::Full,
            Durability::Played => SqliteSynchronous::Off,
        })
        .busy_timeout(std::time::Duration::from_millis(BUSY_MS))
}
