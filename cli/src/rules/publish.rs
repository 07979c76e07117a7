//! `carrot rules publish`: puts a rule set in force.

use std::path::PathBuf;
use std::process::ExitCode;

use carrot_server::publish::{Published, publish};

use super::{print_problems, read};
use crate::server::{ProgrammeArgs, store};

/// Who publishes from a command line, in the audit log.
const ACTOR: &str = "server";

/// Options of `carrot rules publish`.
#[derive(Debug, clap::Args)]
pub struct PublishArgs {
    /// The rule set.
    file: PathBuf,
    #[command(flatten)]
    programme: ProgrammeArgs,
    /// Why, for the list of versions.
    #[arg(long, default_value = "")]
    note: String,
}

/// Publishes, or prints what stands against it; exit code 1 then.
///
/// # Errors
/// When the file or the store cannot be read, or the version does not follow the one in force.
pub async fn run(args: PublishArgs) -> anyhow::Result<ExitCode> {
    let text = read(&args.file)?;
    let (store, programme) = store::open_programme(&args.programme).await?;
    let mut tx = store.begin(programme.id).await?;
    let code = match publish(&mut tx, ACTOR, text.as_bytes(), &args.note).await? {
        Published::Refused(problems) => {
            print_problems(&problems);
            drop(tx);
            ExitCode::FAILURE
        }
        Published::Done(done) => {
            tx.commit().await?;
            let (version, rules) = (done.version, done.rules);
            println!("Version {version} is in force ({rules} rules).");
            for moved in &done.funding {
                let (budget, points, added) = (&moved.budget, moved.points, moved.added);
                println!("Budget {budget}: {points} points put aside ({added:+}).");
            }
            ExitCode::SUCCESS
        }
    };
    store.close().await;
    Ok(code)
}
