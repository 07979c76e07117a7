//! Codes against forgers and crowds: a million signed codes with one byte changed, each refused, and a
//! thousand claims of one code at once, one of them paid.

use crate::exec::{self, cargo};
use crate::workspace::Workspace;
use anyhow::Result;
use std::path::Path;
use std::process::Command;

/// How many changed codes are tried.
const FORGERIES: u32 = 1_000_000;

/// The tests of the server in which many claim one thing at once.
const CROWDS: [&str; 2] = ["series", "receipts_once"];

/// Runs both proofs. Fails when a changed code passes or a code is paid twice.
pub fn run(found: &Workspace) -> Result<()> {
    exec::openly(forgeries(&found.workspace_root))?;
    exec::openly(crowds(&found.workspace_root))
}

fn forgeries(root: &Path) -> Command {
    let mut run = cargo(root);
    run.args(["test", "--release", "-p", "carrot-wire", "--test", "forged"])
        .args(["--", "--nocapture"])
        .env("CARROT_FORGERIES", FORGERIES.to_string());
    run
}

fn crowds(root: &Path) -> Command {
    let mut run = cargo(root);
    run.args(["test", "-p", "carrot-server"]);
    for test in CROWDS {
        run.args(["--test", test]);
    }
    run.args(["--", "thousand_claims"]);
    run
}

#[cfg(test)]
mod tests {
    use crate::workspace;

    #[test]
    fn the_tests_that_are_run_are_there() {
        let root = workspace::root().unwrap();
        let forged = std::fs::read_to_string(root.join("core/wire/tests/forged.rs")).unwrap();
        assert!(forged.contains("CARROT_FORGERIES"));
        let tests = root.join("server/tests");
        for name in super::CROWDS {
            let one = tests.join(format!("{name}.rs"));
            let folder = tests.join(name).join("main.rs");
            assert!(one.is_file() || folder.is_file(), "{name}");
        }
    }
}
