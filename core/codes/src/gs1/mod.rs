//! GS1 element strings: identifiers and values, however they were carried.
//!
//! Carriers: symbols with FNC1 (`elements`), the typed form with parentheses (`elements`) and
//! Digital Link addresses (`link`). The table of identifiers is data (`table`).

mod compressed;
mod elements;
mod link;
mod marking;
mod table;
mod value;

pub use marking::MarkingKind;
pub(crate) use marking::parse_tobacco;

pub(crate) use compressed::is_compressed;
pub(crate) use elements::{parse_bracketed, parse_raw};
pub(crate) use link::parse_link;

use crate::calendar;
use crate::error::{CodeError, CodeErrorKind as Kind};
use crate::gtin::{Gtin, Sscc};
use serde::{Deserialize, Serialize};

/// The separator that ends a value of variable length: FNC1 as scanners send it, ASCII 29.
pub const GROUP_SEPARATOR: char = '\u{1d}';

/// The most elements of one code.
pub const ELEMENTS_MAX: usize = 64;

/// Identifiers and their values in the order of the carrier; each identifier at most once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Gs1 {
    /// Pairs of application identifier (2 to 4 digits) and value. Trade item numbers have 14 digits.
    pub elements: Vec<(String, String)>,
}

impl Gs1 {
    /// The value of an application identifier.
    pub fn get(&self, ai: &str) -> Option<&str> {
        self.elements
            .iter()
            .find(|(name, _)| name == ai)
            .map(|(_, value)| value.as_str())
    }

    /// The trade item: the item itself (01), a piece of it (8006), or what a carton contains (02).
    pub fn gtin(&self) -> Option<Gtin> {
        let piece = || {
            self.get("8006")
                .or_else(|| self.get("8026"))
                .and_then(|v| v.get(..14))
        };
        let digits = self.get("01").or_else(|| self.get("02")).or_else(piece)?;
        Gtin::parse(digits).ok()
    }

    /// The serial number (21), or the third party's serial (235).
    pub fn serial(&self) -> Option<&str> {
        self.get("21").or_else(|| self.get("235"))
    }

    /// The pallet or carton (00).
    pub fn sscc(&self) -> Option<Sscc> {
        Sscc::parse(self.get("00")?).ok()
    }

    /// The number of items inside (37), or the variable count (30).
    pub fn count(&self) -> Option<u32> {
        self.get("37").or_else(|| self.get("30"))?.parse().ok()
    }

    /// The batch or lot (10).
    pub fn lot(&self) -> Option<&str> {
        self.get("10")
    }

    /// The last day of use (17) as `YYYY-MM-DD` of this century; day 00 means the month's last day.
    pub fn expiry(&self) -> Option<String> {
        let text = self.get("17")?;
        let year = 2000 + u16::from(calendar::two_digits(text, 0)?);
        let (month, day) = (
            calendar::two_digits(text, 2)?,
            calendar::two_digits(text, 4)?,
        );
        let last = calendar::days_in_month(year, month);
        let day = if day == 0 { last } else { day };
        (day > 0 && day <= last).then(|| format!("{year:04}-{month:02}-{day:02}"))
    }

    /// What can be sold or scanned only once: trade item with serial, or the pallet.
    ///
    /// The keys and signatures of marking codes (91 to 93) are no part of it.
    pub fn identity(&self) -> Option<String> {
        if let Some(sscc) = self.sscc() {
            return Some(format!("00{sscc}"));
        }
        let gtin = Gtin::parse(self.get("01")?).ok()?;
        let (ai, serial) = match (self.get("21"), self.get("235")) {
            (Some(serial), _) => ("21", serial),
            (None, Some(serial)) => ("235", serial),
            (None, None) => return None,
        };
        Some(format!("01{}{ai}{serial}", gtin.as_str()))
    }

    /// The typed form, `(01)…(21)…`. Marking codes come without their keys, which are not to be stored.
    pub fn canonical(&self) -> String {
        let marking = self.marking().is_some();
        let kept = self
            .elements
            .iter()
            .filter(|(ai, _)| !(marking && is_marking_key(ai)));
        kept.map(|(ai, value)| format!("({ai}){}", value.replace('(', "\\(")))
            .collect()
    }

    /// The raw form for a symbol, FNC1 as [`GROUP_SEPARATOR`], none at the ends.
    pub fn to_raw(&self) -> String {
        let mut out = String::new();
        for (i, (ai, value)) in self.elements.iter().enumerate() {
            out.push_str(ai);
            out.push_str(value);
            if !table::is_predefined(ai) && i + 1 < self.elements.len() {
                out.push(GROUP_SEPARATOR);
            }
        }
        out
    }

    /// Adds a checked element. Positions in the error count from the value's first byte.
    fn push(&mut self, ai: &str, value: &str, padded: bool) -> Result<(), CodeError> {
        let row = table::find(ai).ok_or(CodeError::new(0, Kind::UnknownAi))?;
        let short_gtin = padded
            && matches!(ai, "01" | "02" | "03")
            && matches!(value.len(), 8 | 12 | 13)
            && value.bytes().all(|b| b.is_ascii_digit());
        let value = if short_gtin {
            format!("{value:0>14}")
        } else {
            value.to_owned()
        };
        value::check(ai, row, &value)?;
        if self.elements.len() >= ELEMENTS_MAX {
            return Err(CodeError::new(0, Kind::TooLong));
        }
        match self.get(ai) {
            Some(known) if known == value => Ok(()),
            Some(_) => Err(CodeError::new(0, Kind::DuplicateAi)),
            None => {
                self.elements.push((ai.to_owned(), value));
                Ok(())
            }
        }
    }
}

fn is_marking_key(ai: &str) -> bool {
    matches!(ai, "91" | "92" | "93")
}
