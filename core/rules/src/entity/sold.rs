//! Things sold and what reported them: codes, units, receipts, sales.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// A unique code that was printed; id is its canonical form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Code {
    /// The series it belongs to.
    pub series: String,
    /// The product it was put into.
    pub product: String,
    /// The outlet that the series was shipped to, when known.
    pub outlet: Option<Uuid>,
    /// `shipped`, `claimed` or `void`.
    pub status: String,
    /// Who was credited first.
    pub claimed_by: Option<Uuid>,
    /// When, UTC milliseconds.
    pub claimed_ms: Option<i64>,
}

impl Code {
    /// Whoever sells the piece next can be credited: the code is as it was shipped.
    pub fn release(&mut self) {
        self.status = "shipped".to_owned();
        self.claimed_by = None;
        self.claimed_ms = None;
    }
}

/// One thing sold, with everything that reported it; id is its key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Unit {
    /// Key: `code:…`, `sale:…` or `receipt:…`.
    pub key: String,
    /// Product.
    pub product: Option<String>,
    /// Quantity in millionths.
    pub quantity_micro: i64,
    /// Where it was sold, when known.
    pub outlet: Option<Uuid>,
    /// The sale it belongs to, when a till reported one.
    pub sale: Option<Uuid>,
    /// Credited for the seller's incentive.
    pub seller: Option<Uuid>,
    /// Credited for the buyer's points.
    pub buyer: Option<Uuid>,
    /// First report, UTC milliseconds.
    pub at_ms: i64,
    /// Everything that reported it.
    pub evidence: Vec<EvidenceNote>,
}

/// One report of a unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EvidenceNote {
    /// `till`, `code`, `receipt`.
    pub kind: String,
    /// Its reference: sale id, code, receipt key.
    pub reference: String,
    /// The command that brought it.
    pub command_id: Uuid,
    /// When, UTC milliseconds.
    pub at_ms: i64,
}

/// One entry of a [`UnitIndex`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitRef {
    /// The unit's key.
    pub key: String,
    /// When, UTC milliseconds.
    pub at_ms: i64,
    /// Where, when known.
    pub outlet: Option<Uuid>,
    /// Whole pieces: each may be reported once by each kind of evidence.
    pub pieces: i64,
    /// Its reports, each `kind:reference`.
    pub evidence: Vec<String>,
}

/// A seller's recent units of one product; id is `seller:product`. Links late evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct UnitIndex {
    /// Newest last, at most [`UNIT_INDEX_MAX`].
    pub units: Vec<UnitRef>,
}

/// The most recent units that are kept for linking.
pub const UNIT_INDEX_MAX: usize = 40;

/// A receipt that some evidence named; id is its key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The sale, when a till reported it.
    pub sale: Option<Uuid>,
    /// Units on it.
    pub units: Vec<String>,
    /// Who claimed it first.
    pub claimed_by: Option<Uuid>,
}

/// An award as a sale or a unit remembers it, for reversal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AwardNote {
    /// Credited.
    pub participant: Uuid,
    /// `buyer` or `seller`.
    pub role: String,
    /// Points.
    pub points: i64,
    /// Activity row to mark when reversed.
    pub activity: String,
}

/// A sale at a till; id is its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Sale {
    /// Id.
    pub id: Uuid,
    /// Where.
    pub outlet: Uuid,
    /// Who typed it.
    pub cashier: Uuid,
    /// Buyer, when known.
    pub buyer: Option<Uuid>,
    /// Seller, when named.
    pub seller: Option<Uuid>,
    /// When, UTC milliseconds.
    pub at_ms: i64,
    /// Total, minor units.
    pub amount_minor: i64,
    /// Currency.
    pub currency: String,
    /// Lines as reported.
    pub lines: Vec<crate::command::SaleLine>,
    /// Unit keys of the lines that have one.
    pub units: Vec<String>,
    /// What was awarded.
    pub awards: Vec<AwardNote>,
    /// True when cancelled.
    pub void: bool,
}
