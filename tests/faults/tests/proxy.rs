//! A bad network on real sockets: requests come twice, late and overtaken, answers are cut and lost. Each
//! command has its effect once, and the device holds the answer that the server recorded.

use anyhow::{Result, ensure};
use carrot_client::{Membership, Tuning};
use carrot_faults::chance::cases;
use carrot_faults::proxy::Proxy;
use carrot_faults::trial::{Ended, TIME};
use carrot_faults::world::{self, PHONE, TILL};
use carrot_faults::{check, day, trial};
use carrot_server::serve_store;
use tempfile::TempDir;

/// Requests through the proxy, in the usual tests and in a proof.
const CALLS: (usize, usize) = (150, 4_000);
/// Sales between two exchanges.
const SALES: i64 = 3;

async fn sells(till: &Membership, ended: &mut Ended) -> Result<()> {
    for pieces in 1..=SALES {
        let cashier = carrot_faults::cast::CASHIER;
        let sold = till.submit(day::sale(pieces), cashier, None, Vec::new());
        ended.till.push(sold.await?.command_id);
    }
    Ok(day::exchange(till).await?)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_command_has_its_effect_once_through_a_bad_network() -> Result<()> {
    let root = TempDir::new()?;
    // The address is known only when somebody listens there.
    let front = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await?
        .local_addr()?;
    world::make(root.path(), TIME, &format!("http://{front}"), u32::MAX).await?;
    let store = world::store(root.path(), TIME).await?;
    let before = check::balances(&store).await?;
    let served = serve_store(store.clone(), "127.0.0.1:0".parse()?, None).await?;
    let proxy = Proxy::start(front, served.addr, 21).await?;
    let device = world::device(&root.path().join(TILL), TIME, Tuning::default()).await?;
    let till = world::membership(&device)?;
    let phone = world::device(&root.path().join(PHONE), TIME, Tuning::default()).await?;
    let visits = world::membership(&phone)?;
    let mut ended = Ended::default();
    let wanted = cases(CALLS.0, CALLS.1);
    day::phone(&visits, &mut |id| ended.phone.push(id)).await?;
    while proxy.counts().0 < wanted {
        sells(&till, &mut ended).await?;
        day::exchange(&visits).await?;
    }
    let (calls, faults) = proxy.counts();
    proxy.heal();
    check::deliver(&till).await?;
    check::deliver(&visits).await?;
    drop((till, visits));
    device.close().await;
    phone.close().await;
    let mut found = trial::reckon(root.path(), TIME, &store, &ended, &before).await?;
    println!(
        "{} commands, {calls} calls, {faults} of them with a fault",
        ended.till.len()
    );
    ensure!(faults * 4 > calls, "{faults} faults in {calls} calls");
    found.tried = calls;
    found.settle()
}

/// Bytes of a photo that goes in parts.
const LARGE_BYTES: usize = 2 * 1024 * 1024 + 300_000;
/// Exchanges after which a photo must have arrived, however bad the network.
const EXCHANGES_MAX: usize = 400;
/// So many exchanges, then the phone's program ends and starts again.
const LIFE_EXCHANGES: usize = 5;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_large_photo_arrives_whole_through_a_bad_network_and_restarts() -> Result<()> {
    let root = TempDir::new()?;
    let front = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await?
        .local_addr()?;
    world::make(root.path(), TIME, &format!("http://{front}"), u32::MAX).await?;
    let store = world::store(root.path(), TIME).await?;
    let served = serve_store(store.clone(), "127.0.0.1:0".parse()?, None).await?;
    let proxy = Proxy::start(front, served.addr, 12).await?;
    let folder = root.path().join(PHONE);
    let open = || world::device(&folder, TIME, Tuning::default());
    let mut device = open().await?;
    let mut phone = world::membership(&device)?;
    let hash = day::large_visit(&phone, LARGE_BYTES, &mut |_| {}).await?;
    let mut exchanges = 0;
    while !phone.uploads().await?.is_empty() {
        ensure!(exchanges < EXCHANGES_MAX, "{exchanges} exchanges");
        day::exchange(&phone).await?;
        exchanges += 1;
        if exchanges % LIFE_EXCHANGES == 0 {
            drop(phone);
            device.close().await;
            device = open().await?;
            phone = world::membership(&device)?;
        }
    }
    let (calls, faults) = proxy.counts();
    println!("{exchanges} exchanges, {calls} calls, {faults} of them with a fault");
    ensure!(faults * 4 > calls, "{faults} faults in {calls} calls");
    let stored = std::fs::read(store.blob_path(&hash))?;
    ensure!(carrot_wire::crypto::hash(&[&stored]) == hash && stored.len() == LARGE_BYTES);
    // A last part that came twice at once may leave its file behind; the sweep removes it.
    ensure!(phone.photo(&hash).await?.is_some(), "kept for a while");
    ensure!(store.verify_books().await?.holds());
    drop(phone);
    device.close().await;
    Ok(())
}
