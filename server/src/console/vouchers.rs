//! Vouchers that are open, and cancelling those of a phone that was lost or stolen.

use axum::extract::State;
use axum::{Extension, Json};
use carrot_rules::Command;
use carrot_rules::command::VoucherCancel;
use carrot_rules::entity::Voucher;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;
use uuid::Uuid;

use super::ConsoleState;
use super::names::{Named, Names};
use super::offline::decide;
use super::reply::{Answer, Body, Id};
use super::rights::Caller;
use crate::db;
use crate::error::{Error, Result};
use crate::store::Store;

/// The most vouchers of one answer.
const ROWS_MAX: i64 = 200;

/// A voucher that may still be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct OpenVoucherRow {
    /// Voucher.
    pub id: String,
    /// Whose points it holds.
    pub participant: Named,
    /// The phone that may use it.
    pub phone: Named,
    /// The terminal that may take it.
    pub terminal: Named,
    /// How many points: what it can cost until its terminal has heard that it was cancelled.
    pub points: i64,
    /// First instant after it, UTC milliseconds.
    pub expires_ms: i64,
    /// True when it was cancelled and its terminal has not heard of that yet.
    pub cancelled: bool,
}

/// `POST /v1/console/vouchers/{id}/cancel`.
#[derive(Debug, Clone, Serialize, Deserialize, TS, ToSchema)]
pub struct CancelVoucher {
    /// Why; 1 to 300 characters.
    pub reason: String,
}

async fn rows(store: &Store, programme: Uuid) -> Result<Vec<OpenVoucherRow>> {
    let texts: Vec<String> = db::query_scalar(
        "SELECT body FROM entity WHERE programme_id = ? AND kind = 'voucher'
           AND json_extract(body, '$.state') = 'open' ORDER BY id LIMIT ?",
    )
    .bind(programme.to_string())
    .bind(ROWS_MAX)
    .fetch_all(store.reads(programme))
    .await?;
    let read = |text: &String| serde_json::from_str::<Voucher>(text).map_err(Error::from);
    let open: Vec<Voucher> = texts.iter().map(read).collect::<Result<_>>()?;
    let ids = open
        .iter()
        .flat_map(|one| [one.participant, one.phone, one.terminal]);
    let names = Names::load(store, programme, ids).await?;
    let row = |one: Voucher| OpenVoucherRow {
        id: one.id.to_string(),
        participant: names.named(one.participant),
        phone: names.named(one.phone),
        terminal: names.named(one.terminal),
        points: one.points,
        expires_ms: one.expires_ms,
        cancelled: one.cancelled_ms.is_some(),
    };
    Ok(open.into_iter().map(row).collect())
}

/// Vouchers that may still be used, at most 200.
#[utoipa::path(get, path = "/v1/console/vouchers/open", tag = "console", responses(
    (status = 200, description = "open vouchers", body = Vec<OpenVoucherRow>),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
))]
pub async fn open(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
) -> Answer<Vec<OpenVoucherRow>> {
    Ok(Json(rows(state.store(), caller.programme).await?))
}

/// Cancels a voucher. Its terminal refuses it once it has heard of that; then the points go back.
#[utoipa::path(post, path = "/v1/console/vouchers/{id}/cancel", tag = "console",
    params(("id" = String, Path, description = "the voucher, a UUID")), request_body = CancelVoucher, responses(
    (status = 200, description = "cancelled", body = bool),
    (status = 400, description = "`bad_input`: no reason"),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
    (status = 409, description = "`voucher_missing`, `voucher_spent`, `voucher_cancelled`"),
))]
pub async fn cancel(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
    Id(voucher_id): Id<Uuid>,
    Body(wish): Body<CancelVoucher>,
) -> Answer<bool> {
    let command = VoucherCancel {
        voucher_id,
        reason: wish.reason,
    };
    decide(&state, &caller, Command::VoucherCancel(command)).await?;
    Ok(Json(true))
}
