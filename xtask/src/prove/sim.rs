//! Fleets of devices played from seeds, with every fault; and whether the simulator finds mistakes that
//! are planted on purpose.

use super::effort::Effort;
use super::tally::Row;
use crate::exec::{cargo, openly};
use crate::workspace::Workspace;
use anyhow::Result;
use std::process::Command;

/// How long fleets are played in each kind of store without `--seconds`, seconds of processor time.
const SECONDS: u64 = 120;
/// How long one planted mistake is looked for, seconds of processor time.
const PLANTED_SECONDS: u64 = 60;
/// On files a fleet mostly waits for the disk: seconds on the wall for each of processor time.
const WAITS: u64 = 3;
/// The first seed.
const FIRST: u64 = 1;

/// Plays fleets in memory and on files that wait for the disk, a row each.
pub fn fleets(found: &Workspace, effort: Effort) -> Result<Vec<Row>> {
    openly(built(found))?;
    let seconds = effort.each(2).unwrap_or(SECONDS);
    let mut rows = Vec::new();
    for (store, proof) in [("memory", "fleets in memory"), ("files", "fleets on files")] {
        let mut play = program(found);
        play.args(["--seeds", "1000000", "--seed", &FIRST.to_string()])
            .args(["--store", store, "--cpu-seconds", &seconds.to_string()])
            .arg("--proof");
        if store == "files" {
            play.args(["--seconds", &seconds.saturating_mul(WAITS).to_string()]);
        }
        rows.push(row(proof, play)?);
    }
    Ok(rows)
}

/// Switches each planted mistake on and looks whether fleets find it. In a short run as many are looked
/// for as there is time for.
pub fn planted(found: &Workspace, effort: Effort) -> Result<Vec<Row>> {
    openly(built(found))?;
    let mut look = program(found);
    look.args(["--planted", "all", "--seed", &FIRST.to_string(), "--proof"]);
    match effort {
        Effort::Usual => look.args(["--cpu-seconds", &PLANTED_SECONDS.to_string()]),
        Effort::EachRow(seconds) => {
            let each = seconds.min(PLANTED_SECONDS).to_string();
            look.args(["--cpu-seconds", &each])
        }
        Effort::Together(seconds) => look.args(["--together", &seconds.to_string()]),
    };
    Ok(vec![row("planted mistakes", look)?])
}

/// One program for both: what is planted stays off until it is switched on. No release has the feature.
fn built(found: &Workspace) -> Command {
    let mut build = cargo(&found.workspace_root);
    build
        .args(["build", "--quiet", "--profile", "bench", "-p", "carrot-sim"])
        .args(["--features", "planted"]);
    build
}

/// The simulator as it was built last.
fn program(found: &Workspace) -> Command {
    Command::new(found.bench_program("carrot-sim"))
}

fn row(proof: &str, play: Command) -> Result<Row> {
    let mut row = Row {
        proof: proof.to_owned(),
        ..Row::default()
    };
    row.add(play)?;
    Ok(row)
}
