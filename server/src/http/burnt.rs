//! The filter of used codes for devices: bytes with a version, asked for again only when it changed.

use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use carrot_wire::error::ErrorBody;
use serde::Deserialize;
use utoipa::IntoParams;

use super::input::Caller;
use super::{ApiError, AppState};

/// What the device has already.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Have {
    /// The version that it keeps; when it is still the newest, the answer is 204.
    have: Option<String>,
}

/// Answers the filter of the programme's used typed codes (`carrot_wire::burnt`). It is advice: what
/// it does not hold may be used, and about one unused code in a hundred is in it.
#[utoipa::path(get, path = "/v1/burnt", tag = "sync", security(("token" = [])), params(Have),
    responses(
        (status = 200, description = "the filter, with its version as `ETag`", body = Vec<u8>,
            content_type = "application/octet-stream"),
        (status = 204, description = "the version in `have` is the newest"),
        (status = 304, description = "the version in `If-None-Match` is the newest"),
        (status = 401, description = "`token_invalid`", body = ErrorBody),
        (status = 403, description = "`revoked`", body = ErrorBody),
    ))]
pub(super) async fn get(
    State(state): State<AppState>,
    Caller(device): Caller,
    Query(have): Query<Have>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    if device.revoked {
        return Err(ApiError::refused(
            "revoked",
            "the device's rights were taken away",
        ));
    }
    let built = state.store.burnt_for_device(device.programme).await?;
    let tag = format!("\"{}\"", built.tag);
    if have.have.as_deref() == Some(built.tag.as_str()) {
        return Ok((StatusCode::NO_CONTENT, [(header::ETAG, tag)]).into_response());
    }
    let asked = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok());
    if asked.is_some_and(|asked| asked.split(',').any(|one| one.trim() == tag)) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response());
    }
    let head = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::ETAG, tag),
        // Kept by the device itself, and private to it.
        (header::CACHE_CONTROL, "private, no-cache".to_owned()),
    ];
    Ok((head, built.bytes.clone()).into_response())
}
