//! What a transaction knows by heart: a map that remembers what it replaced, so that a savepoint can
//! be undone without asking the database.

use std::collections::BTreeMap;
use std::ops::RangeBounds;

/// A map with a journal.
#[derive(Debug)]
pub(super) struct Held<K, V> {
    map: BTreeMap<K, V>,
    journal: Vec<(K, Option<V>)>,
}

impl<K, V> Default for Held<K, V> {
    fn default() -> Self {
        Self {
            map: BTreeMap::new(),
            journal: Vec::new(),
        }
    }
}

impl<K: Ord + Clone, V> Held<K, V> {
    /// What is known about a key.
    pub fn get(&self, key: &K) -> Option<&V> {
        self.map.get(key)
    }

    /// What is known from a key on, in order.
    pub fn range(&self, keys: impl RangeBounds<K>) -> impl Iterator<Item = (&K, &V)> {
        self.map.range(keys)
    }

    /// Sets a value that an undo takes back.
    pub fn set(&mut self, key: K, value: V) {
        let before = self.map.insert(key.clone(), value);
        self.journal.push((key, before));
    }

    /// Notes what the database says, unless something is known already. It outlives an undo.
    pub fn note(&mut self, key: K, value: V) {
        self.map.entry(key).or_insert(value);
    }

    /// Where the journal stands.
    pub fn mark(&self) -> usize {
        self.journal.len()
    }

    /// Takes back everything that was set since a mark.
    pub fn undo(&mut self, mark: usize) {
        for (key, before) in self.journal.drain(mark.min(self.journal.len())..).rev() {
            match before {
                Some(value) => self.map.insert(key, value),
                None => self.map.remove(&key),
            };
        }
    }

    /// Everything known, in order; the map is empty afterwards.
    pub fn take(&mut self) -> BTreeMap<K, V> {
        self.journal.clear();
        std::mem::take(&mut self.map)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_undone_is_as_it_was() {
        let mut held: Held<&str, i64> = Held::default();
        held.set("kept", 1);
        let mark = held.mark();
        held.set("kept", 2);
        held.set("kept", 3);
        held.set("new", 4);
        held.note("read", 5);
        held.note("kept", 6);
        held.undo(mark);
        let known = held.take();
        assert_eq!(known, BTreeMap::from([("kept", 1), ("read", 5)]));
    }
}
