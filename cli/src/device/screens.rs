//! `carrot device ui`: the device's screens for a browser of this machine. Loopback only; every call
//! needs the token that the start prints, and the Host and Origin that it names.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use carrot_api::{Api, CallError};
use clap::Args;
use futures_util::Stream;
use serde::Deserialize;
use serde_json::json;

/// The most bytes of one call: a photo in base64 fits.
const CALL_BYTES_MAX: usize = 40 * 1024 * 1024;
const POLICY: &str = "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob: mediastream:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'";

/// Serves the device's screens to a browser.
#[derive(Debug, Args)]
pub struct UiArgs {
    /// A loopback address; port 0 picks a free one.
    #[arg(long, default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// Which screens the root page shows, phone or terminal; those of the device's role otherwise.
    #[arg(long, value_parser = ["phone", "terminal"])]
    screens: Option<String>,
    /// Never talk to the server by itself: only when asked to sync.
    #[arg(long)]
    manual_sync: bool,
}

struct Host {
    api: Api,
    token: String,
    addr: SocketAddr,
    page: String,
}

/// Serves until the program is stopped.
pub async fn serve(api: Api, args: UiArgs) -> anyhow::Result<ExitCode> {
    anyhow::ensure!(
        args.listen.ip().is_loopback(),
        "screens are served on loopback only, not on {}",
        args.listen
    );
    let listener = tokio::net::TcpListener::bind(args.listen)
        .await
        .with_context(|| format!("{}", args.listen))?;
    let addr = listener.local_addr()?;
    let mut secret = [0_u8; 24];
    getrandom::fill(&mut secret).map_err(|error| anyhow::anyhow!("no random bytes: {error}"))?;
    let token = hex::encode(secret);
    if !args.manual_sync {
        api.start_sync();
    }
    println!("http://{addr}/#token={token}");
    let screens = match args.screens {
        Some(screens) => screens,
        None => role_of(&api).await,
    };
    let first = format!("{screens}.html");
    let host = Arc::new(Host {
        api,
        token,
        addr,
        page: first,
    });
    let calls = Router::new()
        .route("/call/{name}", post(call))
        .route("/events", get(events))
        .route_layer(middleware::from_fn_with_state(
            Arc::clone(&host),
            with_token,
        ));
    let app = calls
        .fallback(get(page))
        .layer(middleware::from_fn_with_state(
            Arc::clone(&host),
            same_origin,
        ))
        .layer(DefaultBodyLimit::max(CALL_BYTES_MAX))
        .with_state(host);
    axum::serve(listener, app)
        .with_graceful_shutdown(stopped())
        .await?;
    Ok(ExitCode::SUCCESS)
}

/// The screens that fit the device: a terminal's for a terminal, a phone's for everything else.
async fn role_of(api: &Api) -> String {
    let status = api.call("status", json!({})).await.unwrap_or_default();
    let role = if status["role"] == "terminal" {
        "terminal"
    } else {
        "phone"
    };
    role.to_owned()
}

async fn stopped() {
    // Where signals cannot be listened to, the program ends as the system ends it.
    let _unavailable = tokio::signal::ctrl_c().await;
}

fn refuse(status: StatusCode, error: CallError) -> Response {
    (status, axum::Json(json!({ "error": error }))).into_response()
}

/// True when the request was meant for this address and comes from no other site's page.
fn is_ours(host: &Host, headers: &HeaderMap) -> bool {
    let here = [
        host.addr.to_string(),
        format!("localhost:{}", host.addr.port()),
    ];
    let header = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let known_host =
        header(header::HOST).is_some_and(|name| here.iter().any(|known| known == name));
    let known_origin = header(header::ORIGIN)
        .is_none_or(|origin| here.iter().any(|known| origin == format!("http://{known}")));
    known_host && known_origin
}

/// Refuses other sites' pages and names that point here from elsewhere.
async fn same_origin(State(host): State<Arc<Host>>, request: Request, next: Next) -> Response {
    if !is_ours(&host, request.headers()) {
        return refuse(
            StatusCode::FORBIDDEN,
            CallError::new("not_permitted", "another site's request"),
        );
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(POLICY),
    );
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    headers.insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("no-referrer"),
    );
    response
}

#[derive(Deserialize)]
struct Token {
    token: Option<String>,
}

async fn with_token(
    State(host): State<Arc<Host>>,
    Query(query): Query<Token>,
    headers: HeaderMap,
    request: Request,
    next: Next,
) -> Response {
    let sent = headers
        .get("x-carrot-token")
        .and_then(|value| value.to_str().ok());
    if sent.or(query.token.as_deref()) != Some(host.token.as_str()) {
        return refuse(
            StatusCode::UNAUTHORIZED,
            CallError::new("not_permitted", "the start's token is missing"),
        );
    }
    next.run(request).await
}

async fn call(State(host): State<Arc<Host>>, Path(name): Path<String>, body: Bytes) -> Response {
    let request = match serde_json::from_slice(&body) {
        Ok(request) => request,
        Err(error) => {
            return refuse(
                StatusCode::BAD_REQUEST,
                CallError::new("bad_input", error.to_string()),
            );
        }
    };
    match host.api.call(&name, request).await {
        Ok(answer) => axum::Json(answer).into_response(),
        Err(error) => refuse(StatusCode::UNPROCESSABLE_ENTITY, error),
    }
}

async fn events(
    State(host): State<Arc<Host>>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let changes = host.api.subscribe();
    let stream = futures_util::stream::unfold(changes, |mut changes| async move {
        changes.changed().await.ok()?;
        let event = Event::default().event("changed").data("");
        Some((Ok(event), changes))
    });
    Sse::new(stream).keep_alive(KeepAlive::default())
}

async fn page(State(host): State<Arc<Host>>, request: Request) -> Response {
    let path = request.uri().path().trim_start_matches('/');
    let path = if path.is_empty() {
        host.page.as_str()
    } else {
        path
    };
    match crate::embedded::screen(path) {
        Some((bytes, mime)) => ([(header::CONTENT_TYPE, mime)], bytes.into_owned()).into_response(),
        None => refuse(
            StatusCode::NOT_FOUND,
            CallError::new("not_found", path.to_owned()),
        ),
    }
}
