//! A second record of the queue beside the outbox: an append-only file of sealed records, so that what
//! waits survives when the database cannot be read.
//!
//! The outbox decides; the journal never holds an answer back. How a record is written says
//! [`format`]; ADR 0025 says why.

mod format;
mod photos;

use std::fs::{self, File};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ring::aead::LessSafeKey;
use tokio::sync::Mutex;
use uuid::Uuid;

use crate::error::{ClientError, Result};
use crate::keys::{SystemEntropy, random_bytes};

pub use format::Record;
pub use photos::PhotoHead;

use format::FormatError;

/// The journal's name in the membership's folder.
pub const JOURNAL_FILE: &str = "outbox.journal";
/// Room that is made ahead, bytes: a flush is cheaper where the file does not grow.
const ROOM_BYTES: usize = 32 * 1024;

/// What a journal held when it was opened.
#[derive(Debug, Default)]
pub struct Found {
    /// The records, in the order of their writing.
    pub records: Vec<Record>,
    /// True when something in the file was not a record; a torn end is none either.
    pub damaged: bool,
    /// False when there was no file.
    pub existed: bool,
}

/// An open journal; clones share it.
#[derive(Clone)]
pub struct Journal {
    path: PathBuf,
    key: Arc<LessSafeKey>,
    held: Arc<Mutex<Held>>,
}

#[derive(Debug)]
struct Held {
    file: File,
    /// Where the next record begins.
    end: u64,
    /// The file's length: behind the end there is room of zeros.
    length: u64,
    /// Records in the file.
    records: usize,
    /// True when a write failed: the file lacks something.
    behind: bool,
    /// Counts how often the file was replaced.
    generation: u64,
}

/// Where records were written.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    generation: u64,
    before: u64,
    after: u64,
}

/// Whether to wait until what is written is on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// Yes: somebody is told that it is done.
    Durable,
    /// No: it is known elsewhere, and only spares work.
    Not,
}

impl Journal {
    /// Opens or makes the journal of a membership's folder and reads it.
    pub fn open(dir: &Path, database_key: &[u8; 32]) -> Result<(Self, Found)> {
        let path = dir.join(JOURNAL_FILE);
        let key = format::key_from(database_key).map_err(unwritable)?;
        let key = Arc::new(key);
        let existed = path.exists();
        let mut file = File::options()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(&path)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let (records, end, damaged) = format::scan(&bytes, &key);
        let held = Held {
            file,
            end,
            length: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
            records: records.len(),
            behind: false,
            generation: 0,
        };
        let journal = Self {
            path,
            key,
            held: Arc::new(Mutex::new(held)),
        };
        let found = Found {
            records,
            damaged,
            existed,
        };
        Ok((journal, found))
    }

    /// Writes records behind the others. Answers where; none when that failed: the outbox holds them,
    /// and the journal catches up when it is next written anew.
    pub async fn append(&self, records: &[Record], wait: Wait) -> Option<Place> {
        match self.append_or_fail(records, wait).await {
            Ok(place) => Some(place),
            Err(error) => {
                tracing::warn!(%error, "the outbox's journal could not be written");
                self.held.lock().await.behind = true;
                None
            }
        }
    }

    async fn append_or_fail(&self, records: &[Record], wait: Wait) -> Result<Place> {
        let bytes = sealed_all(records, &self.key)?;
        // The lock goes along: a call that is given up does not let the next one overtake it.
        let mut held = Arc::clone(&self.held).lock_owned().await;
        let count = records.len();
        blocking(move || {
            let before = held.end;
            if let Err(error) = held.write(&bytes, wait) {
                // Half a record would stand in the way of the next one.
                held.file.set_len(before)?;
                held.length = before;
                return Err(error);
            }
            held.records = held.records.saturating_add(count);
            Ok(Place {
                generation: held.generation,
                before,
                after: held.end,
            })
        })
        .await
    }

    /// Takes back a command that the outbox did not take: cut off when nothing came behind it, for that
    /// needs no space; else named as void.
    pub async fn take_back(&self, place: Place, command_id: Uuid) {
        let cut = self.cut(place).await;
        match cut {
            Ok(true) => {}
            Ok(false) => {
                let void = [Record::Void(command_id)];
                self.append(&void, Wait::Durable).await;
            }
            Err(error) => tracing::warn!(%error, "the outbox's journal could not be taken back"),
        }
    }

    async fn cut(&self, place: Place) -> Result<bool> {
        let mut held = Arc::clone(&self.held).lock_owned().await;
        if held.generation != place.generation {
            return Ok(true);
        }
        if held.end != place.after {
            return Ok(false);
        }
        blocking(move || {
            held.file.set_len(place.before)?;
            held.file.sync_data()?;
            held.end = place.before;
            held.length = place.before;
            held.records = held.records.saturating_sub(1);
            Ok(true)
        })
        .await
    }

    /// True when there is more in the file than `live` records are worth, or less than there should be.
    pub async fn wants_rewriting(&self, live: usize) -> bool {
        /// Records that may be there in vain besides as many as are needed.
        const SPARE_RECORDS: usize = 256;
        let held = self.held.lock().await;
        held.behind || held.records > live.saturating_mul(2).saturating_add(SPARE_RECORDS)
    }

    /// Replaces everything in one step; what is written meanwhile waits and comes behind. The records
    /// are asked for once nothing else can be written.
    pub async fn rewrite(&self, records: impl Future<Output = Result<Vec<Record>>>) -> Result<()> {
        let mut held = Arc::clone(&self.held).lock_owned().await;
        let records = records.await?;
        let bytes = sealed_all(&records, &self.key)?;
        let path = self.path.clone();
        blocking(move || {
            let fresh = path.with_extension("journal.new");
            let mut file = File::options()
                .create(true)
                .truncate(true)
                .read(true)
                .write(true)
                .open(&fresh)?;
            file.write_all(&bytes)?;
            file.sync_all()?;
            fs::rename(&fresh, &path)?;
            #[cfg(unix)]
            if let Some(dir) = path.parent() {
                File::open(dir)?.sync_all()?;
            }
            let end = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
            *held = Held {
                file,
                end,
                length: end,
                records: records.len(),
                behind: false,
                generation: held.generation.wrapping_add(1),
            };
            Ok(())
        })
        .await
    }
}

impl Held {
    /// Writes behind the end, with room for what follows where there is space for it.
    fn write(&mut self, bytes: &[u8], wait: Wait) -> std::io::Result<()> {
        let count = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let end = self.end.saturating_add(count);
        if end > self.length {
            self.file.seek(SeekFrom::Start(self.end))?;
            let room = vec![0; bytes.len().saturating_add(ROOM_BYTES)];
            if self.file.write_all(&room).is_err() {
                self.file.set_len(self.end)?;
            }
            self.length = self.file.metadata()?.len();
        }
        self.file.seek(SeekFrom::Start(self.end))?;
        self.file.write_all(bytes)?;
        if wait == Wait::Durable {
            self.file.sync_data()?;
        }
        self.end = end;
        self.length = self.length.max(end);
        Ok(())
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> std::io::Result<T> + Send + 'static,
) -> Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    let done = done.map_err(|error| ClientError::Storage(error.to_string()))?;
    done.map_err(|error| ClientError::Storage(format!("{JOURNAL_FILE}: {error}")))
}

fn unwritable(error: FormatError) -> ClientError {
    ClientError::Storage(format!("{JOURNAL_FILE}: {error}"))
}

fn sealed_all(records: &[Record], key: &LessSafeKey) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    for record in records {
        let nonce = random_bytes(&SystemEntropy)?;
        bytes.extend(format::sealed(record, key, nonce).map_err(unwritable)?);
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests;
