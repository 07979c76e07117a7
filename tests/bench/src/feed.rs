//! A pull of one change after a short and after a long history: what has happened before must not be
//! felt. The rows of the history are put into the real tables as they are.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use carrot_client::Device;
use carrot_rules::Scope;
use carrot_server::Store;
use carrot_server::pull::pull;
use carrot_wire::pull::{PullReply, PullRequest};
use rusqlite::{Connection, params};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::Sizes;
use crate::report::Report;
use crate::sample::{Samples, Watch};
use crate::world::{self, PROGRAMME, SELLER, Stock, World};

/// Pulls of each history, in turn.
const PULLS: usize = 400;
/// Pulls before those that count.
const WARM_UP: usize = 20;
/// The history that the large one is compared with, changes and entries.
const SMALL: usize = 1_000;
/// CPU time: the limit over the short history.
const GROWTH_LIMIT: f64 = 1.2;
/// The most bytes of changes that are asked for.
const BYTES_MAX: usize = 256 * 1024;

/// A server's data with a history, and a phone that lacks the last change.
struct Grown {
    store: Store,
    phone: Uuid,
    request: PullRequest,
    samples: Samples,
}

/// Measures.
pub async fn run(sizes: &Sizes, report: &mut Report) -> Result<()> {
    let dir = tempfile::tempdir()?;
    let mut small = grown(&dir.path().join("small"), SMALL).await?;
    let mut large = grown(&dir.path().join("large"), sizes.history).await?;
    for number in 0..WARM_UP + PULLS {
        for grown in [&mut small, &mut large] {
            grown.once(number >= WARM_UP).await?;
        }
    }
    let name = format!("pull of one change after {SMALL} changes and entries, CPU p50");
    report.shown(&name, small.samples.cpu_p50(), small.samples.cpu_p50());
    let name = format!("the same after {}", sizes.history);
    let (ours, reference) = (large.samples.cpu_p50(), small.samples.cpu_p50());
    report.limited(&name, ours, reference, GROWTH_LIMIT);
    let (ours, reference) = (large.samples.wall_p99(), small.samples.wall_p99());
    report.shown("its wait p99", ours, reference);
    small.store.close().await;
    large.store.close().await;
    Ok(())
}

impl Grown {
    async fn once(&mut self, counts: bool) -> Result<()> {
        let watch = Watch::start();
        let reply = pull(&self.store, self.phone, &self.request).await?;
        let spent = watch.spent();
        let changes: usize = reply.scopes.iter().map(|page| page.changes.len()).sum();
        anyhow::ensure!(changes == 1, "{changes} changes came");
        self.request.trust_version = trusted(&reply, self.request.trust_version);
        if counts {
            self.samples.add(spent);
        }
        Ok(())
    }
}

async fn grown(dir: &Path, history: usize) -> Result<Grown> {
    let server = dir.join("server");
    let stock = Stock {
        activities: 1,
        ..Stock::default()
    };
    let world = World::start(&server, stock).await?;
    let device = Device::open(world::options(&dir.join("phone"))).await?;
    let phone = device.enrol(&world.enrolment().await?, "bench").await?;
    let id = phone.device_id();
    drop(phone);
    device.close().await;
    world.stop().await?;
    load(server.join("server.db"), history)?;
    let store = Store::open(&server).await?;
    let request = request(&store, id).await?;
    Ok(Grown {
        store,
        phone: id,
        request,
        samples: Samples::default(),
    })
}

/// Puts as many lines of the seller's history into the tables, each with its change, its transfer and its
/// two entries, like the one that is there.
fn load(file: PathBuf, history: usize) -> Result<()> {
    let mut file = Connection::open(file)?;
    // A log of ten million lines would be three times the size of the file; nothing here is to be undone.
    file.pragma_update(None, "cache_size", -1_000_000)?;
    file.pragma_update(None, "synchronous", "off")?;
    let _: String = file.query_row("PRAGMA journal_mode = off", [], |row| row.get(0))?;
    let (programme, scope) = (
        PROGRAMME.to_string(),
        Scope::Participant(SELLER).to_string(),
    );
    let history = i64::try_from(history)?;
    let write = file.transaction()?;
    let (text, high): (String, i64) = write.query_row(
        "SELECT text, seq FROM change WHERE programme_id = ?1 AND scope = ?2 ORDER BY seq DESC",
        [&programme, &scope],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let last = high + history;
    let (body, hash) = (text_body(&text)?, "0".repeat(64));
    for sql in [
        "INSERT INTO entity SELECT ?1, 'activity', printf('%032x:seller', n), ?5, n FROM of_history",
        "INSERT INTO entity_scope SELECT ?1, 'activity', printf('%032x:seller', n), ?2 FROM of_history",
        "INSERT INTO change SELECT ?1, ?2, n, ?6, ?7 FROM of_history",
        "INSERT INTO transfer (programme_id, seq, id, command_id, purpose, recorded_ms, occurred_ms, hash)
         SELECT ?1, n, printf('%032x', n), printf('%032x', n), 'award', n, n, ?7 FROM of_history",
        "INSERT INTO entry (programme_id, seq, line, leg, account, unit, amount, lot, after)
         SELECT ?1, n, line, line, CASE line WHEN 0 THEN 'programme:issuance' ELSE 'participant:' || ?8 || ':active' END,
         'points', 2 * line - 1, '', (2 * line - 1) * n FROM of_history, (SELECT 0 AS line UNION ALL SELECT 1)",
        "UPDATE scope SET seq = ?4, digest = ?7 WHERE programme_id = ?1 AND scope = ?2",
    ] {
        let numbers = "WITH RECURSIVE of_history (n) AS (SELECT ?3 + 1 UNION ALL SELECT n + 1 FROM \
                       of_history WHERE n < ?4)";
        let seller = SELLER.to_string();
        let values = params![programme, scope, high, last, body, text, hash, seller];
        let mut statement = write.prepare(&format!("{numbers} {sql}"))?;
        let places = statement.parameter_count();
        statement.execute(&values[..places]).with_context(|| sql.to_owned())?;
    }
    write.commit()?;
    let _: String = file.query_row("PRAGMA journal_mode = wal", [], |row| row.get(0))?;
    eprintln!("put {history} lines of history in");
    Ok(())
}

fn text_body(text: &str) -> Result<String> {
    let change: Value = serde_json::from_str(text)?;
    Ok(serde_json::to_string(&change["body"])?)
}

/// A device asks for the list of keys until it has it.
fn trusted(reply: &PullReply, held: i64) -> i64 {
    let list = reply.trust.as_ref().and_then(|signed| signed.list().ok());
    list.map_or(held, |list| list.version)
}

/// What a device asks that has everything but the last change of its own scope.
async fn request(store: &Store, phone: Uuid) -> Result<PullRequest> {
    let ask = |scopes: &Value, bytes: usize| -> Result<PullRequest> {
        let body = json!({"proto": carrot_wire::PROTO, "scopes": scopes, "max_bytes": bytes});
        Ok(serde_json::from_value(body)?)
    };
    let reply = pull(store, phone, &ask(&json!([]), 1)?).await?;
    let own = Scope::Participant(SELLER);
    let known = reply.scopes.iter().any(|page| page.id == own);
    anyhow::ensure!(known, "the phone's own scope is missing");
    let cursor = |page: &carrot_wire::pull::ScopePage| {
        let after = page.high - i64::from(page.id == own);
        json!({"id": page.id, "epoch": page.epoch, "after": after})
    };
    let cursors: Vec<Value> = reply.scopes.iter().map(cursor).collect();
    ask(&json!(cursors), BYTES_MAX)
}
