//! Redeeming without a network and without escrow: a mode that an owner switches on after seeing what it
//! can cost.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// The mode as it was switched on; the programme has it once. Only the server knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AllowanceMode {
    /// What each terminal may hand over and lose, points; zero when the mode is off.
    pub each_points: i64,
    /// The terminals that have an allowance. One that is enrolled later has none until the mode is
    /// confirmed anew with its new bound.
    pub terminals: Vec<Uuid>,
    /// What the owner was shown and confirmed: all that can be lost, points.
    pub bound_points: i64,
    /// Who confirmed it.
    pub by: Uuid,
    /// When, UTC milliseconds.
    pub at_ms: i64,
}

/// What one terminal may hand over without a network and without a lease; id is the terminal's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Allowance {
    /// The terminal.
    pub device: Uuid,
    /// Its outlet.
    pub outlet: Uuid,
    /// The most that it may have handed over and not reported, points.
    pub points: i64,
    /// When it was taken away, UTC milliseconds; what was handed over before is still honoured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub off_ms: Option<i64>,
    /// What was lost by it so far, points. What is lost is not allowed again until the mode is
    /// confirmed anew.
    pub loss_points: i64,
    /// How much of that loss was known when the mode was last confirmed, points.
    pub cleared_points: i64,
}

impl Allowance {
    /// What the terminal may still lose, points; zero or more.
    #[must_use]
    pub fn left_points(&self) -> i64 {
        let lost = self.loss_points.saturating_sub(self.cleared_points).max(0);
        self.points.saturating_sub(lost).max(0)
    }
}
