//! Checks one page of a scope against the device's cursor before anything of it is applied: no gap,
//! the same history, and a running digest over the texts of the changes.

use carrot_wire::crypto;
use carrot_wire::planted::{self, Bug};
use carrot_wire::pull::{Change, ScopePage};
use thiserror::Error;

/// Where a device stands in one scope.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cursor {
    /// Identity of the history; empty before the first page.
    pub epoch: String,
    /// The last number applied.
    pub after: i64,
    /// Running digest after it; empty at the beginning.
    pub digest: String,
}

/// What to do with a page.
#[derive(Debug, Clone, PartialEq)]
pub enum PageStep {
    /// Apply it.
    Apply(Verified),
    /// The device may no longer see the scope: drop what it has of it.
    Gone,
}

/// A page that continues the device's history, or starts it anew.
#[derive(Debug, Clone, PartialEq)]
pub struct Verified {
    /// Drop what the device has of the scope first, in the same transaction.
    pub reset: bool,
    /// The cursor after the page.
    pub cursor: Cursor,
    /// The changes in order; none where this version cannot read one, which is skipped.
    pub changes: Vec<Option<Change>>,
}

/// A page that must not be applied. The driver asks again, then from the beginning.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PageFault {
    /// It does not begin where the device stands.
    #[error("a page begins at {found} instead of {expected}")]
    Gap {
        /// The number that should come first.
        expected: i64,
        /// The number that came.
        found: i64,
    },
    /// Its numbers and its changes do not match.
    #[error("a page numbered {first} to {last} holds {count} changes")]
    Count {
        /// First number.
        first: i64,
        /// Last number.
        last: i64,
        /// Changes.
        count: usize,
    },
    /// It is of another history and does not say that the old one is void.
    #[error("a page is of another history")]
    Epoch,
    /// Its changes do not lead to its digest.
    #[error("a page's digest does not match its changes")]
    Digest,
}

/// Checks a page. `cursor` is none when the device has nothing of the scope, or asked for it from
/// the beginning.
pub fn check(page: &ScopePage, cursor: Option<&Cursor>) -> Result<PageStep, PageFault> {
    if page.gone {
        return Ok(PageStep::Gone);
    }
    let known = if page.reset { None } else { cursor };
    let start = known.cloned().unwrap_or_default();
    if !start.epoch.is_empty() && start.epoch != page.epoch {
        return Err(PageFault::Epoch);
    }
    let expected = start.after.saturating_add(1);
    if page.first != expected {
        return Err(PageFault::Gap {
            expected,
            found: page.first,
        });
    }
    let count = i64::try_from(page.changes.len()).unwrap_or(i64::MAX);
    let last = start.after.saturating_add(count);
    if page.last != last || page.high < page.last {
        return Err(PageFault::Count {
            first: page.first,
            last: page.last,
            count: page.changes.len(),
        });
    }
    let digest = digest(&start.digest, page.first, &page.changes);
    if digest != page.digest_at_last && !planted::is(Bug::DigestUnchecked) {
        return Err(PageFault::Digest);
    }
    Ok(PageStep::Apply(Verified {
        reset: known.is_none() && !planted::is(Bug::ResetKeeps),
        cursor: Cursor {
            epoch: page.epoch.clone(),
            after: last + i64::from(planted::is(Bug::CursorPlusOne) && count > 0),
            digest,
        },
        changes: page
            .changes
            .iter()
            .skip(usize::from(planted::is(Bug::PageFirstLost)))
            .map(|text| serde_json::from_str(text).ok())
            .collect(),
    }))
}

/// The running digest after `texts`, numbered from `first`.
#[must_use]
pub fn digest(before: &str, first: i64, texts: &[String]) -> String {
    let mut digest = before.to_owned();
    for (seq, text) in (first..).zip(texts) {
        digest = crypto::digest_after(&digest, seq, text);
    }
    digest
}
