//! The world as it is before anything goes wrong: made once, copied for each fleet.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result};
use carrot_server::Durability;
use carrot_server::create_enrolment;
use carrot_server::store::DeviceRole;
use tempfile::TempDir;
use uuid::Uuid;

use crate::auditor::Auditor;
use crate::cast::{self, Cast};
use crate::dice::{Dice, SeededEntropy};
use crate::net::Hub;
use crate::store::{Server, ServerProbe, ServerTuning, copy_server, copy_tree};
use crate::time::Time;
use crate::unit::{Parts, Role, Unit};

/// The seed of what every fleet has in common.
const SEED: u64 = 0x7E3A;

/// A device of the template.
#[derive(Debug, Clone)]
pub struct Planned {
    /// Its programme.
    pub cast: Cast,
    /// What it is.
    pub role: Role,
    /// Its id.
    pub device: Uuid,
    /// The newest schema that its program knows.
    pub schema_max: u32,
}

/// The world before the first fault.
pub struct Template {
    folder: TempDir,
    /// Devices by number.
    pub devices: Vec<Planned>,
    /// Where fleets have their folders.
    pub base: PathBuf,
}

fn plan() -> Vec<(Cast, Role)> {
    let (one, two) = (Cast { number: 0 }, Cast { number: 1 });
    vec![
        (one, Role::Terminal(0)),
        (one, Role::Terminal(0)),
        (one, Role::Terminal(1)),
        (one, Role::Phone(one.buyer(0))),
        (one, Role::Phone(one.buyer(1))),
        (one, Role::Phone(one.seller(0))),
        (one, Role::Phone(one.merchandiser())),
        (two, Role::Terminal(0)),
        (two, Role::Phone(two.buyer(0))),
    ]
}

/// Some devices run programs of earlier times until somebody brings a newer one.
fn schema_of(number: usize) -> u32 {
    match number {
        1 => 3,
        3 | 8 => 4,
        5 => 2,
        _ => u32::MAX,
    }
}

impl Template {
    /// Makes it under a folder, which should be in memory.
    pub async fn make(base: &Path) -> Result<Self> {
        let folder = TempDir::new_in(base)?;
        let time = Arc::new(Time::default());
        let probe = Arc::new(ServerProbe::default());
        let tuning = ServerTuning {
            time: Arc::clone(&time),
            entropy: Arc::new(SeededEntropy::new(SEED, 1)),
            probe: Arc::clone(&probe),
            durability: Durability::Played,
        };
        let server = Server::open(&folder.path().join("server"), &tuning).await?;
        for number in 0..2 {
            cast::write(&server.store, Cast { number }).await?;
        }
        let hub = Hub::new(
            Arc::clone(&time),
            probe,
            Dice::new(SEED),
            Auditor::default(),
        );
        let hub = Arc::new(hub);
        hub.held().router = Some(server.router.clone());
        let mut devices = Vec::new();
        for (number, (cast, role)) in plan().into_iter().enumerate() {
            let dir = folder.path().join(format!("device-{number}"));
            let unit = Unit::new(&Parts {
                number,
                cast,
                role,
                dir: &dir,
                seed: SEED,
                time: &time,
                hub: &hub,
                durability: carrot_client::Durability::Played,
                schema_max: schema_of(number),
            });
            let code = enrolment(&server, cast, role).await?;
            let device = unit.open_device().await?;
            let membership = device.enrol(&code, "simulated").await?;
            membership.sync().await?;
            devices.push(Planned {
                cast,
                role,
                device: membership.device_id(),
                schema_max: schema_of(number),
            });
            drop(membership);
            device.close().await;
        }
        hub.held().router = None;
        server.store.close().await;
        Ok(Self {
            folder,
            devices,
            base: base.to_owned(),
        })
    }

    /// Copies the server's folder.
    pub fn server_to(&self, dir: &Path) -> Result<()> {
        Ok(copy_server(&self.folder.path().join("server"), dir)?)
    }

    /// Copies one device's folder.
    pub fn device_to(&self, number: usize, dir: &Path) -> Result<()> {
        let from = self.folder.path().join(format!("device-{number}"));
        copy_tree(&from, dir).with_context(|| format!("device {number}"))
    }
}

async fn enrolment(server: &Server, cast: Cast, role: Role) -> Result<String> {
    let mut tx = server.store.begin(cast.programme()).await?;
    let (kind, outlet, person) = match role {
        Role::Terminal(at) => (DeviceRole::Terminal, Some(cast.outlet(at)), None),
        Role::Phone(person) => (DeviceRole::Phone, None, Some(person)),
    };
    let code = create_enrolment(&mut tx, kind, outlet, person, "http://sim.invalid").await?;
    tx.commit().await?;
    Ok(code)
}
