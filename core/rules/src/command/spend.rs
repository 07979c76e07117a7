//! Commands that spend points or prepare for it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// What a redemption is covered by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "mode", rename_all = "snake_case")]
pub enum Cover {
    /// The server decides before anything is handed over.
    Online,
    /// Handed over without a network, under this lease.
    Lease {
        /// The lease's id.
        lease_id: Uuid,
    },
}

/// `reward.redeem`: a member spends points at a till.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RewardRedeem {
    /// The redemption's id, made by the terminal.
    pub redemption_id: Uuid,
    /// The reward's code.
    pub reward: String,
    /// The price that the member saw, points.
    pub cost_points: i64,
    /// Who spends.
    pub participant: Uuid,
    /// The member's rotating code, as proof.
    pub proof: String,
    /// What covers it.
    pub cover: Cover,
}

/// `lease.request`: escrow for redemptions without a network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LeaseRequest {
    /// The lease's id: a new one, or the terminal's own lease to fill up again.
    pub lease_id: Uuid,
    /// The points it should hold afterwards.
    pub points: i64,
}

/// `goal.set`: the reward that a person saves for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GoalSet {
    /// The reward's code, or none to save for nothing.
    pub reward: Option<String>,
}
