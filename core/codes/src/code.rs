//! The typed code: what `parse` returns.

use crate::gs1::Gs1;
use crate::gtin::{Gtin, Sscc};
use crate::own::OwnCode;
use crate::receipt::FiscalReceipt;
use serde::{Deserialize, Serialize};

/// A code by its meaning. Serialised with the tag `kind` and the fields beside it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Code {
    /// A bare trade item number; field `gtin`, 14 digits.
    Gtin(#[serde(with = "as_gtin")] Gtin),
    /// GS1 elements of a symbol or of the typed form.
    Gs1(Gs1),
    /// GS1 elements in a web address.
    DigitalLink {
        /// Scheme, host and path before the key.
        base: String,
        /// The elements of path and query.
        gs1: Gs1,
    },
    /// A pallet or carton and nothing else; field `sscc`, 18 digits.
    Sscc(#[serde(with = "as_sscc")] Sscc),
    /// A till's receipt.
    Receipt(FiscalReceipt),
    /// A code that a programme of this platform issued.
    Own(OwnCode),
    /// Something else; field `text`, without white space at its ends and without a symbology identifier.
    Other(#[serde(with = "as_text")] String),
}

/// Writes the module that puts a newtype variant's text under a field's name beside the tag.
macro_rules! named_field {
    ($module:ident, $field:ident, $type:ty) => {
        mod $module {
            use serde::{Deserialize, Deserializer, Serialize, Serializer};

            #[derive(Serialize)]
            struct Borrowed<'a> {
                $field: &'a $type,
            }
            #[derive(Deserialize)]
            struct Owned {
                $field: $type,
            }
            pub fn serialize<S: Serializer>($field: &$type, to: S) -> Result<S::Ok, S::Error> {
                Borrowed { $field }.serialize(to)
            }
            pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<$type, D::Error> {
                Owned::deserialize(from).map(|owned| owned.$field)
            }
        }
    };
}
named_field!(as_gtin, gtin, crate::gtin::Gtin);
named_field!(as_sscc, sscc, crate::gtin::Sscc);
named_field!(as_text, text, String);

impl Code {
    /// The name of the kind, equal to the tag `kind` of the serialised form.
    pub fn kind(&self) -> &'static str {
        match self {
            Code::Gtin(_) => "gtin",
            Code::Gs1(_) => "gs1",
            Code::DigitalLink { .. } => "digital_link",
            Code::Sscc(_) => "sscc",
            Code::Receipt(_) => "receipt",
            Code::Own(_) => "own",
            Code::Other(_) => "other",
        }
    }

    /// The elements of a GS1 code, whichever way it was carried.
    pub fn gs1(&self) -> Option<&Gs1> {
        match self {
            Code::Gs1(gs1) | Code::DigitalLink { gs1, .. } => Some(gs1),
            _ => None,
        }
    }

    /// The trade item that the code names.
    pub fn gtin(&self) -> Option<Gtin> {
        match self {
            Code::Gtin(gtin) => Some(gtin.clone()),
            _ => self.gs1().and_then(Gs1::gtin),
        }
    }

    /// One text per meaning: equal for the same thing read from different carriers.
    ///
    /// Trade items have 14 digits; GS1 elements the typed form `(01)…(21)…` without the keys of marking
    /// codes; receipts their key; own codes their identity.
    pub fn canonical(&self) -> String {
        match self {
            Code::Gtin(gtin) => gtin.as_str().to_owned(),
            Code::Gs1(gs1) | Code::DigitalLink { gs1, .. } => gs1.canonical(),
            Code::Sscc(sscc) => format!("(00){sscc}"),
            Code::Receipt(receipt) => receipt.receipt_key(),
            Code::Own(own) => own.canonical(),
            Code::Other(text) => text.clone(),
        }
    }

    /// What may count only once; `None` for codes that many things share.
    pub fn identity(&self) -> Option<String> {
        match self {
            Code::Gtin(_) | Code::Other(_) => None,
            Code::Gs1(gs1) | Code::DigitalLink { gs1, .. } => gs1.identity(),
            Code::Sscc(sscc) => Some(format!("00{sscc}")),
            Code::Receipt(receipt) => Some(receipt.receipt_key()),
            Code::Own(own) => Some(own.canonical()),
        }
    }
}
