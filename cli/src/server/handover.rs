//! `carrot import-queue`: what a device could not send, brought as a file.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, ensure};
use carrot_server::handover::{Taken, take};
use clap::Args;

use super::{DataArgs, store};

/// The largest file that is read: the photos of a long time without a line.
const FILE_BYTES_MAX: u64 = 1 << 30;

/// Which file, and what opens it.
#[derive(Debug, Args)]
pub struct ImportQueueArgs {
    /// The file that the device wrote.
    file: PathBuf,
    /// What the device showed when it wrote the file.
    #[arg(long)]
    secret: String,
    #[command(flatten)]
    data: DataArgs,
}

/// Takes the queue in and says what came of it; fails when something could not be taken.
pub async fn run(args: ImportQueueArgs) -> anyhow::Result<ExitCode> {
    let reading = || format!("reading {}", args.file.display());
    let size = tokio::fs::metadata(&args.file).await;
    let size = size.with_context(reading)?.len();
    ensure!(
        size <= FILE_BYTES_MAX,
        "{} has {size} bytes; a queue has {FILE_BYTES_MAX} at most",
        args.file.display()
    );
    let bytes = tokio::fs::read(&args.file).await.with_context(reading)?;
    let handover =
        carrot_api::open_handover(&bytes, &args.secret).map_err(|error| error.to_call_error())?;
    let store = store::open_at(&args.data.place()).await?;
    let taken = take(&store, &handover).await;
    store.close().await;
    let taken = taken?;
    for line in told(&taken) {
        println!("{line}");
    }
    let whole = taken.stopped.is_none()
        && taken.missing_before.is_none()
        && taken.photos_refused.is_empty();
    Ok(if whole {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn told(taken: &Taken) -> Vec<String> {
    let mut lines = vec![format!(
        "{} accepted, {} rejected, {} kept for review, {} photos",
        taken.accepted, taken.rejected, taken.parked, taken.photos
    )];
    if let Some((seq, code)) = &taken.stopped {
        lines.push(format!(
            "command {seq} stops the queue: {code}; those after it wait"
        ));
    }
    if let Some(seq) = taken.missing_before {
        lines.push(format!(
            "command {seq} is not in the file and was never sent: take in an earlier file first"
        ));
    }
    for (sha256, code) in &taken.photos_refused {
        lines.push(format!("photo {sha256:.16}: {code}"));
    }
    lines
}
