//! The audit log as a list.

use crate::db::QueryBuilder;
use axum::extract::State;
use axum::{Extension, Json};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::ConsoleState;
use super::names::{Named, Names};
use super::reply::{Answer, Page, Params, Portion};
use super::rights::Caller;

/// One line of the audit log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct AuditRow {
    /// Number, from 1.
    pub id: i64,
    /// When, UTC milliseconds.
    pub at_ms: i64,
    /// Who: a person, a device, or the server (whose name is empty).
    pub actor: Named,
    /// What, as `noun.verb`.
    pub action: String,
    /// To what; its name is empty when it is no person, outlet or device.
    pub subject: Named,
    /// Particulars.
    #[schema(value_type = Object)]
    pub detail: Value,
}

/// Which lines.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AuditQuery {
    /// Only this action.
    pub action: Option<String>,
    /// Only this actor's.
    pub actor: Option<String>,
    /// Place of the first row, from 0.
    #[param(minimum = 0)]
    pub offset: Option<i64>,
    /// Rows, 1 to 200.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<i64>,
}

fn narrow(query: &mut QueryBuilder, programme: Uuid, wish: &AuditQuery) {
    query
        .push(" FROM audit WHERE programme_id = ")
        .push_bind(programme.to_string());
    for (column, value) in [("action", &wish.action), ("actor", &wish.actor)] {
        if let Some(value) = value.as_ref().filter(|value| !value.is_empty()) {
            query
                .push(format!(" AND {column} = "))
                .push_bind(value.clone());
        }
    }
}

/// The audit log, newest first.
#[utoipa::path(get, path = "/v1/console/audit", tag = "console", params(AuditQuery), responses(
    (status = 200, description = "a page of the audit log", body = Page<AuditRow>),
    (status = 400, description = "`bad_input`"),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
))]
pub async fn list(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
    Params(wish): Params<AuditQuery>,
) -> Answer<Page<AuditRow>> {
    let (store, programme) = (state.store(), caller.programme);
    let portion = Portion::of(wish.offset, wish.limit)?;
    let mut count = QueryBuilder::new("SELECT COUNT(*)");
    narrow(&mut count, programme, &wish);
    let total: i64 = count
        .build_query_scalar()
        .fetch_one(store.reads(caller.programme))
        .await?;
    let mut query = QueryBuilder::new("SELECT id, at_ms, actor, action, subject, detail");
    narrow(&mut query, programme, &wish);
    query
        .push(" ORDER BY id DESC LIMIT ")
        .push_bind(portion.limit);
    query.push(" OFFSET ").push_bind(portion.offset);
    type Line = (i64, i64, String, String, String, String);
    let lines: Vec<Line> = query
        .build_query_as()
        .fetch_all(store.reads(caller.programme))
        .await?;
    let ids = lines.iter().flat_map(|line| [&line.2, &line.4]);
    let ids = ids.filter_map(|id| Uuid::parse_str(id).ok());
    let names = Names::load(store, programme, ids).await?;
    let named = |id: String| match Uuid::parse_str(&id) {
        Ok(known) => names.named(known),
        Err(_) => Named {
            id,
            name: String::new(),
        },
    };
    let mut rows = Vec::with_capacity(lines.len());
    for (id, at_ms, actor, action, subject, detail) in lines {
        rows.push(AuditRow {
            id,
            at_ms,
            actor: named(actor),
            action,
            subject: named(subject),
            detail: serde_json::from_str(&detail)?,
        });
    }
    Ok(Json(portion.page(rows, total)))
}
