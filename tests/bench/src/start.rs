//! From a closed folder to the first durable claim, with a little and with a lot in the cache,
//! beside a bare open of the same encrypted file.
//!
//! The files are in the operating system's cache: this is the start of a program, not of a disk.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::Sizes;
use crate::bare;
use crate::report::Report;
use crate::sample::{Samples, Watch};
use crate::scan::claim;
use crate::world::{self, Stock, World};

/// How much a large cache may slow the first claim down.
const GROWTH_LIMIT: f64 = 1.2;
/// Of so many things in the cache, one is a product; the rest is history.
const THINGS_PER_PRODUCT: usize = 5;
/// The files of the outbox, which is put back before each start.
const OUTBOX: [&str; 3] = ["outbox.db", "outbox.db-wal", "outbox.db-shm"];

/// A folder that a device was enrolled and filled in.
struct Filled {
    device: PathBuf,
    kept: PathBuf,
    products: usize,
    ours: Samples,
    bare: Samples,
}

/// Measures.
pub async fn run(sizes: &Sizes, report: &mut Report) -> Result<()> {
    let dir = tempfile::tempdir()?;
    let mut small = fill(&dir.path().join("small"), sizes.things.0).await?;
    let mut large = fill(&dir.path().join("large"), sizes.things.1).await?;
    for number in 0..=sizes.starts {
        // The first of each only warms up.
        for folder in [&mut small, &mut large] {
            once(folder, number, number > 0).await?;
        }
    }
    let (few, many) = (sizes.things.0, sizes.things.1);
    for (things, folder) in [(few, &small), (many, &large)] {
        let name = format!("start to first claim, {things} things, wait p50");
        report.shown(&name, folder.ours.wall_p50(), folder.bare.wall_p50());
    }
    let name = format!("growth of its wait p50, {few} to {many} things");
    report.limited(
        &name,
        large.ours.wall_p50(),
        small.ours.wall_p50(),
        GROWTH_LIMIT,
    );
    let name = format!("growth of its wait p99, {few} to {many} things");
    report.shown(&name, large.ours.wall_p99(), small.ours.wall_p99());
    let name = format!("growth of its CPU p50, {few} to {many} things");
    report.limited(
        &name,
        large.ours.cpu_p50(),
        small.ours.cpu_p50(),
        GROWTH_LIMIT,
    );
    Ok(())
}

/// Makes a world, enrols a phone, pulls everything, and keeps a copy of its empty outbox.
async fn fill(dir: &Path, things: usize) -> Result<Filled> {
    let (device, kept) = (dir.join("phone"), dir.join("kept"));
    let products = (things / THINGS_PER_PRODUCT).max(1);
    let stock = Stock {
        products,
        activities: things.saturating_sub(products),
        codes: 0,
    };
    let world = World::start(&dir.join("server"), stock).await?;
    let pulled = world.enrol(&device).await?;
    anyhow::ensure!(
        usize::try_from(pulled)? >= things,
        "the phone pulled {pulled} changes instead of {things}"
    );
    world.stop().await?;
    std::fs::create_dir_all(&kept)?;
    move_outbox(&world::membership_dir(&device), &kept)?;
    Ok(Filled {
        device,
        kept,
        products,
        ours: Samples::default(),
        bare: Samples::default(),
    })
}

fn move_outbox(from: &Path, to: &Path) -> Result<()> {
    for name in OUTBOX {
        if from.join(name).exists() {
            std::fs::copy(from.join(name), to.join(name))?;
        } else if to.join(name).exists() {
            std::fs::remove_file(to.join(name))?;
        }
    }
    Ok(())
}

async fn once(folder: &mut Filled, number: usize, counts: bool) -> Result<()> {
    let membership = world::membership_dir(&folder.device);
    move_outbox(&folder.kept, &membership)?;
    let key = world::database_key(&folder.device)?;
    // Products of the whole catalogue in turn, so that no page of the file is favoured.
    let label = world::label(number * 6_151, folder.products);
    let id = world::product_id(number * 6_151 % folder.products);
    let watch = Watch::start();
    let read = bare::open_and_read(&membership.join("cache.db"), &key, "product", &id)?;
    let opened = watch.spent();
    anyhow::ensure!(read.contains(&id), "another product was read");
    let watch = Watch::start();
    let api = world::open(&folder.device).await?;
    claim(&api, &label).await?;
    let claimed = watch.spent();
    api.close().await;
    if counts {
        folder.bare.add(opened);
        folder.ours.add(claimed);
    }
    Ok(())
}
