//! Codes against forgers and crowds: a million signed codes with one byte changed, each refused, and a
//! thousand claims of one code, one pallet and one receipt at once, one of each paid.

use super::effort::Effort;
use super::tally::{Row, usual_test};
use crate::exec::cargo;
use crate::workspace::Workspace;
use anyhow::Result;
use std::path::Path;
use std::process::Command;

/// How many changed codes are tried.
const FORGERIES: u32 = 1_000_000;

/// The tests of the server in which many claim one thing at once.
const CROWDS: [(&str, &str); 2] = [
    ("claims of one code", "series"),
    ("claims of one receipt", "receipts_once"),
];

/// Runs the proofs; a changed code that passes or a code that is paid twice breaks them.
pub fn run(found: &Workspace, _effort: Effort) -> Result<Vec<Row>> {
    let root = &found.workspace_root;
    let mut rows = vec![Row::of_test("forged codes", forgeries(root), "")?];
    for (name, test) in CROWDS {
        let crowd = usual_test(root, test);
        rows.push(Row::of_test(name, crowd, "thousand_claims")?);
    }
    Ok(rows)
}

fn forgeries(root: &Path) -> Command {
    let mut run = cargo(root);
    // The profile of the fleets: what they share is built once.
    run.args(["test", "--profile", "bench", "-p", "carrot-wire"])
        .args(["--test", "forged"])
        .env("CARROT_FORGERIES", FORGERIES.to_string());
    run
}

#[cfg(test)]
mod tests {
    use crate::workspace;
    use std::fs;

    #[test]
    fn the_tests_that_are_run_say_what_they_tried() {
        let root = workspace::root().unwrap();
        let forged = fs::read_to_string(root.join("core/wire/tests/forged.rs")).unwrap();
        assert!(forged.contains("CARROT_FORGERIES") && forged.contains("proof tried="));
        for file in ["series/races.rs", "receipts_once.rs"] {
            let text = fs::read_to_string(root.join("server/tests").join(file)).unwrap();
            assert!(text.contains("thousand_claims"), "{file}");
            assert!(text.contains("proof tried="), "{file}");
        }
    }
}
