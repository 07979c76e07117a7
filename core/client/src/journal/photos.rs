//! Photos beside the outbox: each in a sealed file of its own until the server has it, so that a queue
//! made anew from the journal keeps what its commands name.
//!
//! A file is `CRP1`, a nonce of twelve bytes, and the sealed photo: its media type and the instant when
//! it was kept, as JSON with a line's end, then its bytes. The mark and the hash in the file's name are
//! authenticated with it.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use ring::aead::{Aad, LessSafeKey, Nonce};
use serde::{Deserialize, Serialize};

use super::format::NONCE_BYTES;
use super::{Journal, blocking};
use crate::error::{ClientError, Result};
use crate::keys::{SystemEntropy, random_bytes};

/// The folder of the files in the membership's folder.
pub const PHOTOS_FOLDER: &str = "photos";
/// What a file begins with.
const MARK: [u8; 4] = *b"CRP1";
/// Hex digits of a hash: only such a name is a photo's.
const HASH_DIGITS: usize = 64;

/// What is kept beside a photo's bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoHead {
    /// Media type.
    pub mime: String,
    /// When it was kept, UTC milliseconds by the device's wall clock.
    pub created_ms: i64,
}

impl Journal {
    fn photo_path(&self, sha256: &str) -> PathBuf {
        self.path.with_file_name(PHOTOS_FOLDER).join(sha256)
    }

    /// Keeps a photo, durably. Without room for it the outbox alone has it.
    pub async fn keep_photo(&self, sha256: &str, head: &PhotoHead, bytes: &[u8]) {
        if let Err(error) = self.keep_photo_or_fail(sha256, head, bytes).await {
            tracing::warn!(%error, "a photo could not be kept beside the outbox");
        }
    }

    async fn keep_photo_or_fail(&self, sha256: &str, head: &PhotoHead, bytes: &[u8]) -> Result<()> {
        let mut text = serde_json::to_vec(head)?;
        text.push(b'\n');
        text.extend_from_slice(bytes);
        let nonce: [u8; NONCE_BYTES] = random_bytes(&SystemEntropy)?;
        let refused = |_| ClientError::Storage("a photo cannot be sealed".to_owned());
        let aad = Aad::from(authenticated(sha256));
        self.key
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), aad, &mut text)
            .map_err(refused)?;
        let path = self.photo_path(sha256);
        blocking(move || {
            let folder = path.with_file_name("");
            fs::create_dir_all(&folder)?;
            let fresh = path.with_extension("new");
            let mut file = File::create(&fresh)?;
            let written = file
                .write_all(&MARK)
                .and_then(|()| file.write_all(&nonce))
                .and_then(|()| file.write_all(&text))
                .and_then(|()| file.sync_all());
            if let Err(error) = written {
                // Half a photo helps nobody.
                let _ = fs::remove_file(&fresh);
                return Err(error);
            }
            fs::rename(&fresh, &path)?;
            #[cfg(unix)]
            File::open(&folder)?.sync_all()?;
            Ok(())
        })
        .await
    }

    /// The server has it.
    pub async fn drop_photo(&self, sha256: &str) {
        let path = self.photo_path(sha256);
        let removed = blocking(move || match fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        });
        if let Err(error) = removed.await {
            tracing::warn!(%error, "a photo's copy stays beside the outbox");
        }
    }

    /// The hashes of the photos that are kept.
    pub async fn photos(&self) -> Result<Vec<String>> {
        let folder = self.path.with_file_name(PHOTOS_FOLDER);
        blocking(move || {
            let mut names = Vec::new();
            if !folder.exists() {
                return Ok(names);
            }
            for entry in fs::read_dir(folder)? {
                let name = entry?.file_name().to_string_lossy().into_owned();
                let hash = name.len() == HASH_DIGITS && hex::decode(&name).is_ok();
                names.extend(hash.then_some(name));
            }
            Ok(names)
        })
        .await
    }

    /// A photo that is kept; none when its file does not open or holds another one.
    pub async fn kept_photo(&self, sha256: &str) -> Result<Option<(PhotoHead, Vec<u8>)>> {
        let (path, key) = (self.photo_path(sha256), Arc::clone(&self.key));
        let bytes = blocking(move || fs::read(path)).await?;
        let opened = opened(bytes, sha256, &key);
        let right = |(_, bytes): &(PhotoHead, Vec<u8>)| {
            carrot_wire::crypto::hash(&[bytes.as_slice()]) == sha256
        };
        Ok(opened.filter(right))
    }
}

/// What the seal covers besides the photo.
fn authenticated(sha256: &str) -> Vec<u8> {
    [MARK.as_slice(), sha256.as_bytes()].concat()
}

fn opened(mut bytes: Vec<u8>, sha256: &str, key: &LessSafeKey) -> Option<(PhotoHead, Vec<u8>)> {
    let rest = bytes.strip_prefix(&MARK)?;
    let nonce = Nonce::try_assume_unique_for_key(rest.get(..NONCE_BYTES)?).ok()?;
    let sealed = bytes.get_mut(MARK.len() + NONCE_BYTES..)?;
    let aad = Aad::from(authenticated(sha256));
    let text = key.open_in_place(nonce, aad, sealed).ok()?;
    let end = text.iter().position(|byte| *byte == b'\n')?;
    let (head, photo) = text.split_at_checked(end)?;
    let head = serde_json::from_slice(head).ok()?;
    Some((head, photo.get(1..)?.to_vec()))
}
