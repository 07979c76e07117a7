//! The fiscal service of dialect C: `POST /api/v1/check/get` with `{token, qrraw}`; the answer's status
//! is 200 whatever it says, except where the service is out of order.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::story::{Asked, Scenario, receipt};

/// The token that the service does not know.
const BAD_TOKEN: &str = "bad";

#[derive(Default)]
struct Inner {
    /// How often each receipt was asked about.
    asked: Mutex<HashMap<String, usize>>,
    calls: AtomicUsize,
    down: AtomicBool,
}

/// A running fake; it ends with its handle.
pub struct FakeReceipts {
    addr: SocketAddr,
    inner: Arc<Inner>,
    task: JoinHandle<std::io::Result<()>>,
}

impl FakeReceipts {
    /// Starts it on a free port of this machine.
    pub async fn start() -> std::io::Result<Self> {
        Self::listen("127.0.0.1:0".parse().map_err(std::io::Error::other)?).await
    }

    /// Starts it at an address.
    pub async fn listen(addr: SocketAddr) -> std::io::Result<Self> {
        let listener = TcpListener::bind(addr).await?;
        let addr = listener.local_addr()?;
        let inner = Arc::new(Inner::default());
        let router = Router::new()
            .route("/api/v1/check/get", post(check))
            .with_state(Arc::clone(&inner));
        let task = tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Self { addr, inner, task })
    }

    /// The address that the dialect's path is put after.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.addr)
    }

    /// How many calls came in, those included that were not answered.
    #[must_use]
    pub fn calls(&self) -> usize {
        self.inner.calls.load(Ordering::SeqCst)
    }

    /// Whether it answers everything as out of order.
    pub fn set_down(&self, down: bool) {
        self.inner.down.store(down, Ordering::SeqCst);
    }

    /// Runs until it fails.
    pub async fn wait(mut self) -> std::io::Result<()> {
        (&mut self.task).await.map_err(std::io::Error::other)?
    }
}

impl Drop for FakeReceipts {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn said(code: i64, text: &str) -> Response {
    Json(json!({"code": code, "data": text})).into_response()
}

async fn check(State(inner): State<Arc<Inner>>, Json(body): Json<Value>) -> Response {
    inner.calls.fetch_add(1, Ordering::SeqCst);
    if inner.down.load(Ordering::SeqCst) {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let field = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or("");
    if field("token").is_empty() || field("token") == BAD_TOKEN {
        return said(3, "the token is not known");
    }
    let Some(asked) = Asked::read(field("qrraw")) else {
        return said(0, "this is no receipt");
    };
    let before = {
        let mut counts = inner.asked.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts
            .entry(format!("{}:{}:{}", asked.drive, asked.document, asked.sign))
            .or_insert(0);
        *count += 1;
        *count - 1
    };
    answer(&asked, Scenario::of(&asked.drive), before)
}

/// The answer to a question that was asked so often before.
fn answer(asked: &Asked, scenario: Scenario, before: usize) -> Response {
    let found = || Json(receipt(asked, scenario)).into_response();
    match scenario {
        Scenario::PendingTwice if before < 2 => said(2, "the data have not come yet"),
        Scenario::NotFound => said(5, "there are no data"),
        Scenario::Cancelled if before > 0 => said(5, "there are no data"),
        Scenario::Quota => {
            ([(header::RETRY_AFTER, "3600")], said(3, "too many calls")).into_response()
        }
        Scenario::Broken => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        Scenario::CutOff => {
            let whole = receipt(asked, scenario).to_string();
            let half: String = whole.chars().take(whole.chars().count() / 2).collect();
            ([(header::CONTENT_TYPE, "application/json")], half).into_response()
        }
        _ => found(),
    }
}
