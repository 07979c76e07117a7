//! Series of codes: looked at, made, sent off, stopped, taken back, printed and exported.

pub(super) mod acts;
pub(super) mod figures;
pub(super) mod lookup;
pub(super) mod print;

use std::collections::BTreeMap;

use axum::extract::State;
use axum::{Extension, Json};
use carrot_rules::entity::Series;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::ConsoleState;
use super::names::{Named, Names};
use super::products::{ProductName, product_names};
use super::reply::{Answer, Id, Page, Params, Portion};
use super::rights::Caller;
use crate::error::Result;
use crate::series::{self, Range, SeriesState};

pub use acts::{
    PartWish, ReturnDone, ReturnWish, SeriesFilled, SeriesMade, SeriesShipped, SeriesVoided,
};
pub use figures::Figures;
pub use lookup::CodeFound;
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
    /// The product that its pieces are.
    pub product: ProductName,
    /// The outlet that all of it was sent to, when to one.
    pub outlet: Option<Named>,
    /// The series in pieces.
    pub figures: Figures,
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
    let mut counted = Vec::with_capacity(found.len());
    for series in found {
        let state = series::state(&mut tx, &series.code).await?;
        counted.push((figures::figures(&mut tx, &state).await?, state.series));
    }
    drop(tx);
    let rows = rows(&state, caller.programme, counted).await?;
    Ok(Json(portion.page(rows, total)))
}

/// Series with the names of what they are about.
async fn rows(
    state: &ConsoleState,
    programme: Uuid,
    counted: Vec<(Figures, Series)>,
) -> Result<Vec<SeriesRow>> {
    let outlets = counted.iter().filter_map(|(_, series)| series.outlet);
    let names = Names::load(state.store(), programme, outlets).await?;
    let products = counted.iter().map(|(_, series)| series.product.clone());
    let products = product_names(state.store(), programme, products.collect()).await?;
    let row = |(figures, series): (Figures, Series)| SeriesRow {
        product: products
            .get(&series.product)
            .cloned()
            .unwrap_or(ProductName {
                id: series.product.clone(),
                name: BTreeMap::new(),
            }),
        outlet: names.maybe(series.outlet),
        figures,
        series,
    };
    Ok(counted.into_iter().map(row).collect())
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
