//! Claims: what sellers reported by code or receipt, and where each stands.

use axum::extract::State;
use axum::{Extension, Json};
use carrot_rules::entity::Activity;
use carrot_rules::outcome::Because;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use ts_rs::TS;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::ConsoleState;
use super::names::{Named, Names};
use super::products::{ProductName, product_names};
use super::reply::{Answer, Page, Params, Portion, Refusal, order, search};
use super::rights::Caller;
use crate::db::QueryBuilder;
use crate::error::Result;

/// A claim as the list shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct ClaimRow {
    /// The activity's id.
    pub id: String,
    /// When, UTC milliseconds.
    pub at_ms: i64,
    /// Who claims.
    pub participant: Named,
    /// What was sold, when known.
    pub product: Option<ProductName>,
    /// Where, when known.
    pub outlet: Option<Named>,
    /// The unit, when there is one: `code:…` or `receipt:…`.
    pub unit: Option<String>,
    /// Points.
    pub points: i64,
    /// `active`, `pending`, `review`, `rejected`, `reversed`.
    pub state: String,
    /// Why it waits or was refused.
    #[schema(value_type = Vec<Object>)]
    pub because: Vec<Because>,
}

/// Which claims.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ClaimsQuery {
    /// Part of the person's name, or of the unit's key.
    pub q: Option<String>,
    /// Only this state.
    pub state: Option<String>,
    /// `at`, `points`; with `-` in front downwards.
    pub sort: Option<String>,
    /// Place of the first row, from 0.
    #[param(minimum = 0)]
    pub offset: Option<i64>,
    /// Rows, 1 to 200.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<i64>,
}

const ORDERS: &[(&str, &str)] = &[
    ("at", "json_extract(body, '$.at_ms')"),
    ("points", "json_extract(body, '$.points')"),
];

fn narrow(query: &mut QueryBuilder, programme: Uuid, wish: &ClaimsQuery) -> Result<(), Refusal> {
    let programme = programme.to_string();
    query.push(" FROM entity WHERE kind = 'activity' AND programme_id = ");
    query.push_bind(programme.clone());
    query.push(" AND json_extract(body, '$.kind') = 'claim'");
    if let Some(state) = wish.state.as_ref().filter(|state| !state.is_empty()) {
        query
            .push(" AND json_extract(body, '$.state') = ")
            .push_bind(state.clone());
    }
    let Some(patterns) = search(wish.q.as_deref())? else {
        return Ok(());
    };
    query.push(" AND (FALSE");
    for pattern in &patterns {
        query
            .push(" OR json_extract(body, '$.unit') LIKE ")
            .push_bind(pattern.clone());
        query.push(" ESCAPE '\\'");
        query.push(
            " OR json_extract(body, '$.participant') IN (SELECT participant_id FROM person WHERE programme_id = ",
        );
        query
            .push_bind(programme.clone())
            .push(" AND given || ' ' || family LIKE ");
        query.push_bind(pattern.clone()).push(" ESCAPE '\\')");
    }
    query.push(")");
    Ok(())
}

/// Claims, a page at a time.
#[utoipa::path(get, path = "/v1/console/claims", tag = "console", params(ClaimsQuery), responses(
    (status = 200, description = "a page of claims", body = Page<ClaimRow>),
    (status = 400, description = "`bad_input`"),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
))]
pub async fn list(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
    Params(wish): Params<ClaimsQuery>,
) -> Answer<Page<ClaimRow>> {
    let (store, programme) = (state.store(), caller.programme);
    let portion = Portion::of(wish.offset, wish.limit)?;
    let by = order(wish.sort.as_deref(), ORDERS, "-at", "id")?;
    let mut count = QueryBuilder::new("SELECT COUNT(*)");
    narrow(&mut count, programme, &wish)?;
    let total: i64 = count
        .build_query_scalar()
        .fetch_one(store.reads(caller.programme))
        .await?;
    let mut query = QueryBuilder::new("SELECT body");
    narrow(&mut query, programme, &wish)?;
    query.push(by).push(" LIMIT ").push_bind(portion.limit);
    query.push(" OFFSET ").push_bind(portion.offset);
    let texts: Vec<String> = query
        .build_query_scalar()
        .fetch_all(store.reads(caller.programme))
        .await?;
    let lines: Vec<Activity> = texts
        .iter()
        .map(|text| serde_json::from_str(text))
        .collect::<Result<_, _>>()?;
    let ids = lines
        .iter()
        .flat_map(|line| [Some(line.participant), line.outlet])
        .flatten();
    let names = Names::load(store, programme, ids).await?;
    let products: BTreeSet<String> = lines
        .iter()
        .filter_map(|line| line.subject.clone())
        .collect();
    let products = product_names(store, programme, products).await?;
    let row = |line: Activity| ClaimRow {
        id: line.id,
        at_ms: line.at_ms,
        participant: names.named(line.participant),
        product: line.subject.and_then(|id| products.get(&id).cloned()),
        outlet: names.maybe(line.outlet),
        unit: line.unit,
        points: line.points,
        state: line.state,
        because: line.because,
    };
    Ok(Json(
        portion.page(lines.into_iter().map(row).collect(), total),
    ))
}
