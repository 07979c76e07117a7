//! Blobs that come in parts: how far each device has come with each. The bytes so far are a file beside
//! the blobs; a part counts once its row says so.

use std::path::PathBuf;

use carrot_wire::limits::BLOB_UNENDED_AGE_MS_MAX;
use uuid::Uuid;

use super::{BLOBS_FOLDER, Store, Tx};
use crate::db;
use crate::error::Result;

/// The folder of what has come in part, in the folder of blobs.
const PARTS_FOLDER: &str = "parts";
/// The most that one sweep forgets in one programme; the next one goes on.
const SWEPT_MAX: i64 = 1_000;

/// How far a device has come with a blob.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartRow {
    /// The device that brings it.
    pub device: Uuid,
    /// SHA-256 of the whole, hex.
    pub sha256: String,
    /// Bytes of the whole.
    pub size: i64,
    /// Media type.
    pub mime: String,
    /// Bytes that are here, from the beginning on.
    pub received: i64,
}

impl Store {
    /// Where the bytes of a blob in parts are. `sha256` must be 64 lower-case hex digits.
    #[must_use]
    pub fn part_path(&self, device: Uuid, sha256: &str) -> PathBuf {
        self.parts_folder().join(format!("{device}-{sha256}"))
    }

    /// The folder of what has come in part.
    #[must_use]
    pub fn parts_folder(&self) -> PathBuf {
        self.data().join(BLOBS_FOLDER).join(PARTS_FOLDER)
    }

    /// How far a device has come with a blob; none when it has not begun.
    pub async fn part(
        &self,
        programme: Uuid,
        device: Uuid,
        sha256: &str,
    ) -> Result<Option<PartRow>> {
        let row: Option<(i64, String, i64)> = db::query_as(
            "SELECT size, mime, received FROM blob_part
             WHERE programme_id = ? AND device_id = ? AND sha256 = ?",
        )
        .bind(programme.to_string())
        .bind(device.to_string())
        .bind(sha256)
        .fetch_optional(self.reads(programme))
        .await?;
        Ok(row.map(|(size, mime, received)| PartRow {
            device,
            sha256: sha256.to_owned(),
            size,
            mime,
            received,
        }))
    }

    /// How many blobs a device has begun and not ended, and the bytes that they will have.
    pub async fn unended_parts(&self, programme: Uuid, device: Uuid) -> Result<(i64, i64)> {
        Ok(db::query_as(
            "SELECT count(*), coalesce(sum(size), 0) FROM blob_part
             WHERE programme_id = ? AND device_id = ?",
        )
        .bind(programme.to_string())
        .bind(device.to_string())
        .fetch_one(self.reads(programme))
        .await?)
    }

    /// Forgets what was begun in a programme and got no part for [`BLOB_UNENDED_AGE_MS_MAX`]. Answers
    /// how many.
    pub(crate) async fn sweep_parts(&self, programme: Uuid, now_ms: i64) -> Result<u64> {
        let before_ms = now_ms.saturating_sub(BLOB_UNENDED_AGE_MS_MAX);
        let old: Vec<(String, String)> = db::query_as(
            "SELECT device_id, sha256 FROM blob_part
             WHERE programme_id = ? AND touched_ms < ? ORDER BY touched_ms LIMIT ?",
        )
        .bind(programme.to_string())
        .bind(before_ms)
        .bind(SWEPT_MAX)
        .fetch_all(self.reads(programme))
        .await?;
        let mut swept = 0;
        for (device, sha256) in old {
            let Ok(device) = Uuid::parse_str(&device) else {
                continue;
            };
            let mut tx = self.begin(programme).await?;
            let gone = tx.forget_part(device, &sha256, before_ms).await?;
            tx.commit().await?;
            if gone {
                forget_file(&self.part_path(device, &sha256)).await;
                swept += 1;
            }
        }
        Ok(swept)
    }
}

/// Removes the bytes of a part whose row is gone; what is left after a crash is written over or swept.
pub(crate) async fn forget_file(path: &std::path::Path) {
    if let Err(error) = tokio::fs::remove_file(path).await
        && error.kind() != std::io::ErrorKind::NotFound
    {
        tracing::warn!(%error, path = %path.display(), "a part could not be removed");
    }
}

impl Tx {
    /// Notes that a device begins to bring a blob; one that it has begun stays where it is.
    pub async fn begin_part(&mut self, part: &PartRow) -> Result<()> {
        let (programme, now_ms) = (self.key(), self.now_ms());
        db::query(
            "INSERT INTO blob_part (programme_id, device_id, sha256, size, mime, received, touched_ms)
             VALUES (?, ?, ?, ?, ?, 0, ?) ON CONFLICT DO NOTHING",
        )
        .bind(programme)
        .bind(part.device.to_string())
        .bind(&part.sha256)
        .bind(part.size)
        .bind(&part.mime)
        .bind(now_ms)
        .execute(self.conn())
        .await?;
        Ok(())
    }

    /// Notes that the bytes from one offset up to another are here. False when the device stands
    /// elsewhere by now.
    pub async fn advance_part(&mut self, part: &PartRow, from: i64, to: i64) -> Result<bool> {
        let (programme, now_ms) = (self.key(), self.now_ms());
        let done = db::query(
            "UPDATE blob_part SET received = ?, touched_ms = ?
             WHERE programme_id = ? AND device_id = ? AND sha256 = ? AND received = ?",
        )
        .bind(to)
        .bind(now_ms)
        .bind(programme)
        .bind(part.device.to_string())
        .bind(&part.sha256)
        .bind(from)
        .execute(self.conn())
        .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Forgets how far a device has come, unless it went on at this instant (UTC milliseconds) or later.
    /// True when there was something to forget.
    pub async fn forget_part(
        &mut self,
        device: Uuid,
        sha256: &str,
        before_ms: i64,
    ) -> Result<bool> {
        let programme = self.key();
        let done = db::query(
            "DELETE FROM blob_part
             WHERE programme_id = ? AND device_id = ? AND sha256 = ? AND touched_ms < ?",
        )
        .bind(programme)
        .bind(device.to_string())
        .bind(sha256)
        .bind(before_ms)
        .execute(self.conn())
        .await?;
        Ok(done.rows_affected() > 0)
    }
}
