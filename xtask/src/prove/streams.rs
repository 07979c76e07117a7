//! Random streams of commands, seed by seed: after each command the books sum to zero, nothing falls
//! below zero, no credit happens twice. The tests are the usual ones, with other seeds.

use super::cpu::Meter;
use super::effort::Effort;
use super::tally::Row;
use crate::exec::{cargo, openly};
use crate::workspace::Workspace;
use anyhow::Result;
use std::path::Path;
use std::process::Command;

/// How many seeds are played without `--seconds`.
const SEEDS: u64 = 3;

/// What the table says, the package, the test.
const STREAMS: [(&str, &str, &str); 4] = [
    ("books and coins", "carrot-rules", "ledger_machine"),
    ("decisions", "carrot-rules", "streams"),
    ("promises", "carrot-rules", "promised_streams"),
    ("three devices, a server", "carrot-server", "streams"),
];

/// Plays each stream with the seeds from 1 on: three of them, or as many as `seconds` of processor time
/// allow, at least one.
pub fn run(found: &Workspace, effort: Effort) -> Result<Vec<Row>> {
    let seconds = effort.each(STREAMS.len());
    let root = &found.workspace_root;
    let mut rows = Vec::new();
    for (proof, package, test) in STREAMS {
        // Compiling is not proving: its time does not count.
        openly(stream(root, package, test, &["--no-run"]))?;
        let mut row = Row {
            proof: proof.to_owned(),
            ..Row::default()
        };
        let meter = Meter::start();
        for seed in 1.. {
            let mut play = stream(root, package, test, &["--", "--nocapture"]);
            // The seed is what shows a failure again, here and elsewhere.
            play.env("PROPTEST_RNG_SEED", seed.to_string())
                .env("PROPTEST_DISABLE_FAILURE_PERSISTENCE", "true");
            row.add(play)?;
            row.seeds = Some(seed);
            let enough = seconds.map_or(seed >= SEEDS, |most| meter.seconds() >= most as f64);
            if enough || row.broken > 0 {
                break;
            }
        }
        if row.broken > 0 {
            println!(
                "seed {}: PROPTEST_RNG_SEED shows it again",
                row.seeds.unwrap_or(0)
            );
        }
        rows.push(row);
    }
    Ok(rows)
}

fn stream(root: &Path, package: &str, test: &str, more: &[&str]) -> Command {
    let mut run = cargo(root);
    run.args(["test", "--quiet", "-p", package, "--test", test])
        .args(more);
    run
}

#[cfg(test)]
mod tests {
    use crate::workspace;

    #[test]
    fn the_streams_are_there_and_say_what_they_tried() {
        let root = workspace::root().unwrap();
        for (_, package, test) in super::STREAMS {
            let folder = match package {
                "carrot-rules" => root.join("core/rules/tests"),
                _ => root.join("server/tests"),
            };
            let one = folder.join(format!("{test}.rs"));
            let many = folder.join(test).join("main.rs");
            let text = std::fs::read_to_string(if one.is_file() { one } else { many }).unwrap();
            assert!(text.contains("proof tried="), "{test}");
        }
    }
}
