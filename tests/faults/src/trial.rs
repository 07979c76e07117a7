//! One trial: a world that is copied, days in it during which something fails, and the reckoning.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use carrot_client::transport::Transport;
use carrot_client::{ClientError, Membership, Tuning};
use carrot_server::Store;
use carrot_wire::limits::PROOF_STEP_MS;
use tempfile::TempDir;
use uuid::Uuid;

use crate::world::{self, MEMBER, PHONE, TILL, Time};
use crate::{check, day};

/// When days without a real clock take place, UTC milliseconds: the beginning of a rotating code's step.
pub const NOW_MS: i64 = 1_760_000_000_000 - 1_760_000_000_000 % PROOF_STEP_MS;
/// The clock of such days.
pub const TIME: Time = Time::Still(NOW_MS);
/// Where devices think that a server without sockets is.
pub const NOWHERE: &str = "http://127.0.0.1:1";

/// What a trial found.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Trials.
    pub tried: usize,
    /// Confirmed commands that are gone.
    pub lost: usize,
    /// Accounts and answers that are not what was booked and answered once.
    pub doubled: usize,
}

impl Found {
    /// Adds another's figures.
    pub fn add(&mut self, other: Self) {
        self.tried += other.tried;
        self.lost += other.lost;
        self.doubled += other.doubled;
    }

    /// Prints the figures for the proof's table; anything lost or doubled is an error.
    pub fn settle(self) -> Result<()> {
        crate::chance::told(self.tried, self.lost, self.doubled);
        anyhow::ensure!(
            self.tried > 0 && self.lost == 0 && self.doubled == 0,
            "{self:?}"
        );
        Ok(())
    }
}

/// A world from which others are copied.
pub struct Template(TempDir);

impl Template {
    /// Makes it; the phone's files are of the oldest schema.
    pub async fn make(time: Time, url: &str) -> Result<Self> {
        let root = TempDir::new()?;
        world::make(root.path(), time, url, 1).await?;
        Ok(Self(root))
    }

    /// A world of one's own.
    pub fn copy(&self) -> Result<TempDir> {
        let root = TempDir::new()?;
        world::copy(self.0.path(), root.path())?;
        Ok(root)
    }
}

/// How a day ended: what was confirmed, and what stopped it.
#[derive(Debug, Default)]
pub struct Ended {
    /// The till's commands.
    pub till: Vec<Uuid>,
    /// The phone's commands.
    pub phone: Vec<Uuid>,
    /// The first failure of each device.
    pub stopped: Vec<ClientError>,
    /// Commands that had no answer at the end of the day.
    pub waiting: u64,
}

/// Both devices' days over one line. A failure ends that device's day, and is told.
pub async fn days(root: &Path, line: Arc<dyn Transport>, tuning: Tuning) -> Result<Ended> {
    let mut ended = Ended::default();
    let with = || Tuning {
        transport: Some(Arc::clone(&line)),
        ..tuning.clone()
    };
    let member = world::device(&root.join(MEMBER), TIME, world::over(Arc::clone(&line))).await?;
    let shown = world::membership(&member)?;
    match world::device(&root.join(TILL), TIME, with()).await {
        Ok(device) => {
            let till = world::membership(&device)?;
            let mut told = |id| ended.till.push(id);
            let stopped = day::till(&till, &shown, &mut told).await;
            ended.stopped.extend(stopped.err());
            ended.waiting += till.status().await?.waiting;
            drop(till);
            device.close().await;
        }
        Err(error) => ended.stopped.push(error),
    }
    match world::device(&root.join(PHONE), TIME, with()).await {
        Ok(device) => {
            let phone = world::membership(&device)?;
            let mut told = |id| ended.phone.push(id);
            let stopped = day::phone(&phone, &mut told).await;
            ended.stopped.extend(stopped.err());
            ended.waiting += phone.status().await?.waiting;
            drop(phone);
            device.close().await;
        }
        Err(error) => ended.stopped.push(error),
    }
    drop(shown);
    member.close().await;
    Ok(ended)
}

/// Afterwards nothing fails any more: both devices have what they confirmed, deliver it, and every effect
/// is in the books once. `before` is what the accounts held before the day.
pub async fn reckon(
    root: &Path,
    time: Time,
    store: &Arc<Store>,
    ended: &Ended,
    before: &std::collections::BTreeMap<String, i64>,
) -> Result<Found> {
    let mut found = Found {
        tried: 1,
        ..Found::default()
    };
    let mut devices = Vec::new();
    for (name, confirmed) in [(TILL, &ended.till), (PHONE, &ended.phone)] {
        check::sound(&root.join(name))
            .await
            .with_context(|| name.to_owned())?;
        let tuning = world::over(world::direct(store));
        let device = world::device(&root.join(name), time, tuning).await;
        let device = device.with_context(|| name.to_owned())?;
        let membership = world::membership(&device)?;
        found.lost += check::lost(&membership, confirmed).await?;
        check::deliver(&membership)
            .await
            .with_context(|| name.to_owned())?;
        let arrived = check::arrived(&membership, store, confirmed).await?;
        found.lost += arrived.lost;
        found.doubled += arrived.differ;
        devices.push((device, membership));
    }
    let all: Vec<&Membership> = devices.iter().map(|(_, one)| one.as_ref()).collect();
    found.doubled += check::doubled(store, &all, before).await?;
    for (device, membership) in devices {
        drop(membership);
        device.close().await;
    }
    Ok(found)
}
