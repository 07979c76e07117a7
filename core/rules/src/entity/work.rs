//! What people did and what waits for a decision: visits, redemptions, leases, reviews, history.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use crate::outcome::{Because, Derivation};

/// A stop of a merchandiser's route; id is its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Stop {
    /// Id.
    pub id: String,
    /// Who goes.
    pub participant: Uuid,
    /// Where.
    pub outlet: Uuid,
    /// Task to do.
    pub task: String,
    /// The day, `YYYY-MM-DD` in the outlet's zone.
    pub day: String,
    /// Order in the day.
    pub order: i64,
    /// The visit that answered it.
    pub visit: Option<Uuid>,
}

/// A visit; id is its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Visit {
    /// Id.
    pub id: Uuid,
    /// Who.
    pub participant: Uuid,
    /// Where.
    pub outlet: Uuid,
    /// Task.
    pub task: String,
    /// Checked in, UTC milliseconds.
    pub checked_in_ms: i64,
    /// Closed, UTC milliseconds.
    pub closed_ms: i64,
    /// Answers.
    pub checklist: Vec<crate::command::ChecklistAnswer>,
    /// SHA-256 of each photo.
    pub photos: Vec<String>,
    /// Remark.
    pub note: String,
    /// `review`, `approved`, `refused`.
    pub status: String,
    /// Points at stake.
    pub points: i64,
    /// What was counted on the shelf.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shelf: Vec<crate::command::ShelfFace>,
}

/// A reward handed over or promised; id is its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Redemption {
    /// Id.
    pub id: Uuid,
    /// Who spent.
    pub participant: Uuid,
    /// Reward.
    pub reward: String,
    /// Price in points.
    pub cost_points: i64,
    /// Where.
    pub outlet: Option<Uuid>,
    /// The lease that covered it.
    pub lease: Option<Uuid>,
    /// The voucher that covered it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voucher: Option<Uuid>,
    /// Points that the member's balance lacked.
    pub loss_points: i64,
    /// When, UTC milliseconds.
    pub at_ms: i64,
}

/// A lease; id is its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Lease {
    /// Id.
    pub id: Uuid,
    /// The terminal that holds it.
    pub device: Uuid,
    /// Its outlet.
    pub outlet: Uuid,
    /// Escrow it held after the last grant, points.
    pub granted_points: i64,
    /// When it was last filled, UTC milliseconds.
    pub granted_ms: i64,
    /// After this instant the terminal stops redeeming under it; the escrow stays bound.
    pub stale_ms: i64,
    /// Loss under it so far, points.
    pub loss_points: i64,
    /// How much of that loss a manager has looked into, points; 0 to `loss_points`. What is lost and
    /// not cleared is not lent again.
    #[serde(default)]
    pub cleared_points: i64,
    /// When its owner gave it up, UTC milliseconds; what the terminal reports after that waits for
    /// a person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written_off_ms: Option<i64>,
    /// When two histories of its terminal were found, UTC milliseconds: nothing more is lent or
    /// honoured under it, for nobody can tell which copy of the terminal asks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frozen_ms: Option<i64>,
}

/// What one terminal handed to one member without a network on one day; id is `TERMINAL:MEMBER`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberDay {
    /// The last day that it counts, days since 1970 by the programme's clock.
    pub day: i64,
    /// Points that were redeemed on it.
    pub points: i64,
}

impl MemberDay {
    /// The id of what a terminal handed to a member.
    #[must_use]
    pub fn id_of(terminal: Uuid, member: Uuid) -> String {
        format!("{terminal}:{member}")
    }
}

/// A rotating code that was used; id is its hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// By which command.
    pub command_id: Uuid,
}

/// Something that waits for a person; id is its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Review {
    /// Id.
    pub id: String,
    /// `visit`, `claim`, `event`, or `signal`: nothing to pay, only to know.
    pub kind: String,
    /// Id of the visit or the activity.
    pub subject: String,
    /// Whose points wait.
    pub participant: Uuid,
    /// Where.
    pub outlet: Option<Uuid>,
    /// Points at stake.
    pub points: i64,
    /// Activity row to settle.
    pub activity: String,
    /// Further rows that are settled with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// Photos to look at.
    pub photos: Vec<String>,
    /// Why a person should look, where the line of history does not say it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub because: Vec<Because>,
    /// `open`, `approved`, `refused`.
    pub status: String,
    /// Who decided.
    pub decided_by: Option<Uuid>,
    /// The decision's reason.
    pub reason: String,
    /// When it began to wait, UTC milliseconds.
    pub at_ms: i64,
    /// The device that it is about, where it is about one: `participant` is then its person, or for a
    /// terminal, for which nobody stands, the device's own id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub device: Option<Uuid>,
}

/// Whom or what a signal is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// A person.
    Person(Uuid),
    /// A device, and its person if it is somebody's.
    Device(Uuid, Option<Uuid>),
}

impl Review {
    /// Something odd for managers to look at: it holds no points back, there is nothing to pay.
    #[must_use]
    pub fn signal(
        id: String,
        because: Because,
        about: About,
        outlet: Option<Uuid>,
        at_ms: i64,
    ) -> Self {
        let (participant, device) = match about {
            About::Person(person) => (person, None),
            About::Device(device, person) => (person.unwrap_or(device), Some(device)),
        };
        Self {
            id,
            kind: "signal".to_owned(),
            subject: because.code.clone(),
            participant,
            outlet,
            points: 0,
            activity: String::new(),
            also: Vec::new(),
            photos: Vec::new(),
            because: vec![because],
            status: "open".to_owned(),
            decided_by: None,
            reason: String::new(),
            at_ms,
            device,
        }
    }
}

/// One line of a person's history, and the place where they see why; id is its id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Activity {
    /// Id.
    pub id: String,
    /// The command that made it.
    pub command_id: Uuid,
    /// Whose: a person's id, or an outlet's when its own pot is meant.
    pub participant: Uuid,
    /// `sale`, `claim`, `visit`, `quiz`, `redeem`, `opening`, `payment`, `expiry`, `hold`, `voucher`.
    pub kind: String,
    /// When, UTC milliseconds.
    pub at_ms: i64,
    /// Points; negative when spent.
    pub points: i64,
    /// `active`, `pending`, `review`, `rejected`, `reversed`, `lapsed`, `expired`.
    pub state: String,
    /// Product id, reward code or task code that it is about.
    pub subject: Option<String>,
    /// Where.
    pub outlet: Option<Uuid>,
    /// The unit, when it is about one.
    pub unit: Option<String>,
    /// Why it waits or was refused.
    pub because: Vec<Because>,
    /// How the points came about.
    pub derivation: Vec<Derivation>,
}
