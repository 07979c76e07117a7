//! Codes that leave the house: sheets to print and files. Both are in the audit log.

use axum::Extension;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use super::Part;
use crate::console::ConsoleState;
use crate::console::reply::{Body, Id, Refusal};
use crate::console::rights::Caller;
use crate::series::{self, SheetLayout};

/// `POST /v1/console/series/{code}/sheet`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct SheetWish {
    /// Which part; all pieces when none.
    #[ts(optional)]
    pub part: Option<Part>,
    /// Labels beside each other, 1 to 10; 4 when nothing is said.
    #[ts(optional)]
    pub columns: Option<u8>,
    /// Labels below each other, 1 to 20; 6 when nothing is said.
    #[ts(optional)]
    pub rows: Option<u8>,
    /// The language of the product's name; English when nothing is said.
    #[ts(optional)]
    pub language: Option<String>,
}

/// `POST /v1/console/series/{code}/export`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct ExportWish {
    /// Which part; all pieces when none.
    #[ts(optional)]
    pub part: Option<Part>,
}

fn file(bytes: Vec<u8>, mime: &'static str, name: &str) -> Response {
    // The name is a series' code, which holds nothing that a header could not.
    let plain = |c: &char| c.is_ascii_alphanumeric() || "-.".contains(*c);
    let name: String = name.chars().filter(plain).collect();
    let headers = [
        (header::CONTENT_TYPE, mime.to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    (headers, bytes).into_response()
}

/// A sheet of labels to print, A4.
#[utoipa::path(post, path = "/v1/console/series/{code}/sheet", tag = "console",
    params(("code" = String, Path, description = "the series' code")), request_body = SheetWish, responses(
    (status = 200, description = "the document", content_type = "application/pdf"),
    (status = 400, description = "`bad_input`"),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
    (status = 404, description = "`series_unknown`"),
    (status = 409, description = "`series_range`, `series_void`, `sheet_layout`"),
))]
pub async fn sheet(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
    Id(code): Id<String>,
    Body(wish): Body<SheetWish>,
) -> Result<Response, Refusal> {
    let standard = SheetLayout::default();
    let layout = SheetLayout {
        columns: wish.columns.unwrap_or(standard.columns),
        rows: wish.rows.unwrap_or(standard.rows),
    };
    let language = wish.language.as_deref().unwrap_or("en");
    let part = wish.part.map(Into::into);
    let mut tx = state.store().begin(caller.programme).await?;
    let drawn = series::sheet(&mut tx, &code, part, (layout, language), &caller.actor()).await?;
    tx.commit().await?;
    Ok(file(drawn, "application/pdf", &format!("{code}.pdf")))
}

/// The codes as a file. It holds secrets.
#[utoipa::path(post, path = "/v1/console/series/{code}/export", tag = "console",
    params(("code" = String, Path, description = "the series' code")), request_body = ExportWish, responses(
    (status = 200, description = "the codes", content_type = "text/csv"),
    (status = 400, description = "`bad_input`"),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
    (status = 404, description = "`series_unknown`"),
    (status = 409, description = "`series_range`, `series_void`"),
))]
pub async fn export(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
    Id(code): Id<String>,
    Body(wish): Body<ExportWish>,
) -> Result<Response, Refusal> {
    let part = wish.part.map(Into::into);
    let mut tx = state.store().begin(caller.programme).await?;
    let written = series::export(&mut tx, &code, part, &caller.actor()).await?;
    tx.commit().await?;
    Ok(file(
        written,
        "text/csv; charset=utf-8",
        &format!("{code}.csv"),
    ))
}
