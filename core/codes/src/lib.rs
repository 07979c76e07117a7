//! Codes: bytes to typed codes (GS1, Digital Link, fiscal receipts, our own codes). Pure.
//!
//! [`parse`] takes whatever a camera, a wedge scanner or a person gives and says what it is; it never
//! panics and touches nothing outside. [`parse_amount`] reads amounts of money or points.
//!
//! Order of recognition: web addresses (Ukrainian receipt, receipt query, own unique code, Digital Link,
//! compressed link), texts under a Cyrillic layout, symbols that name themselves GS1 or EAN, own dotted codes, Russian
//! receipts, typed element strings, bare numbers, raw element strings, typed unique codes, anything else.

mod amount;
mod calendar;
mod code;
mod error;
mod gs1;
mod gtin;
mod layout;
mod own;
mod parse;
mod receipt;
mod symbology;
mod url;

pub use amount::{AMOUNT_LENGTH_BYTES_MAX, AMOUNT_MINOR_MAX, parse_amount};
pub use code::Code;
pub use error::{CodeError, CodeErrorKind};
pub use gs1::{ELEMENTS_MAX, GROUP_SEPARATOR, Gs1, MarkingKind};
pub use gtin::{Gtin, Sscc, check_digit};
pub use own::{
    OwnCode, SERIES_CHARS_MAX, SIGNED_INDEX_MAX, SIGNED_LEVEL_MAX, SIGNED_PREFIX, SignedCode,
    TOKEN_LENGTH_MAX, UNIQUE_HOST, is_programme_tag, is_series_code, unique_from_bytes,
};
pub use parse::{TEXT_LENGTH_BYTES_MAX, parse};
pub use receipt::{FiscalDialect, FiscalOperation, FiscalReceipt};
