//! Series of codes: looked at, made, sent off, stopped, taken back, printed and exported.

pub(super) mod acts;
pub(super) mod print;

use axum::extract::State;
use axum::{Extension, Json};
use carrot_rules::entity::Series;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::{IntoParams, ToSchema};

use super::ConsoleState;
use super::reply::{Answer, Id, Page, Params, Portion};
use super::rights::Caller;
use crate::series::{self, Range, SeriesState};

pub use acts::{PartWish, ReturnDone, ReturnWish, SeriesMade, SeriesShipped, SeriesVoided};
pub use print::{ExportWish, SheetWish};

/// What part of the list is asked for.
#[derive(Debug, Deserialize, IntoParams)]
pub struct SeriesFilter {
    offset: Option<i64>,
    limit: Option<i64>,
}

/// A series in the list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct SeriesRow {
    /// The series.
    #[schema(value_type = Object)]
    pub series: Series,
}

/// Places of one level, one after another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Part {
    /// 0 for pieces, 1 for what holds pieces, and so on.
    pub level: u8,
    /// The first index, from zero.
    pub first: i64,
    /// How many.
    pub count: i64,
}

impl From<Part> for Range {
    fn from(part: Part) -> Self {
        Self {
            level: part.level,
            first: part.first,
            count: part.count,
        }
    }
}

/// All series, by their codes.
#[utoipa::path(get, path = "/v1/console/series", tag = "console", params(SeriesFilter), responses(
    (status = 200, description = "a page", body = Page<SeriesRow>),
    (status = 400, description = "`bad_input`"),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
))]
pub async fn list(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
    Params(filter): Params<SeriesFilter>,
) -> Answer<Page<SeriesRow>> {
    let portion = Portion::of(filter.offset, filter.limit)?;
    let mut tx = state.store().begin(caller.programme).await?;
    let (found, total) = series::list(&mut tx, portion.offset, portion.limit).await?;
    let rows = found.into_iter().map(|series| SeriesRow { series });
    Ok(Json(portion.page(rows.collect(), total)))
}

/// One series with its figures.
#[utoipa::path(get, path = "/v1/console/series/{code}", tag = "console",
    params(("code" = String, Path, description = "the series' code")), responses(
    (status = 200, description = "its figures", body = SeriesState),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
    (status = 404, description = "`series_unknown`"),
))]
pub async fn one(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
    Id(code): Id<String>,
) -> Answer<SeriesState> {
    let mut tx = state.store().begin(caller.programme).await?;
    Ok(Json(series::state(&mut tx, &code).await?))
}
