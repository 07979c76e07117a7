//! Commands that the server gives itself. No device may send them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// `due.run`: the instant of something that a decision asked to be reminded of has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DueRun {
    /// `promise`, `lot`, `hold` and others.
    pub kind: String,
    /// What it is about.
    pub subject: String,
    /// The instant, UTC milliseconds.
    pub due_ms: i64,
}
