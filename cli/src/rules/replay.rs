//! `carrot rules replay`: what a draft would have given for the past, beside the rules in force.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context as _, bail};
use carrot_rules::entity::{ONLY, Programme};
use carrot_rules::index::Index;
use carrot_rules::replay::{LINE_BYTES_MAX, Replay, ReplayLine, Report};
use carrot_rules::ruleset::RuleSet;
use carrot_server::replay::Past;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::progress::Progress;
use super::{read_set, report};
use crate::server::{DatabaseArgs, store};

/// How many events pass between two looks at the clock.
const PROGRESS_EVENTS: u64 = 2_000;

/// Options of `carrot rules replay`.
#[derive(Debug, clap::Args)]
pub struct ReplayArgs {
    /// The draft.
    file: PathBuf,
    #[command(flatten)]
    past: PastArgs,
    /// The first day that is reported; what came before fills limits and tallies.
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,
    /// The first day that is not looked at.
    #[arg(long, value_name = "DATE")]
    to: Option<Date>,
    /// Outlets that are told one by one.
    #[arg(long, default_value_t = 10)]
    outlets: usize,
    /// Print the report as a line of JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Args)]
struct PastArgs {
    /// The server's data folder, whose recorded past is replayed.
    #[arg(
        long,
        env = "CARROT_DATA",
        required_unless_present = "events",
        conflicts_with = "events"
    )]
    data: Option<PathBuf>,
    #[command(flatten)]
    database: DatabaseArgs,
    /// The programme's short code, where the folder has more than one.
    #[arg(long, conflicts_with = "events")]
    programme: Option<String>,
    /// A file of events instead, one to a line, such as `carrot rules sample` writes.
    #[arg(long, value_name = "FILE")]
    events: Option<PathBuf>,
    /// The rule set to compare with, beside a file of events; none gives nothing.
    #[arg(long, value_name = "FILE", requires = "events")]
    current: Option<PathBuf>,
}

/// Replays and prints the report.
///
/// # Errors
/// When a file or the store cannot be read, or a sum is larger than an amount can be.
pub async fn run(args: ReplayArgs) -> anyhow::Result<ExitCode> {
    let Some(draft) = read_set(&args.file)? else {
        return Ok(ExitCode::FAILURE);
    };
    let draft = Arc::new(Index::new(draft));
    let report = match (&args.past.events, &args.past.data) {
        (Some(events), _) => of_file(&args, draft, events)?,
        (None, Some(data)) => of_store(&args, draft, data).await?,
        (None, None) => bail!("name a data folder or a file of events"),
    };
    if args.json {
        println!("{}", serde_json::to_string(&report)?);
    } else {
        print!("{}", report::text(&report));
    }
    Ok(ExitCode::SUCCESS)
}

/// The instant at which a day begins.
fn begin_ms(day: Option<Date>, zone: &TimeZone) -> anyhow::Result<Option<i64>> {
    let begin = |day: Date| -> anyhow::Result<i64> {
        let begin = zone.to_zoned(day.to_datetime(jiff::civil::Time::midnight()))?;
        Ok(begin.timestamp().as_millisecond())
    };
    day.map(begin).transpose()
}

fn begun(
    args: &ReplayArgs,
    (draft, current): (Arc<Index>, Arc<Index>),
    zone: &TimeZone,
) -> anyhow::Result<Replay> {
    let replay = Replay::new(draft, current);
    Ok(match begin_ms(args.from, zone)? {
        Some(from_ms) => replay.reporting_from(from_ms),
        None => replay,
    })
}

async fn of_store(args: &ReplayArgs, draft: Arc<Index>, data: &Path) -> anyhow::Result<Report> {
    let store = store::open_at(&args.past.database.place(data.to_owned())).await?;
    let programme = store::programme(&store, args.past.programme.as_deref()).await?;
    let about = store.entity::<Programme>(programme.id, ONLY).await?;
    let name = about.map(|about| about.time_zone).unwrap_or_default();
    let zone = TimeZone::get(&name).unwrap_or(TimeZone::UTC);
    let until_ms = begin_ms(args.to, &zone)?.unwrap_or(i64::MAX);
    let mut past = Past::open(&store, programme.id, until_ms).await?;
    let current = past.rules().await?;
    let mut replay = begun(args, (draft, current), &zone)?;
    let mut progress = Progress::new("commands", past.total());
    let mut taken = 0;
    while let Some((steps, commands)) = past.next().await? {
        steps.iter().for_each(|step| replay.feed(step));
        taken += commands;
        progress.show(taken);
    }
    progress.end();
    drop(past);
    store.close().await;
    Ok(replay.report(args.outlets)?)
}

fn of_file(args: &ReplayArgs, draft: Arc<Index>, events: &Path) -> anyhow::Result<Report> {
    let current = match &args.past.current {
        None => RuleSet::default(),
        Some(path) => match read_set(path)? {
            Some(set) => set,
            None => bail!("{} cannot be compared with", path.display()),
        },
    };
    let zone = TimeZone::UTC;
    let until_ms = begin_ms(args.to, &zone)?.unwrap_or(i64::MAX);
    let mut replay = begun(args, (draft, Arc::new(Index::new(current))), &zone)?;
    let named = || format!("reading {}", events.display());
    let file = File::open(events).with_context(named)?;
    let size = file.metadata().map_or(0, |about| about.len());
    let (mut reader, mut line) = (BufReader::new(file), String::new());
    let mut progress = Progress::new("bytes", size);
    let (mut number, mut bytes) = (0_u64, 0_u64);
    loop {
        line.clear();
        let bounded = u64::try_from(LINE_BYTES_MAX).unwrap_or(u64::MAX);
        let mut part = reader.by_ref().take(bounded.saturating_add(1));
        let length = part.read_line(&mut line).with_context(named)?;
        if length == 0 {
            break;
        }
        number += 1;
        bytes += length as u64;
        if line.trim().is_empty() {
            continue;
        }
        let read = ReplayLine::read(line.trim_end());
        let step = read
            .with_context(|| format!("line {number} of {}", events.display()))?
            .step();
        let late = |at_ms: i64| at_ms >= until_ms;
        if !step.event.as_ref().is_some_and(|event| late(event.at_ms)) {
            replay.feed(&step);
        }
        if number.is_multiple_of(PROGRESS_EVENTS) {
            progress.show(bytes);
        }
    }
    progress.end();
    Ok(replay.report(args.outlets)?)
}
