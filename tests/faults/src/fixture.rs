//! Folders of a released schema: made once, kept as they are, upgraded in tests for ever. A fixture holds
//! a server's data, a till and a phone with commands in every state, and the calls by which that release
//! delivered them. Its keys are test keys in files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context as _, Result, ensure};
use carrot_client::db::{Db, Store as File};
use carrot_client::transport::{Call, Sent, Transport};
use carrot_client::{Membership, Tuning};
use carrot_rules::Command;
use carrot_rules::command::GoalSet;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::cast::{CASHIER, MERCHANDISER};
use crate::direct::Nobody;
use crate::trial::{NOWHERE, TIME};
use crate::world::{self, MEMBER, PHONE, TILL};
use crate::{check, day};

/// The file that describes a fixture.
const DESCRIPTION: &str = "fixture.json";
/// The file with the release's calls, a line each.
const CALLS: &str = "calls.jsonl";

/// What a fixture says about itself.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Fixture {
    /// The till's commands that its screen confirmed.
    pub till: Vec<Uuid>,
    /// The phone's.
    pub phone: Vec<Uuid>,
    /// What the accounts held before all of them.
    pub before: BTreeMap<String, i64>,
}

/// A call that a release made.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Made {
    /// The device's folder.
    pub device: String,
    /// Path.
    pub path: String,
    /// The body, word for word.
    pub body: String,
}

impl Fixture {
    /// Reads a fixture's description.
    pub fn read(folder: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(folder.join(DESCRIPTION))?;
        Ok(serde_json::from_str(&text)?)
    }
}

/// The calls of a fixture's release.
pub fn calls(folder: &Path) -> Result<Vec<Made>> {
    let text = std::fs::read_to_string(folder.join(CALLS))?;
    let read = |line: &str| serde_json::from_str(line).context("a call");
    text.lines().map(read).collect()
}

/// Where the fixtures are.
#[must_use]
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

/// Makes a fixture. `phone_schema_max` is the schema of the phone's files.
pub async fn make(folder: &Path, phone_schema_max: u32) -> Result<()> {
    ensure!(
        !folder.exists(),
        "{} is there already: a fixture never changes",
        folder.display()
    );
    world::make(folder, TIME, NOWHERE, phone_schema_max).await?;
    let store = world::store(folder, TIME).await?;
    let before = check::balances(&store).await?;
    let line: Arc<dyn Transport> = world::direct(&store);
    let mut fixture = Fixture {
        till: Vec::new(),
        phone: Vec::new(),
        before,
    };
    till(folder, &line, &mut fixture.till).await?;
    phone(folder, &line, phone_schema_max, &mut fixture.phone).await?;
    store.close().await;
    std::fs::remove_dir_all(folder.join(MEMBER))?;
    let text = serde_json::to_string_pretty(&fixture)?;
    std::fs::write(folder.join(DESCRIPTION), text + "\n")?;
    if phone_schema_max == u32::MAX {
        record(folder).await?;
    }
    Ok(())
}

/// Settled, refused, under review; then the network is gone, and a sale and a redemption wait. One settled
/// command is put back to where it is shown until the base has caught up, one is in a push without an
/// answer, one has stopped the queue.
async fn till(folder: &Path, line: &Arc<dyn Transport>, confirmed: &mut Vec<Uuid>) -> Result<()> {
    let open = async |name: &str, line: Arc<dyn Transport>| -> Result<_> {
        let device = world::device(&folder.join(name), TIME, world::over(line)).await?;
        let membership = world::membership(&device)?;
        Ok((device, membership))
    };
    let (member, shown) = open(MEMBER, Arc::clone(line)).await?;
    let (device, till) = open(TILL, Arc::clone(line)).await?;
    day::till(&till, &shown, &mut |id| confirmed.push(id)).await?;
    refused(&till, CASHIER, confirmed).await?;
    till.sync().await?;
    drop(till);
    device.close().await;
    let (device, till) = open(TILL, Arc::new(Nobody)).await?;
    day::till(&till, &shown, &mut |id| confirmed.push(id)).await?;
    drop((till, shown));
    device.close().await;
    member.close().await;
    let states = [(1, "accepted"), (8, "sending"), (9, "blocked")];
    put_states(&folder.join(TILL), &states).await
}

async fn phone(
    folder: &Path,
    line: &Arc<dyn Transport>,
    schema_max: u32,
    confirmed: &mut Vec<Uuid>,
) -> Result<()> {
    // Files of an old schema cannot be brought into step by a program that knows a newer one.
    let line = if schema_max == u32::MAX {
        Arc::clone(line)
    } else {
        Arc::new(Nobody)
    };
    let tuning = Tuning {
        schema_max,
        ..world::over(line)
    };
    let device = world::device(&folder.join(PHONE), TIME, tuning).await?;
    let phone = world::membership(&device)?;
    day::phone(&phone, &mut |id| confirmed.push(id)).await?;
    if schema_max == u32::MAX {
        refused(&phone, MERCHANDISER, confirmed).await?;
    }
    drop(phone);
    device.close().await;
    Ok(())
}

async fn refused(device: &Membership, actor: Uuid, confirmed: &mut Vec<Uuid>) -> Result<()> {
    let goal = GoalSet {
        reward: Some("NOTHING".to_owned()),
    };
    let submitted = device.submit(Command::GoalSet(goal), actor, None, Vec::new());
    confirmed.push(submitted.await?.command_id);
    Ok(())
}

async fn put_states(device: &Path, states: &[(i64, &str)]) -> Result<()> {
    let key = world::database_key(device)?;
    let db = Db::open(File::Outbox, &world::files(device), &key, u32::MAX).await?;
    for (seq, state) in states {
        let change = sqlx::query("UPDATE command SET state = ?1 WHERE device_seq = ?2");
        change.bind(*state).bind(seq).execute(db.writer()).await?;
    }
    db.close().await;
    Ok(())
}

/// Delivers a copy of the fixture and writes down the calls.
async fn record(folder: &Path) -> Result<()> {
    let copy = tempfile::TempDir::new()?;
    world::copy(folder, copy.path())?;
    let store = world::store(copy.path(), TIME).await?;
    let mut lines = String::new();
    for name in [TILL, PHONE] {
        let heard = Arc::new(Recording {
            line: world::direct(&store),
            device: name,
            made: Mutex::new(Vec::new()),
        });
        let tuning = world::over(Arc::clone(&heard) as Arc<dyn Transport>);
        let device = world::device(&copy.path().join(name), TIME, tuning).await?;
        let membership = world::membership(&device)?;
        check::deliver(&membership).await?;
        drop(membership);
        device.close().await;
        let made = std::mem::take(&mut *heard.made.lock().unwrap_or_else(PoisonError::into_inner));
        for call in made {
            lines.push_str(&serde_json::to_string(&call)?);
            lines.push('\n');
        }
    }
    store.close().await;
    Ok(std::fs::write(folder.join(CALLS), lines)?)
}

/// A line that writes down pushes and pulls.
struct Recording {
    line: Arc<dyn Transport>,
    device: &'static str,
    made: Mutex<Vec<Made>>,
}

impl Transport for Recording {
    fn send<'a>(&'a self, server: &'a str, call: Call) -> Sent<'a> {
        if ["/v1/commands", "/v1/pull"].contains(&call.path.as_str()) {
            let made = Made {
                device: self.device.to_owned(),
                path: call.path.clone(),
                body: String::from_utf8_lossy(&call.body).into_owned(),
            };
            self.made
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(made);
        }
        self.line.send(server, call)
    }
}
