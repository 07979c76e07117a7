//! What a place knows besides the rule set: the names that rules may use, the time, the budgets.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// Names, by kind. What is none is not known at this place, and is then not checked.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Catalogue {
    /// Product ids.
    pub products: Option<BTreeSet<String>>,
    /// Brands of products.
    pub brands: Option<BTreeSet<String>>,
    /// Categories of products.
    pub categories: Option<BTreeSet<String>>,
    /// Outlet codes.
    pub outlets: Option<BTreeSet<String>>,
    /// Partners.
    pub partners: Option<BTreeSet<String>>,
    /// Countries of outlets.
    pub countries: Option<BTreeSet<String>>,
    /// Cities of outlets.
    pub cities: Option<BTreeSet<String>>,
    /// Roles of participants.
    pub roles: Option<BTreeSet<String>>,
    /// Segments of participants.
    pub segments: Option<BTreeSet<String>>,
    /// Currencies that the programme sells in.
    pub currencies: Option<BTreeSet<String>>,
    /// Lesson codes.
    pub lessons: Option<BTreeSet<String>>,
    /// Names of measured events.
    pub events: Option<BTreeSet<String>>,
    /// Who may fund rules and budgets.
    pub funders: Option<BTreeSet<String>>,
    /// The budgets as they stand, by id; one that is not there was not funded yet.
    pub budgets: Option<BTreeMap<String, Funded>>,
    /// The most points that the price list gives for one piece, of either side, at any date.
    pub price_points_max: Option<i64>,
    /// When it is asked, UTC milliseconds.
    pub now_ms: Option<i64>,
}

/// A budget as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Funded {
    /// Points put aside so far, altogether.
    pub points: i64,
    /// Points that are left of them.
    pub left_points: i64,
}
