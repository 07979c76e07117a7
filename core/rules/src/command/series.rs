//! Commands about codes and what they stand for.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The longest reference of a code, characters.
pub const UNIT_CODE_CHARS_MAX: usize = 120;

/// `unit.return`: what a code stands for came back and can be sold again. What was paid for it goes
/// back with it. Goods of a sale at a till come back through the sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct UnitReturn {
    /// A place of a series (`series:level:index`), a typed code's canonical form, or a logistic unit
    /// (`sscc:` and 18 digits).
    pub code: String,
    /// Why, in the words of whoever took it back.
    pub reason: String,
}
