//! The price list as a list.

use axum::extract::State;
use axum::{Extension, Json};
use carrot_rules::RuleSet;
use carrot_rules::entity::ONLY;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::{ProductList, ProductRow};
use crate::console::ConsoleState;
use crate::console::reply::{Answer, Params, Portion, Refusal, order, search};
use crate::console::rights::Caller;
use crate::db::{self, QueryBuilder};

/// Which products.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ProductsQuery {
    /// Part of a name in any language, of the brand, or of the code.
    pub q: Option<String>,
    /// Only this category.
    pub category: Option<String>,
    /// `id`, `brand`, `category`, `buyer`, `seller`; with `-` in front downwards.
    pub sort: Option<String>,
    /// Place of the first row, from 0.
    #[param(minimum = 0)]
    pub offset: Option<i64>,
    /// Rows, 1 to 200.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<i64>,
}

const ORDERS: &[(&str, &str)] = &[
    ("id", "id"),
    ("brand", "json_extract(body, '$.brand')"),
    ("category", "json_extract(body, '$.category')"),
    ("buyer", "json_extract(body, '$.buyer_points')"),
    ("seller", "json_extract(body, '$.seller_points')"),
];

fn narrow(query: &mut QueryBuilder, programme: Uuid, wish: &ProductsQuery) -> Result<(), Refusal> {
    query.push(" FROM entity WHERE kind = 'product' AND programme_id = ");
    query.push_bind(programme.to_string());
    if let Some(category) = wish
        .category
        .as_ref()
        .filter(|category| !category.is_empty())
    {
        query
            .push(" AND json_extract(body, '$.category') = ")
            .push_bind(category.clone());
    }
    let Some(patterns) = search(wish.q.as_deref())? else {
        return Ok(());
    };
    query.push(" AND (FALSE");
    for pattern in patterns {
        for text in ["id", "json_extract(body, '$.brand')"] {
            query
                .push(format!(" OR {text} LIKE "))
                .push_bind(pattern.clone());
            query.push(" ESCAPE '\\'");
        }
        query.push(
            " OR EXISTS (SELECT 1 FROM json_each(body, '$.name') AS word WHERE word.atom LIKE ",
        );
        query.push_bind(pattern).push(" ESCAPE '\\')");
    }
    query.push(")");
    Ok(())
}

/// The price list, a page at a time.
#[utoipa::path(get, path = "/v1/console/products", tag = "console", params(ProductsQuery), responses(
    (status = 200, description = "a page of the price list", body = ProductList),
    (status = 400, description = "`bad_input`"),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
))]
pub async fn list(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
    Params(wish): Params<ProductsQuery>,
) -> Answer<ProductList> {
    let (store, programme) = (state.store(), caller.programme);
    let portion = Portion::of(wish.offset, wish.limit)?;
    let by = order(wish.sort.as_deref(), ORDERS, "category", "id")?;
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
    let rows = texts
        .iter()
        .map(|text| serde_json::from_str::<ProductRow>(text));
    let page = portion.page(rows.collect::<Result<_, _>>()?, total);
    let categories = db::query_scalar(
        "SELECT DISTINCT json_extract(body, '$.category') FROM entity
         WHERE programme_id = ? AND kind = 'product' ORDER BY 1",
    )
    .bind(programme.to_string())
    .fetch_all(store.reads(caller.programme))
    .await?;
    let rules = store.entity::<RuleSet>(programme, ONLY).await?;
    Ok(Json(ProductList {
        version: rules.map_or(0, |rules| rules.version),
        categories,
        page,
    }))
}
