//! Packed request bodies, which every answer to a device offers to take (`Accept-Encoding`, RFC 7694).
//! The limit of a body holds for what comes and for what it unpacks to.

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderValue, Response, StatusCode, header};
use axum::response::IntoResponse as _;
use carrot_wire::packing::{Coding, Unpacking};

use super::{ApiError, REQUEST_BYTES_MAX};

/// Says which codings bodies may come in, each in a header of its own: older devices look at the first.
pub(super) async fn offer<B>(mut answer: Response<B>) -> Response<B> {
    for coding in Coding::ALL {
        let name = HeaderValue::from_static(coding.name());
        answer.headers_mut().append(header::ACCEPT_ENCODING, name);
    }
    answer
}

/// The request with its body unpacked. Refuses a coding that is not known as `media_type_unknown`, one
/// that does not unpack as `bad_input`, and too many bytes as `body_too_large`.
pub(super) async fn unpacked<S: Send + Sync>(
    mut request: Request,
    state: &S,
) -> Result<Request, ApiError> {
    let Some(coding) = request.headers_mut().remove(header::CONTENT_ENCODING) else {
        return Ok(request);
    };
    let Some(coding) = Coding::named(coding.as_bytes()) else {
        let detail = "a body comes as it is, or under gzip or carrot1";
        return Err(ApiError::refused("media_type_unknown", detail));
    };
    let (mut head, body) = request.into_parts();
    head.headers.remove(header::CONTENT_LENGTH);
    let limited = Request::from_parts(head.clone(), body);
    let packed = Bytes::from_request(limited, state).await;
    let packed = packed.map_err(|rejection| match rejection.into_response().status() {
        StatusCode::PAYLOAD_TOO_LARGE => too_large(),
        _ => ApiError::refused("bad_input", "the body breaks off"),
    })?;
    let plain = coding.unpacked(&packed, REQUEST_BYTES_MAX);
    let plain = plain.map_err(|error| match error {
        Unpacking::TooLarge => too_large(),
        Unpacking::Damaged => ApiError::refused("bad_input", "the body does not unpack"),
    })?;
    Ok(Request::from_parts(head, Body::from(plain)))
}

fn too_large() -> ApiError {
    ApiError::refused("body_too_large", "the body is too large")
}
