//! Many devices come back at once with what they did in a day without a network: real clients in this
//! process, the server in one of its own. The reference is that of a single drain.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Result;
use carrot_client::transport::HttpTransport;
use carrot_client::{Device, Membership, Tuning};
use carrot_server::Store;
use tokio::task::JoinSet;

use crate::Sizes;
use crate::child::Child;
use crate::drain::{self, PRODUCTS, queue_of, signatures};
use crate::floor;
use crate::report::Report;
use crate::sample::{Watch, count, micros};
use crate::world::{self, Stock, World};

/// CPU time per command: the limit over the reference.
const CPU_LIMIT: f64 = 3.0;

/// A device that has something to say.
struct Waiting {
    device: Device,
    phone: Arc<Membership>,
    folder: PathBuf,
}

/// Measures.
pub async fn run(sizes: &Sizes, report: &mut Report) -> Result<()> {
    let (devices, each) = sizes.storm;
    let dir = tempfile::tempdir()?;
    let server = dir.path().join("server");
    let stock = Stock {
        products: PRODUCTS,
        activities: 0,
        codes: devices * each,
    };
    let world = World::start(&server, stock).await?;
    let mut people = Vec::new();
    for number in 0..devices {
        people.push(world.hire(number).await?);
    }
    world.stop().await?;
    let child = Child::start("--serve", &server)?;
    let store = Store::open(&server).await?;
    let mut all = Vec::new();
    for (number, person) in people.into_iter().enumerate() {
        let folder = dir.path().join(format!("phone-{number}"));
        let tuning = Tuning {
            transport: Some(Arc::new(http()?)),
            ..Tuning::default()
        };
        let device = Device::open_with(world::options(&folder), tuning).await?;
        let code = world::enrolment_in(&store, person, &child.said).await?;
        let phone = device.enrol(&code, "bench").await?;
        queue_of(&phone, person, number * each..(number + 1) * each).await?;
        all.push(Waiting {
            device,
            phone,
            folder,
        });
    }
    store.close().await;
    let idle = child.memory()?;
    let (watch, before) = (Watch::start(), child.cpu()?);
    come_back(&all, each).await?;
    let (ours, theirs) = (watch.spent(), child.cpu()?.saturating_sub(before));
    let busy = child.memory()?;
    let commands = count(devices * each);
    let (made, verified) = signatures()?;
    let texts = texts(all).await?;
    let bare = micros(floor::drain(dir.path(), &texts)?.cpu) / commands;
    let reference = bare + made + verified;
    let of = |cpu| micros(cpu) / commands;
    let name = format!("{devices} devices come back with {each} claims: CPU each, news too");
    report.limited(
        &name,
        of(ours.cpu) + of(theirs) + made,
        reference,
        CPU_LIMIT,
    );
    report.shown("of it the server", of(theirs), reference);
    report.shown("of it the devices", of(ours.cpu) + made, reference);
    let rate = |micros: f64| 1e6 / micros;
    report.shown(
        "claims a second until the last device is level",
        commands / ours.wall.as_secs_f64(),
        rate(reference),
    );
    report.shown(
        "the server's memory at its peak, KiB, before it",
        busy.peak,
        idle.now,
    );
    child.stop()
}

fn http() -> Result<HttpTransport> {
    HttpTransport::new().map_err(|error| anyhow::anyhow!("{}", error.detail))
}

/// All at once.
async fn come_back(all: &[Waiting], each: usize) -> Result<()> {
    let mut flights = JoinSet::new();
    for waiting in all {
        let phone = Arc::clone(&waiting.phone);
        flights.spawn(async move { phone.sync().await });
    }
    while let Some(landed) = flights.join_next().await {
        let report = landed??;
        let accepted = usize::try_from(report.accepted)?;
        anyhow::ensure!(accepted == each, "not everything was accepted: {report:?}");
    }
    Ok(())
}

/// Closes the devices and answers what they signed.
async fn texts(all: Vec<Waiting>) -> Result<Vec<(String, String)>> {
    let mut texts = Vec::new();
    for waiting in all {
        drop(waiting.phone);
        waiting.device.close().await;
        texts.extend(drain::signed(&waiting.folder)?);
    }
    Ok(texts)
}
