//! Reading a stored rule set: the shape of today, and the first shape, whose two lists become rules.

use serde::Deserialize;

use super::{Budget, Clawback, Ladder, Limits, PartPay, PegRate, Rule, RuleSet, Tally, ZoneStep};

/// A rule set as it may be stored.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct Stored {
    version: i64,
    #[serde(default)]
    rules: Vec<Rule>,
    #[serde(default)]
    tallies: Vec<Tally>,
    #[serde(default)]
    ladders: Vec<Ladder>,
    #[serde(default)]
    budgets: Vec<Budget>,
    #[serde(default)]
    peg: Vec<PegRate>,
    #[serde(default)]
    zone: Vec<ZoneStep>,
    #[serde(default)]
    part_pay: Option<PartPay>,
    #[serde(default)]
    clawback: Clawback,
    #[serde(default)]
    limits: Limits,
    /// First shape: points for an amount that names no product.
    #[serde(default)]
    per_amount: Vec<PerAmount>,
    /// First shape: more points for the seller of one product.
    #[serde(default)]
    multipliers: Vec<Multiplier>,
}

#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct PerAmount {
    id: String,
    currency: String,
    step_minor: i64,
    buyer_points: i64,
}

#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Multiplier {
    id: String,
    product: String,
    rate_bp: i64,
    starts_ms: i64,
    ends_ms: i64,
    lesson: Option<String>,
}

impl From<Stored> for RuleSet {
    fn from(stored: Stored) -> Self {
        let amounts = stored
            .per_amount
            .into_iter()
            .map(|old| Rule::for_amounts(old.id, old.currency, old.step_minor, old.buyer_points));
        let multipliers = stored.multipliers.into_iter().map(|old| {
            let time = (old.starts_ms, old.ends_ms);
            Rule::for_product(old.id, old.product, old.rate_bp, time, old.lesson)
        });
        let mut rules: Vec<Rule> = amounts.chain(multipliers).collect();
        rules.extend(stored.rules);
        Self {
            version: stored.version,
            rules,
            tallies: stored.tallies,
            ladders: stored.ladders,
            budgets: stored.budgets,
            peg: stored.peg,
            zone: stored.zone,
            part_pay: stored.part_pay,
            clawback: stored.clawback,
            limits: stored.limits,
        }
    }
}
