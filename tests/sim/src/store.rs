//! The server's side of the fleet: its folder, its end at a bad moment, its copies.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context as _, Result};
use axum::Router;
use carrot_server::store::{BLOBS_FOLDER, DATABASE_FILE};
use carrot_server::{AppState, Durability, Store, StorePoint, StoreProbe, StoreTuning, router};
use uuid::Uuid;

use crate::dice::SeededEntropy;
use crate::time::Time;

/// Lets the server's database fail where the fleet says so.
#[derive(Debug, Default)]
pub struct ServerProbe {
    failing: AtomicBool,
    deadlock: AtomicBool,
    no_connection: AtomicBool,
    poison: Mutex<Option<(Uuid, i64)>>,
}

impl ServerProbe {
    /// Every commit fails, as if the program ended before it.
    pub fn fail_commits(&self, on: bool) {
        self.failing.store(on, Ordering::SeqCst);
    }

    /// The next transaction is refused: no connection, or given up at its commit.
    pub fn refuse_once(&self, no_connection: bool) {
        self.no_connection.store(no_connection, Ordering::SeqCst);
        self.deadlock.store(!no_connection, Ordering::SeqCst);
    }

    /// Nothing fails any more, but what is poisoned stays so.
    pub fn calm(&self) {
        self.failing.store(false, Ordering::SeqCst);
        self.no_connection.store(false, Ordering::SeqCst);
        self.deadlock.store(false, Ordering::SeqCst);
    }

    /// A device's command fails inside the server whenever it is tried; none for none.
    pub fn poison(&self, command: Option<(Uuid, i64)>) {
        *self.poison.lock().unwrap_or_else(PoisonError::into_inner) = command;
    }

    /// What is poisoned.
    pub fn poisoned(&self) -> Option<(Uuid, i64)> {
        *self.poison.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl StoreProbe for ServerProbe {
    fn at(&self, point: StorePoint) -> Result<(), sqlx::Error> {
        let given_up = || sqlx::Error::Protocol("given up for another transaction".to_owned());
        match point {
            StorePoint::Begin if self.no_connection.swap(false, Ordering::SeqCst) => {
                Err(sqlx::Error::PoolTimedOut)
            }
            StorePoint::Commit if self.failing.load(Ordering::SeqCst) => Err(given_up()),
            StorePoint::Commit if self.deadlock.swap(false, Ordering::SeqCst) => Err(given_up()),
            // Not a fault that passes: trying again never helps.
            StorePoint::Apply(device, seq) if self.poisoned() == Some((device, seq)) => {
                Err(sqlx::Error::RowNotFound)
            }
            _ => Ok(()),
        }
    }
}

/// A server over a folder.
pub struct Server {
    /// The folder that it runs on.
    pub dir: PathBuf,
    /// Its store.
    pub store: Arc<Store>,
    /// Its routes.
    pub router: Router,
}

/// How a server is opened.
#[derive(Clone)]
pub struct ServerTuning {
    /// The true time.
    pub time: Arc<Time>,
    /// Ids and secrets.
    pub entropy: Arc<SeededEntropy>,
    /// What fails.
    pub probe: Arc<ServerProbe>,
    /// Whether commits wait for the disk.
    pub durability: Durability,
}

impl Server {
    /// Opens a server on a folder.
    pub async fn open(dir: &Path, tuning: &ServerTuning) -> Result<Self> {
        let tuning = StoreTuning {
            clock: tuning.time.clone(),
            entropy: tuning.entropy.clone(),
            readers_max: 3,
            durability: tuning.durability,
            probe: Some(tuning.probe.clone()),
        };
        let store = Store::open_with(dir, tuning).await;
        let store = Arc::new(store.context("the server's store")?);
        let router = router(AppState::new(Arc::clone(&store)));
        Ok(Self {
            dir: dir.to_owned(),
            store,
            router,
        })
    }
}

/// Copies a server's folder as committed: database with its log, keys, blobs.
pub fn copy_server(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to.join(BLOBS_FOLDER))?;
    let wal = format!("{DATABASE_FILE}-wal");
    for name in [DATABASE_FILE, wal.as_str(), "keys.json"] {
        if from.join(name).exists() {
            std::fs::copy(from.join(name), to.join(name))?;
        }
    }
    copy_tree(&from.join(BLOBS_FOLDER), &to.join(BLOBS_FOLDER))
}

/// Copies a folder with everything in it, but no lock and no shared memory.
pub fn copy_tree(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        let text = name.to_string_lossy();
        if text == "lock" || text.ends_with("-shm") {
            continue;
        }
        if entry.file_type()?.is_dir() {
            copy_tree(&entry.path(), &to.join(&name))?;
        } else {
            std::fs::copy(entry.path(), to.join(&name))?;
        }
    }
    Ok(())
}
