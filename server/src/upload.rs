//! Receives the bytes of a blob: counted and hashed while they come, put in place when they are
//! complete and right.

use axum::body::Body;
use carrot_wire::limits::BLOB_BYTES_MAX;
use http_body_util::BodyExt as _;
use sha2::{Digest, Sha256};
use std::path::Path;
use tokio::io::AsyncWriteExt as _;

use crate::error::{Error, Result};
use crate::store::Store;

/// Writes the body's bytes to their place in the data folder and answers how many there are. Refuses
/// more than [`BLOB_BYTES_MAX`] (`blob_too_large`), bytes of another hash (`blob_mismatch`) and a
/// body that breaks off (`bad_input`); then nothing stays behind.
pub(crate) async fn receive(store: &Store, sha256: &str, body: Body) -> Result<i64> {
    let collected = store.blob_upload_path();
    let place = store.blob_path(sha256);
    let done = match collect(&collected, sha256, body).await {
        Ok(size) => settle(&collected, &place).await.map(|()| size),
        Err(error) => Err(error),
    };
    if done.is_err() {
        // The refusal matters more than a file that cannot be removed.
        let _ = tokio::fs::remove_file(&collected).await;
    }
    done
}

async fn settle(collected: &Path, place: &Path) -> Result<()> {
    if let Some(folder) = place.parent() {
        tokio::fs::create_dir_all(folder).await?;
    }
    Ok(tokio::fs::rename(collected, place).await?)
}

async fn collect(path: &Path, sha256: &str, mut body: Body) -> Result<i64> {
    let mut file = tokio::fs::File::create(path).await?;
    let (mut digest, mut size) = (Sha256::new(), 0_usize);
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| Error::refused("bad_input", error.to_string()))?;
        let Ok(bytes) = frame.into_data() else {
            continue;
        };
        size = size.saturating_add(bytes.len());
        if size > BLOB_BYTES_MAX {
            return Err(Error::refused("blob_too_large", "a blob is at most 2 MiB"));
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
