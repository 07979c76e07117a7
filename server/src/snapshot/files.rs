//! Where snapshots are kept: a folder for each scope, a file for each snapshot, named after its history,
//! number and hash.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use carrot_rules::Scope;
use uuid::Uuid;

use crate::error::Result;

/// The folder of snapshots in the data folder. It may be taken away at any time.
const SNAPSHOTS_FOLDER: &str = "snapshots";
/// How long a file is kept that was not made anew.
const FILE_AGE_MAX: Duration = Duration::from_secs(24 * 3_600);
/// How a finished file ends.
const ENDING: &str = ".gz";

/// A file that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub path: PathBuf,
    pub epoch: String,
    pub seq: i64,
    pub hash: String,
}

/// The folder of a scope's snapshots.
pub(super) fn folder(data: &Path, programme: Uuid, scope: Scope) -> PathBuf {
    // A colon is not for names of files.
    let scope = scope.to_string().replace(':', "-");
    let all = data.join(SNAPSHOTS_FOLDER);
    all.join(programme.to_string()).join(scope)
}

/// The name of a file.
pub(super) fn name(epoch: &str, seq: i64, hash: &str) -> String {
    format!("{epoch}_{seq}_{hash}{ENDING}")
}

/// The finished files of a folder; none when it is not there.
pub(super) async fn list(folder: &Path) -> Result<Vec<Found>> {
    let mut files = match tokio::fs::read_dir(folder).await {
        Ok(files) => files,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    let mut all = Vec::new();
    while let Some(file) = files.next_entry().await? {
        all.extend(read_name(file.path()));
    }
    Ok(all)
}

fn read_name(path: PathBuf) -> Option<Found> {
    let name = path.file_name()?.to_str()?.strip_suffix(ENDING)?.to_owned();
    let mut parts = name.splitn(3, '_');
    Some(Found {
        epoch: parts.next()?.to_owned(),
        seq: parts.next()?.parse().ok()?,
        hash: parts.next()?.to_owned(),
        path,
    })
}

/// Takes away all files of a folder but this one and the newest before it, from which somebody may be
/// in the middle of downloading.
pub(super) async fn leave_two(folder: &Path, made: &Found) -> Result<()> {
    let mut others = list(folder).await?;
    others.retain(|one| one.path != made.path);
    others.sort_by_key(|one| std::cmp::Reverse((one.epoch == made.epoch, one.seq)));
    for old in others.iter().skip(1) {
        gone(tokio::fs::remove_file(&old.path).await)?;
    }
    Ok(())
}

/// Takes away old files of all scopes, and what was never finished; answers how many.
pub(super) async fn sweep(data: &Path) -> Result<u32> {
    let mut count = 0;
    let mut folders = vec![data.join(SNAPSHOTS_FOLDER)];
    while let Some(folder) = folders.pop() {
        let mut entries = match tokio::fs::read_dir(&folder).await {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            Err(error) => return Err(error.into()),
        };
        while let Some(entry) = entries.next_entry().await? {
            let about = entry.metadata().await?;
            // Ages are of the file system; they decide nothing but whether work is done again.
            let age = about.modified().ok().and_then(|at| at.elapsed().ok());
            if about.is_dir() {
                folders.push(entry.path());
            } else if age.is_some_and(|age| age > FILE_AGE_MAX) {
                gone(tokio::fs::remove_file(entry.path()).await)?;
                count += 1;
            }
        }
    }
    Ok(count)
}

/// Another server may have taken it away.
fn gone(removed: std::io::Result<()>) -> Result<()> {
    match removed {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}
