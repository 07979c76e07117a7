//! Changes of points: what they would do, and publishing them.

use axum::extract::State;
use axum::{Extension, Json};
use carrot_rules::entity::{ONLY, Product};
use carrot_rules::{RuleSet, Scope};
use carrot_wire::CallError;
use serde_json::json;
use std::collections::BTreeSet;

use super::{CHANGES_MAX, PIECE_POINTS_MAX, PointsChanges, PriceStep, ProductName, Published};
use crate::console::ConsoleState;
use crate::console::reply::{Answer, Body, Refusal};
use crate::console::rights::Caller;
use crate::error::{Error, Result};
use crate::store::Tx;

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
        let after = (change.buyer_points, change.seller_points);
        product.publish_points(tx.now_ms(), after, rules.version);
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
