//! The manifest: what is in an archive, with sizes and hashes.

use std::io::Read;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::error::Result;

/// The manifest's name in the archive; it is the first entry.
pub(super) const MANIFEST_FILE: &str = "manifest.json";
/// The version of the archive's shape.
pub(super) const FORMAT: u32 = 1;

/// One file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FileLine {
    /// Path in the data folder, with `/`.
    pub path: String,
    /// Bytes.
    pub size: u64,
    /// SHA-256, hex.
    pub sha256: String,
}

/// All files of an archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// Version of the archive's shape.
    pub format: u32,
    /// When it was made, UTC milliseconds.
    pub made_ms: i64,
    /// The files, in the archive's order.
    pub files: Vec<FileLine>,
}

/// Bytes and hash of what a reader gives.
pub(super) fn digest(mut from: impl Read, mut copy: impl std::io::Write) -> Result<(u64, String)> {
    let (mut hash, mut size, mut buffer) = (Sha256::new(), 0_u64, vec![0; 64 * 1024]);
    loop {
        let count = from.read(&mut buffer)?;
        let Some(bytes) = buffer.get(..count).filter(|bytes| !bytes.is_empty()) else {
            return Ok((size, hex::encode(hash.finalize())));
        };
        hash.update(bytes);
        copy.write_all(bytes)?;
        size += bytes.len() as u64;
    }
}
