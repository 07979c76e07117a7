//! What a device hands over in a file when it cannot send: signed commands and their photos.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::envelope::Envelope;

/// A photo in such a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedPhoto {
    /// SHA-256 of the bytes, hex.
    pub sha256: String,
    /// Media type.
    pub mime: String,
    /// The bytes, base64url.
    pub bytes: String,
}

/// What the server does not have yet of one device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handover {
    /// Programme.
    pub programme_id: Uuid,
    /// The device that made the commands.
    pub device_id: Uuid,
    /// When the file was written, UTC milliseconds.
    pub made_ms: i64,
    /// The commands in the order of their numbers.
    pub commands: Vec<Envelope>,
    /// Photos that they name.
    pub photos: Vec<HandedPhoto>,
}
