//! Things sold and what reported them: codes, units, receipts, sales.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use super::Beneficiary;
use crate::ledger::Name;

/// A unique code that was printed; id is its canonical form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Code {
    /// The series it belongs to.
    pub series: String,
    /// The product it was put into.
    pub product: String,
    /// The outlet that the series was shipped to, when known.
    pub outlet: Option<Uuid>,
    /// `printed` (its series says whether it was shipped), `shipped`, `claimed` or `void`.
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
    /// What was promised when somebody claimed it; the ids are those of their lines of history.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub promises: Vec<String>,
    /// What was awarded to whoever claimed it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub awards: Vec<AwardNote>,
    /// True while it counts as claimed against what was shipped to the outlet.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sell_in: bool,
    /// How much of it came back while the rest stays sold, millionths.
    #[serde(default, skip_serializing_if = "is_zero")]
    #[ts(optional, as = "Option<i64>")]
    pub returned_micro: i64,
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
    /// True when it no longer holds.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cancelled: bool,
}

/// An award as a sale or a unit remembers it, for reversal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AwardNote {
    /// Credited.
    #[serde(flatten)]
    pub to: Beneficiary,
    /// Their part: `buyer`, `seller`, `owner` and so on.
    pub role: String,
    /// Points.
    pub points: i64,
    /// Activity row to mark when reversed.
    pub activity: String,
    /// True when a promise was made of it; its id is the activity's.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub promised: bool,
    /// What each line came to, by its number; -1 is the whole event. Empty: nobody knows any more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<(i64, i64)>,
    /// The budget that it was taken from; none is the programme's issuance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(as = "Option<String>")]
    pub budget: Option<Name>,
    /// Put aside for tax beside it.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub gross_up_points: i64,
    /// Points that have been taken back so far.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub returned_points: i64,
}

fn is_zero(points: &i64) -> bool {
    *points == 0
}

impl AwardNote {
    /// The command that booked it, which its activity's id begins with.
    #[must_use]
    pub fn command_id(&self) -> Option<Uuid> {
        let (command, _) = self.activity.split_once(':')?;
        Uuid::parse_str(command).ok()
    }
}

/// Points that paid a part of a sale's price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PartPaid {
    /// Whose points.
    pub participant: Uuid,
    /// How many.
    pub points: i64,
    /// What they were worth, minor units.
    pub amount_minor: i64,
    /// How much of that each line got, in the order of the lines.
    pub lines: Vec<i64>,
    /// The command that took them: their lots come back.
    pub command_id: Uuid,
    /// Points that came back so far.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub returned_points: i64,
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
    /// The invoice's number, when the sale has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invoice: Option<String>,
    /// What came back, in the order in which it did.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub returns: Vec<ReturnNote>,
    /// What it added to tallies.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(skip)]
    pub tallied: Vec<crate::earn::TallyMove>,
    /// What was taken off its price.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub discounts: Vec<crate::earn::Discount>,
    /// What points paid of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part_pay: Option<PartPaid>,
}

impl Sale {
    /// How much of a line came back so far, millionths of a piece.
    #[must_use]
    pub fn returned_micro(&self, line: usize) -> i64 {
        let notes = self.returns.iter().flat_map(|note| &note.lines);
        let parts = notes.filter(|part| part.line == line);
        parts.fold(0, |sum, part| part.quantity_micro.saturating_add(sum))
    }
}

/// A return as its sale remembers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReturnNote {
    /// The return's id.
    pub id: Uuid,
    /// When, UTC milliseconds.
    pub at_ms: i64,
    /// What came back.
    pub lines: Vec<crate::command::ReturnLine>,
    /// Why, in the cashier's words.
    pub reason: String,
}
