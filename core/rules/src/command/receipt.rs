//! Fiscal receipts: what a square code says, what the fiscal service answered, and the server's own
//! commands that follow from the answer.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the till did, from the buyer's side.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReceiptOperation {
    /// The buyer paid; the only operation that earns.
    Sale,
    /// The buyer got money back.
    SaleReturn,
    /// The shop bought from a person.
    Expense,
    /// A purchase by the shop was undone.
    ExpenseReturn,
    /// Nobody has said.
    #[default]
    Unstated,
}

impl ReceiptOperation {
    /// True when money went back the way it came.
    #[must_use]
    pub fn is_return(self) -> bool {
        matches!(self, Self::SaleReturn | Self::ExpenseReturn)
    }

    /// The number that Russian receipts print for it; none when nobody has said.
    #[must_use]
    pub fn number(self) -> Option<u8> {
        match self {
            Self::Sale => Some(1),
            Self::SaleReturn => Some(2),
            Self::Expense => Some(3),
            Self::ExpenseReturn => Some(4),
            Self::Unstated => None,
        }
    }

    /// The operation with this number.
    #[must_use]
    pub fn from_number(number: i64) -> Self {
        match number {
            1 => Self::Sale,
            2 => Self::SaleReturn,
            3 => Self::Expense,
            4 => Self::ExpenseReturn,
            _ => Self::Unstated,
        }
    }
}

/// What a receipt's square code says besides its key: the fiscal service is asked with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FiscalShown {
    /// The outlet's local time, `YYYY-MM-DDTHH:MM` or with `:SS`; no zone is known.
    pub local_time: String,
    /// What the till did.
    pub operation: ReceiptOperation,
}

/// One line of a receipt as the fiscal service knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FoundLine {
    /// The product's name as the till prints it; at most [`FOUND_NAME_CHARS_MAX`] characters.
    pub name: String,
    /// The trade item that the marking names, 14 digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gtin: Option<String>,
    /// The piece's unique code by its marking, in the canonical form of codes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Quantity in millionths.
    pub quantity_micro: i64,
    /// Price of one, minor units.
    pub price_minor: i64,
    /// What was paid for the line, minor units.
    pub amount_minor: i64,
}

/// The longest name of a line that is kept, characters.
pub const FOUND_NAME_CHARS_MAX: usize = 256;

/// The most lines of a receipt that are kept.
pub const FOUND_LINES_MAX: usize = 200;

/// A receipt as the fiscal service knows it. No name of a person is in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FoundReceipt {
    /// The receipt's uniqueness key as the service's own fields make it.
    pub key: String,
    /// The shop's tax number.
    pub seller_inn: String,
    /// The outlet's local time.
    pub local_time: String,
    /// What the till did.
    pub operation: ReceiptOperation,
    /// Total, minor units.
    pub total_minor: i64,
    /// ISO 4217 code of the amounts.
    pub currency: String,
    /// Lines.
    pub lines: Vec<FoundLine>,
    /// Keyed hashes of the cashier's tax number and name, when the receipt names one (hex).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cashier: Vec<String>,
    /// Equal for a sale and its return: a hash of shop, total and lines (hex).
    pub print: String,
}

/// A product that a person sees on a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LineChoice {
    /// The line, from zero.
    pub line: usize,
    /// The product.
    pub product: String,
}

/// What came of asking about a receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "found", rename_all = "snake_case")]
pub enum ReceiptFinding {
    /// The service knows it.
    Receipt(FoundReceipt),
    /// Not yet: what is waited for, for the claimant to read.
    Waiting {
        /// `queue`, `pending`, `not_yet`, `quota` or `unreachable`.
        why: String,
        /// When it is asked again, UTC milliseconds.
        next_ms: i64,
    },
    /// It stayed unknown to the last try.
    Nothing,
    /// The service will never say: a person decides.
    Unanswered {
        /// Why, a stable word.
        why: String,
    },
    /// A person refuses it.
    Refused {
        /// Why, shown to the claimant; at most 300 characters.
        reason: String,
    },
    /// A person says what is on it.
    Chosen {
        /// Lines and their products.
        choices: Vec<LineChoice>,
        /// Why, for the record; at most 300 characters.
        reason: String,
    },
}

/// `receipt.settle`: what the fiscal service, or a person in its place, says about a claimed receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReceiptSettle {
    /// The receipt's key.
    pub key: String,
    /// What came of it.
    pub finding: ReceiptFinding,
}

/// `receipt.credit`: one matched product of a settled receipt is credited to whoever claimed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReceiptCredit {
    /// The receipt's key.
    pub key: String,
    /// Which of its matches, from zero.
    pub number: usize,
}
