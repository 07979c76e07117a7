//! Reading things: one by id, many by scope or by a field of their document.

use carrot_rules::entity::{Entity, EntityKind};
use carrot_rules::{Account, Scope, Unit};
use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;

use super::Store;
use super::ledger;
use crate::db::{self, Conn, QueryBuilder};
use crate::error::Result;

/// A field of a document that lists can be narrowed by; each has an index for the kinds it is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// `status`.
    Status,
    /// `participant`.
    Participant,
    /// `outlet`.
    Outlet,
    /// `kind` inside the document, such as an activity's.
    Kind,
    /// `series` of a code.
    Series,
}

impl Field {
    fn expression(self) -> &'static str {
        match self {
            Self::Status => "json_extract(body, '$.status')",
            Self::Participant => "json_extract(body, '$.participant')",
            Self::Outlet => "json_extract(body, '$.outlet')",
            Self::Kind => "json_extract(body, '$.kind')",
            Self::Series => "json_extract(body, '$.series')",
        }
    }
}

/// Which things of a kind to list.
#[derive(Debug, Clone, Default)]
pub struct EntityFilter {
    /// Only those visible in this scope.
    pub scope: Option<Scope>,
    /// Only those whose fields have these values.
    pub fields: Vec<(Field, String)>,
    /// Only those whose `at_ms` is at or after this, UTC milliseconds.
    pub from_ms: Option<i64>,
    /// Only those whose `at_ms` is before this, UTC milliseconds.
    pub until_ms: Option<i64>,
    /// Newest `at_ms` first instead of by id.
    pub newest_first: bool,
    /// The most to return; all when none.
    pub limit: Option<i64>,
}

impl EntityFilter {
    /// Everything of the kind.
    #[must_use]
    pub fn all() -> Self {
        Self::default()
    }

    /// The same, narrowed to things whose field has this value.
    #[must_use]
    pub fn with(mut self, field: Field, value: impl Into<String>) -> Self {
        self.fields.push((field, value.into()));
        self
    }

    /// The same, narrowed to things visible in the scope.
    #[must_use]
    pub fn visible_in(mut self, scope: Scope) -> Self {
        self.scope = Some(scope);
        self
    }
}

pub(super) async fn body(
    conn: &mut Conn,
    programme: &str,
    kind: EntityKind,
    id: &str,
) -> Result<Option<Value>> {
    let found: Option<String> =
        db::query_scalar("SELECT body FROM entity WHERE programme_id = ? AND kind = ? AND id = ?")
            .bind(programme)
            .bind(kind.as_str())
            .bind(id)
            .fetch_optional(conn)
            .await?;
    Ok(found.map(|text| serde_json::from_str(&text)).transpose()?)
}

const AT: &str = "json_extract(body, '$.at_ms')";

fn listing(programme: Uuid, kind: EntityKind, filter: &EntityFilter) -> QueryBuilder {
    let mut query = QueryBuilder::new("SELECT entity.id, body FROM entity");
    if let Some(scope) = filter.scope {
        query.push(
            " JOIN entity_scope AS seen ON seen.programme_id = entity.programme_id
               AND seen.kind = entity.kind AND seen.id = entity.id AND seen.scope = ",
        );
        query.push_bind(scope.to_string());
    }
    query
        .push(" WHERE entity.programme_id = ")
        .push_bind(programme.to_string());
    // The kind is one of our own words; as a literal it lets the partial indexes apply.
    query.push(format!(" AND entity.kind = '{}'", kind.as_str()));
    for (field, value) in &filter.fields {
        query
            .push(format!(" AND {} = ", field.expression()))
            .push_bind(value.clone());
    }
    if let Some(from_ms) = filter.from_ms {
        query.push(format!(" AND {AT} >= ")).push_bind(from_ms);
    }
    if let Some(until_ms) = filter.until_ms {
        query.push(format!(" AND {AT} < ")).push_bind(until_ms);
    }
    if filter.newest_first {
        query.push(format!(" ORDER BY {AT} DESC, entity.id"));
    } else {
        query.push(" ORDER BY entity.id");
    }
    if let Some(limit) = filter.limit {
        query.push(" LIMIT ").push_bind(limit);
    }
    query
}

impl Store {
    /// A thing by id.
    pub async fn entity<T: Entity + DeserializeOwned>(
        &self,
        programme: Uuid,
        id: &str,
    ) -> Result<Option<T>> {
        let mut conn = self.reads(programme).acquire().await?;
        let body = body(&mut conn, &programme.to_string(), T::KIND, id).await?;
        Ok(body.map(serde_json::from_value).transpose()?)
    }

    /// Things of one type with their ids.
    pub async fn entities<T: Entity + DeserializeOwned>(
        &self,
        programme: Uuid,
        filter: &EntityFilter,
    ) -> Result<Vec<(String, T)>> {
        let rows: Vec<(String, String)> = listing(programme, T::KIND, filter)
            .build_query_as()
            .fetch_all(self.reads(programme))
            .await?;
        rows.into_iter()
            .map(|(id, text)| Ok((id, serde_json::from_str(&text)?)))
            .collect()
    }

    /// An account's balance in points; zero before its first entry.
    pub async fn balance(&self, programme: Uuid, account: Account) -> Result<i64> {
        let mut conn = self.reads(programme).acquire().await?;
        ledger::balance(&mut conn, &programme.to_string(), account, Unit::Points).await
    }
}
