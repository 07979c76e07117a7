//! Commands by which sellers claim what they sold.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use crate::entity::NodeId;

/// What a claim shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum Evidence {
    /// A unique code from the box.
    Code {
        /// The code's canonical form.
        code: String,
        /// The product id that the code's picture names, when it names one.
        product: Option<String>,
    },
    /// A fiscal receipt.
    Receipt {
        /// The receipt's uniqueness key.
        key: String,
        /// The product that was sold on it, as the seller says.
        product: Option<String>,
        /// The receipt's total, minor units.
        total_minor: Option<i64>,
        /// What else its code shows; none when it was typed, or reported by an older device.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        fiscal: Option<super::FiscalShown>,
    },
    /// The seller's word, with a photo or without: a person looks at it unless something stronger
    /// reports the same piece.
    Statement {
        /// The product that was sold.
        product: String,
        /// SHA-256 (hex) of a photo of the sale.
        photo: Option<String>,
    },
    /// A photo of a receipt that has no square code: a person looks at it.
    Photo(ReceiptPhoto),
    /// A piece, carton or pallet of a series, a logistic unit, or a whole waybill: one symbol stands
    /// for all that is in it.
    Unit {
        /// What the symbol says.
        shown: UnitShown,
        /// Which product of a mixed waybill is claimed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        product: Option<String>,
    },
}

/// What the symbol of a piece, carton, pallet or waybill says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "as", rename_all = "snake_case")]
pub enum UnitShown {
    /// A signed code. The server checks its signature before anything is decided.
    Signed {
        /// Its text.
        text: String,
        /// The place that the text names.
        node: NodeId,
    },
    /// A trade item's serial number in a GS1 code.
    Serial {
        /// The product's id.
        product: String,
        /// The serial number.
        serial: i64,
    },
    /// A logistic unit.
    Sscc {
        /// 18 digits.
        sscc: String,
    },
    /// A consignment, a shipment, or an own waybill.
    Waybill {
        /// Its number.
        number: String,
    },
}

/// A photo of a receipt, and what the seller reads on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReceiptPhoto {
    /// The product that was sold.
    pub product: String,
    /// SHA-256 of the photo (hex).
    pub photo: String,
    /// The photo's likeness as the device worked it out: 32 hex digits.
    pub likeness: String,
    /// The receipt's number; at most 64 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The receipt's total, minor units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total_minor: Option<i64>,
    /// The receipt's day, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<String>,
}

/// `claim.submit`: a seller says that they sold a thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ClaimSubmit {
    /// The claim's id, made by the phone.
    pub claim_id: Uuid,
    /// What proves it.
    pub evidence: Evidence,
}

impl Evidence {
    /// Its name among the kinds of evidence.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Code { .. } | Self::Unit { .. } => "code",
            Self::Receipt { .. } => "receipt",
            Self::Statement { .. } => "statement",
            Self::Photo(_) => "photo",
        }
    }
}
