//! A second maker's programme on a place's server: its own tag, goods, cashier and member.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::device::Headless;
use crate::place::Place;
use crate::process::program;

/// Its code, by which the command line tells programmes apart.
pub const CODE: &str = "kanelbo";
/// Its name.
pub const NAME: &str = "Kanelbo Bakery";
/// The PIN that the cashier of the demo's terminal has there.
pub const PIN: &str = "1357";
/// Goods that only it sells.
pub const BUN: &str = "9520001990014";
/// Goods that both programmes pay for.
pub const BEANS: &str = "9520001000201";
const OUTLET: &str = "elk-aarhus";
const MEMBER: &str = "astrid";

/// Makes the programme. The server must not run.
pub fn make(place: &Place) -> Result<()> {
    let files = Path::new(env!("CARGO_MANIFEST_DIR")).join("second");
    let output = Command::new(program("carrot")?)
        .args(["import", "all"])
        .arg(&files)
        .arg("--data")
        .arg(&place.demo.server.data)
        .output()?;
    if !output.status.success() {
        bail!("carrot import: {output:?}");
    }
    Ok(())
}

fn enrolment(place: &Place, who: &[&str]) -> Result<String> {
    let output = Command::new(program("carrot")?)
        .args(["enrolment", "new", "--programme", CODE])
        .args(who)
        .args(["--server", &format!("http://{}", place.demo.server.listen)])
        .arg("--data")
        .arg(&place.demo.server.data)
        .output()?;
    let printed = String::from_utf8_lossy(&output.stdout);
    let code = printed.lines().find(|line| line.starts_with("CRE1."));
    Ok(code.with_context(|| format!("{output:?}"))?.to_owned())
}

/// A code that enrols a terminal of the demo's outlet in it.
pub fn terminal_code(place: &Place) -> Result<String> {
    enrolment(place, &["--role", "terminal", "--outlet", OUTLET])
}

/// The phone of its member, enrolled.
pub fn member(place: &Place) -> Result<Headless> {
    let code = enrolment(place, &["--role", "phone", "--person", MEMBER])?;
    let phone = Headless::new(&place.path().join("second-phone"));
    phone.run(&["enrol", &code])?;
    phone.run(&["sync"])?;
    Ok(phone)
}
