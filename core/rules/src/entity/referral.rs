//! Recommendations, measured events, and how long ago somebody bought.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// Whose recommendation a code is; id is the code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReferralCode {
    /// Who recommends.
    pub participant: Uuid,
}

/// A measured event that was recorded; id is its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MeasuredEvent {
    /// What was measured, as the rules name it.
    pub name: String,
    /// How much, in the measure's own unit.
    pub value: i64,
    /// Whom it is about.
    pub participant: Uuid,
    /// Who recorded it.
    pub recorded_by: Uuid,
    /// When it happened, UTC milliseconds.
    pub at_ms: i64,
    /// What it would count for, once somebody else has approved it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(skip)]
    pub waiting: Vec<crate::earn::TallyMove>,
}

/// When a person last bought, and for which silences since then they were rewarded; id is the
/// participant's.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Purchases {
    /// The newest purchase, UTC milliseconds.
    pub last_ms: i64,
    /// Lengths of silence, days, that were rewarded since.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quiet_days: Vec<i64>,
}
