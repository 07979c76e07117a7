//! Rule sets: versioned data that says what earns. Points per piece come from the price list on the
//! products; the rule set adds amounts, multipliers and limits.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Points for each full step of an amount that names no product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PerAmount {
    /// The rule's id.
    pub id: String,
    /// Currency it holds for.
    pub currency: String,
    /// Step, minor units; above zero.
    pub step_minor: i64,
    /// Points for the buyer per full step.
    pub buyer_points: i64,
}

/// Multiplies the seller's points on one product for a while.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Multiplier {
    /// The rule's id, equal to the campaign's code.
    pub id: String,
    /// Product id.
    pub product: String,
    /// Rate in basis points; 20000 doubles.
    pub rate_bp: i64,
    /// First instant, UTC milliseconds.
    pub starts_ms: i64,
    /// First instant after it, UTC milliseconds.
    pub ends_ms: i64,
    /// A lesson to pass first.
    pub lesson: Option<String>,
}

/// Bounds that protect a programme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Limits {
    /// The most points of one redemption without a network.
    pub offline_redemption_points_max: i64,
    /// The most points that one terminal's lease may hold.
    pub lease_points_max: i64,
    /// How long after its grant a terminal may redeem under a lease, milliseconds.
    pub lease_fresh_ms: i64,
    /// How late a fact may arrive before a person looks at it, milliseconds.
    pub fact_age_ms_max: i64,
    /// The most points of one sale, both pots together; above it a person looks first.
    #[serde(default = "sale_points_max")]
    pub sale_points_max: i64,
}

/// What a rule set that says nothing allows: forty of the dearest machines at once.
fn sale_points_max() -> i64 {
    20_000
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            offline_redemption_points_max: 1_000,
            lease_points_max: 2_000,
            lease_fresh_ms: 3 * 24 * 3_600_000,
            fact_age_ms_max: 30 * 24 * 3_600_000,
            sale_points_max: sale_points_max(),
        }
    }
}

/// A rule set; id is [`crate::entity::ONLY`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RuleSet {
    /// Grows by one with each publication, also of the price list.
    pub version: i64,
    /// Rules on amounts.
    pub per_amount: Vec<PerAmount>,
    /// Campaign multipliers.
    pub multipliers: Vec<Multiplier>,
    /// Bounds.
    pub limits: Limits,
}

impl RuleSet {
    /// The multiplier that holds for a product at an instant.
    #[must_use]
    pub fn multiplier(&self, product: &str, at_ms: i64) -> Option<&Multiplier> {
        self.multipliers
            .iter()
            .find(|rule| rule.product == product && rule.starts_ms <= at_ms && at_ms < rule.ends_ms)
    }
}
