//! Acts on series: each is a line of the audit log or a command.

use axum::extract::State;
use axum::{Extension, Json};
use carrot_rules::Command;
use carrot_rules::command::UnitReturn;
use carrot_rules::entity::Series;
use carrot_wire::{CallError, VerdictClass};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;
use uuid::Uuid;

use super::Part;
use crate::apply::console_command;
use crate::console::ConsoleState;
use crate::console::reply::{Answer, Body, Id, Refusal};
use crate::console::rights::Caller;
use crate::import::machine_bytes;
use crate::series::{self, BATCH_CODES, Made, SeriesWish};
use crate::store::Store;

/// The most typed codes that one call makes; the rest follows with `…/fill`.
const TYPED_OF_A_CALL_MAX: i64 = 20_000;

/// A series that was made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct SeriesMade {
    /// It.
    #[schema(value_type = Object)]
    pub series: Series,
    /// Codes that exist.
    pub codes: i64,
}

/// How far the typed codes of a series are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct SeriesFilled {
    /// Codes that exist.
    pub codes: i64,
    /// Codes that the series has in the end.
    pub wanted: i64,
}

/// `POST /v1/console/series/{code}/ship` and `…/void`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct PartWish {
    /// Which part; the whole series when none.
    #[ts(optional)]
    pub part: Option<Part>,
    /// Where it goes, when it goes to one outlet.
    #[ts(optional)]
    pub outlet: Option<Uuid>,
    /// One typed code, to make it void alone.
    #[ts(optional)]
    pub code: Option<String>,
    /// Why, for the audit log; at most 300 characters.
    #[serde(default)]
    #[ts(optional)]
    pub reason: Option<String>,
}

/// The longest reason of an act, characters.
const REASON_CHARS_MAX: usize = 300;

/// What was sent off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct SeriesShipped {
    /// Pieces.
    pub pieces: i64,
    /// Records that say so.
    pub records: usize,
}

/// What was made void.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct SeriesVoided {
    /// Records that say so.
    pub records: usize,
    /// Places that somebody has claimed: they stay as they are.
    pub claimed: usize,
}

/// `POST /v1/console/returns`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct ReturnWish {
    /// What came back: a place (`series:level:index`), a typed code, or `sscc:` and 18 digits.
    pub code: String,
    /// Why.
    pub reason: String,
}

/// What came back can be sold again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct ReturnDone {
    /// Points that were taken back from people, waiting ones included.
    pub points: i64,
}

/// Makes a series. Of typed codes the first 20,000; the rest follows with `…/fill`.
#[utoipa::path(post, path = "/v1/console/series", tag = "console", request_body = SeriesWish, responses(
    (status = 200, description = "made", body = SeriesMade),
    (status = 400, description = "`bad_input`"),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
    (status = 404, description = "`unknown_product`"),
    (status = 409, description = "`series_exists`, `series_wrong`"),
))]
pub async fn make(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
    Body(wish): Body<SeriesWish>,
) -> Answer<SeriesMade> {
    let store = state.store();
    let mut tx = store.begin(caller.programme).await?;
    let series = series::begin(&mut tx, &wish, &caller.actor()).await?;
    tx.commit().await?;
    let codes = fill_some(store, caller.programme, &series.code)
        .await?
        .codes;
    Ok(Json(SeriesMade { series, codes }))
}

/// Makes so many of a series' codes as one call may.
async fn fill_some(store: &Store, programme: Uuid, code: &str) -> crate::error::Result<Made> {
    let mut bytes = machine_bytes;
    let mut left = TYPED_OF_A_CALL_MAX;
    let mut go_on = |_: Made| {
        left -= BATCH_CODES;
        left > 0
    };
    series::fill(store, programme, code, &mut bytes, &mut go_on).await
}

/// Makes more of a series' typed codes, at most 20,000 in one call: whoever asks again until all
/// exist can say how far it is, and can stop.
#[utoipa::path(post, path = "/v1/console/series/{code}/fill", tag = "console",
    params(("code" = String, Path, description = "the series' code")), responses(
    (status = 200, description = "how far it is", body = SeriesFilled),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
    (status = 404, description = "`series_unknown`"),
))]
pub async fn fill(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
    Id(code): Id<String>,
) -> Answer<SeriesFilled> {
    let made = fill_some(state.store(), caller.programme, &code).await?;
    Ok(Json(SeriesFilled {
        codes: made.codes,
        wanted: made.wanted,
    }))
}

/// Sends off a series or a part of it.
#[utoipa::path(post, path = "/v1/console/series/{code}/ship", tag = "console",
    params(("code" = String, Path, description = "the series' code")), request_body = PartWish, responses(
    (status = 200, description = "sent off", body = SeriesShipped),
    (status = 400, description = "`bad_input`"),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
    (status = 404, description = "`series_unknown`, `outlet_unknown`"),
    (status = 409, description = "`series_range`, `series_void`"),
))]
pub async fn ship(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
    Id(code): Id<String>,
    Body(wish): Body<PartWish>,
) -> Answer<SeriesShipped> {
    let mut tx = state.store().begin(caller.programme).await?;
    let part = wish.part.map(Into::into);
    let sent = series::ship(&mut tx, &code, part, wish.outlet, &caller.actor()).await?;
    tx.commit().await?;
    Ok(Json(SeriesShipped {
        pieces: sent.pieces,
        records: sent.records,
    }))
}

/// Makes a series, a part of it, or one typed code worth nothing.
#[utoipa::path(post, path = "/v1/console/series/{code}/void", tag = "console",
    params(("code" = String, Path, description = "the series' code")), request_body = PartWish, responses(
    (status = 200, description = "void", body = SeriesVoided),
    (status = 400, description = "`bad_input`"),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
    (status = 404, description = "`series_unknown`, `code_unknown`"),
    (status = 409, description = "`series_range`, `already_claimed`"),
))]
pub async fn void(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
    Id(code): Id<String>,
    Body(wish): Body<PartWish>,
) -> Answer<SeriesVoided> {
    let mut tx = state.store().begin(caller.programme).await?;
    let actor = caller.actor();
    let stopped = match &wish.code {
        Some(one) => {
            series::void_code(&mut tx, &code, one, &actor).await?;
            series::Stopped {
                records: 1,
                claimed: 0,
            }
        }
        None => series::void(&mut tx, &code, wish.part.map(Into::into), &actor).await?,
    };
    if let Some(reason) = wish.reason.as_deref().map(str::trim) {
        if reason.chars().count() > REASON_CHARS_MAX {
            return Err(Refusal::new("bad_input", "the reason is too long"));
        }
        let detail = serde_json::json!({ "reason": reason });
        tx.audit(&actor, "series.void.reason", &code, &detail)
            .await?;
    }
    tx.commit().await?;
    Ok(Json(SeriesVoided {
        records: stopped.records,
        claimed: stopped.claimed,
    }))
}

/// Takes back what a code stands for: its points go back, and it can be sold again.
#[utoipa::path(post, path = "/v1/console/returns", tag = "console", request_body = ReturnWish, responses(
    (status = 200, description = "back", body = ReturnDone),
    (status = 400, description = "`bad_input`"),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
    (status = 404, description = "`code_unknown`"),
    (status = 409, description = "`nothing_to_return`, `return_at_till`"),
))]
pub async fn take_back(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
    Body(wish): Body<ReturnWish>,
) -> Answer<ReturnDone> {
    let command = Command::UnitReturn(UnitReturn {
        code: wish.code,
        reason: wish.reason,
    });
    let mut tx = state.store().begin(caller.programme).await?;
    let verdict = console_command(&mut tx, caller.participant, command).await?;
    tx.commit().await?;
    if verdict.class != VerdictClass::Accepted {
        let mut refusal = CallError::new(&verdict.code, "the rules refuse");
        refusal.params = verdict.params;
        return Err(Refusal::of(refusal));
    }
    let booked = verdict.booked.iter();
    let people = booked.filter(|(account, _)| account.starts_with("participant:"));
    Ok(Json(ReturnDone {
        points: people.map(|(_, points)| points.saturating_neg()).sum(),
    }))
}
