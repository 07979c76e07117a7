//! A second maker's programme, and a till that serves it beside the demo's.

use std::path::Path;

use anyhow::{Context as _, Result, bail};

use crate::demo::Demo;
use crate::exec::{Progress, command};
use crate::stage::{Screens, Stage};

/// Its files, which the end-to-end tests import too.
const FILES: &str = "tests/e2e/second";
/// The tags of the demo and of it, by which the command line tells programmes apart.
const CODES: [&str; 2] = ["morgenro", "kanelbo"];
/// Where both have this till.
const OUTLET: &str = "elk-aarhus";
/// The PIN of the till's cashier there.
pub const PIN: &str = "1357";

/// Puts the programme beside the demo's. The server must not run.
pub fn import(root: &Path, carrot: &Path, demo: &Demo, progress: &mut Progress) -> Result<()> {
    let mut import = command(carrot, root);
    import.args(["import", "all", FILES, "--data"]);
    import.arg(&demo.server.data);
    progress.commands("second programme", vec![import])
}

/// Enrols a till of its own in both and opens its screens. The server runs.
pub fn till(
    stage: &mut Stage,
    root: &Path,
    carrot: &Path,
    demo: &Demo,
    data: &Path,
) -> Result<Screens> {
    let dir = data.join("shared-till");
    for programme in CODES {
        let mut new = command(carrot, root);
        new.args(["enrolment", "new", "--role", "terminal", "--outlet", OUTLET]);
        new.args(["--programme", programme, "--server"]);
        new.arg(format!("http://{}", demo.server.listen));
        new.arg("--data").arg(&demo.server.data);
        let made = new.output()?;
        let printed = String::from_utf8_lossy(&made.stdout);
        let code = printed.lines().find(|line| line.starts_with("CRE1."));
        let code = code.with_context(|| format!("no enrolment code: {made:?}"))?;
        let mut enrol = command(carrot, root);
        enrol.args(["device", "--insecure-key-file", "--dir"]);
        enrol.arg(&dir).args(["enrol", code]);
        let enrolled = enrol.output()?;
        if !enrolled.status.success() {
            bail!("the till in {programme}: {enrolled:?}");
        }
    }
    stage.start_screens("shared", "terminal", &dir, 0)
}
