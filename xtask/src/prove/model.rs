//! Spaces that are visited whole: every order in which phones, tills, copies of a till, the clock, a bad
//! network and a rogue can do their parts with vouchers.

use super::effort::Effort;
use super::tally::{Row, usual_test};
use crate::workspace::Workspace;
use anyhow::Result;

/// Processor time that the large spaces need, seconds.
const LONG_SECONDS: u64 = 300;

/// Visits them; the large ones when there is time.
pub fn run(found: &Workspace, effort: Effort) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for (proof, test) in [
        ("vouchers, decisions", "voucher_model"),
        ("vouchers, messages", "message_space"),
    ] {
        let mut run = usual_test(&found.workspace_root, test);
        if effort.percent(LONG_SECONDS) == 100 {
            run.env("CARROT_MODEL_LONG", "1");
        }
        rows.push(Row::of_test(proof, run, "")?);
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_tests_are_there_and_say_how_many_states_there_are() {
        let root = crate::workspace::root().unwrap();
        for file in [
            "core/rules/tests/voucher_model.rs",
            "core/wire/tests/message_space.rs",
        ] {
            let text = std::fs::read_to_string(root.join(file)).unwrap();
            assert!(text.contains("proof tried={states}"), "{file}");
        }
    }
}
