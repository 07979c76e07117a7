//! The programmes of a device.

use std::collections::BTreeMap;

use carrot_rules::entity::Texts;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// One of the device's programmes.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MembershipView {
    /// Programme.
    pub programme_id: Uuid,
    /// Short code.
    pub code: String,
    /// Name.
    pub name: String,
    /// True for the one that calls are about now.
    pub current: bool,
    /// Commands that wait for the server.
    pub waiting: u32,
    /// When the oldest of them was made.
    pub oldest_waiting_ms: Option<i64>,
    /// True when the last exchange with its server worked.
    pub online: bool,
    /// Why its queue is stopped, when it is.
    pub blocked: Option<String>,
    /// `terminal` or `phone`.
    pub role: String,
    /// The phone's person, or the cashier who is signed in there.
    pub person: Option<String>,
    /// Handed out without a network and not yet booked; none where nothing can be handed out so.
    pub exposure_points: Option<i64>,
    /// The word for points: language -> plural category -> word.
    pub points_word: BTreeMap<String, Texts>,
}

/// A call about one of the device's programmes.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct OfProgramme {
    /// Which; the one in use where none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub programme_id: Option<Uuid>,
}

/// `select_membership`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SelectMembership {
    /// Programme.
    pub programme_id: Uuid,
}
