//! Devices whose program ends, whose requests or answers get lost, and whose server was restored from a
//! backup: what a screen confirmed has its effect once.

use super::effort::Effort;
use super::tally::{Row, usual_test};
use crate::workspace::Workspace;
use anyhow::Result;

/// Runs the client's tests of faults.
pub fn run(found: &Workspace, _effort: Effort) -> Result<Vec<Row>> {
    let run = usual_test(&found.workspace_root, "exactly_once");
    Ok(vec![Row::of_test("crashes, lost answers", run, "")?])
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_tests_say_what_they_tried() {
        let root = crate::workspace::root().unwrap();
        let file = root.join("core/client/tests/exactly_once.rs");
        assert!(
            std::fs::read_to_string(file)
                .unwrap()
                .contains("proof tried=")
        );
    }
}
