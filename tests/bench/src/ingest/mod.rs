//! What a push costs the server by itself, one command at a time and a hundred together, on both
//! databases. The reference is the database alone: the very rows that the pushes left behind, written in
//! transactions of as many commands into a copy of the database from before, each command's signature
//! verified and a receipt signed for each push.

mod postgres;
mod sqlite;

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result};
use carrot_client::Device;
use carrot_pg::{Cluster, Database};
use carrot_server::Store;
use carrot_server::apply::apply_batch;
use carrot_server::store::{Place, PostgresUrls, StoreTuning};
use carrot_wire::push::PushRequest;
use carrot_wire::{Envelope, VerdictClass};
use uuid::Uuid;

use crate::bare::{self, Pen};
use crate::cluster;
use crate::drain::{PRODUCTS, queue};
use crate::report::Report;
use crate::sample::{Watch, count, micros};
use crate::world::{self, Stock, World};

/// Rows that each push writes anew, and not once for each command.
const EVERY_PUSH: [&str; 4] = ["scope", "balance", "device", "chain"];

/// How commands are pushed, and the most that one may cost over the reference.
struct Way {
    batch: usize,
    pushes: usize,
    /// Pushes before those that count.
    warm_up: usize,
    /// On SQLite and on PostgreSQL.
    limits: [f64; 2],
}

/// At least half as many commands as the database alone, of single ones on PostgreSQL 0.6 times.
const WAYS: [Way; 2] = [
    Way {
        batch: 1,
        pushes: 500,
        warm_up: 20,
        limits: [2.0, 1.67],
    },
    Way {
        batch: 100,
        pushes: 30,
        warm_up: 2,
        limits: [2.0, 2.0],
    },
];

impl Way {
    fn commands(&self) -> usize {
        self.batch * (self.pushes + self.warm_up)
    }

    /// The part of so many rows that one push writes.
    fn part(&self, rows: usize, push: usize) -> std::ops::Range<usize> {
        let all = self.pushes + self.warm_up;
        rows * push / all..rows * (push + 1) / all
    }

    /// The same one push earlier; the first push writes two parts.
    fn part_ahead(&self, rows: usize, push: usize) -> std::ops::Range<usize> {
        let all = self.pushes + self.warm_up;
        let from = match push {
            0 => 0,
            push => self.part(rows, push + 1).start,
        };
        from..(rows * (push + 2) / all).min(rows)
    }
}

/// What pushes took: this process and, where it has its own, the database.
#[derive(Debug, Clone, Copy)]
struct Took {
    cpu: Duration,
    /// What of it the database's own processes took.
    database: Duration,
    wall: Duration,
}

/// Measures.
pub async fn run(report: &mut Report) -> Result<()> {
    for way in &WAYS {
        let dir = tempfile::tempdir()?;
        on_sqlite(dir.path(), way, report).await?;
    }
    let cluster = match Cluster::start() {
        Ok(cluster) => cluster,
        Err(error) => {
            eprintln!("PostgreSQL is not measured: {error:#}");
            return Ok(());
        }
    };
    for way in &WAYS {
        let dir = tempfile::tempdir()?;
        on_postgres(&cluster, dir.path(), way, report).await?;
    }
    Ok(())
}

async fn on_sqlite(dir: &Path, way: &Way, report: &mut Report) -> Result<()> {
    let server = dir.join("server");
    let place = Place::from(server.as_path());
    let ready = ready(&place, dir, way).await?;
    let file = server.join("server.db");
    let before = dir.join("before.db");
    std::fs::copy(&file, &before)?;
    let ours = push(&place, &ready, way, None).await?;
    let rows = sqlite::changed(&file, &before)?;
    let floor = sqlite::floor(&before, &rows, way)?;
    tell(report, "SQLite", way, [ours, floor], way.limits[0]);
    tell_rows(rows.iter().map(|table| table.rows.len()).sum(), way);
    Ok(())
}

async fn on_postgres(cluster: &Cluster, dir: &Path, way: &Way, report: &mut Report) -> Result<()> {
    let database = cluster.database()?;
    let place = place_of(&database, dir.join("server"));
    let ready = ready(&place, dir, way).await?;
    let before = cluster.copy(&database)?;
    let ours = push(&place, &ready, way, Some(cluster)).await?;
    let rows = postgres::changed(&database, &before)?;
    let floor = postgres::floor(cluster, &before, &rows, way).await?;
    tell(report, "PostgreSQL", way, [ours, floor], way.limits[1]);
    tell_rows(rows.iter().map(|table| table.rows.len()).sum(), way);
    Ok(())
}

fn place_of(database: &Database<'_>, data: PathBuf) -> Place {
    let postgres = PostgresUrls {
        url: database.app_url(),
        owner_url: Some(database.owner_url()),
    };
    Place {
        data,
        postgres: Some(postgres),
    }
}

fn tell(report: &mut Report, engine: &str, way: &Way, both: [Took; 2], limit: f64) {
    let commands = count(way.batch * way.pushes);
    let [ours, floor] = both.map(|took| micros(took.cpu) / commands);
    let batch = way.batch;
    let name = format!("{engine}, pushes of {batch}: CPU each command");
    report.limited(&name, ours, floor, limit);
    if both.iter().any(|took| !took.database.is_zero()) {
        let parts = both.map(|took| micros(took.database) / commands);
        report.shown(&format!("of it {engine}'s own"), parts[0], parts[1]);
    }
    let [ours, floor] = [ours, floor].map(|each| 1e6 / each);
    let name = format!("{engine}, pushes of {batch}: commands a second of CPU");
    report.shown(&name, ours, floor);
    let [ours, floor] = both.map(|took| commands / took.wall.as_secs_f64());
    let name = format!("{engine}, pushes of {batch}: commands a second of waiting");
    report.shown(&name, ours, floor);
}

fn tell_rows(rows: usize, way: &Way) {
    let each = count(rows) / count(way.commands());
    eprintln!("{each:.1} rows were written or changed for each command");
}

/// A server's data with one phone, and what the phone signed.
struct Ready {
    device: Uuid,
    envelopes: Vec<Envelope>,
}

async fn ready(place: &Place, dir: &Path, way: &Way) -> Result<Ready> {
    let stock = Stock {
        products: PRODUCTS,
        activities: 0,
        codes: way.commands(),
    };
    let world = World::start_at(place, stock).await?;
    let folder = dir.join("phone");
    let device = Device::open(world::options(&folder)).await?;
    let phone = device.enrol(&world.enrolment().await?, "bench").await?;
    queue(&phone, way.commands()).await?;
    let id = phone.device_id();
    drop(phone);
    device.close().await;
    world.stop().await?;
    let envelopes = envelopes(&folder)?;
    anyhow::ensure!(envelopes.len() == way.commands(), "{}", envelopes.len());
    Ok(Ready {
        device: id,
        envelopes,
    })
}

/// The signed commands as the phone keeps them.
pub fn envelopes(phone: &Path) -> Result<Vec<Envelope>> {
    let file = world::membership_dir(phone).join("outbox.db");
    let outbox = bare::open(&file, Some(&world::database_key(phone)?), "full")?;
    let sql = "SELECT suite, kid, bytes, signature FROM command ORDER BY device_seq";
    let mut select = outbox.prepare(sql)?;
    let rows = select.query_map([], |row| {
        Ok(Envelope {
            suite: row.get(0)?,
            kid: row.get(1)?,
            bytes: row.get(2)?,
            signature: row.get(3)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Pushes everything as it comes in over the line, from the text of a request to the text of its answer.
async fn push(place: &Place, ready: &Ready, way: &Way, pg: Option<&Cluster>) -> Result<Took> {
    let store = Store::open_at(place, StoreTuning::default()).await?;
    let device = store.device(ready.device).await?.context("no phone")?;
    let request = |part: &[Envelope]| {
        let commands = part.to_vec();
        serde_json::to_vec(&PushRequest { commands })
    };
    let bodies: Vec<Vec<u8>> = ready
        .envelopes
        .chunks(way.batch)
        .map(request)
        .collect::<Result<_, _>>()?;
    let mut meter = Meter::start(pg)?;
    for (number, body) in bodies.iter().enumerate() {
        if number == way.warm_up {
            meter = Meter::start(pg)?;
        }
        let request: PushRequest = serde_json::from_slice(body)?;
        let reply = apply_batch(&store, &device, &request.commands).await?;
        let text = serde_json::to_vec(&reply)?;
        let accepted = reply
            .verdicts
            .iter()
            .filter(|verdict| verdict.class == VerdictClass::Accepted);
        anyhow::ensure!(accepted.count() == way.batch && !text.is_empty(), "refused");
    }
    let took = meter.took()?;
    store.close().await;
    Ok(took)
}

/// A stopwatch that also reads the database's.
struct Meter<'c> {
    watch: Watch,
    pg: Option<(&'c Cluster, Duration)>,
}

impl<'c> Meter<'c> {
    fn start(pg: Option<&'c Cluster>) -> Result<Self> {
        let pg = match pg {
            Some(cluster) => Some((cluster, cluster::cpu(cluster)?)),
            None => None,
        };
        let watch = Watch::start();
        Ok(Self { watch, pg })
    }

    fn took(&self) -> Result<Took> {
        let spent = self.watch.spent();
        let theirs = match self.pg {
            Some((cluster, before)) => cluster::cpu(cluster)?.saturating_sub(before),
            None => Duration::ZERO,
        };
        Ok(Took {
            cpu: spent.cpu + theirs,
            database: theirs,
            wall: spent.wall,
        })
    }
}

/// The cryptography of one push, without anything around it.
struct Notary {
    pen: Pen,
    text: String,
    signature: ed25519_dalek::Signature,
}

impl Notary {
    fn new() -> Self {
        let (pen, text) = (Pen::new(), format!("{:0700}", 1));
        let signature = pen.sign(&text);
        Self {
            pen,
            text,
            signature,
        }
    }

    fn push(&self, commands: usize) -> Result<()> {
        for _ in 0..commands {
            let holds = self.pen.verifies(&self.text, &self.signature);
            anyhow::ensure!(holds, "a signature does not hold");
        }
        std::hint::black_box(self.pen.sign(&self.text));
        Ok(())
    }
}
