//! Commands about sales: at a till, their payment later, and what comes back.

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
    /// The invoice's number, when the sale is paid later; at most [`INVOICE_CHARS_MAX`] characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invoice: Option<String>,
    /// Points with which the member pays a part; the sale is then a wish that only the server grants.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part_pay_points: Option<i64>,
}

/// The longest number of an invoice, characters.
pub const INVOICE_CHARS_MAX: usize = 64;

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

/// A line of a return.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReturnLine {
    /// The sale's line, from zero.
    pub line: usize,
    /// How much comes back, millionths of a piece.
    pub quantity_micro: i64,
}

/// `sale.return`: goods of a sale came back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SaleReturn {
    /// The return's id, made by the terminal.
    pub return_id: Uuid,
    /// The sale.
    pub sale_id: Uuid,
    /// What came back; each line of the sale at most once.
    pub lines: Vec<ReturnLine>,
    /// Why, in the cashier's words; at most [`RETURN_REASON_CHARS_MAX`] characters.
    pub reason: String,
}

/// The longest reason of a return, characters.
pub const RETURN_REASON_CHARS_MAX: usize = 300;

/// `receipt.cancel`: whoever issued a fiscal receipt says that it no longer holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReceiptCancel {
    /// The receipt's uniqueness key; at most [`RECEIPT_KEY_CHARS_MAX`] characters.
    pub key: String,
}

/// The longest key of a receipt, characters.
pub const RECEIPT_KEY_CHARS_MAX: usize = 200;

/// What settles a part of an invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PaymentKind {
    /// Money came in.
    Payment,
    /// The seller asks for less.
    CreditNote,
}

/// `payment.record`: an invoice was paid in part or in full, or became smaller.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PaymentRecord {
    /// The payment's id; the same payment counts once.
    pub payment_id: Uuid,
    /// The invoice's number, or the sale's id when it has none.
    pub invoice: String,
    /// How much, minor units; above zero.
    pub amount_minor: i64,
    /// ISO 4217 code of the amount.
    pub currency: String,
    /// Payment or credit note.
    pub kind: PaymentKind,
    /// When it was paid or written, UTC milliseconds.
    pub paid_ms: i64,
}
