//! Real devices: folders that are enrolled over HTTP through the calls that screens make.

use std::path::{Path, PathBuf};

use anyhow::anyhow;
use carrot_api::Api;
use carrot_server::Store;
use serde_json::json;
use uuid::Uuid;

use super::files::{self, PersonLine};
use crate::device::open_options;
use crate::server::{admin, enrolment};

/// Where the terminal stands.
const TERMINAL_OUTLET: &str = "elk-aarhus";
/// Escrow that the terminal asks for, points.
const LEASE_POINTS: i64 = 2_000;
/// People whose phones the demo has, with the ports of their screens.
const PHONES: [(&str, u16); 5] = [
    ("mette", 8431),
    ("astrid", 8432),
    ("emil", 8433),
    ("oksana", 8434),
    ("lars", 8435),
];

/// A phone's folder.
pub struct PhoneFolder {
    /// Whose, by code.
    pub who: String,
    /// Their role.
    pub role: String,
    /// The folder.
    pub dir: PathBuf,
    /// The port that its screens are meant for.
    pub port: u16,
}

/// Devices and sign-ins.
pub struct People {
    /// The terminal's folder.
    pub terminal: PathBuf,
    /// The cashier's given name.
    pub cashier: String,
    /// Their PIN.
    pub pin: String,
    /// Phones.
    pub phones: Vec<PhoneFolder>,
    /// Console users with their passwords.
    pub console: Vec<(String, String)>,
}

/// Enrols the folders at a running server, and gives the console's people passwords.
pub async fn enrol(
    store: &Store,
    programme: Uuid,
    url: &str,
    data: &Path,
) -> anyhow::Result<People> {
    let people: Vec<PersonLine> = files::rows("people.csv")?;
    let terminal = data.join("terminal");
    let code = enrolment::for_terminal(store, programme, TERMINAL_OUTLET, url).await?;
    device(&terminal, &code, "Till of Aarhus", true).await?;
    let mut phones = Vec::new();
    for (who, port) in PHONES {
        let dir = data.join("phones").join(who);
        let line = people
            .iter()
            .find(|line| line.code == who)
            .ok_or_else(|| anyhow!("nobody is {who}"))?;
        let code = enrolment::for_phone(store, programme, who, url).await?;
        device(&dir, &code, &format!("{}'s phone", line.given), false).await?;
        phones.push(PhoneFolder {
            who: who.to_owned(),
            role: line.role.clone(),
            dir,
            port,
        });
    }
    let cashier = people
        .iter()
        .find(|line| !line.pin.is_empty() && line.works_at().any(|code| code == TERMINAL_OUTLET));
    let cashier = cashier.ok_or_else(|| anyhow!("{TERMINAL_OUTLET} has no cashier"))?;
    let mut console = Vec::new();
    for (user, role) in [
        ("karen", admin::ConsoleRole::Manager),
        ("piotr", admin::ConsoleRole::Approver),
    ] {
        console.push((
            user.to_owned(),
            admin::create(store, programme, user, role).await?,
        ));
    }
    Ok(People {
        terminal,
        cashier: cashier.given.clone(),
        pin: cashier.pin.clone(),
        phones,
        console,
    })
}

async fn device(dir: &Path, code: &str, name: &str, wants_lease: bool) -> anyhow::Result<()> {
    let told = |what: &str, error: carrot_api::CallError| {
        anyhow!("{name}: {what}: {} ({})", error.code, error.detail)
    };
    let api = Api::open(open_options(dir.to_owned(), true))
        .await
        .map_err(|error| told("opening", error))?;
    api.call("enrol", json!({ "code": code, "device_name": name }))
        .await
        .map_err(|error| told("enrolling", error))?;
    api.call("sync", json!({}))
        .await
        .map_err(|error| told("first sync", error))?;
    if wants_lease {
        api.call("request_lease", json!({ "points": LEASE_POINTS }))
            .await
            .map_err(|error| told("asking for a lease", error))?;
        api.call("sync", json!({}))
            .await
            .map_err(|error| told("second sync", error))?;
    }
    api.close().await;
    Ok(())
}
