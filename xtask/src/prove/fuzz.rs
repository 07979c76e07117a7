//! Fuzzing by coverage with libFuzzer: builds the targets of `tests/fuzz`, sows them (see `seeds`) and runs
//! each for some seconds of processor time.

use super::cpu::Meter;
use super::effort::Effort;
use super::seeds::{self, Source};
use super::tally::{Row, tail};
use crate::exec::{Progress, cargo, command};
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The targets and what each is sown with.
const TARGETS: [(&str, Source); 18] = [
    ("rule_set", Source::RuleSets),
    ("dry_run", Source::Questions),
    ("codes", Source::Codes),
    ("elements", Source::Codes),
    ("links", Source::Fields),
    ("receipts", Source::Fields),
    ("own_codes", Source::Codes),
    ("commands", Source::Commands),
    ("answers", Source::Answers),
    ("wire", Source::Wire),
    ("vouchers", Source::Vouchers),
    ("trust", Source::Trust),
    ("handover", Source::Handover),
    ("hints", Source::Hints),
    ("journal", Source::Journal),
    ("packed", Source::Packed),
    ("tables", Source::Tables),
    ("pictures", Source::Pictures),
];
/// What libFuzzer needs of the compiler, and mistakes of memory and arithmetic that show as crashes.
const FLAGS: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Zsanitizer=address -Cdebug-assertions";
/// Inputs are at most so long, bytes: room for the largest vector.
const INPUT_BYTES_MAX: usize = 64 * 1024;
/// A single input that takes longer is a finding, seconds.
const INPUT_SECONDS_MAX: u64 = 2;
/// What a target may take of the machine's memory, MiB.
const MEMORY_MIB_MAX: u64 = 2_048;

/// How long each target is fuzzed without `--seconds`, seconds of processor time.
const SECONDS: u64 = 60;
/// libFuzzer counts time on the wall. On a busy machine a target gets less of the processor in it, so it
/// is started again for what is missing; but not for ever.
const ROUNDS_MAX: usize = 20;

/// Where a target's things are.
struct Places {
    program: PathBuf,
    /// What was found worth keeping, over all runs.
    corpus: PathBuf,
    seeds: PathBuf,
    findings: PathBuf,
}

/// Builds and runs every target, a row each; what a target found lies in `findings` and counts as broken.
pub fn run(found: &Workspace, effort: Effort) -> Result<Vec<Row>> {
    let folder = found.scratch("fuzz");
    let host = host(&found.workspace_root)?;
    build(found, &folder, &host)?;
    let seconds = effort.each(TARGETS.len()).unwrap_or(SECONDS);
    let mut rows = Vec::new();
    for (target, source) in TARGETS {
        let places = Places {
            program: folder.join(&host).join("release").join(target),
            corpus: folder.join("corpus").join(target),
            seeds: folder.join("seeds").join(target),
            findings: folder.join("findings").join(target),
        };
        for made in [&places.corpus, &places.findings] {
            fs::create_dir_all(made)?;
        }
        let sown = seeds::sow(&found.workspace_root, &places.seeds, source)?;
        let mut row = fuzz(target, &places, seconds)?;
        row.seeds = u64::try_from(sown).ok();
        rows.push(row);
    }
    Ok(rows)
}

fn build(found: &Workspace, folder: &Path, host: &str) -> Result<()> {
    let mut build = cargo(&found.workspace_root.join("tests/fuzz"));
    build
        .args(["build", "--release", "--locked", "--target", host])
        .arg("--target-dir")
        .arg(folder)
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTFLAGS", FLAGS);
    Progress::new(1).commands("fuzz targets", vec![build])
}

/// The compiler's own target: sanitizers ask for a target by name.
fn host(root: &Path) -> Result<String> {
    let output = command("rustc", root)
        .arg("-vV")
        .output()
        .context("rustc -vV")?;
    let text = String::from_utf8_lossy(&output.stdout);
    let line = text.lines().find_map(|line| line.strip_prefix("host: "));
    line.map(str::to_owned)
        .context("rustc does not name its host")
}

fn fuzz(target: &str, places: &Places, seconds: u64) -> Result<Row> {
    let before = fs::read_dir(&places.findings)?.count();
    let mut row = Row {
        proof: format!("fuzz {target}"),
        ..Row::default()
    };
    let mut reached = 0;
    for _ in 0..ROUNDS_MAX {
        let left = (seconds as f64 - row.seconds).ceil().max(1.0);
        let meter = Meter::start();
        let output = round(places, left)
            .output()
            .with_context(|| places.program.display().to_string())?;
        row.seconds += meter.seconds();
        let log = String::from_utf8_lossy(&output.stderr);
        row.tried += runs(&log)
            .with_context(|| format!("{target} says no number of runs:\n{}", tail(&log)))?;
        reached = reached.max(coverage(&log));
        if !output.status.success() {
            println!("{}\nsee {}", tail(&log), places.findings.display());
            let found = fs::read_dir(&places.findings)?.count() - before;
            row.broken = u64::try_from(found.max(1))?;
            break;
        }
        if row.seconds >= seconds as f64 {
            break;
        }
    }
    println!("  {target}: {} inputs, coverage {reached}", row.tried);
    Ok(row)
}

/// One start of a target, for some seconds on the wall.
fn round(places: &Places, seconds: f64) -> Command {
    let mut run = command(&places.program, &places.findings);
    run.arg(format!("-max_total_time={seconds:.0}"))
        .arg(format!("-max_len={INPUT_BYTES_MAX}"))
        .arg(format!("-timeout={INPUT_SECONDS_MAX}"))
        .arg(format!("-rss_limit_mb={MEMORY_MIB_MAX}"))
        .arg(format!("-artifact_prefix={}/", places.findings.display()))
        .arg("-print_final_stats=1")
        .args([&places.corpus, &places.seeds]);
    run
}

/// How many inputs were run, as libFuzzer's last lines say.
fn runs(log: &str) -> Option<u64> {
    let line = log
        .lines()
        .find_map(|line| line.strip_prefix("stat::number_of_executed_units:"))?;
    line.trim().parse().ok()
}

/// Branches and comparisons that the inputs reached, as the log names them last; zero where it does not.
fn coverage(log: &str) -> u64 {
    let words = log.lines().rev().find_map(|line| line.split_once(" cov: "));
    let number = words.and_then(|(_, rest)| rest.split_whitespace().next());
    number.and_then(|number| number.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{TARGETS, coverage, runs};
    use crate::workspace;

    #[test]
    fn figures_are_read_from_the_log() {
        let log = "#2 INITED cov: 7 ft: 9\n#5 DONE   cov: 812 ft: 3001 corp: 9\n\
            stat::number_of_executed_units: 1234\nstat::peak_rss_mb: 9\n";
        assert_eq!((runs(log), coverage(log)), (Some(1_234), 812));
        assert_eq!((runs("#5 DONE"), coverage("#5 DONE")), (None, 0));
    }

    #[test]
    fn every_target_has_a_file_and_every_file_is_a_target() {
        let root = workspace::root().unwrap();
        let manifest = std::fs::read_to_string(root.join("tests/fuzz/Cargo.toml")).unwrap();
        for (target, _) in TARGETS {
            let file = root.join(format!("tests/fuzz/targets/{target}.rs"));
            assert!(file.is_file(), "{target}");
        }
        assert_eq!(manifest.matches("[[bin]]").count(), TARGETS.len());
    }
}
