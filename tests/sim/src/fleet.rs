//! One fleet: a server and some devices, a seed, and what chance makes of them. Each step is brought to
//! its end before the next one is chosen, so nothing depends on how threads are scheduled.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use carrot_rules::Scope;
use tempfile::TempDir;
use uuid::Uuid;

use crate::auditor::{Auditor, Subject, Violation};
use crate::dice::{Dice, SeededEntropy};
use crate::faults::{FAULTS, Fault, Tally};
use crate::looks::Memory;
use crate::meet::{Paper, Picture};
use crate::net::Hub;
use crate::store::{Server, ServerProbe, ServerTuning};
use crate::swarm::{Step, Swarm};
use crate::template::Template;
use crate::time::Time;
use crate::trace::Trace;
use crate::unit::{Parts, Role, Unit};
use crate::work::Known;

/// Steps between two thorough looks.
const LOOK_STEPS: u64 = 60;
/// A fleet leaves out fewer than so many of a thousand kinds of fault.
const LEFT_OUT_PER_MILLE: u64 = 400;
/// A line that is cut is mended within about so many steps in which time goes by.
const CUT_PASSES: u64 = 12;
/// The longest that passes in one step, milliseconds.
const PASS_MS_MAX: i64 = 40_000;
/// One step of so many passes hours instead.
const LONG_PASSES: u64 = 25;

/// How a fleet is run.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The seed: everything follows from it.
    pub seed: u64,
    /// Steps before the faults stop.
    pub steps: u64,
    /// Whether files wait for the disk.
    pub files: bool,
    /// Whether the trace is kept.
    pub trace: bool,
}

/// What came of a fleet.
#[derive(Debug, Default)]
pub struct Report {
    /// The seed.
    pub seed: u64,
    /// Exchanges that began: each sends what waits and asks for what is new.
    pub sessions: u64,
    /// Lines of the trace.
    pub events: u64,
    /// Commands of which somebody was told that they are done.
    pub promises: u64,
    /// Commands with a final answer.
    pub settled: u64,
    /// Calls to the server.
    pub calls: u64,
    /// Points at which a device's program could have ended.
    pub points: u64,
    /// Time that went by in the fleet, milliseconds.
    pub passed_ms: i64,
    /// Faults.
    pub tally: Tally,
    /// The first broken law.
    pub violation: Option<Violation>,
    /// The hash of the trace.
    pub hash: String,
    /// The trace, if it was kept.
    pub trace: Vec<String>,
}

/// A fleet under way.
pub struct Fleet<'a> {
    pub(crate) settings: Settings,
    pub(crate) template: &'a Template,
    pub(crate) dir: TempDir,
    pub(crate) time: Arc<Time>,
    pub(crate) hub: Arc<Hub>,
    pub(crate) tuning: ServerTuning,
    pub(crate) server: Option<Server>,
    pub(crate) server_copies: u32,
    pub(crate) backup: Option<PathBuf>,
    pub(crate) units: Vec<Unit>,
    pub(crate) memories: Vec<Memory>,
    pub(crate) dice: Dice,
    pub(crate) known: Known,
    pub(crate) next_id: u128,
    pub(crate) copied: Option<(usize, PathBuf)>,
    pub(crate) boots: u64,
    pub(crate) trace: Trace,
    pub(crate) without: Vec<Fault>,
    pub(crate) swarm: Swarm,
    /// Questions and answers between tills and phones, as somebody photographed them.
    pub(crate) pictures: Vec<Picture>,
    /// Vouchers as somebody copied them.
    pub(crate) papers: Vec<Paper>,
    /// Vouchers that somebody used who must not.
    pub(crate) stolen: BTreeSet<Uuid>,
    /// Redemptions with a voucher that a till honoured: its number, and the voucher.
    pub(crate) honoured: BTreeMap<Uuid, (usize, Uuid)>,
    /// The server went on from an older copy.
    pub(crate) set_back: bool,
}

impl<'a> Fleet<'a> {
    /// Sets a fleet up.
    pub async fn new(template: &'a Template, settings: Settings) -> Result<Self> {
        let seed = settings.seed;
        let dir = TempDir::new_in(&template.base)?;
        let time = Arc::new(Time::default());
        time.pass(60_000);
        let probe = Arc::new(ServerProbe::default());
        let durability = match settings.files {
            true => carrot_server::Durability::Full,
            false => carrot_server::Durability::Played,
        };
        let tuning = ServerTuning {
            time: Arc::clone(&time),
            entropy: Arc::new(SeededEntropy::new(seed, 1)),
            probe: Arc::clone(&probe),
            durability,
        };
        let mut dice = Dice::branch(seed, 2);
        let auditor = Auditor::default();
        let hub = Hub::new(Arc::clone(&time), probe, Dice::branch(seed, 3), auditor);
        // Each fleet has its own mixture: some kinds are left out, the others come more or less often.
        let leave = dice.below(LEFT_OUT_PER_MILLE);
        let without: Vec<Fault> = FAULTS
            .iter()
            .copied()
            .filter(|_| dice.chance(leave))
            .collect();
        let mut fleet = Self {
            template,
            time,
            hub: Arc::new(hub),
            tuning,
            server: None,
            server_copies: 0,
            backup: None,
            units: Vec::new(),
            memories: Vec::new(),
            known: Known::default(),
            next_id: u128::from(seed) << 24,
            copied: None,
            boots: 0,
            trace: Trace::new(settings.trace),
            without,
            swarm: Swarm::draw(&mut dice),
            pictures: Vec::new(),
            papers: Vec::new(),
            stolen: BTreeSet::new(),
            honoured: BTreeMap::new(),
            set_back: false,
            dice,
            dir,
            settings,
        };
        {
            let mut held = fleet.hub.held();
            held.per_mille = fleet.swarm.per_mille;
            held.page_bytes = fleet.swarm.page_bytes;
            held.without = fleet.without.clone();
        }
        template.server_to(&fleet.server_dir())?;
        fleet.start_server().await?;
        fleet.start_units().await?;
        Ok(fleet)
    }

    /// The folder that the server runs on now.
    pub(crate) fn server_dir(&self) -> PathBuf {
        self.dir
            .path()
            .join(format!("server-{}", self.server_copies))
    }

    /// Starts the server on its folder.
    pub(crate) async fn start_server(&mut self) -> Result<()> {
        self.tuning.probe.calm();
        let server = Server::open(&self.server_dir(), &self.tuning).await?;
        let mut held = self.hub.held();
        held.router = Some(server.router.clone());
        held.crashed = false;
        held.auditor.server_starts();
        drop(held);
        self.server = Some(server);
        Ok(())
    }

    async fn start_units(&mut self) -> Result<()> {
        let count = self.template.devices.len();
        let (mut chosen, more) = self.swarm.devices.clone();
        let wanted = chosen.len() + usize::try_from(more)?;
        while chosen.len() < wanted {
            let at = usize::try_from(self.dice.below(u64::try_from(count)?))?;
            if !chosen.contains(&at) {
                chosen.push(at);
            }
        }
        for number in chosen {
            let planned = self
                .template
                .devices
                .get(number)
                .context("a planned device")?;
            let dir = self.dir.path().join(format!("device-{number}"));
            self.template.device_to(number, &dir)?;
            let durability = match self.settings.files {
                true => carrot_client::Durability::Full,
                false => carrot_client::Durability::Played,
            };
            let mut unit = Unit::new(&Parts {
                number,
                cast: planned.cast,
                role: planned.role,
                dir: &dir,
                seed: self.settings.seed,
                time: &self.time,
                hub: &self.hub,
                durability,
                schema_max: planned.schema_max,
            });
            let subject = Subject {
                id: planned.device,
                cast: planned.cast,
                granted: granted(&unit).into(),
                revoked: false,
            };
            self.hub.held().auditor.subjects.insert(number, subject);
            unit.start().await?;
            self.units.push(unit);
            let small_pages = self.swarm.page_bytes.is_some();
            self.memories.push(Memory {
                small_pages,
                ..Memory::default()
            });
        }
        Ok(())
    }

    /// Runs it to its end.
    pub async fn run(mut self) -> Result<Report> {
        self.trace.line(&format!("theme {:?}", self.swarm.theme));
        for step in 0..self.settings.steps {
            self.step(step).await?;
            if self.hub.held().crashed {
                self.restart_server().await?;
            }
            if step % LOOK_STEPS == LOOK_STEPS - 1 {
                self.look().await?;
            }
            if !self.hub.held().auditor.violations.is_empty() {
                break;
            }
        }
        if self.hub.held().auditor.violations.is_empty() {
            self.finish().await?;
        }
        self.report().await
    }

    async fn report(mut self) -> Result<Report> {
        let mut report = Report {
            seed: self.settings.seed,
            events: self.trace.events,
            passed_ms: self.time.since_start_ms(),
            ..Report::default()
        };
        for unit in &mut self.units {
            report.sessions += unit.sessions;
            let passed = unit.probe.passed.load(std::sync::atomic::Ordering::SeqCst);
            report.points += passed.unsigned_abs();
            unit.close().await;
        }
        if let Some(server) = self.server.take() {
            server.store.close().await;
        }
        let held = self.hub.held();
        report.promises = u64::try_from(held.auditor.promises.len())?;
        report.settled = held.auditor.settled;
        report.calls = held.calls;
        report.tally = held.tally.clone();
        report.violation = held.auditor.violations.first().cloned();
        drop(held);
        (report.hash, report.trace) = std::mem::take(&mut self.trace).end();
        Ok(report)
    }

    /// Notes a fault.
    pub(crate) fn fault(&self, fault: Fault) {
        self.hub.held().tally.note(fault);
    }

    /// Notes broken laws.
    pub(crate) fn broken(&self, found: Vec<(&'static str, String)>) {
        let mut held = self.hub.held();
        for (law, detail) in found {
            held.auditor.broken(law, detail);
        }
    }

    /// One of the units, by chance.
    pub(crate) fn any_unit(&mut self) -> usize {
        let count = u64::try_from(self.units.len()).unwrap_or(1);
        usize::try_from(self.dice.below(count)).unwrap_or(0)
    }

    /// A unit.
    pub(crate) fn unit(&mut self, at: usize) -> Result<&mut Unit> {
        self.units.get_mut(at).context("a unit")
    }

    async fn step(&mut self, step: u64) -> Result<()> {
        let at = self.any_unit();
        let kind = self.dice.weigh(&self.swarm.steps).unwrap_or(Step::Pass);
        let told = match kind {
            Step::Work => self.work(at).await?,
            Step::Meet => self.meet(at).await?,
            Step::Session => self.session(at).await?,
            Step::Mishap => self.mishap(at).await?,
            Step::Console => self.console().await?,
            Step::Rogue => self.rogue(at).await?,
            Step::Outage => self.outage(at).await?,
            Step::Late => {
                self.hub.deliver_late().await;
                "late".to_owned()
            }
            Step::Pass => self.pass().await?,
        };
        let now_ms = self.time.since_start_ms();
        let number = self.unit(at)?.number;
        let held = self.hub.held();
        let seen = (held.auditor.settled, held.calls, held.auditor.pages);
        drop(held);
        self.trace.line(&format!(
            "{step} {now_ms} {kind:?} {number} {told} {seen:?}"
        ));
        Ok(())
    }

    /// Somebody asks for an exchange, or the schedule does.
    async fn session(&mut self, at: usize) -> Result<String> {
        let asked = self.dice.chance(600);
        let unit = self.unit(at)?;
        let told = if asked {
            match unit.sync().await? {
                None => return self.revive(at).await,
                Some(Ok(report)) => {
                    self.heard(at);
                    format!("sync {report:?}")
                }
                Some(Err(error)) => {
                    let code = error.code();
                    self.mend(at, &error).await?;
                    format!("sync {code}")
                }
            }
        } else {
            "asked".to_owned()
        };
        let unit = self.unit(at)?;
        unit.ring();
        if !unit.drive().await? {
            return self.revive(at).await;
        }
        self.glance(at).await?;
        Ok(told)
    }

    /// Time goes by: timers ring, the server's own clock does its work.
    async fn pass(&mut self) -> Result<String> {
        let ms = if self.dice.below(LONG_PASSES) == 0 {
            self.dice.between(1, 30) * 3_600_000
        } else {
            self.dice.between(1, PASS_MS_MAX)
        };
        self.time.pass(ms);
        let now_ms = carrot_server::Clock::now_ms(self.time.as_ref());
        if let Some(server) = &self.server
            && !self.hub.held().crashed
        {
            server.store.run_due(now_ms).await?;
        }
        for at in 0..self.units.len() {
            let mended = self.dice.below(CUT_PASSES) == 0;
            let unit = self.unit(at)?;
            let number = unit.number;
            unit.ring();
            if mended && let Some(link) = self.hub.held().links.get_mut(&number) {
                link.cut = false;
            }
            let unit = self.unit(at)?;
            if !unit.drive().await? {
                self.revive(at).await?;
            } else {
                self.glance(at).await?;
            }
            if self.hub.held().crashed {
                self.restart_server().await?;
            }
        }
        Ok(format!("pass {ms}"))
    }
}

/// The scopes that a unit may see.
pub(crate) fn granted(unit: &Unit) -> [String; 2] {
    let own = match unit.role {
        Role::Terminal(at) => Scope::Outlet(unit.cast.outlet(at)),
        Role::Phone(person) => Scope::Participant(person),
    };
    let all = Scope::Programme(unit.cast.programme());
    [all.to_string(), own.to_string()]
}
