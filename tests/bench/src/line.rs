//! Bytes that a synced command costs on the line, with all headers of HTTP and without TLS, by how many go
//! in one push. The reference is gzip over the same signed texts and their signatures.

use std::io::Write as _;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context as _, Result, anyhow};
use carrot_client::transport::{Call, HttpTransport, Sent, Transport};
use carrot_client::{Device, Tuning};
use carrot_wire::Envelope;
use flate2::Compression;
use flate2::write::GzEncoder;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};

use crate::drain::{PRODUCTS, queue_of};
use crate::ingest::envelopes;
use crate::report::Report;
use crate::sample::count;
use crate::world::{self, SELLER, Stock, World};

/// Commands of a push, and how many pushes are counted.
const PUSHES: [(usize, usize); 3] = [(500, 2), (10, 10), (1, 20)];
/// Bytes up: the limit over the reference.
const LIMIT: f64 = 1.1;
/// What commands are pushed to.
const PUSH_PATH: &str = "/v1/commands";

/// Bytes up and down.
#[derive(Debug, Clone, Copy, Default)]
struct Bytes {
    up: u64,
    down: u64,
}

/// What passed a line so far.
#[derive(Debug, Default)]
struct Counters {
    up: AtomicU64,
    down: AtomicU64,
}

impl Counters {
    fn read(&self) -> Bytes {
        Bytes {
            up: self.up.load(Ordering::SeqCst),
            down: self.down.load(Ordering::SeqCst),
        }
    }
}

/// A line to a server that counts; answers its address.
async fn metered(server: String, counters: Arc<Counters>) -> Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move {
        while let Ok((near, _)) = listener.accept().await {
            let Ok(far) = TcpStream::connect(&server).await else {
                break;
            };
            let (near_in, near_out) = near.into_split();
            let (far_in, far_out) = far.into_split();
            let (up, down) = (Arc::clone(&counters), Arc::clone(&counters));
            tokio::spawn(async move { pass(near_in, far_out, &up.up).await });
            tokio::spawn(async move { pass(far_in, near_out, &down.down).await });
        }
    });
    Ok(format!("http://{address}"))
}

/// Passes bytes on until one end closes; counted before they go on, so that whoever got them finds them
/// counted.
async fn pass(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, counter: &AtomicU64) {
    let mut bytes = vec![0; 64 * 1024];
    while let Ok(read @ 1..) = from.read(&mut bytes).await {
        counter.fetch_add(u64::try_from(read).unwrap_or(u64::MAX), Ordering::SeqCst);
        if to.write_all(&bytes[..read]).await.is_err() {
            break;
        }
    }
}

/// HTTP that notes what pushes cost.
struct Pushing {
    http: HttpTransport,
    counters: Arc<Counters>,
    pushes: Mutex<(usize, Bytes)>,
}

impl Transport for Pushing {
    fn send<'a>(&'a self, server: &'a str, call: Call) -> Sent<'a> {
        let push = call.path == PUSH_PATH;
        Box::pin(async move {
            let before = self.counters.read();
            let answer = self.http.send(server, call).await;
            let after = self.counters.read();
            if push {
                let mut pushes = self.pushes.lock().unwrap_or_else(PoisonError::into_inner);
                pushes.0 += 1;
                pushes.1.up += after.up - before.up;
                pushes.1.down += after.down - before.down;
            }
            answer
        })
    }
}

/// Measures.
pub async fn run(report: &mut Report) -> Result<()> {
    let dir = tempfile::tempdir()?;
    let commands = PUSHES.iter().map(|(batch, pushes)| batch * pushes).sum();
    let stock = Stock {
        products: PRODUCTS,
        activities: 0,
        codes: commands,
    };
    let world = World::start(&dir.path().join("server"), stock).await?;
    let counters = Arc::new(Counters::default());
    let server = world.url().replace("http://", "");
    let url = metered(server, Arc::clone(&counters)).await?;
    let http = HttpTransport::new().map_err(|error| anyhow!("{}", error.detail))?;
    let transport = Arc::new(Pushing {
        http,
        counters,
        pushes: Mutex::default(),
    });
    let tuning = Tuning {
        transport: Some(transport.clone()),
        ..Tuning::default()
    };
    let folder = dir.path().join("phone");
    let device = Device::open_with(world::options(&folder), tuning).await?;
    let code = world.enrolment_of(SELLER, &url).await?;
    let phone = device.enrol(&code, "bench").await?;
    let (mut queued, mut sums) = (0, Vec::new());
    for (batch, pushes) in PUSHES {
        take(&transport);
        for _ in 0..pushes {
            queue_of(&phone, SELLER, queued..queued + batch).await?;
            queued += batch;
            phone.sync().await?;
        }
        let (seen, bytes) = take(&transport);
        anyhow::ensure!(seen == pushes, "{seen} pushes instead of {pushes}");
        sums.push(bytes);
    }
    drop(phone);
    device.close().await;
    world.stop().await?;
    tell(&folder, &sums, report)
}

fn take(transport: &Pushing) -> (usize, Bytes) {
    let mut pushes = transport
        .pushes
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    std::mem::take(&mut *pushes)
}

fn tell(folder: &Path, sums: &[Bytes], report: &mut Report) -> Result<()> {
    let all = envelopes(folder)?;
    let mut rest = all.as_slice();
    for ((batch, pushes), bytes) in PUSHES.into_iter().zip(sums) {
        let (own, after) = rest.split_at_checked(batch * pushes).context("too few")?;
        rest = after;
        let packed: usize = own.chunks(batch).map(packed).sum::<Result<usize>>()?;
        let commands = count(batch * pushes);
        let each = |bytes: u64| Ok::<_, anyhow::Error>(count(usize::try_from(bytes)?) / commands);
        let reference = count(packed) / commands;
        let name = format!("bytes up for a command, {batch} in a push");
        report.limited(&name, each(bytes.up)?, reference, LIMIT);
        report.shown("bytes down for it", each(bytes.down)?, reference);
    }
    Ok(())
}

/// Bytes of the signed texts and signatures of one push under gzip.
fn packed(push: &[Envelope]) -> Result<usize> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    for envelope in push {
        gzip.write_all(envelope.bytes.as_bytes())?;
        gzip.write_all(envelope.signature.as_bytes())?;
    }
    Ok(gzip.finish()?.len())
}
