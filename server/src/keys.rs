//! The server's signing keys: a file `keys.json` in the data folder, readable by its owner only. The
//! newest key signs; older ones stay trusted, so that a rotation breaks nothing. A retired key counts for
//! the codes that were printed under it; a revoked one for nothing.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use carrot_wire::crypto;
use carrot_wire::entropy::Entropy;
use carrot_wire::trust::{SignedTrust, TrustList, TrustedKey};
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
    /// Whether it counts; a file from before there were states has active keys only.
    #[serde(default = "active")]
    state: KeyState,
}

fn active() -> KeyState {
    KeyState::Active
}

/// Whether a key counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyState {
    /// For everything.
    Active,
    /// For codes that were printed under it.
    Retired,
    /// For nothing.
    Revoked,
}

/// A key as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeyRow {
    /// Its id.
    pub kid: String,
    /// The public key, base64url.
    pub public_key: String,
    /// Whether it counts.
    pub state: KeyState,
    /// True for the one that signs.
    pub signs: bool,
}

/// The server's keys, oldest first; at least one is active.
pub struct Keys {
    keys: Vec<(SigningKey, KeyState)>,
    newest: SigningKey,
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
                let keys = Self::of(vec![(fresh_key(entropy)?, KeyState::Active)])?;
                keys.write(&path)?;
                Ok(keys)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Adds a new key that signs from now on, and saves the file. A running server takes it up by itself.
    pub fn rotate(data: &Path) -> Result<Self> {
        let mut keys = Self::open(data)?.keys;
        keys.push((fresh_key(&SystemEntropy)?, KeyState::Active));
        let keys = Self::of(keys)?;
        keys.write(&data.join(KEYS_FILE))?;
        Ok(keys)
    }

    /// Takes a key out of use and saves the file: codes printed under it stay valid, unless it is
    /// revoked. Refuses `bad_input` for a key that is not there and for the only one that is active.
    pub fn retire(data: &Path, kid: &str, revoke: bool) -> Result<Self> {
        let mut keys = Self::open(data)?.keys;
        let found = keys.iter_mut().find(|(key, _)| id(key) == kid);
        let (_, state) = found.ok_or_else(|| {
            Error::refused("bad_input", format!("there is no key {kid} in this folder"))
        })?;
        *state = match (revoke, *state) {
            (true, _) | (false, KeyState::Revoked) => KeyState::Revoked,
            (false, _) => KeyState::Retired,
        };
        if !keys.iter().any(|(_, state)| *state == KeyState::Active) {
            let detail = "it is the only key that signs; rotate first, then retire this one";
            return Err(Error::refused("bad_input", detail));
        }
        let keys = Self::of(keys)?;
        keys.write(&data.join(KEYS_FILE))?;
        Ok(keys)
    }

    fn of(keys: Vec<(SigningKey, KeyState)>) -> Result<Self> {
        let mut active = keys
            .iter()
            .filter(|(_, state)| *state == KeyState::Active)
            .map(|(key, _)| key.clone());
        let newest = active
            .next_back()
            .ok_or_else(|| Error::Damaged(KEYS_FILE.to_owned()))?;
        Ok(Self { keys, newest })
    }

    pub(crate) fn read(text: &str) -> Result<Self> {
        let damaged = || Error::Damaged(KEYS_FILE.to_owned());
        let stored: Vec<StoredKey> = serde_json::from_str(text)?;
        let mut keys = Vec::with_capacity(stored.len());
        for key in stored {
            let seed = crypto::decode(&key.seed).map_err(|_| damaged())?;
            let seed: [u8; 32] = seed.try_into().map_err(|_| damaged())?;
            let signing = SigningKey::from_bytes(&seed);
            if id(&signing) != key.kid {
                return Err(damaged());
            }
            keys.push((signing, key.state));
        }
        Self::of(keys)
    }

    fn write(&self, path: &Path) -> Result<()> {
        let stored: Vec<StoredKey> = self
            .keys
            .iter()
            .map(|(key, state)| StoredKey {
                kid: id(key),
                seed: crypto::encode(&key.to_bytes()),
                state: *state,
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

    /// The keys that count for everything, oldest first.
    pub(crate) fn active(&self) -> impl Iterator<Item = &SigningKey> {
        let active = |(_, state): &&(SigningKey, KeyState)| *state == KeyState::Active;
        self.keys.iter().filter(active).map(|(key, _)| key)
    }

    /// The keys that are not revoked, oldest first.
    fn known(&self) -> impl Iterator<Item = &(SigningKey, KeyState)> {
        let known = |(_, state): &&(SigningKey, KeyState)| *state != KeyState::Revoked;
        self.keys.iter().filter(known)
    }

    /// Every key whose countersignatures prove when something was made, oldest first: a key that was
    /// retired since was the server's own then.
    pub(crate) fn countersigners(&self) -> impl Iterator<Item = &SigningKey> {
        self.known().map(|(key, _)| key)
    }

    /// The key that signs.
    #[must_use]
    pub fn signing(&self) -> &SigningKey {
        &self.newest
    }

    /// Every key that signatures may come from, but for printed codes.
    #[must_use]
    pub fn trusted(&self) -> Vec<VerifyingKey> {
        self.active().map(SigningKey::verifying_key).collect()
    }

    /// Every key that was the server's own at some time and is not revoked: for printed codes, and for
    /// what was handed over before a key was retired.
    #[must_use]
    pub fn code_keys(&self) -> Vec<VerifyingKey> {
        self.known().map(|(key, _)| key.verifying_key()).collect()
    }

    /// [`Keys::trusted`] as text, base64url: the trust root that a device gets with its code.
    #[must_use]
    pub fn trust_texts(&self) -> Vec<String> {
        self.active().map(public).collect()
    }

    /// Grows with each key that is added, retired or revoked.
    #[must_use]
    pub fn version(&self) -> i64 {
        let changes = |(_, state): &(SigningKey, KeyState)| match state {
            KeyState::Active => 1,
            KeyState::Retired => 2,
            KeyState::Revoked => 3,
        };
        self.keys.iter().map(changes).sum()
    }

    /// The list that devices take over. Retired keys sign it too: a device that knows only them is led
    /// to the newer ones, and one that knows them as retired does not listen to them.
    pub fn trust(&self) -> Result<SignedTrust> {
        let listed = |(key, state): &(SigningKey, KeyState)| TrustedKey {
            key: public(key),
            codes_only: *state != KeyState::Active,
        };
        let list = TrustList {
            version: self.version(),
            keys: self.known().map(listed).collect(),
        };
        let signing = self.known().map(|(key, _)| key);
        Ok(SignedTrust::seal(&list, signing)?)
    }

    /// The keys as lists show them, oldest first.
    #[must_use]
    pub fn rows(&self) -> Vec<KeyRow> {
        let row = |(key, state): &(SigningKey, KeyState)| KeyRow {
            kid: id(key),
            public_key: public(key),
            state: *state,
            signs: key.to_bytes() == self.newest.to_bytes(),
        };
        self.keys.iter().map(row).collect()
    }
}

fn id(key: &SigningKey) -> String {
    crypto::key_id(&key.verifying_key())
}

fn public(key: &SigningKey) -> String {
    crypto::encode(key.verifying_key().as_bytes())
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

    #[test]
    fn a_retired_key_counts_for_codes_and_a_revoked_one_for_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let first = Keys::open(folder.path()).unwrap();
        let kid = id(first.signing());
        assert!(
            Keys::retire(folder.path(), &kid, false).is_err(),
            "the only one"
        );
        assert!(Keys::retire(folder.path(), "0123456789abcdef", false).is_err());
        let rotated = Keys::rotate(folder.path()).unwrap();
        let retired = Keys::retire(folder.path(), &kid, false).unwrap();
        let public = first.signing().verifying_key();
        assert!(!retired.trusted().contains(&public) && retired.code_keys().contains(&public));
        let revoked = Keys::retire(folder.path(), &kid, true).unwrap();
        assert!(!revoked.code_keys().contains(&public));
        let versions = [&first, &rotated, &retired, &revoked].map(Keys::version);
        assert_eq!(versions, [1, 2, 3, 4]);
        // What was revoked does not come back.
        let again = Keys::retire(folder.path(), &kid, false).unwrap();
        assert_eq!(again.rows()[0].state, KeyState::Revoked);
    }

    #[test]
    fn a_file_from_before_there_were_states_reads() {
        let seed = crypto::encode(&[7; 32]);
        let kid = id(&SigningKey::from_bytes(&[7; 32]));
        let text = format!(r#"[{{"kid":"{kid}","seed":"{seed}"}}]"#);
        assert_eq!(Keys::read(&text).unwrap().version(), 1);
    }
}
