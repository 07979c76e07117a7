//! Things of a snapshot, as facts of a replay.

use std::sync::Arc;

use carrot_rules::entity::{Entity, EntityKind};
use carrot_rules::{Fact, FactKey};
use serde::de::DeserializeOwned;

use crate::db::{self, Conn};
use crate::error::Result;

/// The kinds that rules ask about and that a replay knows from its beginning.
const KINDS: [EntityKind; 4] = [
    EntityKind::Product,
    EntityKind::Outlet,
    EntityKind::Participant,
    EntityKind::Staff,
];

/// One thing; none when there is none.
pub(super) async fn thing<T: Entity + DeserializeOwned>(
    conn: &mut Conn,
    programme: &str,
    id: &str,
) -> Result<Option<T>> {
    let text: Option<String> =
        db::query_scalar("SELECT body FROM entity WHERE programme_id = ? AND kind = ? AND id = ?")
            .bind(programme)
            .bind(T::KIND.as_str())
            .bind(id)
            .fetch_optional(conn)
            .await?;
    Ok(text.as_deref().map(serde_json::from_str).transpose()?)
}

/// One thing as a fact, under its key.
pub(super) async fn fact<T: Entity + DeserializeOwned>(
    conn: &mut Conn,
    programme: &str,
    id: &str,
) -> Result<Option<(FactKey, Fact)>> {
    let found: Option<T> = thing(conn, programme, id).await?;
    Ok(found.map(|thing| (FactKey::of::<T>(id), Fact::Thing(Arc::new(thing)))))
}

/// All things that a replay knows from its beginning.
pub(super) async fn all(conn: &mut Conn, programme: &str) -> Result<Vec<(FactKey, Fact)>> {
    let mut facts = Vec::new();
    for kind in KINDS {
        let rows: Vec<(String, String)> =
            db::query_as("SELECT id, body FROM entity WHERE programme_id = ? AND kind = ?")
                .bind(programme)
                .bind(kind.as_str())
                .fetch_all(&mut *conn)
                .await?;
        facts.extend(
            rows.into_iter()
                .map(|(id, text)| (FactKey::Entity(kind, id), Fact::Text(text.into()))),
        );
    }
    Ok(facts)
}
