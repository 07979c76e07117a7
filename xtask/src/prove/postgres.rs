//! Several servers over one store: many devices that want the same points, voucher, code or lease, and PostgreSQL with ended
//! connections, deadlocks, serialization failures and a cluster that stops or crashes.

use super::effort::Effort;
use super::tally::{Row, usual_test};
use crate::workspace::Workspace;
use anyhow::Result;
use std::process::Command;

/// How many commands each device sends while there is trouble.
const COMMANDS: &str = "100";
/// Rounds of a race.
const ROUNDS: u64 = 10;
/// Devices in it, and how often each sends what it wants: a thousand at once.
const RACE: [(&str, &str); 2] = [("CARROT_PROVE_TILLS", "20"), ("CARROT_PROVE_EACH", "50")];
/// What the table says, and the test.
const TROUBLES: [(&str, &str); 4] = [
    ("connections ended", "connections_that_are_ended"),
    ("deadlocks", "deadlocks_lose"),
    ("serialization failures", "serialization_failures"),
    ("cluster stopped", "a_cluster_that_stops"),
];
const RACES: [(&str, &str); 8] = [
    ("redemptions, SQLite", "sqlite::many_redemptions"),
    ("redemptions, PostgreSQL", "postgres::many_redemptions"),
    ("one voucher, SQLite", "sqlite::one_voucher"),
    ("one voucher, PostgreSQL", "postgres::one_voucher"),
    ("one code, SQLite", "sqlite::one_typed_code"),
    ("one code, PostgreSQL", "postgres::one_typed_code"),
    ("one lease, SQLite", "sqlite::the_last_points"),
    ("one lease, PostgreSQL", "postgres::the_last_points"),
];
/// Processor time of all rounds of all races, seconds.
const RACE_SECONDS: u64 = 60;

fn conformance(found: &Workspace) -> Command {
    usual_test(&found.workspace_root, "conformance")
}

/// Runs the tests of trouble with more commands.
pub fn run(found: &Workspace, _effort: Effort) -> Result<Vec<Row>> {
    let rows = TROUBLES.map(|(proof, test)| {
        let mut run = conformance(found);
        run.env("CARROT_PROVE_COMMANDS", COMMANDS);
        Row::of_test(proof, run, test)
    });
    rows.into_iter().collect()
}

/// Runs the races with more devices.
pub fn redemptions(found: &Workspace, effort: Effort) -> Result<Vec<Row>> {
    let rounds = (ROUNDS * effort.percent(RACE_SECONDS)).div_ceil(100);
    let rows = RACES.map(|(proof, test)| {
        let mut run = conformance(found);
        run.envs(RACE)
            .env("CARROT_PROVE_ROUNDS", rounds.to_string());
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
        for (file, tests) in [
            ("faults.rs", &TROUBLES[..]),
            ("races.rs", &RACES[..2]),
            ("one_winner.rs", &RACES[2..]),
        ] {
            let text = read(file);
            assert!(text.contains("proof tried="), "{file}");
            for (_, test) in tests {
                let name = test.rsplit("::").next().unwrap();
                assert!(text.contains(&format!("fn {name}")), "{test}");
            }
        }
    }
}
