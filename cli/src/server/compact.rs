//! `carrot compact`: folds old changes of every feed.

use std::process::ExitCode;

use carrot_server::store::{CHANGES_KEPT, Folded};
use clap::Args;

use super::{DataArgs, store};

/// What to fold.
#[derive(Debug, Args)]
pub struct CompactArgs {
    #[command(flatten)]
    data: DataArgs,
    /// The newest changes that every feed keeps one by one. A device that lacks more takes a snapshot.
    #[arg(long, default_value_t = CHANGES_KEPT, value_parser = clap::value_parser!(i64).range(0..))]
    keep: i64,
}

/// Folds, also while a server runs.
pub async fn run(args: CompactArgs) -> anyhow::Result<ExitCode> {
    let folded = compact(&args.data, args.keep).await?;
    println!(
        "{}: folded {} changes of {} feeds; books, commands and verdicts are as they were",
        args.data.data.display(),
        folded.changes,
        folded.feeds
    );
    Ok(ExitCode::SUCCESS)
}

/// Folds every programme's feeds.
pub async fn compact(data: &DataArgs, keep: i64) -> anyhow::Result<Folded> {
    let store = store::open_at(&data.place()).await?;
    let mut all = Folded::default();
    for programme in store.programmes().await? {
        all.add(store.fold_feeds(programme.id, keep, 1).await?);
    }
    store.close().await;
    Ok(all)
}
