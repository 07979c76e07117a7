//! The runtime that foreign calls run on.

use std::sync::OnceLock;

use carrot_api::CallError;
use tokio::runtime::{Builder, Runtime};

use crate::error::CarrotError;

static RUNTIME: OnceLock<Option<Runtime>> = OnceLock::new();

fn runtime() -> Result<&'static Runtime, CallError> {
    let made = RUNTIME.get_or_init(|| {
        // Set once per process; a host that set its own keeps it.
        let _already_set = rustls::crypto::ring::default_provider().install_default();
        Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("carrot")
            .enable_all()
            .build()
            .ok()
    });
    made.as_ref()
        .ok_or_else(|| CallError::new("internal", "no threads could be started"))
}

/// Runs work to its end, whether or not the caller goes on waiting.
pub async fn run<T: Send + 'static>(
    name: &str,
    work: impl Future<Output = Result<T, CallError>> + Send + 'static,
) -> Result<T, CarrotError> {
    let handle = runtime()?.spawn(work);
    match handle.await {
        Ok(answer) => answer.map_err(CarrotError::from),
        Err(error) => Err(CallError::new("internal", format!("{name}: {error}")).into()),
    }
}

/// Starts work that nobody waits for.
pub fn start(work: impl Future<Output = ()> + Send + 'static) -> Result<(), CarrotError> {
    runtime()?.spawn(work);
    Ok(())
}
