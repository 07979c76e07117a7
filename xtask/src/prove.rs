//! `cargo xtask prove`: what is tried far more often than in the usual tests. Random streams of commands
//! seed by seed, fleets of devices, codes against forgers and crowds, crashes and lost answers, faults of disks, processes and
//! networks, several servers over one store, fuzzing by coverage; one table at the end.

mod codes;
mod cpu;
mod crashes;
mod effort;
mod faults;
mod fuzz;
mod model;
mod page;
mod postgres;
mod seeds;
mod sim;
mod streams;
mod tally;

use crate::args::Args;
use crate::exec::command;
use crate::workspace::{self, Workspace};
use anyhow::{Context, Result, bail};
use effort::{Budget, Effort};
use tally::Row;

/// A part of the proofs.
struct Part {
    /// What `--only` calls it.
    name: &'static str,
    /// What it does.
    about: &'static str,
    /// Its share of a whole run's time, hundredths.
    share: u64,
    /// Its work: what it proved, a row each. An error means that it could not be tried at all.
    run: fn(&Workspace, Effort) -> Result<Vec<Row>>,
}

const fn part(
    name: &'static str,
    share: u64,
    about: &'static str,
    run: fn(&Workspace, Effort) -> Result<Vec<Row>>,
) -> Part {
    Part {
        name,
        about,
        share,
        run,
    }
}

/// The parts that `--only` chooses from, in the order in which they run.
const PARTS: [Part; 15] = [
    part(
        "streams",
        10,
        "random commands, laws after each",
        streams::run,
    ),
    part(
        "model",
        6,
        "every order of a small world's steps",
        model::run,
    ),
    part(
        "codes",
        4,
        "forged codes; a thousand claims of one",
        codes::run,
    ),
    part("crashes", 1, "programs end, answers get lost", crashes::run),
    part(
        "kills",
        8,
        "programs killed in calls that write",
        faults::kills,
    ),
    part(
        "power",
        6,
        "disks as a power cut leaves them",
        faults::power,
    ),
    part(
        "full-disk",
        6,
        "disks of every size, disks that break",
        faults::full_disk,
    ),
    part("flips", 8, "bits, pages and lengths changed", faults::flips),
    part(
        "proxy",
        5,
        "requests doubled, late, overtaken, cut",
        faults::proxy,
    ),
    part(
        "upgrades",
        4,
        "folders of earlier versions",
        faults::upgrades,
    ),
    part(
        "redemptions",
        8,
        "two servers, many want one thing",
        postgres::redemptions,
    ),
    part(
        "postgres",
        4,
        "PostgreSQL with failures forced on it",
        postgres::run,
    ),
    part("sim", 10, "fleets with every fault", sim::fleets),
    part(
        "planted",
        10,
        "mistakes made on purpose are found",
        sim::planted,
    ),
    part("fuzz", 10, "any bytes, by coverage", fuzz::run),
];

/// Runs all parts, or one with `--only PART`, and prints a table. With `--seconds N` one part uses so much
/// processor time for each row that can be longer or shorter, and a whole run so much for everything,
/// compiling not counted. `--page FILE` writes the table of a whole run into a page. A part that fails
/// does not keep the others from running.
pub fn main(args: Args) -> Result<()> {
    let seconds = seconds(&args)?;
    let only = args.value("only");
    let names = PARTS.map(|part| part.name);
    if let Some(unknown) = only.filter(|part| !names.contains(part)) {
        bail!("`--only {unknown}`: the parts are {}", names.join(", "));
    }
    let page = args.value("page").map(workspace::absolute).transpose()?;
    if page.is_some() && only.is_some() {
        bail!("`--page` is for a whole run; leave `--only` out");
    }
    let found = Workspace::load()?;
    let mut budget = seconds.map(|seconds| Budget::new(seconds, shares()));
    let mut rows: Vec<(&str, Row)> = Vec::new();
    let mut untried = Vec::new();
    for part in PARTS
        .iter()
        .filter(|part| only.is_none_or(|only| only == part.name))
    {
        println!("{}", part.name);
        let effort = match (only, seconds, &mut budget) {
            (Some(_), Some(seconds), _) => Effort::EachRow(seconds),
            (None, _, Some(budget)) => budget.next(part.share),
            _ => Effort::Usual,
        };
        match (part.run)(&found, effort) {
            Ok(proved) => {
                let used: f64 = proved.iter().map(|row| row.seconds).sum();
                budget.iter_mut().for_each(|budget| budget.used(used));
                rows.extend(proved.into_iter().map(|row| (part.about, row)));
            }
            Err(error) => untried.push(format!("{}: {error:#}", part.name)),
        }
    }
    if let Some(page) = page {
        page::write(&page, &told(&found, seconds, &untried)?, &rows)?;
    }
    let rows: Vec<Row> = rows.into_iter().map(|(_, row)| row).collect();
    judge(&rows, &untried)
}

fn shares() -> u64 {
    PARTS.iter().map(|part| part.share).sum()
}

/// How a run was made, for the page.
fn told(found: &Workspace, seconds: Option<u64>, untried: &[String]) -> Result<String> {
    let output = command("date", &found.workspace_root)
        .args(["-u", "+%Y-%m-%d"])
        .output()
        .context("date")?;
    let day = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let more = seconds.map_or_else(String::new, |seconds| format!(" --seconds {seconds}"));
    let mut told = format!(
        "`cargo xtask prove{more}` on {day}. Seeds are counted from 1; what has none visits its cases, spread evenly where they do not all fit into the time. Violations are what was lost, doubled or broken."
    );
    if !untried.is_empty() {
        let names: Vec<&str> = untried
            .iter()
            .filter_map(|one| one.split(':').next())
            .collect();
        told.push_str(&format!(" Not tried: {}.", names.join(", ")));
    }
    Ok(told)
}

/// Prints the table; errors name what does not hold or was not tried.
fn judge(rows: &[Row], untried: &[String]) -> Result<()> {
    println!("\n{}", tally::table(rows));
    let used = rows.iter().fold(0.0, |sum, row| sum + row.seconds);
    println!("processor time of all proofs: {used:.0} s");
    let failed: Vec<&str> = rows.iter().filter_map(Row::failed).collect();
    if failed.is_empty() && untried.is_empty() {
        return Ok(());
    }
    for told in untried {
        println!("not tried: {told}");
    }
    bail!(
        "{} proofs failed ({}), {} parts could not be tried",
        failed.len(),
        failed.join(", "),
        untried.len()
    )
}

fn seconds(args: &Args) -> Result<Option<u64>> {
    let Some(given) = args.value("seconds") else {
        return Ok(None);
    };
    let seconds: u64 = given
        .parse()
        .with_context(|| format!("`--seconds {given}` is not a whole number"))?;
    if seconds == 0 {
        bail!("`--seconds` must be at least 1");
    }
    Ok(Some(seconds))
}

#[cfg(test)]
mod tests {
    use super::{main, seconds};
    use crate::args::Args;

    fn given(given: &str) -> anyhow::Result<Option<u64>> {
        let option = format!("--seconds={given}");
        seconds(&Args::parse([option], &[], &["seconds"]).unwrap())
    }

    #[test]
    fn seconds_are_whole_and_not_zero() {
        assert_eq!(given("90").unwrap(), Some(90));
        assert!(given("0").is_err());
        assert!(given("1.5").unwrap_err().to_string().contains("1.5"));
        assert_eq!(seconds(&Args::default()).unwrap(), None);
    }

    #[test]
    fn the_parts_share_the_whole_time() {
        assert_eq!(super::shares(), 100);
    }

    #[test]
    fn only_known_parts_are_run() {
        let args = Args::parse(["--only=luck".to_owned()], &[], &["only"]).unwrap();
        let told = main(args).unwrap_err().to_string();
        assert!(
            told.contains("luck") && told.contains("streams, model, codes"),
            "{told}"
        );
    }
}
