//! Blobs: photos by the hash of their bytes. Bytes are files in the data folder, what is known about
//! them is in the database, and a row exists only for bytes that are complete.

use std::path::PathBuf;

use uuid::Uuid;

use super::programme::uuid_or_none;
use super::{Store, Tx};
use crate::db;
use crate::error::Result;

/// The folder of blobs in the data folder.
pub const BLOBS_FOLDER: &str = "blobs";
/// What the name of an upload that has not ended begins with.
pub const UPLOAD_PREFIX: &str = "upload-";

/// What is known about a blob.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlobRow {
    /// SHA-256, hex.
    pub sha256: String,
    /// Bytes.
    pub size: i64,
    /// Media type.
    pub mime: String,
    /// The device that brought it.
    pub device: Option<Uuid>,
}

impl Store {
    /// Where the bytes of a hash are, or would be. `sha256` must be 64 lower-case hex digits.
    #[must_use]
    pub fn blob_path(&self, sha256: &str) -> PathBuf {
        let folder: String = sha256.chars().take(2).collect();
        self.data().join(BLOBS_FOLDER).join(folder).join(sha256)
    }

    /// Where an upload is collected until its hash is known to be right.
    #[must_use]
    pub fn blob_upload_path(&self) -> PathBuf {
        self.data()
            .join(BLOBS_FOLDER)
            .join(format!("{UPLOAD_PREFIX}{}", Uuid::new_v4()))
    }

    /// A blob of the programme whose bytes are in the data folder. A row alone, as after a restore without
    /// that folder, is none: then whoever has the bytes brings them again.
    pub async fn blob(&self, programme: Uuid, sha256: &str) -> Result<Option<BlobRow>> {
        let row: Option<(String, i64, String, Option<String>)> = db::query_as(
            "SELECT sha256, size, mime, device_id FROM blob WHERE programme_id = ? AND sha256 = ?",
        )
        .bind(programme.to_string())
        .bind(sha256)
        .fetch_optional(self.reads(programme))
        .await?;
        let Some((sha256, size, mime, device)) = row else {
            return Ok(None);
        };
        let bytes = tokio::fs::metadata(self.blob_path(&sha256)).await;
        if !bytes.is_ok_and(|bytes| i64::try_from(bytes.len()) == Ok(size)) {
            return Ok(None);
        }
        Ok(Some(BlobRow {
            sha256,
            size,
            mime,
            device: uuid_or_none(device)?,
        }))
    }
}

impl Store {
    /// Bytes of the blobs that a device brought since an instant (UTC milliseconds).
    pub async fn blob_bytes_since(
        &self,
        programme: Uuid,
        device: Uuid,
        since_ms: i64,
    ) -> Result<i64> {
        let bytes: i64 = db::query_scalar(
            "SELECT coalesce(sum(size), 0) FROM blob
             WHERE programme_id = ? AND device_id = ? AND received_ms >= ?",
        )
        .bind(programme.to_string())
        .bind(device.to_string())
        .bind(since_ms)
        .fetch_one(self.reads(programme))
        .await?;
        Ok(bytes)
    }
}

impl Tx {
    /// Notes a blob whose bytes are in place; a second time changes nothing.
    pub async fn put_blob(&mut self, blob: &BlobRow) -> Result<()> {
        let (programme, now_ms) = (self.key(), self.now_ms());
        db::query(
            "INSERT INTO blob (programme_id, sha256, size, mime, received_ms, device_id) VALUES (?, ?, ?, ?, ?, ?)
             ON CONFLICT DO NOTHING",
        )
        .bind(programme)
        .bind(&blob.sha256)
        .bind(blob.size)
        .bind(&blob.mime)
        .bind(now_ms)
        .bind(blob.device.map(|id| id.to_string()))
        .execute(self.conn())
        .await?;
        Ok(())
    }
}
