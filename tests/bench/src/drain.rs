//! A full queue leaves the phone: real client, real server, HTTP on loopback, in this process. The
//! reference is the floor under it, one signature made and one verified.

use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context as _, Result, anyhow};
use carrot_client::transport::{Call, HttpTransport, Sent, Transport};
use carrot_client::{Device, Membership, Tuning};
use carrot_rules::Command;
use carrot_rules::command::{ClaimSubmit, Evidence};
use uuid::Uuid;

use crate::Sizes;
use crate::bare::Pen;
use crate::floor;
use crate::report::Report;
use crate::sample::{Spent, Watch, count, micros};
use crate::world::{self, OUTLET, SELLER, Stock, World};

/// Products that are claimed in turn.
pub const PRODUCTS: usize = 1_000;
/// CPU time per command: the limit over the reference.
const CPU_LIMIT: f64 = 3.0;
/// Signatures made and verified for the reference.
const SIGNATURES: usize = 1_000;

/// HTTP that notes when the first call for news leaves: then everything is pushed.
struct Noting {
    http: HttpTransport,
    running: Mutex<Option<Watch>>,
    pushed: Mutex<Option<Spent>>,
}

impl Transport for Noting {
    fn send<'a>(&'a self, server: &'a str, call: Call) -> Sent<'a> {
        if call.path == "/v1/pull"
            && let Some(watch) = take(&self.running)
        {
            *self.pushed.lock().unwrap_or_else(PoisonError::into_inner) = Some(watch.spent());
        }
        self.http.send(server, call)
    }
}

fn take<T>(held: &Mutex<Option<T>>) -> Option<T> {
    held.lock().unwrap_or_else(PoisonError::into_inner).take()
}

/// What one drain cost.
struct Drained {
    push: Spent,
    whole: Spent,
    floor: Spent,
}

/// Measures.
pub async fn run(sizes: &Sizes, report: &mut Report) -> Result<()> {
    let commands = count(sizes.commands);
    let (made, verified) = signatures()?;
    let mut best: Option<Drained> = None;
    for _ in 0..sizes.drains {
        let drained = drain(sizes.commands).await?;
        // The least disturbed run counts, for both sides together.
        let sum = |one: &Drained| one.push.cpu + one.floor.cpu;
        if best.as_ref().is_none_or(|held| sum(&drained) < sum(held)) {
            best = Some(drained);
        }
    }
    let best = best.context("nothing was drained")?;
    let each = |spent: Spent| micros(spent.cpu) / commands;
    let reference = each(best.floor) + made + verified;
    let name = format!(
        "push of {} claims, CPU each, signature made",
        sizes.commands
    );
    report.limited(&name, each(best.push) + made, reference, CPU_LIMIT);
    report.shown(
        "the same with the news pulled back",
        each(best.whole) + made,
        reference,
    );
    report.shown("bare floor of it, CPU each", each(best.floor), reference);
    report.shown("one signature made, CPU", made, reference);
    report.shown("one signature verified, CPU", verified, reference);
    Ok(())
}

/// Mean CPU time of one signature made and of one verified, microseconds.
pub fn signatures() -> Result<(f64, f64)> {
    let pen = Pen::new();
    let texts: Vec<String> = (0..SIGNATURES).map(|n| format!("{n:0700}")).collect();
    let watch = Watch::start();
    let signatures: Vec<_> = texts.iter().map(|text| pen.sign(text)).collect();
    let made = watch.spent();
    let watch = Watch::start();
    let held = texts
        .iter()
        .zip(&signatures)
        .all(|(t, s)| pen.verifies(t, s));
    let verified = watch.spent();
    anyhow::ensure!(held, "a signature does not hold");
    let each = |spent: Spent| micros(spent.cpu) / count(SIGNATURES);
    Ok((each(made), each(verified)))
}

async fn drain(commands: usize) -> Result<Drained> {
    let dir = tempfile::tempdir()?;
    let stock = Stock {
        products: PRODUCTS,
        activities: 0,
        codes: commands,
    };
    let world = World::start(&dir.path().join("server"), stock).await?;
    let http = HttpTransport::new().map_err(|error| anyhow!("{}", error.detail))?;
    let transport = Arc::new(Noting {
        http,
        running: Mutex::new(None),
        pushed: Mutex::new(None),
    });
    let tuning = Tuning {
        transport: Some(transport.clone()),
        ..Tuning::default()
    };
    let device = Device::open_with(world::options(&dir.path().join("phone")), tuning).await?;
    let phone = device.enrol(&world.enrolment().await?, "bench").await?;
    queue(&phone, commands).await?;
    let watch = Watch::start();
    *transport
        .running
        .lock()
        .unwrap_or_else(PoisonError::into_inner) = Some(watch);
    let report = phone.sync().await?;
    let whole = watch.spent();
    anyhow::ensure!(
        usize::try_from(report.accepted)? == commands,
        "not everything was accepted: {report:?}"
    );
    let push = take(&transport.pushed).context("nothing was pulled")?;
    drop(phone);
    device.close().await;
    world.stop().await?;
    let floor = floor_of(dir.path(), commands)?;
    Ok(Drained { push, whole, floor })
}

/// Claims printed codes without a network.
pub async fn queue(phone: &Membership, commands: usize) -> Result<()> {
    queue_of(phone, SELLER, 0..commands).await
}

/// Claims the printed codes of these numbers as this person.
pub async fn queue_of(phone: &Membership, actor: Uuid, numbers: Range<usize>) -> Result<()> {
    let last = numbers.end;
    for number in numbers {
        let claim = ClaimSubmit {
            claim_id: Uuid::now_v7(),
            evidence: Evidence::Code {
                code: world::code_name(number),
                product: Some(world::product_id(number % PRODUCTS)),
            },
        };
        let command = Command::ClaimSubmit(claim);
        phone
            .submit(command, actor, Some(OUTLET), Vec::new())
            .await?;
        if (number + 1) % 1_000 == 0 {
            eprintln!("queued {} of {last} claims", number + 1);
        }
    }
    Ok(())
}

/// The floor moves the same texts that the phone signed.
fn floor_of(dir: &Path, commands: usize) -> Result<Spent> {
    let texts = signed(&dir.join("phone"))?;
    anyhow::ensure!(texts.len() == commands, "the outbox holds {}", texts.len());
    floor::drain(dir, &texts)
}

/// Ids and texts of what a phone signed.
pub fn signed(phone: &Path) -> Result<Vec<(String, String)>> {
    let file = world::membership_dir(phone).join("outbox.db");
    let outbox = crate::bare::open(&file, Some(&world::database_key(phone)?), "full")?;
    let mut select = outbox.prepare("SELECT command_id, bytes FROM command ORDER BY device_seq")?;
    let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
