//! Faults against real files, processes and sockets: kills, lost power, full disks, changed bytes, bad
//! networks, upgrades. The tests are the usual ones of `tests/faults`, with many more cases.

use super::tally::Row;
use crate::exec::cargo;
use crate::workspace::Workspace;
use anyhow::Result;

/// The part, its test, what the table says.
const FAULTS: [(&str, &str); 6] = [
    ("kills", "killed in a call, EIO"),
    ("power", "power lost"),
    ("full_disk", "disk full or broken"),
    ("flips", "changed bytes"),
    ("proxy", "bad network"),
    ("upgrades", "upgrades"),
];

/// Programs killed inside the calls that write, and such calls that fail.
pub fn kills(found: &Workspace, _seconds: Option<u64>) -> Result<Vec<Row>> {
    run(found, "kills")
}

/// Crash states of the disk after the power went.
pub fn power(found: &Workspace, _seconds: Option<u64>) -> Result<Vec<Row>> {
    run(found, "power")
}

/// Disks of every size, and disks that break at every write.
pub fn full_disk(found: &Workspace, _seconds: Option<u64>) -> Result<Vec<Row>> {
    run(found, "full_disk")
}

/// Bits, pages and lengths that storage gives back changed.
pub fn flips(found: &Workspace, _seconds: Option<u64>) -> Result<Vec<Row>> {
    run(found, "flips")
}

/// Requests doubled, late and overtaken, answers cut and lost.
pub fn proxy(found: &Workspace, _seconds: Option<u64>) -> Result<Vec<Row>> {
    run(found, "proxy")
}

/// Folders of released schemas with full queues.
pub fn upgrades(found: &Workspace, _seconds: Option<u64>) -> Result<Vec<Row>> {
    run(found, "upgrades")
}

fn run(found: &Workspace, test: &str) -> Result<Vec<Row>> {
    let mut run = cargo(&found.workspace_root);
    run.args(["test", "-p", "carrot-faults", "--test", test])
        .env("CARROT_FAULTS_MANY", "1");
    let named = FAULTS.iter().find(|(known, _)| *known == test);
    let proof = named.map_or(test, |(_, proof)| proof);
    Ok(vec![Row::of_test(proof, run, "")?])
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_tests_are_there_and_say_what_they_tried() {
        let root = crate::workspace::root().unwrap();
        for (test, _) in super::FAULTS {
            let file = root.join(format!("tests/faults/tests/{test}.rs"));
            let text = std::fs::read_to_string(file).unwrap();
            let says = text.contains("settle()") || text.contains("told(");
            assert!(says, "{test}");
        }
    }
}
