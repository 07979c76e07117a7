//! The chain over the books: whoever holds the last link can tell whether anything before it was
//! changed, left out or put in.
//!
//! A link is SHA-256 over these bytes, with nothing between them. Whole numbers are big-endian two's
//! complement of the size named; a *text* is its length in bytes as 8 bytes, then UTF-8; an *id* is
//! the 16 bytes of a UUID in its usual order.
//!
//! | bytes | what |
//! |---|---|
//! | 18 | `carrot/transfer/v1` |
//! | 1 | zero |
//! | 32 | the link before; 32 zeros before the first transfer |
//! | 8 | `seq` |
//! | 16 | transfer id |
//! | 16 | command id |
//! | text | purpose |
//! | 8 | `recorded_ms` |
//! | 8 | `occurred_ms` |
//! | 8 | number of entries |
//!
//! then for each entry:
//!
//! | bytes | what |
//! |---|---|
//! | 4 | leg |
//! | text | account |
//! | text | unit |
//! | 8 | amount |
//! | 1 | 1 with a lot, 0 without |
//! | 16 | lot id; left out without a lot |
//! | 8 | balance after the entry |

use sha2::{Digest, Sha256};

use super::posted::{Entry, Posted};

const DOMAIN: &[u8] = b"carrot/transfer/v1";

/// What the first transfer links to.
pub const START: [u8; 32] = [0; 32];

/// The link of a transfer whose predecessor has the link `prev`. The transfer's own `hash` is not
/// looked at.
#[must_use]
pub fn link(prev: &[u8; 32], posted: &Posted) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(DOMAIN);
    hash.update([0]);
    hash.update(prev);
    hash.update(posted.seq.to_be_bytes());
    hash.update(posted.transfer_id.as_bytes());
    hash.update(posted.command.as_bytes());
    text(&mut hash, &posted.purpose);
    hash.update(posted.recorded_ms.to_be_bytes());
    hash.update(posted.occurred_ms.to_be_bytes());
    hash.update(length(posted.entries.len()));
    for one in &posted.entries {
        entry(&mut hash, one);
    }
    hash.finalize().into()
}

/// The number of the first transfer whose link does not follow from the one before, or whose `seq`
/// is not the next; none when the chain holds. `posted` begins with the first transfer.
#[must_use]
pub fn broken<'a>(posted: impl IntoIterator<Item = &'a Posted>) -> Option<i64> {
    let mut prev = START;
    for (seq, one) in (1_i64..).zip(posted) {
        if one.seq != seq || one.hash != link(&prev, one) {
            return Some(seq);
        }
        prev = one.hash;
    }
    None
}

fn entry(hash: &mut Sha256, entry: &Entry) {
    hash.update(entry.leg.to_be_bytes());
    text(hash, &entry.account.to_string());
    text(hash, &entry.unit.text());
    hash.update(entry.amount.to_be_bytes());
    match entry.lot {
        Some(lot) => {
            hash.update([1]);
            hash.update(lot.0.as_bytes());
        }
        None => hash.update([0]),
    }
    hash.update(entry.after.to_be_bytes());
}

fn text(hash: &mut Sha256, text: &str) {
    hash.update(length(text.len()));
    hash.update(text.as_bytes());
}

fn length(count: usize) -> [u8; 8] {
    // No platform counts past 64 bits.
    u64::try_from(count).unwrap_or(u64::MAX).to_be_bytes()
}

#[cfg(test)]
mod tests;
