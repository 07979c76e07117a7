//! The server's side of the program: serving, and everything that is done to a data folder.

pub(crate) mod admin;
mod codes;
mod compact;
pub(crate) mod enrolment;
mod handover;
mod import;
mod keys;
mod ledger;
pub(crate) mod qr;
mod serve;
pub(crate) mod store;

#[path = "../demo/mod.rs"]
pub(crate) mod demo;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::bail;
use carrot_server::store::{Place, PostgresUrls};
use carrot_server::{Clock as _, SystemClock};
use clap::{Args, Subcommand};

/// Where the server's data is.
#[derive(Debug, Clone, Args)]
pub struct DataArgs {
    /// The server's data folder.
    #[arg(long, env = "CARROT_DATA")]
    data: PathBuf,
    #[command(flatten)]
    database: DatabaseArgs,
}

/// In which database the rows are.
#[derive(Debug, Clone, Default, Args)]
pub struct DatabaseArgs {
    /// The PostgreSQL database that the rows are in, postgres://…; without it they are in a file in the
    /// data folder. The folder keeps keys and photos.
    #[arg(long, env = "CARROT_DATABASE_URL", hide_env_values = true)]
    database_url: Option<String>,
    /// The same database as the role that owns the tables and changes them when a new version starts;
    /// without it --database-url does both.
    #[arg(long, env = "CARROT_MIGRATE_URL", hide_env_values = true)]
    migrate_url: Option<String>,
}

impl DatabaseArgs {
    /// The store of this database whose keys and photos are in a folder.
    pub fn place(&self, data: PathBuf) -> Place {
        let postgres = self.database_url.as_ref().map(|url| PostgresUrls {
            url: url.clone(),
            owner_url: self.migrate_url.clone(),
        });
        Place { data, postgres }
    }
}

impl DataArgs {
    /// A store whose rows are in the folder.
    #[cfg(test)]
    pub fn folder(data: PathBuf) -> Self {
        Self {
            data,
            database: DatabaseArgs::default(),
        }
    }

    /// Where the store is.
    pub fn place(&self) -> Place {
        self.database.place(self.data.clone())
    }

    /// The folder, for what concerns the file in it. Refuses a store in PostgreSQL.
    fn folder_only(&self, instead: &str) -> anyhow::Result<&Path> {
        if self.database.database_url.is_some() {
            bail!(
                "this is for stores in a data folder; for PostgreSQL use {instead}, and copy the data folder with its keys and photos"
            );
        }
        Ok(&self.data)
    }
}

/// Which programme of a data folder.
#[derive(Debug, Clone, Args)]
pub struct ProgrammeArgs {
    #[command(flatten)]
    data: DataArgs,
    /// The programme's short code, where the folder has more than one.
    #[arg(long)]
    programme: Option<String>,
}

/// What a server does and what is done to its data.
#[derive(Debug, Subcommand)]
pub enum ServerCommand {
    /// Serves devices and the console from a data folder.
    Serve(serve::ServeArgs),
    /// People who sign in at the console.
    #[command(subcommand)]
    Admin(admin::AdminCommand),
    /// One-time codes that make devices.
    #[command(subcommand)]
    Enrolment(enrolment::EnrolmentCommand),
    /// Imports a file, or a folder of them, into a programme.
    Import(import::ImportArgs),
    /// Takes in a queue that a device wrote to a file because it could not send.
    ImportQueue(handover::ImportQueueArgs),
    /// Series of codes: made, sent off, stopped, printed, exported, counted.
    #[command(subcommand)]
    Codes(codes::CodesCommand),
    /// The books: check them, or write them out for hledger.
    #[command(subcommand)]
    Ledger(ledger::LedgerCommand),
    /// Folds old changes of the feeds: devices that lack them take a snapshot.
    Compact(compact::CompactArgs),
    /// The server's signing keys.
    #[command(subcommand)]
    Keys(keys::KeysCommand),
    /// Makes one archive of a data folder, also while the server runs.
    Backup {
        #[command(flatten)]
        data: DataArgs,
        /// The archive to make.
        #[arg(long)]
        out: PathBuf,
    },
    /// Puts an archive's content into an empty data folder.
    Restore {
        /// The archive.
        #[arg(long)]
        from: PathBuf,
        #[command(flatten)]
        data: DataArgs,
        /// Begin a new history of every feed, so that devices drop what the archive does not know.
        #[arg(long, default_value_t = true, action = clap::ArgAction::Set)]
        new_epoch: bool,
    },
    /// Makes a living programme to look at: server, terminal, phones, sheets of codes.
    Demo(demo::DemoArgs),
}

/// Runs a command.
pub async fn run(command: ServerCommand) -> anyhow::Result<ExitCode> {
    match command {
        ServerCommand::Serve(args) => serve::run(args).await,
        ServerCommand::Admin(command) => admin::run(command).await,
        ServerCommand::Enrolment(command) => enrolment::run(command).await,
        ServerCommand::Import(args) => import::run(args).await,
        ServerCommand::ImportQueue(args) => handover::run(args).await,
        ServerCommand::Codes(command) => codes::run(command).await,
        ServerCommand::Compact(args) => compact::run(args).await,
        ServerCommand::Keys(command) => keys::run(command),
        ServerCommand::Ledger(command) => ledger::run(command).await,
        ServerCommand::Backup { data, out } => {
            let data = data.folder_only("pg_dump")?;
            let report = carrot_server::backup::backup(data, &out, SystemClock.now_ms()).await?;
            println!(
                "{}: {} files, {} bytes",
                out.display(),
                report.files,
                report.bytes
            );
            Ok(ExitCode::SUCCESS)
        }
        ServerCommand::Restore {
            from,
            data,
            new_epoch,
        } => {
            let data = data.folder_only("pg_restore")?;
            let report = carrot_server::backup::restore(&from, data, new_epoch).await?;
            println!(
                "{}: {} files, {} programmes with a new epoch",
                data.display(),
                report.files,
                report.renewed
            );
            Ok(ExitCode::SUCCESS)
        }
        ServerCommand::Demo(args) => demo::run(args).await,
    }
}

#[cfg(test)]
mod tests;
