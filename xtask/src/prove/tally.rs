//! What a proof tried and what came of it: read from the `proof tried=… lost=… doubled=…` lines of its
//! tests, summed, and shown as one table.

use super::cpu::Meter;
use crate::exec;
use anyhow::{Context, Result};
use std::path::Path;
use std::process::{Command, Stdio};

/// Lines of a failed test's output that are shown.
const TAIL_LINES: usize = 40;

/// One proof.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Row {
    /// Its name, as the table shows it.
    pub proof: String,
    /// How often something was tried: commands, codes, inputs.
    pub tried: u64,
    /// What was confirmed and is not in the books. None where nothing is confirmed.
    pub lost: Option<u64>,
    /// What counts more often than once. None where nothing is booked.
    pub doubled: Option<u64>,
    /// Seeds of the random streams, from 1 on; for fuzzing what it was sown with.
    pub seeds: Option<u64>,
    /// Laws that were broken: failed runs, crashes.
    pub broken: u64,
    /// Processor time, seconds.
    pub seconds: f64,
}

impl Row {
    /// The proof's name when it does not hold. Nothing tried proves nothing.
    pub fn failed(&self) -> Option<&str> {
        let ill = |count: Option<u64>| count.is_some_and(|count| count > 0);
        let failed = self.broken > 0 || self.tried == 0 || ill(self.lost) || ill(self.doubled);
        failed.then_some(&self.proof)
    }

    /// A proof by one test of a package, that says what it tried. `filter` names tests, or all of them.
    pub fn of_test(proof: &str, test: Command, filter: &str) -> Result<Self> {
        let mut row = Self {
            proof: proof.to_owned(),
            ..Self::default()
        };
        // Compiling is not proving: its time does not count.
        exec::openly(with(&test, &["--no-run"]))?;
        row.add(with(&test, &["--", "--nocapture", filter]))?;
        Ok(row)
    }

    /// Runs a test that says what it tried, and adds that.
    pub fn add(&mut self, mut test: Command) -> Result<()> {
        let meter = Meter::start();
        let output = test
            .stderr(Stdio::inherit())
            .output()
            .with_context(|| exec::describe(&test))?;
        self.seconds += meter.seconds();
        let text = String::from_utf8_lossy(&output.stdout);
        self.hear(&text);
        if !output.status.success() {
            self.broken += 1;
            println!("`{}` failed:\n{}", exec::describe(&test), tail(&text));
        }
        Ok(())
    }

    /// Sums the figures of a test's output. Its runner may have written in front of them on their line.
    fn hear(&mut self, output: &str) {
        for line in output.lines().filter(|line| line.contains("proof tried=")) {
            for word in line.split_whitespace() {
                let Some((name, figure)) = word.split_once('=') else {
                    continue;
                };
                let Ok(figure) = figure.parse::<u64>() else {
                    continue;
                };
                match name {
                    "tried" => self.tried += figure,
                    "lost" => *self.lost.get_or_insert(0) += figure,
                    "doubled" => *self.doubled.get_or_insert(0) += figure,
                    "seeds" => *self.seeds.get_or_insert(0) += figure,
                    _ => {}
                }
            }
        }
    }
}

impl Row {
    /// Everything that went wrong: lost, doubled, broken laws.
    pub fn violations(&self) -> u64 {
        self.broken + self.lost.unwrap_or(0) + self.doubled.unwrap_or(0)
    }
}

/// A test of the workspace by its name. Asking the whole workspace builds it as `cargo xtask test` does,
/// so that whoever ran that has it.
pub fn usual_test(root: &Path, test: &str) -> Command {
    let mut run = exec::cargo(root);
    run.args(["test", "--workspace", "--test", test]);
    run
}

/// The same command with more words behind it.
fn with(command: &Command, more: &[&str]) -> Command {
    let mut longer = Command::new(command.get_program());
    longer.args(command.get_args()).args(more);
    if let Some(folder) = command.get_current_dir() {
        longer.current_dir(folder);
    }
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => longer.env(name, value),
            None => longer.env_remove(name),
        };
    }
    longer
}

/// The end of a program's output.
pub fn tail(log: &str) -> String {
    let lines: Vec<&str> = log.lines().collect();
    let from = lines.len().saturating_sub(TAIL_LINES);
    lines.get(from..).unwrap_or_default().join("\n")
}

/// All rows below their names; a dash where a column says nothing about a proof.
pub fn table(rows: &[Row]) -> String {
    let mut text = format!(
        "{:<24} {:>12} {:>6} {:>8} {:>6} {:>7} {:>8}",
        "proof", "tried", "lost", "doubled", "seeds", "broken", "cpu s"
    );
    let shown = |figure: Option<u64>| figure.map_or_else(|| "-".to_owned(), |f| f.to_string());
    for row in rows {
        text.push_str(&format!(
            "\n{:<24} {:>12} {:>6} {:>8} {:>6} {:>7} {:>8.1}",
            row.proof,
            row.tried,
            shown(row.lost),
            shown(row.doubled),
            shown(row.seeds),
            row.broken,
            row.seconds
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Row, table};

    fn heard(output: &str) -> Row {
        let mut row = Row::default();
        row.hear(output);
        row
    }

    #[test]
    fn figures_of_tests_are_summed() {
        let row = heard(
            "test a ... proof tried=1000 lost=0 doubled=0\nok\nproof tried=24 doubled=1\n\
             a line with tried=7 that is none",
        );
        assert_eq!(
            (row.tried, row.lost, row.doubled),
            (1_024, Some(0), Some(1))
        );
    }

    #[test]
    fn nothing_tried_lost_doubled_or_broken_is_no_proof() {
        assert!(heard("proof tried=1 lost=0").failed().is_none());
        for ill in ["", "proof tried=1 lost=1", "proof tried=1 doubled=2"] {
            assert!(heard(ill).failed().is_some(), "{ill}");
        }
        let mut broken = heard("proof tried=1");
        broken.broken = 1;
        assert!(broken.failed().is_some());
    }

    #[test]
    fn a_row_shows_dashes_where_nothing_is_meant() {
        let row = Row {
            proof: "forged codes".to_owned(),
            tried: 1_000_000,
            seconds: 2.04,
            ..Row::default()
        };
        assert_eq!(
            table(&[row]).lines().last(),
            Some("forged codes                  1000000      -        -      -       0      2.0")
        );
    }
}
