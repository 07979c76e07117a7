//! Fuzzing by coverage with libFuzzer: builds the targets of `tests/fuzz`, sows them (see `seeds`), runs
//! each for some seconds and prints a row for it.

use super::seeds::{self, Source};
use crate::exec::{Progress, cargo, command};
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;
use std::time::Instant;

/// The targets and what each is sown with.
const TARGETS: [(&str, Source); 11] = [
    ("rule_set", Source::RuleSets),
    ("dry_run", Source::Questions),
    ("codes", Source::Codes),
    ("elements", Source::Codes),
    ("links", Source::Fields),
    ("receipts", Source::Fields),
    ("own_codes", Source::Codes),
    ("commands", Source::Commands),
    ("answers", Source::Answers),
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

struct Row {
    target: &'static str,
    runs: u64,
    /// Branches and comparisons that the inputs reached, as libFuzzer counts them.
    coverage: u64,
    crashes: usize,
    seconds: f64,
}

/// Builds and runs every target for `seconds` each. Fails when one found something.
pub fn run(found: &Workspace, seconds: u64) -> Result<()> {
    let folder = found.scratch("fuzz");
    let host = host(&found.workspace_root)?;
    let mut progress = Progress::new(1);
    let mut build = cargo(&found.workspace_root.join("tests/fuzz"));
    build
        .args([
            "build",
            "--release",
            "--locked",
            "--target",
            &host,
            "--target-dir",
        ])
        .arg(&folder)
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTFLAGS", FLAGS);
    progress.commands("fuzz targets", vec![build])?;
    let mut rows = Vec::new();
    for (target, source) in TARGETS {
        let seeds = folder.join("seeds").join(target);
        seeds::sow(&found.workspace_root, &seeds, source)?;
        let program = folder.join(&host).join("release").join(target);
        rows.push(fuzz(target, &program, &folder, &seeds, seconds)?);
    }
    println!("\n{}", table(&rows));
    if rows.iter().any(|row| row.crashes > 0) {
        bail!(
            "fuzzing found something: see {}",
            folder.join("findings").display()
        );
    }
    Ok(())
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

fn fuzz(
    target: &'static str,
    program: &Path,
    folder: &Path,
    seeds: &Path,
    seconds: u64,
) -> Result<Row> {
    let corpus = folder.join("corpus").join(target);
    let findings = folder.join("findings").join(target);
    for made in [&corpus, &findings] {
        fs::create_dir_all(made)?;
    }
    let before = fs::read_dir(&findings)?.count();
    println!("{target} for {seconds} s …");
    let started = Instant::now();
    let output = command(program, folder)
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-max_len={INPUT_BYTES_MAX}"))
        .arg(format!("-timeout={INPUT_SECONDS_MAX}"))
        .arg(format!("-rss_limit_mb={MEMORY_MIB_MAX}"))
        .arg(format!("-artifact_prefix={}/", findings.display()))
        .arg("-print_final_stats=1")
        .args([&corpus, seeds])
        .output()
        .with_context(|| program.display().to_string())?;
    let log = String::from_utf8_lossy(&output.stderr);
    let crashes = fs::read_dir(&findings)?.count() - before;
    if !output.status.success() {
        println!("{}", tail(&log));
    }
    Ok(Row {
        target,
        runs: runs(&log)
            .with_context(|| format!("{target} says no number of runs:\n{}", tail(&log)))?,
        coverage: coverage(&log),
        crashes: crashes.max(usize::from(!output.status.success())),
        seconds: started.elapsed().as_secs_f64(),
    })
}

/// How many inputs were run, as libFuzzer's last lines say.
fn runs(log: &str) -> Option<u64> {
    let line = log
        .lines()
        .find_map(|line| line.strip_prefix("stat::number_of_executed_units:"))?;
    line.trim().parse().ok()
}

/// The last coverage that the log names; zero where it names none.
fn coverage(log: &str) -> u64 {
    let words = log.lines().rev().find_map(|line| line.split_once(" cov: "));
    let number = words.and_then(|(_, rest)| rest.split_whitespace().next());
    number.and_then(|number| number.parse().ok()).unwrap_or(0)
}

fn tail(log: &str) -> String {
    let lines: Vec<&str> = log.lines().collect();
    lines
        .get(lines.len().saturating_sub(30)..)
        .unwrap_or_default()
        .join("\n")
}

fn table(rows: &[Row]) -> String {
    let mut text = format!(
        "{:<12} {:>12} {:>9} {:>8} {:>9}",
        "target", "runs", "coverage", "crashes", "seconds"
    );
    for row in rows {
        let Row {
            target,
            runs,
            coverage,
            crashes,
            seconds,
        } = row;
        text.push_str(&format!(
            "\n{target:<12} {runs:>12} {coverage:>9} {crashes:>8} {seconds:>9.1}"
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Row, TARGETS, coverage, runs, table};
    use crate::workspace;

    #[test]
    fn figures_are_read_from_the_log() {
        let log = "#2 INITED cov: 7 ft: 9\n#5 DONE   cov: 812 ft: 3001 corp: 9\n\
            stat::number_of_executed_units: 1234\nstat::peak_rss_mb: 9\n";
        assert_eq!((runs(log), coverage(log)), (Some(1_234), 812));
        assert_eq!((runs("#5 DONE"), coverage("#5 DONE")), (None, 0));
    }

    #[test]
    fn a_target_has_a_row() {
        let row = Row {
            target: "rule_set",
            runs: 5,
            coverage: 812,
            crashes: 1,
            seconds: 2.04,
        };
        let text = table(&[row]);
        assert_eq!(
            text.lines().last(),
            Some("rule_set                5       812        1       2.0")
        );
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
