//! The engine's answers on this machine: a dry-run document on each line in, an answer on each line out.

use std::io::{self, BufRead, Write};

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    for document in io::stdin().lock().lines() {
        writeln!(out, "{}", carrot_rules::earn::dry_run(&document?))?;
    }
    Ok(())
}
