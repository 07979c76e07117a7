//! The queue as a file: what the server does not have yet, sealed, to be carried to it by hand when the
//! device cannot send. The commands are signed as ever; whoever takes them in gives each its verdict
//! once, however often and by whichever way they arrive.

use std::path::PathBuf;

use carrot_sync::outbox::State;
use carrot_wire::crypto;
use carrot_wire::handover::{HandedPhoto, Handover};
use hmac::{Hmac, KeyInit, Mac as _};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};
use sha2::Sha256;

use crate::error::{ClientError, Result};
use crate::keys::random_bytes;
use crate::membership::Membership;
use crate::outbox::{Outbox, failed};
use uuid::Uuid;

/// What a file begins with.
const MARK: &[u8] = b"CRQ1";
const NONCE_BYTES: usize = 12;
/// Separates this key from every other.
const KEY_DOMAIN: &[u8] = b"carrot/handover/v1";
/// Random bytes of a secret: enough that trying them all is no way in.
const SECRET_BYTES: usize = 12;
/// Hex digits of a secret that stand together.
const GROUP_DIGITS: usize = 4;
/// The folder of such files in the device's folder.
const FOLDER: &str = "handover";

/// A queue that was written to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// The file.
    pub path: PathBuf,
    /// What opens it. It is shown once and kept nowhere.
    pub secret: String,
    /// Commands in it.
    pub commands: u64,
    /// Photos in it.
    pub photos: u64,
}

impl Membership {
    /// Writes what the server does not have yet to a sealed file. The queue stays as it is. Errors
    /// `nothing_to_export`, `storage_failed`.
    pub async fn export_queue(&self) -> Result<Exported> {
        let handover = self.handover().await?;
        if handover.commands.is_empty() && handover.photos.is_empty() {
            let detail = "the server has everything that was made here";
            return Err(ClientError::call("nothing_to_export", detail));
        }
        let secret = secret_text(random_bytes(self.entropy.as_ref())?);
        let nonce = random_bytes(self.entropy.as_ref())?;
        let sealed = seal(&handover, &secret, nonce)?;
        let folder = self.dir.join(FOLDER);
        tokio::fs::create_dir_all(&folder).await?;
        let name = format!("queue-{}-{}.carrot", self.device_id(), self.clock.now_ms());
        let path = folder.join(name);
        let half = path.with_extension("half");
        tokio::fs::write(&half, sealed).await?;
        tokio::fs::File::open(&half).await?.sync_all().await?;
        tokio::fs::rename(&half, &path).await?;
        let count = |length: usize| u64::try_from(length).unwrap_or(u64::MAX);
        Ok(Exported {
            path,
            secret,
            commands: count(handover.commands.len()),
            photos: count(handover.photos.len()),
        })
    }

    async fn handover(&self) -> Result<Handover> {
        let (programme_id, device_id) = (self.programme_id(), self.device_id());
        self.outbox
            .handover(programme_id, device_id, self.now_ms())
            .await
    }
}

impl Outbox {
    /// What the server does not have yet of a device's commands and photos.
    pub(crate) async fn handover(
        &self,
        programme_id: Uuid,
        device_id: Uuid,
        made_ms: i64,
    ) -> Result<Handover> {
        let waiting = [State::Queued, State::Sending, State::Blocked];
        let rows = self.rows(&waiting, i64::MAX).await?;
        let photos: Vec<(String, String, Vec<u8>)> = sqlx::query_as(
            "SELECT sha256, mime, bytes FROM photo WHERE uploaded = 0 AND bytes IS NOT NULL AND \
             EXISTS (SELECT 1 FROM attachment JOIN command USING (device_seq) WHERE \
             attachment.sha256 = photo.sha256 AND command.state <> ?1) ORDER BY created_ms",
        )
        .bind(State::Rejected.as_str())
        .fetch_all(self.db().reader())
        .await
        .map_err(failed)?;
        let photos = photos.into_iter().map(|(sha256, mime, bytes)| HandedPhoto {
            sha256,
            mime,
            bytes: crypto::encode(&bytes),
        });
        Ok(Handover {
            programme_id,
            device_id,
            made_ms,
            commands: rows.into_iter().map(|row| row.envelope).collect(),
            photos: photos.collect(),
        })
    }
}

/// The secret as people copy it: hex digits in groups.
fn secret_text(bytes: [u8; SECRET_BYTES]) -> String {
    let digits: Vec<char> = hex::encode(bytes).chars().collect();
    let groups = digits.chunks(GROUP_DIGITS);
    let groups: Vec<String> = groups.map(|group| group.iter().collect()).collect();
    groups.join("-")
}

/// Spaces, dashes and capital letters make no difference.
fn key_of(secret: &str) -> Result<LessSafeKey> {
    let digits = secret.chars().filter(char::is_ascii_alphanumeric);
    let plain: String = digits.map(|digit| digit.to_ascii_lowercase()).collect();
    let fault = || ClientError::Storage("a key could not be made".to_owned());
    let mut mac = Hmac::<Sha256>::new_from_slice(KEY_DOMAIN).map_err(|_| fault())?;
    mac.update(plain.as_bytes());
    let key = UnboundKey::new(&CHACHA20_POLY1305, &mac.finalize().into_bytes());
    key.map(LessSafeKey::new).map_err(|_| fault())
}

fn seal(handover: &Handover, secret: &str, nonce: [u8; NONCE_BYTES]) -> Result<Vec<u8>> {
    let mut sealed = serde_json::to_vec(handover)?;
    key_of(secret)?
        .seal_in_place_append_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::from(MARK),
            &mut sealed,
        )
        .map_err(|_| ClientError::Storage("the queue could not be sealed".to_owned()))?;
    Ok([MARK, &nonce, &sealed].concat())
}

/// Opens a file that [`Membership::export_queue`] wrote. Errors `not_a_queue_file` for other bytes and
/// `wrong_secret` when the secret does not open it or the file was changed.
pub fn open(bytes: &[u8], secret: &str) -> Result<Handover> {
    let foreign = || ClientError::call("not_a_queue_file", "not a file of waiting commands");
    let rest = bytes.strip_prefix(MARK).ok_or_else(foreign)?;
    let (nonce, sealed) = rest
        .split_first_chunk::<NONCE_BYTES>()
        .ok_or_else(foreign)?;
    let mut plain = sealed.to_vec();
    let opened = key_of(secret)?
        .open_in_place(
            Nonce::assume_unique_for_key(*nonce),
            Aad::from(MARK),
            &mut plain,
        )
        .map_err(|_| {
            let detail = "the secret does not open this file, or the file was changed";
            ClientError::call("wrong_secret", detail)
        })?;
    serde_json::from_slice(opened).map_err(|_| foreign())
}
