//! The fiscal service's settings and the programme's policy about receipts. The token is written and
//! never shown.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::{Extension, Json};
use carrot_rules::Scope;
use carrot_rules::entity::{CashierMark, CashierSignal, ONLY, Participant, ReceiptPolicy};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::console::ConsoleState;
use crate::console::reply::{Answer, Body, Id, Refusal};
use crate::console::rights::Caller;
use crate::error::Result;
use crate::receipts::{SourceView, cashier_hashes};
use crate::store::Store;

/// The most names and numbers of one cashier.
const CASHIER_TEXTS_MAX: usize = 10;

/// What a foreign cashier means at an outlet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct OutletSignal {
    /// The outlet.
    #[schema(value_type = String)]
    pub outlet: Uuid,
    /// `off`, `note` or `review`.
    #[schema(value_type = String)]
    pub signal: CashierSignal,
}

/// `GET /v1/console/receipt-settings`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct ReceiptSettings {
    /// The service's address; empty when there is none.
    pub url: String,
    /// True when a token is set.
    pub has_token: bool,
    /// Calls in one minute at most.
    pub per_minute: i64,
    /// Calls in one UTC day at most.
    pub per_day: i64,
    /// True when claimed receipts are asked about.
    pub enabled: bool,
    /// True when a trade item's number in a line's name counts by itself.
    pub number_counts: bool,
    /// True when a known name counts by itself.
    pub alias_counts: bool,
    /// What a foreign cashier means: `off`, `note` or `review`.
    #[schema(value_type = String)]
    pub cashier: CashierSignal,
    /// The same per outlet.
    pub cashier_at: Vec<OutletSignal>,
}

/// `POST /v1/console/receipt-settings`: all of it anew.
#[derive(Debug, Clone, Serialize, Deserialize, TS, ToSchema)]
pub struct ReceiptSettingsWish {
    /// The settings; `has_token` is not looked at.
    pub settings: ReceiptSettings,
    /// A new token; none keeps the old one.
    pub token: Option<String>,
    /// Whose signatures on electronic receipts hold: an algorithm, a colon, the key in hex. Empty
    /// forgets it, none keeps the old one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub paragon_key: Option<String>,
}

/// `POST /v1/console/participants/{id}/cashier`: as what a person stands on receipts. Only keyed hashes
/// are kept.
#[derive(Debug, Clone, Serialize, Deserialize, TS, ToSchema)]
pub struct CashierWish {
    /// Names and tax numbers, at most ten; none forgets what was kept.
    pub texts: Vec<String>,
}

/// The only service that there is a dialect for.
const RUSSIA: &str = "ru";

async fn shown(store: &Store, programme: Uuid) -> Result<ReceiptSettings> {
    let source = store.receipt_source_view(programme).await?;
    let policy: Option<ReceiptPolicy> = store.entity(programme, ONLY).await?;
    let policy = policy.unwrap_or_default();
    let signal = |(outlet, signal): (&Uuid, &CashierSignal)| OutletSignal {
        outlet: *outlet,
        signal: *signal,
    };
    Ok(ReceiptSettings {
        url: source.url,
        has_token: source.has_token,
        per_minute: source.per_minute,
        per_day: source.per_day,
        enabled: policy.services.iter().any(|service| service == RUSSIA),
        number_counts: policy.number_counts,
        alias_counts: policy.alias_counts,
        cashier: policy.cashier,
        cashier_at: policy.cashier_at.iter().map(signal).collect(),
    })
}

/// The settings.
#[utoipa::path(get, path = "/v1/console/receipt-settings", tag = "console", responses(
    (status = 200, description = "the settings", body = ReceiptSettings),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
))]
pub async fn show(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
) -> Answer<ReceiptSettings> {
    Ok(Json(shown(state.store(), caller.programme).await?))
}

/// Sets them.
#[utoipa::path(post, path = "/v1/console/receipt-settings", tag = "console", request_body = ReceiptSettingsWish, responses(
    (status = 200, description = "the settings as they are now", body = ReceiptSettings),
    (status = 400, description = "`bad_input`"),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
))]
pub async fn put(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
    Body(wish): Body<ReceiptSettingsWish>,
) -> Answer<ReceiptSettings> {
    let settings = wish.settings;
    if settings.enabled && settings.url.is_empty() {
        return Err(Refusal::new("bad_input", "a service needs an address"));
    }
    let source = SourceView {
        url: settings.url.clone(),
        has_token: false,
        per_minute: settings.per_minute,
        per_day: settings.per_day,
    };
    let signals = settings.cashier_at.iter();
    let cashier_at: BTreeMap<Uuid, CashierSignal> =
        signals.map(|one| (one.outlet, one.signal)).collect();
    let policy = ReceiptPolicy {
        services: settings
            .enabled
            .then(|| RUSSIA.to_owned())
            .into_iter()
            .collect(),
        number_counts: settings.number_counts,
        alias_counts: settings.alias_counts,
        cashier: settings.cashier,
        cashier_at,
    };
    let mut tx = state.store().begin(caller.programme).await?;
    tx.put_receipt_source(&source, wish.token.as_deref())
        .await?;
    if let Some(key) = &wish.paragon_key {
        tx.put_paragon_key(key).await?;
    }
    let all = [Scope::Programme(caller.programme)];
    tx.put(ONLY, &policy, &all).await?;
    let detail = serde_json::json!({"settings": settings, "new_token": wish.token.is_some()});
    tx.audit(&caller.actor(), "receipt.settings", "receipts", &detail)
        .await?;
    tx.commit().await?;
    Ok(Json(shown(state.store(), caller.programme).await?))
}

/// Notes as what a person stands on receipts.
#[utoipa::path(post, path = "/v1/console/participants/{id}/cashier", tag = "console",
    params(("id" = String, Path, description = "the participant, a UUID")), request_body = CashierWish, responses(
    (status = 200, description = "how many hashes are kept", body = usize),
    (status = 400, description = "`bad_input`"),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
    (status = 404, description = "`participant_unknown`"),
))]
pub async fn cashier(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
    Id(id): Id<Uuid>,
    Body(wish): Body<CashierWish>,
) -> Answer<usize> {
    if wish.texts.len() > CASHIER_TEXTS_MAX {
        return Err(Refusal::new("bad_input", "too many names"));
    }
    let (store, programme) = (state.store(), caller.programme);
    let mut tx = store.begin(programme).await?;
    if tx.entity::<Participant>(&id.to_string()).await?.is_none() {
        return Err(Refusal::new("participant_unknown", id.to_string()));
    }
    tx.begin_cashier_key().await?;
    let key = tx.cashier_key().await?.unwrap_or_default();
    let mark = CashierMark {
        hashes: cashier_hashes(&key, wish.texts.iter().map(String::as_str)),
    };
    tx.put(&id.to_string(), &mark, &[]).await?;
    let detail = serde_json::json!({"hashes": mark.hashes.len()});
    tx.audit(&caller.actor(), "receipt.cashier", &id.to_string(), &detail)
        .await?;
    tx.commit().await?;
    Ok(Json(mark.hashes.len()))
}
