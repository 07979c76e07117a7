//! Receipts that a fiscal service is asked about: the queue, one of them, decisions, the names that
//! tills print, and the service's settings.

pub(super) mod acts;
pub(super) mod aliases;
pub(super) mod recognise;
pub(super) mod settings;
pub(super) mod trials;

use axum::extract::State;
use axum::{Extension, Json};
use carrot_rules::entity::{FiscalCheck, Unit};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use ts_rs::TS;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::ConsoleState;
use super::names::{Named, Names};
use super::products::{ProductName, product_names};
use super::reply::{Answer, Id, Page, Params, Portion, Refusal, order, search};
use super::rights::Caller;
use crate::db::QueryBuilder;
use crate::error::Result;
use crate::store::Store;

pub use acts::{ReceiptDecided, ReceiptDecision};
pub use aliases::{AliasRow, AliasWish};
pub use recognise::{RecogniseWish, Recognised};
pub use settings::{CashierWish, OutletSignal, ReceiptSettings, ReceiptSettingsWish};
pub use trials::{AliasFound, AliasTrial, SourceTried};

/// A claimed receipt as the list shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct ReceiptRow {
    /// Its key.
    pub key: String,
    /// `waiting`, `review`, `verified`, `refused`.
    pub state: String,
    /// What is waited for, or why it is where it is: a stable word.
    pub why: String,
    /// Who claims.
    pub participant: Named,
    /// Where.
    pub outlet: Option<Named>,
    /// When, UTC milliseconds.
    pub at_ms: i64,
    /// The total that the code shows, minor units.
    pub total_minor: Option<i64>,
    /// When the service is asked next, UTC milliseconds.
    pub next_ms: Option<i64>,
    /// How often it was asked.
    pub tries: i64,
    /// Its last answer: a stable word, empty before the first.
    pub answer: String,
    /// What a person should know: stable words.
    pub signals: Vec<String>,
    /// True when it is about the signed-in person, who then cannot decide it.
    pub own: bool,
}

/// `GET /v1/console/receipts/{key}`: everything that helps to decide.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct ReceiptDetail {
    /// The receipt.
    pub receipt: ReceiptRow,
    /// What is known of it: the code, the service's lines, the matches.
    #[schema(value_type = Object)]
    pub check: FiscalCheck,
    /// The products that the matches and the claim name.
    pub products: Vec<ProductName>,
    /// Photos that proved the same goods, SHA-256.
    pub photos: Vec<String>,
}

/// Which receipts.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ReceiptsQuery {
    /// Only this state.
    pub state: Option<String>,
    /// Part of the key, or of the claimant's name.
    pub q: Option<String>,
    /// `at`, `total`; with `-` in front downwards.
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
    ("total", "json_extract(body, '$.total_minor')"),
];

fn narrow(query: &mut QueryBuilder, programme: Uuid, wish: &ReceiptsQuery) -> Result<(), Refusal> {
    let programme = programme.to_string();
    query.push(" FROM entity WHERE kind = 'fiscal_check' AND programme_id = ");
    query.push_bind(programme.clone());
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
        query.push(" OR id LIKE ").push_bind(pattern.clone());
        query.push(
            " ESCAPE '\\' OR json_extract(body, '$.claimant') IN (SELECT participant_id FROM person WHERE programme_id = ",
        );
        query
            .push_bind(programme.clone())
            .push(" AND given || ' ' || family LIKE ");
        query.push_bind(pattern.clone()).push(" ESCAPE '\\')");
    }
    query.push(")");
    Ok(())
}

/// The state's name on the wire.
fn state_text(check: &FiscalCheck) -> String {
    match serde_json::to_value(check.state) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

async fn row(
    store: &Store,
    caller: &Caller,
    names: &Names,
    (key, check): (String, &FiscalCheck),
) -> Result<ReceiptRow> {
    let job = store.receipt_job(caller.programme, &key).await?;
    let asking = job.as_ref().filter(|job| job.stage != "done");
    Ok(ReceiptRow {
        state: state_text(check),
        why: check.why.clone(),
        participant: names.named(check.claimant),
        outlet: names.maybe(check.outlet),
        at_ms: check.at_ms,
        total_minor: check.total_minor,
        next_ms: asking.map(|job| job.next_ms),
        tries: job.as_ref().map_or(0, |job| job.tries),
        answer: job.map(|job| job.answer).unwrap_or_default(),
        signals: check.signals.clone(),
        own: check.claimant == caller.participant,
        key,
    })
}

/// Claimed receipts, a page at a time; the oldest first.
#[utoipa::path(get, path = "/v1/console/receipts", tag = "console", params(ReceiptsQuery), responses(
    (status = 200, description = "a page of receipts", body = Page<ReceiptRow>),
    (status = 400, description = "`bad_input`"),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
))]
pub async fn list(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
    Params(wish): Params<ReceiptsQuery>,
) -> Answer<Page<ReceiptRow>> {
    let (store, programme) = (state.store(), caller.programme);
    let portion = Portion::of(wish.offset, wish.limit)?;
    let by = order(wish.sort.as_deref(), ORDERS, "at", "id")?;
    let mut count = QueryBuilder::new("SELECT COUNT(*)");
    narrow(&mut count, programme, &wish)?;
    let total: i64 = count
        .build_query_scalar()
        .fetch_one(store.reads(caller.programme))
        .await?;
    let mut query = QueryBuilder::new("SELECT id, body");
    narrow(&mut query, programme, &wish)?;
    query.push(by).push(" LIMIT ").push_bind(portion.limit);
    query.push(" OFFSET ").push_bind(portion.offset);
    let texts: Vec<(String, String)> = query
        .build_query_as()
        .fetch_all(store.reads(caller.programme))
        .await?;
    let checks: Vec<(String, FiscalCheck)> = texts
        .into_iter()
        .map(|(id, text)| Ok((id, serde_json::from_str(&text)?)))
        .collect::<Result<_>>()?;
    let ids = checks
        .iter()
        .flat_map(|(_, check)| [Some(check.claimant), check.outlet])
        .flatten();
    let names = Names::load(store, programme, ids).await?;
    let mut rows = Vec::with_capacity(checks.len());
    for (key, check) in &checks {
        rows.push(row(store, &caller, &names, (key.clone(), check)).await?);
    }
    Ok(Json(portion.page(rows, total)))
}

/// Photos that other reports of the same goods brought.
async fn photos(store: &Store, programme: Uuid, key: &str) -> Result<Vec<String>> {
    let receipt: Option<carrot_rules::entity::Receipt> = store.entity(programme, key).await?;
    let mut photos = BTreeSet::new();
    for unit in receipt.map(|receipt| receipt.units).unwrap_or_default() {
        let unit: Option<Unit> = store.entity(programme, &unit).await?;
        let notes = unit.map(|unit| unit.evidence).unwrap_or_default();
        let shown = notes.into_iter().filter(|note| note.kind == "photo");
        photos.extend(shown.map(|note| note.reference));
    }
    Ok(photos.into_iter().collect())
}

/// One receipt as it stands now.
async fn detail_of(store: &Store, caller: &Caller, key: &str) -> Result<ReceiptDetail, Refusal> {
    let programme = caller.programme;
    let unknown = || Refusal::new("receipt_unknown", key.to_owned());
    let check: FiscalCheck = store.entity(programme, key).await?.ok_or_else(unknown)?;
    let ids = [Some(check.claimant), check.outlet].into_iter().flatten();
    let names = Names::load(store, programme, ids).await?;
    let products: BTreeSet<String> = check
        .matches
        .iter()
        .map(|one| one.product.clone())
        .chain(check.product.clone())
        .collect();
    let products = product_names(store, programme, products).await?;
    Ok(ReceiptDetail {
        receipt: row(store, caller, &names, (key.to_owned(), &check)).await?,
        products: products.into_values().collect(),
        photos: photos(store, programme, key).await?,
        check,
    })
}

/// One receipt.
#[utoipa::path(get, path = "/v1/console/receipts/{key}", tag = "console",
    params(("key" = String, Path, description = "the receipt's key")), responses(
    (status = 200, description = "the receipt", body = ReceiptDetail),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
    (status = 404, description = "`receipt_unknown`"),
))]
pub async fn detail(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
    Id(key): Id<String>,
) -> Answer<ReceiptDetail> {
    Ok(Json(detail_of(state.store(), &caller, &key).await?))
}
