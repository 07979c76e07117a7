//! A server in this process with one small programme, and devices that sign.
#![allow(dead_code, missing_docs)] // each test file uses a part of it

pub mod cast;
pub mod device;

use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use carrot_rules::Account;
use carrot_server::{AppState, ManualClock, Store, Tx, router};
use http_body_util::BodyExt as _;
use serde_json::Value;
use tower::ServiceExt as _;
use uuid::Uuid;

pub use cast::*;
pub use device::*;

/// When tests begin, UTC milliseconds.
pub const START_MS: i64 = 1_760_000_000_000;

/// A server whose clock the test turns.
pub struct World {
    pub folder: tempfile::TempDir,
    pub clock: Arc<ManualClock>,
    pub store: Arc<Store>,
    pub app: axum::Router,
}

impl World {
    /// A server with the programme of [`cast`].
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(ManualClock::at(START_MS));
        let store = Store::open_with_clock(folder.path(), clock.clone())
            .await
            .unwrap();
        cast::write(&store).await;
        let store = Arc::new(store);
        let app = router(AppState::new(store.clone()));
        Self {
            folder,
            clock,
            store,
            app,
        }
    }

    /// A call with a JSON body.
    pub async fn post(&self, path: &str, token: Option<&str>, body: Value) -> (StatusCode, Value) {
        let mut request = Request::post(path).header(header::CONTENT_TYPE, "application/json");
        if let Some(token) = token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        let request = request.body(Body::from(body.to_string())).unwrap();
        let (status, bytes) = self.send(request).await;
        (
            status,
            serde_json::from_slice(&bytes).unwrap_or(Value::Null),
        )
    }

    pub async fn send(&self, request: Request<Body>) -> (StatusCode, Vec<u8>) {
        let response = self.app.clone().oneshot(request).await.unwrap();
        let status = response.status();
        (
            status,
            response
                .into_body()
                .collect()
                .await
                .unwrap()
                .to_bytes()
                .to_vec(),
        )
    }

    pub async fn begin(&self) -> Tx {
        self.store.begin(PROGRAMME).await.unwrap()
    }

    pub async fn active(&self, person: Uuid) -> i64 {
        self.store
            .balance(PROGRAMME, Account::active(person))
            .await
            .unwrap()
    }

    pub async fn pending(&self, person: Uuid) -> i64 {
        self.store
            .balance(PROGRAMME, Account::pending(person))
            .await
            .unwrap()
    }

    pub async fn balance(&self, account: Account) -> i64 {
        self.store.balance(PROGRAMME, account).await.unwrap()
    }

    /// Every test ends with books and feeds that prove themselves.
    pub async fn close(self) {
        let report = self.store.verify_books().await.unwrap();
        assert!(report.holds(), "{:#?}", report.faults);
        assert!(report.feeds > 0);
    }
}
