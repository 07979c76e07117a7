//! The names under which tills print the programme's products: taught by people, applied at once to
//! the receipts that wait for them.

use axum::extract::State;
use axum::{Extension, Json};
use carrot_rules::Command;
use carrot_rules::command::{ReceiptFinding, ReceiptSettle};
use carrot_rules::decide::receipt::{holds, pattern, words};
use carrot_rules::entity::{
    ALIASES_MAX, CheckState, FiscalCheck, ONLY, Product, ReceiptAlias, ReceiptAliases,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use ts_rs::TS;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::apply::server_command;
use crate::console::ConsoleState;
use crate::console::names::{Named, Names};
use crate::console::products::{ProductName, product_names};
use crate::console::reply::{Answer, Body, Refusal};
use crate::console::rights::Caller;
use crate::db;
use crate::error::Result;
use crate::receipts::credit_all;
use crate::store::{Store, Tx};

/// The most waiting receipts that a new name is held against at once; the others are found when they
/// are looked at.
const WAITING_MAX: i64 = 500;

/// A name that the programme knows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct AliasRow {
    /// Its words.
    pub pattern: String,
    /// The product.
    pub product: Option<ProductName>,
    /// Who taught it.
    pub by: Named,
    /// When, UTC milliseconds.
    pub at_ms: i64,
}

/// `POST /v1/console/receipt-aliases`.
#[derive(Debug, Clone, Serialize, Deserialize, TS, ToSchema)]
pub struct AliasWish {
    /// The name as tills print it.
    pub name: String,
    /// The product; none forgets the name.
    pub product: Option<String>,
}

/// Remembers names, and settles the waiting receipts that they tell something about. Answers how many
/// those were.
pub(super) async fn remember(
    tx: &mut Tx,
    by: Uuid,
    names: &[(String, String)],
) -> Result<usize, Refusal> {
    let mut known = tx.entity::<ReceiptAliases>(ONLY).await?.unwrap_or_default();
    let at_ms = tx.now_ms();
    let mut fresh = Vec::new();
    for (name, product) in names {
        let pattern =
            pattern(name).ok_or_else(|| Refusal::new("bad_input", "the name is too short"))?;
        if tx.entity::<Product>(product).await?.is_none() {
            return Err(Refusal::new("unknown_product", product.clone()));
        }
        known.aliases.retain(|alias| alias.pattern != pattern);
        fresh.push(pattern.clone());
        known.aliases.push(ReceiptAlias {
            pattern,
            product: product.clone(),
            by,
            at_ms,
        });
        let detail = serde_json::json!({"product": product});
        tx.audit(&by.to_string(), "receipt.remember", name, &detail)
            .await?;
    }
    if known.aliases.len() > ALIASES_MAX {
        return Err(Refusal::new("bad_input", "too many names"));
    }
    tx.put(ONLY, &known, &[]).await?;
    Ok(settle_waiting(tx, &fresh).await?)
}

/// True when a line's name holds one of the patterns.
fn tells(check: &FiscalCheck, patterns: &[String]) -> bool {
    let lines = check.found.iter().flat_map(|found| &found.lines);
    let mut names = lines.map(|line| words(&line.name));
    names.any(|name| patterns.iter().any(|pattern| holds(&name, pattern)))
}

/// Holds the receipts that wait for a person against names that were just taught. Only those that
/// they tell something about are judged anew: nobody else writes meanwhile.
async fn settle_waiting(tx: &mut Tx, fresh: &[String]) -> Result<usize> {
    let programme = tx.programme().to_string();
    let waiting: Vec<String> = db::query_scalar(
        "SELECT id FROM entity WHERE kind = 'fiscal_check' AND programme_id = ?
           AND json_extract(body, '$.state') = 'review' AND json_extract(body, '$.why') = 'product_not_on_receipt'
         ORDER BY json_extract(body, '$.at_ms') LIMIT ?",
    )
    .bind(programme)
    .bind(WAITING_MAX)
    .fetch_all(tx.conn())
    .await?;
    let mut settled = 0;
    for key in waiting {
        let Some(check) = tx.entity::<FiscalCheck>(&key).await? else {
            continue;
        };
        if !tells(&check, fresh) {
            continue;
        }
        let Some(found) = check.found else { continue };
        let settle = ReceiptSettle {
            key: key.clone(),
            finding: ReceiptFinding::Receipt(found),
        };
        server_command(tx, Command::ReceiptSettle(settle)).await?;
        let now = tx.entity::<FiscalCheck>(&key).await?;
        if now.is_some_and(|check| check.state == CheckState::Verified) {
            credit_all(tx, &key).await?;
            settled += 1;
        }
    }
    Ok(settled)
}

async fn rows(store: &Store, programme: Uuid) -> Result<Vec<AliasRow>> {
    let known: Option<ReceiptAliases> = store.entity(programme, ONLY).await?;
    let known = known.unwrap_or_default().aliases;
    let names = Names::load(store, programme, known.iter().map(|alias| alias.by)).await?;
    let products: BTreeSet<String> = known.iter().map(|alias| alias.product.clone()).collect();
    let products = product_names(store, programme, products).await?;
    let row = |alias: ReceiptAlias| AliasRow {
        product: products.get(&alias.product).cloned(),
        by: names.named(alias.by),
        pattern: alias.pattern,
        at_ms: alias.at_ms,
    };
    Ok(known.into_iter().rev().map(row).collect())
}

/// The names that the programme knows, the newest first.
#[utoipa::path(get, path = "/v1/console/receipt-aliases", tag = "console", responses(
    (status = 200, description = "the names", body = Vec<AliasRow>),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
))]
pub async fn list(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
) -> Answer<Vec<AliasRow>> {
    Ok(Json(rows(state.store(), caller.programme).await?))
}

/// Remembers a name, or forgets it. Waiting receipts that it tells something about are settled.
#[utoipa::path(post, path = "/v1/console/receipt-aliases", tag = "console", request_body = AliasWish, responses(
    (status = 200, description = "the names as they are now", body = Vec<AliasRow>),
    (status = 400, description = "`bad_input`"),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
    (status = 404, description = "`unknown_product`"),
))]
pub async fn put(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
    Body(wish): Body<AliasWish>,
) -> Answer<Vec<AliasRow>> {
    let mut tx = state.store().begin(caller.programme).await?;
    match wish.product {
        Some(product) => {
            remember(&mut tx, caller.participant, &[(wish.name, product)]).await?;
        }
        None => {
            let mut known = tx.entity::<ReceiptAliases>(ONLY).await?.unwrap_or_default();
            let pattern = pattern(&wish.name);
            known
                .aliases
                .retain(|alias| Some(&alias.pattern) != pattern.as_ref());
            tx.put(ONLY, &known, &[]).await?;
            let detail = serde_json::json!({});
            tx.audit(&caller.actor(), "receipt.forget", &wish.name, &detail)
                .await?;
        }
    }
    tx.commit().await?;
    Ok(Json(rows(state.store(), caller.programme).await?))
}
