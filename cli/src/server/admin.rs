//! People who sign in at the console: they get a generated password, printed once.

use std::process::ExitCode;

use anyhow::{Context as _, bail};
use carrot_rules::Scope;
use carrot_rules::entity::Participant;
use carrot_server::Store;
use carrot_server::import::participant_id;
use carrot_server::secrets::{password_hash, random_bytes};
use carrot_server::store::Person;
use clap::{Subcommand, ValueEnum};
use uuid::Uuid;

use super::{ProgrammeArgs, store};

/// What a person may do at the console.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum ConsoleRole {
    /// Sets up and publishes.
    Manager,
    /// Decides what waits for review.
    Approver,
}

impl ConsoleRole {
    fn as_str(self) -> &'static str {
        match self {
            Self::Manager => "manager",
            Self::Approver => "approver",
        }
    }
}

/// What is done about the console's people.
#[derive(Debug, Subcommand)]
pub enum AdminCommand {
    /// Makes a user, or gives an existing one a new password; prints the password once.
    Create {
        #[command(flatten)]
        programme: ProgrammeArgs,
        /// The user name.
        #[arg(long)]
        user: String,
        /// What a new user may do.
        #[arg(long, value_enum, default_value_t = ConsoleRole::Manager)]
        role: ConsoleRole,
    },
}

/// Runs a command.
pub async fn run(command: AdminCommand) -> anyhow::Result<ExitCode> {
    let AdminCommand::Create {
        programme,
        user,
        role,
    } = command;
    let (store, programme) = store::open_programme(&programme).await?;
    let password = create(&store, programme.id, &user, role).await?;
    store.close().await;
    println!("user: {user}\npassword: {password}\nIt is shown this once.");
    Ok(ExitCode::SUCCESS)
}

/// Makes a console user, or gives the existing one a new password. Answers the password.
pub async fn create(
    store: &Store,
    programme: Uuid,
    user: &str,
    role: ConsoleRole,
) -> anyhow::Result<String> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if user.is_empty() || user.len() > 40 || !user.chars().all(plain) {
        bail!("a user name is at most 40 lower-case letters a-z, digits and dashes");
    }
    if store.person_by_sign_in(programme, user).await?.is_none() {
        add_person(store, programme, user, role).await?;
    }
    let password = generated_password()?;
    set_password(store, programme, user, &password).await?;
    Ok(password)
}

async fn add_person(
    store: &Store,
    programme: Uuid,
    user: &str,
    role: ConsoleRole,
) -> anyhow::Result<()> {
    if store.person_by_code(programme, user).await?.is_some() {
        bail!(
            "somebody in the programme has the code {user} and does not sign in; choose another user name"
        );
    }
    let id = participant_id(programme, user);
    let person = Person {
        participant: id,
        code: user.to_owned(),
        given: user.to_owned(),
        family: String::new(),
        phone: None,
        email: None,
        language: "en".to_owned(),
        sign_in: Some(user.to_owned()),
        password_hash: None,
        pin_hash: None,
    };
    let participant = Participant {
        id,
        role: role.as_str().to_owned(),
        employments: Vec::new(),
        segments: Vec::new(),
        joined_ms: 0,
    };
    let mut tx = store.begin(programme).await?;
    tx.put(&id.to_string(), &participant, &[Scope::Participant(id)])
        .await?;
    tx.put_person(&person).await?;
    tx.audit(
        "server",
        "admin.create",
        &id.to_string(),
        &serde_json::json!({"role": role.as_str()}),
    )
    .await?;
    tx.commit().await?;
    Ok(())
}

/// Gives a console user a password.
pub async fn set_password(
    store: &Store,
    programme: Uuid,
    user: &str,
    password: &str,
) -> anyhow::Result<()> {
    let person = store.person_by_sign_in(programme, user).await?;
    let mut person = person.with_context(|| format!("nobody signs in as {user}"))?;
    person.password_hash = Some(password_hash(password)?);
    let mut tx = store.begin(programme).await?;
    tx.put_person(&person).await?;
    tx.audit(
        "server",
        "admin.password",
        &person.participant.to_string(),
        &serde_json::json!({}),
    )
    .await?;
    tx.commit().await?;
    Ok(())
}

/// Twenty characters without look-alikes, in groups: 100 random bits at five bits a character.
fn generated_password() -> anyhow::Result<String> {
    const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let bytes = random_bytes::<20>()?;
    let mut password = String::new();
    for (number, byte) in bytes.iter().enumerate() {
        if number > 0 && number % 5 == 0 {
            password.push('-');
        }
        let symbol = ALPHABET
            .get(usize::from(byte % 32))
            .copied()
            .unwrap_or(b'x');
        password.push(char::from(symbol));
    }
    Ok(password)
}

/// True when somebody can sign in at the console of the programme.
pub async fn exists(store: &Store, programme: Uuid) -> anyhow::Result<bool> {
    let people = store.people(programme).await?;
    Ok(people
        .iter()
        .any(|person| person.sign_in.is_some() && person.password_hash.is_some()))
}
