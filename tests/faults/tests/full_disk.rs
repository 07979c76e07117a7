//! The disk is full, or breaks, at every point of a day: it is said, nothing is confirmed that is not
//! stored, and when there is space again everything goes on.

use std::sync::Arc;

use anyhow::{Result, ensure};
use carrot_client::{ClientError, Tuning};
use carrot_faults::cast::PROGRAMME;
use carrot_faults::chance::{cases, spread};
use carrot_faults::check;
use carrot_faults::trial::{self, Ended, Found, NOWHERE, TIME, Template};
use carrot_faults::vfs::{self, Refusal, Watch};
use carrot_faults::world::{self, PHONE, SERVER, TILL};
use carrot_server::Store;

/// Bytes between one size of the disk and the next.
const STEP_BYTES: u64 = 4_096;
/// No day needs as much, bytes.
const ENOUGH_BYTES: u64 = 4 * 1024 * 1024;
/// Writes and syncs that fail, in the usual tests.
const BROKEN: usize = 25;

/// A day in a copy of the template while `name`'s folder refuses; afterwards nothing does.
async fn day(template: &Template, name: &str, refusal: Refusal) -> Result<(Ended, Found, u64)> {
    let root = template.copy()?;
    let folder = root.path().join(name);
    let refusal = match refusal {
        Refusal::Full(more) => Refusal::Full(vfs::used(&folder) + more),
        broken => broken,
    };
    let mut store = world::store(root.path(), TIME).await?;
    let before = check::balances(&store).await?;
    let watch = Watch::refusing(&folder, refusal);
    let line = world::direct(&store);
    let ended = trial::days(root.path(), Arc::clone(&line), Tuning::default()).await?;
    readable(root.path(), name).await?;
    if name == TILL && matches!(refusal, Refusal::Full(_)) {
        sends(root.path(), &store, &ended).await?;
    }
    let steps = watch.steps();
    watch.relent();
    drop(watch);
    // With space again it goes on by itself; broken storage is mended while the server stands still.
    if matches!(refusal, Refusal::Broken(_)) {
        store.close().await;
        store = world::store(root.path(), TIME).await?;
    }
    let found = trial::reckon(root.path(), TIME, &store, &ended, &before).await?;
    store.close().await;
    Ok((ended, found, steps))
}

/// What is there can be looked at while there is no space: to show it, to export it.
async fn readable(root: &std::path::Path, name: &str) -> Result<()> {
    if name == SERVER {
        return Ok(());
    }
    let line = world::over(Arc::new(carrot_faults::direct::Nobody));
    match world::device(&root.join(name), TIME, line).await {
        Ok(device) => {
            let membership = world::membership(&device)?;
            membership.commands(1_000).await?;
            membership.status().await?;
            drop(membership);
            device.close().await;
            Ok(())
        }
        // An upgrade needs space; nothing was touched, and the program says why.
        Err(error) => {
            ensure!(said(&error), "{error}");
            Ok(())
        }
    }
}

/// What waits gets to the server while there is no space, though its answer finds none: the till comes up,
/// and everything that it confirmed is recorded there.
async fn sends(root: &std::path::Path, store: &Arc<Store>, ended: &Ended) -> Result<()> {
    let tuning = world::over(world::direct(store));
    let device = world::device(&root.join(TILL), TIME, tuning).await?;
    let till = world::membership(&device)?;
    if let Err(error) = till.sync().await {
        ensure!(error.code() == "disk_full", "{error}");
    }
    drop(till);
    device.close().await;
    for id in &ended.till {
        let recorded = store.command(PROGRAMME, *id).await?;
        ensure!(recorded.is_some(), "{id} did not get to the server");
    }
    Ok(())
}

fn said(error: &ClientError) -> bool {
    ["disk_full", "storage_failed"].contains(&error.code().as_str())
}

async fn every_size(name: &str, codes: &[&str]) -> Result<()> {
    vfs::register();
    let template = Template::make(TIME, NOWHERE).await?;
    let (mut found, mut stops, mut more) = (Found::default(), 0, 0);
    loop {
        let (ended, one, _) = day(&template, name, Refusal::Full(more)).await?;
        found.add(one);
        if ended.stopped.is_empty() && ended.waiting == 0 && stops > 0 {
            break;
        }
        stops += 1;
        for error in &ended.stopped {
            let told = codes.contains(&error.code().as_str());
            ensure!(told, "with {more} bytes: {error}");
        }
        more += STEP_BYTES * cases(10, 1) as u64;
        ensure!(more < ENOUGH_BYTES, "{ended:?}");
    }
    found.settle()
}

async fn every_step(name: &str) -> Result<()> {
    vfs::register();
    let template = Template::make(TIME, NOWHERE).await?;
    let whole = day(&template, name, Refusal::Full(ENOUGH_BYTES)).await?;
    ensure!(whole.0.stopped.is_empty(), "{:?}", whole.0.stopped);
    let steps = usize::try_from(whole.2)?;
    let mut found = whole.1;
    for at in spread(steps, cases(BROKEN, steps)) {
        let at = u64::try_from(at)?;
        let (ended, one, _) = day(&template, name, Refusal::Broken(at)).await?;
        found.add(one);
        for error in &ended.stopped {
            ensure!(
                said(error) || error.code() == "outbox_unreadable",
                "{at}: {error:?}"
            );
        }
    }
    found.settle()
}

#[tokio::test]
async fn a_till_with_any_size_of_disk_confirms_only_what_it_stores() -> Result<()> {
    every_size(TILL, &["disk_full"]).await
}

#[tokio::test]
async fn a_phone_with_any_size_of_disk_confirms_only_what_it_stores() -> Result<()> {
    every_size(PHONE, &["disk_full"]).await
}

#[tokio::test]
async fn a_server_with_any_size_of_disk_records_what_it_answered() -> Result<()> {
    // Devices see a server that has no room to work for now, and keep what waits.
    every_size(SERVER, &["busy"]).await
}

#[tokio::test]
async fn a_till_whose_disk_breaks_at_any_write_confirms_only_what_it_stores() -> Result<()> {
    every_step(TILL).await
}

#[tokio::test]
async fn a_server_whose_disk_breaks_at_any_write_records_what_it_answered() -> Result<()> {
    every_step(SERVER).await
}
