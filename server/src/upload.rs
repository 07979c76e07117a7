//! Receives the bytes of a blob: counted and hashed while they come, put in place when they are
//! complete and right.

use std::path::{Path, PathBuf};

use axum::body::Body;
use carrot_wire::CallError;
use http_body_util::BodyExt as _;
use sha2::{Digest, Sha256};
use tokio::io::AsyncWriteExt as _;

use crate::error::{Error, Result};
use crate::store::Store;

/// Media types that a blob may have; anything that a browser would run is not among them.
const MEDIA_TYPES: [&str; 4] = ["image/jpeg", "image/png", "image/webp", OCTETS];
/// The type of a blob that names none.
const OCTETS: &str = "application/octet-stream";

/// Hex digits of a hash.
const HASH_DIGITS: usize = 64;

/// True for a SHA-256 in lower-case hex; only such a text may become a file's name.
pub(crate) fn is_hash(text: &str) -> bool {
    let digit = |digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f');
    text.len() == HASH_DIGITS && text.bytes().all(digit)
}

/// The media type of a blob by its name, without parameters. Refuses `media_type_unknown`.
pub(crate) fn media_type(named: Option<&str>) -> Result<String> {
    let plain = named.unwrap_or(OCTETS).split(';').next();
    let plain = plain.unwrap_or(OCTETS).trim();
    let known = MEDIA_TYPES
        .into_iter()
        .find(|known| known.eq_ignore_ascii_case(plain));
    known
        .map(str::to_owned)
        .ok_or_else(|| Error::refused("media_type_unknown", "a photo is JPEG, PNG or WebP"))
}

/// A file that is removed when it is dropped before [`Collected::settle`], whatever the reason: an
/// error, a refusal, or a device that hung up.
struct Collected(PathBuf);

impl Drop for Collected {
    fn drop(&mut self) {
        // What was settled is no longer here; what cannot be removed harms nobody.
        let _ = std::fs::remove_file(&self.0);
    }
}

impl Collected {
    /// Moves the complete file to its place, durably.
    async fn settle(self, place: &Path) -> Result<()> {
        let Some(folder) = place.parent() else {
            return Err(Error::Damaged("a blob without a folder".to_owned()));
        };
        tokio::fs::create_dir_all(folder).await?;
        tokio::fs::rename(&self.0, place).await?;
        #[cfg(unix)]
        tokio::fs::File::open(folder).await?.sync_all().await?;
        Ok(())
    }
}

/// Writes the body's bytes to their place in the data folder and answers how many there are. Refuses
/// more than `bytes_max` (`blob_too_large`), bytes of another hash (`blob_mismatch`) and a body that
/// breaks off (`bad_input`); then nothing stays behind, as when the disk is full.
pub(crate) async fn receive(
    store: &Store,
    sha256: &str,
    body: Body,
    bytes_max: usize,
) -> Result<i64> {
    let collected = Collected(store.blob_upload_path());
    let size = collect(&collected.0, sha256, body, bytes_max).await?;
    collected.settle(&store.blob_path(sha256)).await?;
    Ok(size)
}

/// The refusal of more bytes than may come.
pub(crate) fn too_large(bytes_max: usize) -> Error {
    let detail = format!("at most {bytes_max} bytes come so");
    Error::Refused(CallError::new("blob_too_large", detail).with("bytes_max", bytes_max))
}

/// The refusal of a body that broke off.
pub(crate) fn broke_off(error: impl std::fmt::Display) -> Error {
    Error::refused("bad_input", error.to_string())
}

async fn collect(path: &Path, sha256: &str, mut body: Body, bytes_max: usize) -> Result<i64> {
    let mut file = tokio::fs::File::create(path).await?;
    let (mut digest, mut size) = (Sha256::new(), 0_usize);
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(broke_off)?;
        let Ok(bytes) = frame.into_data() else {
            continue;
        };
        size = size.saturating_add(bytes.len());
        if size > bytes_max {
            return Err(too_large(bytes_max));
        }
        digest.update(&bytes);
        file.write_all(&bytes).await?;
    }
    if hex::encode(digest.finalize()) != sha256 {
        return Err(Error::refused(
            "blob_mismatch",
            "the bytes have another hash",
        ));
    }
    file.sync_all().await?;
    Ok(i64::try_from(size).unwrap_or(i64::MAX))
}
