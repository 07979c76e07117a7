//! The second opinion: hledger reads the exported journal and adds it up by itself.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

/// Balances by account name, as hledger computes them from a journal file.
pub fn hledger_balances(journal: &Path) -> Result<BTreeMap<String, i64>> {
    let mut command = Command::new("hledger");
    command.args([
        "balance",
        "--flat",
        "--empty",
        "--no-total",
        "-O",
        "csv",
        "-f",
    ]);
    let output = command
        .arg(journal)
        .output()
        .context("hledger (Debian package `hledger`)")?;
    if !output.status.success() {
        bail!("hledger: {}", String::from_utf8_lossy(&output.stderr));
    }
    let text = String::from_utf8(output.stdout)?;
    text.lines().skip(1).map(row).collect()
}

fn row(line: &str) -> Result<(String, i64)> {
    let mut cells = line.split(',').map(|cell| cell.trim_matches('"'));
    let account = cells.next().context("no account")?;
    let amount = cells
        .next()
        .with_context(|| format!("no amount in {line}"))?;
    let points = amount.split_whitespace().next().unwrap_or("0");
    let points = points
        .parse()
        .with_context(|| format!("{amount} is no whole number"))?;
    Ok((account.to_owned(), points))
}

/// How often each command id occurs among the journal's transactions, by their `command:` tag.
pub fn commands_in(journal: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for line in journal
        .lines()
        .filter(|line| !line.starts_with(char::is_whitespace))
    {
        if let Some((_, rest)) = line.split_once("command:") {
            let id: String = rest.trim().chars().take(36).collect();
            *counts.entry(id).or_insert(0) += 1;
        }
    }
    counts
}
