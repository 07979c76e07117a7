//! What is counted over time: tallies with windows, and the ladders that stand on them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Predicate, Texts, Trigger};

/// Something that is counted for each subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Tally {
    /// Id, unique in the set; at most 64 characters of a-z, 0-9, `-` and `_`.
    pub id: String,
    /// For whom it is counted.
    pub subject: Subject,
    /// Which events count.
    pub on: Trigger,
    /// Which of their lines count; none counts all. Conditions on a line choose lines, the others
    /// choose events.
    #[serde(default, skip_serializing_if = "is_always")]
    pub when: Predicate,
    /// What is counted.
    pub counts: Counted,
    /// Over which time.
    pub within: Window,
}

fn is_always(when: &Predicate) -> bool {
    *when == Predicate::default()
}

/// For whom something is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// Who buys.
    Buyer,
    /// Who sold.
    Seller,
    /// Who recorded it.
    Actor,
    /// The outlet.
    Outlet,
    /// The partner that runs the outlet.
    Partner,
    /// Everybody together.
    Programme,
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Counted {
    /// Events.
    Times,
    /// Whole pieces.
    Pieces,
    /// Amounts, minor units.
    AmountMinor,
    /// Values of measured events.
    Value,
    /// Points that the subject, a person, earned.
    Points,
}

/// Over which time something counts. Days begin at midnight in the programme's zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Window {
    /// So many days, the event's own among them; at most [`crate::ruleset::WINDOW_DAYS_MAX`].
    Days(i64),
    /// The event's calendar day.
    Day,
    /// Its week, from Monday.
    Week,
    /// Its month.
    Month,
    /// Its year.
    Year,
    /// All time.
    Ever,
}

/// The longest rolling window, days.
pub const WINDOW_DAYS_MAX: i64 = 400;

/// A ladder of tiers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Ladder {
    /// Id, unique in the set.
    pub id: String,
    /// The tally that is climbed by.
    pub tally: String,
    /// The steps, lowest first; the first begins at zero.
    pub steps: Vec<TierStep>,
    /// Days for which a step is kept after the tally fell below it.
    #[serde(default)]
    pub grace_days: i64,
}

/// One step of a ladder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TierStep {
    /// Code, unique in the ladder.
    pub code: String,
    /// What people call it, by language.
    #[serde(default, skip_serializing_if = "Texts::is_empty")]
    pub title: Texts,
    /// First value of the tally on this step.
    pub from: i64,
}

/// From an instant on, local time is ahead of UTC by so much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ZoneStep {
    /// First instant, UTC milliseconds.
    pub from_ms: i64,
    /// Offset, seconds; east of Greenwich is positive.
    pub offset_s: i64,
}

impl Subject {
    /// True when the subject follows from where something happened.
    #[must_use]
    pub fn of_outlet(self) -> bool {
        matches!(self, Self::Partner)
    }
}
