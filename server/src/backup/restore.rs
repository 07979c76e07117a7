//! Restoring an archive into an empty data folder.

use std::path::Path;

use super::{Scratch, archive, connect};
use crate::error::{Error, Result};
use crate::store::{DATABASE_FILE, Store};

/// What a restore put in place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestoreReport {
    /// Files.
    pub files: usize,
    /// When the archive was made, UTC milliseconds.
    pub made_ms: i64,
    /// Programmes whose feeds got a new epoch.
    pub renewed: usize,
}

/// Puts an archive's content into a data folder that is missing or empty. Every hash and the
/// database's own integrity are checked before anything is moved in place. With `new_epoch` the feeds
/// of all programmes begin a new history, so that devices whose cursors are ahead of the archive drop
/// what the server no longer knows and pull again. Refuses `not_empty`, `archive_damaged`,
/// `archive_newer`.
pub async fn restore(from: &Path, data: &Path, new_epoch: bool) -> Result<RestoreReport> {
    if data.exists() && std::fs::read_dir(data)?.next().is_some() {
        return Err(Error::refused(
            "not_empty",
            format!("{} has files in it; name an empty folder", data.display()),
        ));
    }
    if let Some(folder) = data.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let scratch = Scratch::beside(data)?;
    let (archive_file, into) = (from.to_owned(), scratch.path.clone());
    let manifest = tokio::task::spawn_blocking(move || archive::unpack(&archive_file, &into))
        .await
        .map_err(std::io::Error::other)??;
    check_database(&scratch.path.join(DATABASE_FILE)).await?;
    let renewed = if new_epoch {
        renew(&scratch.path).await?
    } else {
        0
    };
    if data.exists() {
        std::fs::remove_dir(data)?;
    }
    std::fs::rename(&scratch.path, data)?;
    Ok(RestoreReport {
        files: manifest.files.len(),
        made_ms: manifest.made_ms,
        renewed,
    })
}

async fn check_database(file: &Path) -> Result<()> {
    use sqlx::Connection as _;
    let mut conn = connect(file).await?;
    let told: String = sqlx::query_scalar("PRAGMA integrity_check")
        .fetch_one(&mut conn)
        .await?;
    conn.close().await?;
    if told == "ok" {
        return Ok(());
    }
    Err(Error::refused(
        "archive_damaged",
        format!("the database: {told:.200}"),
    ))
}

async fn renew(data: &Path) -> Result<usize> {
    let store = Store::open(data).await?;
    let programmes = store.programmes().await?;
    for programme in &programmes {
        let mut tx = store.begin(programme.id).await?;
        tx.renew_epoch().await?;
        tx.audit(
            "server",
            "server.restore",
            &programme.id.to_string(),
            &serde_json::json!({}),
        )
        .await?;
        tx.commit().await?;
    }
    store.close().await;
    Ok(programmes.len())
}
