//! Fleets of devices played from seeds, with every fault; and whether the simulator finds mistakes that
//! are planted on purpose.

use super::effort::Effort;
use super::tally::Row;
use crate::exec::{cargo, openly};
use crate::workspace::Workspace;
use anyhow::Result;
use std::process::Command;

/// How long fleets are played in each kind of store without `--seconds`, seconds.
const SECONDS: u64 = 120;
/// How long one planted mistake is looked for, seconds.
const PLANTED_SECONDS: u64 = 60;
/// About how many mistakes are planted.
const PLANTED: usize = 40;
/// The first seed.
const FIRST: u64 = 1;

/// Plays fleets in memory and on files that wait for the disk, a row each.
pub fn fleets(found: &Workspace, effort: Effort) -> Result<Vec<Row>> {
    openly(built(found, &[]))?;
    let seconds = effort.each(2).unwrap_or(SECONDS).to_string();
    let mut rows = Vec::new();
    for (store, proof) in [("memory", "fleets in memory"), ("files", "fleets on files")] {
        let mut play = program(found);
        play.args(["--seeds", "1000000", "--seed", &FIRST.to_string()])
            .args(["--store", store, "--seconds", &seconds, "--proof"]);
        rows.push(row(proof, play)?);
    }
    Ok(rows)
}

/// Switches each planted mistake on and looks whether fleets find it.
pub fn planted(found: &Workspace, effort: Effort) -> Result<Vec<Row>> {
    openly(built(found, &["--features", "planted"]))?;
    let mut look = program(found);
    let seconds = effort.each(PLANTED).unwrap_or(PLANTED_SECONDS);
    let seconds = seconds.min(PLANTED_SECONDS);
    look.args([
        "--planted",
        "all",
        "--seconds",
        &seconds.to_string(),
        "--proof",
    ]);
    Ok(vec![row("planted mistakes", look)?])
}

fn built(found: &Workspace, more: &[&str]) -> Command {
    let mut build = cargo(&found.workspace_root);
    build
        .args(["build", "--quiet", "--profile", "bench", "-p", "carrot-sim"])
        .args(more);
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
