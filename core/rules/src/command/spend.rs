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
    /// Handed over without a network, for points that the member put aside for this terminal.
    Voucher {
        /// The voucher's id; the member's answer holds the voucher itself.
        voucher_id: Uuid,
    },
    /// Handed over without a network and without escrow, where an owner has allowed that.
    Allowance,
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
    /// The member's proof: a rotating code, or the phone's answer to `challenge`.
    pub proof: String,
    /// The terminal's challenge that the proof answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub challenge: Option<String>,
    /// What covers it.
    pub cover: Cover,
}

/// `voucher.request`: a member puts points aside for one terminal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VoucherRequest {
    /// The voucher's id, made by the phone.
    pub voucher_id: Uuid,
    /// The terminal that may take it.
    pub terminal: Uuid,
    /// How many points; above zero.
    pub points: i64,
    /// The only reward that it is for; none for any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub reward: Option<String>,
    /// First instant after it, UTC milliseconds.
    pub expires_ms: i64,
}

/// `voucher.cancel`: a voucher of a phone that was lost or stolen shall not be used any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VoucherCancel {
    /// The voucher.
    pub voucher_id: Uuid,
    /// Why; 1 to [`WRITE_OFF_REASON_CHARS_MAX`] characters.
    pub reason: String,
}

/// `lease.write_off`: a lease whose terminal will not report any more is given up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LeaseWriteOff {
    /// The lease's id.
    pub lease_id: Uuid,
    /// How much of what it holds is taken for lost, points; the rest goes back to the programme's
    /// offline budget.
    pub lost_points: i64,
    /// Why; 1 to [`WRITE_OFF_REASON_CHARS_MAX`] characters.
    pub reason: String,
}

/// The longest reason for giving up a lease, characters.
pub const WRITE_OFF_REASON_CHARS_MAX: usize = 300;

/// `lease.clear`: a manager has looked into what was lost under a lease; from then on it may be filled
/// up in full again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LeaseClear {
    /// The lease's id.
    pub lease_id: Uuid,
    /// The loss that was looked into: what the lease had lost in all, points. One that was booked
    /// since then stays uncleared.
    pub loss_points: i64,
    /// What was found; 1 to [`WRITE_OFF_REASON_CHARS_MAX`] characters.
    pub reason: String,
}

/// `lease.request`: escrow for redemptions without a network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LeaseRequest {
    /// The lease's id: a new one, or the terminal's own lease to fill up again.
    pub lease_id: Uuid,
    /// The points it should hold afterwards.
    pub points: i64,
}

/// `lease.return`: the terminal gives back what it does not need of its lease. From the moment on at which
/// it signs this it redeems nothing more from those points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LeaseReturn {
    /// The terminal's own lease.
    pub lease_id: Uuid,
    /// How many points; above zero, at most what is left of it.
    pub points: i64,
}

/// `allowance.set`: an owner allows terminals to hand out rewards without a network and without escrow,
/// having been shown what that can cost; or forbids it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AllowanceSet {
    /// What each terminal may hand over and lose, points; zero switches it off.
    pub each_points: i64,
    /// The terminals, each once, at most [`ALLOWANCE_TERMINALS_MAX`].
    pub terminals: Vec<Uuid>,
    /// What the owner was shown: the points of all of them together.
    pub bound_points: i64,
    /// Why; 1 to [`WRITE_OFF_REASON_CHARS_MAX`] characters.
    pub reason: String,
}

/// The most terminals that may have an allowance.
pub const ALLOWANCE_TERMINALS_MAX: usize = 500;

/// `goal.set`: the reward that a person saves for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GoalSet {
    /// The reward's code, or none to save for nothing.
    pub reward: Option<String>,
}

/// `hold.place`: points are put aside for a purchase elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HoldPlace {
    /// The hold's id, made by whoever asks.
    pub hold_id: Uuid,
    /// Whose points.
    pub participant: Uuid,
    /// How many; above zero.
    pub points: i64,
    /// What it is for, in the other shop's words; at most [`HOLD_REFERENCE_CHARS_MAX`] characters.
    pub reference: String,
    /// When it ends by itself, UTC milliseconds; at most [`HOLD_MS_MAX`] from now.
    pub expires_ms: i64,
    /// The member's rotating code: at a till nobody holds points that their owner did not show.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<String>,
}

/// The longest reference of a hold, characters.
pub const HOLD_REFERENCE_CHARS_MAX: usize = 64;
/// The longest that points may be put aside, milliseconds: 30 days.
pub const HOLD_MS_MAX: i64 = 30 * 24 * 3_600_000;
/// The most captures of one hold.
pub const HOLD_CAPTURES_MAX: usize = 20;

/// `hold.capture`: held points are spent, all or a part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HoldCapture {
    /// The hold.
    pub hold_id: Uuid,
    /// How many; above zero, at most what is still held.
    pub points: i64,
    /// The capture's id; the same capture counts once.
    pub capture_id: Uuid,
}

/// `hold.release`: what is still held becomes spendable again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HoldRelease {
    /// The hold.
    pub hold_id: Uuid,
}
