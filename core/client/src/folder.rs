//! The device's folder: which memberships it has, where their files are, and the lock that keeps a
//! second process out. `device.json` holds no secrets.

use std::fs::{self, File, TryLockError};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use carrot_wire::entropy::Entropy;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::{ClientError, Result};
use crate::keys::{KeyChoice, random_bytes};
use crate::leave::Rest;

/// The version of `device.json`.
const FOLDER_VERSION: u32 = 1;

/// A membership as the folder lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MembershipEntry {
    /// Programme.
    pub programme_id: Uuid,
    /// The programme's short code.
    pub programme_code: String,
    /// The server's address.
    pub server: String,
    /// The server's public keys, base64url: the trust root.
    pub trust: Vec<String>,
    /// The device's id in this programme.
    pub device_id: Uuid,
    /// Where its secrets are.
    pub keys: KeyChoice,
    /// How it rests; none while it is on the screens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rest: Option<Rest>,
}

/// What `device.json` says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FolderList {
    /// Version of this file.
    pub version: u32,
    /// The folder's own random id; part of the keyring's user names.
    pub folder_id: String,
    /// Memberships.
    pub memberships: Vec<MembershipEntry>,
}

/// An open folder; the lock is held until it is dropped.
#[derive(Debug)]
pub struct Folder {
    dir: PathBuf,
    _lock: File,
}

impl Folder {
    /// Opens or makes the folder. Errors `device_in_use`.
    pub fn open(dir: &Path, entropy: &dyn Entropy) -> Result<(Self, FolderList)> {
        fs::create_dir_all(dir)?;
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(dir.join("lock"))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(ClientError::DeviceInUse(dir.display().to_string()));
            }
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
        let folder = Self {
            dir: dir.to_owned(),
            _lock: lock,
        };
        let list = folder.read(entropy)?;
        Ok((folder, list))
    }

    fn path(&self) -> PathBuf {
        self.dir.join("device.json")
    }

    fn read(&self, entropy: &dyn Entropy) -> Result<FolderList> {
        let path = self.path();
        if !path.exists() {
            let list = FolderList {
                version: FOLDER_VERSION,
                folder_id: uuid::Builder::from_random_bytes(random_bytes(entropy)?)
                    .into_uuid()
                    .simple()
                    .to_string(),
                memberships: Vec::new(),
            };
            self.write(&list)?;
            return Ok(list);
        }
        let list: FolderList = serde_json::from_str(&fs::read_to_string(&path)?)?;
        if list.version > FOLDER_VERSION {
            return Err(ClientError::NewerSchema {
                file: path.display().to_string(),
                found: list.version,
                known: FOLDER_VERSION,
            });
        }
        Ok(list)
    }

    /// Replaces the list in one step: a crash leaves the old or the new one.
    pub fn write(&self, list: &FolderList) -> Result<()> {
        let fresh = self.dir.join("device.json.new");
        let mut file = File::create(&fresh)?;
        file.write_all(serde_json::to_string_pretty(list)?.as_bytes())?;
        file.sync_all()?;
        fs::rename(&fresh, self.path())?;
        #[cfg(unix)]
        File::open(&self.dir)?.sync_all()?;
        Ok(())
    }

    /// The folder of one membership.
    #[must_use]
    pub fn membership_dir(&self, programme: Uuid) -> PathBuf {
        self.dir.join("m").join(programme.to_string())
    }
}

/// Moves a database with its side files beside, under a name that says when: nothing is deleted.
pub fn set_aside(dir: &Path, file: &str, now_ms: i64) -> Result<()> {
    for end in ["", "-wal", "-shm"] {
        let path = dir.join(format!("{file}{end}"));
        if path.exists() {
            fs::rename(&path, dir.join(format!("{file}{end}.damaged-{now_ms}")))?;
        }
    }
    Ok(())
}
