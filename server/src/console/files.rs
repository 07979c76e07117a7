//! The console's built files, inside the program, with headers that keep the page to itself.

use axum::Router;
use axum::extract::{Path, Request};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rust_embed::RustEmbed;

/// The built screens.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../ui/dist"]
#[allow_missing = true]
struct Screens;

/// The page itself.
const PAGE: &str = "console.html";
/// Files of the build are named by their content and never change.
const FOREVER: &str = "public, max-age=31536000, immutable";
/// What the page may load: only itself, and pictures that it made.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; \
    img-src 'self' blob: data:; connect-src 'self'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'";

const HEADERS: [(header::HeaderName, &str); 5] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (
        header::HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
];

/// Answers of the console's routes are for one person and one moment.
pub async fn guard_answers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    response
}

async fn guard_files(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in HEADERS {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    response
}

fn file(path: &str, cache: &'static str) -> Response {
    let Some(found) = Screens::get(path) else {
        return (StatusCode::NOT_FOUND, "not found").into_response();
    };
    let mime = mime_guess::from_path(path).first_or_octet_stream();
    let headers = [
        (header::CONTENT_TYPE, mime.to_string()),
        (header::CACHE_CONTROL, cache.to_owned()),
    ];
    (headers, found.data.into_owned()).into_response()
}

async fn page() -> Response {
    if Screens::get(PAGE).is_none() {
        let text = "The console's files are not built: run `npm run build` in ui/.";
        return (StatusCode::NOT_FOUND, text).into_response();
    }
    file(PAGE, "no-cache")
}

async fn asset(Path(path): Path<String>) -> Response {
    // A build for development reads from the disk, where dots lead elsewhere.
    if path.split(['/', '\\']).any(|part| part.starts_with('.')) {
        return (StatusCode::NOT_FOUND, "not found").into_response();
    }
    file(&format!("assets/{path}"), FOREVER)
}

async fn sign() -> Response {
    file("carrot.svg", "public, max-age=86400")
}

/// `/` and what the page loads.
pub(super) fn router() -> Router {
    Router::new()
        .route("/", get(page))
        .route("/assets/{*path}", get(asset))
        .route("/carrot.svg", get(sign))
        .layer(middleware::from_fn(guard_files))
}
