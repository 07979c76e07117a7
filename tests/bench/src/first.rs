//! A new device takes a year of history: as a snapshot that has to be made, as one that is there, and
//! page by page. The reference is a copy of the file that comes of it, written through to the disk, and
//! a check of all its pages.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::{Result, anyhow};
use carrot_client::transport::{Call, HttpTransport, Sent, Transport};
use carrot_client::{Device, Tuning};
use serde_json::Value;

use crate::Sizes;
use crate::bare;
use crate::report::Report;
use crate::sample::{Spent, Watch, count, micros};
use crate::world::{self, Stock, World};

/// CPU time: the limit over the reference.
const CPU_LIMIT: f64 = 3.0;
/// CPU time of both sides for an entry, microseconds.
const ENTRY_MICROS: f64 = 20.0;
/// Bytes on the line for an entry.
const ENTRY_BYTES: f64 = 25.0;

/// HTTP that counts what comes, and may say of the device that it takes no snapshots.
struct Counting {
    http: HttpTransport,
    paged: bool,
    bytes: AtomicU64,
}

impl Transport for Counting {
    fn send<'a>(&'a self, server: &'a str, mut call: Call) -> Sent<'a> {
        if self.paged && call.path == "/v1/pull" {
            call.body = without_snapshots(&call.body).unwrap_or(call.body);
        }
        Box::pin(async move {
            let answer = self.http.send(server, call).await?;
            let bytes = u64::try_from(answer.body.len()).unwrap_or(u64::MAX);
            self.bytes.fetch_add(bytes, Ordering::Relaxed);
            Ok(answer)
        })
    }
}

fn without_snapshots(body: &[u8]) -> Option<Vec<u8>> {
    let mut asked: Value = serde_json::from_slice(body).ok()?;
    asked["capabilities"] = Value::Array(Vec::new());
    serde_json::to_vec(&asked).ok()
}

/// Measures.
pub async fn run(sizes: &Sizes, report: &mut Report) -> Result<()> {
    let dir = tempfile::tempdir()?;
    let entries = sizes.entries_first;
    let stock = Stock {
        activities: entries,
        ..Stock::default()
    };
    let world = World::start(&dir.path().join("server"), stock).await?;
    let made = take(&world, &dir.path().join("made"), false).await?;
    let kept = take(&world, &dir.path().join("kept"), false).await?;
    let paged = take(&world, &dir.path().join("paged"), true).await?;
    world.stop().await?;
    let copied = copy(dir.path(), &dir.path().join("kept"))?;
    for (how, (spent, bytes)) in [
        ("a snapshot that is made for it", made),
        ("a snapshot that is there", kept),
        ("page by page", paged),
    ] {
        let reference = micros(copied.cpu);
        let name = format!("first sync of {entries} entries, {how}: CPU of both sides");
        if how == "page by page" {
            report.shown(&name, micros(spent.cpu), reference);
        } else {
            report.limited(&name, micros(spent.cpu), reference, CPU_LIMIT);
        }
        report.shown("its wait", micros(spent.wall), micros(copied.wall));
        let each = micros(spent.cpu) / count(entries);
        report.limited("its CPU for an entry", each, ENTRY_MICROS, 1.0);
        let each = count(usize::try_from(bytes)?) / count(entries);
        let name = "its bytes for an entry";
        if how == "page by page" {
            report.shown(name, each, ENTRY_BYTES);
        } else {
            report.limited(name, each, ENTRY_BYTES, 1.0);
        }
    }
    Ok(())
}

/// Enrols a phone in a folder and takes everything; what it cost and how many bytes came.
async fn take(world: &World, folder: &Path, paged: bool) -> Result<(Spent, u64)> {
    let http = HttpTransport::new().map_err(|error| anyhow!("{}", error.detail))?;
    let transport = Arc::new(Counting {
        http,
        paged,
        bytes: AtomicU64::new(0),
    });
    let tuning = Tuning {
        transport: Some(transport.clone()),
        ..Tuning::default()
    };
    let code = world.enrolment().await?;
    let device = Device::open_with(world::options(folder), tuning).await?;
    let watch = Watch::start();
    let phone = device.enrol(&code, "bench").await?;
    let spent = watch.spent();
    let synced = phone.status().await?.last_sync_ms;
    anyhow::ensure!(synced.is_some(), "the first pull failed");
    drop(phone);
    device.close().await;
    Ok((spent, transport.bytes.load(Ordering::Relaxed)))
}

/// Copies the cache that came of it and checks its pages.
fn copy(dir: &Path, phone: &Path) -> Result<Spent> {
    let from = world::membership_dir(phone).join("cache.db");
    let (to, key) = (dir.join("copy.db"), world::database_key(phone)?);
    let watch = Watch::start();
    std::fs::copy(&from, &to)?;
    std::fs::File::open(&to)?.sync_all()?;
    let file = bare::open(&to, Some(&key), "full")?;
    let word: String = file.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
    let spent = watch.spent();
    anyhow::ensure!(word == "ok", "the copy is not sound: {word}");
    let rows: i64 = file.query_row("SELECT count(*) FROM entity", [], |row| row.get(0))?;
    eprintln!("{rows} things in {} bytes", std::fs::metadata(&to)?.len());
    Ok(spent)
}
