//! A server in this process with one small programme, and devices that sign.
#![allow(dead_code, missing_docs, unused_imports)] // each test file uses a part of it

pub mod cast;
pub mod device;
pub mod follower;
pub mod home;

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
pub use follower::Follower;
pub use home::{Engine, Home};

/// When tests begin, UTC milliseconds.
pub const START_MS: i64 = 1_760_000_000_000;

/// A server whose clock the test turns.
pub struct World {
    pub home: Arc<Home>,
    pub clock: Arc<ManualClock>,
    pub store: Arc<Store>,
    pub app: axum::Router,
}

impl World {
    /// A server with the programme of [`cast`], on the database that the tests are run with.
    pub async fn new() -> Self {
        Self::on(Engine::chosen()).await
    }

    /// The same on one of the databases.
    pub async fn on(engine: Engine) -> Self {
        Self::with_cast(Home::new(engine).await).await
    }

    /// The same on PostgreSQL in this cluster.
    pub async fn in_cluster(cluster: &'static carrot_pg::Cluster) -> Self {
        Self::with_cast(Home::in_cluster(cluster)).await
    }

    async fn with_cast(home: Home) -> Self {
        let clock = Arc::new(ManualClock::at(START_MS));
        let world = Self::at(Arc::new(home), clock).await;
        cast::write(&world.store).await;
        world
    }

    async fn at(home: Arc<Home>, clock: Arc<ManualClock>) -> Self {
        let store = Arc::new(home.open(clock.clone()).await);
        let app = router(AppState::new(store.clone()));
        Self {
            home,
            clock,
            store,
            app,
        }
    }

    /// One more server over the same data, as another process would be.
    pub async fn other(&self) -> Self {
        Self::at(self.home.clone(), self.clock.clone()).await
    }

    /// The same data under a new process.
    pub async fn restart(self) -> Self {
        self.store.close().await;
        Self::at(self.home, self.clock).await
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
