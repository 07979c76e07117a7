//! Points that a member put aside for one terminal, the terminals there are, and the proof when a
//! voucher was used more than once.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// Points of one member, put aside for one terminal; id is its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Voucher {
    /// Id.
    pub id: Uuid,
    /// Whose points.
    pub participant: Uuid,
    /// The phone that may use it.
    pub phone: Uuid,
    /// The terminal that may take it.
    pub terminal: Uuid,
    /// The terminal's outlet.
    pub outlet: Uuid,
    /// How many points.
    pub points: i64,
    /// The only reward that it is for; none for any.
    pub reward: Option<String>,
    /// `open`, `spent`, `returned`, or `disputed`: used more than once.
    pub state: String,
    /// First instant, UTC milliseconds.
    pub issued_ms: i64,
    /// First instant after it, UTC milliseconds.
    pub expires_ms: i64,
    /// The line of history about it.
    pub activity: String,
    /// The first redemption that used it.
    pub redemption: Option<Uuid>,
    /// What that redemption cost, points; the rest came back.
    pub spent_points: i64,
    /// When a manager cancelled it, UTC milliseconds. Its terminal takes it no more once it has heard
    /// of that, and then the points go back; until then it may have been used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancelled_ms: Option<i64>,
}

/// A terminal that a voucher can be for; id is the device's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Till {
    /// Device.
    pub device: Uuid,
    /// Where it stands.
    pub outlet: Uuid,
    /// What it calls itself.
    pub name: String,
    /// False once its rights were taken away.
    pub open: bool,
    /// Its last command in which a rotating code stands for the member's consent under a lease; from
    /// the next one on the member's phone answers a challenge. None for a terminal of an earlier time
    /// that was not heard since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub codes_until_seq: Option<i64>,
}

/// A voucher that is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenVoucher {
    /// Voucher.
    pub id: Uuid,
    /// First instant after it, UTC milliseconds.
    pub expires_ms: i64,
}

/// The open vouchers of one person or one terminal; id is theirs.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct OpenVouchers {
    /// In the order in which they were made.
    pub open: Vec<OpenVoucher>,
}

/// One use of a voucher, with the texts that prove it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VoucherUse {
    /// The command that reported it.
    pub command_id: Uuid,
    /// The redemption.
    pub redemption: Uuid,
    /// What tells the challenge from every other one.
    pub challenge_id: String,
    /// The challenge's text.
    pub challenge: String,
    /// The phone's answer: the voucher and the phone's signature over the challenge.
    pub answer: String,
    /// When, UTC milliseconds.
    pub at_ms: i64,
    /// `phone` signed again, `till` booked the same answer again; empty for the first use.
    pub blame: String,
    /// Taken from the member's balance, points.
    pub taken_points: i64,
    /// Now owed by the member, points.
    pub owed_points: i64,
    /// Borne by the programme, points.
    pub loss_points: i64,
}

/// The uses of a voucher; id is the voucher's. Only the server knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VoucherUses {
    /// Voucher.
    pub voucher: Uuid,
    /// Member.
    pub participant: Uuid,
    /// Terminal.
    pub terminal: Uuid,
    /// `once`, or `twice`: more often than it may be.
    pub status: String,
    /// In the order in which the server learned of them, at most [`VOUCHER_USES_MAX`].
    pub uses: Vec<VoucherUse>,
}

/// The most uses of one voucher whose texts are kept.
pub const VOUCHER_USES_MAX: usize = 16;
