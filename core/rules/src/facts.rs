//! Facts: what a decision reads. A fact is known (perhaps known to be absent) or unknown here.

use std::any::Any;
use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, DefaultHasher};
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::entity::{Entity, EntityKind, ONLY};
use crate::index::Index;
use crate::ledger::{Account, LotId};
use crate::ruleset::RuleSet;

/// Names one fact that a decision may read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum FactKey {
    /// A thing by kind and id.
    Entity(EntityKind, String),
    /// An account's balance in points.
    Balance(Account),
    /// What is left of a lot of points in an account; its fact is a balance.
    Lot(Account, LotId),
}

impl FactKey {
    /// The key of a thing of type `T`.
    #[must_use]
    pub fn of<T: Entity>(id: impl Into<String>) -> Self {
        Self::Entity(T::KIND, id.into())
    }
}

/// What a place knows about one key.
#[derive(Debug, Clone)]
pub enum Fact {
    /// The thing's body; `None` when it is known that there is none.
    Entity(Option<Value>),
    /// The body of a thing that exists as JSON text, read when a decision looks at it.
    Text(Arc<str>),
    /// A thing that exists, read already: whoever decides often reads it once. It is of the type that
    /// its key's kind names.
    Thing(Arc<dyn Any + Send + Sync>),
    /// The rule set, compiled: whoever decides often compiles it once.
    Rules(Arc<Index>),
    /// The balance in points.
    Balance(i64),
    /// This place cannot tell.
    Unknown,
}

/// What a decision sees of a thing.
#[derive(Debug, Clone, PartialEq)]
pub enum Seen<T> {
    /// It exists and is this.
    Known(T),
    /// It is known not to exist.
    Absent,
    /// This place cannot tell.
    Unknown,
}

/// The facts loaded for one decision, or all facts of a place that knows everything about itself.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Things by kind, then by id: looked up without a key of their own.
    things: BTreeMap<EntityKind, Kept>,
    /// The few that a decision needs.
    balances: BTreeMap<FactKey, Fact>,
    complete: bool,
}

/// The hash has no secret: facts never answer in the order in which they are kept.
type Kept = HashMap<String, Fact, BuildHasherDefault<DefaultHasher>>;

impl Facts {
    /// Facts of a place that knows everything: what is not among them does not exist, and an account
    /// that is not has a balance of zero.
    #[must_use]
    pub fn complete() -> Self {
        Self {
            complete: true,
            ..Self::default()
        }
    }

    /// Adds a fact; the last one for a key wins.
    pub fn insert(&mut self, key: FactKey, fact: Fact) {
        match key {
            FactKey::Entity(kind, id) => self.things.entry(kind).or_default().insert(id, fact),
            key => self.balances.insert(key, fact),
        };
    }

    /// True when the key was loaded (known or not).
    #[must_use]
    pub fn has(&self, key: &FactKey) -> bool {
        match key {
            FactKey::Entity(kind, id) => self.fact(*kind, id).is_some(),
            key => self.balances.contains_key(key),
        }
    }

    fn fact(&self, kind: EntityKind, id: &str) -> Option<&Fact> {
        self.things.get(&kind)?.get(id)
    }

    /// The thing of type `T` with this id. A body that does not read as `T` counts as unknown: a
    /// newer version wrote it, and guessing would be worse than waiting.
    #[must_use]
    pub fn see<T: Entity + DeserializeOwned>(&self, id: &str) -> Seen<T> {
        self.read(self.fact(T::KIND, id))
    }

    /// The same without a copy, where it was read already.
    #[must_use]
    pub fn look<T: Entity + DeserializeOwned>(&self, id: &str) -> Seen<Arc<T>> {
        if let Some(ready) = self.ready(id) {
            return ready;
        }
        match self.see(id) {
            Seen::Known(thing) => Seen::Known(Arc::new(thing)),
            Seen::Absent => Seen::Absent,
            Seen::Unknown => Seen::Unknown,
        }
    }

    /// The same, only where no text must be read for it.
    pub(crate) fn ready<T: Entity>(&self, id: &str) -> Option<Seen<Arc<T>>> {
        match self.fact(T::KIND, id) {
            Some(Fact::Thing(thing)) => {
                let thing = Arc::clone(thing).downcast();
                Some(thing.map_or(Seen::Unknown, Seen::Known))
            }
            Some(Fact::Entity(None)) => Some(Seen::Absent),
            None if self.complete => Some(Seen::Absent),
            _ => None,
        }
    }

    fn read<T: Entity + DeserializeOwned>(&self, fact: Option<&Fact>) -> Seen<T> {
        let thing = match fact {
            Some(Fact::Entity(Some(body))) => T::deserialize(body).ok(),
            Some(Fact::Text(body)) => serde_json::from_str(body).ok(),
            Some(Fact::Thing(thing)) => thing.downcast_ref::<T>().cloned(),
            Some(Fact::Entity(None)) => return Seen::Absent,
            Some(Fact::Rules(index)) => return see_rules(index),
            None if self.complete => return Seen::Absent,
            Some(Fact::Balance(_) | Fact::Unknown) | None => None,
        };
        thing.map_or(Seen::Unknown, Seen::Known)
    }

    /// The thing with this id as it may be changed, made when there is none. Nothing when it was
    /// loaded as text, or is of another type.
    pub fn change<T: Entity + Default>(&mut self, id: &str) -> Option<&mut T> {
        let kept = self.things.entry(T::KIND).or_default();
        if !kept.contains_key(id) {
            kept.insert(id.to_owned(), Fact::Thing(Arc::new(T::default())));
        }
        match kept.get_mut(id)? {
            Fact::Thing(thing) => {
                if Arc::get_mut(thing).is_none() {
                    // Others look at it: they keep it as it was.
                    *thing = Arc::new(thing.downcast_ref::<T>()?.clone());
                }
                Arc::get_mut(thing)?.downcast_mut()
            }
            _ => None,
        }
    }

    /// The rule set, ready to be asked; none where it is missing or does not read.
    #[must_use]
    pub fn rules(&self) -> Option<Arc<Index>> {
        match self.fact(EntityKind::RuleSet, ONLY) {
            Some(Fact::Rules(index)) => Some(Arc::clone(index)),
            _ => match self.see::<RuleSet>(ONLY) {
                Seen::Known(set) => Some(Arc::new(Index::new(set))),
                Seen::Absent | Seen::Unknown => None,
            },
        }
    }

    /// The account's balance in points, if known here.
    #[must_use]
    pub fn balance(&self, account: Account) -> Option<i64> {
        self.points(&FactKey::Balance(account))
    }

    /// What is left of a lot of points in an account, if known here.
    #[must_use]
    pub fn lot(&self, account: Account, lot: LotId) -> Option<i64> {
        self.points(&FactKey::Lot(account, lot))
    }

    fn points(&self, key: &FactKey) -> Option<i64> {
        match self.balances.get(key) {
            Some(Fact::Balance(points)) => Some(*points),
            None if self.complete => Some(0),
            _ => None,
        }
    }
}

/// A compiled rule set seen as the document that it is.
fn see_rules<T: DeserializeOwned>(index: &Index) -> Seen<T> {
    let body = serde_json::to_value(index.set()).and_then(T::deserialize);
    body.map_or(Seen::Unknown, Seen::Known)
}
