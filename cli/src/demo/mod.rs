//! `carrot demo`: a programme that has lived for a month, with devices to try it on.
//!
//! Everything comes from the files in `cli/demo` through the import and command paths that every
//! programme uses: files are imported, then virtual devices sign a month of commands, then real device
//! folders are enrolled over HTTP.

mod days;
mod device;
pub(crate) mod dice;
mod files;
mod folders;
mod goods;
mod history;
mod pallets;
mod photo;
mod plan;
mod replay;
mod sheets;
mod summary;
mod world;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context as _, bail};
use carrot_server::store::{Place, StoreTuning};
use carrot_server::{Clock as _, Store, SystemClock, serve_store};
use clap::Args;

use super::DatabaseArgs;

/// Where the demo goes.
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// An empty folder for everything.
    #[arg(long)]
    data: PathBuf,
    /// Where its server will listen.
    #[arg(long, default_value = "127.0.0.1:8420")]
    listen: SocketAddr,
    #[command(flatten)]
    database: DatabaseArgs,
}

/// Makes the demo.
pub async fn run(args: DemoArgs) -> anyhow::Result<ExitCode> {
    let data = empty_folder(&args.data)?;
    std::net::TcpListener::bind(args.listen).with_context(|| {
        format!(
            "{} is taken; stop what listens there, or choose another address with --listen",
            args.listen
        )
    })?;
    let place = args.database.place(data.join("server"));
    println!("importing, and living through 31 days…");
    let made = make(&place, SystemClock.now_ms()).await?;
    println!(
        "{} commands, {} sheets to make…",
        made.commands,
        sheets::COUNT
    );
    let sheets = sheets::draw(&made, &data.join("sheets"))?;
    let store = Arc::new(Store::open_at(&place, StoreTuning::default()).await?);
    let served = serve_store(Arc::clone(&store), args.listen, None).await?;
    let people = folders::enrol(&store, made.programme, &served.url(), &data).await?;
    served.stop().await?;
    summary::write(&summary::Summary {
        data: &data,
        place: &place,
        listen: args.listen,
        made: &made,
        people: &people,
        sheets: &sheets,
    })?;
    Ok(ExitCode::SUCCESS)
}

/// The folder by its full name, made when missing; it must be empty.
fn empty_folder(data: &Path) -> anyhow::Result<PathBuf> {
    std::fs::create_dir_all(data).with_context(|| format!("making {}", data.display()))?;
    let data = data.canonicalize()?;
    if std::fs::read_dir(&data)?.next().is_some() {
        bail!(
            "{} is not empty; name a new folder, or remove what is in it",
            data.display()
        );
    }
    Ok(data)
}

/// What the demo's history came to.
pub struct Made {
    /// The programme.
    pub programme: uuid::Uuid,
    /// Its tag in codes.
    pub tag: String,
    /// Commands that devices signed.
    pub commands: usize,
    /// Remarks about what this version cannot replay.
    pub notes: Vec<String>,
    /// Codes to print.
    pub prints: plan::Prints,
}

/// Imports the files and replays the month before `now_ms` (UTC milliseconds) into a new store.
pub async fn make(place: &Place, now_ms: i64) -> anyhow::Result<Made> {
    let mut world = world::World::import(place, now_ms).await?;
    let plan = history::plan(&mut world).await?;
    let commands = replay::replay(&mut world, &plan.events).await?;
    replay::check(&world).await?;
    pallets::make(&world).await?;
    let made = Made {
        programme: world.programme,
        tag: world.tag.clone(),
        commands,
        notes: plan.notes,
        prints: plan.prints,
    };
    world.store.close().await;
    Ok(made)
}

#[cfg(test)]
mod tests;
