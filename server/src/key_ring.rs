//! The keys of a running server: read again when the file has changed, so that a rotated or retired key
//! counts on every process at once.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::SystemTime;

use carrot_wire::entropy::Entropy;

use crate::error::Result;
use crate::keys::{KEYS_FILE, Keys};

/// What tells one file from the next: it is replaced as a whole, never written into.
type Stamp = (Option<SystemTime>, u64, u64);

/// The keys as the file has them now.
pub(crate) struct KeyRing {
    path: PathBuf,
    held: RwLock<(Option<Stamp>, Arc<Keys>)>,
}

impl KeyRing {
    /// Reads the data folder's keys, or makes the first one.
    pub(crate) fn open(data: &Path, entropy: &dyn Entropy) -> Result<Self> {
        let path = data.join(KEYS_FILE);
        let keys = Arc::new(Keys::open_with(data, entropy)?);
        Ok(Self {
            held: RwLock::new((stamp(&path), keys)),
            path,
        })
    }

    /// The keys. A file that cannot be read or makes no sense leaves those that were read last.
    pub(crate) fn current(&self) -> Arc<Keys> {
        let now = stamp(&self.path);
        {
            let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
            if now.is_none() || held.0 == now {
                return Arc::clone(&held.1);
            }
        }
        let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
        let read = fs::read_to_string(&self.path).map_err(Into::into);
        match read.and_then(|text| Keys::read(&text)) {
            Ok(keys) => held.1 = Arc::new(keys),
            Err(error) => tracing::error!(%error, "the changed keys cannot be read"),
        }
        held.0 = now;
        Arc::clone(&held.1)
    }
}

#[cfg(unix)]
fn inode(file: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(file)
}

#[cfg(not(unix))]
fn inode(_file: &fs::Metadata) -> u64 {
    0
}

fn stamp(path: &Path) -> Option<Stamp> {
    let file = fs::metadata(path).ok()?;
    Some((file.modified().ok(), file.len(), inode(&file)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secrets::SystemEntropy;

    #[test]
    fn a_running_server_takes_up_a_rotated_key_and_keeps_the_last_good_ones() {
        let folder = tempfile::tempdir().unwrap();
        let ring = KeyRing::open(folder.path(), &SystemEntropy).unwrap();
        let first = ring.current().signing().to_bytes();
        Keys::rotate(folder.path()).unwrap();
        let second = ring.current().signing().to_bytes();
        assert_ne!(first, second);
        assert_eq!(ring.current().trusted().len(), 2);
        fs::write(folder.path().join(KEYS_FILE), "nonsense").unwrap();
        assert_eq!(ring.current().signing().to_bytes(), second);
    }
}
