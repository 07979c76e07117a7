//! The benchmarks: what Carrot costs beside bare references that are measured in the same run.
//!
//! Only ratios are judged; a machine that is busy or slow slows both sides. CPU time is that of the
//! whole process, all threads together. `--full` takes more samples and more commands.

mod bare;
mod child;
mod cluster;
mod drain;
mod feed;
mod first;
mod floor;
mod ingest;
mod late;
mod line;
mod memory;
mod pallet;
mod parse;
mod process;
mod read;
mod report;
mod rules;
mod sample;
mod scan;
mod start;
mod storm;
mod verify;
mod world;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;

use crate::report::Report;

/// Measures rules, scan, start and drain as ratios against bare references of the same run.
#[derive(Parser)]
struct Args {
    /// Writes the results to this file as JSON.
    #[arg(long)]
    json: Option<PathBuf>,
    /// Takes the large sizes.
    #[arg(long)]
    full: bool,
    /// A folder of pictures with known contents, for `scan`; the peers read the same ones.
    #[arg(long, env = "CARROT_PICTURES")]
    pictures: Option<PathBuf>,
    /// Runs only the parts with these names: rules, parse, scan, start, drain, storm, ingest,
    /// first, feed, line, memory, late, pallet, verify.
    #[arg(long)]
    only: Vec<String>,
    /// Serves a folder until the input ends; the benchmarks start themselves so.
    #[arg(long, hide = true)]
    serve: Option<PathBuf>,
    /// Holds a device's folder open until the input ends.
    #[arg(long, hide = true)]
    hold: Option<PathBuf>,
}

/// How much is measured.
#[derive(Debug, Clone, Copy)]
pub struct Sizes {
    /// Claims, and bare transactions between them.
    pub claims: usize,
    /// Starts of each folder.
    pub starts: usize,
    /// Things in the cache of the small and of the large folder.
    pub things: (usize, usize),
    /// Commands that are drained.
    pub commands: usize,
    /// How often they are drained, each time by a new device.
    pub drains: usize,
    /// Entries of the books that are checked.
    pub entries: usize,
    /// Devices that come back at once, and the claims of each.
    pub storm: (usize, usize),
    /// Lines of history that a new device takes.
    pub entries_first: usize,
    /// Changes and entries before the one that is pulled.
    pub history: usize,
}

const USUAL: Sizes = Sizes {
    claims: 400,
    starts: 25,
    things: (1_000, 100_000),
    commands: 10_000,
    drains: 1,
    entries: 100_000,
    storm: (100, 100),
    entries_first: 100_000,
    history: 1_000_000,
};

const FULL: Sizes = Sizes {
    claims: 2_000,
    starts: 50,
    things: (1_000, 400_000),
    commands: 10_000,
    drains: 3,
    entries: 1_000_000,
    storm: (100, 1_000),
    entries_first: 100_000,
    history: 10_000_000,
};

fn main() -> Result<ExitCode> {
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
        .with_writer(std::io::stderr)
        .init();
    let args = Args::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    if let Some(dir) = &args.serve {
        runtime.block_on(child::serve(dir))?;
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(dir) = &args.hold {
        runtime.block_on(child::hold(dir))?;
        return Ok(ExitCode::SUCCESS);
    }
    let report = runtime.block_on(measure(&args))?;
    print!("{}", report.table());
    if let Some(file) = &args.json {
        std::fs::write(file, serde_json::to_string_pretty(&report)?)?;
    }
    let held = report.holds();
    Ok(if held {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

async fn measure(args: &Args) -> Result<Report> {
    let sizes = if args.full { FULL } else { USUAL };
    let wanted = |part: &str| args.only.is_empty() || args.only.iter().any(|one| one == part);
    let mut report = Report::new(args.full);
    if wanted("rules") {
        rules::run(&sizes, &mut report)?;
    }
    if wanted("parse") {
        parse::run(&sizes, &mut report)?;
    }
    if wanted("scan") {
        scan::run(&sizes, &mut report).await?;
        match &args.pictures {
            Some(folder) => read::run(folder, &mut report)?,
            None => eprintln!("pictures are not read: name a folder with CARROT_PICTURES"),
        }
    }
    if wanted("start") {
        start::run(&sizes, &mut report).await?;
    }
    if wanted("drain") {
        drain::run(&sizes, &mut report).await?;
    }
    if wanted("storm") {
        storm::run(&sizes, &mut report).await?;
    }
    if wanted("first") {
        first::run(&sizes, &mut report).await?;
    }
    if wanted("ingest") {
        ingest::run(&mut report).await?;
    }
    if wanted("feed") {
        feed::run(&sizes, &mut report).await?;
    }
    if wanted("line") {
        line::run(&mut report).await?;
    }
    if wanted("memory") {
        memory::run(&sizes, &mut report).await?;
    }
    if wanted("late") {
        late::run(&mut report).await?;
    }
    if wanted("pallet") {
        pallet::run(&sizes, &mut report).await?;
    }
    if wanted("verify") {
        verify::run(&sizes, &mut report).await?;
    }
    Ok(report)
}
