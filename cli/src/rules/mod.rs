//! `carrot rules`: rule sets before they are published, and why an event earns what it earns.

mod check;
mod explain;
mod progress;
mod publish;
mod replay;
mod report;
mod sample;

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, bail};
use carrot_rules::RuleSet;
use carrot_rules::check::{Problem, RULE_SET_BYTES_MAX};
use clap::Subcommand;

/// The largest document that is read, bytes.
const DOCUMENT_BYTES_MAX: u64 = RULE_SET_BYTES_MAX as u64;

/// Options of `carrot rules`.
#[derive(Debug, clap::Args)]
pub struct RulesArgs {
    #[command(subcommand)]
    command: RulesCommand,
}

#[derive(Debug, Subcommand)]
enum RulesCommand {
    /// What would keep a rule set from being published.
    Check(check::CheckArgs),
    /// What an event earns under a rule set and why, as sentences.
    Explain(explain::ExplainArgs),
    /// What a draft would have given for the past, beside the rules in force.
    Replay(replay::ReplayArgs),
    /// Puts a rule set in force.
    Publish(publish::PublishArgs),
    /// A year of events from a seed, for trying and measuring.
    Sample(sample::SampleArgs),
}

/// Does what was asked; the exit code says whether all is well.
///
/// # Errors
/// When a file cannot be read, or is larger than any rule set.
pub fn run(args: RulesArgs) -> anyhow::Result<ExitCode> {
    match args.command {
        RulesCommand::Check(args) => check::run(&args),
        RulesCommand::Explain(args) => explain::run(&args),
        RulesCommand::Replay(args) => crate::on_runtime(replay::run(args)),
        RulesCommand::Publish(args) => crate::on_runtime(publish::run(args)),
        RulesCommand::Sample(args) => sample::run(&args),
    }
}

/// A rule set that can be asked. Where it is refused, the problems are printed and there is none.
fn read_set(path: &Path) -> anyhow::Result<Option<RuleSet>> {
    let text = read(path)?;
    match check::set_of(&text) {
        Ok(set) => Ok(Some(set)),
        Err(problems) => {
            print_problems(&problems);
            Ok(None)
        }
    }
}

/// Problems on standard error, so that what is printed for programs stays apart.
fn print_problems(problems: &[Problem]) {
    eprint!("{}", check::text(None, problems));
}

/// A document's text.
fn read(path: &Path) -> anyhow::Result<String> {
    let named = || format!("reading {}", path.display());
    let file = File::open(path).with_context(named)?;
    let mut text = String::new();
    let mut bounded = file.take(DOCUMENT_BYTES_MAX + 1);
    bounded.read_to_string(&mut text).with_context(named)?;
    if text.len() as u64 > DOCUMENT_BYTES_MAX {
        bail!(
            "{} is larger than {DOCUMENT_BYTES_MAX} bytes",
            path.display()
        );
    }
    Ok(text)
}
