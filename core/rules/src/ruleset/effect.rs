//! Effects: what a rule gives when its condition holds.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Number;

/// What a rule gives. Effects on a line look at each line that the condition holds for; the others
/// look at the event once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Effect {
    /// Line: points for each whole piece.
    PerUnit {
        /// Points for one piece.
        points: i64,
    },
    /// Line: points for each full step of the amount.
    PerAmount {
        /// Currency it holds for.
        currency: String,
        /// Step, minor units; above zero.
        step_minor: i64,
        /// Points for a full step.
        points: i64,
    },
    /// Line: a share of the amount, as points by the peg or as a discount.
    Percent {
        /// Currency it holds for.
        currency: String,
        /// How much of the amount.
        rate: Rate,
        /// Points or a discount.
        gives: Gives,
    },
    /// Line: multiplies what the line has earned so far for the same beneficiary.
    Multiply {
        /// Rate in basis points; 20000 doubles.
        rate_bp: i64,
    },
    /// Event: points once.
    Fixed {
        /// Points.
        points: i64,
    },
    /// Event: points whenever a tally passes a multiple of `nth`.
    Every {
        /// The tally's id.
        tally: String,
        /// Which one earns: 10 is every tenth; above zero.
        nth: i64,
        /// Points each time.
        points: i64,
    },
    /// Event: points for each full step of a measured value.
    PerMeasure {
        /// Step in the measure's unit; above zero.
        step: i64,
        /// Points for a full step.
        points: i64,
    },
    /// Event: what the inner effect comes to, shared out up the chain of recommendations from the
    /// buyer: first whoever recommended the buyer, then whoever recommended that person.
    Levels {
        /// What the shares are of: an effect other than `multiply` and `levels`, counted over the
        /// lines that the condition holds for.
        of: Box<Effect>,
        /// Shares in basis points, nearest first; at most [`crate::ruleset::LEVELS_MAX`].
        shares_bp: Vec<i64>,
    },
}

/// The most levels of recommendation that a rule pays.
pub const LEVELS_MAX: usize = 5;

/// A rate in basis points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Rate {
    /// Always the same, basis points.
    Flat(i64),
    /// By where a number lies.
    Banded {
        /// The number.
        by: Number,
        /// The bands: without gaps or overlaps, from zero to without end.
        bands: Vec<Band>,
    },
}

/// One band of a rate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// First value inside.
    pub from: i64,
    /// First value outside; none for the last band.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<i64>,
    /// Rate in basis points.
    pub rate_bp: i64,
}

/// What a share of an amount becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Gives {
    /// Points, by the peg at the event's instant.
    Bonus,
    /// Money off the line.
    Discount,
}

impl Effect {
    /// True when the effect looks at lines one by one.
    #[must_use]
    pub fn of_line(&self) -> bool {
        matches!(
            self,
            Self::PerUnit { .. }
                | Self::PerAmount { .. }
                | Self::Percent { .. }
                | Self::Multiply { .. }
        )
    }

    /// True when the effect is money off rather than points.
    #[must_use]
    pub fn is_discount(&self) -> bool {
        matches!(
            self,
            Self::Percent {
                gives: Gives::Discount,
                ..
            }
        )
    }
}

impl Effect {
    /// The ids of the tallies that the effect reads.
    #[must_use]
    pub fn tallies(&self) -> Vec<&str> {
        match self {
            Self::Percent {
                rate:
                    Rate::Banded {
                        by: Number::Tally(id),
                        ..
                    },
                ..
            }
            | Self::Every { tally: id, .. } => vec![id.as_str()],
            Self::Levels { of, .. } => of.tallies(),
            _ => Vec::new(),
        }
    }
}
