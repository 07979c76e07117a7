//! `cargo xtask test`: every check, one after the other, and a table at the end.
//!
//! A failed step does not keep the following ones from running; the exit code tells.

use crate::args::Args;
use crate::exec::{self, Progress, cargo, command};
use crate::packages::Purpose;
use crate::workspace::{self, Workspace};
use crate::{findings, setup, shots, tidy, ui};
use anyhow::{Result, bail};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// The test of the bindings from Python: a step as soon as the file exists.
const BINDINGS: &str = "tests/bindings/run.py";

/// The golden vectors through the engine as WebAssembly, in Node and in a browser.
const WASM: &str = "tests/wasm/run.mjs";
const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// Every program and the facade's library, with the features that the tests need: one build for all.
pub const BUILD: &str = "build --workspace --bins --lib --features carrot-mobile/bindgen";

/// The names of all steps, in their order.
const STEPS: &[&str] = &[
    "setup", "fmt", "tidy", "ui-check", "ui-test", "l10n", "ui-build", "clippy", "build", "test",
    "bindings", "wasm", "shots",
];

/// How a step went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Ok,
    Failed,
    /// There is nothing to run yet.
    Absent,
}

struct Row {
    step: &'static str,
    seconds: f64,
    state: State,
    /// Why it failed.
    why: Option<String>,
}

/// Runs all steps, or one with `--only STEP`. Fails when one failed.
pub fn main(args: Args) -> Result<()> {
    let chosen = choose(args.value("only"))?;
    let root = workspace::root()?;
    let mut rows = Vec::new();
    for step in chosen {
        println!("\n== {step}");
        let started = Instant::now();
        let (state, why) = match step_of(step, &root) {
            Ok(state) => (state, None),
            Err(error) => (State::Failed, Some(format!("{step} failed: {error:#}"))),
        };
        if let Some(why) = &why {
            println!("{why}");
        }
        rows.push(Row {
            step,
            seconds: started.elapsed().as_secs_f64(),
            state,
            why,
        });
    }
    println!("\n{}", table(&rows));
    // Said again: the end of a long log is what is read, or all that is left of it.
    for why in rows.iter().filter_map(|row| row.why.as_ref()) {
        println!("{why}\n");
    }
    let failed: Vec<&str> = rows
        .iter()
        .filter(|row| row.state == State::Failed)
        .map(|row| row.step)
        .collect();
    if !failed.is_empty() {
        bail!("failed: {}", failed.join(", "));
    }
    Ok(())
}

fn choose(only: Option<&str>) -> Result<Vec<&'static str>> {
    let Some(only) = only else {
        return Ok(STEPS.to_vec());
    };
    match STEPS.iter().find(|step| **step == only) {
        Some(step) => Ok(vec![step]),
        None => bail!("no step named `{only}`; there are: {}", STEPS.join(" ")),
    }
}

fn step_of(step: &str, root: &Path) -> Result<State> {
    let run = |command: Command| exec::openly(command).map(|()| State::Ok);
    match step {
        "setup" => {
            setup::steps(root, Purpose::Test, &mut Progress::new(setup::STEPS))?;
            Ok(State::Ok)
        }
        "tidy" => tidy::check(root).map(|()| State::Ok),
        "fmt" => run(words(root, "fmt --all --check")),
        "clippy" => run(words(
            root,
            "clippy --workspace --all-targets -- -D warnings",
        )),
        "build" => run(words(root, BUILD)),
        "test" => findings::run(words(root, "test --workspace --no-fail-fast")).map(|()| State::Ok),
        "ui-check" => run(ui::npm(root, &["run", "check"])),
        "ui-test" => run(ui::npm(root, &["test"])),
        "l10n" => run(ui::npm(root, &["run", "check:l10n"])),
        "ui-build" => run(ui::npm(root, &["run", "build"])),
        "bindings" => bindings(root),
        "wasm" => wasm(root),
        "shots" => shots::take(&Workspace::load()?.scratch("shots"), true).map(|()| State::Ok),
        other => bail!("no step named `{other}`"),
    }
}

fn words(root: &Path, line: &str) -> Command {
    let mut cargo = cargo(root);
    // Windows of the tests start accessibility daemons that would outlive them.
    cargo.args(line.split(' ')).env("NO_AT_BRIDGE", "1");
    cargo
}

fn bindings(root: &Path) -> Result<State> {
    if !root.join(BINDINGS).is_file() {
        println!("{BINDINGS} is not there");
        return Ok(State::Absent);
    }
    let mut python = command("python3", root);
    python.arg(BINDINGS);
    exec::openly(python).map(|()| State::Ok)
}

/// Skipped where the compiler's target is not there and cannot be installed.
fn wasm(root: &Path) -> Result<State> {
    let mut rustup = command("rustup", root);
    rustup.args(["target", "add", WASM_TARGET]);
    if let Err(error) = exec::openly(rustup) {
        println!("skipped: the target {WASM_TARGET} cannot be installed here: {error:#}");
        return Ok(State::Absent);
    }
    let mut node = command("node", root);
    node.arg(WASM);
    exec::openly(node).map(|()| State::Ok)
}

fn table(rows: &[Row]) -> String {
    let mut text = format!("{:<10} {:>8}  result\n", "step", "seconds");
    for row in rows {
        let result = match row.state {
            State::Ok => "ok",
            State::Failed => "FAILED",
            State::Absent => "not there yet",
        };
        text.push_str(&format!(
            "{:<10} {:>8.1}  {result}\n",
            row.step, row.seconds
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{BINDINGS, Row, STEPS, State, bindings, choose, table};
    use std::fs;

    #[test]
    fn one_step_or_all() {
        assert_eq!(choose(None).unwrap(), STEPS);
        assert_eq!(choose(Some("clippy")).unwrap(), ["clippy"]);
        assert!(
            choose(Some("clipy"))
                .unwrap_err()
                .to_string()
                .contains("ui-build")
        );
    }

    #[test]
    fn the_table_tells_failed_from_absent() {
        let row = |step, state| Row {
            step,
            seconds: 1.25,
            state,
            why: None,
        };
        let rows = [
            row("fmt", State::Ok),
            row("test", State::Failed),
            row("x", State::Absent),
        ];
        let text = table(&rows);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[1], "fmt             1.2  ok");
        assert!(lines[2].ends_with("FAILED") && lines[3].ends_with("not there yet"));
    }

    #[test]
    fn bindings_that_exist_must_pass() {
        let root = std::env::temp_dir().join(format!("xtask-bindings-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        fs::create_dir_all(root.join("tests/bindings")).unwrap();
        assert_eq!(bindings(&root).unwrap(), State::Absent);
        fs::write(root.join(BINDINGS), "raise SystemExit(1)").unwrap();
        assert!(bindings(&root).is_err());
        fs::write(root.join(BINDINGS), "pass").unwrap();
        assert_eq!(bindings(&root).unwrap(), State::Ok);
        fs::remove_dir_all(root).unwrap();
    }
}
