//! Request bodies under gzip, which every answer to a device offers to take (`Accept-Encoding`, RFC 7694).
//! The limit of a body holds for what comes and for what it unpacks to.

use std::io::Read as _;

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse as _;
use flate2::read::MultiGzDecoder;

use super::{ApiError, REQUEST_BYTES_MAX};

/// The coding that bodies may come in.
pub(super) const GZIP: HeaderValue = HeaderValue::from_static("gzip");

/// The request with its body unpacked. Refuses a coding that is not known as `media_type_unknown`, one
/// that does not unpack as `bad_input`, and too many bytes as `body_too_large`.
pub(super) async fn unpacked<S: Send + Sync>(
    mut request: Request,
    state: &S,
) -> Result<Request, ApiError> {
    let Some(coding) = request.headers_mut().remove(header::CONTENT_ENCODING) else {
        return Ok(request);
    };
    if coding != GZIP {
        let detail = "a body comes as it is, or under gzip";
        return Err(ApiError::refused("media_type_unknown", detail));
    }
    let (mut head, body) = request.into_parts();
    head.headers.remove(header::CONTENT_LENGTH);
    let limited = Request::from_parts(head.clone(), body);
    let packed = Bytes::from_request(limited, state).await;
    let packed = packed.map_err(|rejection| match rejection.into_response().status() {
        StatusCode::PAYLOAD_TOO_LARGE => too_large(),
        _ => ApiError::refused("bad_input", "the body breaks off"),
    })?;
    Ok(Request::from_parts(head, Body::from(plain(&packed)?)))
}

fn plain(packed: &[u8]) -> Result<Vec<u8>, ApiError> {
    let most = u64::try_from(REQUEST_BYTES_MAX).unwrap_or(u64::MAX);
    let mut body = Vec::new();
    let read = MultiGzDecoder::new(packed)
        .take(most.saturating_add(1))
        .read_to_end(&mut body);
    read.map_err(|_| ApiError::refused("bad_input", "the body does not unpack"))?;
    if body.len() > REQUEST_BYTES_MAX {
        return Err(too_large());
    }
    Ok(body)
}

fn too_large() -> ApiError {
    ApiError::refused("body_too_large", "the body is too large")
}
