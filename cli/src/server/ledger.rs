//! `carrot ledger`: checks the books, reads them as of any instant, or writes them out.

use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use carrot_rules::{Account, Unit};
use carrot_server::books::{LedgerReport, SHARD_ENTRIES_MAX, export_hledger, verify_ledger_with};
use carrot_server::store::{Balance, Statement, StatementLine};
use clap::{Args, Subcommand, ValueEnum};
use jiff::Timestamp;
use serde_json::json;

use super::{DataArgs, ProgrammeArgs, store};

/// How often the progress of a long check is shown.
const PROGRESS_MS: u64 = 500;

/// The forms that the books are written in.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Format {
    /// Plain text journals that hledger reads.
    Hledger,
}

/// What is done with the books.
#[derive(Debug, Subcommand)]
pub enum LedgerCommand {
    /// Proves books, feeds and signed commands from what is stored; names the first bad entry and
    /// fails when something is wrong.
    Verify {
        #[command(flatten)]
        data: DataArgs,
        /// Answer with a line of JSON.
        #[arg(long)]
        json: bool,
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
    /// An account's balance, now or as of an instant.
    Balance(BalanceArgs),
    /// What moved an account between two instants, with the balances before and after.
    Statement(StatementArgs),
}

/// Which balance.
#[derive(Debug, Args)]
pub struct BalanceArgs {
    #[command(flatten)]
    programme: ProgrammeArgs,
    /// The account, as in exports: `participant:ID:active`, `programme:redeemed` and so on.
    #[arg(long)]
    account: Account,
    /// What it counts: `points`, `money:EUR`, `goods:NAME`, `achievement:NAME`; every unit if not
    /// given.
    #[arg(long)]
    unit: Option<Unit>,
    /// With everything recorded up to and at this instant, such as 2026-11-01T00:00:00Z.
    #[arg(long)]
    as_of: Option<Timestamp>,
    /// Answer with a line of JSON.
    #[arg(long)]
    json: bool,
}

/// Which statement.
#[derive(Debug, Args)]
pub struct StatementArgs {
    #[command(flatten)]
    programme: ProgrammeArgs,
    /// The account, as in exports.
    #[arg(long)]
    account: Account,
    /// What it counts.
    #[arg(long, default_value = "points")]
    unit: Unit,
    /// The first instant that belongs to it, such as 2026-11-01T00:00:00Z.
    #[arg(long)]
    from: Timestamp,
    /// The first instant that does not belong to it any more.
    #[arg(long)]
    to: Timestamp,
    /// Write the lines to this file instead of showing them.
    #[arg(long)]
    csv: Option<PathBuf>,
    /// Answer with a line of JSON; the lines only go to the file then.
    #[arg(long)]
    json: bool,
}

/// Runs a command.
pub async fn run(command: LedgerCommand) -> anyhow::Result<ExitCode> {
    match command {
        LedgerCommand::Verify { data, json } => verify(&data, json).await,
        LedgerCommand::Export {
            data,
            format: Format::Hledger,
            out,
        } => export(&data, &out).await,
        LedgerCommand::Balance(args) => balance(args).await,
        LedgerCommand::Statement(args) => statement(args).await,
    }
}

async fn verify(data: &DataArgs, as_json: bool) -> anyhow::Result<ExitCode> {
    let store = store::open_at(&data.place()).await?;
    let mut progress = Progress::new();
    let report = verify_ledger_with(&store, &mut |entries| progress.show(entries)).await?;
    progress.end();
    store.close().await;
    if as_json {
        println!("{}", json!({ "holds": report.holds(), "report": report }));
    } else {
        print_report(&report);
    }
    Ok(if report.holds() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn print_report(report: &LedgerReport) {
    println!("{report}");
    if let Some(bad) = &report.books.first_bad {
        println!("first bad entry: {bad}");
    }
    for fault in &report.books.faults {
        println!("  {fault}");
    }
    let listed = i64::try_from(report.books.faults.len()).unwrap_or(i64::MAX);
    let more = report.books.fault_count.saturating_sub(listed);
    if more > 0 {
        println!("  and {more} more");
    }
}

/// How far a check is, on a terminal.
struct Progress {
    begun: Instant,
    shown: Option<Instant>,
    visible: bool,
}

impl Progress {
    fn new() -> Self {
        Self {
            begun: Instant::now(),
            shown: None,
            visible: std::io::stderr().is_terminal(),
        }
    }

    fn show(&mut self, entries: i64) {
        let last = self.shown.unwrap_or(self.begun);
        if !self.visible || last.elapsed() < Duration::from_millis(PROGRESS_MS) {
            return;
        }
        self.shown = Some(Instant::now());
        let ms = i64::try_from(self.begun.elapsed().as_millis()).unwrap_or(i64::MAX);
        let rate = entries.saturating_mul(1_000) / ms.max(1);
        // A terminal that is gone is no reason to stop.
        let _ = write!(std::io::stderr(), "\r{entries} entries, {rate} per second ");
    }

    fn end(&self) {
        if self.shown.is_some() {
            let _ = writeln!(std::io::stderr());
        }
    }
}

async fn export(data: &DataArgs, out: &Path) -> anyhow::Result<ExitCode> {
    let store = store::open_at(&data.place()).await?;
    let report = export_hledger(&store, out, SHARD_ENTRIES_MAX).await?;
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

async fn balance(args: BalanceArgs) -> anyhow::Result<ExitCode> {
    let (store, programme) = store::open_programme(&args.programme).await?;
    // Without an instant it is everything that was ever recorded.
    let at_ms = args.as_of.map_or(i64::MAX, Timestamp::as_millisecond);
    let balances = match args.unit {
        Some(unit) => {
            let account = args.account;
            let amount = store
                .balance_as_of(programme.id, account, unit, at_ms)
                .await?;
            vec![Balance {
                account,
                unit,
                amount,
            }]
        }
        None => {
            store
                .balances_as_of(programme.id, args.account, at_ms)
                .await?
        }
    };
    store.close().await;
    if args.json {
        let as_of = args.as_of.map(|instant| instant.to_string());
        println!(
            "{}",
            json!({"account": args.account, "as_of": as_of, "balances": balances})
        );
        return Ok(ExitCode::SUCCESS);
    }
    for balance in balances {
        println!("{} {} {}", balance.account, balance.amount, balance.unit);
    }
    Ok(ExitCode::SUCCESS)
}

async fn statement(args: StatementArgs) -> anyhow::Result<ExitCode> {
    let (store, programme) = store::open_programme(&args.programme).await?;
    let mut lines = Lines::new(&args)?;
    let period = (args.from.as_millisecond(), args.to.as_millisecond());
    let written = store
        .statement(programme.id, args.account, args.unit, period, |line| {
            lines.add(&line)
        })
        .await;
    store.close().await;
    let statement = written?;
    lines.end()?;
    if args.json {
        println!("{}", serde_json::to_string(&statement)?);
    } else {
        print_statement(&statement);
    }
    Ok(ExitCode::SUCCESS)
}

fn print_statement(statement: &Statement) {
    println!("account  {} in {}", statement.account, statement.unit);
    println!("opening  {}", statement.opening);
    println!("in       {}", statement.credits);
    println!("out      {}", statement.debits);
    println!("closing  {}", statement.closing);
    println!("lines    {}", statement.lines);
}

/// Where a statement's lines go.
enum Lines {
    File(Box<csv::Writer<std::fs::File>>),
    Shown,
    Nowhere,
}

impl Lines {
    fn new(args: &StatementArgs) -> anyhow::Result<Self> {
        let Some(path) = &args.csv else {
            return Ok(if args.json {
                Self::Nowhere
            } else {
                Self::Shown
            });
        };
        let writer =
            csv::Writer::from_path(path).with_context(|| format!("writing {}", path.display()))?;
        Ok(Self::File(Box::new(writer)))
    }

    fn add(&mut self, line: &StatementLine) -> carrot_server::Result<()> {
        match self {
            Self::File(writer) => writer
                .serialize(line)
                .map_err(|error| std::io::Error::other(error).into()),
            Self::Shown => {
                let at =
                    Timestamp::from_millisecond(line.recorded_ms).unwrap_or(Timestamp::UNIX_EPOCH);
                println!(
                    "{at}  {:>12} {:>12}  {}  {}",
                    line.amount, line.after, line.purpose, line.transfer
                );
                Ok(())
            }
            Self::Nowhere => Ok(()),
        }
    }

    fn end(&mut self) -> anyhow::Result<()> {
        if let Self::File(writer) = self {
            writer.flush()?;
        }
        Ok(())
    }
}

#[cfg(test)]
#[path = "ledger_tests.rs"]
mod tests;
