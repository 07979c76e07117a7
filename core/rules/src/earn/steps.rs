//! The arithmetic behind an award as numbers, and as the steps that people read.

use std::collections::BTreeMap;
use std::rc::Rc;

use serde_json::{Value, json};

use super::scene::Scene;
use crate::outcome::Derivation;

/// One operation; `docs/RULES.md` section 9 lists them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Op {
    PerUnit {
        each: i64,
        quantity_micro: i64,
    },
    PerAmount {
        each: i64,
        step_minor: i64,
        amount_minor: i64,
    },
    Percent {
        rate_bp: i64,
        amount_minor: i64,
        minor_per_point_micro: i64,
    },
    Discount {
        rate_bp: i64,
    },
    Fixed {
        each: i64,
    },
    Every {
        each: i64,
        nth: i64,
        before: i64,
        delta: i64,
    },
    PerMeasure {
        each: i64,
        step: i64,
        value: i64,
    },
    Boost {
        base: i64,
        rate_bp: i64,
    },
    Multiplier {
        rate_bp: i64,
    },
    Capped {
        by: &'static str,
        left: i64,
        cut: i64,
    },
    Part {
        of: i64,
        place: usize,
    },
    StaffPart {
        of: i64,
        place: usize,
        shares: Rc<[i64]>,
    },
    Level {
        of: i64,
        share_bp: i64,
        level: u8,
    },
}

/// An operation of a rule on a line, and what it comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Step {
    pub op: Op,
    /// The rule's place in the set; none for the price list.
    pub rule: Option<u32>,
    /// The line, or -1.
    pub line: i64,
    /// True when it leads to a value that is shared out, and does not add by itself.
    pub inner: bool,
    pub points: i64,
}

/// The rule's name where no rule of the set gave: the product's own price.
pub(crate) const PRICE_LIST: &str = "price_list";

impl Step {
    /// The step as data.
    pub fn derivation(&self, scene: &Scene<'_>) -> Derivation {
        let set = scene.index.set();
        let rule = self.rule.and_then(|place| set.rules.get(place as usize));
        let shares_bp = || -> Vec<i64> {
            let shares = rule.map(|rule| rule.to.as_slice()).unwrap_or_default();
            shares.iter().map(|share| share.share_bp).collect()
        };
        let (step, params) = self.op.told(&scene.event.currency, shares_bp);
        let mut params: BTreeMap<String, Value> = params
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect();
        if self.inner {
            params.insert("inner".to_owned(), Value::Bool(true));
        }
        Derivation {
            step: step.to_owned(),
            rule: rule.map_or_else(|| PRICE_LIST.to_owned(), |rule| rule.id.clone()),
            version: set.version,
            line: self.line,
            params,
            points: self.points,
        }
    }
}

type Told = (&'static str, Vec<(&'static str, Value)>);

impl Op {
    fn told(&self, currency: &str, shares_bp: impl Fn() -> Vec<i64>) -> Told {
        match self {
            Self::PerUnit {
                each,
                quantity_micro,
            } => (
                "per_unit",
                vec![
                    ("each", json!(each)),
                    ("quantity_micro", json!(quantity_micro)),
                ],
            ),
            Self::PerAmount {
                each,
                step_minor,
                amount_minor,
            } => (
                "per_amount",
                vec![
                    ("each", json!(each)),
                    ("step_minor", json!(step_minor)),
                    ("amount_minor", json!(amount_minor)),
                    ("currency", json!(currency)),
                ],
            ),
            Self::Percent {
                rate_bp,
                amount_minor,
                minor_per_point_micro,
            } => (
                "percent",
                vec![
                    ("rate_bp", json!(rate_bp)),
                    ("amount_minor", json!(amount_minor)),
                    ("minor_per_point_micro", json!(minor_per_point_micro)),
                    ("currency", json!(currency)),
                ],
            ),
            Self::Discount { rate_bp } => ("discount", vec![("rate_bp", json!(rate_bp))]),
            Self::Boost { base, rate_bp } => (
                "boost",
                vec![("base", json!(base)), ("rate_bp", json!(rate_bp))],
            ),
            Self::Multiplier { rate_bp } => ("multiplier", vec![("rate_bp", json!(rate_bp))]),
            Self::Capped { by, left, cut } => (
                "capped",
                vec![
                    ("by", json!(by)),
                    ("left", json!(left)),
                    ("cut", json!(cut)),
                ],
            ),
            Self::Fixed { .. } | Self::Every { .. } | Self::PerMeasure { .. } => {
                self.told_of_event()
            }
            Self::Part { .. } | Self::StaffPart { .. } | Self::Level { .. } => {
                self.told_of_share(shares_bp)
            }
        }
    }

    fn told_of_event(&self) -> Told {
        match self {
            Self::Every {
                each,
                nth,
                before,
                delta,
            } => (
                "every",
                vec![
                    ("each", json!(each)),
                    ("nth", json!(nth)),
                    ("before", json!(before)),
                    ("delta", json!(delta)),
                ],
            ),
            Self::PerMeasure { each, step, value } => (
                "per_measure",
                vec![
                    ("each", json!(each)),
                    ("step", json!(step)),
                    ("value", json!(value)),
                ],
            ),
            Self::Fixed { each } => ("fixed", vec![("each", json!(each))]),
            _ => ("", Vec::new()),
        }
    }

    fn told_of_share(&self, shares_bp: impl Fn() -> Vec<i64>) -> Told {
        match self {
            Self::Part { of, place } => {
                let shares_bp = shares_bp();
                (
                    "part",
                    vec![
                        ("of", json!(of)),
                        ("share_bp", json!(shares_bp.get(*place))),
                        ("place", json!(place)),
                        ("shares_bp", json!(shares_bp)),
                    ],
                )
            }
            Self::StaffPart { of, place, shares } => (
                "staff_part",
                vec![
                    ("of", json!(of)),
                    ("place", json!(place)),
                    ("shares", json!(&shares[..])),
                ],
            ),
            Self::Level {
                of,
                share_bp,
                level,
            } => (
                "level",
                vec![
                    ("of", json!(of)),
                    ("share_bp", json!(share_bp)),
                    ("level", json!(level)),
                ],
            ),
            _ => ("", Vec::new()),
        }
    }
}
