//! Spaces that are visited whole: every order in which phones, tills, copies of a till, the clock, a bad
//! network and a rogue can do their parts with vouchers.

use super::effort::Effort;
use super::tally::Row;
use crate::exec::cargo;
use crate::workspace::Workspace;
use anyhow::Result;

/// Processor time that the large spaces need, seconds.
const LONG_SECONDS: u64 = 300;

/// Visits them; the large ones when there is time.
pub fn run(found: &Workspace, effort: Effort) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for (proof, package, test) in [
        ("vouchers, decisions", "carrot-rules", "voucher_model"),
        ("vouchers, messages", "carrot-wire", "message_space"),
    ] {
        let mut run = cargo(&found.workspace_root);
        run.args(["test", "-p", package, "--test", test]);
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
