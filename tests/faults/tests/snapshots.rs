//! Snapshots between a real device and a real server: the same cache as by pages, a download that is
//! torn again and again, and a device that dies at every step of a reset.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context as _, Result, ensure};
use carrot_client::probe::{Looking, Point, Probe};
use carrot_client::transport::{Call, NoAnswer, Sent, Transport};
use carrot_client::{ClientError, Membership, Tuning};
use carrot_faults::cast::{BUYER, PROGRAMME};
use carrot_faults::direct::Nobody;
use carrot_faults::trial::{NOWHERE, TIME};
use carrot_faults::world::{self, MEMBER, MEMBER_POINTS};
use carrot_rules::command::GoalSet;
use carrot_rules::entity::{Contact, Goal};
use carrot_rules::{Command, Scope};
use carrot_server::Store;
use serde_json::Value;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _};
use tempfile::TempDir;
use uuid::Uuid;

/// Things that are written: more than one page of a pull, and several pieces of a snapshot.
const THINGS: usize = 3_500;
/// Random hexadecimal digits in each thing's id: what does not compress.
const ID_DIGITS: usize = 400;

/// A line that counts pieces, and may lose calls or speak as an older device does.
struct Counting {
    line: Arc<dyn Transport>,
    /// Pieces that arrived, by their first byte.
    pieces: Mutex<Vec<u64>>,
    /// Every so many calls for pieces one is lost; zero for none.
    lost_every: usize,
    asked: AtomicUsize,
    /// True for a device that names no capabilities.
    plain: bool,
}

impl Counting {
    fn new(store: &Arc<Store>, lost_every: usize, plain: bool) -> Arc<Self> {
        Arc::new(Self {
            line: world::direct(store),
            pieces: Mutex::default(),
            lost_every,
            asked: AtomicUsize::new(0),
            plain,
        })
    }

    fn arrived(&self) -> Vec<u64> {
        let held = self.pieces.lock();
        held.unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// The call of a device that does not know capabilities.
fn older(call: &mut Call) {
    if let Ok(mut body) = serde_json::from_slice::<Value>(&call.body)
        && let Some(fields) = body.as_object_mut()
    {
        fields.remove("capabilities");
        call.body = body.to_string().into_bytes();
    }
}

impl Transport for Counting {
    fn send<'a>(&'a self, server: &'a str, mut call: Call) -> Sent<'a> {
        Box::pin(async move {
            if self.plain && call.path == "/v1/pull" {
                older(&mut call);
            }
            let from = call.piece.as_ref().map(|piece| piece.from);
            if from.is_some() {
                let asked = self.asked.fetch_add(1, Ordering::SeqCst);
                if self.lost_every > 0 && asked.is_multiple_of(self.lost_every) {
                    return Err(NoAnswer::passing("torn"));
                }
            }
            let answer = self.line.send(server, call).await?;
            if let Some(from) = from {
                let mut held = self.pieces.lock().unwrap_or_else(PoisonError::into_inner);
                held.push(from);
            }
            Ok(answer)
        })
    }
}

/// Writes things that everybody in the programme sees. `of` tells one series from another.
async fn write(store: &Store, of: u64, count: usize) -> Result<()> {
    let mut tx = store.begin(PROGRAMME).await?;
    let mut seed = of.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    for number in 0..count {
        let mut id = format!("{of} {number} ");
        while id.len() < ID_DIGITS {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            id.push_str(&format!("{seed:016x}"));
        }
        let participant = Uuid::from_u128(number as u128);
        tx.put(
            &id,
            &Contact { participant },
            &[Scope::Programme(PROGRAMME)],
        )
        .await?;
    }
    Ok(tx.commit().await?)
}

/// Every row of a device's cache that comes from the server.
async fn cache_rows(device: &Path) -> Result<BTreeSet<String>> {
    let key = hex::encode(world::database_key(device)?);
    let options = SqliteConnectOptions::new()
        .filename(world::files(device).join("cache.db"))
        .pragma("key", format!("\"x'{key}'\""));
    let mut file = options.connect().await?;
    let mut rows = BTreeSet::new();
    for sql in [
        "SELECT kind || ' ' || id || ' ' || scope || ' ' || body FROM entity",
        "SELECT account || ' ' || unit || ' ' || scope || ' ' || points FROM balance",
        "SELECT id || ' ' || epoch || ' ' || cursor || ' ' || high || ' ' || digest FROM scope",
    ] {
        rows.extend(
            sqlx::query_scalar::<_, String>(sql)
                .fetch_all(&mut file)
                .await?,
        );
    }
    let left: i64 = sqlx::query_scalar(
        "SELECT (SELECT count(*) FROM snapshot) + (SELECT count(*) FROM snapshot_piece) \
         + (SELECT count(*) FROM staged_entity) + (SELECT count(*) FROM staged_balance)",
    )
    .fetch_one(&mut file)
    .await?;
    ensure!(left == 0, "{left} rows were left on the way");
    file.close().await?;
    Ok(rows)
}

/// Opens a device's folder, exchanges once, and closes it.
async fn exchange(dir: &Path, tuning: Tuning) -> Result<()> {
    let device = world::device(dir, TIME, tuning).await?;
    let done = world::membership(&device)?.sync().await.map(drop);
    device.close().await;
    Ok(done?)
}

#[tokio::test]
async fn i13_a_snapshot_and_its_tail_leave_the_cache_that_pages_leave() -> Result<()> {
    let root = TempDir::new()?;
    world::make(root.path(), TIME, NOWHERE, u32::MAX).await?;
    let (by_pages, by_snapshot) = (root.path().join(MEMBER), root.path().join("other"));
    world::copy(&by_pages, &by_snapshot)?;
    let store = world::store(root.path(), TIME).await?;
    write(&store, 1, THINGS).await?;
    let pages = Counting::new(&store, 0, true);
    let snapshot = Counting::new(&store, 0, false);
    for round in 2..5 {
        exchange(&by_pages, world::over(pages.clone())).await?;
        exchange(&by_snapshot, world::over(snapshot.clone())).await?;
        let (one, other) = (
            cache_rows(&by_pages).await?,
            cache_rows(&by_snapshot).await?,
        );
        ensure!(one.len() > THINGS, "{} rows", one.len());
        ensure!(one == other, "round {round}: the caches differ");
        // Folding moves nobody who is level.
        store.fold_feeds(PROGRAMME, 0, 1).await?;
        write(&store, round, 20).await?;
    }
    ensure!(
        pages.arrived().is_empty(),
        "an older device is offered none"
    );
    ensure!(snapshot.arrived().len() > 1, "{:?}", snapshot.arrived());
    // Far behind a floor, an older device is told to update and keeps what it has.
    exchange(&by_pages, world::over(snapshot.clone())).await?;
    write(&store, 9, 20).await?;
    store.fold_feeds(PROGRAMME, 0, 1).await?;
    let before = cache_rows(&by_pages).await?;
    let refused = exchange(&by_pages, world::over(pages)).await.unwrap_err();
    ensure!(refused.to_string().contains("snapshot"), "{refused}");
    ensure!(
        cache_rows(&by_pages).await? == before,
        "what was held stays"
    );
    exchange(&by_pages, world::over(snapshot.clone())).await?;
    exchange(&by_snapshot, world::over(snapshot)).await?;
    ensure!(cache_rows(&by_pages).await? == cache_rows(&by_snapshot).await?);
    store.close().await;
    Ok(())
}

#[tokio::test]
async fn i13_a_torn_download_goes_on_where_it_was() -> Result<()> {
    let root = TempDir::new()?;
    world::make(root.path(), TIME, NOWHERE, u32::MAX).await?;
    let store = world::store(root.path(), TIME).await?;
    write(&store, 1, THINGS).await?;
    let line = Counting::new(&store, 2, false);
    let (dir, mut tries) = (root.path().join(MEMBER), 0);
    while let Err(torn) = exchange(&dir, world::over(line.clone())).await {
        ensure!(torn.to_string().contains("torn"), "{torn}");
        tries += 1;
        ensure!(tries < 50, "it never ends");
        // The scope moves on meanwhile; the pieces are still of one snapshot.
        write(&store, 100 + tries, 1).await?;
    }
    let arrived = line.arrived();
    let once: BTreeSet<u64> = arrived.iter().copied().collect();
    ensure!(tries > 1 && arrived.len() > 2, "{tries} tries, {arrived:?}");
    ensure!(
        once.len() == arrived.len(),
        "a piece came twice: {arrived:?}"
    );
    let held = cache_rows(&dir).await?;
    let contacts = held
        .iter()
        .filter(|row| row.starts_with("contact "))
        .count();
    ensure!(contacts >= THINGS + usize::try_from(tries)?, "{contacts}");
    store.close().await;
    Ok(())
}

/// Dies at a point by its number: that call never comes back.
struct Dies {
    at: usize,
    passed: AtomicUsize,
}

impl Probe for Dies {
    fn at(&self, _: Point) -> Looking<'_> {
        let died = self.passed.fetch_add(1, Ordering::SeqCst) == self.at;
        Box::pin(async move {
            match died {
                true => Err(ClientError::Storage("died here".to_owned())),
                false => Ok(()),
            }
        })
    }
}

/// What a screen shows: the points, how many things, and whether the newest is among them.
async fn shown(membership: &Membership) -> Result<(Option<i64>, usize, bool)> {
    let points = membership.balances(BUYER).await?.confirmed_active;
    let things = membership.things::<Contact>().await?;
    let newest = things.iter().any(|(id, _)| id.starts_with("2 "));
    Ok((points, things.len(), newest))
}

#[tokio::test]
async fn i11_a_device_that_dies_at_any_step_of_a_reset_shows_the_old_or_the_new() -> Result<()> {
    let root = TempDir::new()?;
    world::make(root.path(), TIME, NOWHERE, u32::MAX).await?;
    let store = world::store(root.path(), TIME).await?;
    write(&store, 1, THINGS).await?;
    let dir = root.path().join(MEMBER);
    let line = world::direct(&store);
    exchange(&dir, world::over(Arc::clone(&line))).await?;
    let device = world::device(&dir, TIME, world::over(Arc::new(Nobody))).await?;
    let membership = world::membership(&device)?;
    let goal = GoalSet {
        reward: Some("MUG".to_owned()),
    };
    membership
        .submit(Command::GoalSet(goal), BUYER, None, Vec::new())
        .await?;
    let (points, before, _) = shown(&membership).await?;
    drop(membership);
    device.close().await;
    ensure!(points == Some(MEMBER_POINTS), "{points:?}");
    // The history becomes another one, with one thing more.
    let mut tx = store.begin(PROGRAMME).await?;
    tx.renew_epoch().await?;
    tx.commit().await?;
    write(&store, 2, 1).await?;
    let (mut deaths, mut old) = (0, 0);
    loop {
        let probe = Arc::new(Dies {
            at: deaths,
            passed: AtomicUsize::new(0),
        });
        let tuning = Tuning {
            probe: Some(probe),
            ..world::over(Arc::clone(&line))
        };
        let copy = root.path().join(format!("copy {deaths}"));
        world::copy(&dir, &copy)?;
        let ended = exchange(&copy, tuning).await;
        let device = world::device(&copy, TIME, world::over(Arc::clone(&line))).await?;
        let membership = world::membership(&device)?;
        let now = shown(&membership).await?;
        old += usize::from(now == (points, before, false));
        let whole = [(points, before, false), (points, before + 1, true)];
        ensure!(whole.contains(&now), "death {deaths}: {now:?}");
        membership
            .sync()
            .await
            .with_context(|| format!("after death {deaths}"))?;
        ensure!(
            shown(&membership).await? == (points, before + 1, true),
            "{deaths}"
        );
        let chosen = membership.thing::<Goal>(&BUYER.to_string()).await?;
        ensure!(chosen.and_then(|goal| goal.reward).as_deref() == Some("MUG"));
        ensure!(membership.status().await?.waiting == 0, "{deaths}");
        drop(membership);
        device.close().await;
        std::fs::remove_dir_all(&copy)?;
        if ended.is_ok() {
            break;
        }
        deaths += 1;
    }
    ensure!(
        deaths > 15 && old > 10,
        "{deaths} deaths, {old} showed the old"
    );
    store.close().await;
    Ok(())
}
