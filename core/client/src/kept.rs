//! Things of the cache that were read lately, kept in memory until the base changes.
//!
//! Every scan reads the same few things: the person, the rules, the outlet. A look into the file costs
//! far more than a look here. While a change is under way nothing is kept and nothing is answered
//! from here, and what was read before the change ended is not kept after it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use carrot_rules::entity::EntityKind;
use carrot_rules::index::Index;
use serde_json::Value;

/// The most things that are kept; beyond it all are forgotten and read again.
const KEPT_THINGS_MAX: usize = 2_000;

/// A thing's kind and id.
pub type Key = (EntityKind, String);

#[derive(Debug, Default)]
struct Held {
    /// Counts the changes that have ended.
    generation: u64,
    /// Changes under way.
    changes: u32,
    things: HashMap<Key, Option<Value>>,
    rules: Option<Arc<Index>>,
}

/// What was read lately; clones share it.
#[derive(Debug, Clone, Default)]
pub struct Kept {
    held: Arc<Mutex<Held>>,
}

/// When a read began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Since(u64);

/// A change under way; it ends when this is dropped.
#[derive(Debug)]
pub struct Changing(Kept);

impl Kept {
    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A thing, or that there is none. None when that is not known here.
    #[must_use]
    pub fn get(&self, key: &Key) -> Option<Option<Value>> {
        let held = self.held();
        (held.changes == 0).then(|| held.things.get(key).cloned())?
    }

    /// Call it before reading the file.
    #[must_use]
    pub fn since(&self) -> Since {
        Since(self.held().generation)
    }

    /// Keeps what was read, unless the base has changed or is changing since the read began.
    pub fn keep(&self, since: Since, key: Key, body: Option<Value>) {
        let mut held = self.held();
        if held.changes > 0 || held.generation != since.0 {
            return;
        }
        if held.things.len() >= KEPT_THINGS_MAX {
            held.things.clear();
        }
        held.things.insert(key, body);
    }

    /// The compiled rule set. None when that is not known here.
    #[must_use]
    pub fn rules(&self) -> Option<Arc<Index>> {
        let held = self.held();
        (held.changes == 0).then(|| held.rules.clone())?
    }

    /// Keeps the compiled rule set, unless the base has changed or is changing since it was read.
    pub fn keep_rules(&self, since: Since, rules: Arc<Index>) {
        let mut held = self.held();
        if held.changes == 0 && held.generation == since.0 {
            held.rules = Some(rules);
        }
    }

    /// The base is about to change.
    #[must_use]
    pub fn changing(&self) -> Changing {
        let mut held = self.held();
        held.changes = held.changes.saturating_add(1);
        held.things.clear();
        held.rules = None;
        drop(held);
        Changing(self.clone())
    }
}

impl Drop for Changing {
    fn drop(&mut self) {
        let mut held = self.0.held();
        held.changes = held.changes.saturating_sub(1);
        held.generation = held.generation.wrapping_add(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(id: &str) -> Key {
        (EntityKind::Product, id.to_owned())
    }

    #[test]
    fn what_was_read_before_a_change_is_not_known_after_it() {
        let kept = Kept::default();
        kept.keep(kept.since(), key("a"), None);
        assert_eq!(kept.get(&key("a")), Some(None));
        let before = kept.since();
        let changing = kept.changing();
        assert_eq!(kept.get(&key("a")), None);
        kept.keep(kept.since(), key("a"), None);
        drop(changing);
        kept.keep(before, key("b"), Some(Value::Null));
        assert_eq!((kept.get(&key("a")), kept.get(&key("b"))), (None, None));
        kept.keep(kept.since(), key("b"), Some(Value::Null));
        assert_eq!(kept.get(&key("b")), Some(Some(Value::Null)));
    }

    #[test]
    fn it_has_a_limit() {
        let kept = Kept::default();
        for number in 0..=KEPT_THINGS_MAX {
            kept.keep(kept.since(), key(&number.to_string()), None);
        }
        assert_eq!(kept.held().things.len(), 1);
    }
}
