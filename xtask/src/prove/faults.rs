//! Faults against real files, processes and sockets: kills, lost power, full disks, changed bytes, bad
//! networks, upgrades. The tests are the usual ones of `tests/faults`, with many more cases.

use super::effort::Effort;
use super::tally::{Row, usual_test};
use crate::workspace::Workspace;
use anyhow::{Context, Result};

/// The part's test, what the table says, and the processor time that all its cases need, seconds.
const FAULTS: [(&str, &str, u64); 6] = [
    ("kills", "killed in a call, EIO", 500),
    ("power", "power lost", 150),
    ("full_disk", "disk full or broken", 230),
    ("flips", "changed bytes", 900),
    ("proxy", "bad network", 300),
    ("upgrades", "upgrades", 150),
];

/// Programs killed inside the calls that write, and such calls that fail.
pub fn kills(found: &Workspace, effort: Effort) -> Result<Vec<Row>> {
    run(found, effort, "kills")
}

/// Crash states of the disk after the power went.
pub fn power(found: &Workspace, effort: Effort) -> Result<Vec<Row>> {
    run(found, effort, "power")
}

/// Disks of every size, and disks that break at every write.
pub fn full_disk(found: &Workspace, effort: Effort) -> Result<Vec<Row>> {
    run(found, effort, "full_disk")
}

/// Bits, pages and lengths that storage gives back changed.
pub fn flips(found: &Workspace, effort: Effort) -> Result<Vec<Row>> {
    run(found, effort, "flips")
}

/// Requests doubled, late and overtaken, answers cut and lost.
pub fn proxy(found: &Workspace, effort: Effort) -> Result<Vec<Row>> {
    run(found, effort, "proxy")
}

/// Folders of released schemas with full queues.
pub fn upgrades(found: &Workspace, effort: Effort) -> Result<Vec<Row>> {
    run(found, effort, "upgrades")
}

fn run(found: &Workspace, effort: Effort, test: &str) -> Result<Vec<Row>> {
    let named = FAULTS.iter().find(|(known, ..)| *known == test);
    let (_, proof, seconds) = named.with_context(|| format!("no such test: {test}"))?;
    let mut run = usual_test(&found.workspace_root, test);
    run.env(
        "CARROT_FAULTS_PERCENT",
        effort.percent(*seconds).to_string(),
    );
    Ok(vec![Row::of_test(proof, run, "")?])
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_tests_are_there_and_say_what_they_tried() {
        let root = crate::workspace::root().unwrap();
        for (test, ..) in super::FAULTS {
            let file = root.join(format!("tests/faults/tests/{test}.rs"));
            let text = std::fs::read_to_string(file).unwrap();
            let says = text.contains("settle()") || text.contains("told(");
            assert!(says, "{test}");
        }
    }
}
