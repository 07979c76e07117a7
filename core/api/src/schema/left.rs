//! What a device could not send: handed over as a file, or left by an earlier identity.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// A queue that was written to a file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ExportedView {
    /// The file on this device.
    pub path: String,
    /// What opens it; shown once and kept nowhere.
    pub secret: String,
    /// Commands in it.
    pub commands: u32,
    /// Photos in it.
    pub photos: u32,
}

/// A file of waiting commands, as `export_queue` writes it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct QueueFile {
    /// The file on this device.
    pub path: String,
    /// What opens it.
    pub secret: String,
}

/// `left_work`.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct LeftRequest {
    /// A file of another folder or device; none for what earlier identities left on this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub file: Option<QueueFile>,
}

/// `issue_again`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct IssueAgain {
    /// The commands that a person chose, by their old ids.
    pub command_ids: Vec<Uuid>,
    /// Where they are, as in `left_work`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub file: Option<QueueFile>,
}

/// Whether a command of an earlier identity can be issued anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LeftStanding {
    /// It can.
    Open,
    /// A command of this device stands for it.
    Issued,
    /// It was lent or proven to the old identity alone: a manager looks at it.
    Bound,
    /// It is of another person, or of another outlet.
    Foreign,
    /// It was issued anew as often as that goes.
    TooOften,
}

/// A command that an earlier identity could not send.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LeftItem {
    /// Its old id.
    pub command_id: Uuid,
    /// Kind, for example `sale.record`.
    pub kind: String,
    /// When it was made, UTC milliseconds.
    pub at_ms: i64,
    /// What it is about: a code, a receipt's key, a reward, a place.
    pub about: Option<String>,
    /// What was paid, smallest units of `currency`.
    pub amount_minor: Option<i64>,
    /// Currency of the amount.
    pub currency: Option<String>,
    /// Points that it names.
    pub points: Option<i64>,
    /// Whether it can be issued anew.
    pub standing: LeftStanding,
    /// Where the command stands that was issued for it, as in `queue`.
    pub state: Option<String>,
}

/// What earlier identities could not send, the oldest first.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LeftView {
    /// The commands.
    pub items: Vec<LeftItem>,
    /// Queues that cannot be read, since their keys are gone.
    pub unreadable: u32,
}
