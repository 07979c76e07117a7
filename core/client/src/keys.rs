//! A membership's two secrets: the signing seed and the key of its databases. They live in the
//! platform's keyring, or in a file that only its owner may read where a person chose that.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use carrot_wire::entropy::{Entropy, NoEntropy, draw};
use ed25519_dalek::SigningKey;
use serde::{Deserialize, Serialize};

use crate::error::{ClientError, Result};

/// The service under which the keyring files the keys.
pub const KEYRING_SERVICE: &str = "app.carrot";

/// Where secrets are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyChoice {
    /// In the platform's keyring.
    Keyring,
    /// In a file beside the databases, readable by its owner: for headless machines only.
    InsecureFile,
}

/// The secrets of a membership.
#[derive(Clone)]
pub struct Keys {
    /// Signs commands and challenges.
    pub signing: SigningKey,
    /// Raw key of both databases.
    pub database: [u8; 32],
}

#[derive(Serialize, Deserialize)]
struct Stored {
    seed: String,
    database: String,
}

/// Random bytes of the operating system.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, bytes: &mut [u8]) -> std::result::Result<(), NoEntropy> {
        getrandom::fill(bytes).map_err(|error| NoEntropy(error.to_string()))
    }
}

/// So many bytes of a source.
pub fn random_bytes<const N: usize>(entropy: &dyn Entropy) -> Result<[u8; N]> {
    draw(entropy).map_err(|error| ClientError::Storage(error.to_string()))
}

impl Keys {
    /// New secrets.
    pub fn generate(entropy: &dyn Entropy) -> Result<Self> {
        Ok(Self {
            signing: SigningKey::from_bytes(&random_bytes(entropy)?),
            database: random_bytes(entropy)?,
        })
    }

    fn to_text(&self) -> Result<String> {
        Ok(serde_json::to_string(&Stored {
            seed: hex::encode(self.signing.to_bytes()),
            database: hex::encode(self.database),
        })?)
    }

    fn from_text(text: &str) -> Result<Self> {
        let damaged = || ClientError::KeyMissing("what is stored is not a pair of keys".to_owned());
        let stored: Stored = serde_json::from_str(text).map_err(|_| damaged())?;
        let bytes = |text: &str| -> Result<[u8; 32]> {
            let bytes = hex::decode(text).map_err(|_| damaged())?;
            bytes.try_into().map_err(|_| damaged())
        };
        Ok(Self {
            signing: SigningKey::from_bytes(&bytes(&stored.seed)?),
            database: bytes(&stored.database)?,
        })
    }
}

/// One place for one membership's secrets.
#[derive(Debug, Clone)]
pub enum KeyPlace {
    /// An entry of the keyring, by its user name.
    Keyring(String),
    /// A file.
    File(PathBuf),
}

impl KeyPlace {
    /// The place of a membership's secrets.
    #[must_use]
    pub fn of(choice: KeyChoice, folder_id: &str, programme: &str, membership_dir: &Path) -> Self {
        match choice {
            KeyChoice::Keyring => Self::Keyring(format!("{folder_id}:{programme}")),
            KeyChoice::InsecureFile => Self::File(membership_dir.join("keys.json")),
        }
    }

    /// Makes sure that the place can be used, before anything depends on it.
    pub async fn probe(&self) -> Result<()> {
        match self.read().await {
            Ok(_) | Err(ClientError::KeyMissing(_)) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Reads the secrets. Errors `key_missing` and `keyring_unavailable`.
    pub async fn read(&self) -> Result<Keys> {
        let place = self.clone();
        blocking(move || Keys::from_text(&place.read_text()?)).await
    }

    /// Stores the secrets.
    pub async fn write(&self, keys: &Keys) -> Result<()> {
        let (place, text) = (self.clone(), keys.to_text()?);
        blocking(move || place.write_text(&text)).await
    }

    fn read_text(&self) -> Result<String> {
        match self {
            Self::Keyring(user) => entry(user)?.get_password().map_err(|error| match error {
                keyring_core::Error::NoEntry => {
                    ClientError::KeyMissing(format!("no entry {user} under {KEYRING_SERVICE}"))
                }
                other => ClientError::KeyringUnavailable(other.to_string()),
            }),
            Self::File(path) => fs::read_to_string(path)
                .map_err(|error| ClientError::KeyMissing(format!("{}: {error}", path.display()))),
        }
    }

    fn write_text(&self, text: &str) -> Result<()> {
        match self {
            Self::Keyring(user) => entry(user)?
                .set_password(text)
                .map_err(|error| ClientError::KeyringUnavailable(error.to_string())),
            Self::File(path) => write_private(path, text),
        }
    }
}

/// Keyrings answer over a bus and may take a while.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| ClientError::KeyringUnavailable(error.to_string()))?
}

/// An entry of the keyring. A host that has set a credential store of its own keeps it.
fn entry(user: &str) -> Result<keyring_core::Entry> {
    let unavailable = |error: String| ClientError::KeyringUnavailable(error);
    if keyring_core::get_default_store().is_none()
        && let Err(error) = keyring::Entry::store_status()
    {
        return Err(unavailable(error.to_string()));
    }
    keyring_core::Entry::new(KEYRING_SERVICE, user).map_err(|error| unavailable(error.to_string()))
}

fn write_private(path: &Path, text: &str) -> Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    Ok(())
}
