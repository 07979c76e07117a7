//! What is to be done with the answer to a pull, page by page, before anything of it is applied.

use std::collections::BTreeMap;

use carrot_rules::Scope;
use carrot_wire::hint::Heard;
use carrot_wire::pull::{PullReply, ScopeCursor};

use crate::pages::{self, Cursor, PageStep};
use crate::snapshot::{self, Wanted};

/// A scope as the device holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Scope.
    pub id: Scope,
    /// Where the device stands.
    pub cursor: Cursor,
    /// The server's newest number at the last pull.
    pub high: i64,
    /// True when it is asked for from its beginning next time.
    pub suspect: bool,
}

impl Held {
    /// What a pull says of it.
    #[must_use]
    pub fn asked(&self) -> ScopeCursor {
        ScopeCursor {
            id: self.id,
            epoch: self.cursor.epoch.clone(),
            after: self.cursor.after,
        }
    }
}

/// The cursors that a pull sends: a scope whose pages did not fit is named as one of which nothing is
/// here, so that it comes from its beginning, or the server says that it is no longer the device's.
#[must_use]
pub fn cursors(held: &[Held]) -> Vec<ScopeCursor> {
    let asked = held.iter().map(|scope| match scope.suspect {
        true => ScopeCursor {
            id: scope.id,
            epoch: String::new(),
            after: 0,
        },
        false => scope.asked(),
    });
    asked.collect()
}

/// True when something that was heard is not known here.
#[must_use]
pub fn worth_a_pull(heard: &[Heard], cursors: &BTreeMap<Scope, i64>) -> bool {
    heard.iter().any(|heard| match heard {
        Heard::Missed => true,
        Heard::Hint(hint) => cursors
            .get(&hint.scope)
            .is_none_or(|known| *known < hint.high),
    })
}

/// What is to be done with one answer, in one transaction.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Plan {
    /// Per scope: the server's newest number there, and what to do with its page.
    pub steps: Vec<(Scope, i64, PageStep)>,
    /// Scopes whose pages do not fit.
    pub suspect: Vec<Scope>,
    /// A scope that was held starts anew.
    pub base_lost: bool,
    /// A scope's history was rebuilt: numbers in earlier verdicts are of the old one.
    pub rebuilt: bool,
    /// Changes in all pages that fit.
    pub changes: usize,
    /// Scopes that are taken as a snapshot; nothing of their pages is applied.
    pub snapshots: Vec<Wanted>,
}

/// Checks every page of an answer against what the device holds.
#[must_use]
pub fn plan(reply: &PullReply, held: &[Held]) -> Plan {
    let mut plan = Plan::default();
    for page in &reply.scopes {
        let known = held.iter().find(|scope| scope.id == page.id);
        let asked = known.filter(|scope| !scope.suspect);
        if snapshot::is_wanted(page, known) {
            plan.snapshots.push(Wanted {
                scope: page.id,
                epoch: page.epoch.clone(),
                at_least: page.high,
                known: known.map(|scope| scope.cursor.clone()),
            });
            continue;
        }
        let Ok(step) = pages::check(page, asked.map(|scope| &scope.cursor)) else {
            plan.suspect.push(page.id);
            continue;
        };
        if let PageStep::Apply(verified) = &step {
            plan.changes = plan.changes.saturating_add(verified.changes.len());
            plan.base_lost |= verified.reset && known.is_some();
            plan.rebuilt |= known.is_some_and(|scope| scope.cursor.epoch != page.epoch);
        }
        plan.steps.push((page.id, page.high, step));
    }
    plan
}
