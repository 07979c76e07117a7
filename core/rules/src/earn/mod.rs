//! What an event earns under a rule set: the engine that phone, terminal, server and browser share.
//! `docs/RULES.md` says what each rule means; `needs` says what must be known, `earn` what follows.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::ledger::Name;
use crate::outcome::{Because, Derivation, WhyNot};
use crate::ruleset::{Credit, Who};

mod bounds;
mod brief;
mod condition;
mod discounts;
mod dry_run;
mod event;
mod given;
mod levels;
mod line;
pub(crate) mod local;
mod needs;
mod on_event;
mod on_line;
mod purse;
mod run;
mod scene;
mod share;
mod steps;
mod tallies;
mod tiers;
mod value;
mod why;

pub(crate) use bounds::{Spent, cost};
pub(crate) use brief::{Brief, brief};
pub use dry_run::dry_run;
pub use event::{Event, EventLine, Party};
pub(crate) use given::Given;
pub use needs::needs;
pub use scene::{lesson_key, tally_key};
pub(crate) use steps::PRICE_LIST;
pub use tiers::GRACE_DAYS_MAX;

use crate::amount::Overflow;
use crate::facts::Facts;
use crate::index::Index;

/// What follows from an event under a compiled rule set. Equal inputs give equal answers everywhere.
pub fn earn(event: &Event, index: &Index, facts: &Facts) -> Result<Earning, Overflow> {
    run::run(&scene::Scene::new(event, index, facts)?)
}

/// The instant, UTC milliseconds, of local midnight on a day of the month after the one that `at_ms`
/// lies in; `zone` is the rule set's.
#[must_use]
pub fn next_month_ms(at_ms: i64, day_of_month: i64, zone: &[crate::ruleset::ZoneStep]) -> i64 {
    let day = local::next_month(local::Local::at(at_ms, zone).day, day_of_month);
    local::midnight_ms(day, zone)
}

/// The local day, days since 1 January 1970, that an instant lies in.
pub(crate) fn local_day(at_ms: i64, zone: &[crate::ruleset::ZoneStep]) -> i64 {
    local::Local::at(at_ms, zone).day
}

/// The instant, UTC milliseconds, that a text `YYYY-MM-DDTHH:MM` or with `:SS` names, as if it were
/// UTC; none when it is no such text.
pub(crate) fn text_ms(text: &str) -> Option<i64> {
    local::text_ms(text)
}

/// The local year and month that an instant lies in.
pub(crate) fn local_month(at_ms: i64, zone: &[crate::ruleset::ZoneStep]) -> (i64, i64) {
    let (year, month, _) = local::civil(local_day(at_ms, zone));
    (year, month)
}

/// When and from whom points come: points with equal terms are one award.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Terms {
    /// Who pays in the end; none is the programme's owner.
    pub funder: Option<Name>,
    /// The budget that they are taken from; none is the programme's issuance.
    pub budget: Option<Name>,
    /// When they become spendable.
    pub credit: Credit,
    /// Days after the event at which they expire.
    pub expires_days: Option<i64>,
}

/// Points for one beneficiary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarnedAward {
    /// Their part in the event.
    pub who: Who,
    /// Level of recommendation, from 1; zero for everybody else.
    pub level: u8,
    /// The person; none for the outlet's pot, and for somebody whom only the server can find.
    pub participant: Option<Uuid>,
    /// How many.
    pub points: i64,
    /// Their terms.
    #[serde(flatten)]
    pub terms: Terms,
    /// What this place could not know.
    pub pending: Vec<Because>,
    /// The arithmetic.
    pub derivation: Vec<Derivation>,
}

/// Money off a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Discount {
    /// The rule.
    pub rule: String,
    /// The line, from zero.
    pub line: i64,
    /// Its rate, basis points.
    pub rate_bp: i64,
    /// How much, minor units.
    pub amount_minor: i64,
}

/// What an event adds to a tally.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TallyMove {
    /// The tally's id; of limits `limit/RULE/N`.
    pub tally: String,
    /// For whom: an id, a partner's name, or `programme`.
    pub subject: String,
    /// Local day number.
    pub day: i64,
    /// What is added.
    pub value: i64,
}

/// Everything that follows from an event.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Earning {
    /// Points, in the order of `docs/RULES.md` section 8.
    pub awards: Vec<EarnedAward>,
    /// Money off.
    pub discounts: Vec<Discount>,
    /// What is counted.
    pub tallies: Vec<TallyMove>,
    /// Rules that were looked at and gave nothing.
    pub why_not: Vec<WhyNot>,
    /// What concerns no award.
    pub notes: Vec<Because>,
}
