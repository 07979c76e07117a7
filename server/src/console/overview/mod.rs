//! Today: four figures with their last 31 days, and what waits for somebody.

mod series;
mod waiting;

use axum::extract::State;
use axum::{Extension, Json};
use carrot_rules::entity::{ONLY, Programme};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;
use utoipa::ToSchema;

use super::ConsoleState;
use super::reply::Answer;
use super::rights::Caller;
use series::{active, days, exposure, issued, liability};
use waiting::waiting;

/// The days of a figure's series, today included.
pub const SERIES_DAYS: i64 = 31;
/// How long a device may be silent before somebody should look, milliseconds.
pub(super) const SILENT_MS: i64 = 48 * 3_600_000;

/// A figure and how it came here.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct Figure {
    /// Its value now.
    pub value: i64,
    /// What belongs to it: all participants, points that are pending, the loss so far.
    pub beside: i64,
    /// One value per day, today last.
    pub series: Vec<i64>,
}

/// Something that waits for a person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct Waiting {
    /// `reviews`, `parked`, `low_stock`, `device_silent`.
    pub kind: String,
    /// How many.
    pub count: i64,
    /// Points at stake or held.
    pub points: i64,
    /// Name of the thing, where it has one.
    pub name: String,
    /// Its name by language, where it has several.
    pub names: BTreeMap<String, String>,
    /// Since when, UTC milliseconds; zero when that says nothing.
    pub since_ms: i64,
}

/// `GET /v1/console/overview`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct Overview {
    /// The instant that it holds for, UTC milliseconds.
    pub at_ms: i64,
    /// First instant of the series' first day, UTC milliseconds.
    pub from_ms: i64,
    /// Points credited: today, the 31 days, per day.
    pub issued: Figure,
    /// People who did something: in the last seven days, of all, per day.
    pub active: Figure,
    /// Points that people hold: now, the pending part, at each day's end.
    pub liability: Figure,
    /// What leases hold and have lost: now, the loss, at each day's end.
    pub exposure: Figure,
    /// What waits.
    pub waiting: Vec<Waiting>,
}

/// The day's figures.
#[utoipa::path(get, path = "/v1/console/overview", tag = "console", responses(
    (status = 200, description = "figures and what waits", body = Overview),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
))]
pub async fn overview(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
) -> Answer<Overview> {
    let (store, programme) = (state.store(), caller.programme);
    let look = store.entity::<Programme>(programme, ONLY).await?;
    let at_ms = store.now_ms();
    let days = days(
        at_ms,
        look.as_ref().map_or("UTC", |look| look.time_zone.as_str()),
    )?;
    Ok(Json(Overview {
        at_ms,
        from_ms: days.first().map_or(at_ms, |day| day.0),
        issued: issued(store, programme, &days).await?,
        active: active(store, programme, &days).await?,
        liability: liability(store, programme, &days).await?,
        exposure: exposure(store, programme, &days).await?,
        waiting: waiting(store, programme).await?,
    }))
}
