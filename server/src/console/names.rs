//! Names for ids: lists hold references, and a page looks its names up in one go.

use std::collections::{BTreeSet, HashMap};
use std::pin::Pin;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::db::QueryBuilder;
use crate::error::Result;
use crate::store::Store;

/// The most ids of one question.
const IDS_MAX: usize = 500;

/// A thing by its id with its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Named {
    /// Id.
    pub id: String,
    /// Name; empty when nobody knows one.
    pub name: String,
}

/// Names of people, outlets and devices.
#[derive(Debug, Default)]
pub struct Names {
    known: HashMap<String, String>,
}

impl Names {
    /// Looks up the names of people, outlets and devices with these ids. The future is boxed, so that it does
    /// not carry the type of the ids along.
    pub fn load(
        store: &Store,
        programme: Uuid,
        ids: impl IntoIterator<Item = Uuid>,
    ) -> Pin<Box<dyn Future<Output = Result<Self>> + Send + '_>> {
        let ids: BTreeSet<String> = ids.into_iter().map(|id| id.to_string()).collect();
        let ids: Vec<String> = ids.into_iter().collect();
        Box::pin(async move {
            let mut known = HashMap::new();
            for part in ids.chunks(IDS_MAX) {
                known.extend(people(store, programme, part).await?);
                known.extend(outlets(store, programme, part).await?);
                known.extend(devices(store, programme, part).await?);
            }
            Ok(Self { known })
        })
    }

    /// The thing with its name.
    #[must_use]
    pub fn named(&self, id: Uuid) -> Named {
        let id = id.to_string();
        let name = self.known.get(&id).cloned().unwrap_or_default();
        Named { id, name }
    }

    /// The same for a thing that may be missing.
    #[must_use]
    pub fn maybe(&self, id: Option<Uuid>) -> Option<Named> {
        id.map(|id| self.named(id))
    }
}

type Pairs = Vec<(String, String)>;

async fn people(store: &Store, programme: Uuid, ids: &[String]) -> Result<Pairs> {
    let query = "SELECT participant_id, trim(given || ' ' || family) FROM person
                 WHERE programme_id = ";
    pairs(store, programme, query, "participant_id", ids).await
}

async fn outlets(store: &Store, programme: Uuid, ids: &[String]) -> Result<Pairs> {
    let query = "SELECT id, json_extract(body, '$.name') FROM entity
                 WHERE kind = 'outlet' AND programme_id = ";
    pairs(store, programme, query, "id", ids).await
}

async fn devices(store: &Store, programme: Uuid, ids: &[String]) -> Result<Pairs> {
    let query = "SELECT device_id, name FROM device WHERE programme_id = ";
    pairs(store, programme, query, "device_id", ids).await
}

async fn pairs(
    store: &Store,
    programme: Uuid,
    start: &str,
    column: &str,
    ids: &[String],
) -> Result<Pairs> {
    let mut query = QueryBuilder::new(start);
    query
        .push_bind(programme.to_string())
        .push(format!(" AND {column} IN ("));
    let mut list = query.separated(", ");
    for id in ids {
        list.push_bind(id.clone());
    }
    query.push(")");
    Ok(query
        .build_query_as()
        .fetch_all(store.reads(programme))
        .await?)
}
