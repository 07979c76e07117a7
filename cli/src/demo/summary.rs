//! What the demo is and how to use it: `demo.json` for programs, and the same in words.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use carrot_server::store::Place;
use serde_json::{Value, json};

use super::Made;
use super::folders::People;
use crate::server::store;

/// Everything that the summary is about.
pub struct Summary<'a> {
    /// The demo's folder.
    pub data: &'a Path,
    /// The server's store.
    pub place: &'a Place,
    /// Where the server will listen.
    pub listen: SocketAddr,
    /// What was replayed.
    pub made: &'a Made,
    /// Devices and sign-ins.
    pub people: &'a People,
    /// The sheets.
    pub sheets: &'a [PathBuf],
}

/// Writes `demo.json` and prints the summary.
pub fn write(summary: &Summary<'_>) -> anyhow::Result<()> {
    let document = document(summary);
    std::fs::write(
        summary.data.join("demo.json"),
        serde_json::to_string_pretty(&document)?,
    )?;
    print(summary);
    Ok(())
}

fn document(summary: &Summary<'_>) -> Value {
    let people = summary.people;
    let phones: Vec<Value> = people
        .phones
        .iter()
        .map(|phone| json!({"who": phone.who, "role": phone.role, "dir": phone.dir, "port": phone.port}))
        .collect();
    let users: Vec<Value> = people
        .console
        .iter()
        .map(|(user, password)| json!({"user": user, "password": password}))
        .collect();
    let (user, password) = people.console.first().cloned().unwrap_or_default();
    json!({
        "server": {"data": summary.place.data, "listen": summary.listen.to_string()},
        "console": {"url": format!("http://{}/", summary.listen), "user": user, "password": password, "users": users},
        "terminal": {"dir": people.terminal, "cashier": people.cashier, "pin": people.pin},
        "phones": phones,
        "steps": steps(summary),
        "sheets": summary.sheets,
        "notes": summary.made.notes,
    })
}

/// The five steps that show the product.
fn steps(summary: &Summary<'_>) -> [String; 5] {
    let people = summary.people;
    let sheet = summary
        .sheets
        .first()
        .map_or_else(String::new, |path| path.display().to_string());
    let user = people.console.first().map_or("", |(user, _)| user.as_str());
    let (cashier, pin) = (&people.cashier, &people.pin);
    [
        format!("Mette scans a code from {sheet} on her phone (seller mette) and reaches her wish."),
        format!(
            "{cashier} signs in at the terminal with PIN {pin} and sells a bag of beans to Astrid, \
             by the code on her phone (buyer astrid) or by her number +45 20 12 34 19."
        ),
        "Take the server away; Astrid redeems a cup of coffee at the terminal without it.".to_owned(),
        "Emil closes a visit with a photo on his phone (merchandiser emil), still without the server."
            .to_owned(),
        format!(
            "Bring the server back; everything arrives, and {user} approves the photo at http://{}/.",
            summary.listen
        ),
    ]
}

fn print(summary: &Summary<'_>) {
    let people = summary.people;
    println!("\nThe demo is in {}", summary.data.display());
    println!(
        "  server    carrot serve {} --listen {}",
        store::options(summary.place),
        summary.listen
    );
    for (user, password) in &people.console {
        println!(
            "  console   http://{}/  user {user}  password {password}",
            summary.listen
        );
    }
    println!(
        "  terminal  {}  cashier {}  PIN {}",
        people.terminal.display(),
        people.cashier,
        people.pin
    );
    for phone in &people.phones {
        println!(
            "  phone     {} ({}): carrot device --dir {} --insecure-key-file ui --listen 127.0.0.1:{}",
            phone.who,
            phone.role,
            phone.dir.display(),
            phone.port
        );
    }
    for sheet in summary.sheets {
        println!("  sheet     {}", sheet.display());
    }
    println!();
    for (number, step) in (1..).zip(steps(summary)) {
        println!("{number}. {step}");
    }
    println!();
    for note in &summary.made.notes {
        println!("left out: {note}");
    }
}
