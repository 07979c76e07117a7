//! One device of the fleet: the real client on real files, with clocks and a line that are played, and
//! ends that come at named points.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU8, Ordering};

use anyhow::{Context as _, Result};
use carrot_client::probe::{Looking, Point, Probe};
use carrot_client::{
    ClientError, Clock as _, Device, Durability, KeyChoice, Membership, OpenOptions, Tuning,
};
use carrot_rules::Command;
use carrot_sync::{Effect, Event, Scheduler};
use tokio::sync::Notify;
use uuid::Uuid;

use crate::cast::Cast;
use crate::dice::{Dice, SeededEntropy};
use crate::line::Line;
use crate::looks::SHOWN_SCHEMA;
use crate::net::Hub;
use crate::store::copy_tree;
use crate::time::{DeviceClock, Time};

/// Bytes before the first frame of a log, of a frame's head, and of a page.
const WAL_HEAD_BYTES: u64 = 32;
const FRAME_BYTES: u64 = 24 + 4_096;
/// Effects of one schedule without a pause; more is a loop that never ends.
const EFFECTS_MAX: usize = 400;

/// What a device is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// On the counter of an outlet, 0 or 1.
    Terminal(u128),
    /// Somebody's phone.
    Phone(Uuid),
}

/// What happens at a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The program ends.
    Kill,
    /// A file cannot be written, once.
    Eio,
}

/// Ends the program at a point, or lets a write fail there.
#[derive(Debug, Default)]
pub struct UnitProbe {
    left: AtomicI64,
    ending: AtomicU8,
    fired: Notify,
    /// Points passed.
    pub passed: AtomicI64,
}

impl UnitProbe {
    /// Ends at the so-manieth point from here; zero or less never.
    pub fn arm(&self, points: i64, ending: Ending) {
        self.ending
            .store(u8::from(ending == Ending::Eio), Ordering::SeqCst);
        self.left.store(points, Ordering::SeqCst);
    }
}

impl Probe for UnitProbe {
    fn at(&self, _point: Point) -> Looking<'_> {
        Box::pin(async move {
            self.passed.fetch_add(1, Ordering::SeqCst);
            if self.left.fetch_sub(1, Ordering::SeqCst) != 1 {
                return Ok(());
            }
            if self.ending.load(Ordering::SeqCst) == 1 {
                return Err(ClientError::Storage("input/output error".to_owned()));
            }
            self.fired.notify_one();
            std::future::pending().await
        })
    }
}

/// A device.
pub struct Unit {
    /// Its number in the fleet.
    pub number: usize,
    /// Its programme.
    pub cast: Cast,
    /// What it is.
    pub role: Role,
    /// Its clocks.
    pub clock: Arc<DeviceClock>,
    /// Where its program ends.
    pub probe: Arc<UnitProbe>,
    /// The open device; none while it is switched off.
    device: Option<Device>,
    /// Its membership while it is open.
    pub membership: Option<Arc<Membership>>,
    /// Who works with it.
    pub actor: Uuid,
    /// What decides when it calls.
    pub scheduler: Scheduler,
    /// When its timer rings, true milliseconds since the start.
    pub timer_ms: Option<i64>,
    events: VecDeque<Event>,
    dir: PathBuf,
    copies: u32,
    entropy: Arc<SeededEntropy>,
    line: Arc<Line>,
    time: Arc<Time>,
    durability: Durability,
    dice: Dice,
    /// The most pages of its files; none while there is room.
    pub pages_max: Option<u32>,
    /// The newest schema that its program knows.
    pub schema_max: u32,
    /// An older copy goes on, or the server never takes it back: its queue stops for good.
    pub forked: bool,
    /// Its outbox was damaged: the journal beside it holds commands, not photos, nor what each showed.
    pub queue_damaged: bool,
    /// True when its first program was one that did not write down what it showed.
    pub began_older: bool,
    /// It was carried to another outlet.
    pub moved: bool,
    /// Pulls that began.
    pub sessions: u64,
}

/// What a unit is made of.
pub struct Parts<'a> {
    /// Its number in the fleet.
    pub number: usize,
    /// Its programme.
    pub cast: Cast,
    /// What it is.
    pub role: Role,
    /// Its folder.
    pub dir: &'a Path,
    /// The fleet's seed.
    pub seed: u64,
    /// The true time.
    pub time: &'a Arc<Time>,
    /// The lines.
    pub hub: &'a Arc<Hub>,
    /// Whether commits wait for the disk.
    pub durability: Durability,
    /// The newest schema that its program knows.
    pub schema_max: u32,
}

impl Unit {
    /// A unit that is switched off.
    #[must_use]
    pub fn new(parts: &Parts<'_>) -> Self {
        let part = 100 + u64::try_from(parts.number).unwrap_or(0);
        let actor = match parts.role {
            Role::Terminal(outlet) => parts.cast.cashier(outlet, 0),
            Role::Phone(person) => person,
        };
        Self {
            number: parts.number,
            cast: parts.cast,
            role: parts.role,
            clock: Arc::new(DeviceClock::new(Arc::clone(parts.time))),
            probe: Arc::default(),
            device: None,
            membership: None,
            actor,
            scheduler: Scheduler::new(),
            timer_ms: None,
            events: VecDeque::new(),
            dir: parts.dir.to_owned(),
            copies: 0,
            entropy: Arc::new(SeededEntropy::new(parts.seed, part)),
            line: Arc::new(Line::new(Arc::clone(parts.hub), parts.number)),
            time: Arc::clone(parts.time),
            durability: parts.durability,
            dice: Dice::branch(parts.seed, part + 500),
            pages_max: None,
            schema_max: parts.schema_max,
            forked: false,
            queue_damaged: false,
            began_older: parts.schema_max < SHOWN_SCHEMA,
            moved: false,
            sessions: 0,
        }
    }

    /// Opens the folder as it is; enrols nothing.
    pub async fn open_device(&self) -> Result<Device, ClientError> {
        let options = OpenOptions {
            dir: self.dir.clone(),
            keys: KeyChoice::InsecureFile,
            clock: self.clock.clone(),
        };
        let tuning = Tuning {
            transport: Some(self.line.clone()),
            entropy: self.entropy.clone(),
            durability: self.durability,
            probe: Some(self.probe.clone()),
            pages_max: self.pages_max,
            schema_max: self.schema_max,
            ..Tuning::default()
        };
        Device::open_with(options, tuning).await
    }

    /// Switches it on.
    pub async fn start(&mut self) -> Result<()> {
        self.probe.arm(0, Ending::Kill);
        let device = self.open_device().await;
        let device = device.with_context(|| format!("device {} opens", self.number))?;
        let membership = match device.memberships().into_iter().next() {
            Some(membership) => membership,
            // Whoever signed out and found no room to come back comes back now.
            None => {
                let resumed = device.resume(self.cast.programme()).await;
                resumed.context("whoever signed out comes back")?
            }
        };
        self.goes_on(membership).await;
        self.device = Some(device);
        Ok(())
    }

    /// Its membership.
    pub fn open(&self) -> Result<Arc<Membership>> {
        self.membership
            .clone()
            .context("the device is switched off")
    }

    /// The open device.
    pub fn device(&self) -> Result<&Device> {
        self.device.as_ref().context("the device is switched off")
    }

    /// Its person is back: another handle on the same membership.
    pub async fn goes_on(&mut self, membership: Arc<Membership>) {
        self.scheduler = Scheduler::new();
        self.line.begin_anew();
        self.timer_ms = None;
        self.events = VecDeque::from([membership.started().await]);
        self.membership = Some(membership);
    }

    /// Ends it in order.
    pub async fn close(&mut self) {
        self.membership = None;
        if let Some(device) = self.device.take() {
            device.close().await;
        }
    }

    /// Ends it where it stands, and leaves its folder as it was committed.
    pub async fn kill(&mut self) -> Result<()> {
        self.copies += 1;
        let next = self.dir.with_extension(format!("{}", self.copies));
        copy_tree(&self.dir, &next)?;
        self.close().await;
        std::fs::remove_dir_all(&self.dir)?;
        self.dir = next;
        Ok(())
    }

    /// Copies its folder elsewhere, as committed.
    pub fn copy_to(&self, dir: &Path) -> Result<()> {
        Ok(copy_tree(&self.dir, dir)?)
    }

    /// Goes on from another folder; it is switched off.
    pub fn replace_by(&mut self, dir: &Path) -> Result<()> {
        self.copies += 1;
        let next = self.dir.with_extension(format!("{}", self.copies));
        copy_tree(dir, &next)?;
        std::fs::remove_dir_all(&self.dir)?;
        self.dir = next;
        Ok(())
    }

    fn folder(&self) -> PathBuf {
        let programme = self.cast.programme().to_string();
        self.dir.join("m").join(programme)
    }

    /// The key of its databases.
    pub fn database_key(&self) -> Result<String> {
        let text = std::fs::read_to_string(self.folder().join("keys.json"))?;
        let keys: serde_json::Value = serde_json::from_str(&text)?;
        let key = keys.get("database").and_then(|key| key.as_str());
        Ok(key.context("a database key")?.to_owned())
    }

    /// One of its files.
    #[must_use]
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }

    /// Power fails while it is switched off: what a file's log held and nobody synced is gone, from
    /// some write on.
    pub fn lose_unsynced(&mut self) -> Result<()> {
        let mut files = vec![("cache.db-wal", true)];
        let outbox_synced = carrot_client::db::Store::Outbox.survives_power_loss();
        files.push(("outbox.db-wal", !outbox_synced));
        files.push(("outbox.journal", !outbox_synced));
        for (name, lost) in files {
            let path = self.file(name);
            let Ok(known) = std::fs::metadata(&path) else {
                continue;
            };
            if !lost {
                continue;
            }
            let frames = known.len().saturating_sub(WAL_HEAD_BYTES) / FRAME_BYTES;
            let kept = self.dice.below(frames.saturating_add(1));
            let end = match name {
                "outbox.journal" => self.dice.below(known.len()),
                _ => WAL_HEAD_BYTES + kept * FRAME_BYTES,
            };
            let file = std::fs::File::options().write(true).open(&path)?;
            file.set_len(end.min(known.len()))?;
        }
        Ok(())
    }

    /// Changes one byte of one of its files while it is switched off.
    pub fn flip_a_byte(&mut self, name: &str) -> Result<()> {
        let path = self.file(name);
        let mut bytes = std::fs::read(&path)?;
        let length = u64::try_from(bytes.len()).unwrap_or(0);
        let at = usize::try_from(self.dice.below(length)).unwrap_or(0);
        if let Some(byte) = bytes.get_mut(at) {
            *byte ^= 0x20;
        }
        Ok(std::fs::write(&path, bytes)?)
    }

    /// Does something that may end in the middle: none when the program ended there.
    pub async fn mortal<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        let fired = &self.probe.fired;
        tokio::select! {
            biased;
            () = fired.notified() => None,
            done = work => Some(done),
        }
    }

    /// Tells its schedule something.
    pub fn tell(&mut self, event: Event) {
        self.events.push_back(event);
    }

    /// Lets its schedule do all that it wants to do now. False when the program ended in the middle.
    pub async fn drive(&mut self) -> Result<bool> {
        let membership = self.open()?;
        let mut count = 0;
        while let Some(event) = self.events.pop_front() {
            let now_ms = self.time.since_start_ms();
            let random = self.dice.draw();
            for effect in self.scheduler.handle(event, now_ms, random) {
                count += 1;
                anyhow::ensure!(count < EFFECTS_MAX, "a schedule without an end");
                if let Effect::SetTimer(ms) = effect {
                    self.timer_ms = Some(now_ms.saturating_add(ms));
                    continue;
                }
                self.sessions += u64::from(effect == Effect::Pull);
                self.line.drive(true);
                let told = self.mortal(membership.run(effect)).await;
                self.line.drive(false);
                let Some(told) = told else {
                    return Ok(false);
                };
                self.events.extend(told);
            }
        }
        Ok(true)
    }

    /// A person asks for an exchange. None when the program ended in the middle.
    pub async fn sync(&mut self) -> Result<Option<Result<carrot_client::SyncReport, ClientError>>> {
        let membership = self.open()?;
        self.sessions += 1;
        let done = self.mortal(membership.sync()).await;
        if done.is_some() {
            self.tell(match self.scheduler.blocked() {
                true => Event::UserAsked,
                false => Event::Enqueued,
            });
        }
        Ok(done)
    }

    /// Rings the timer when its instant has come.
    pub fn ring(&mut self) {
        if self
            .timer_ms
            .is_some_and(|due| due <= self.time.since_start_ms())
        {
            self.timer_ms = None;
            self.tell(Event::Tick);
        }
    }

    /// What its wall clock says, UTC milliseconds.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        self.clock.now_ms()
    }

    /// The true time, milliseconds since the start.
    #[must_use]
    pub fn true_ms(&self) -> i64 {
        self.time.since_start_ms()
    }

    /// Its outlet, when it stands on a counter.
    #[must_use]
    pub fn outlet(&self) -> Option<Uuid> {
        match self.role {
            Role::Terminal(at) => Some(self.cast.outlet(at)),
            Role::Phone(_) => None,
        }
    }

    /// Whether this device has every fact that a command depends on: not other people's points, and
    /// not what sellers claim elsewhere.
    #[must_use]
    pub fn knows(&self, command: &Command) -> bool {
        match command {
            Command::SaleRecord(sale) => sale.seller.is_none(),
            Command::RewardRedeem(_) | Command::HoldPlace(_) | Command::HoldCapture(_) => false,
            _ => true,
        }
    }
}
