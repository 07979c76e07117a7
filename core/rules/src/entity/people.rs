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
