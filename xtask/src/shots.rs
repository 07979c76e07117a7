//! `cargo xtask shots --out DIR`: pictures of every screen, taken from the running demo.

use crate::args::Args;
use crate::demo::{self, Demo};
use crate::exec::{self, Progress, cargo, command};
use crate::packages::Purpose;
use crate::stage::{Screens, Stage, ports_are_free};
use crate::workspace::{self, Workspace};
use crate::{run, setup, signals};
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::path::Path;

mod second;

const STEPS: usize = setup::STEPS + 4;
/// The program that drives the browser.
const SCRIPT: &str = "ui/scripts/shots.mjs";

/// Reads the task's words and takes the pictures.
pub fn main(args: Args) -> Result<()> {
    let Some(out) = args.value("out") else {
        bail!("`cargo xtask shots` needs `--out DIR`");
    };
    take(&workspace::absolute(out)?, args.has("quick"))
}

/// Builds, makes a demo of its own, raises it and runs the script:
///
/// `node ui/scripts/shots.mjs --out DIR --stage FILE [--quick]`, where FILE is JSON with
/// `console {url,user,password}`, `terminal {url,cashier,pin}`, `shared {url,pin,second_pin}` (a till of two
/// programmes) and `phones [{who,role,url}]`.
/// The script's exit code decides.
pub fn take(out: &Path, quick: bool) -> Result<()> {
    let root = workspace::root()?;
    let found = Workspace::load()?;
    if !root.join(SCRIPT).is_file() {
        bail!("{SCRIPT} is not there, so no picture can be taken");
    }
    let mut progress = Progress::new(STEPS);
    setup::steps(&root, Purpose::Test, &mut progress)?;
    let mut build = cargo(&root);
    build.args(crate::test::BUILD.split(' '));
    progress.commands("program", vec![build])?;

    let data = found.scratch("shots-demo");
    demo::delete(&data)?;
    let carrot = found.debug_program("carrot");
    let demo = demo::ensure(&root, &carrot, &data, &mut progress)?;
    second::import(&root, &carrot, &demo, &mut progress)?;
    ports_are_free(&demo)?;
    signals::watch();
    let mut stage = Stage::new(&root, &carrot, &data.join("logs"))?;
    let note = progress.step("server and devices", || {
        let phones = run::raise(&mut stage, &demo)?;
        let terminal = run::terminal_screens(&mut stage, &demo)?;
        let shared = second::till(&mut stage, &root, &carrot, &demo, &data)?;
        Ok(note(&demo, &terminal, &shared, &phones))
    })?;
    let file = data.join("stage.json");
    std::fs::write(&file, serde_json::to_vec_pretty(&note)?)?;
    std::fs::create_dir_all(out).with_context(|| out.display().to_string())?;

    let mut node = command("node", &root);
    node.arg(SCRIPT)
        .arg("--out")
        .arg(out)
        .arg("--stage")
        .arg(&file);
    if quick {
        node.arg("--quick");
    }
    let outcome = exec::openly(node);
    stage.stop();
    outcome?;
    println!("pictures are in {}", out.display());
    Ok(())
}

fn note(demo: &Demo, terminal: &Screens, shared: &Screens, phones: &[Screens]) -> Value {
    let phones: Vec<Value> = phones
        .iter()
        .map(|phone| json!({"who": phone.who, "role": phone.role, "url": phone.url}))
        .collect();
    let till = &demo.terminal;
    json!({
        "console": demo.console,
        "terminal": {"url": terminal.url, "cashier": till.cashier, "pin": till.pin},
        "shared": {"url": shared.url, "pin": till.pin, "second_pin": second::PIN},
        "phones": phones,
    })
}
