//! Bringing a large blob in parts: each part names the whole by its hash and size, and itself by its
//! offset, so that it may come twice and go on wherever the line broke off.

use serde::{Deserialize, Serialize};

/// The code of a part that does not follow what the server has; [`OFFSET`] says where to go on.
pub const CODE_CONFLICT: &str = "offset_conflict";
/// The parameter of [`CODE_CONFLICT`], bytes.
pub const OFFSET: &str = "offset";

/// How much of a blob the server has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PartReply {
    /// Bytes from the beginning on; the next part begins here.
    pub offset: u64,
    /// True when the server has the whole and its hash is right.
    pub complete: bool,
}

/// The path of a blob.
#[must_use]
pub fn path(sha256: &str) -> String {
    format!("/v1/blobs/{sha256}")
}

/// The path that says how much of a blob has come.
#[must_use]
pub fn progress_path(sha256: &str) -> String {
    format!("/v1/blobs/{sha256}/part")
}

/// The path of the part at an offset of a blob of so many bytes.
#[must_use]
pub fn part_path(sha256: &str, offset: u64, size: u64) -> String {
    format!("/v1/blobs/{sha256}/part?offset={offset}&size={size}")
}
