//! HTTP: the protocol of devices, health, and the description of the interface. Each handler reads
//! its input, calls one function of the crate and answers.

mod answer;
mod attempts;
mod blobs;
mod burnt;
mod devices;
mod guesses;
mod health;
mod hints;
mod input;
mod packed;
mod snapshots;
mod sync;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderName, HeaderValue, header};
use carrot_wire::limits::PUSH_BYTES_MAX;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate as _};
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::trace::TraceLayer;
use utoipa::OpenApi as _;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub use answer::ApiError;
pub use attempts::Attempts;
pub use guesses::Guesses;
pub use input::{Input, Peer, Source};

use crate::console::{self, ConsoleState};
use crate::store::Store;

/// Wrong codes, signatures or passwords that one address may send per [`ATTEMPTS_WINDOW_MS`].
const ATTEMPTS_MAX: usize = 5;
/// The window of [`ATTEMPTS_MAX`], milliseconds.
const ATTEMPTS_WINDOW_MS: i64 = 60_000;
/// Members that one terminal may ask for per [`ATTEMPTS_WINDOW_MS`].
const RESOLVES_MAX: usize = 60;
/// The most bytes of a request body other than a blob. Signed texts grow when they are quoted inside
/// another JSON, to at most twice their size, and envelopes add their signatures.
const REQUEST_BYTES_MAX: usize = 3 * PUSH_BYTES_MAX;

/// What handlers share.
#[derive(Clone)]
pub struct AppState {
    /// The data.
    pub store: Arc<Store>,
    /// Wrong attempts to get in, by source address.
    pub attempts: Arc<Attempts>,
    /// Questions for members, by terminal.
    pub resolves: Arc<Attempts>,
    /// Wrong codes, by programme and address.
    pub guesses: Arc<Guesses>,
    /// What the console's routes share.
    pub console: ConsoleState,
}

impl AppState {
    /// State over an open store.
    #[must_use]
    pub fn new(store: Arc<Store>) -> Self {
        Self {
            console: ConsoleState::new(Arc::clone(&store), None, false),
            store,
            attempts: Arc::new(Attempts::new(ATTEMPTS_MAX, ATTEMPTS_WINDOW_MS)),
            resolves: Arc::new(Attempts::new(RESOLVES_MAX, ATTEMPTS_WINDOW_MS)),
            guesses: Arc::new(Guesses::default()),
        }
    }

    /// The same behind TLS of our own: the console's cookie then travels only so.
    #[must_use]
    pub fn over_tls(mut self) -> Self {
        self.console = ConsoleState::new(Arc::clone(&self.store), None, true);
        self
    }
}

#[derive(utoipa::OpenApi)]
#[openapi(
    info(title = "Carrot", description = "The protocol between devices and the server."),
    modifiers(&Bearer)
)]
struct Description;

struct Bearer;

impl utoipa::Modify for Bearer {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        let components = openapi.components.get_or_insert_with(Default::default);
        components.add_security_scheme("token", SecurityScheme::Http(scheme));
    }
}

fn described() -> (Router<AppState>, utoipa::openapi::OpenApi) {
    OpenApiRouter::with_openapi(Description::openapi())
        .routes(routes!(devices::enrol))
        .routes(routes!(devices::challenge))
        .routes(routes!(devices::token))
        .routes(routes!(sync::commands))
        .routes(routes!(sync::pull))
        .routes(routes!(hints::hints))
        .routes(routes!(snapshots::get))
        .routes(routes!(sync::resolve))
        .routes(routes!(burnt::get))
        .routes(routes!(health::health))
        .merge(blobs::routes())
        .split_for_parts()
}

/// The description of the interface, OpenAPI 3.1.
#[must_use]
pub fn openapi() -> utoipa::openapi::OpenApi {
    let mut description = described().1;
    description.merge(console::description());
    description
}

/// Everything that the server answers.
pub fn router(state: AppState) -> Router {
    let routes = described().0;
    let description = openapi();
    let console = console::api(state.console.clone());
    let text = HeaderName::from_static("x-content-type-options");
    routes
        .route(
            "/openapi.json",
            axum::routing::get(move || std::future::ready(axum::Json(description))),
        )
        .with_state(state)
        // Whoever calls again may pack what it sends.
        .layer(axum::middleware::map_response(packed::offer))
        .merge(console)
        .merge(console::files_router())
        .layer(DefaultBodyLimit::max(REQUEST_BYTES_MAX))
        .layer(SetResponseHeaderLayer::if_not_present(
            header::CACHE_CONTROL,
            HeaderValue::from_static("no-store"),
        ))
        .layer(SetResponseHeaderLayer::if_not_present(
            text,
            HeaderValue::from_static("nosniff"),
        ))
        // Somebody waits while an answer is packed.
        .layer(
            CompressionLayer::new()
                .quality(CompressionLevel::Precise(4))
                .compress_when(
                    DefaultPredicate::new()
                        .and(NotForContentType::const_new(snapshots::MEDIA_TYPE)),
                ),
        )
        .layer(TraceLayer::new_for_http())
}
