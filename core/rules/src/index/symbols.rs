//! Texts as numbers, so that comparing them is comparing numbers.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::BuildHasherDefault;

/// A text that some rule names.
pub(crate) type Symbol = u32;

/// The texts that a rule set names. The hasher has no random part: equal sets are equal everywhere.
#[derive(Debug, Default)]
pub(crate) struct Symbols {
    known: HashMap<Box<str>, Symbol, BuildHasherDefault<DefaultHasher>>,
}

impl Symbols {
    pub fn intern(&mut self, text: &str) -> Symbol {
        if let Some(known) = self.known.get(text) {
            return *known;
        }
        let next = Symbol::try_from(self.known.len()).unwrap_or(Symbol::MAX);
        self.known.insert(text.into(), next);
        next
    }

    pub fn find(&self, text: &str) -> Option<Symbol> {
        self.known.get(text).copied()
    }
}
