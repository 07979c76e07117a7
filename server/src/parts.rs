//! Takes in a large blob part by part. A part is written where it belongs and counts once its row says
//! so; when the last one is here the whole is hashed while it is copied to its place. A device works at
//! a file of its own: what it spoils is its own upload.

use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use axum::body::Body;
use carrot_wire::CallError;
use carrot_wire::blob::{CODE_CONFLICT, OFFSET, PartReply};
use carrot_wire::limits::{
    BLOB_BYTES_MAX, BLOB_PART_BYTES_MAX, BLOB_UNENDED_AGE_MS_MAX, BLOB_UNENDED_MAX,
};
use futures_util::stream::{self, Stream};
use http_body_util::BodyExt as _;
use tokio::io::AsyncReadExt as _;

use crate::error::{Error, Result};
use crate::store::part::forget_file;
use crate::store::{BLOBS_FOLDER, BlobRow, Device, PartRow, Store};
use crate::upload;

/// Bytes that are read at once when the whole is hashed.
const COPY_BYTES: usize = 64 * 1024;

/// How long a device with too many begun blobs waits before the next attempt, seconds.
const UNENDED_WAIT_S: i64 = 3_600;

/// A part, as a device names it.
pub(crate) struct Part<'a> {
    /// Hash of the whole.
    pub sha256: &'a str,
    /// Media type of the whole.
    pub mime: String,
    /// Where it begins, bytes.
    pub offset: u64,
    /// Bytes of the whole.
    pub size: u64,
}

/// How much of a blob has come from a device.
pub(crate) async fn progress(store: &Store, device: &Device, sha256: &str) -> Result<PartReply> {
    if let Some(whole) = store.blob(device.programme, sha256).await? {
        return Ok(PartReply {
            offset: whole.size.unsigned_abs(),
            complete: true,
        });
    }
    let row = store.part(device.programme, device.id, sha256).await?;
    let offset = match row {
        Some(row) if is_here(store, &row) => row.received.unsigned_abs(),
        Some(_) | None => 0,
    };
    Ok(PartReply {
        offset,
        complete: false,
    })
}

/// Takes the next part. Refuses `blob_too_large`, `bad_input` (a body that breaks off, a part outside
/// the whole), `offset_conflict` with where to go on, `too_many_parts`, and `blob_mismatch` when the
/// whole has another hash; then what came is forgotten.
pub(crate) async fn take(
    store: &Store,
    device: &Device,
    part: &Part<'_>,
    body: Body,
) -> Result<PartReply> {
    let size = usize::try_from(part.size).ok();
    let Some(size) = size.filter(|size| *size <= BLOB_BYTES_MAX) else {
        return Err(upload::too_large(BLOB_BYTES_MAX));
    };
    let bytes = gathered(body).await?;
    if store.blob(device.programme, part.sha256).await?.is_some() {
        forget(store, device, part.sha256).await?;
        return progress(store, device, part.sha256).await;
    }
    let offset = usize::try_from(part.offset).unwrap_or(usize::MAX);
    let end = offset.saturating_add(bytes.len());
    if end > size || size == 0 || (bytes.is_empty() && offset < size) {
        return Err(Error::refused("bad_input", "a part outside the whole"));
    }
    let row = begun(store, device, part).await?;
    if row.received.unsigned_abs() != part.offset {
        return Err(conflict(row.received));
    }
    let (from, to) = (as_i64(offset), as_i64(end));
    write(&store.part_path(device.id, part.sha256), from, bytes).await?;
    let mut tx = store.begin(device.programme).await?;
    let first = tx.advance_part(&row, from, to).await?;
    tx.commit().await?;
    if !first {
        let row = store.part(device.programme, device.id, part.sha256).await?;
        return Err(conflict(row.map_or(0, |row| row.received)));
    }
    if end == size {
        return end_with(store, device, &row).await;
    }
    Ok(PartReply {
        offset: to.unsigned_abs(),
        complete: false,
    })
}

fn as_i64(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn conflict(received: i64) -> Error {
    let detail = "the part does not begin where the last one ended";
    Error::Refused(CallError::new(CODE_CONFLICT, detail).with(OFFSET, received))
}

/// The bytes of a part: few enough to be held until all are here, so that half of one leaves nothing.
async fn gathered(mut body: Body) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    while let Some(frame) = body.frame().await {
        let Ok(more) = frame.map_err(upload::broke_off)?.into_data() else {
            continue;
        };
        if bytes.len().saturating_add(more.len()) > BLOB_PART_BYTES_MAX {
            return Err(upload::too_large(BLOB_PART_BYTES_MAX));
        }
        bytes.extend_from_slice(&more);
    }
    Ok(bytes)
}

/// True when the file has as much as the row says; a restored back-up has rows without files.
fn is_here(store: &Store, row: &PartRow) -> bool {
    let found = std::fs::metadata(store.part_path(row.device, &row.sha256));
    row.received == 0 || found.is_ok_and(|file| file.len() >= row.received.unsigned_abs())
}

/// The row of what the device has begun; it begins with the first part, and anew when its bytes were
/// lost or another size is named.
async fn begun(store: &Store, device: &Device, part: &Part<'_>) -> Result<PartRow> {
    let size = i64::try_from(part.size).unwrap_or(i64::MAX);
    if let Some(row) = store.part(device.programme, device.id, part.sha256).await? {
        if row.size == size && is_here(store, &row) {
            return Ok(row);
        }
        forget(store, device, part.sha256).await?;
    }
    if part.offset != 0 {
        return Err(conflict(0));
    }
    let (unended, _) = store.unended_parts(device.programme, device.id).await?;
    if unended >= i64::from(BLOB_UNENDED_MAX) {
        let detail = "too many photos are begun and not ended";
        let call = CallError::new("too_many_parts", detail)
            .with("max", BLOB_UNENDED_MAX)
            .with("wait_s", UNENDED_WAIT_S);
        return Err(Error::Refused(call));
    }
    let row = PartRow {
        device: device.id,
        sha256: part.sha256.to_owned(),
        size,
        mime: part.mime.clone(),
        received: 0,
    };
    let mut tx = store.begin(device.programme).await?;
    tx.begin_part(&row).await?;
    tx.commit().await?;
    Ok(row)
}

async fn forget(store: &Store, device: &Device, sha256: &str) -> Result<()> {
    let mut tx = store.begin(device.programme).await?;
    let gone = tx.forget_part(device.id, sha256, i64::MAX).await?;
    tx.commit().await?;
    if gone {
        forget_file(&store.part_path(device.id, sha256)).await;
    }
    Ok(())
}

/// Writes bytes where they belong, durably. Without room for all of them the file is as before.
async fn write(path: &Path, offset: i64, bytes: Vec<u8>) -> Result<()> {
    let (path, offset) = (path.to_owned(), offset.unsigned_abs());
    let work = move || -> std::io::Result<()> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let mut file = std::fs::File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)?;
        file.seek(SeekFrom::Start(offset))?;
        let written = file.write_all(&bytes).and_then(|()| file.sync_data());
        if written.is_err() {
            // What stays is written over by the next attempt; what it failed for is the answer.
            let _ = file.set_len(offset);
        }
        written
    };
    let done = tokio::task::spawn_blocking(work).await;
    Ok(done.map_err(std::io::Error::other)??)
}

/// All parts are here: the whole goes to its place if its hash is right.
async fn end_with(store: &Store, device: &Device, row: &PartRow) -> Result<PartReply> {
    let path = store.part_path(device.id, &row.sha256);
    let received = match tokio::fs::File::open(&path).await {
        Ok(file) => {
            let body = Body::from_stream(pieces(file));
            upload::receive(store, &row.sha256, body, BLOB_BYTES_MAX).await
        }
        Err(error) => Err(error.into()),
    };
    let size = match received {
        Ok(size) => size,
        Err(error) => {
            if matches!(&error, Error::Refused(_)) || is_gone(&error) {
                forget(store, device, &row.sha256).await?;
            }
            let known = store.blob(device.programme, &row.sha256).await?;
            return match known {
                // The same part came twice at once, and the other one was quicker.
                Some(_) => progress(store, device, &row.sha256).await,
                None if is_gone(&error) => Err(conflict(0)),
                None => Err(error),
            };
        }
    };
    let blob = BlobRow {
        sha256: row.sha256.clone(),
        size,
        mime: row.mime.clone(),
        device: Some(device.id),
    };
    let mut tx = store.begin(device.programme).await?;
    tx.put_blob(&blob).await?;
    tx.forget_part(device.id, &row.sha256, i64::MAX).await?;
    tx.commit().await?;
    forget_file(&path).await;
    Ok(PartReply {
        offset: size.unsigned_abs(),
        complete: true,
    })
}

/// The bytes of a file, piece by piece.
fn pieces(file: tokio::fs::File) -> impl Stream<Item = std::io::Result<Vec<u8>>> {
    stream::try_unfold(file, |mut file| async move {
        let mut bytes = vec![0; COPY_BYTES];
        let count = file.read(&mut bytes).await?;
        bytes.truncate(count);
        Ok((count > 0).then_some((bytes, file)))
    })
}

fn is_gone(error: &Error) -> bool {
    matches!(error, Error::File(error) if error.kind() == std::io::ErrorKind::NotFound)
}

impl Store {
    /// Removes files that a killed process left: parts without a row and uploads that never ended,
    /// both untouched for [`BLOB_UNENDED_AGE_MS_MAX`].
    pub(crate) fn sweep_left_files(&self) {
        let age_ms = u64::try_from(BLOB_UNENDED_AGE_MS_MAX).unwrap_or(u64::MAX);
        let Some(before) = SystemTime::now().checked_sub(Duration::from_millis(age_ms)) else {
            return;
        };
        let blobs = self.data().join(BLOBS_FOLDER);
        let parts = files_in(&self.parts_folder());
        let uploads = files_in(&blobs).into_iter().filter(|path| {
            let name = path.file_name().and_then(|name| name.to_str());
            name.is_some_and(|name| name.starts_with(crate::store::UPLOAD_PREFIX))
        });
        for path in parts.into_iter().chain(uploads) {
            let modified = std::fs::metadata(&path).and_then(|file| file.modified());
            if modified.is_ok_and(|at| at < before)
                && let Err(error) = std::fs::remove_file(&path)
            {
                tracing::warn!(%error, path = %path.display(), "a left file stays");
            }
        }
    }
}

/// The files of a folder; none when it cannot be read.
fn files_in(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let entries = entries.flatten().map(|entry| entry.path());
    entries.filter(|path| path.is_file()).collect()
}
