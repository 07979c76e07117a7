//! Rule sets ready to be asked: compiled once for each version, not once for each command.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use carrot_rules::entity::{EntityKind, ONLY};
use carrot_rules::index::Index;
use carrot_rules::{Fact, RuleSet};
use uuid::Uuid;

use super::tx::Tx;

/// The last compiled set of each programme, with the text that it was compiled from.
#[derive(Debug, Default)]
pub(super) struct CompiledRules(Mutex<HashMap<Uuid, Compiled>>);

/// A text, and what it was compiled to.
type Compiled = (Arc<str>, Arc<Index>);

impl CompiledRules {
    /// The compiled set of a text; none when it does not read.
    fn of(&self, programme: Uuid, text: &Arc<str>) -> Option<Arc<Index>> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((from, index)) = known.get(&programme)
            && (Arc::ptr_eq(from, text) || from == text)
        {
            return Some(Arc::clone(index));
        }
        let set: RuleSet = serde_json::from_str(text).ok()?;
        let index = Arc::new(Index::new(set));
        known.insert(programme, (Arc::clone(text), Arc::clone(&index)));
        Some(index)
    }
}

impl Tx {
    /// A stored thing as a fact; none when it is known that there is none.
    pub(crate) fn fact(&self, kind: EntityKind, id: &str, body: Option<Arc<str>>) -> Fact {
        let Some(text) = body else {
            return Fact::Entity(None);
        };
        let rules = (kind == EntityKind::RuleSet && id == ONLY)
            .then(|| self.compiled.of(self.programme, &text))
            .flatten();
        rules.map_or(Fact::Text(text), Fact::Rules)
    }
}
