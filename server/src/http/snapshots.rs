//! Snapshots of scopes, whole or in pieces.

use std::io::SeekFrom;

use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use carrot_rules::Scope;
use carrot_wire::error::ErrorBody;
use futures_util::stream;
use serde::Deserialize;
use tokio::fs::File;
use tokio::io::{AsyncReadExt as _, AsyncSeekExt as _};
use utoipa::IntoParams;

use super::input::Caller;
use super::{ApiError, AppState};
use crate::pull::granted;
use crate::snapshot::Ready;

/// Bytes that are read from a file at once.
const READ_BYTES: u64 = 64 * 1024;
/// The media type of a snapshot. Answers of it are compressed already.
pub(super) const MEDIA_TYPE: &str = "application/gzip";

/// How far a snapshot should reach.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Reach {
    /// The number of a change that is in it; a number that there is not yet asks for the newest.
    #[serde(default)]
    at_least: i64,
}

/// Answers what a scope comes to (`carrot_wire::snapshot`): compressed lines, the same bytes for the same
/// `ETag`. `Range` asks for a piece; with `If-Match` it is of that very snapshot or of none.
#[utoipa::path(get, path = "/v1/scopes/{scope}/snapshot", tag = "sync", security(("token" = [])),
    params(("scope" = String, Path, description = "a scope that the device may see"), Reach),
    responses(
        (status = 200, description = "the whole, with its `ETag`", body = Vec<u8>, content_type = "application/gzip"),
        (status = 206, description = "the piece that `Range` asked for", body = Vec<u8>, content_type = "application/gzip"),
        (status = 400, description = "`bad_input`", body = ErrorBody),
        (status = 401, description = "`token_invalid`", body = ErrorBody),
        (status = 403, description = "`revoked`, `not_permitted`", body = ErrorBody),
        (status = 404, description = "`not_found`: nothing has happened in the scope", body = ErrorBody),
        (status = 412, description = "the snapshot of `If-Match` is no longer to be had"),
        (status = 416, description = "there are no such bytes"),
    ))]
pub(super) async fn get(
    State(state): State<AppState>,
    Caller(device): Caller,
    Path(scope): Path<String>,
    Query(reach): Query<Reach>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    if device.revoked {
        let detail = "the device's rights were taken away";
        return Err(ApiError::refused("revoked", detail));
    }
    let scope: Scope = scope
        .parse()
        .map_err(|_| ApiError::refused("bad_input", "not a scope"))?;
    if !granted(&device).contains(&scope) {
        let detail = "the device may not see this scope";
        return Err(ApiError::refused("not_permitted", detail));
    }
    let (store, programme) = (&state.store, device.programme);
    let ready = match tag_of(&headers, header::IF_MATCH) {
        Some(hash) => match store.kept_snapshot(programme, scope, hash).await? {
            Some(ready) => ready,
            None => return Ok(StatusCode::PRECONDITION_FAILED.into_response()),
        },
        None => store.snapshot(programme, scope, reach.at_least).await?,
    };
    let same = tag_of(&headers, header::IF_RANGE).is_none_or(|hash| hash == ready.hash);
    let range = text_of(&headers, header::RANGE).filter(|_| same);
    answer(
        &ready,
        range.map_or(Piece::Whole, |range| piece(range, ready.size)),
    )
    .await
}

fn text_of(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

fn tag_of(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    text_of(headers, name)?
        .trim()
        .strip_prefix('"')?
        .strip_suffix('"')
}

/// What is asked for of so many bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    Whole,
    /// First byte, and the one after the last.
    Part(u64, u64),
    /// There are no such bytes.
    None,
}

/// Reads `Range`. What is not one range of bytes asks for the whole.
fn piece(range: &str, size: u64) -> Piece {
    let one = range.trim().strip_prefix("bytes=");
    let Some((first, last)) = one.and_then(|one| one.split_once('-')) else {
        return Piece::Whole;
    };
    let (from, to) = match (first.trim().parse::<u64>(), last.trim()) {
        (Ok(from), "") => (from, size),
        (Ok(from), last) => match last.parse::<u64>() {
            Ok(last) if last >= from => (from, last.saturating_add(1).min(size)),
            _ => return Piece::Whole,
        },
        (Err(_), last) => match (first.trim(), last.parse::<u64>()) {
            ("", Ok(0)) => return Piece::None,
            ("", Ok(tail)) => (size.saturating_sub(tail), size),
            _ => return Piece::Whole,
        },
    };
    if from < to {
        Piece::Part(from, to)
    } else {
        Piece::None
    }
}

async fn answer(ready: &Ready, piece: Piece) -> Result<Response, ApiError> {
    let size = ready.size;
    let (status, from, to) = match piece {
        Piece::Whole => (StatusCode::OK, 0, size),
        Piece::Part(from, to) => (StatusCode::PARTIAL_CONTENT, from, to),
        Piece::None => {
            let range = [(header::CONTENT_RANGE, format!("bytes */{size}"))];
            return Ok((StatusCode::RANGE_NOT_SATISFIABLE, range).into_response());
        }
    };
    let mut file = File::open(&ready.path).await?;
    file.seek(SeekFrom::Start(from)).await?;
    let mut response = Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, MEDIA_TYPE)
        .header(header::CONTENT_LENGTH, to - from)
        .header(header::ETAG, format!("\"{}\"", ready.hash))
        .header(header::ACCEPT_RANGES, "bytes")
        .header(header::CACHE_CONTROL, "private, no-cache");
    if status == StatusCode::PARTIAL_CONTENT {
        let range = format!("bytes {from}-{}/{size}", to - 1);
        response = response.header(header::CONTENT_RANGE, range);
    }
    let body = Body::from_stream(stream::unfold((file, to - from), read));
    response
        .body(body)
        .map_err(|error| ApiError::from(std::io::Error::other(error)))
}

/// The next bytes of a file, until so many were read.
async fn read((mut file, left): (File, u64)) -> Option<(std::io::Result<Vec<u8>>, (File, u64))> {
    if left == 0 {
        return None;
    }
    let mut bytes = Vec::new();
    let most = left.min(READ_BYTES);
    let got = (&mut file).take(most).read_to_end(&mut bytes).await;
    Some(match got {
        // A file that ends early breaks the answer off: its length was said.
        Ok(0) => (Err(std::io::ErrorKind::UnexpectedEof.into()), (file, 0)),
        Ok(count) => {
            let left = left.saturating_sub(u64::try_from(count).unwrap_or(left));
            (Ok(bytes), (file, left))
        }
        Err(error) => (Err(error), (file, 0)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_http_says() {
        for (range, expected) in [
            ("bytes=0-0", Piece::Part(0, 1)),
            ("bytes=2-5", Piece::Part(2, 6)),
            ("bytes=2-", Piece::Part(2, 10)),
            ("bytes=9-99", Piece::Part(9, 10)),
            ("bytes=-3", Piece::Part(7, 10)),
            ("bytes=-99", Piece::Part(0, 10)),
            ("bytes=0-18446744073709551615", Piece::Part(0, 10)),
            ("bytes=10-", Piece::None),
            ("bytes=-0", Piece::None),
            ("bytes=5-2", Piece::Whole),
            ("bytes=1-2,4-5", Piece::Whole),
            ("bytes=-", Piece::Whole),
            ("lines=1-2", Piece::Whole),
        ] {
            assert_eq!(piece(range, 10), expected, "{range}");
        }
        assert_eq!(piece("bytes=0-", 0), Piece::None);
    }
}
