//! Which source decides that a thing was sold, and how much of it was there to be sold.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// Which evidence decides, per instant; id is an outlet's, or [`super::ONLY`] for all that have none
/// of their own.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct EvidencePolicy {
    /// In the order of their instants; before the first one any evidence counts.
    pub steps: Vec<PolicyStep>,
}

/// What holds from an instant on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PolicyStep {
    /// First instant, UTC milliseconds.
    pub from_ms: i64,
    /// The source that decides.
    pub deciding: Deciding,
    /// How far apart the reports of one sale may be, milliseconds; what waits longer lapses.
    pub till_window_ms: i64,
}

/// The weakest evidence that counts by itself. What is weaker waits for what is as strong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Deciding {
    /// Whatever comes first, within the rules of late evidence.
    Any,
    /// A unique code, or what is stronger.
    Code,
    /// A receipt, or the till.
    Receipt,
    /// The till alone.
    Till,
}

impl EvidencePolicy {
    /// What holds at an instant, if anything was set by then.
    #[must_use]
    pub fn at(&self, at_ms: i64) -> Option<PolicyStep> {
        let mut steps = self.steps.iter().rev();
        steps.find(|step| step.from_ms <= at_ms).copied()
    }
}

/// An outlet's recent pieces of one product, whoever sold them; id is `outlet:product`. The server's
/// alone: it links what one person claims to what the till reported.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct OutletUnits {
    /// Oldest first, at most [`OUTLET_UNITS_MAX`].
    pub units: Vec<OutletUnit>,
}

/// The most recent units that an outlet keeps of one product for linking.
pub const OUTLET_UNITS_MAX: usize = 200;

/// One of an outlet's recent units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutletUnit {
    /// The unit's key.
    pub key: String,
    /// When it was first reported, UTC milliseconds.
    pub at_ms: i64,
    /// The sale by which a till reported it; none while only people claim it.
    pub sale: Option<Uuid>,
    /// Whom the till named, or who claimed it first.
    pub seller: Option<Uuid>,
    /// Pieces of it that no claim is linked to yet; for a claim, those that no till has reported yet.
    pub open: i64,
}

/// What was shipped of a product to an outlet, and what was claimed there without a till's word; id
/// is `outlet:product`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SellIn {
    /// Pieces shipped.
    pub shipped: i64,
    /// Pieces claimed that no till reported.
    pub claimed: i64,
}

/// A shipment that was counted; id is `outlet:product:document`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shipment {
    /// Pieces.
    pub pieces: i64,
    /// When it was shipped, UTC milliseconds.
    pub shipped_ms: i64,
}
