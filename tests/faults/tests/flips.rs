//! Storage gives back something else than was written: a changed bit, a page of zeros, a file cut short.
//! It is noticed, nothing panics, and the queue is delivered whole.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use carrot_client::ClientError;
use carrot_faults::chance::{Chance, cases};
use carrot_faults::check;
use carrot_faults::direct::Nobody;
use carrot_faults::trial::{self, Ended, Found, NOWHERE, TIME, Template};
use carrot_faults::world::{self, MEMBER, SERVER, TILL};
use tempfile::TempDir;

/// Damages per file in the usual tests and in a proof.
const DAMAGES: (usize, usize) = (10, 1_500);
const PAGE_BYTES: usize = 4_096;

/// A way to damage a file.
#[derive(Debug, Clone, Copy)]
enum Damage {
    Bit(usize),
    ZeroPage(usize),
    Cut(usize),
}

impl Damage {
    fn by_chance(chance: &mut Chance, bytes: usize) -> Self {
        match chance.below(4) {
            0 => Self::ZeroPage(chance.below(bytes / PAGE_BYTES + 1)),
            1 => Self::Cut(chance.below(bytes)),
            _ => Self::Bit(chance.below(bytes * 8)),
        }
    }

    fn strike(self, path: &Path) -> Result<()> {
        let mut bytes = std::fs::read(path)?;
        match self {
            Self::Bit(bit) => {
                if let Some(byte) = bytes.get_mut(bit / 8) {
                    *byte ^= 1 << (bit % 8);
                }
            }
            Self::ZeroPage(page) => {
                let from = (page * PAGE_BYTES).min(bytes.len());
                let to = (from + PAGE_BYTES).min(bytes.len());
                if let Some(page) = bytes.get_mut(from..to) {
                    page.fill(0);
                }
            }
            Self::Cut(length) => bytes.truncate(length),
        }
        Ok(std::fs::write(path, bytes)?)
    }
}

/// A world after a day without a network, with the till's files as a killed program leaves them: part of
/// what was committed is in the side file still.
struct Queue {
    world: TempDir,
    ended: Ended,
}

impl Queue {
    async fn fill() -> Result<Self> {
        let template = Template::make(TIME, NOWHERE).await?;
        let root = template.copy()?;
        let nobody = || world::over(std::sync::Arc::new(Nobody));
        let till = world::device(&root.path().join(TILL), TIME, nobody()).await?;
        let member = world::device(&root.path().join(MEMBER), TIME, nobody()).await?;
        let (seller, shown) = (world::membership(&till)?, world::membership(&member)?);
        let mut ended = Ended::default();
        carrot_faults::day::till(&seller, &shown, &mut |id| ended.till.push(id)).await?;
        let world = TempDir::new()?;
        world::copy(root.path(), world.path())?;
        drop((seller, shown));
        till.close().await;
        member.close().await;
        Ok(Self { world, ended })
    }

    /// A copy with one file of the till damaged.
    fn struck(&self, file: &str, chance: &mut Chance) -> Result<(TempDir, Damage)> {
        let root = TempDir::new()?;
        world::copy(self.world.path(), root.path())?;
        let path = till_file(root.path(), file);
        let bytes = usize::try_from(std::fs::metadata(&path)?.len())?;
        ensure!(bytes > PAGE_BYTES, "{file} has {bytes} bytes");
        let damage = Damage::by_chance(chance, bytes);
        damage.strike(&path)?;
        Ok((root, damage))
    }
}

fn till_file(root: &Path, file: &str) -> PathBuf {
    world::files(&root.join(TILL)).join(file)
}

/// Delivers with the damage there. What the day did not meet is met by whoever reads the whole file,
/// and heals the same way.
async fn heals(root: &Path) -> Result<()> {
    delivers(root, false).await?;
    let Err(error) = check::sound(&root.join(TILL)).await else {
        return Ok(());
    };
    ensure!(is_of_cache(&error), "{error:?}");
    delivers(root, true).await
}

/// Opens the till, rebuilds the cache when that is known to be due or the program says so, and delivers.
async fn delivers(root: &Path, anew: bool) -> Result<()> {
    let store = world::store(root, TIME).await?;
    let tuning = || world::over(world::direct(&store));
    let device = world::device(&root.join(TILL), TIME, tuning()).await?;
    let membership = world::membership(&device)?;
    if anew {
        membership.rebuild_cache().await?;
    }
    if let Err(error) = check::deliver(&membership).await {
        ensure!(is_of_cache(&error) && !anew, "{error:?}");
        membership.rebuild_cache().await?;
        check::deliver(&membership).await?;
    }
    drop(membership);
    device.close().await;
    store.close().await;
    Ok(())
}

fn is_of_cache(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref(), Some(ClientError::CacheDamaged(_)))
}

async fn survive(file: &str, seed: u64) -> Result<()> {
    let queue = Queue::fill().await?;
    let mut chance = Chance::new(seed);
    let mut found = Found::default();
    for _ in 0..cases(DAMAGES.0, DAMAGES.1) {
        let (root, damage) = queue.struck(file, &mut chance)?;
        let context = || format!("{file}: {damage:?}");
        let before = {
            let store = world::store(root.path(), TIME).await?;
            let before = check::balances(&store).await?;
            store.close().await;
            before
        };
        heals(root.path()).await.with_context(context)?;
        let store = world::store(root.path(), TIME).await?;
        let one = trial::reckon(root.path(), TIME, &store, &queue.ended, &before).await;
        found.add(one.with_context(context)?);
        store.close().await;
    }
    found.settle()
}

#[tokio::test]
async fn a_damaged_outbox_delivers_everything_that_was_confirmed() -> Result<()> {
    survive("outbox.db", 1).await
}

#[tokio::test]
async fn a_damaged_side_file_of_the_outbox_loses_nothing() -> Result<()> {
    survive("outbox.db-wal", 2).await
}

#[tokio::test]
async fn a_damaged_journal_loses_nothing() -> Result<()> {
    survive("outbox.journal", 3).await
}

#[tokio::test]
async fn a_damaged_cache_is_rebuilt_and_the_queue_goes_on() -> Result<()> {
    survive("cache.db", 4).await
}

/// The server's file has no checksums of pages; its books have chains. Damage is refused when it is met, or
/// named by the books, or the balances are what they were.
#[tokio::test]
async fn damaged_books_are_named_and_never_show_other_balances_silently() -> Result<()> {
    let template = Template::make(TIME, NOWHERE).await?;
    let root = template.copy()?;
    let store = world::store(root.path(), TIME).await?;
    trial::days(
        root.path(),
        world::direct(&store),
        carrot_client::Tuning::default(),
    )
    .await?;
    let right = check::balances(&store).await?;
    store.close().await;
    let whole = std::fs::read(root.path().join(SERVER).join("server.db"))?;
    let mut chance = Chance::new(5);
    let (mut named, mut silent) = (0, 0);
    let tried = cases(DAMAGES.0, DAMAGES.1);
    for _ in 0..tried {
        let damage = Damage::by_chance(&mut chance, whole.len());
        let path = root.path().join(SERVER).join("server.db");
        std::fs::write(&path, &whole)?;
        for side in ["server.db-wal", "server.db-shm"] {
            let _gone = std::fs::remove_file(root.path().join(SERVER).join(side));
        }
        damage.strike(&path)?;
        match balances_if_sound(root.path()).await {
            None => named += 1,
            Some(balances) => silent += usize::from(balances != right),
        }
    }
    println!("named {named} of {tried}");
    carrot_faults::chance::told(tried, silent, 0);
    ensure!(silent == 0 && named > 0, "{silent} silent, {named} named");
    Ok(())
}

async fn balances_if_sound(root: &Path) -> Option<std::collections::BTreeMap<String, i64>> {
    let store = world::store(root, TIME).await.ok()?;
    let sound = store
        .verify_books()
        .await
        .is_ok_and(|report| report.holds());
    let balances = check::balances(&store).await.ok();
    store.close().await;
    balances.filter(|_| sound)
}
