//! Packing and unpacking of archives.

use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

use super::manifest::{FORMAT, FileLine, MANIFEST_FILE, Manifest, digest};
use super::{BLOBS_FOLDER, BackupReport};
use crate::error::{Error, Result};
use crate::keys::KEYS_FILE;
use crate::store::DATABASE_FILE;

/// The most bytes of a manifest.
const MANIFEST_BYTES_MAX: u64 = 64 * 1024 * 1024;
/// The most bytes of one file in an archive.
const FILE_BYTES_MAX: u64 = 1 << 40;

/// A file to pack.
pub(super) struct Item {
    /// Its path in the data folder, with `/`.
    pub name: String,
    /// Where it is now.
    pub path: PathBuf,
}

/// Packs files behind a manifest of them.
pub(super) fn pack(items: &[Item], out: &Path, now_ms: i64) -> Result<BackupReport> {
    let mut files = Vec::with_capacity(items.len());
    for item in items {
        let (size, sha256) = digest(File::open(&item.path)?, std::io::sink())?;
        files.push(FileLine {
            path: item.name.clone(),
            size,
            sha256,
        });
    }
    let manifest = Manifest {
        format: FORMAT,
        made_ms: now_ms,
        files,
    };
    let text = serde_json::to_vec_pretty(&manifest)?;
    let mut archive = tar::Builder::new(GzEncoder::new(private(out)?, Compression::default()));
    append(
        &mut archive,
        MANIFEST_FILE,
        text.len() as u64,
        now_ms,
        text.as_slice(),
    )?;
    for (item, line) in items.iter().zip(&manifest.files) {
        append(
            &mut archive,
            &item.name,
            line.size,
            now_ms,
            File::open(&item.path)?,
        )?;
    }
    archive.into_inner()?.finish()?.sync_all()?;
    Ok(BackupReport {
        files: items.len(),
        bytes: manifest.files.iter().map(|line| line.size).sum(),
    })
}

fn append<W: Write>(
    archive: &mut tar::Builder<W>,
    name: &str,
    size: u64,
    now_ms: i64,
    from: impl Read,
) -> Result<()> {
    let mut header = tar::Header::new_gnu();
    header.set_size(size);
    header.set_mode(0o600);
    header.set_mtime(u64::try_from(now_ms / 1_000).unwrap_or(0));
    archive.append_data(&mut header, name, from.take(size))?;
    Ok(())
}

/// A new file that only its owner reads: an archive holds the signing keys.
pub(super) fn private(path: &Path) -> Result<File> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    Ok(options.open(path)?)
}

fn damaged(what: impl Into<String>) -> Error {
    Error::refused("archive_damaged", what)
}

/// True for the names that an archive may hold; nothing else ever reaches the disk.
fn is_ours(name: &str) -> bool {
    if name == DATABASE_FILE || name == KEYS_FILE {
        return true;
    }
    let hex = |text: &str, length: usize| {
        text.len() == length
            && text
                .chars()
                .all(|c| c.is_ascii_digit() || ('a'..='f').contains(&c))
    };
    match name.split('/').collect::<Vec<_>>().as_slice() {
        [blobs, folder, sha256] => {
            *blobs == BLOBS_FOLDER
                && hex(folder, 2)
                && hex(sha256, 64)
                && sha256.starts_with(folder)
        }
        _ => false,
    }
}

/// Unpacks an archive into an empty folder and checks every size and hash against its manifest.
/// Refuses `archive_damaged` and `archive_newer`.
pub(super) fn unpack(from: &Path, into: &Path) -> Result<Manifest> {
    let mut archive = tar::Archive::new(GzDecoder::new(File::open(from)?));
    let mut entries = archive.entries()?;
    let first = entries
        .next()
        .ok_or_else(|| damaged("the archive is empty"))?;
    let manifest = read_manifest(first.map_err(|error| damaged(error.to_string()))?)?;
    let mut lines = manifest.files.iter();
    for entry in entries {
        let mut entry = entry.map_err(|error| damaged(error.to_string()))?;
        let line = lines
            .next()
            .ok_or_else(|| damaged("a file that the manifest does not name"))?;
        let named = entry.path()?.to_string_lossy() == line.path.as_str();
        if !named
            || !entry.header().entry_type().is_file()
            || !is_ours(&line.path)
            || line.size > FILE_BYTES_MAX
        {
            return Err(damaged(format!("{} is not where it should be", line.path)));
        }
        let place = into.join(&line.path);
        if let Some(folder) = place.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let mut file = private(&place)?;
        let limited = (&mut entry).take(line.size.saturating_add(1));
        let (size, sha256) =
            digest(limited, &mut file).map_err(|error| damaged(error.to_string()))?;
        file.sync_all()?;
        if size != line.size || sha256 != line.sha256 {
            return Err(damaged(format!(
                "{} is not what the manifest says",
                line.path
            )));
        }
    }
    if let Some(line) = lines.next() {
        return Err(damaged(format!("{} is missing", line.path)));
    }
    for needed in [DATABASE_FILE, KEYS_FILE] {
        if !manifest.files.iter().any(|line| line.path == needed) {
            return Err(damaged(format!("{needed} is missing")));
        }
    }
    Ok(manifest)
}

fn read_manifest<R: Read>(mut entry: tar::Entry<'_, R>) -> Result<Manifest> {
    if entry.path()?.to_string_lossy() != MANIFEST_FILE {
        return Err(damaged("the archive does not begin with its manifest"));
    }
    let mut text = Vec::new();
    (&mut entry)
        .take(MANIFEST_BYTES_MAX)
        .read_to_end(&mut text)
        .map_err(|error| damaged(error.to_string()))?;
    let manifest: Manifest =
        serde_json::from_slice(&text).map_err(|error| damaged(error.to_string()))?;
    if manifest.format > FORMAT {
        return Err(Error::refused(
            "archive_newer",
            "a newer version of this program made the archive",
        ));
    }
    Ok(manifest)
}
