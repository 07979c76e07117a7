//! Whether the server is well.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::{ApiError, AppState};
use crate::db;
use crate::error::Error;

/// The state of a server that answers.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Health {
    /// The database answers.
    ok: bool,
    /// Version of the program.
    version: &'static str,
    /// Version of the database's schema.
    schema: i64,
    /// The server's clock, UTC milliseconds.
    server_ms: i64,
    /// Codes of the programmes that it serves; they stand on every printed code.
    programmes: Vec<String>,
}

/// Answers when the database does.
#[utoipa::path(get, path = "/healthz", tag = "server",
    responses((status = 200, body = Health), (status = 500, description = "`internal`")))]
pub(super) async fn health(State(state): State<AppState>) -> Result<Json<Health>, ApiError> {
    let one: i64 = db::query_scalar("SELECT 1")
        .fetch_one(state.store.reads_all())
        .await
        .map_err(Error::from)?;
    let programmes = db::query_scalar("SELECT code FROM programme ORDER BY code")
        .fetch_all(state.store.reads_all())
        .await
        .map_err(Error::from)?;
    Ok(Json(Health {
        ok: one == 1,
        version: env!("CARGO_PKG_VERSION"),
        schema: state.store.schema_version(),
        server_ms: state.store.now_ms(),
        programmes,
    }))
}
