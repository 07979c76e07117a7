//! A second maker's programme on a place's server: its own tag, goods, cashier and member.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};

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

const PEOPLE: &str = "code,given,family,role,phone,email,language,outlets,pin,sign_in,note
jens,Jens,Nørgaard,cashier,+4520123414,,da,elk-aarhus,1357,,
astrid,Astrid,Kjær,buyer,+4520123419,,da,,,,
";
const PRODUCTS: &str =
    "gtin,partner,brand,category,name_en,name_da,name_sv,name_pl,name_ru,name_uk,\
buyer_points,seller_points,price_dkk_minor,price_pln_minor,price_uah_minor
9520001990014,,Kanelbo,buns,Cinnamon bun,Kanelsnegl,Kanelbulle,Cynamonka,Булочка,Булочка,6,2,3200,,
9520001000201,,Morgenrød,beans,Coffee beans,Kaffebønner,Kaffebönor,Ziarna,Зёрна,Зерна,8,3,14900,,
";

/// Makes the programme. The server must not run.
pub fn make(place: &Place) -> Result<()> {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cli/demo");
    let files = place.path().join("second");
    fs::create_dir_all(&files)?;
    for shared in ["partners.csv", "outlets.csv"] {
        fs::copy(demo.join(shared), files.join(shared))?;
    }
    let mut programme: Value =
        serde_json::from_str(&fs::read_to_string(demo.join("programme.json"))?)?;
    programme["code"] = json!(CODE);
    programme["name"] = json!(NAME);
    programme["code_tag"] = json!(CODE);
    programme["points_word"] = json!({ "en": { "one": "crumb", "other": "crumbs" } });
    fs::write(files.join("programme.json"), programme.to_string())?;
    fs::write(files.join("people.csv"), PEOPLE)?;
    fs::write(files.join("products.csv"), PRODUCTS)?;
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
