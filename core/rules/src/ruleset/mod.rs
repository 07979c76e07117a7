//! Rule sets: versioned data that says what earns, what is discounted, and within which bounds.
//!
//! The documents are described for people in `docs/RULES.md` and for programs by
//! `docs/rule-set.schema.json`. This folder holds the document's types, one file per part; what makes
//! a set fast to ask (`crate::index`), what asks it (`crate::earn`) and what refuses a bad one
//! (`crate::check`) stand elsewhere.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

mod bounds;
mod earlier;
mod effect;
mod predicate;
mod rule;
mod tally;

pub use bounds::{Budget, Clawback, Limits, PartPay, PegRate};
pub use effect::{Band, Effect, Gives, LEVELS_MAX, Rate};
pub use predicate::{Number, Predicate, TextField};
pub use rule::{Credit, Limit, Per, Rule, Share, Trigger, Who};
pub use tally::{Counted, Ladder, Subject, Tally, TierStep, WINDOW_DAYS_MAX, Window, ZoneStep};

/// A rule set; id is [`crate::entity::ONLY`].
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(from = "earlier::Stored")]
pub struct RuleSet {
    /// Grows by one with each publication, also of the price list.
    pub version: i64,
    /// The rules, in the order in which they apply.
    pub rules: Vec<Rule>,
    /// What is counted over time, for conditions, bands and tiers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tallies: Vec<Tally>,
    /// Ladders of tiers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ladders: Vec<Ladder>,
    /// Budgets that rules draw on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub budgets: Vec<Budget>,
    /// What a point is worth in money, dated; per currency in the order of their instants.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub peg: Vec<PegRate>,
    /// Offsets of the programme's time zone from UTC, in the order of their instants; written at
    /// publishing, so that every place counts days alike. Empty means UTC.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub zone: Vec<ZoneStep>,
    /// Points as a part of the price of a basket.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part_pay: Option<PartPay>,
    /// What happens when credited points must go back and were spent.
    pub clawback: Clawback,
    /// Bounds.
    pub limits: Limits,
}

impl RuleSet {
    /// The rule with this id.
    #[must_use]
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    /// The tally with this id.
    #[must_use]
    pub fn tally(&self, id: &str) -> Option<&Tally> {
        self.tallies.iter().find(|tally| tally.id == id)
    }

    /// What a point is worth in a currency at an instant, in millionths of a minor unit.
    #[must_use]
    pub fn minor_per_point_micro(&self, currency: &str, at_ms: i64) -> Option<i64> {
        let mut rates = self.peg.iter();
        let rate = rates.rfind(|rate| rate.currency == currency && rate.from_ms <= at_ms);
        rate.map(|rate| rate.minor_per_point_micro)
    }
}

/// A text in several languages, by two-letter code.
type Texts = BTreeMap<String, String>;
