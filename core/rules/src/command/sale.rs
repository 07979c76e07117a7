//! Commands about sales at a till.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// How a buyer was identified at a till.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum BuyerRef {
    /// By the phone's rotating code; `proof` is its text, checked by both sides.
    Proof {
        /// The member that the proof names.
        participant: Uuid,
        /// The rotating code's text.
        proof: String,
    },
    /// By a phone number, as the programme's keyed hash (hex, 32 characters). Earns only.
    Contact {
        /// The keyed hash.
        hash: String,
    },
    /// By a printed card or code. Earns only.
    Card {
        /// The card's reference.
        reference: String,
    },
}

/// One line of a sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SaleLine {
    /// The product's id in the programme (14 digits, or `partner:` before a local code); none for a typed amount.
    pub product: Option<String>,
    /// Quantity in millionths of a piece.
    pub quantity_micro: i64,
    /// What was paid for the line, minor units.
    pub amount_minor: i64,
    /// The unique code of the piece sold, when it was scanned.
    pub unit_code: Option<String>,
}

/// `sale.record`: goods were sold at a till.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SaleRecord {
    /// The sale's id, made by the terminal.
    pub sale_id: Uuid,
    /// Who buys, when known.
    pub buyer: Option<BuyerRef>,
    /// Who sold, for the seller's incentive.
    pub seller: Option<Uuid>,
    /// The lines, at most [`SALE_LINES_MAX`].
    pub lines: Vec<SaleLine>,
    /// ISO 4217 code of the amounts.
    pub currency: String,
    /// The fiscal receipt's uniqueness key, when the till knows it.
    pub receipt_key: Option<String>,
}

/// The most lines of one sale.
pub const SALE_LINES_MAX: usize = 20;

/// The most of one product on one line, millionths of a piece: 10,000 pieces.
pub const LINE_QUANTITY_MICRO_MAX: i64 = 10_000 * 1_000_000;

/// `sale.void`: the sale was cancelled at the till.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SaleVoid {
    /// The sale to cancel.
    pub sale_id: Uuid,
}
