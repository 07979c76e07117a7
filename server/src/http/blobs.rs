//! Photos by the hash of their bytes: asking, bringing, and reading back one's own.

use axum::Json;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use carrot_wire::blob::PartReply;
use carrot_wire::error::ErrorBody;
use carrot_wire::limits::BLOB_CALL_BYTES_MAX;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::input::{Caller, Placed};
use super::{ApiError, AppState};
use crate::store::{BlobRow, Device};
use crate::{parts, upload};

/// The most bytes that one device may bring in [`DAY_MS`]: a hundred photos of the largest size.
pub const DEVICE_DAY_BYTES_MAX: i64 = 200 * 1024 * 1024;
const DAY_MS: i64 = 24 * 3_600_000;

pub(super) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(ask, put, get))
        .routes(routes!(progress, put_part))
        // The upload counts its bytes itself, while they come.
        .layer(DefaultBodyLimit::disable())
}

fn hash(text: &str) -> Result<&str, ApiError> {
    upload::is_hash(text)
        .then_some(text)
        .ok_or_else(|| ApiError::refused("bad_input", "not a SHA-256 in lower-case hex"))
}

fn active(device: Device) -> Result<Device, ApiError> {
    if device.revoked {
        return Err(ApiError::refused(
            "revoked",
            "the device's rights were taken away",
        ));
    }
    Ok(device)
}

fn media_type(headers: &HeaderMap) -> Result<String, ApiError> {
    let named = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    Ok(upload::media_type(named)?)
}

/// Says whether the server has the bytes, so that a device need not send them.
#[utoipa::path(head, path = "/v1/blobs/{sha256}", tag = "blobs", security(("token" = [])),
    params(("sha256" = String, Path, description = "SHA-256 of the bytes, lower-case hex")),
    responses((status = 200, description = "It has"), (status = 404, description = "It has not")))]
pub(super) async fn ask(
    State(state): State<AppState>,
    Caller(device): Caller,
    Path(sha256): Path<String>,
) -> Result<StatusCode, ApiError> {
    let device = active(device)?;
    let found = state.store.blob(device.programme, hash(&sha256)?).await?;
    Ok(if found.is_some() {
        StatusCode::OK
    } else {
        StatusCode::NOT_FOUND
    })
}

/// Takes the bytes; bringing them again changes nothing.
#[utoipa::path(put, path = "/v1/blobs/{sha256}", tag = "blobs", security(("token" = [])),
    params(("sha256" = String, Path, description = "SHA-256 of the bytes, lower-case hex")),
    request_body(content = String, content_type = "application/octet-stream"),
    responses(
        (status = 200, description = "It had them already"),
        (status = 201, description = "It has them now"),
        (status = 413, description = "`blob_too_large`", body = ErrorBody),
        (status = 415, description = "`media_type_unknown`", body = ErrorBody),
        (status = 422, description = "`blob_mismatch`", body = ErrorBody),
        (status = 429, description = "`too_many_attempts`: this device's bytes of the day", body = ErrorBody),
        (status = 507, description = "`storage_full`", body = ErrorBody),
    ))]
pub(super) async fn put(
    State(state): State<AppState>,
    Caller(device): Caller,
    Path(sha256): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<StatusCode, ApiError> {
    let device = active(device)?;
    let sha256 = hash(&sha256)?;
    let mime = media_type(&headers)?;
    if state.store.blob(device.programme, sha256).await?.is_some() {
        return Ok(StatusCode::OK);
    }
    refuse_after_a_days_work(&state, &device).await?;
    let size = upload::receive(&state.store, sha256, body, BLOB_CALL_BYTES_MAX).await?;
    let row = BlobRow {
        sha256: sha256.to_owned(),
        size,
        mime,
        device: Some(device.id),
    };
    let mut tx = state.store.begin(device.programme).await?;
    tx.put_blob(&row).await?;
    tx.commit().await?;
    Ok(StatusCode::CREATED)
}

/// Refuses a device that has brought all that it may in a day, with what it has begun to bring.
async fn refuse_after_a_days_work(state: &AppState, device: &Device) -> Result<(), ApiError> {
    let since_ms = state.store.now_ms().saturating_sub(DAY_MS);
    let brought = state
        .store
        .blob_bytes_since(device.programme, device.id, since_ms);
    let begun = state.store.unended_parts(device.programme, device.id);
    if brought.await?.saturating_add(begun.await?.1) >= DEVICE_DAY_BYTES_MAX {
        return Err(ApiError::too_many(DAY_MS / 24));
    }
    Ok(())
}

/// Says how much of a blob in parts has come from this device: the next part begins there.
#[utoipa::path(get, path = "/v1/blobs/{sha256}/part", tag = "blobs", security(("token" = [])),
    params(("sha256" = String, Path, description = "SHA-256 of the whole, lower-case hex")),
    responses((status = 200, description = "So much", body = PartReply)))]
pub(super) async fn progress(
    State(state): State<AppState>,
    Caller(device): Caller,
    Path(sha256): Path<String>,
) -> Result<Json<PartReply>, ApiError> {
    let device = active(device)?;
    Ok(Json(
        parts::progress(&state.store, &device, hash(&sha256)?).await?,
    ))
}

/// Where a part belongs.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Where {
    /// Bytes of the whole before this part.
    offset: u64,
    /// Bytes of the whole.
    size: u64,
}

/// Takes the next part of a large blob. Bringing one again is answered with how much is here; the
/// whole's hash is looked at when the last one has come.
#[utoipa::path(put, path = "/v1/blobs/{sha256}/part", tag = "blobs", security(("token" = [])),
    params(("sha256" = String, Path, description = "SHA-256 of the whole, lower-case hex"), Where),
    request_body(content = String, content_type = "application/octet-stream"),
    responses(
        (status = 200, description = "It has so much now", body = PartReply),
        (status = 409, description = "`offset_conflict`: go on at the offset that it names", body = ErrorBody),
        (status = 413, description = "`blob_too_large`", body = ErrorBody),
        (status = 415, description = "`media_type_unknown`", body = ErrorBody),
        (status = 422, description = "`blob_mismatch`: the whole has another hash and is forgotten", body = ErrorBody),
        (status = 429, description = "`too_many_attempts`: this device's bytes of the day; `too_many_parts`: too many begun and not ended", body = ErrorBody),
        (status = 507, description = "`storage_full`", body = ErrorBody),
    ))]
pub(super) async fn put_part(
    State(state): State<AppState>,
    Caller(device): Caller,
    Path(sha256): Path<String>,
    Placed(place): Placed<Where>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<PartReply>, ApiError> {
    let device = active(device)?;
    let part = parts::Part {
        sha256: hash(&sha256)?,
        mime: media_type(&headers)?,
        offset: place.offset,
        size: place.size,
    };
    if place.offset == 0 {
        refuse_after_a_days_work(&state, &device).await?;
    }
    Ok(Json(parts::take(&state.store, &device, &part, body).await?))
}

/// Reads back what this device brought.
#[utoipa::path(get, path = "/v1/blobs/{sha256}", tag = "blobs", security(("token" = [])),
    params(("sha256" = String, Path, description = "SHA-256 of the bytes, lower-case hex")),
    responses(
        (status = 200, description = "The bytes", body = String, content_type = "application/octet-stream"),
        (status = 404, description = "`blob_unknown`", body = ErrorBody),
    ))]
pub(super) async fn get(
    State(state): State<AppState>,
    Caller(device): Caller,
    Path(sha256): Path<String>,
) -> Result<Response, ApiError> {
    let device = active(device)?;
    let sha256 = hash(&sha256)?;
    let unknown = || ApiError::refused("blob_unknown", "no such blob of this device");
    let row = state.store.blob(device.programme, sha256).await?;
    let row = row
        .filter(|row| row.device == Some(device.id))
        .ok_or_else(unknown)?;
    let bytes = tokio::fs::read(state.store.blob_path(sha256)).await?;
    Ok(([(header::CONTENT_TYPE, row.mime)], bytes).into_response())
}
