//! Refusals as HTTP: the status of each code, and the body that names it.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use carrot_wire::CallError;
use carrot_wire::blob::CODE_CONFLICT;
use carrot_wire::error::ErrorBody;

use crate::db::Fault;
use crate::error::Error;

/// A failure on its way out. What is not a refusal is logged and answered as `internal`.
#[derive(Debug)]
pub struct ApiError(pub Error);

impl<E: Into<Error>> From<E> for ApiError {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl ApiError {
    /// A refusal with a stable code and a detail in English.
    #[must_use]
    pub fn refused(code: &str, detail: &str) -> Self {
        Self(Error::refused(code, detail))
    }

    /// Too many attempts; the parameter says how long to wait, whole seconds.
    #[must_use]
    pub fn too_many(wait_ms: i64) -> Self {
        let seconds = wait_ms.max(0) / 1_000 + 1;
        let call = CallError::new("too_many_attempts", "wait before the next attempt");
        Self(Error::Refused(call.with(WAIT_S, seconds)))
    }
}

/// The parameter of refusals that end by waiting, seconds.
const WAIT_S: &str = "wait_s";
/// How long whoever meets a full disk waits before the next attempt, seconds.
const FULL_WAIT_S: i64 = 60;

fn status(code: &str) -> StatusCode {
    match code {
        "token_invalid" | "challenge_invalid" | "sign_in_invalid" => StatusCode::UNAUTHORIZED,
        "revoked" | "not_permitted" => StatusCode::FORBIDDEN,
        "device_unknown" | "enrolment_unknown" | "blob_unknown" | "not_found" => {
            StatusCode::NOT_FOUND
        }
        "enrolment_used" | "programme_exists" | CODE_CONFLICT => StatusCode::CONFLICT,
        "enrolment_expired" => StatusCode::GONE,
        "body_too_large" | "blob_too_large" | "push_too_large" => StatusCode::PAYLOAD_TOO_LARGE,
        "media_type_unknown" => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "blob_mismatch" => StatusCode::UNPROCESSABLE_ENTITY,
        "upgrade_required" => StatusCode::UPGRADE_REQUIRED,
        "too_many_attempts" | "too_many_parts" => StatusCode::TOO_MANY_REQUESTS,
        "busy" => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::BAD_REQUEST,
    }
}

/// True when trying again helps: the database had no connection or no lock to give in time, or was
/// gone for a moment.
fn busy(error: &Error) -> bool {
    error.fault() != Fault::Final
}

/// True when the disk of the data folder has no room: somebody must make some, and nothing stayed
/// behind.
fn full(error: &Error) -> bool {
    use std::io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    matches!(error, Error::File(error)
        if matches!(error.kind(), StorageFull | QuotaExceeded | FileTooLarge))
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (status, call) = match self.0 {
            Error::Refused(call) => (status(&call.code), call),
            error if busy(&error) => {
                tracing::warn!(%error, "a call was put off");
                let call = CallError::new("busy", "the server is busy").with(WAIT_S, 1);
                (StatusCode::SERVICE_UNAVAILABLE, call)
            }
            error if full(&error) => {
                tracing::error!(%error, "the disk of the data folder is full");
                let detail = "the server's disk is full; nothing of this was kept";
                let call = CallError::new("storage_full", detail).with(WAIT_S, FULL_WAIT_S);
                (StatusCode::INSUFFICIENT_STORAGE, call)
            }
            error => {
                tracing::error!(%error, "a call failed inside the server");
                let call = CallError::new("internal", "the server failed; its log says why");
                (StatusCode::INTERNAL_SERVER_ERROR, call)
            }
        };
        let wait = call.params.get(WAIT_S).and_then(serde_json::Value::as_i64);
        let mut response = (status, Json(ErrorBody { error: call })).into_response();
        if let Some(seconds) = wait {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
