//! The store: one SQLite file in the data folder, one writer, a few readers.
//!
//! Reads are methods of [`Store`]; every change goes through a [`Tx`], which holds the only writing
//! connection from `BEGIN IMMEDIATE` to its commit. A `Tx` that is dropped changes nothing.

mod as_of;
#[cfg(test)]
mod as_of_tests;
mod audit;
mod award;
mod batch;
mod blob;
mod chain;
mod chain_fault;
mod chain_rebuild;
mod chain_repair;
#[cfg(test)]
mod chain_tests;
mod chain_verify;
mod chain_walk;
mod command;
mod compiled;
mod device;
mod due;
mod feed;
mod flush;
mod foresee;
mod held;
mod ledger;
mod lots;
mod lots_flush;
mod lots_leg;
#[cfg(test)]
pub(crate) mod lots_tests;
mod person;
mod photo;
mod programme;
mod read;
mod rows;
mod tx;
mod verify;
mod verify_lots;
#[cfg(test)]
mod verify_lots_tests;
#[cfg(test)]
mod verify_tests;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use sqlx::ConnectOptions as _;
use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use uuid::Uuid;

pub use as_of::{Balance, Statement, StatementLine};
pub use audit::AuditLine;
pub use blob::{BLOBS_FOLDER, BlobRow};
pub use chain_fault::{BadEntry, BooksReport};
pub(crate) use chain_walk::{StoredEntry, StoredTransfer, Walk};
pub use command::{CommandRow, Recorded};
pub(crate) use device::device;
pub use device::{Device, DeviceRole, Enrolment};
pub(crate) use due::DueRow;
pub use feed::FeedPage;
pub(crate) use feed::page;
pub use person::Person;
pub(crate) use person::{members, person, roster};
pub use programme::{NewProgramme, ProgrammeRow, ProgrammeSecrets};
pub(crate) use programme::{programme_code, secrets};
pub use read::{EntityFilter, Field};
pub use tx::Tx;

use crate::clock::{Clock, SystemClock};
use crate::error::Result;
use crate::keys::Keys;

/// The database's file name in the data folder.
pub const DATABASE_FILE: &str = "server.db";
/// Connections that read.
const READERS_MAX: u32 = 4;
/// How long a writer waits for a file that another process holds, milliseconds.
const BUSY_MS: u64 = 10_000;

/// The migrations, in the order of their numbers.
static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("./migrations");

/// The server's data: database, keys, blobs.
pub struct Store {
    data: PathBuf,
    writer: SqlitePool,
    readers: SqlitePool,
    keys: Arc<Keys>,
    clock: Arc<dyn Clock>,
    compiled: Arc<compiled::CompiledRules>,
    /// How often a command failed inside the server since it started, by device and sequence.
    pub(crate) failures: Mutex<HashMap<(Uuid, i64), u32>>,
    /// The filters of used codes.
    pub(crate) burnt: crate::burnt::Kept,
}

impl Store {
    /// Opens the data folder, making it when there is none, and brings its schema up to date.
    pub async fn open(data: &Path) -> Result<Self> {
        Self::open_with_clock(data, Arc::new(SystemClock)).await
    }

    /// The same with a clock of the caller's.
    pub async fn open_with_clock(data: &Path, clock: Arc<dyn Clock>) -> Result<Self> {
        std::fs::create_dir_all(data.join(blob::BLOBS_FOLDER))?;
        let keys = Arc::new(Keys::open(data)?);
        let file = data.join(DATABASE_FILE);
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .connect_with(options(&file).create_if_missing(true))
            .await?;
        MIGRATIONS.run(&writer).await?;
        chain::link_old(&writer).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS_MAX)
            .connect_with(options(&file).pragma("query_only", "on"))
            .await?;
        Ok(Self {
            data: data.to_owned(),
            writer,
            readers,
            keys,
            clock,
            compiled: Arc::default(),
            failures: Mutex::new(HashMap::new()),
            burnt: crate::burnt::Kept::default(),
        })
    }

    /// Begins a write transaction in one programme; waits while another is open.
    pub async fn begin(&self, programme: Uuid) -> Result<Tx> {
        let inner = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        Ok(Tx::new(
            inner,
            programme,
            self.clock.now_ms(),
            Arc::clone(&self.keys),
            Arc::clone(&self.compiled),
        ))
    }

    /// Connections that read committed data. They cannot write.
    #[must_use]
    pub fn readers(&self) -> &SqlitePool {
        &self.readers
    }

    /// The signing keys.
    #[must_use]
    pub fn keys(&self) -> &Keys {
        &self.keys
    }

    /// The server's clock, UTC milliseconds.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        self.clock.now_ms()
    }

    /// The data folder.
    #[must_use]
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// The schema's version: the number of the newest migration.
    #[must_use]
    pub fn schema_version(&self) -> i64 {
        MIGRATIONS
            .iter()
            .map(|migration| migration.version)
            .max()
            .unwrap_or(0)
    }

    /// Closes every connection; what was committed is in the file.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

fn options(file: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(file)
        // A description of every statement costs more than some of them.
        .disable_statement_logging()
        .foreign_keys(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(std::time::Duration::from_millis(BUSY_MS))
}
