//! Photos for people who are signed in.

use axum::Extension;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::ConsoleState;
use super::reply::{Id, Refusal};
use super::rights::Caller;

/// Media types that a browser may show as a picture; anything else is only bytes to it.
const PICTURES: [&str; 3] = ["image/jpeg", "image/png", "image/webp"];

/// One photo.
#[utoipa::path(get, path = "/v1/console/photos/{sha256}", tag = "console",
    params(("sha256" = String, Path, description = "SHA-256 of the bytes, hex")), responses(
    (status = 200, description = "the picture", content_type = "image/jpeg"),
    (status = 400, description = "`bad_input`"),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
    (status = 404, description = "`photo_unknown`"),
))]
pub async fn photo(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
    Id(sha256): Id<String>,
) -> Result<Response, Refusal> {
    let unknown = || Refusal::new("photo_unknown", "no such photo");
    let hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    if sha256.len() != 64 || !sha256.bytes().all(hex) {
        return Err(unknown());
    }
    let store = state.store();
    let blob = store
        .blob(caller.programme, &sha256)
        .await?
        .ok_or_else(unknown)?;
    let bytes = tokio::fs::read(store.blob_path(&sha256)).await?;
    let shown = PICTURES.into_iter().find(|mime| *mime == blob.mime);
    let headers = [
        (
            header::CONTENT_TYPE,
            shown.unwrap_or("application/octet-stream"),
        ),
        (header::CACHE_CONTROL, "private, max-age=3600, immutable"),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; sandbox",
        ),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    Ok((headers, bytes).into_response())
}
