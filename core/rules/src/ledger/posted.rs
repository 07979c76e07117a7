//! What the books keep of a transfer.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::account::Account;
use super::lot::LotId;
use super::unit::Unit;

/// Who caused a transfer, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// The transfer's id: the same for the same transfer, however often it is tried.
    pub transfer_id: Uuid,
    /// The command that caused it.
    pub command: Uuid,
    /// When what it books happened.
    pub occurred_ms: i64,
    /// When it was booked.
    pub recorded_ms: i64,
}

/// A transfer as it was booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    /// Its number in these books, from one, without a gap.
    pub seq: i64,
    /// Its id.
    pub transfer_id: Uuid,
    /// The command that caused it.
    pub command: Uuid,
    /// Why something moved.
    pub purpose: String,
    /// When it was booked; never before its predecessor.
    pub recorded_ms: i64,
    /// When what it books happened.
    pub occurred_ms: i64,
    /// What moved: one entry for each lot of each leg, in the order of the legs.
    pub entries: Vec<Entry>,
    /// Its link of the chain; see [`super::chain`].
    pub hash: [u8; 32],
}

/// A movement of one account, of one lot where the account keeps lots.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The transfer's leg, from zero.
    pub leg: u32,
    /// The account that moved.
    pub account: Account,
    /// What it counts.
    pub unit: Unit,
    /// The change, never zero.
    pub amount: i64,
    /// The lot; none where the account keeps no lots.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lot: Option<LotId>,
    /// The account's balance of the unit after this entry.
    pub after: i64,
}
