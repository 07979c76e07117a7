//! The names of products by their ids.

use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

use super::ProductName;
use crate::db::QueryBuilder;
use crate::error::Result;
use crate::store::Store;

/// The most product ids of one question.
const IDS_MAX: usize = 500;

/// The names of products by their ids.
pub(in crate::console) async fn product_names(
    store: &Store,
    programme: Uuid,
    ids: BTreeSet<String>,
) -> Result<BTreeMap<String, ProductName>> {
    let ids: Vec<String> = ids.into_iter().collect();
    let mut names = BTreeMap::new();
    for part in ids.chunks(IDS_MAX) {
        let mut query = QueryBuilder::new(
            "SELECT id, json_extract(body, '$.name') FROM entity WHERE kind = 'product' AND programme_id = ",
        );
        query.push_bind(programme.to_string()).push(" AND id IN (");
        let mut list = query.separated(", ");
        for id in part {
            list.push_bind(id.clone());
        }
        query.push(")");
        let rows: Vec<(String, String)> = query
            .build_query_as()
            .fetch_all(store.reads(programme))
            .await?;
        for (id, text) in rows {
            let name = serde_json::from_str(&text)?;
            names.insert(id.clone(), ProductName { id, name });
        }
    }
    Ok(names)
}
