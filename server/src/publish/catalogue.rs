//! What a programme has, for checking the names that rules use.

use std::collections::BTreeSet;

use carrot_rules::check::Catalogue;

use super::budgets;
use crate::db;
use crate::error::Result;
use crate::store::Tx;

/// The roles that participants can have.
const ROLES: [&str; 9] = [
    "seller",
    "cashier",
    "buyer",
    "merchandiser",
    "owner",
    "purchaser",
    "manager",
    "approver",
    "integrator",
];

/// Everything that the programme has now. Segments, measured events and funders are whatever rules
/// call them.
pub(super) async fn of(tx: &mut Tx) -> Result<Catalogue> {
    let mut currencies = words(tx, "outlet", "$.currency").await?;
    currencies.extend(words(tx, "programme", "$.currency").await?);
    Ok(Catalogue {
        products: Some(words(tx, "product", "$.id").await?),
        brands: Some(words(tx, "product", "$.brand").await?),
        categories: Some(words(tx, "product", "$.category").await?),
        outlets: Some(words(tx, "outlet", "$.code").await?),
        partners: Some(words(tx, "outlet", "$.partner").await?),
        countries: Some(words(tx, "outlet", "$.country").await?),
        cities: Some(words(tx, "outlet", "$.city").await?),
        roles: Some(ROLES.map(str::to_owned).into_iter().collect()),
        currencies: Some(currencies),
        lessons: Some(words(tx, "lesson", "$.code").await?),
        budgets: Some(budgets::funded(tx).await?),
        price_points_max: Some(price_points_max(tx).await?),
        now_ms: Some(tx.now_ms()),
        ..Catalogue::default()
    })
}

/// The different texts in a field of all things of a kind.
async fn words(tx: &mut Tx, kind: &str, path: &'static str) -> Result<BTreeSet<String>> {
    let programme = tx.programme().to_string();
    // The path is one of our own words.
    let found: Vec<Option<String>> = db::query_scalar(sqlx::AssertSqlSafe(format!(
        "SELECT DISTINCT json_extract(body, '{path}') FROM entity WHERE programme_id = ? AND kind = ?",
    )))
    .bind(programme)
    .bind(kind)
    .fetch_all(tx.conn())
    .await?;
    let words = found.into_iter().flatten();
    Ok(words.filter(|word| !word.is_empty()).collect())
}

/// The most points of either side for one piece of any product, at any date.
async fn price_points_max(tx: &mut Tx) -> Result<i64> {
    let programme = tx.programme().to_string();
    let most: Option<i64> = db::query_scalar(
        "SELECT MAX(points) FROM (
           SELECT MAX(json_extract(body, '$.buyer_points'), json_extract(body, '$.seller_points')) AS points
             FROM entity WHERE programme_id = ?1 AND kind = 'product'
           UNION ALL
           SELECT MAX(json_extract(dated.value, '$.buyer_points'), json_extract(dated.value, '$.seller_points'))
             FROM entity, json_each(body, '$.dated') AS dated WHERE programme_id = ?1 AND kind = 'product') AS price",
    )
    .bind(programme)
    .fetch_one(tx.conn())
    .await?;
    Ok(most.unwrap_or(0))
}
