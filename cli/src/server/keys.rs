//! The server's signing keys: a new one, an old one out of use, and what counts.

use std::process::ExitCode;

use carrot_server::keys::{KeyState, Keys};
use clap::Subcommand;

use super::DataArgs;

/// What is done about the keys.
#[derive(Debug, Subcommand)]
pub enum KeysCommand {
    /// Makes a new key that signs from now on; a running server takes it up by itself, and devices at
    /// their next sync.
    Rotate {
        #[command(flatten)]
        data: DataArgs,
    },
    /// Takes a key out of use, for one that was stolen: devices stop listening to it at their next sync.
    Retire {
        #[command(flatten)]
        data: DataArgs,
        /// The key's id, as `list` shows it.
        kid: String,
        /// Codes that were printed under it are void too.
        #[arg(long)]
        revoke: bool,
    },
    /// Prints the keys: id, state, public key.
    List {
        #[command(flatten)]
        data: DataArgs,
        /// Only the public keys that count, one per line: what `verify-proof` takes.
        #[arg(long)]
        public: bool,
    },
}

/// Runs a command.
///
/// # Errors
/// When the folder has no keys, or the key is not there or the only active one.
pub fn run(command: KeysCommand) -> anyhow::Result<ExitCode> {
    let (keys, public) = match command {
        KeysCommand::Rotate { data } => (Keys::rotate(existing(&data)?)?, false),
        KeysCommand::Retire { data, kid, revoke } => {
            (Keys::retire(existing(&data)?, &kid, revoke)?, false)
        }
        KeysCommand::List { data, public } => (Keys::open(existing(&data)?)?, public),
    };
    for row in keys.rows() {
        let state = match (row.state, row.signs) {
            (_, true) => "signs",
            (KeyState::Active, false) => "active",
            (KeyState::Retired, _) => "retired",
            (KeyState::Revoked, _) => "revoked",
        };
        if public {
            if row.state == KeyState::Active {
                println!("{}", row.public_key);
            }
        } else {
            println!("{}  {state:8}  {}", row.kid, row.public_key);
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The folder, when it has keys: a wrong path does not get new ones.
fn existing(data: &DataArgs) -> anyhow::Result<&std::path::Path> {
    if !data.data.join(carrot_server::keys::KEYS_FILE).exists() {
        anyhow::bail!(
            "{} has no keys: is it a server's data folder?",
            data.data.display()
        );
    }
    Ok(&data.data)
}
