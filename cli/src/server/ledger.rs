//! `carrot ledger`: checks the books, or writes them out.

use std::path::PathBuf;
use std::process::ExitCode;

use carrot_server::books::{SHARD_ENTRIES_MAX, export_hledger, verify_ledger};
use clap::{Subcommand, ValueEnum};

use super::{DataArgs, store};

/// The forms that the books are written in.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Format {
    /// Plain text journals that hledger reads.
    Hledger,
}

/// What is done with the books.
#[derive(Debug, Subcommand)]
pub enum LedgerCommand {
    /// Proves books, feeds and signed commands from what is stored; fails when something is wrong.
    Verify {
        #[command(flatten)]
        data: DataArgs,
    },
    /// Writes the books as journals with the balances that they must come to.
    Export {
        #[command(flatten)]
        data: DataArgs,
        /// The form.
        #[arg(long, value_enum, default_value_t = Format::Hledger)]
        format: Format,
        /// An empty folder for the files.
        #[arg(long)]
        out: PathBuf,
    },
}

/// Runs a command.
pub async fn run(command: LedgerCommand) -> anyhow::Result<ExitCode> {
    match command {
        LedgerCommand::Verify { data } => {
            let store = store::open(&data.data).await?;
            let report = verify_ledger(&store).await?;
            store.close().await;
            println!("{report}");
            for fault in &report.books.faults {
                println!("  {fault}");
            }
            Ok(if report.holds() {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            })
        }
        LedgerCommand::Export {
            data,
            format: Format::Hledger,
            out,
        } => {
            let store = store::open(&data.data).await?;
            let report = export_hledger(&store, &out, SHARD_ENTRIES_MAX).await?;
            store.close().await;
            println!(
                "{} entries in {} journals",
                report.entries,
                report.journals.len()
            );
            for journal in &report.journals {
                println!("  {}", journal.display());
            }
            Ok(ExitCode::SUCCESS)
        }
    }
}
