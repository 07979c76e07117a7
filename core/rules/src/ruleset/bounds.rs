//! Bounds that protect a programme: limits, budgets, the peg to money, part payment, clawback.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::ledger::Name;

/// Points that were put aside for some rules. The money of it is an account of the books that never
/// falls below zero, so it holds however many rules draw on it at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Budget {
    /// Id, unique in the set; also the account's name.
    #[ts(as = "String")]
    pub id: Name,
    /// Points put aside altogether; publishing a larger number adds the difference.
    pub points: i64,
    /// Who put them there; none is the programme's owner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(as = "Option<String>")]
    pub funder: Option<Name>,
    /// Tax and contributions that the funder owes on top, basis points of an award; the budget pays
    /// them too.
    #[serde(default)]
    pub gross_up_bp: i64,
}

/// What a point is worth from an instant on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PegRate {
    /// First instant, UTC milliseconds.
    pub from_ms: i64,
    /// ISO 4217 code.
    pub currency: String,
    /// Millionths of a minor unit for one point: 1,000,000 is one cent.
    pub minor_per_point_micro: i64,
}

/// Points as a part of a basket's price (a discount deferred to the next purchase).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PartPay {
    /// The most of a basket that points may pay, basis points.
    pub share_bp_max: i64,
    /// Products that points do not pay for.
    #[serde(default)]
    pub without_products: Vec<String>,
    /// Categories that points do not pay for.
    #[serde(default)]
    pub without_categories: Vec<String>,
}

/// What happens when credited points must go back and were spent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Clawback {
    /// The most of each later award that is kept back, basis points.
    pub share_bp_max: i64,
    /// The most that one person can owe; what is above is the funder's at once.
    pub points_max: i64,
}

impl Default for Clawback {
    /// All of what is earned next, without a bound: nobody is paid twice.
    fn default() -> Self {
        Self {
            share_bp_max: crate::amount::RATE_ONE_BP,
            points_max: crate::amount::AMOUNT_SIZE_MAX,
        }
    }
}

/// Bounds of the whole programme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// The most points of one redemption without a network.
    pub offline_redemption_points_max: i64,
    /// The most points that one terminal may hand to one member in a day without a network, under its
    /// lease.
    #[serde(default = "offline_member_day")]
    pub offline_member_day_points_max: i64,
    /// The most points that one terminal's lease may hold.
    pub lease_points_max: i64,
    /// How long after its grant a terminal may redeem under a lease, milliseconds.
    pub lease_fresh_ms: i64,
    /// How long after its last exchange a terminal may use its lease in full, milliseconds; then half.
    #[serde(default = "lease_full")]
    pub lease_full_ms: i64,
    /// How long it may use half of it, milliseconds since its last exchange; then a quarter.
    #[serde(default = "lease_half")]
    pub lease_half_ms: i64,
    /// The most points of one voucher.
    #[serde(default = "voucher_points_max")]
    pub voucher_points_max: i64,
    /// The most vouchers that one person may have open.
    #[serde(default = "vouchers_open_max")]
    pub vouchers_open_max: i64,
    /// The longest life of a voucher, milliseconds.
    #[serde(default = "voucher_life_ms_max")]
    pub voucher_life_ms_max: i64,
    /// How late a fact may arrive before a person looks at it, milliseconds.
    pub fact_age_ms_max: i64,
    /// How late work may arrive whose worth depends on when it was done (visits, and what is earned
    /// while a campaign begins or ends), when countersignatures prove the interval, milliseconds.
    #[serde(default = "work_age_proven")]
    pub work_age_proven_ms_max: i64,
    /// The same when only the device's clock says when it was.
    #[serde(default = "work_age")]
    pub work_age_ms_max: i64,
    /// The most points of one sale, all awards together; above it a person looks first.
    #[serde(default = "sale_points_max")]
    pub sale_points_max: i64,
    /// The most points that may be outstanding; at it nothing more is awarded. None: no bound.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub liability_points_max: Option<i64>,
    /// How many days after joining somebody may still say who recommended them.
    #[serde(default = "referral_days_max")]
    pub referral_days_max: i64,
    /// Wrong codes of one person within an hour; at it a right code waits for a person's look.
    #[serde(default = "guess_limit_of_one")]
    pub guess_limit_person_per_hour_max: i64,
    /// The same of one device.
    #[serde(default = "guess_limit_of_one")]
    pub guess_limit_device_per_hour_max: i64,
    /// The same of one network address, which a whole shop may share.
    #[serde(default = "guess_limit_of_address")]
    pub guess_limit_address_per_hour_max: i64,
    /// Wrong codes of the whole programme within an hour; at it wrong codes are told to wait.
    #[serde(default = "guess_limit_of_programme")]
    pub guess_limit_programme_per_hour_max: i64,
    /// Claims and visits of one person within a clock hour; above it the managers are told.
    #[serde(default = "pace_limit_of_reports")]
    pub pace_limit_reports_per_hour_max: i64,
    /// Kilometres an hour that people travel between outlets; above it the managers are told.
    #[serde(default = "pace_limit_of_travel")]
    pub pace_limit_km_per_hour_max: i64,
}

/// What a rule set that says nothing allows: a few of the dearest rewards.
fn offline_member_day() -> i64 {
    5_000
}

/// What a rule set that says nothing allows: a day.
fn lease_full() -> i64 {
    24 * 3_600_000
}

/// What a rule set that says nothing allows: two days.
fn lease_half() -> i64 {
    2 * 24 * 3_600_000
}

/// What a rule set that says nothing allows: ten days out of reach.
fn work_age_proven() -> i64 {
    10 * 24 * 3_600_000
}

/// What a rule set that says nothing allows: three days.
fn work_age() -> i64 {
    3 * 24 * 3_600_000
}

/// What a rule set that says nothing allows: as much as one sale.
fn voucher_points_max() -> i64 {
    20_000
}

/// What a rule set that says nothing allows: a few shops on one way.
fn vouchers_open_max() -> i64 {
    5
}

/// What a rule set that says nothing allows: a week.
fn voucher_life_ms_max() -> i64 {
    7 * 24 * 3_600_000
}

/// What a rule set that says nothing allows: forty of the dearest machines at once.
fn sale_points_max() -> i64 {
    20_000
}

/// What a rule set that says nothing allows: a month.
fn referral_days_max() -> i64 {
    30
}

/// Nobody mistypes so many codes: the phone's check symbol catches nearly all mistakes.
fn guess_limit_of_one() -> i64 {
    20
}

/// Ten people who all have a bad hour.
fn guess_limit_of_address() -> i64 {
    200
}

/// A bad hour of a large programme; a million guesses a week would still meet no code of 80 bits.
fn guess_limit_of_programme() -> i64 {
    5_000
}

/// One every half minute for an hour.
fn pace_limit_of_reports() -> i64 {
    120
}

/// A fast train without a wait for it.
fn pace_limit_of_travel() -> i64 {
    200
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            offline_redemption_points_max: 1_000,
            offline_member_day_points_max: offline_member_day(),
            lease_points_max: 2_000,
            lease_fresh_ms: 3 * 24 * 3_600_000,
            lease_full_ms: lease_full(),
            lease_half_ms: lease_half(),
            voucher_points_max: voucher_points_max(),
            vouchers_open_max: vouchers_open_max(),
            voucher_life_ms_max: voucher_life_ms_max(),
            fact_age_ms_max: 30 * 24 * 3_600_000,
            work_age_proven_ms_max: work_age_proven(),
            work_age_ms_max: work_age(),
            sale_points_max: sale_points_max(),
            liability_points_max: None,
            referral_days_max: referral_days_max(),
            guess_limit_person_per_hour_max: guess_limit_of_one(),
            guess_limit_device_per_hour_max: guess_limit_of_one(),
            guess_limit_address_per_hour_max: guess_limit_of_address(),
            guess_limit_programme_per_hour_max: guess_limit_of_programme(),
            pace_limit_reports_per_hour_max: pace_limit_of_reports(),
            pace_limit_km_per_hour_max: pace_limit_of_travel(),
        }
    }
}
