//! The list of sales.

use axum::extract::State;
use axum::{Extension, Json};
use carrot_rules::entity::Sale;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::SaleRow;
use crate::console::ConsoleState;
use crate::console::names::Names;
use crate::console::reply::{Answer, Page, Params, Portion, Refusal, order, search};
use crate::console::rights::Caller;
use crate::db::QueryBuilder;

/// Which sales.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SalesQuery {
    /// Part of a cashier's, seller's or buyer's name, or the beginning of the sale's id.
    pub q: Option<String>,
    /// Only this outlet (UUID).
    #[param(value_type = Option<String>)]
    pub outlet: Option<Uuid>,
    /// From this instant, UTC milliseconds.
    pub from_ms: Option<i64>,
    /// Before this instant, UTC milliseconds.
    pub until_ms: Option<i64>,
    /// Only cancelled ones, or only those that are not.
    pub void: Option<bool>,
    /// `at`, `amount`; with `-` in front downwards.
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
    ("amount", "json_extract(body, '$.amount_minor')"),
];

fn narrow(query: &mut QueryBuilder, caller: &Caller, wish: &SalesQuery) -> Result<(), Refusal> {
    let programme = caller.programme.to_string();
    query
        .push(" FROM entity WHERE kind = 'sale' AND programme_id = ")
        .push_bind(programme.clone());
    if let Some(own) = &caller.outlets {
        query.push(" AND json_extract(body, '$.outlet') IN (");
        let mut list = query.separated(", ");
        for outlet in own {
            list.push_bind(outlet.to_string());
        }
        query.push(")");
    }
    if let Some(outlet) = wish.outlet {
        query
            .push(" AND json_extract(body, '$.outlet') = ")
            .push_bind(outlet.to_string());
    }
    if let Some(from_ms) = wish.from_ms {
        query
            .push(" AND json_extract(body, '$.at_ms') >= ")
            .push_bind(from_ms);
    }
    if let Some(until_ms) = wish.until_ms {
        query
            .push(" AND json_extract(body, '$.at_ms') < ")
            .push_bind(until_ms);
    }
    if let Some(void) = wish.void {
        query
            .push(" AND json_extract(body, '$.void') = ")
            .push_bind(i64::from(void));
    }
    let Some(patterns) = search(wish.q.as_deref())? else {
        return Ok(());
    };
    query
        .push(" AND (id LIKE ")
        .push_bind(patterns[1].trim_start_matches('%').to_owned());
    query.push(" ESCAPE '\\'");
    for role in ["buyer", "seller", "cashier"] {
        query.push(format!(
            " OR json_extract(body, '$.{role}') IN (SELECT participant_id FROM person WHERE programme_id = "
        ));
        query.push_bind(programme.clone()).push(" AND (FALSE");
        for pattern in &patterns {
            query
                .push(" OR given || ' ' || family LIKE ")
                .push_bind(pattern.clone());
            query.push(" ESCAPE '\\'");
        }
        query.push("))");
    }
    query.push(")");
    Ok(())
}

fn points(sale: &Sale, role: &str) -> i64 {
    sale.awards
        .iter()
        .filter(|award| award.role == role)
        .map(|award| award.points)
        .sum()
}

pub(super) fn people(sale: &Sale) -> impl Iterator<Item = Uuid> {
    [
        Some(sale.outlet),
        Some(sale.cashier),
        sale.seller,
        sale.buyer,
    ]
    .into_iter()
    .flatten()
}

pub(super) fn row(sale: &Sale, names: &Names) -> SaleRow {
    SaleRow {
        id: sale.id.to_string(),
        at_ms: sale.at_ms,
        outlet: names.named(sale.outlet),
        cashier: names.named(sale.cashier),
        seller: names.maybe(sale.seller),
        buyer: names.maybe(sale.buyer),
        amount_minor: sale.amount_minor,
        currency: sale.currency.clone(),
        lines: i64::try_from(sale.lines.len()).unwrap_or(i64::MAX),
        buyer_points: points(sale, "buyer"),
        seller_points: points(sale, "seller"),
        void: sale.void,
    }
}

/// Sales, a page at a time.
#[utoipa::path(get, path = "/v1/console/sales", tag = "console", params(SalesQuery), responses(
    (status = 200, description = "a page of sales", body = Page<SaleRow>),
    (status = 400, description = "`bad_input`"),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
))]
pub async fn list(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
    Params(wish): Params<SalesQuery>,
) -> Answer<Page<SaleRow>> {
    let store = state.store();
    let portion = Portion::of(wish.offset, wish.limit)?;
    let by = order(wish.sort.as_deref(), ORDERS, "-at", "id")?;
    let mut count = QueryBuilder::new("SELECT COUNT(*)");
    narrow(&mut count, &caller, &wish)?;
    let total: i64 = count
        .build_query_scalar()
        .fetch_one(store.reads(caller.programme))
        .await?;
    let mut query = QueryBuilder::new("SELECT body");
    narrow(&mut query, &caller, &wish)?;
    query.push(by).push(" LIMIT ").push_bind(portion.limit);
    query.push(" OFFSET ").push_bind(portion.offset);
    let texts: Vec<String> = query
        .build_query_scalar()
        .fetch_all(store.reads(caller.programme))
        .await?;
    let sales: Vec<Sale> = texts
        .iter()
        .map(|text| serde_json::from_str(text))
        .collect::<Result<_, _>>()?;
    let names = Names::load(store, caller.programme, sales.iter().flat_map(people)).await?;
    Ok(Json(portion.page(
        sales.iter().map(|sale| row(sale, &names)).collect(),
        total,
    )))
}
