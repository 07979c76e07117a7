//! Memory of a device with a little and with a lot in its cache, in a process of its own: when it is
//! open, after pulls, and the most it ever held.

use anyhow::Result;

use crate::Sizes;
use crate::child::Child;
use crate::report::Report;
use crate::world::{Stock, World};

/// Pulls before the second look.
const PULLS: usize = 5;
/// What more entries may add to a device, times.
const GROWTH_LIMIT: f64 = 1.3;

/// What a process held, KiB.
struct Held {
    open: f64,
    synced: f64,
    peak: f64,
}

/// Measures.
pub async fn run(sizes: &Sizes, report: &mut Report) -> Result<()> {
    let (few, many) = sizes.things;
    let small = held(few).await?;
    let large = held(many).await?;
    let name = format!("memory of an open device, {many} entries beside {few}, KiB");
    report.limited(&name, large.open, small.open, GROWTH_LIMIT);
    let (ours, reference) = (large.synced, small.synced);
    report.limited("the same after pulls, KiB", ours, reference, GROWTH_LIMIT);
    report.shown("its peak, KiB", large.peak, small.peak);
    Ok(())
}

async fn held(entries: usize) -> Result<Held> {
    let dir = tempfile::tempdir()?;
    let phone = dir.path().join("phone");
    let stock = Stock {
        activities: entries,
        ..Stock::default()
    };
    let world = World::start(&dir.path().join("server"), stock).await?;
    world.enrol(&phone).await?;
    let mut child = Child::start("--hold", &phone)?;
    let open = child.memory()?.now;
    for _ in 0..PULLS {
        world.grow_by_one().await?;
        let pulled: usize = child.again()?.parse()?;
        anyhow::ensure!(pulled > 0, "nothing was pulled");
    }
    let after = child.memory()?;
    child.stop()?;
    world.stop().await?;
    Ok(Held {
        open,
        synced: after.now,
        peak: after.peak,
    })
}
