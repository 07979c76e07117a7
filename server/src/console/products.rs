//! Products and their points: the price list, and publishing changes to it.
//!
//! A publication writes the changed products and the next version of the rule set in one
//! transaction; devices get both with their next pull, and awards name the version they follow.

use axum::extract::State;
use axum::{Extension, Json};
use carrot_rules::entity::{ONLY, Product};
use carrot_rules::{RuleSet, Scope};
use carrot_wire::CallError;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sqlx::{QueryBuilder, Sqlite};
use std::collections::{BTreeMap, BTreeSet};
use ts_rs::TS;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::ConsoleState;
use super::reply::{Answer, Body, Page, Params, Portion, Refusal, order, search};
use super::rights::Caller;
use crate::error::{Error, Result};
use crate::store::{Store, Tx};

/// The most points that one piece may give.
pub const PIECE_POINTS_MAX: i64 = 100_000;
/// The most changes of one publication.
pub const CHANGES_MAX: usize = 1_000;
/// The most product ids of one question.
const IDS_MAX: usize = 500;

/// A product by its id with its name by language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct ProductName {
    /// Id.
    pub id: String,
    /// Name by language; empty when the product is not in the list.
    pub name: BTreeMap<String, String>,
}

/// A product with its points.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct ProductRow {
    /// Id.
    pub id: String,
    /// GTIN, 14 digits.
    pub gtin: String,
    /// Brand.
    pub brand: String,
    /// Category.
    pub category: String,
    /// Name by language.
    pub name: BTreeMap<String, String>,
    /// Points for the buyer per piece.
    pub buyer_points: i64,
    /// Points for the seller per piece.
    pub seller_points: i64,
    /// Price by currency, minor units.
    pub price_minor: BTreeMap<String, i64>,
    /// The version that last changed its points.
    pub price_version: i64,
}

/// `GET /v1/console/products`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct ProductList {
    /// The rule set's version.
    pub version: i64,
    /// All categories, in their order.
    pub categories: Vec<String>,
    /// The products.
    pub page: Page<ProductRow>,
}

/// New points of one product.
#[derive(Debug, Clone, Serialize, Deserialize, TS, ToSchema)]
pub struct PointsChange {
    /// The product's id.
    pub product: String,
    /// Points for the buyer per piece, 0 to [`PIECE_POINTS_MAX`].
    #[schema(minimum = 0, maximum = 100_000)]
    pub buyer_points: i64,
    /// Points for the seller per piece, 0 to [`PIECE_POINTS_MAX`].
    #[schema(minimum = 0, maximum = 100_000)]
    pub seller_points: i64,
}

/// `POST /v1/console/products/preview` and `…/publish`.
#[derive(Debug, Clone, Serialize, Deserialize, TS, ToSchema)]
pub struct PointsChanges {
    /// The changes, one per product, at most [`CHANGES_MAX`].
    pub changes: Vec<PointsChange>,
    /// The version that the changes were made on; when it is no longer the newest, nothing is
    /// published.
    #[serde(default)]
    pub version: Option<i64>,
}

/// What a publication does to one product.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct PriceStep {
    /// The product.
    pub product: ProductName,
    /// Points for the buyer before.
    pub buyer_before: i64,
    /// Points for the buyer after.
    pub buyer_after: i64,
    /// Points for the seller before.
    pub seller_before: i64,
    /// Points for the seller after.
    pub seller_after: i64,
}

/// What a publication does, or would do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct Published {
    /// The version that it makes.
    pub version: i64,
    /// How many products change.
    pub changed: i64,
    /// How many of the named products stay as they are.
    pub unchanged: i64,
    /// The products that change.
    pub steps: Vec<PriceStep>,
}

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

fn narrow(
    query: &mut QueryBuilder<Sqlite>,
    programme: Uuid,
    wish: &ProductsQuery,
) -> Result<(), Refusal> {
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
    query.push(" AND (0");
    for pattern in patterns {
        for text in ["id", "json_extract(body, '$.brand')"] {
            query
                .push(format!(" OR {text} LIKE "))
                .push_bind(pattern.clone());
            query.push(" ESCAPE '\\'");
        }
        query.push(
            " OR EXISTS (SELECT 1 FROM json_each(body, '$.name') AS word WHERE word.value LIKE ",
        );
        query.push_bind(pattern).push(" ESCAPE '\\')");
    }
    query.push(")");
    Ok(())
}

/// The names of products by their ids.
pub(super) async fn product_names(
    store: &Store,
    programme: Uuid,
    ids: BTreeSet<String>,
) -> Result<BTreeMap<String, ProductName>> {
    let ids: Vec<String> = ids.into_iter().collect();
    let mut names = BTreeMap::new();
    for part in ids.chunks(IDS_MAX) {
        let mut query = QueryBuilder::<Sqlite>::new(
            "SELECT id, json_extract(body, '$.name') FROM entity WHERE kind = 'product' AND programme_id = ",
        );
        query.push_bind(programme.to_string()).push(" AND id IN (");
        let mut list = query.separated(", ");
        for id in part {
            list.push_bind(id.clone());
        }
        query.push(")");
        let rows: Vec<(String, String)> = query.build_query_as().fetch_all(store.readers()).await?;
        for (id, text) in rows {
            let name = serde_json::from_str(&text)?;
            names.insert(id.clone(), ProductName { id, name });
        }
    }
    Ok(names)
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
        .fetch_one(store.readers())
        .await?;
    let mut query = QueryBuilder::new("SELECT body");
    narrow(&mut query, programme, &wish)?;
    query.push(by).push(" LIMIT ").push_bind(portion.limit);
    query.push(" OFFSET ").push_bind(portion.offset);
    let texts: Vec<String> = query
        .build_query_scalar()
        .fetch_all(store.readers())
        .await?;
    let rows = texts
        .iter()
        .map(|text| serde_json::from_str::<ProductRow>(text));
    let page = portion.page(rows.collect::<Result<_, _>>()?, total);
    let categories = sqlx::query_scalar(
        "SELECT DISTINCT json_extract(body, '$.category') FROM entity
         WHERE programme_id = ? AND kind = 'product' ORDER BY 1",
    )
    .bind(programme.to_string())
    .fetch_all(store.readers())
    .await?;
    let rules = store.entity::<RuleSet>(programme, ONLY).await?;
    Ok(Json(ProductList {
        version: rules.map_or(0, |rules| rules.version),
        categories,
        page,
    }))
}

/// Refuses changes that cannot be meant.
fn check(wish: &PointsChanges) -> Result<(), Refusal> {
    let bad = |detail: &str| Err(Refusal::new("bad_input", detail));
    if wish.changes.is_empty() || wish.changes.len() > CHANGES_MAX {
        return bad("no changes, or too many");
    }
    let points = wish
        .changes
        .iter()
        .flat_map(|change| [change.buyer_points, change.seller_points]);
    if !points
        .into_iter()
        .all(|points| (0..=PIECE_POINTS_MAX).contains(&points))
    {
        return bad("points out of range");
    }
    let products: BTreeSet<&str> = wish
        .changes
        .iter()
        .map(|change| change.product.as_str())
        .collect();
    if products.len() != wish.changes.len() {
        return bad("a product is named twice");
    }
    Ok(())
}

/// The rule set and the products that change, as the transaction sees them.
async fn work_out(tx: &mut Tx, wish: &PointsChanges) -> Result<(RuleSet, Vec<Product>, Published)> {
    let missing = || Error::Damaged("a programme without rules".to_owned());
    let mut rules = tx.entity::<RuleSet>(ONLY).await?.ok_or_else(missing)?;
    if wish.version.is_some_and(|version| version != rules.version) {
        let newer = CallError::new("price_list_changed", "somebody published in between");
        return Err(newer.with("version", rules.version).into());
    }
    rules.version += 1;
    let (mut steps, mut changed) = (Vec::new(), Vec::new());
    for change in &wish.changes {
        let unknown = || {
            let refusal = CallError::new("unknown_product", "not in the price list");
            Error::from(refusal.with("product", change.product.as_str()))
        };
        let mut product = tx
            .entity::<Product>(&change.product)
            .await?
            .ok_or_else(unknown)?;
        let before = (product.buyer_points, product.seller_points);
        if before == (change.buyer_points, change.seller_points) {
            continue;
        }
        (product.buyer_points, product.seller_points) = (change.buyer_points, change.seller_points);
        product.price_version = rules.version;
        steps.push(PriceStep {
            product: ProductName {
                id: product.id.clone(),
                name: product.name.clone(),
            },
            buyer_before: before.0,
            buyer_after: product.buyer_points,
            seller_before: before.1,
            seller_after: product.seller_points,
        });
        changed.push(product);
    }
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let published = Published {
        version: rules.version,
        changed: count(steps.len()),
        unchanged: count(wish.changes.len() - steps.len()),
        steps,
    };
    Ok((rules, changed, published))
}

/// What a publication would change. Nothing is written.
#[utoipa::path(post, path = "/v1/console/products/preview", tag = "console", request_body = PointsChanges, responses(
    (status = 200, description = "what would change", body = Published),
    (status = 400, description = "`bad_input`"),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
    (status = 404, description = "`unknown_product`"),
    (status = 409, description = "`price_list_changed`"),
))]
pub async fn preview(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
    Body(wish): Body<PointsChanges>,
) -> Answer<Published> {
    check(&wish)?;
    let mut tx = state.store().begin(caller.programme).await?;
    // The transaction is dropped: it only gives one consistent view.
    Ok(Json(work_out(&mut tx, &wish).await?.2))
}

/// Publishes changes of points: a new version that devices get with their next pull.
#[utoipa::path(post, path = "/v1/console/products/publish", tag = "console", request_body = PointsChanges, responses(
    (status = 200, description = "published", body = Published),
    (status = 400, description = "`bad_input`"),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
    (status = 404, description = "`unknown_product`"),
    (status = 409, description = "`price_list_changed`, `nothing_to_publish`"),
))]
pub async fn publish(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
    Body(wish): Body<PointsChanges>,
) -> Answer<Published> {
    check(&wish)?;
    let mut tx = state.store().begin(caller.programme).await?;
    let (rules, products, published) = work_out(&mut tx, &wish).await?;
    if products.is_empty() {
        return Err(Refusal::new(
            "nothing_to_publish",
            "every product has these points already",
        ));
    }
    let all = [Scope::Programme(caller.programme)];
    for product in &products {
        tx.put(&product.id, product, &all).await?;
    }
    tx.put(ONLY, &rules, &all).await?;
    let detail = json!({"version": rules.version, "steps": published.steps});
    tx.audit(
        &caller.actor(),
        "price_list.publish",
        &rules.version.to_string(),
        &detail,
    )
    .await?;
    tx.commit().await?;
    Ok(Json(published))
}
