//! The server's signing keys: a file `keys.json` in the data folder, readable by its owner only. The
//! newest key signs; older ones stay trusted, so that a rotation breaks nothing. What terminals check that
//! were out of reach since is signed by a key that they know. A retired key counts for the codes that
//! were printed under it; a revoked one for nothing.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use carrot_wire::crypto;
use carrot_wire::entropy::Entropy;
use carrot_wire::limits::CERTIFICATE_AGE_MS;
use carrot_wire::trust::{SignedTrust, TrustList, TrustedKey};
use ed25519_dalek::{SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};

use crate::clock::{Clock as _, SystemClock};
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
    /// When it was added, UTC milliseconds; zero for the first one.
    #[serde(default)]
    since_ms: i64,
    /// The list's version that its state came with; zero in a file from before versions were kept.
    #[serde(default)]
    version: i64,
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

/// A key with what is known about it.
struct Held {
    key: SigningKey,
    state: KeyState,
    since_ms: i64,
    version: i64,
}

/// The server's keys, oldest first; at least one is active.
pub struct Keys {
    keys: Vec<Held>,
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
                let first = Held {
                    key: fresh_key(entropy)?,
                    state: KeyState::Active,
                    since_ms: 0,
                    version: 0,
                };
                let keys = Self::of(vec![first])?;
                keys.write(&path)?;
                Ok(keys)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Adds a new key that signs from now on, and saves the file. A running server takes it up by itself.
    pub fn rotate(data: &Path) -> Result<Self> {
        Self::rotate_at(data, SystemClock.now_ms())
    }

    /// The same at an instant of the caller's, UTC milliseconds.
    pub fn rotate_at(data: &Path, now_ms: i64) -> Result<Self> {
        let known = Self::open(data)?;
        let added = Held {
            key: fresh_key(&SystemEntropy)?,
            state: KeyState::Active,
            since_ms: now_ms,
            version: known.next_version(now_ms),
        };
        let mut keys = known.keys;
        keys.push(added);
        let keys = Self::of(keys)?;
        keys.write(&data.join(KEYS_FILE))?;
        Ok(keys)
    }

    /// Takes a key out of use and saves the file: codes printed under it stay valid, unless it is
    /// revoked. Refuses `bad_input` for a key that is not there and for the only one that is active.
    pub fn retire(data: &Path, kid: &str, revoke: bool) -> Result<Self> {
        Self::retire_at(data, kid, revoke, SystemClock.now_ms())
    }

    /// The same at an instant of the caller's, UTC milliseconds.
    pub fn retire_at(data: &Path, kid: &str, revoke: bool, now_ms: i64) -> Result<Self> {
        let known = Self::open(data)?;
        let version = known.next_version(now_ms);
        let mut keys = known.keys;
        let found = keys.iter_mut().find(|held| id(&held.key) == kid);
        let held = found.ok_or_else(|| {
            Error::refused("bad_input", format!("there is no key {kid} in this folder"))
        })?;
        let state = match (revoke, held.state) {
            (true, _) | (false, KeyState::Revoked) => KeyState::Revoked,
            (false, _) => KeyState::Retired,
        };
        if state != held.state {
            (held.state, held.version) = (state, version);
        }
        if !keys.iter().any(Held::is_active) {
            let detail = "it is the only key that signs; rotate first, then retire this one";
            return Err(Error::refused("bad_input", detail));
        }
        let keys = Self::of(keys)?;
        keys.write(&data.join(KEYS_FILE))?;
        Ok(keys)
    }

    /// The version after this one. It is an instant, so that keys which came back from a backup do not
    /// count again through versions that devices have seen with other keys.
    fn next_version(&self, now_ms: i64) -> i64 {
        now_ms.max(self.version().saturating_add(1))
    }

    fn of(keys: Vec<Held>) -> Result<Self> {
        let newest = keys.iter().rfind(|held| held.is_active());
        let newest = newest
            .map(|held| held.key.clone())
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
            keys.push(Held {
                key: signing,
                state: key.state,
                since_ms: key.since_ms,
                version: key.version,
            });
        }
        Self::of(keys)
    }

    fn write(&self, path: &Path) -> Result<()> {
        let stored: Vec<StoredKey> = self
            .keys
            .iter()
            .map(|held| StoredKey {
                kid: id(&held.key),
                seed: crypto::encode(&held.key.to_bytes()),
                state: held.state,
                since_ms: held.since_ms,
                version: held.version,
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
        let active = self.keys.iter().filter(|held| held.is_active());
        active.map(|held| &held.key)
    }

    /// The keys that are not revoked, oldest first.
    fn known(&self) -> impl Iterator<Item = &Held> {
        let known = |held: &&Held| held.state != KeyState::Revoked;
        self.keys.iter().filter(known)
    }

    /// Every key whose countersignatures prove when something was made, oldest first: a key that was
    /// retired since was the server's own then.
    pub(crate) fn countersigners(&self) -> impl Iterator<Item = &SigningKey> {
        self.known().map(|held| &held.key)
    }

    /// The key that signs.
    #[must_use]
    pub fn signing(&self) -> &SigningKey {
        &self.newest
    }

    /// The key that signs what a terminal may check that was out of reach for as long as it may work
    /// so: the newest that is older than a certificate's age. Whoever has a certificate that counts has
    /// heard of it. Without one it is [`Keys::signing`].
    #[must_use]
    pub fn signing_for_offline(&self, now_ms: i64) -> &SigningKey {
        let known_ms = now_ms.saturating_sub(CERTIFICATE_AGE_MS);
        let heard_of = |held: &&Held| held.is_active() && held.since_ms <= known_ms;
        let held = self.keys.iter().rfind(heard_of);
        held.map_or(&self.newest, |held| &held.key)
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
        self.known().map(|held| held.key.verifying_key()).collect()
    }

    /// [`Keys::trusted`] as text, base64url: the trust root that a device gets with its code.
    #[must_use]
    pub fn trust_texts(&self) -> Vec<String> {
        self.active().map(public).collect()
    }

    /// Grows with each key that is added, retired or revoked.
    #[must_use]
    pub fn version(&self) -> i64 {
        // What a file from before versions were kept has counted up to.
        let counted = self.keys.iter().map(|held| match held.state {
            KeyState::Active => 1,
            KeyState::Retired => 2,
            KeyState::Revoked => 3,
        });
        let kept = self.keys.iter().map(|held| held.version).max();
        counted.sum::<i64>().max(kept.unwrap_or(0))
    }

    /// The list that devices take over. Retired keys sign it too: a device that knows only them is led
    /// to the newer ones, and one that knows them as retired does not listen to them.
    pub fn trust(&self) -> Result<SignedTrust> {
        let listed = |held: &Held| TrustedKey {
            key: public(&held.key),
            codes_only: !held.is_active(),
        };
        let list = TrustList {
            version: self.version(),
            keys: self.known().map(listed).collect(),
        };
        let signing = self.known().map(|held| &held.key);
        Ok(SignedTrust::seal(&list, signing)?)
    }

    /// The keys as lists show them, oldest first.
    #[must_use]
    pub fn rows(&self) -> Vec<KeyRow> {
        let row = |held: &Held| KeyRow {
            kid: id(&held.key),
            public_key: public(&held.key),
            state: held.state,
            signs: held.key.to_bytes() == self.newest.to_bytes(),
        };
        self.keys.iter().map(row).collect()
    }
}

impl Held {
    fn is_active(&self) -> bool {
        self.state == KeyState::Active
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
    use carrot_wire::trust::Trust;

    const NOW_MS: i64 = 1_760_000_000_000;

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
        assert!(
            versions.is_sorted_by(|one, next| one < next),
            "{versions:?}"
        );
        // What was revoked does not come back.
        let again = Keys::retire(folder.path(), &kid, false).unwrap();
        assert_eq!(again.rows()[0].state, KeyState::Revoked);
        assert_eq!(again.version(), revoked.version());
    }

    #[test]
    fn keys_from_a_backup_are_led_on_by_a_version_that_no_device_has_seen() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(KEYS_FILE);
        let first = id(Keys::open(folder.path()).unwrap().signing());
        let two = Keys::rotate_at(folder.path(), 1_000).unwrap();
        let backup = fs::read(&path).unwrap();
        let root = Trust::root(two.trusted());
        let retired = Keys::retire_at(folder.path(), &first, false, 2_000).unwrap();
        let held = retired.trust().unwrap().succeed(&root).unwrap().unwrap();
        fs::write(&path, backup).unwrap();
        let third = Keys::rotate_at(folder.path(), 3_000).unwrap();
        assert!(third.version() > held.version);
        let led = third.trust().unwrap().succeed(&held).unwrap().unwrap();
        assert!(led.keys.contains(&third.signing().verifying_key()));
        // The backup does not know that the first key was retired; the device does.
        let old = retired.code_keys()[0];
        assert!(!led.keys.contains(&old) && led.code_keys.contains(&old));
    }

    #[test]
    fn a_new_key_signs_for_offline_terminals_when_they_have_heard_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let first = Keys::open(folder.path()).unwrap();
        let rotated = Keys::rotate_at(folder.path(), NOW_MS).unwrap();
        let (old, new) = (first.signing().to_bytes(), rotated.signing().to_bytes());
        let at = |keys: &Keys, now_ms| keys.signing_for_offline(now_ms).to_bytes();
        assert_eq!(at(&rotated, NOW_MS), old);
        assert_eq!(at(&rotated, NOW_MS + CERTIFICATE_AGE_MS - 1), old);
        assert_eq!(at(&rotated, NOW_MS + CERTIFICATE_AGE_MS), new);
        let retired = Keys::retire_at(folder.path(), &id(first.signing()), false, NOW_MS).unwrap();
        assert_eq!(at(&retired, NOW_MS), new, "the only one that counts");
    }

    #[test]
    fn a_file_from_before_there_were_states_reads() {
        let seed = crypto::encode(&[7; 32]);
        let kid = id(&SigningKey::from_bytes(&[7; 32]));
        let text = format!(r#"[{{"kid":"{kid}","seed":"{seed}"}}]"#);
        assert_eq!(Keys::read(&text).unwrap().version(), 1);
    }
}
