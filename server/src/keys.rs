//! The server's signing keys: a file `keys.json` in the data folder, readable by its owner only. The
//! newest key signs; all of them stay trusted, so that a rotation breaks nothing.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use carrot_wire::crypto;
use carrot_wire::entropy::Entropy;
use ed25519_dalek::{SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::secrets::{SystemEntropy, drawn};

/// The file's name in the data folder.
pub const KEYS_FILE: &str = "keys.json";

#[derive(Serialize, Deserialize)]
struct StoredKey {
    kid: String,
    /// 32 bytes, base64url.
    seed: String,
}

/// The server's keys, oldest first; never empty.
pub struct Keys {
    newest: SigningKey,
    older: Vec<SigningKey>,
}

impl Keys {
    /// Reads the data folder's keys, or makes the first one.
    pub fn open(data: &Path) -> Result<Self> {
        Self::open_with(data, &SystemEntropy)
    }

    /// The same with a source of random bytes for the first key.
    pub fn open_with(data: &Path, entropy: &dyn Entropy) -> Result<Self> {
        let path = data.join(KEYS_FILE);
        match fs::read_to_string(&path) {
            Ok(text) => Self::read(&text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let keys = Self {
                    newest: fresh_key(entropy)?,
                    older: Vec::new(),
                };
                keys.write(&path)?;
                Ok(keys)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Adds a new key that signs from now on, and saves the file. A running server must be started
    /// again to use it.
    pub fn rotate(data: &Path) -> Result<Self> {
        let before = Self::open(data)?;
        let mut older = before.older;
        older.push(before.newest);
        let keys = Self {
            newest: fresh_key(&SystemEntropy)?,
            older,
        };
        keys.write(&data.join(KEYS_FILE))?;
        Ok(keys)
    }

    fn read(text: &str) -> Result<Self> {
        let damaged = || Error::Damaged(KEYS_FILE.to_owned());
        let stored: Vec<StoredKey> = serde_json::from_str(text)?;
        let mut keys = Vec::with_capacity(stored.len());
        for key in stored {
            let seed = crypto::decode(&key.seed).map_err(|_| damaged())?;
            let seed: [u8; 32] = seed.try_into().map_err(|_| damaged())?;
            let signing = SigningKey::from_bytes(&seed);
            if crypto::key_id(&signing.verifying_key()) != key.kid {
                return Err(damaged());
            }
            keys.push(signing);
        }
        let newest = keys.pop().ok_or_else(damaged)?;
        Ok(Self {
            newest,
            older: keys,
        })
    }

    fn write(&self, path: &Path) -> Result<()> {
        let stored: Vec<StoredKey> = self
            .all()
            .map(|key| StoredKey {
                kid: crypto::key_id(&key.verifying_key()),
                seed: crypto::encode(&key.to_bytes()),
            })
            .collect();
        let beside: PathBuf = path.with_extension("json.new");
        let mut options = fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&beside)?;
        file.write_all(serde_json::to_string_pretty(&stored)?.as_bytes())?;
        file.sync_all()?;
        fs::rename(&beside, path)?;
        Ok(())
    }

    /// All keys, oldest first.
    pub(crate) fn all(&self) -> impl Iterator<Item = &SigningKey> {
        self.older.iter().chain([&self.newest])
    }

    /// The key that signs.
    #[must_use]
    pub fn signing(&self) -> &SigningKey {
        &self.newest
    }

    /// Every key that signatures may come from.
    #[must_use]
    pub fn trusted(&self) -> Vec<VerifyingKey> {
        self.all().map(SigningKey::verifying_key).collect()
    }

    /// The same as text, base64url: the trust root that devices get.
    #[must_use]
    pub fn trust_texts(&self) -> Vec<String> {
        self.all()
            .map(|key| crypto::encode(key.verifying_key().as_bytes()))
            .collect()
    }
}

fn fresh_key(entropy: &dyn Entropy) -> Result<SigningKey> {
    Ok(SigningKey::from_bytes(&drawn::<32>(entropy)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rotated_key_signs_and_the_old_one_stays_trusted() {
        let folder = tempfile::tempdir().unwrap();
        let first = Keys::open(folder.path()).unwrap();
        let rotated = Keys::rotate(folder.path()).unwrap();
        assert_ne!(first.signing().to_bytes(), rotated.signing().to_bytes());
        let read = Keys::open(folder.path()).unwrap();
        assert_eq!(read.signing().to_bytes(), rotated.signing().to_bytes());
        assert!(read.trusted().contains(&first.signing().verifying_key()));
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_reads_the_file() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        Keys::open(folder.path()).unwrap();
        let mode = fs::metadata(folder.path().join(KEYS_FILE))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
