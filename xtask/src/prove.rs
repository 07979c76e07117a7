//! `cargo xtask prove`: what is tried far more often than in the usual tests. Random streams of commands
//! seed by seed, fleets of devices, codes against forgers and crowds, crashes and lost answers, faults of disks, processes and
//! networks, several servers over one store, fuzzing by coverage; one table at the end.

mod codes;
mod cpu;
mod crashes;
mod faults;
mod fuzz;
mod postgres;
mod seeds;
mod sim;
mod streams;
mod tally;

use crate::args::Args;
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use tally::Row;

/// A part's work: what it proved, a row each. An error means that it could not be tried at all.
type Part = fn(&Workspace, Option<u64>) -> Result<Vec<Row>>;

/// The parts that `--only` chooses from, in the order in which they run.
const PARTS: [(&str, Part); 14] = [
    ("streams", streams::run),
    ("sim", sim::fleets),
    ("planted", sim::planted),
    ("codes", codes::run),
    ("crashes", crashes::run),
    ("kills", faults::kills),
    ("power", faults::power),
    ("full-disk", faults::full_disk),
    ("flips", faults::flips),
    ("proxy", faults::proxy),
    ("upgrades", faults::upgrades),
    ("redemptions", postgres::redemptions),
    ("postgres", postgres::run),
    ("fuzz", fuzz::run),
];

/// Runs all parts, or one with `--only PART`, and prints a table. `--seconds N` is for streams and fuzzing:
/// the processor time that each row may use. A part that fails does not keep the others from running.
pub fn main(args: Args) -> Result<()> {
    let seconds = seconds(&args)?;
    let only = args.value("only");
    let names = PARTS.map(|(name, _)| name);
    if let Some(unknown) = only.filter(|part| !names.contains(part)) {
        bail!("`--only {unknown}`: the parts are {}", names.join(", "));
    }
    let found = Workspace::load()?;
    let mut rows = Vec::new();
    let mut untried = Vec::new();
    for (name, part) in PARTS {
        if only.is_some_and(|only| only != name) {
            continue;
        }
        println!("{name}");
        match part(&found, seconds) {
            Ok(proved) => rows.extend(proved),
            Err(error) => untried.push(format!("{name}: {error:#}")),
        }
    }
    println!("\n{}", tally::table(&rows));
    let failed: Vec<&str> = rows.iter().filter_map(Row::failed).collect();
    if failed.is_empty() && untried.is_empty() {
        return Ok(());
    }
    for told in &untried {
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
    fn only_known_parts_are_run() {
        let args = Args::parse(["--only=luck".to_owned()], &[], &["only"]).unwrap();
        let told = main(args).unwrap_err().to_string();
        assert!(
            told.contains("luck") && told.contains("streams, sim, planted, codes"),
            "{told}"
        );
    }
}
