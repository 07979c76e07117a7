//! People of a programme and how they are found: no thing here names anybody.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// One employment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Employment {
    /// Where.
    pub outlet: Uuid,
    /// First instant, UTC milliseconds.
    pub from_ms: i64,
    /// First instant after it; none while it lasts.
    pub until_ms: Option<i64>,
    /// Weight of the person's part in what the outlet's staff shares.
    #[serde(default = "one_share", skip_serializing_if = "is_one_share")]
    pub share: i64,
}

fn one_share() -> i64 {
    1
}

fn is_one_share(share: &i64) -> bool {
    *share == 1
}

/// A person in the programme, without anything that names them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Participant {
    /// Id.
    pub id: Uuid,
    /// `seller`, `cashier`, `buyer`, `merchandiser`, `owner`, `purchaser`, `manager`, `approver`.
    pub role: String,
    /// Where they work and worked.
    pub employments: Vec<Employment>,
    /// Groups that rules can name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub segments: Vec<String>,
    /// When they joined the programme, UTC milliseconds; zero when that is not known.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub joined_ms: i64,
}

fn is_zero(value: &i64) -> bool {
    *value == 0
}

impl Participant {
    /// True when the person worked at the outlet at the instant.
    #[must_use]
    pub fn employed_at(&self, outlet: Uuid, at_ms: i64) -> bool {
        self.employments.iter().any(|job| {
            job.outlet == outlet
                && job.from_ms <= at_ms
                && job.until_ms.is_none_or(|until| at_ms < until)
        })
    }
}

/// Who may stand behind an outlet's counter; id is the participant's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Roster {
    /// The person.
    pub participant: Uuid,
    /// Their role there.
    pub role: String,
}

/// A member as an outlet's terminals know them; id is the participant's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Member {
    /// The person.
    pub participant: Uuid,
    /// Keyed hashes of their contacts.
    pub contacts: Vec<String>,
    /// References of their cards.
    pub cards: Vec<String>,
}

/// Whose contact a keyed hash is; id is the hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// The person.
    pub participant: Uuid,
}

/// Whose card a reference is; id is the reference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// The person.
    pub participant: Uuid,
}

/// The reward that a person saves for; id is the participant's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Goal {
    /// Reward code; none when cleared.
    pub reward: Option<String>,
}

/// A lesson that a person passed; id is `participant:lesson`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LessonResult {
    /// Lesson.
    pub lesson: String,
    /// Right answers.
    pub right: u8,
    /// True when passed.
    pub passed: bool,
    /// Tries since `first_ms`.
    #[serde(default)]
    pub tries: u8,
    /// The first of these tries, UTC milliseconds.
    #[serde(default)]
    pub first_ms: i64,
}

/// Who works and worked at an outlet; id is the outlet's.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Staff {
    /// In the order of the participants' ids.
    pub people: Vec<StaffMember>,
}

/// Somebody's employment as their outlet's staff list has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffMember {
    /// Who.
    pub participant: Uuid,
    /// Weight of their part.
    #[serde(default = "one_share")]
    pub share: i64,
    /// First instant, UTC milliseconds.
    #[serde(default)]
    pub from_ms: i64,
    /// First instant after it; none while it lasts.
    #[serde(default)]
    pub until_ms: Option<i64>,
}

/// Who recommended a participant; id is the participant who was recommended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Referral {
    /// Who recommended them.
    pub referrer: Uuid,
    /// When, UTC milliseconds.
    pub at_ms: i64,
}

/// What a tally of the rule set has counted for one subject; id is `tally:subject`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct Tallied {
    /// Values by local day, oldest first.
    pub days: Vec<(i64, i64)>,
    /// Everything that was ever counted.
    pub ever: i64,
}
