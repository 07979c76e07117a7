//! Lots: the parts that a pot's balance is made of.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Names a lot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LotId(pub Uuid);

impl LotId {
    /// The lot of everything that an account held before lots were kept: it has no terms, does not
    /// expire and is taken last.
    pub const PLAIN: Self = Self(Uuid::nil());
}

impl fmt::Display for LotId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The lot that a transfer's leg begins; the same everywhere. Legs count from zero.
#[must_use]
pub fn lot_id(transfer: Uuid, leg: u32) -> LotId {
    LotId(Uuid::new_v5(&transfer, format!("lot:{leg}").as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_leg_begins_a_lot_of_its_own() {
        let (one, two) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let ids = [lot_id(one, 0), lot_id(one, 1), lot_id(two, 0)];
        assert!(ids[0] != ids[1] && ids[0] != ids[2] && ids[1] != ids[2]);
        assert_eq!(
            lot_id(one, 0).to_string(),
            "9e73600b-ed8f-5753-bd0a-24809e67ca20"
        );
    }
}
