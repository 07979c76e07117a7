//! Fuzzing by coverage with libFuzzer: builds the targets of `tests/fuzz`, sows them with the golden
//! vectors and the documents of tests, runs each for some seconds and prints a row for it.

use crate::exec::{Progress, cargo, command};
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// The targets, and the part of a vector that each is sown with; the whole one without a part.
const TARGETS: [(&str, Option<&str>); 2] = [("rule_set", Some("rules")), ("dry_run", None)];
/// What libFuzzer needs of the compiler, and mistakes of memory and arithmetic that show as crashes.
const FLAGS: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Zsanitizer=address -Cdebug-assertions";
/// Seeds of the generated vectors; those written by hand are all taken.
const GENERATED_MAX: usize = 200;
/// Inputs are at most so long, bytes: room for the largest vector.
const INPUT_BYTES_MAX: usize = 64 * 1024;
/// A single input that takes longer is a finding, seconds.
const INPUT_SECONDS_MAX: u64 = 10;
/// What a target may take of the machine's memory, MiB.
const MEMORY_MIB_MAX: u64 = 2_048;

struct Row {
    target: &'static str,
    runs: u64,
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
    for (target, part) in TARGETS {
        let seeds = folder.join("seeds").join(target);
        sow(&found.workspace_root, &seeds, part)?;
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

/// Writes the seeds of a target, one file for each.
fn sow(root: &Path, seeds: &Path, part: Option<&str>) -> Result<()> {
    if seeds.exists() {
        fs::remove_dir_all(seeds)?;
    }
    fs::create_dir_all(seeds)?;
    let mut number = 0;
    for document in documents(root)? {
        let seed = match part {
            Some(part) => document.get(part),
            None => Some(&document),
        };
        if let Some(seed) = seed {
            fs::write(seeds.join(format!("{number:04}.json")), seed.to_string())?;
            number += 1;
        }
    }
    if number == 0 {
        bail!(
            "there are no seeds below {}",
            root.join("tests/vectors").display()
        );
    }
    Ok(())
}

/// The vectors' questions, and the documents of the rule sets' tests as questions without an event.
fn documents(root: &Path) -> Result<Vec<Value>> {
    let mut found = Vec::new();
    for path in json_files(&root.join("tests/vectors/by_hand"))? {
        let list: Vec<Value> = serde_json::from_str(&fs::read_to_string(path)?)?;
        found.extend(
            list.into_iter()
                .filter_map(|mut vector| vector.get_mut("input").map(Value::take)),
        );
    }
    let generated = fs::read_to_string(root.join("tests/vectors/generated.jsonl"))?;
    for line in generated.lines().take(GENERATED_MAX) {
        let mut vector: Value = serde_json::from_str(line)?;
        found.extend(vector.get_mut("input").map(Value::take));
    }
    for path in json_files(&root.join("core/rules/tests/check"))? {
        let list: Vec<Value> = serde_json::from_str(&fs::read_to_string(path)?)?;
        let cases = list.iter().filter_map(|case| case.get("document"));
        found.extend(cases.map(|document| serde_json::json!({"rules": document})));
    }
    Ok(found)
}

fn json_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.extension().is_some_and(|end| end == "json") {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
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

fn tail(log: &str) -> String {
    let lines: Vec<&str> = log.lines().collect();
    lines
        .get(lines.len().saturating_sub(30)..)
        .unwrap_or_default()
        .join("\n")
}

fn table(rows: &[Row]) -> String {
    let mut text = format!(
        "{:<12} {:>12} {:>8} {:>9}",
        "target", "runs", "crashes", "seconds"
    );
    for row in rows {
        let Row {
            target,
            runs,
            crashes,
            seconds,
        } = row;
        text.push_str(&format!(
            "\n{target:<12} {runs:>12} {crashes:>8} {seconds:>9.1}"
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Row, TARGETS, documents, runs, table};
    use crate::workspace;

    #[test]
    fn runs_are_read_from_the_last_lines() {
        let log = "#5 DONE\nstat::number_of_executed_units: 1234\nstat::peak_rss_mb: 9\n";
        assert_eq!(runs(log), Some(1_234));
        assert_eq!(runs("#5 DONE"), None);
    }

    #[test]
    fn a_target_has_a_row() {
        let row = Row {
            target: "rule_set",
            runs: 5,
            crashes: 1,
            seconds: 2.04,
        };
        let text = table(&[row]);
        assert_eq!(
            text.lines().last(),
            Some("rule_set                5        1       2.0")
        );
    }

    #[test]
    fn every_target_has_seeds_and_a_file() {
        let root = workspace::root().unwrap();
        let documents = documents(&root).unwrap();
        for (target, part) in TARGETS {
            let file = root.join(format!("tests/fuzz/targets/{target}.rs"));
            assert!(file.is_file(), "{target}");
            let has =
                |document: &&serde_json::Value| part.is_none_or(|part| document[part].is_object());
            assert!(documents.iter().filter(has).count() > 50, "{target}");
        }
    }
}
