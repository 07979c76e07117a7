//! Conditions: a typed tree over the event and its facts. A leaf that reads what a place does not know
//! is neither true nor false, and the tree says so (three-valued logic).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Predicate {
    /// Every part holds; an empty list holds.
    All(Vec<Predicate>),
    /// At least one part holds; an empty list does not.
    Any(Vec<Predicate>),
    /// The part does not hold.
    Not(Box<Predicate>),
    /// A text field has one of these values.
    Is {
        /// Which.
        field: TextField,
        /// The values, at least one.
        #[serde(rename = "in")]
        values: Vec<String>,
    },
    /// A text field has no value: a line that names no product, a sale that happens nowhere.
    Absent(TextField),
    /// A number is at least `from` and below `to`; a bound that is left out does not bind.
    Between {
        /// Which.
        number: Number,
        /// First value inside.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<i64>,
        /// First value outside.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<i64>,
    },
    /// The beneficiary passed this lesson.
    Lesson(String),
    /// The beneficiary stands on this step of a ladder, or on a higher one.
    Tier {
        /// The ladder's id.
        ladder: String,
        /// The step's code.
        at_least: String,
    },
    /// The buyer was recommended by somebody (`true`) or by nobody (`false`).
    Referred(bool),
}

impl Default for Predicate {
    fn default() -> Self {
        Self::All(Vec::new())
    }
}

/// A field of an event that is a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TextField {
    /// The line's product id.
    Product,
    /// The line's brand.
    Brand,
    /// The line's category.
    Category,
    /// The outlet's code.
    Outlet,
    /// The partner that runs the outlet.
    Partner,
    /// The outlet's country.
    Country,
    /// The outlet's city.
    City,
    /// The beneficiary's role.
    Role,
    /// The beneficiary's segments; holds when any of them is named.
    Segment,
    /// What first reported the sale: `till`, `code`, `receipt`.
    Evidence,
    /// Currency of the amounts.
    Currency,
}

impl TextField {
    /// The field's name in documents and in reasons.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Product => "product",
            Self::Brand => "brand",
            Self::Category => "category",
            Self::Outlet => "outlet",
            Self::Partner => "partner",
            Self::Country => "country",
            Self::City => "city",
            Self::Role => "role",
            Self::Segment => "segment",
            Self::Evidence => "evidence",
            Self::Currency => "currency",
        }
    }

    /// True when the field belongs to a line rather than to the whole event.
    #[must_use]
    pub fn of_line(self) -> bool {
        matches!(self, Self::Product | Self::Brand | Self::Category)
    }
}

/// A number that conditions and bands read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Number {
    /// The line's quantity, millionths of a piece.
    QuantityMicro,
    /// The line's amount, minor units.
    AmountMinor,
    /// The whole event's amount, minor units.
    BasketMinor,
    /// The value of a measured event, in its own unit.
    Value,
    /// Day of the week in the programme's zone: 1 is Monday, 7 Sunday.
    Weekday,
    /// Minute of the day in the programme's zone, 0 to 1439.
    Minute,
    /// A tally as it stood before this event.
    Tally(String),
}

impl Number {
    /// True when the number belongs to a line rather than to the whole event.
    #[must_use]
    pub fn of_line(&self) -> bool {
        matches!(self, Self::QuantityMicro | Self::AmountMinor)
    }
}
