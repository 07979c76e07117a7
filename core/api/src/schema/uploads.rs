//! Photos on their way.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A photo that the server does not have yet.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct UploadView {
    /// SHA-256, hex.
    pub sha256: String,
    /// Its size, bytes.
    pub bytes: u64,
    /// How much of it the server had when it last said so, bytes.
    pub sent_bytes: u64,
    /// Why it is not sent now: `upload_command` (its command goes first), `upload_metered` or
    /// `upload_battery_low`; none when it goes with the next exchange.
    pub waits_for: Option<String>,
}

/// `surroundings`: where the device is, as far as its host can tell.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct SurroundingsView {
    /// The network costs money by the byte.
    pub metered: bool,
    /// The battery is low, and it is not being charged.
    pub battery_low: bool,
}
