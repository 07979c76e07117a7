//! One-time codes that make devices.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use carrot_rules::entity::Outlet;
use carrot_server::store::{DeviceRole, EntityFilter};
use carrot_server::{Store, create_enrolment};
use clap::{Subcommand, ValueEnum};
use uuid::Uuid;

use super::{ProgrammeArgs, qr, store};

/// What a code makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Role {
    /// A till's terminal; belongs to an outlet.
    Terminal,
    /// A person's phone.
    Phone,
}

/// What is done about enrolment.
#[derive(Debug, Subcommand)]
pub enum EnrolmentCommand {
    /// Makes a code for one device, valid for ten minutes, and shows it.
    New {
        #[command(flatten)]
        programme: ProgrammeArgs,
        /// What the code makes.
        #[arg(long, value_enum)]
        role: Role,
        /// The outlet's code, for a terminal.
        #[arg(long)]
        outlet: Option<String>,
        /// The person's code, for a phone.
        #[arg(long)]
        person: Option<String>,
        /// The address that the device reaches the server by.
        #[arg(long, default_value = "http://127.0.0.1:8420")]
        server: String,
        /// Also write the square code as a PNG.
        #[arg(long)]
        png: Option<PathBuf>,
    },
}

/// Runs a command.
pub async fn run(command: EnrolmentCommand) -> anyhow::Result<ExitCode> {
    let EnrolmentCommand::New {
        programme,
        role,
        outlet,
        person,
        server,
        png,
    } = command;
    let (store, programme) = store::open_programme(&programme).await?;
    let text = match (role, outlet, person) {
        (Role::Terminal, Some(outlet), None) => {
            for_terminal(&store, programme.id, &outlet, &server).await?
        }
        (Role::Phone, None, Some(person)) => {
            for_phone(&store, programme.id, &person, &server).await?
        }
        (Role::Terminal, _, _) => bail!("a terminal needs --outlet CODE and no --person"),
        (Role::Phone, _, _) => bail!("a phone needs --person CODE and no --outlet"),
    };
    store.close().await;
    if let Some(png) = png {
        qr::picture(&text, 8)?
            .save(&png)
            .with_context(|| format!("writing {}", png.display()))?;
    }
    println!(
        "{}\n{text}\nValid for ten minutes and for one device.",
        qr::for_terminal(&text)?
    );
    Ok(ExitCode::SUCCESS)
}

/// A code for a terminal of the outlet with this code.
pub async fn for_terminal(
    store: &Store,
    programme: Uuid,
    outlet: &str,
    server: &str,
) -> anyhow::Result<String> {
    let all: Vec<(String, Outlet)> = store.entities(programme, &EntityFilter::all()).await?;
    let found = all.into_iter().find(|(_, known)| known.code == outlet);
    let (_, known) = found.with_context(|| format!("there is no outlet with the code {outlet}"))?;
    issue(
        store,
        programme,
        DeviceRole::Terminal,
        Some(known.id),
        None,
        server,
    )
    .await
}

/// A code for a phone of the person with this code.
pub async fn for_phone(
    store: &Store,
    programme: Uuid,
    person: &str,
    server: &str,
) -> anyhow::Result<String> {
    let known = store.person_by_code(programme, person).await?;
    let known = known.with_context(|| format!("there is nobody with the code {person}"))?;
    issue(
        store,
        programme,
        DeviceRole::Phone,
        None,
        Some(known.participant),
        server,
    )
    .await
}

async fn issue(
    store: &Store,
    programme: Uuid,
    role: DeviceRole,
    outlet: Option<Uuid>,
    participant: Option<Uuid>,
    server: &str,
) -> anyhow::Result<String> {
    let mut tx = store.begin(programme).await?;
    let text = create_enrolment(&mut tx, role, outlet, participant, server).await?;
    tx.commit().await?;
    Ok(text)
}
