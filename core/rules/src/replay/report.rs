//! What a replay reports: plain data for screens and programs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// Points and how many awards they came in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Given {
    /// Points.
    pub points: i64,
    /// Awards; of a rule those that it took part in.
    pub awards: i64,
}

/// One line of a list: what both rule sets gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Compared {
    /// What the line is about: a rule's id or `price_list`, a part in events, an outlet's id, a month
    /// as `2026-05`. Empty for events without an outlet.
    pub key: String,
    /// What the draft gave.
    pub draft: Given,
    /// What the current rules gave.
    pub current: Given,
}

/// What one rule set came to in all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Total {
    /// Points and awards.
    pub given: Given,
    /// What they cost in points, tax and contributions included.
    pub cost_points: i64,
    /// The same in money by currency, minor units rounded up; points without a rate are left out.
    pub cost_minor: BTreeMap<String, i64>,
    /// Money off by currency, minor units.
    pub discounts_minor: BTreeMap<String, i64>,
    /// Events that gave nothing because their amounts were too large.
    pub refused_events: i64,
}

/// Money off by one rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DiscountLine {
    /// The rule.
    pub rule: String,
    /// ISO 4217 code.
    pub currency: String,
    /// What the draft took off, minor units.
    pub draft_minor: i64,
    /// What the current rules took off, minor units.
    pub current_minor: i64,
}

/// How many people the draft changes something for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Change {
    /// People who get more.
    pub gain: i64,
    /// People who get less.
    pub lose: i64,
    /// People who get the same.
    pub stay: i64,
}

/// What the draft changes for one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PersonChange {
    /// Who.
    pub participant: Uuid,
    /// Points by the draft.
    pub draft_points: i64,
    /// Points by the current rules.
    pub current_points: i64,
    /// The difference.
    pub change_points: i64,
}

/// A place in the order of all people by what the draft changes for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Quantile {
    /// This part of all people, basis points, has at most this change.
    pub people_bp: i64,
    /// The change in points.
    pub change_points: i64,
}

/// What became of a budget of the draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BudgetLine {
    /// The budget.
    pub budget: String,
    /// Points put aside.
    pub points: i64,
    /// Points left.
    pub left_points: i64,
    /// The instant from which it could not pay in full any more, UTC milliseconds.
    pub exhausted_ms: Option<i64>,
}

/// How often a bound of the draft was met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BoundLine {
    /// The rule, or `price_list`.
    pub rule: String,
    /// `limit`, `budget` or `liability`.
    pub bound: String,
    /// Events of which it cut an award.
    pub cut_events: i64,
    /// Events of which it left the rule nothing to give.
    pub refused_events: i64,
}

/// The day on which one person gets most by the draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BestDay {
    /// Who.
    pub participant: Uuid,
    /// Local day, days since 1 January 1970.
    pub day: i64,
    /// Points.
    pub points: i64,
}

/// How much of the draft's cost few people could draw to themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Exposure {
    /// The top hundredth of people who get anything, at least one.
    pub top_people: i64,
    /// Their part of what all people's points cost, basis points, rounded down.
    pub top_share_bp: i64,
    /// The highest day of one person.
    pub best_day: Option<BestDay>,
}

/// Everything that a replay found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Report {
    /// Events in the reported time.
    pub events: i64,
    /// Events before it, which only filled tallies, limits and budgets.
    pub earlier_events: i64,
    /// The first reported event, UTC milliseconds.
    pub first_ms: Option<i64>,
    /// The last reported event, UTC milliseconds.
    pub last_ms: Option<i64>,
    /// The draft in all.
    pub draft: Total,
    /// The current rules in all.
    pub current: Total,
    /// By rule, in the order of the draft, then rules that only the current set has.
    pub rules: Vec<Compared>,
    /// By part in events.
    pub roles: Vec<Compared>,
    /// The outlets with the most points by the draft.
    pub outlets: Vec<Compared>,
    /// All other outlets together.
    pub other_outlets: Option<Compared>,
    /// By local month, the oldest first.
    pub months: Vec<Compared>,
    /// Money off by rule.
    pub discounts: Vec<DiscountLine>,
    /// Who gains and who loses.
    pub people: Change,
    /// The ten people who gain most.
    pub winners: Vec<PersonChange>,
    /// The ten people who lose most.
    pub losers: Vec<PersonChange>,
    /// How the changes spread over all people.
    pub quantiles: Vec<Quantile>,
    /// The draft's budgets.
    pub budgets: Vec<BudgetLine>,
    /// Bounds of the draft that were met.
    pub bounds: Vec<BoundLine>,
    /// How exposed the draft is to people who play it.
    pub exposure: Exposure,
}
