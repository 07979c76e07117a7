//! When a scope is taken as a snapshot instead of page by page, and what a snapshot has to be so that it
//! may take the place of what is held.

use carrot_rules::Scope;
use carrot_wire::pull::ScopePage;
use carrot_wire::snapshot::{SNAPSHOT_SCHEMA, SnapshotHead};
use thiserror::Error;

use crate::pages::Cursor;
use crate::plan::Held;

/// Up to so many missing changes come page by page, whatever else is to be had.
pub const LAG_CHANGES_MIN: i64 = 1_000;

/// A scope that is taken as a snapshot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Scope.
    pub scope: Scope,
    /// Identity of its history on the server.
    pub epoch: String,
    /// The number that it should reach: what was the newest when the server answered.
    pub at_least: i64,
    /// Where the device stood in it; none when it held nothing of it.
    pub known: Option<Cursor>,
}

/// Where a snapshot stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    /// Identity of its history.
    pub epoch: String,
    /// Its number.
    pub seq: i64,
}

/// What takes the place of a scope, in one transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Swap {
    /// Scope.
    pub scope: Scope,
    /// The server's newest number as far as it is known.
    pub high: i64,
    /// The base goes back: what was booked shows again until it has caught up.
    pub base_lost: bool,
    /// The history is another one: numbers in earlier verdicts are of the old one.
    pub rebuilt: bool,
}

/// A snapshot that must not be taken.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Unfit {
    /// Its lines are of another version.
    #[error("a snapshot of schema {0}")]
    Schema(u32),
    /// It is of another scope.
    #[error("a snapshot of {0}")]
    Scope(Scope),
    /// It is of another history than the server's pages.
    #[error("a snapshot of another history")]
    Epoch,
    /// It is older than what is held.
    #[error("a snapshot at number {seq}, behind what is held")]
    Old {
        /// Number.
        seq: i64,
    },
    /// Its numbers cannot be.
    #[error("a snapshot with {rows} rows at number {seq}")]
    Count {
        /// Number.
        seq: i64,
        /// Rows.
        rows: i64,
    },
}

/// True when a scope is better taken as a snapshot than by this page and those after it: when what is
/// held of it is void, so that it stays until the new state is whole; when nothing is held and there is
/// much; or when more than half of its history is missing, so that a snapshot costs at most twice what
/// the pages would.
#[must_use]
pub fn is_wanted(page: &ScopePage, known: Option<&Held>) -> bool {
    if !page.snapshot || page.gone || page.last >= page.high {
        return false;
    }
    let void = |known: &Held| known.suspect || page.reset || known.cursor.epoch.is_empty();
    match known {
        None => page.reset || page.high > LAG_CHANGES_MIN,
        Some(known) if void(known) => true,
        Some(known) => {
            let lag = page.high.saturating_sub(known.cursor.after);
            lag > LAG_CHANGES_MIN && lag > known.cursor.after
        }
    }
}

/// Checks a snapshot's first line. One that the scope has moved on from is taken, and the rest comes
/// page by page; but nothing that is held of the same history goes back.
pub fn check(head: &SnapshotHead, wanted: &Wanted) -> Result<(), Unfit> {
    if head.schema != SNAPSHOT_SCHEMA {
        return Err(Unfit::Schema(head.schema));
    }
    if head.scope != wanted.scope {
        return Err(Unfit::Scope(head.scope));
    }
    if head.seq < 0 || head.rows < 0 || head.rows > head.seq {
        return Err(Unfit::Count {
            seq: head.seq,
            rows: head.rows,
        });
    }
    if head.epoch != wanted.epoch {
        return Err(Unfit::Epoch);
    }
    let same = wanted
        .known
        .as_ref()
        .filter(|known| known.epoch == head.epoch);
    if same.is_some_and(|known| head.seq < known.after.min(wanted.at_least)) {
        return Err(Unfit::Old { seq: head.seq });
    }
    Ok(())
}

impl Wanted {
    /// What follows once a snapshot is here as a whole.
    #[must_use]
    pub fn swap(&self, reached: &Reached) -> Swap {
        let known = self.known.as_ref();
        let rebuilt = known.is_some_and(|known| known.epoch != reached.epoch);
        let back = known.is_some_and(|known| reached.seq < known.after);
        Swap {
            scope: self.scope,
            high: self.at_least.max(reached.seq),
            base_lost: rebuilt || back,
            rebuilt,
        }
    }
}
