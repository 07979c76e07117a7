//! The open device, as a foreign object.

use std::path::PathBuf;
use std::sync::Arc;

use carrot_api::{Api, CallError, KeyChoice, OpenOptions, SystemClock};
use serde_json::{Value, json};

use crate::error::CarrotError;
use crate::records::{ActivityLine, ClaimResult, DeviceStatus, PointsBalance, SyncResult};
use crate::runtime;

/// Told after every change that screens may show. Called on a thread of the core; return quickly.
#[uniffi::export(with_foreign)]
pub trait ChangeListener: Send + Sync {
    /// Something changed: ask again.
    fn changed(&self);
}

/// A device's open data folder. One process may hold a folder at a time.
#[derive(uniffi::Object)]
pub struct CarrotDevice {
    api: Arc<Api>,
}

async fn typed<T>(api: Arc<Api>, name: &'static str, request: Value) -> Result<T, CarrotError>
where
    T: serde::de::DeserializeOwned + Send + 'static,
{
    runtime::run(name, async move {
        let answer = api.call(name, request).await?;
        serde_json::from_value(answer)
            .map_err(|error| CallError::new("internal", error.to_string()))
    })
    .await
}

/// Opens a device's folder, creating it when it is missing.
///
/// `insecure_key_file` keeps keys in a file of the folder instead of the platform's secure store.
#[uniffi::export]
pub async fn open_device(
    dir: String,
    insecure_key_file: bool,
) -> Result<Arc<CarrotDevice>, CarrotError> {
    runtime::run("open_device", async move {
        let keys = if insecure_key_file {
            KeyChoice::InsecureFile
        } else {
            KeyChoice::Keyring
        };
        let options = OpenOptions {
            dir: PathBuf::from(dir),
            keys,
            clock: Arc::new(SystemClock::new()),
        };
        Ok(Arc::new(CarrotDevice {
            api: Arc::new(Api::open(options).await?),
        }))
    })
    .await
}

#[uniffi::export]
impl CarrotDevice {
    /// Makes any call of the schema: its name, its request as JSON, its answer as JSON.
    pub async fn call(&self, name: String, request_json: String) -> Result<String, CarrotError> {
        let api = Arc::clone(&self.api);
        runtime::run("call", async move {
            let request = serde_json::from_str(&request_json)
                .map_err(|error| CallError::new("bad_input", error.to_string()))?;
            Ok(api.call(&name, request).await?.to_string())
        })
        .await
    }

    /// Makes this folder a device of a programme.
    pub async fn enrol(
        &self,
        code: String,
        device_name: String,
    ) -> Result<DeviceStatus, CarrotError> {
        let request = json!({ "code": code, "device_name": device_name });
        let view: carrot_api::schema::StatusView =
            typed(Arc::clone(&self.api), "enrol", request).await?;
        Ok(view.into())
    }

    /// Where the device stands.
    pub async fn status(&self) -> Result<DeviceStatus, CarrotError> {
        let view: carrot_api::schema::StatusView =
            typed(Arc::clone(&self.api), "status", json!({})).await?;
        Ok(view.into())
    }

    /// Claims a sale by a code's or receipt's text; `product` where the text does not say.
    pub async fn claim(
        &self,
        text: String,
        product: Option<String>,
    ) -> Result<ClaimResult, CarrotError> {
        let request = json!({ "text": text, "product": product });
        let done: carrot_api::schema::ClaimDone =
            typed(Arc::clone(&self.api), "claim", request).await?;
        Ok(done.into())
    }

    /// The person's points.
    pub async fn balance(&self) -> Result<PointsBalance, CarrotError> {
        let home: carrot_api::schema::HomeView =
            typed(Arc::clone(&self.api), "home", json!({})).await?;
        Ok(home.into())
    }

    /// The person's history, newest first.
    pub async fn activity(&self, limit: u32) -> Result<Vec<ActivityLine>, CarrotError> {
        let lines: Vec<carrot_api::schema::ActivityView> =
            typed(Arc::clone(&self.api), "activity", json!({ "limit": limit })).await?;
        Ok(lines.into_iter().map(ActivityLine::from).collect())
    }

    /// Sends what waits and gets what is new.
    pub async fn sync(&self) -> Result<SyncResult, CarrotError> {
        let view: carrot_api::schema::SyncView =
            typed(Arc::clone(&self.api), "sync", json!({})).await?;
        Ok(view.into())
    }

    /// Keeps in step with the server while the shell is in the foreground.
    pub fn start_sync(&self) -> Result<(), CarrotError> {
        let api = Arc::clone(&self.api);
        runtime::start(async move { api.start_sync() })
    }

    /// The app leaves the screen: calls to servers break off and every file is closed, so that the
    /// system finds no lock. True when all are closed. Any call opens them again.
    pub async fn suspend(&self) -> Result<bool, CarrotError> {
        let api = Arc::clone(&self.api);
        runtime::run("suspend", async move { Ok(api.suspend().await) }).await
    }

    /// The app is on the screen again: syncing goes on at once.
    pub fn wake(&self) -> Result<(), CarrotError> {
        let api = Arc::clone(&self.api);
        runtime::start(async move { api.wake() })
    }

    /// Nobody looks, or somebody does again: while nobody looks, syncing takes its time.
    pub fn set_background(&self, away: bool) -> Result<(), CarrotError> {
        let api = Arc::clone(&self.api);
        runtime::start(async move { api.set_background(away) })
    }

    /// What the shell knows of the network and the battery: whether the network costs money by the
    /// byte, and whether the battery is low without being charged. Large photos wait for better.
    pub fn set_surroundings(&self, metered: bool, battery_low: bool) -> Result<(), CarrotError> {
        let api = Arc::clone(&self.api);
        runtime::start(async move { api.set_surroundings(metered, battery_low) })
    }

    /// Tells a listener about every change from now on.
    pub fn listen(&self, listener: Arc<dyn ChangeListener>) -> Result<(), CarrotError> {
        let api = Arc::clone(&self.api);
        runtime::start(async move {
            let mut changes = api.subscribe();
            while changes.changed().await.is_ok() {
                listener.changed();
            }
        })
    }
}
