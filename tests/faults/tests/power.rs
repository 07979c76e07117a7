//! The power goes: whatever part of what was not synced is on the disk, in whatever order and torn
//! wherever, everything confirmed is there, and the files open and hold together.

use std::path::Path;
use std::sync::{Arc, Mutex};

use anyhow::{Context as _, Result, ensure};
use carrot_faults::chance::{Chance, cases, told};
use carrot_faults::direct::Nobody;
use carrot_faults::disk::{Disk, LOSSES};
use carrot_faults::vfs::{self, Event, Watch};
use carrot_faults::world::{self, MEMBER, PHONE, SERVER, TILL, Time};
use carrot_faults::{check, day};
use carrot_wire::limits::PROOF_STEP_MS;
use tempfile::TempDir;
use uuid::Uuid;

const NOW_MS: i64 = 1_760_000_000_000 - 1_760_000_000_000 % PROOF_STEP_MS;
const TIME: Time = Time::Still(NOW_MS);
/// States tried in the usual tests and in a proof, devices and server each.
const STATES: (usize, usize) = (120, 2_500);
/// Every so many states the device delivers as well.
const DELIVER_EVERY: usize = 8;

/// What happened on a disk during a day.
struct Recorded {
    root: TempDir,
    /// The server's data as they were before the day.
    before: TempDir,
    disk: Disk,
    events: Vec<Event>,
    confirmed: Vec<Uuid>,
    /// The journal as it was at each confirmation, oldest first.
    journals: Vec<Vec<u8>>,
}

/// One world's days with everything that reaches the disk of one of its folders.
async fn record(name: &str) -> Result<Recorded> {
    vfs::register();
    let root = TempDir::new()?;
    world::make(root.path(), TIME, "http://127.0.0.1:1", 1).await?;
    let folder = root.path().join(name);
    let before = TempDir::new()?;
    world::copy(&root.path().join(SERVER), &before.path().join(SERVER))?;
    let disk = Disk::of(&folder)?;
    let watch = Watch::recording(&folder);
    let store = world::store(root.path(), TIME).await?;
    let heard = Mutex::new((Vec::new(), Vec::new()));
    let journal = world::files(&folder).join("outbox.journal");
    let mut tell = |of: &str, id: Uuid| {
        if name != SERVER && name != of {
            return;
        }
        let mut heard = heard
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if name != SERVER {
            watch.told(heard.0.len());
            heard.1.push(std::fs::read(&journal).unwrap_or_default());
        }
        heard.0.push(id);
    };
    let answered = |number| {
        if name == SERVER {
            watch.told(number);
        }
    };
    days(root.path(), &store, &mut tell, &answered).await?;
    store.close().await;
    let events = watch.take();
    drop(watch);
    let (confirmed, journals) = heard.into_inner().unwrap_or_default();
    Ok(Recorded {
        root,
        before,
        disk,
        events,
        confirmed,
        journals,
    })
}

/// The till's and the phone's day. `answered` hears how many commands have an answer of the server.
async fn days(
    root: &Path,
    store: &std::sync::Arc<carrot_server::Store>,
    told: &mut (dyn FnMut(&str, Uuid) + Send),
    answered: &(dyn Fn(usize) + Send + Sync),
) -> Result<()> {
    let over = || world::over(world::direct(store));
    let (till, member) = (
        world::device(&root.join(TILL), TIME, over()).await?,
        world::device(&root.join(MEMBER), TIME, over()).await?,
    );
    let phone = world::device(&root.join(PHONE), TIME, over()).await?;
    let (seller, shown) = (world::membership(&till)?, world::membership(&member)?);
    day::till(&seller, &shown, &mut |id| told(TILL, id)).await?;
    let of_till = usize::try_from(seller.status().await?.waiting)?;
    ensure!(of_till == 0);
    answered(seller.commands(100).await?.len().saturating_sub(1));
    let upgraded = world::membership(&phone)?;
    day::phone(&upgraded, &mut |id| told(PHONE, id)).await?;
    drop(upgraded);
    drop((seller, shown));
    for device in [till, member, phone] {
        device.close().await;
    }
    Ok(())
}

/// Tries crash states spread over the whole recording. Gives how many were tried.
async fn crash<F>(recorded: &Recorded, name: &str, mut look: F) -> Result<usize>
where
    F: AsyncFnMut(&Path, usize, usize) -> Result<()>,
{
    let count = cases(STATES.0, STATES.1);
    let from = recorded.root.path().join(name);
    let mut chance = Chance::new(7);
    let mut disk = recorded.disk.clone();
    let mut tried = 0;
    for (number, event) in recorded.events.iter().enumerate() {
        disk.happen(event);
        // So that all of them together are `count`.
        while tried * recorded.events.len() < (number + 1) * count {
            let loss = LOSSES[tried % LOSSES.len()];
            let to = TempDir::new()?;
            disk.crash(&from, &to.path().join(name), loss, &mut chance)?;
            let context = || format!("{name}: state {tried}, event {number}, {loss:?}");
            look(to.path(), disk.told, tried)
                .await
                .with_context(context)?;
            tried += 1;
        }
    }
    Ok(tried)
}

/// A device after the power went: everything confirmed is there; and a server that knows nothing of the
/// day gets it all, once.
async fn device(recorded: &Recorded, name: &str) -> Result<()> {
    let mut chance = Chance::new(11);
    let (mut lost, mut doubled) = (0, 0);
    let tried = crash(recorded, name, async |root: &Path, told, number| {
        let folder = root.join(name);
        // The journal may be as of any moment around; the outbox alone has to be enough.
        let journal = world::files(&folder).join("outbox.journal");
        let mut bytes = match told.checked_sub(1) {
            Some(last) => recorded.journals[last].clone(),
            None => Vec::new(),
        };
        bytes.truncate(chance.below(bytes.len() + 1));
        std::fs::write(journal, bytes)?;
        let confirmed = &recorded.confirmed[..told];
        if number % DELIVER_EVERY != 0 {
            let device = world::device(&folder, TIME, world::over(Arc::new(Nobody))).await?;
            let membership = world::membership(&device)?;
            lost += check::lost(&membership, confirmed).await?;
            drop(membership);
            device.close().await;
            return check::sound(&folder).await;
        }
        world::copy(&recorded.before.path().join(SERVER), &root.join(SERVER))?;
        let store = world::store(root, TIME).await?;
        let before = check::balances(&store).await?;
        let device = world::device(&folder, TIME, world::over(world::direct(&store))).await?;
        let membership = world::membership(&device)?;
        check::deliver(&membership).await?;
        let arrived = check::arrived(&membership, &store, confirmed).await?;
        lost += arrived.lost;
        doubled += arrived.differ + check::doubled(&store, &[&membership], &before).await?;
        drop(membership);
        device.close().await;
        store.close().await;
        check::sound(&folder).await
    })
    .await?;
    told(tried, lost, doubled);
    ensure!(lost == 0 && doubled == 0, "{lost} lost, {doubled} doubled");
    Ok(())
}

#[tokio::test]
async fn a_till_whose_power_goes_loses_nothing_that_it_confirmed() -> Result<()> {
    device(&record(TILL).await?, TILL).await
}

#[tokio::test]
async fn a_phone_whose_power_goes_loses_nothing_even_while_its_files_are_upgraded() -> Result<()> {
    device(&record(PHONE).await?, PHONE).await
}

#[tokio::test]
async fn a_server_whose_power_goes_keeps_what_it_answered() -> Result<()> {
    let recorded = record(SERVER).await?;
    let mut lost = 0;
    let tried = crash(&recorded, SERVER, async |root: &Path, told, _| {
        let store = world::store(root, TIME).await?;
        for id in &recorded.confirmed[..told] {
            let found = store.command(carrot_faults::cast::PROGRAMME, *id).await?;
            lost += usize::from(found.is_none());
        }
        let report = store.verify_books().await?;
        store.close().await;
        ensure!(report.holds(), "{:#?}", report.faults);
        Ok(())
    })
    .await?;
    told(tried, lost, 0);
    ensure!(lost == 0, "{lost} lost");
    Ok(())
}

/// The trials would notice: a disk that never syncs loses what was confirmed.
#[tokio::test]
async fn a_disk_that_never_syncs_is_found_out() -> Result<()> {
    let mut recorded = record(TILL).await?;
    recorded
        .events
        .retain(|event| !matches!(event, Event::Synced(_)));
    let mut found_out = 0;
    crash(&recorded, TILL, async |root: &Path, told, _| {
        let folder = root.join(TILL);
        std::fs::remove_file(world::files(&folder).join("outbox.journal"))?;
        let opened = world::device(&folder, TIME, world::over(Arc::new(Nobody))).await;
        let Ok(device) = opened else {
            found_out += 1;
            return Ok(());
        };
        let membership = world::membership(&device)?;
        let lost = check::lost(&membership, &recorded.confirmed[..told]).await;
        found_out += usize::from(!matches!(lost, Ok(0)));
        drop(membership);
        device.close().await;
        Ok(())
    })
    .await?;
    ensure!(found_out > 0, "nothing was lost");
    Ok(())
}
