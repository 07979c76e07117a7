//! A thing as an outcome has left it so far: what it wrote, else what the facts say.

use serde::de::DeserializeOwned;

use crate::entity::Entity;
use crate::facts::{Facts, Seen};
use crate::outcome::Outcome;

/// The thing of type `T` with this id.
pub(super) fn see<T: Entity + DeserializeOwned>(
    outcome: &Outcome,
    facts: &Facts,
    id: &str,
) -> Seen<T> {
    let mut written = outcome.upserts.iter().rev();
    match written.find(|upsert| upsert.kind == T::KIND && upsert.id == id) {
        Some(upsert) => T::deserialize(&upsert.body).map_or(Seen::Unknown, Seen::Known),
        None => facts.see(id),
    }
}
