//! A small programme in folders: the server's data, a till, a merchandiser's phone, a member's phone.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result};
use carrot_client::transport::Transport;
use carrot_client::{Clock, Device, KeyChoice, Membership, OpenOptions, Tuning};
use carrot_server::store::DeviceRole;
use carrot_server::{AppState, Store, create_enrolment, router};
use uuid::Uuid;

use crate::cast::{self, BUYER, MERCHANDISER, OUTLET, PROGRAMME};
use crate::direct::Direct;

/// What the member has at the beginning, points.
pub const MEMBER_POINTS: i64 = 1_000;
/// The till's folder.
pub const TILL: &str = "till";
/// The merchandiser's phone's folder.
pub const PHONE: &str = "phone";
/// The member's phone's folder.
pub const MEMBER: &str = "member";
/// The server's data folder.
pub const SERVER: &str = "server";

/// The clock of both sides.
#[derive(Clone, Copy)]
pub enum Time {
    /// The machine's.
    Real,
    /// It stands at an instant, UTC milliseconds.
    Still(i64),
}

impl Clock for Time {
    fn now_ms(&self) -> i64 {
        match self {
            Self::Real => carrot_server::Clock::now_ms(&carrot_server::SystemClock),
            Self::Still(ms) => *ms,
        }
    }
    fn boot_id(&self) -> String {
        "one start".to_owned()
    }
    fn since_boot_ms(&self) -> i64 {
        Clock::now_ms(self).rem_euclid(1_000_000_000)
    }
}

impl carrot_server::Clock for Time {
    fn now_ms(&self) -> i64 {
        Clock::now_ms(self)
    }
}

/// Opens the server's data of a world.
pub async fn store(root: &Path, time: Time) -> Result<Arc<Store>> {
    let opened = Store::open_with_clock(&root.join(SERVER), Arc::new(time)).await;
    Ok(Arc::new(opened?))
}

/// A line into a server without sockets.
#[must_use]
pub fn direct(store: &Arc<Store>) -> Arc<dyn Transport> {
    Arc::new(Direct(router(AppState::new(Arc::clone(store)))))
}

/// A device of a world that is open.
#[derive(Clone)]
pub struct Opened {
    /// The device.
    pub device: Arc<Device>,
    /// Its only membership.
    pub membership: Arc<Membership>,
}

impl Opened {
    /// Opens a device's folder over a line into a server without sockets.
    pub async fn over(store: &Arc<Store>, dir: &Path, time: Time) -> Result<Self> {
        let device = Arc::new(device(dir, time, over(direct(store))).await?);
        let membership = membership(&device)?;
        Ok(Self { device, membership })
    }
}

/// Opens a device's folder.
pub async fn device(dir: &Path, time: Time, tuning: Tuning) -> carrot_client::Result<Device> {
    let options = OpenOptions {
        dir: dir.to_owned(),
        keys: KeyChoice::InsecureFile,
        clock: Arc::new(time),
    };
    Device::open_with(options, tuning).await
}

/// A tuning with this line and nothing else.
#[must_use]
pub fn over(transport: Arc<dyn Transport>) -> Tuning {
    Tuning {
        transport: Some(transport),
        ..Tuning::default()
    }
}

/// The only membership of a device.
pub fn membership(device: &Device) -> Result<Arc<Membership>> {
    let first = device.memberships().into_iter().next();
    first.context("the folder has no membership")
}

/// The folder where a device keeps its files of the programme.
#[must_use]
pub fn files(device: &Path) -> PathBuf {
    device.join("m").join(PROGRAMME.to_string())
}

/// The key of a device's databases.
pub fn database_key(device: &Path) -> Result<[u8; 32]> {
    let text = std::fs::read_to_string(files(device).join("keys.json"))?;
    let keys: serde_json::Value = serde_json::from_str(&text)?;
    let database = keys["database"].as_str().context("no database key")?;
    let bytes = hex::decode(database)?.try_into();
    bytes.map_err(|_| anyhow::anyhow!("a key of another size"))
}

/// Makes a world: the programme with its people, the member's points, and three enrolled devices that
/// think their server is at `url`. `phone_schema_max` is the schema of the phone's files.
pub async fn make(root: &Path, time: Time, url: &str, phone_schema_max: u32) -> Result<()> {
    let store = store(root, time).await?;
    cast::write(&store).await;
    cast::endow(&store, BUYER, MEMBER_POINTS).await;
    let plan = [
        (TILL, DeviceRole::Terminal, Some(OUTLET), None, u32::MAX),
        (
            PHONE,
            DeviceRole::Phone,
            None,
            Some(MERCHANDISER),
            phone_schema_max,
        ),
        (MEMBER, DeviceRole::Phone, None, Some(BUYER), u32::MAX),
    ];
    for (name, role, outlet, person, schema_max) in plan {
        let code = enrolment(&store, role, outlet, person, url).await?;
        let tuning = Tuning {
            schema_max,
            ..over(direct(&store))
        };
        let device = device(&root.join(name), time, tuning).await?;
        let membership = device.enrol(&code, name).await?;
        if schema_max == u32::MAX {
            membership.sync().await?;
        }
        drop(membership);
        device.close().await;
    }
    store.close().await;
    Ok(())
}

/// The text of a code that makes a device.
pub async fn enrolment(
    store: &Store,
    role: DeviceRole,
    outlet: Option<Uuid>,
    person: Option<Uuid>,
    url: &str,
) -> Result<String> {
    let mut tx = store.begin(PROGRAMME).await?;
    let text = create_enrolment(&mut tx, role, outlet, person, url).await?;
    tx.commit().await?;
    Ok(text)
}

/// Copies a folder with everything in it.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
