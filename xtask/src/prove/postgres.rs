//! Several servers over one store: many tills that want the same points, and PostgreSQL with ended
//! connections, deadlocks, serialization failures and a cluster that stops or crashes.

use super::tally::Row;
use crate::exec::cargo;
use crate::workspace::Workspace;
use anyhow::Result;
use std::process::Command;

/// How many commands each device sends while there is trouble.
const COMMANDS: &str = "100";
/// Rounds of a race, tills in it, and redemptions of each till: a thousand at once.
const RACE: [(&str, &str); 3] = [
    ("CARROT_PROVE_ROUNDS", "10"),
    ("CARROT_PROVE_TILLS", "20"),
    ("CARROT_PROVE_EACH", "50"),
];
/// What the table says, and the test.
const TROUBLES: [(&str, &str); 4] = [
    ("connections ended", "connections_that_are_ended"),
    ("deadlocks", "deadlocks_lose"),
    ("serialization failures", "serialization_failures"),
    ("cluster stopped", "a_cluster_that_stops"),
];
const RACES: [(&str, &str); 2] = [
    ("redemptions, SQLite", "sqlite::many_redemptions"),
    ("redemptions, PostgreSQL", "postgres::many_redemptions"),
];

fn conformance(found: &Workspace) -> Command {
    let mut run = cargo(&found.workspace_root);
    run.args(["test", "-p", "carrot-server", "--test", "conformance"]);
    run
}

/// Runs the tests of trouble with more commands.
pub fn run(found: &Workspace, _seconds: Option<u64>) -> Result<Vec<Row>> {
    let rows = TROUBLES.map(|(proof, test)| {
        let mut run = conformance(found);
        run.env("CARROT_PROVE_COMMANDS", COMMANDS);
        Row::of_test(proof, run, test)
    });
    rows.into_iter().collect()
}

/// Runs the races with more tills.
pub fn redemptions(found: &Workspace, _seconds: Option<u64>) -> Result<Vec<Row>> {
    let rows = RACES.map(|(proof, test)| {
        let mut run = conformance(found);
        run.envs(RACE);
        Row::of_test(proof, run, test)
    });
    rows.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::{RACES, TROUBLES};

    #[test]
    fn the_tests_are_there_and_say_what_they_tried() {
        let folder = crate::workspace::root()
            .unwrap()
            .join("server/tests/conformance");
        let read = |name| std::fs::read_to_string(folder.join(name)).unwrap();
        for (file, tests) in [("faults.rs", &TROUBLES[..]), ("races.rs", &RACES[..])] {
            let text = read(file);
            assert!(text.contains("proof tried="), "{file}");
            for (_, test) in tests {
                let name = test.rsplit("::").next().unwrap();
                assert!(text.contains(&format!("fn {name}")), "{test}");
            }
        }
    }
}
