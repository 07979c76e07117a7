//! Sales: a list, and one sale with all its units, all evidence of each, all awards and its history.

pub(super) mod list;
pub(super) mod one;
mod types;

pub use types::{AwardRow, CommandStep, EvidenceRow, LineRow, SaleDetail, SaleRow, UnitRow};
