//! Back-up and restore: one archive (a gzipped tar) with a consistent copy of the database, the keys,
//! the blobs, and a manifest of SHA-256 that comes first.

mod archive;
mod manifest;
mod restore;

use std::path::{Path, PathBuf};

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions as _, Connection as _};

use crate::error::{Error, Result};
use crate::keys::KEYS_FILE;
use crate::store::DATABASE_FILE;
use archive::Item;
pub use restore::{RestoreReport, restore};

/// The folder of blobs, in the data folder and in the archive.
pub(super) const BLOBS_FOLDER: &str = "blobs";

/// What a back-up holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupReport {
    /// Files in the archive, without its manifest.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
}

/// Makes one archive of a data folder; a server may write to it meanwhile. The archive appears under
/// its name when it is complete. Refuses a folder without a database (`no_data`) and a file that
/// exists (`file_exists`). `now_ms` is UTC milliseconds, for the manifest.
pub async fn backup(data: &Path, out: &Path, now_ms: i64) -> Result<BackupReport> {
    if !data.join(DATABASE_FILE).is_file() {
        return Err(Error::refused(
            "no_data",
            format!("{} holds no {DATABASE_FILE}", data.display()),
        ));
    }
    if out.exists() {
        return Err(Error::refused(
            "file_exists",
            format!("{} exists; name another file", out.display()),
        ));
    }
    let folder = out
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or_else(|| Path::new("."));
    std::fs::create_dir_all(folder)?;
    let scratch = Scratch::beside(out)?;
    let copy = scratch.path.join(DATABASE_FILE);
    let blobs = copy_database(&data.join(DATABASE_FILE), &copy).await?;
    let mut items = vec![
        Item {
            name: DATABASE_FILE.to_owned(),
            path: copy,
        },
        Item {
            name: KEYS_FILE.to_owned(),
            path: data.join(KEYS_FILE),
        },
    ];
    for sha256 in blobs {
        let folder: String = sha256.chars().take(2).collect();
        let path = data.join(BLOBS_FOLDER).join(&folder).join(&sha256);
        items.push(Item {
            name: format!("{BLOBS_FOLDER}/{folder}/{sha256}"),
            path,
        });
    }
    let (part, out) = (scratch.path.join("archive"), out.to_owned());
    let pack = move || -> Result<BackupReport> {
        let report = archive::pack(&items, &part, now_ms)?;
        std::fs::rename(&part, &out)?;
        drop(scratch);
        Ok(report)
    };
    tokio::task::spawn_blocking(pack)
        .await
        .map_err(std::io::Error::other)?
}

/// Copies the database as one moment of it, and answers the blobs that this moment knows.
async fn copy_database(from: &Path, to: &Path) -> Result<Vec<String>> {
    let mut source = connect(from).await?;
    // The name is an expression, so it can be bound; nothing of it is read as SQL.
    sqlx::query("VACUUM INTO ?")
        .bind(to.to_string_lossy().into_owned())
        .execute(&mut source)
        .await?;
    source.close().await?;
    let mut copy = connect(to).await?;
    let blobs = sqlx::query_scalar("SELECT DISTINCT sha256 FROM blob ORDER BY sha256")
        .fetch_all(&mut copy)
        .await?;
    copy.close().await?;
    Ok(blobs)
}

pub(super) async fn connect(file: &Path) -> Result<SqliteConnection> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .busy_timeout(std::time::Duration::from_secs(10));
    Ok(options.connect().await?)
}

/// A folder for unfinished work, removed when it is dropped.
pub(super) struct Scratch {
    pub path: PathBuf,
}

impl Scratch {
    /// Makes a folder beside a file or folder, so that a rename into place stays on one disk.
    pub fn beside(place: &Path) -> Result<Self> {
        let mut name = place.file_name().unwrap_or_default().to_owned();
        name.push(format!(".unfinished-{}", uuid::Uuid::new_v4().simple()));
        let path = place.with_file_name(name);
        let mut folder = std::fs::DirBuilder::new();
        // Keys and personal data pass through it.
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
        folder.create(&path)?;
        Ok(Self { path })
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // It may have been moved into place; and a rest that cannot be removed harms nobody.
        let _ = std::fs::remove_dir_all(&self.path);
    }
}

#[cfg(test)]
mod tests;
