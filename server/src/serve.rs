//! A server from a store: open, listen, answer, stop.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::serve::Listener;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::error::{Error, Result};
use crate::hints;
use crate::http::{AppState, Peer, router};
use crate::jobs;
use crate::receipts;
use crate::store::{Place, Store, StoreTuning};
pub use crate::tls::TlsFiles;
use crate::tls::TlsListener;

/// What a server needs to start.
#[derive(Debug, Clone)]
pub struct ServeConfig {
    /// Where its store is.
    pub place: Place,
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// TLS, or plain HTTP for a machine of one's own or behind a proxy.
    pub tls: Option<TlsFiles>,
}

/// A running server.
pub struct Served {
    /// Where it listens.
    pub addr: SocketAddr,
    /// Its data.
    pub store: Arc<Store>,
    /// `http` or `https`.
    pub scheme: &'static str,
    stop: watch::Sender<bool>,
    task: JoinHandle<std::io::Result<()>>,
    clock: JoinHandle<()>,
    robot: JoinHandle<()>,
    /// Hears other processes, where there is a way to.
    others: Option<JoinHandle<()>>,
}

/// Opens the store and starts answering. Errors when it does not open, the address is
/// taken or the TLS files do not read.
pub async fn serve(config: ServeConfig) -> Result<Served> {
    let store = Arc::new(Store::open_at(&config.place, StoreTuning::default()).await?);
    serve_store(store, config.listen, config.tls.as_ref()).await
}

/// The same over a store that is open already.
pub async fn serve_store(
    store: Arc<Store>,
    listen: SocketAddr,
    tls: Option<&TlsFiles>,
) -> Result<Served> {
    let listener = TcpListener::bind(listen).await?;
    let addr = listener.local_addr()?;
    let state = AppState::new(Arc::clone(&store));
    let router = router(if tls.is_some() {
        state.over_tls()
    } else {
        state
    });
    let (stop, stopped) = watch::channel(false);
    let others = hints::start(store.hints(), stopped.clone()).await;
    let (task, scheme) = match tls {
        None => (tokio::spawn(run(listener, router, stopped)), "http"),
        Some(files) => (
            tokio::spawn(run(TlsListener::start(listener, files)?, router, stopped)),
            "https",
        ),
    };
    let clock = jobs::start(Arc::clone(&store), stop.subscribe());
    let robot = receipts::start(Arc::clone(&store), stop.subscribe());
    tracing::info!(%addr, scheme, "listening");
    Ok(Served {
        addr,
        store,
        scheme,
        stop,
        task,
        clock,
        robot,
        others,
    })
}

async fn run<L>(
    listener: L,
    router: Router,
    mut stopped: watch::Receiver<bool>,
) -> std::io::Result<()>
where
    L: Listener<Addr = SocketAddr>,
    Peer: for<'a> axum::extract::connect_info::Connected<axum::serve::IncomingStream<'a, L>>,
{
    axum::serve(
        listener,
        router.into_make_service_with_connect_info::<Peer>(),
    )
    .with_graceful_shutdown(async move {
        // An error means that nobody is left who could stop it: then it stops.
        let _ = stopped.wait_for(|stop| *stop).await;
    })
    .await
}

impl Served {
    /// The address that a device on this machine calls.
    #[must_use]
    pub fn url(&self) -> String {
        format!("{}://{}", self.scheme, self.addr)
    }

    /// Answers what is under way, takes nothing new, and closes the database.
    pub async fn stop(self) -> Result<()> {
        let _ = self.stop.send(true);
        // Lines without an end would hold the stop back.
        self.store.hints().close();
        let ended = self
            .task
            .await
            .map_err(|error| Error::File(std::io::Error::other(error)))?;
        self.clock
            .await
            .map_err(|error| Error::File(std::io::Error::other(error)))?;
        self.robot
            .await
            .map_err(|error| Error::File(std::io::Error::other(error)))?;
        if let Some(others) = self.others {
            others
                .await
                .map_err(|error| Error::File(std::io::Error::other(error)))?;
        }
        self.store.close().await;
        Ok(ended?)
    }

    /// Runs until it fails.
    pub async fn wait(&mut self) -> Result<()> {
        let ended = (&mut self.task).await;
        Ok(ended.map_err(|error| Error::File(std::io::Error::other(error)))??)
    }
}
