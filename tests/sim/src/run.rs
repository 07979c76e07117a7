//! Many fleets, one per thread at a time, and what came of all of them.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use clap::{Parser, ValueEnum};

use crate::fleet::{Fleet, Report, Settings};
use crate::report::told;
use crate::spent::Spent;
use crate::template::Template;

/// Where memory is a folder.
const MEMORY: &str = "/dev/shm";
/// Steps of a fleet before its faults stop.
pub const STEPS: u64 = 300;

/// Where a fleet's files are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Place {
    /// In memory, without waiting for a disk.
    Memory,
    /// On the disk, waiting for it as in the field.
    Files,
}

/// Simulates fleets of devices with faults.
#[derive(Debug, Clone, Parser)]
pub struct SimArgs {
    /// How many fleets.
    #[arg(long, default_value_t = 100)]
    pub seeds: u64,
    /// The first fleet's seed; the others follow.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Steps of each fleet before its faults stop.
    #[arg(long, default_value_t = STEPS)]
    pub steps: u64,
    /// Where the files are.
    #[arg(long, value_enum, default_value = "memory")]
    pub store: Place,
    /// Prints what happened, line by line; for one fleet.
    #[arg(long)]
    pub trace: bool,
    /// Fleets at a time; as many as there are processors when none.
    #[arg(long)]
    pub jobs: Option<usize>,
    /// Stops after so many seconds.
    #[arg(long)]
    pub seconds: Option<u64>,
    /// Stops after so many seconds of processor time, of all threads together.
    #[arg(long)]
    pub cpu_seconds: Option<u64>,
    /// Ends with a line for programs that sum up proofs.
    #[arg(long, hide = true)]
    pub proof: bool,
    /// Switches each planted mistake on in turn and looks whether it is found; or only this one.
    #[cfg(feature = "planted")]
    #[arg(long, num_args = 0..=1, default_missing_value = "all")]
    pub planted: Option<String>,
    /// Stops looking for planted mistakes after so many seconds of processor time for all of them.
    #[cfg(feature = "planted")]
    #[arg(long)]
    pub together: Option<u64>,
}

/// What came of many fleets.
#[derive(Debug, Default)]
pub struct Total {
    /// Fleets that came to their end.
    pub fleets: u64,
    /// The sums over all of them.
    pub sum: Report,
    /// Fleets in which a law was broken.
    pub bad: Vec<Report>,
    /// How long it took.
    pub took: Duration,
    /// How long the processors worked for it.
    pub worked: Duration,
    /// The first and the last seed.
    played: Option<(u64, u64)>,
}

impl Total {
    fn add(&mut self, fleet: Report) {
        self.fleets += 1;
        let (first, last) = self.played.unwrap_or((fleet.seed, fleet.seed));
        self.played = Some((first.min(fleet.seed), last.max(fleet.seed)));
        let sum = &mut self.sum;
        sum.sessions += fleet.sessions;
        sum.events += fleet.events;
        sum.promises += fleet.promises;
        sum.settled += fleet.settled;
        sum.calls += fleet.calls;
        sum.points += fleet.points;
        sum.passed_ms += fleet.passed_ms;
        sum.tally.add_fleet(&fleet.tally);
        if fleet.violation.is_some() {
            self.bad.push(fleet);
        }
    }

    /// The last seed that was played; zero for none.
    #[must_use]
    pub fn last_seed(&self) -> u64 {
        self.played.map_or(0, |(_, last)| last)
    }

    /// The seeds that were played, from the first to the last.
    #[must_use]
    pub fn seeds(&self) -> String {
        let (first, last) = self.played.unwrap_or_default();
        format!("{first}-{last}")
    }
}

/// A folder in memory where there is one.
#[must_use]
pub fn memory() -> PathBuf {
    let memory = Path::new(MEMORY);
    if memory.is_dir() {
        return memory.to_owned();
    }
    std::env::temp_dir()
}

fn runtime() -> Result<tokio::runtime::Runtime> {
    let built = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    built.context("a runtime")
}

/// Runs one fleet.
pub fn one(template: &Template, settings: Settings) -> Result<Report> {
    let seed = settings.seed;
    let run = async { Fleet::new(template, settings).await?.run().await };
    runtime()?
        .block_on(run)
        .with_context(|| format!("the fleet of seed {seed}"))
}

/// Makes the world that fleets are copied from.
pub fn template(base: &Path) -> Result<Template> {
    runtime()?.block_on(Template::make(base))
}

/// Makes the world and runs fleets in it.
pub fn many(args: &SimArgs) -> Result<Total> {
    let base = match args.store {
        Place::Memory => memory(),
        Place::Files => std::env::temp_dir(),
    };
    fleets(&template(&base)?, args)
}

/// Runs fleets until they are done, time is over, or a law is broken.
pub fn fleets(template: &Template, args: &SimArgs) -> Result<Total> {
    let spent = Spent::start();
    let jobs = args
        .jobs
        .unwrap_or_else(|| std::thread::available_parallelism().map_or(1, std::num::NonZero::get));
    let next = AtomicU64::new(0);
    let stop = AtomicBool::new(false);
    let total = Mutex::new(Total::default());
    let failed: Mutex<Option<anyhow::Error>> = Mutex::new(None);
    let work = &|| {
        while !stop.load(Ordering::Relaxed) {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let over = spent.over(args.seconds, args.cpu_seconds);
            if number >= args.seeds || over {
                return;
            }
            let settings = Settings {
                seed: args.seed.wrapping_add(number),
                steps: args.steps,
                files: args.store == Place::Files,
                trace: args.trace,
            };
            match one(template, settings) {
                Ok(report) => {
                    if report.violation.is_some() {
                        stop.store(true, Ordering::Relaxed);
                    }
                    total
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .add(report);
                }
                Err(error) => {
                    stop.store(true, Ordering::Relaxed);
                    *failed.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
                }
            }
        }
    };
    std::thread::scope(|scope| {
        for job in 0..jobs.max(1) {
            scope.spawn(move || {
                stay_on_a_processor(job);
                work();
            });
        }
    });
    if let Some(error) = failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
        return Err(error);
    }
    let mut total = total.into_inner().unwrap_or_else(PoisonError::into_inner);
    (total.took, total.worked) = (spent.wall(), spent.work());
    Ok(total)
}

/// Keeps this thread, and with it the databases' threads that it starts, on one processor: they take
/// turns, and waking each other on another one takes a third of all time.
fn stay_on_a_processor(job: usize) {
    let all = core_affinity::get_core_ids().unwrap_or_default();
    // Programs that run beside each other begin with different ones.
    let first = usize::try_from(std::process::id()).unwrap_or(0);
    let at = first.wrapping_add(job).checked_rem(all.len());
    if let Some(one) = at.and_then(|at| all.get(at)) {
        core_affinity::set_for_current(*one);
    }
}

/// Runs fleets and prints what came of them. Errors when a law was broken.
pub fn main(args: &SimArgs) -> Result<()> {
    #[cfg(feature = "planted")]
    if let Some(which) = &args.planted {
        return crate::planted::main(args, which);
    }
    let total = many(args)?;
    for bad in &total.bad {
        for line in &bad.trace {
            println!("{line}");
        }
    }
    print!("{}", told(&total));
    if args.proof {
        let tried = total.sum.promises;
        let last = total.last_seed();
        println!("proof tried={tried} lost=0 doubled=0 seeds={last}");
    }
    let Some(bad) = total.bad.first() else {
        return Ok(());
    };
    let law = bad.violation.as_ref().map_or("", |violation| violation.law);
    let store = match args.store {
        Place::Memory => "memory",
        Place::Files => "files",
    };
    println!(
        "again: carrot sim --seed {} --seeds 1 --steps {} --store {store} --trace",
        bad.seed, args.steps
    );
    bail!("{law} was broken")
}
