//! Lots: the parts that a pot's balance is made of, and how an amount is drawn from them.
//!
//! Every drawing is exact: the parts and what they lack add up to the amount asked for.

use std::collections::VecDeque;
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

/// What an account holds of a lot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenLot {
    /// The lot.
    pub id: LotId,
    /// What is left of it in the account, above zero.
    pub left: i64,
    /// The number of the transfer that began it; zero for the plain lot.
    pub born_seq: i64,
    /// The first instant at which it is no longer good; none when it stays.
    pub expires_ms: Option<i64>,
}

impl OpenLot {
    /// Its place in spending order.
    #[must_use]
    pub fn order(&self) -> SpendingOrder {
        SpendingOrder {
            stays: self.expires_ms.is_none(),
            expires_ms: self.expires_ms.unwrap_or(0),
            plain: self.id == LotId::PLAIN,
            born_seq: self.born_seq,
            id: self.id,
        }
    }

    /// True when it is no longer good at this instant.
    #[must_use]
    pub fn expired(&self, now_ms: i64) -> bool {
        self.expires_ms.is_some_and(|until| until <= now_ms)
    }
}

/// A lot's place among an account's lots: the soonest expiry first, lots that stay after all that
/// expire, the oldest first among equals, the plain lot last, and at last the order of the ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SpendingOrder {
    // The order of these fields is the order of spending.
    stays: bool,
    expires_ms: i64,
    plain: bool,
    born_seq: i64,
    id: LotId,
}

impl SpendingOrder {
    /// The lot at this place with what is left of it.
    #[must_use]
    pub fn open(self, left: i64) -> OpenLot {
        OpenLot {
            id: self.id,
            left,
            born_seq: self.born_seq,
            expires_ms: (!self.stays).then_some(self.expires_ms),
        }
    }
}

/// An amount of one lot, above zero.
pub type Part = (LotId, i64);

/// An account's lots hold less than was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the lots lack {lacks}")]
pub struct Short {
    /// How much less.
    pub lacks: i64,
}

/// Takes `amount` from an account: first the preferred parts, then from `open`, which comes in
/// spending order and is read no further than needed. Of a preferred lot no more may be asked for
/// than is left in the account. Each lot appears once, where it was first taken. An amount below one
/// takes nothing.
pub fn take(
    open: impl IntoIterator<Item = OpenLot>,
    amount: i64,
    prefer: &[Part],
) -> Result<Vec<Part>, Short> {
    let mut taken = Vec::new();
    let mut lacks = amount.max(0);
    for &(lot, most) in prefer {
        let part = most.clamp(0, lacks);
        add(&mut taken, (lot, part));
        lacks -= part;
    }
    let mut open = open.into_iter();
    while lacks > 0 {
        let Some(lot) = open.next() else {
            return Err(Short { lacks });
        };
        let left = lot.left.saturating_sub(held(&taken, lot.id));
        let part = left.clamp(0, lacks);
        add(&mut taken, (lot.id, part));
        lacks -= part;
    }
    Ok(taken)
}

/// Gives back as much of `amount` as was taken, the last taken first, and says how much of the
/// amount nothing was taken for.
#[must_use]
pub fn give_back(taken: &[Part], amount: i64) -> (Vec<Part>, i64) {
    let mut last_first = taken.iter().rev().copied().collect();
    carry(&mut last_first, amount)
}

/// Takes over as much of `amount` as the parts hold, in their order, out of them; the second
/// number is what they lacked.
pub fn carry(parts: &mut VecDeque<Part>, amount: i64) -> (Vec<Part>, i64) {
    let mut carried = Vec::new();
    let mut lacks = amount.max(0);
    while lacks > 0
        && let Some((lot, most)) = parts.pop_front()
    {
        let part = most.clamp(0, lacks);
        add(&mut carried, (lot, part));
        lacks -= part;
        if part < most {
            parts.push_front((lot, most - part));
        }
    }
    (carried, lacks)
}

/// How much the parts hold of a lot.
pub(super) fn held(parts: &[Part], lot: LotId) -> i64 {
    let mine = parts.iter().filter(|part| part.0 == lot);
    mine.fold(0, |sum, part| part.1.saturating_add(sum))
}

/// Adds a part, to the one of the same lot if there is one.
fn add(parts: &mut Vec<Part>, (lot, amount): Part) {
    if amount <= 0 {
        return;
    }
    match parts.iter_mut().find(|part| part.0 == lot) {
        Some(part) => part.1 = part.1.saturating_add(amount),
        None => parts.push((lot, amount)),
    }
}

#[cfg(test)]
mod tests;
