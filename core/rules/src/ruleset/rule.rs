//! A rule: trigger, condition, effect, who benefits, and within which limits.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Effect, Predicate, TextField, Texts, Window};
use crate::ledger::Name;

/// A rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Id, unique in the set; at most 64 characters.
    pub id: String,
    /// What people call it, by language.
    #[serde(default, skip_serializing_if = "Texts::is_empty")]
    pub title: Texts,
    /// When it is looked at.
    pub trigger: Trigger,
    /// Its condition; none always holds.
    #[serde(default, skip_serializing_if = "is_always")]
    pub when: Predicate,
    /// First instant, UTC milliseconds; none from ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts_ms: Option<i64>,
    /// First instant after it, UTC milliseconds; none for ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_ms: Option<i64>,
    /// What it gives.
    pub effect: Effect,
    /// Who benefits: shares that come to 10,000 basis points together.
    pub to: Vec<Share>,
    /// Limits of its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<Limit>,
    /// The budget that it draws on; none draws on the programme's issuance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(as = "Option<String>")]
    pub budget: Option<Name>,
    /// Who pays for it in the end; none is the programme's owner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(as = "Option<String>")]
    pub funder: Option<Name>,
    /// When its points become spendable.
    #[serde(default, skip_serializing_if = "Credit::is_now")]
    pub credit: Credit,
    /// Days after which its points expire, counted from the event; none never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_days: Option<i64>,
    /// Among the rules of one group only the one that gives most applies, to each line and
    /// beneficiary; equal ones by their order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
}

impl Rule {
    /// A rule of a sale for one beneficiary, without conditions, limits or dates.
    #[must_use]
    pub fn of_sale(id: impl Into<String>, who: Who, effect: Effect) -> Self {
        Self {
            id: id.into(),
            title: Default::default(),
            trigger: Trigger::Sale,
            when: Predicate::default(),
            starts_ms: None,
            ends_ms: None,
            effect,
            to: Share::all(who),
            limits: Vec::new(),
            budget: None,
            funder: None,
            credit: Default::default(),
            expires_days: None,
            group: None,
        }
    }

    /// The buyer's points for each full step of an amount that names no product.
    #[must_use]
    pub fn for_amounts(id: String, currency: String, step_minor: i64, points: i64) -> Self {
        let effect = Effect::PerAmount {
            currency,
            step_minor,
            points,
        };
        Self {
            when: Predicate::Absent(TextField::Product),
            ..Self::of_sale(id, Who::Buyer, effect)
        }
    }

    /// The seller's points on one product multiplied from the first to before the second instant, for
    /// those who passed the lesson.
    #[must_use]
    pub fn for_product(
        id: String,
        product: String,
        rate_bp: i64,
        (starts_ms, ends_ms): (i64, i64),
        lesson: Option<String>,
    ) -> Self {
        let mut when = vec![Predicate::Is {
            field: TextField::Product,
            values: vec![product],
        }];
        when.extend(lesson.map(Predicate::Lesson));
        Self {
            when: Predicate::All(when),
            starts_ms: Some(starts_ms),
            ends_ms: Some(ends_ms),
            ..Self::of_sale(id, Who::Seller, Effect::Multiply { rate_bp })
        }
    }
}

fn is_always(when: &Predicate) -> bool {
    *when == Predicate::default()
}

/// When a rule is looked at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Trigger {
    /// A thing was sold, whatever reported it.
    Sale,
    /// An invoice was paid in full.
    Payment,
    /// A measured event of this name was recorded.
    Event(String),
    /// Somebody joined by a recommendation.
    Joined,
    /// This many days passed without a purchase of the beneficiary (a buyer).
    Quiet {
        /// Days.
        days: i64,
    },
    /// This many days passed since the beneficiary joined, again and again.
    Anniversary {
        /// Days; 365 is once a year.
        days: i64,
    },
}

/// Who benefits, and of how much.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// Who.
    pub who: Who,
    /// Share in basis points.
    pub share_bp: i64,
}

impl Share {
    /// All of it.
    #[must_use]
    pub fn all(who: Who) -> Vec<Self> {
        vec![Self {
            who,
            share_bp: crate::amount::RATE_ONE_BP,
        }]
    }
}

/// A beneficiary by their part in the event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// Who buys.
    Buyer,
    /// Who sold.
    Seller,
    /// Who recorded it.
    Actor,
    /// The outlet's owner.
    Owner,
    /// The outlet's own pot.
    Shop,
    /// Everybody employed at the outlet at the event's instant, by their shares.
    Staff,
    /// Whoever recommended the buyer.
    Referrer,
}

/// A bound on what a rule gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// For whom it counts.
    pub per: Per,
    /// Over which time.
    pub within: Window,
    /// The most points; what is above is cut off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points_max: Option<i64>,
    /// The most times that the rule gives anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times_max: Option<i64>,
}

/// For whom a limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Per {
    /// Each beneficiary.
    Person,
    /// Each outlet.
    Outlet,
    /// Each partner.
    Partner,
    /// All together.
    Rule,
}

/// When points become spendable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Credit {
    /// At once.
    #[default]
    Now,
    /// When the goods can no longer be returned.
    AfterReturnWindow {
        /// Days after the event.
        days: i64,
    },
    /// When the sale's invoice is paid within so many days; else they lapse.
    WhenPaid {
        /// Days after the event.
        days: i64,
    },
    /// On a day of the next month, in the programme's zone.
    NextMonth {
        /// Day of the month, 1 to 28.
        day: i64,
    },
}

impl Credit {
    /// True when nothing is waited for.
    #[must_use]
    pub fn is_now(&self) -> bool {
        *self == Self::Now
    }
}

impl Per {
    /// True when it must be known who runs the outlet.
    #[must_use]
    pub fn of_outlet(self) -> bool {
        matches!(self, Self::Partner)
    }
}
