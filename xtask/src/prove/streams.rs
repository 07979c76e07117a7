//! Random streams of commands, seed by seed: after each command the books sum to zero, nothing falls
//! below zero, no credit happens twice. The tests are the usual ones, with other seeds.

use super::cpu::Meter;
use super::effort::Effort;
use super::tally::{Row, usual_test};
use crate::exec::openly;
use crate::workspace::Workspace;
use anyhow::Result;
use std::path::Path;
use std::process::Command;

/// How many seeds are played without `--seconds`.
const SEEDS: u64 = 3;

/// What the table says, and the test.
const STREAMS: [(&str, &str); 4] = [
    ("books and coins", "ledger_machine"),
    ("decisions", "decision_streams"),
    ("promises", "promised_streams"),
    ("three devices, a server", "streams"),
];

/// Plays each stream with the seeds from 1 on: three of them, or as many as `seconds` of processor time
/// allow, at least one.
pub fn run(found: &Workspace, effort: Effort) -> Result<Vec<Row>> {
    let seconds = effort.each(STREAMS.len());
    let root = &found.workspace_root;
    let mut rows = Vec::new();
    for (proof, test) in STREAMS {
        // Compiling is not proving: its time does not count.
        openly(stream(root, test, &["--no-run"]))?;
        let mut row = Row {
            proof: proof.to_owned(),
            ..Row::default()
        };
        let meter = Meter::start();
        for seed in 1.. {
            let mut play = stream(root, test, &["--", "--nocapture"]);
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

fn stream(root: &Path, test: &str, more: &[&str]) -> Command {
    let mut run = usual_test(root, test);
    run.arg("--quiet").args(more);
    run
}

#[cfg(test)]
mod tests {
    use crate::workspace;

    #[test]
    fn the_streams_are_there_and_say_what_they_tried() {
        let root = workspace::root().unwrap();
        for (_, test) in super::STREAMS {
            let places = ["core/rules/tests", "server/tests"].map(|folder| root.join(folder));
            let files = places.iter().flat_map(|folder| {
                let many = folder.join(test).join("main.rs");
                [folder.join(format!("{test}.rs")), many]
            });
            let texts: Vec<String> = files
                .filter_map(|file| std::fs::read_to_string(file).ok())
                .collect();
            // Its name is its own: the whole workspace is asked for it.
            assert_eq!(texts.len(), 1, "{test}");
            assert!(texts[0].contains("proof tried="), "{test}");
        }
    }
}
