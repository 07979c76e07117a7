//! `POST /v1/commands`: commands up, verdicts down.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::envelope::Envelope;
use crate::notary::Countersigned;

/// Commands in sequence order.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PushRequest {
    /// At most [`crate::limits::PUSH_COMMANDS_MAX`].
    pub commands: Vec<Envelope>,
}

/// What the client does with a command; a closed set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum VerdictClass {
    /// Booked.
    Accepted,
    /// Never will be.
    Rejected,
    /// Recorded; a person decides.
    Parked,
    /// Nothing recorded; send the same bytes later.
    Retry,
    /// Stop the queue and keep everything.
    #[serde(other)]
    Blocked,
}

impl VerdictClass {
    /// True when the command has its final answer.
    #[must_use]
    pub fn is_final(self) -> bool {
        matches!(self, Self::Accepted | Self::Rejected | Self::Parked)
    }
}

/// The server's answer to one command, kept for ever and repeated word for word.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Verdict {
    /// Sequence on its device.
    pub device_seq: i64,
    /// Command.
    pub command_id: Uuid,
    /// What to do.
    pub class: VerdictClass,
    /// Why; an open set.
    pub code: String,
    /// Parameters of the code's sentence.
    #[serde(default)]
    pub params: BTreeMap<String, Value>,
    /// The number of each touched scope that shows the effect.
    #[serde(default)]
    pub scope_seqs: BTreeMap<String, i64>,
    /// Net points booked, per account.
    #[serde(default)]
    pub booked: BTreeMap<String, i64>,
    /// When it was recorded, UTC milliseconds; zero when nothing was.
    pub recorded_at_ms: i64,
}

/// The answer to a push.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PushReply {
    /// One per command, in order, up to the first that could not be looked at.
    pub verdicts: Vec<Verdict>,
    /// The next number that the server expects from this device.
    pub expected_seq: i64,
    /// The server's clock, UTC milliseconds.
    pub server_ms: i64,
    /// How far the device's chain has come, countersigned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub countersigned: Option<Countersigned>,
}
