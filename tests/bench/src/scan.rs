//! From a scanned label to a durable, signed, decided claim, beside a bare transaction of five rows
//! and one signature.

use anyhow::{Result, anyhow};
use carrot_api::Api;
use serde_json::json;

use crate::Sizes;
use crate::bare::{Pen, Transfers};
use crate::report::Report;
use crate::sample::{Samples, Watch};
use crate::world::{self, Stock, World};

/// Products that are claimed in turn.
const PRODUCTS: usize = 1_000;
/// Claims that warm both sides up before anything counts.
const WARM_UP: usize = 20;
/// Median wait: the limit over the reference.
const WALL_LIMIT: f64 = 1.5;
/// CPU time: the limit over the reference.
const CPU_LIMIT: f64 = 2.0;

/// Claims one label through the same call that a screen makes.
pub async fn claim(api: &Api, label: &str) -> Result<()> {
    api.call("claim", json!({ "text": label }))
        .await
        .map_err(|error| anyhow!("{}: {}", error.code, error.detail))?;
    Ok(())
}

/// Measures.
pub async fn run(sizes: &Sizes, report: &mut Report) -> Result<()> {
    let dir = tempfile::tempdir()?;
    let device = dir.path().join("phone");
    let stock = Stock {
        products: PRODUCTS,
        ..Stock::default()
    };
    let world = World::start(&dir.path().join("server"), stock).await?;
    world.enrol(&device).await?;
    // From here on the phone is on its own, as in a cellar.
    world.stop().await?;
    let api = world::open(&device).await?;
    let (mut ours, mut bare) = (Samples::default(), Samples::default());
    let mut transfers = Transfers::open(dir.path())?;
    let (pen, body) = (Pen::new(), "x".repeat(700));
    for number in 0..WARM_UP + sizes.claims {
        let label = world::label(number, PRODUCTS);
        let watch = Watch::start();
        claim(&api, &label).await?;
        let claimed = watch.spent();
        let watch = Watch::start();
        transfers.transfer()?;
        let signature = pen.sign(&body);
        let transferred = watch.spent();
        anyhow::ensure!(pen.verifies(&body, &signature), "a signature does not hold");
        if number >= WARM_UP {
            ours.add(claimed);
            bare.add(transferred);
        }
    }
    api.close().await;
    let name = "scan to durable claim, wait p50";
    report.limited(name, ours.wall_p50(), bare.wall_p50(), WALL_LIMIT);
    report.shown(
        "scan to durable claim, wait p99",
        ours.wall_p99(),
        bare.wall_p99(),
    );
    let name = "scan to durable claim, CPU mean";
    report.limited(name, ours.cpu_mean(), bare.cpu_mean(), CPU_LIMIT);
    Ok(())
}
