//! GTIN and SSCC: the two bare numbers that identify goods, and the check digit of all GS1 numbers.

use crate::error::{CodeError, CodeErrorKind as Kind};
use serde::{Deserialize, Serialize};

/// The GS1 check digit (0 to 9) for `digits`, which come without it; `None` unless all are ASCII digits.
///
/// Weights are 3, 1, 3, … from the right; the sum with the check digit is a multiple of ten.
pub fn check_digit(digits: &str) -> Option<u8> {
    if digits.is_empty() {
        return None;
    }
    let mut sum = 0u8;
    for (i, byte) in digits.bytes().rev().enumerate() {
        if !byte.is_ascii_digit() {
            return None;
        }
        let weight = if i % 2 == 0 { 3 } else { 1 };
        sum = (sum + (byte - b'0') * weight) % 10;
    }
    Some((10 - sum) % 10)
}

/// Whether the last digit of `digits` is the check digit of those before it.
pub(crate) fn check_digit_holds(digits: &str) -> bool {
    let Some((body_length, last)) = digits.char_indices().last() else {
        return false;
    };
    let expected = digits.get(..body_length).and_then(check_digit);
    expected.is_some() && expected.map(u32::from) == last.to_digit(10)
}

/// The position of the first character that is no ASCII digit.
pub(crate) fn first_non_digit(text: &str) -> Option<usize> {
    text.bytes().position(|b| !b.is_ascii_digit())
}

/// A global trade item number as 14 digits whose check digit holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Gtin(String);

impl Gtin {
    /// Reads 8, 12, 13 or 14 digits, white space around them allowed, and pads to 14.
    ///
    /// # Errors
    /// `empty`, `bad_character`, `bad_length`, `check_digit` (at the last digit).
    pub fn parse(text: &str) -> Result<Gtin, CodeError> {
        let digits = text.trim();
        let start = text.len() - text.trim_start().len();
        if digits.is_empty() {
            return Err(CodeError::new(0, Kind::Empty));
        }
        if let Some(at) = first_non_digit(digits) {
            return Err(CodeError::new(start + at, Kind::BadCharacter));
        }
        if !matches!(digits.len(), 8 | 12 | 13 | 14) {
            return Err(CodeError::new(start, Kind::BadLength));
        }
        if !check_digit_holds(digits) {
            return Err(CodeError::new(start + digits.len() - 1, Kind::CheckDigit));
        }
        Ok(Gtin(format!("{digits:0>14}")))
    }

    /// The GTIN behind a zero-suppressed UPC-E of 8 digits (number system, six digits, check digit).
    ///
    /// Only for symbols that the scanner named UPC-E: the same 8 digits may be a GTIN-8.
    ///
    /// # Errors
    /// `bad_character`, `bad_length`, `check_digit`.
    pub fn from_upc_e(text: &str) -> Result<Gtin, CodeError> {
        let digits = text.trim();
        if let Some(at) = first_non_digit(digits) {
            return Err(CodeError::new(at, Kind::BadCharacter));
        }
        let d: Vec<char> = digits.chars().collect();
        let [system @ ('0' | '1'), a, b, c, e, f, last, check] = d[..] else {
            return Err(CodeError::new(0, Kind::BadLength));
        };
        let upc_a = match last {
            '0'..='2' => format!("{system}{a}{b}{last}0000{c}{e}{f}{check}"),
            '3' => format!("{system}{a}{b}{c}00000{e}{f}{check}"),
            '4' => format!("{system}{a}{b}{c}{e}00000{f}{check}"),
            _ => format!("{system}{a}{b}{c}{e}{f}0000{last}{check}"),
        };
        Gtin::parse(&upc_a).map_err(|e| CodeError::new(digits.len() - 1, e.kind))
    }

    /// All 14 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The shortest usual form: 8, 12, 13 or 14 digits.
    pub fn display(&self) -> &str {
        let zeros = self.0.bytes().take_while(|b| *b == b'0').count();
        let skipped = match zeros {
            0 => 0,
            1 => 1,
            2..=5 => 2,
            _ => 6,
        };
        self.0.get(skipped..).unwrap_or(&self.0)
    }

    /// Whether the number is of restricted circulation: it means something only within one partner.
    ///
    /// These are the prefixes 02, 04 and 20 to 29 of the 13-digit form, and 8-digit numbers that begin with 0 or 2.
    pub fn is_restricted(&self) -> bool {
        let shortest = self.display();
        if shortest.len() == 8 {
            return shortest.starts_with(['0', '2']);
        }
        let prefix = self.0.get(1..3).unwrap_or_default();
        matches!(prefix, "02" | "04") || prefix.starts_with('2')
    }
}

impl std::fmt::Display for Gtin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.display())
    }
}

impl std::str::FromStr for Gtin {
    type Err = CodeError;
    fn from_str(text: &str) -> Result<Self, CodeError> {
        Gtin::parse(text)
    }
}

impl TryFrom<String> for Gtin {
    type Error = CodeError;
    fn try_from(text: String) -> Result<Self, CodeError> {
        Gtin::parse(&text)
    }
}

impl From<Gtin> for String {
    fn from(gtin: Gtin) -> String {
        gtin.0
    }
}

/// A serial shipping container code: 18 digits that name one pallet or carton.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Sscc(String);

impl Sscc {
    /// Reads 18 digits, white space around them allowed.
    ///
    /// # Errors
    /// `empty`, `bad_character`, `bad_length`, `check_digit` (at the last digit).
    pub fn parse(text: &str) -> Result<Sscc, CodeError> {
        let digits = text.trim();
        let start = text.len() - text.trim_start().len();
        if digits.is_empty() {
            return Err(CodeError::new(0, Kind::Empty));
        }
        if let Some(at) = first_non_digit(digits) {
            return Err(CodeError::new(start + at, Kind::BadCharacter));
        }
        if digits.len() != 18 {
            return Err(CodeError::new(start, Kind::BadLength));
        }
        if !check_digit_holds(digits) {
            return Err(CodeError::new(start + 17, Kind::CheckDigit));
        }
        Ok(Sscc(digits.to_owned()))
    }

    /// All 18 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Sscc {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Sscc {
    type Error = CodeError;
    fn try_from(text: String) -> Result<Self, CodeError> {
        Sscc::parse(&text)
    }
}

impl From<Sscc> for String {
    fn from(sscc: Sscc) -> String {
        sscc.0
    }
}
