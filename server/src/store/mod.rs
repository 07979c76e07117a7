//! The store: rows in SQLite or PostgreSQL ([`crate::db`]), keys and blobs in the data folder.
//!
//! Reads are methods of [`Store`]; every change goes through a [`Tx`], which is the only writer of its
//! programme from its beginning to its commit. A `Tx` that is dropped changes nothing.

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
mod floor;
mod flush;
mod foresee;
mod fork;
mod held;
mod ledger;
mod lots;
mod lots_flush;
mod lots_leg;
#[cfg(test)]
pub(crate) mod lots_tests;
pub(crate) mod part;
mod person;
mod photo;
mod place;
mod probe;
mod programme;
mod read;
mod replaced;
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

use carrot_wire::entropy::Entropy;
use uuid::Uuid;

pub use as_of::{Balance, Statement, StatementLine};
pub use audit::AuditLine;
pub use blob::{BLOBS_FOLDER, BlobRow, UPLOAD_PREFIX};
pub use chain_fault::{BadEntry, BooksReport};
pub(crate) use chain_walk::{StoredEntry, StoredTransfer, Walk};
pub use command::{CommandRow, Recorded};
pub(crate) use device::device;
pub use device::{Device, DeviceRole, Enrolment};
pub(crate) use due::DueRow;
pub use feed::FeedPage;
pub(crate) use feed::page;
pub use floor::{CHANGES_KEPT, FeedHead, Folded};
pub(crate) use floor::{count_state, feed_head, state_of};
pub(crate) use fork::FORKED_COMMANDS_MAX;
pub use fork::ForkedCommand;
pub use part::PartRow;
pub use person::Person;
pub(crate) use person::{members, person, roster};
pub use place::{Place, PostgresUrls};
pub(crate) use probe::Probe;
pub use probe::{StorePoint, StoreProbe};
pub use programme::{NewProgramme, ProgrammeRow, ProgrammeSecrets};
pub(crate) use programme::{programme_code, secrets};
pub use read::{EntityFilter, Field};
pub use tx::Tx;

use crate::clock::{Clock, SystemClock};
use crate::db::{Backend, READERS_MAX, Reads, Rows};
pub use crate::db::{DATABASE_FILE, Durability};
use crate::error::Result;
use crate::hints::Hints;
use crate::key_ring::KeyRing;
use crate::keys::Keys;
use crate::secrets::{self, SystemEntropy};

/// What a store takes from whoever opens it.
#[derive(Clone)]
pub struct StoreTuning {
    /// The server's time.
    pub clock: Arc<dyn Clock>,
    /// Where keys, ids and secrets come from.
    pub entropy: Arc<dyn Entropy>,
    /// Connections that read a SQLite file, at least one.
    pub readers_max: u32,
    /// How commits reach a SQLite file; [`Durability::Full`] everywhere but where a disk is played.
    pub durability: Durability,
    /// Who looks on at the store's points; nobody where nothing is played.
    pub probe: Option<Arc<dyn StoreProbe>>,
}

impl Default for StoreTuning {
    fn default() -> Self {
        Self {
            clock: Arc::new(SystemClock),
            entropy: Arc::new(SystemEntropy),
            readers_max: READERS_MAX,
            durability: Durability::Full,
            probe: None,
        }
    }
}

/// The server's data: database, keys, blobs.
pub struct Store {
    data: PathBuf,
    backend: Arc<dyn Backend>,
    keys: KeyRing,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    probe: Probe,
    compiled: Arc<compiled::CompiledRules>,
    hints: Hints,
    /// How often a command failed inside the server since it started, by device and sequence.
    pub(crate) failures: Mutex<HashMap<(Uuid, i64), u32>>,
    /// The filters of used codes.
    pub(crate) burnt: crate::burnt::Kept,
    /// Who makes snapshots.
    pub(crate) makers: crate::snapshot::Makers,
}

impl Store {
    /// Opens the data folder, making it when there is none, and brings its schema up to date.
    pub async fn open(data: &Path) -> Result<Self> {
        Self::open_with(data, StoreTuning::default()).await
    }

    /// The same with a clock of the caller's.
    pub async fn open_with_clock(data: &Path, clock: Arc<dyn Clock>) -> Result<Self> {
        let tuning = StoreTuning {
            clock,
            ..StoreTuning::default()
        };
        Self::open_with(data, tuning).await
    }

    /// The same with everything of the caller's.
    pub async fn open_with(data: &Path, tuning: StoreTuning) -> Result<Self> {
        Self::open_at(&data.into(), tuning).await
    }

    /// Opens a store whose rows are in this database, and brings its schema up to date. The folder
    /// has its keys and blobs.
    pub async fn open_on(
        backend: Arc<dyn Backend>,
        data: &Path,
        tuning: StoreTuning,
    ) -> Result<Self> {
        std::fs::create_dir_all(data.join(blob::BLOBS_FOLDER))?;
        let keys = KeyRing::open(data, tuning.entropy.as_ref())?;
        backend.migrate().await?;
        let hints = Hints::over(backend.channel());
        let store = Self {
            data: data.to_owned(),
            backend,
            keys,
            clock: tuning.clock,
            entropy: tuning.entropy,
            probe: tuning.probe,
            compiled: Arc::default(),
            hints,
            failures: Mutex::new(HashMap::new()),
            burnt: crate::burnt::Kept::default(),
            makers: crate::snapshot::Makers::default(),
        };
        store.link_old().await?;
        Ok(store)
    }

    /// Begins a write transaction in one programme; waits while another is open. Its instant is read
    /// when its turn has come, so that instants follow the order of the books.
    pub async fn begin(&self, programme: Uuid) -> Result<Tx> {
        self.begin_at(programme, i64::MIN).await
    }

    /// The database that it is kept in.
    #[must_use]
    pub fn backend(&self) -> &dyn Backend {
        &*self.backend
    }

    /// Reading one programme's committed rows.
    #[must_use]
    pub fn reads(&self, programme: Uuid) -> Reads<'_> {
        Reads::new(&*self.backend, Rows::Of(programme))
    }

    /// Reading committed rows of every programme: for what looks for a programme, and for what
    /// concerns all of them.
    #[must_use]
    pub fn reads_all(&self) -> Reads<'_> {
        Reads::new(&*self.backend, Rows::OfAll)
    }

    /// Random bytes for keys, ids and secrets. Errors when there are none to be had.
    pub(crate) fn random<const N: usize>(&self) -> Result<[u8; N]> {
        secrets::drawn(self.entropy.as_ref())
    }

    /// A random secret as text, for challenges and tokens.
    pub(crate) fn random_text(&self) -> Result<String> {
        secrets::random_text(self.entropy.as_ref())
    }

    /// Where its random bytes come from.
    pub(crate) fn entropy(&self) -> Arc<dyn Entropy> {
        Arc::clone(&self.entropy)
    }

    /// Who is told when a scope has news.
    #[must_use]
    pub fn hints(&self) -> &Hints {
        &self.hints
    }

    /// The signing keys, as the file has them now.
    #[must_use]
    pub fn keys(&self) -> Arc<Keys> {
        self.keys.current()
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
        self.backend
            .migrations()
            .iter()
            .map(|migration| migration.version)
            .max()
            .unwrap_or(0)
    }

    /// Closes every connection; what was committed is in the file.
    pub async fn close(&self) {
        self.backend.close().await;
    }
}
