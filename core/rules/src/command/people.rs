//! Commands about people: recommendations, and measured events that are nobody's sale.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// `referral.accept`: somebody who joined says who recommended the programme to them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReferralAccept {
    /// The acceptance's id, made by the phone.
    pub referral_id: Uuid,
    /// The code that they were told; case and blanks do not matter.
    pub code: String,
}

/// The longest code of recommendation as typed, characters.
pub const REFERRAL_CODE_CHARS_MAX: usize = 40;

/// `event.record`: something measured that a rule rewards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EventRecord {
    /// The event's id; the same event counts once.
    pub event_id: Uuid,
    /// What was measured, as a rule's trigger names it; at most [`EVENT_NAME_CHARS_MAX`] characters.
    pub name: String,
    /// How much, in the measure's own unit; 1 where it is not a quantity.
    pub value: i64,
    /// Whom it is about.
    pub participant: Uuid,
    /// When it happened, UTC milliseconds; the command's own instant when nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_ms: Option<i64>,
}

/// The longest name of a measured event, characters.
pub const EVENT_NAME_CHARS_MAX: usize = 64;
