//! What must hold on each device: what was promised is there, what it shows never goes back, and its
//! copy is the server's history up to its cursor.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, Result};
use carrot_client::{Membership, QueuedCommand, ScopeStatus};
use carrot_rules::entity::{Goal, Sale};
use carrot_wire::VerdictClass;
use carrot_wire::pull::Change;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode};
use sqlx::{ConnectOptions as _, Connection as _};
use uuid::Uuid;

use crate::auditor::{Auditor, Promise};
use crate::books::Books;
use crate::net::Hub;
use crate::photos::{photos, photos_there};
use crate::unit::{Role, Unit};

/// Commands that are looked at on a device.
const LISTED_MAX: u32 = 10_000;

/// So many of the newest sales are looked for after each exchange.
const SHOWN_SALES: usize = 3;
/// The longest that a device may wait before it tries again, milliseconds.
const PAUSE_MS_MAX: i64 = 61 * 60_000;

/// What is remembered of a device between two looks.
#[derive(Debug, Default)]
pub struct Memory {
    /// Cursors by scope: the history and the number.
    pub(crate) cursors: BTreeMap<String, (String, i64)>,
    /// The goal that was last set, by which command.
    pub goal: Option<(Uuid, Option<String>)>,
    /// Sales recorded here.
    pub sales: Vec<(Uuid, Uuid)>,
    /// Redemptions under the lease and what they cost.
    pub given: Vec<(Uuid, i64)>,
    /// Vouchers for which this till handed something over.
    pub taken: BTreeSet<Uuid>,
    /// The question that this phone answered with each voucher.
    pub signed: BTreeMap<Uuid, String>,
    /// The scopes at the last look.
    pub scopes: Vec<ScopeStatus>,
    /// Answers are small: a history that is asked for anew shows its beginning for a while.
    pub small_pages: bool,
    /// The server was set back and this device has not heard of it yet.
    pub unsettled: bool,
}

impl Memory {
    /// The copy is made anew: its cursors begin again.
    pub fn forget_cursors(&mut self) {
        self.cursors.clear();
        self.scopes.clear();
    }

    /// The copy goes on from an older one: what was seen is no promise.
    pub fn forget(&mut self) {
        let (small_pages, unsettled) = (self.small_pages, self.unsettled);
        *self = Self {
            small_pages,
            unsettled,
            ..Self::default()
        };
    }
}

/// Final answers by command.
pub type Classes = BTreeMap<Uuid, VerdictClass>;

pub(crate) type Queue = BTreeMap<Uuid, QueuedCommand>;
/// The first schema of the outbox that knows what each command showed.
pub const SHOWN_SCHEMA: u32 = 6;

async fn queue(membership: &Membership) -> Result<Queue> {
    let all = membership.commands(LISTED_MAX).await;
    let all = all.context("the queue is listed")?;
    Ok(all.into_iter().map(|one| (one.command_id, one)).collect())
}

/// Cheap looks, after each exchange.
pub async fn glance(
    unit: &Unit,
    memory: &mut Memory,
    auditor: &mut Vec<(&'static str, String)>,
) -> Result<()> {
    let membership = unit.open()?;
    let status = membership.status().await.context("a status")?;
    for scope in &status.scopes {
        let now = (scope.epoch.clone(), scope.cursor);
        if let Some((epoch, cursor)) = memory.cursors.get(&scope.id)
            && *epoch == now.0
            && *cursor > now.1
            && !memory.small_pages
        {
            let detail = format!("{} went back from {cursor} to {}", scope.id, now.1);
            auditor.push(("I11", detail));
        }
        memory.cursors.insert(scope.id.clone(), now);
    }
    memory.scopes = status.scopes;
    let due = unit.timer_ms.map(|due| due.saturating_sub(unit.true_ms()));
    if due.is_some_and(|due| due > PAUSE_MS_MAX) {
        auditor.push(("L2", format!("nothing is tried for {due:?} ms")));
    }
    if !unit.forked {
        // Until a device has heard of a server that was set back, what it shows is of two histories.
        if !memory.unsettled {
            shown(unit, memory, &membership, auditor).await?;
        }
        exposed(unit, memory, &membership, auditor).await?;
    }
    if status.waiting > 0 && status.blocked_code.is_none() && unit.timer_ms.is_none() {
        let detail = format!(
            "{} commands wait and nothing will send them",
            status.waiting
        );
        auditor.push(("L2", detail));
    }
    Ok(())
}

/// Thorough looks at one device.
pub async fn look(
    unit: &Unit,
    unsettled: bool,
    promises: &BTreeMap<Uuid, Promise>,
    classes: &Classes,
    books: &mut Books,
) -> Result<Vec<(&'static str, String)>> {
    let mut found = Vec::new();
    let membership = unit.open()?;
    let queue = queue(&membership).await?;
    if !unsettled {
        kept(unit, promises, classes, &queue, &mut found);
    }
    prefixes(&membership, books, &mut found).await?;
    if !unit.queue_damaged {
        photos(unit, &membership, &queue, books, &mut found).await?;
    }
    Ok(found)
}

/// I1: what was promised waits here or was answered.
fn kept(
    unit: &Unit,
    promises: &BTreeMap<Uuid, Promise>,
    classes: &Classes,
    queue: &Queue,
    found: &mut Vec<(&'static str, String)>,
) {
    for (id, promise) in promises.iter().filter(|(_, one)| one.device == unit.number) {
        let answered = classes.contains_key(id);
        match queue.get(id) {
            None if answered => {}
            None => {
                let told = format!("{} {} ({id}) is nowhere", promise.kind, promise.seq);
                found.push(("I1", told));
            }
            Some(one) => {
                let reused = one
                    .verdict
                    .as_ref()
                    .is_some_and(|one| one.code == "id_reused");
                if one.state == "rejected" && !answered && !reused {
                    let told = format!("{} {} was refused by nobody", promise.kind, promise.seq);
                    found.push(("I1", told));
                }
                let settled = ["accepted", "reflected", "parked"].contains(&one.state.as_str());
                if settled && !answered {
                    let told = format!("{} {} was never answered so", promise.kind, promise.seq);
                    found.push(("I1", told));
                }
            }
        }
    }
}

/// I10: what somebody did here shows here until it is refused.
async fn shown(
    unit: &Unit,
    memory: &Memory,
    membership: &Membership,
    found: &mut Vec<(&'static str, String)>,
) -> Result<()> {
    if forgot(unit, membership).await? {
        return Ok(());
    }
    if let (Role::Phone(person), Some((id, wanted))) = (unit.role, &memory.goal)
        && stands(membership, id).await?
    {
        let goal = membership.thing::<Goal>(&person.to_string()).await;
        let goal = goal.context("a goal")?.and_then(|goal| goal.reward);
        if goal != *wanted {
            let detail = format!("device {} set {wanted:?} and shows {goal:?}", unit.number);
            found.push(("I10", detail));
        }
    }
    for (command, sale) in memory.sales.iter().rev().take(SHOWN_SALES) {
        if !booked(membership, command).await? {
            continue;
        }
        let thing = membership.thing::<Sale>(&sale.to_string()).await;
        if thing.context("a sale")?.is_none() {
            let one = membership.command(*command).await.context("a command")?;
            let why = one.map(|one| (one.state, one.verdict));
            found.push((
                "I10",
                format!("device {} does not show {sale}: {why:?}", unit.number),
            ));
        }
    }
    Ok(())
}

/// True where nobody knows what was shown: the copy is lost, and the queue was made anew since, or began
/// with a program that did not write it down.
async fn forgot(unit: &Unit, membership: &Membership) -> Result<bool> {
    let status = membership.status().await.context("a status")?;
    let behind = |scope: &ScopeStatus| scope.cursor < scope.high;
    let lost = status.scopes.is_empty() || status.scopes.iter().any(behind);
    Ok(lost && (unit.queue_damaged || unit.began_older))
}

/// Whether the server took a command: what it is worth is certain then.
async fn booked(membership: &Membership, id: &Uuid) -> Result<bool> {
    let one = membership.command(*id).await.context("a command")?;
    let state = one.map(|one| one.state).unwrap_or_default();
    Ok(["accepted", "reflected"].contains(&state.as_str()))
}

async fn stands(membership: &Membership, id: &Uuid) -> Result<bool> {
    let one = membership.command(*id).await.context("a command")?;
    let state = one.map(|one| one.state).unwrap_or_default();
    let shown = ["queued", "sending", "accepted", "reflected", "blocked"];
    Ok(shown.contains(&state.as_str()))
}

/// R2: what a till gave away and the server has not answered counts against its lease.
pub async fn exposed(
    unit: &Unit,
    memory: &Memory,
    membership: &Membership,
    found: &mut Vec<(&'static str, String)>,
) -> Result<()> {
    let mut least = 0;
    for (id, points) in memory.given.iter().rev().take(SHOWN_SALES) {
        let one = membership.command(*id).await.context("a command")?;
        let state = one.map(|one| one.state).unwrap_or_default();
        if ["queued", "sending", "blocked"].contains(&state.as_str()) {
            least += points;
        }
    }
    let Some(lease) = membership.lease().await.context("a lease")? else {
        return Ok(());
    };
    if lease.exposure_points < least {
        let detail = format!(
            "device {} counts {} of {least}",
            unit.number, lease.exposure_points
        );
        found.push(("R2", detail));
    }
    Ok(())
}

/// I8: the copy's digest is that of the server's history at the same number.
async fn prefixes(
    membership: &Membership,
    books: &mut Books,
    found: &mut Vec<(&'static str, String)>,
) -> Result<()> {
    for scope in membership.status().await.context("a status")?.scopes {
        if scope.cursor == 0 {
            continue;
        }
        let digest = books.digest(&scope.id, &scope.epoch, scope.cursor).await?;
        if digest.is_some_and(|digest| digest != scope.digest) {
            let detail = format!(
                "{} differs from the server up to {}",
                scope.id, scope.cursor
            );
            found.push(("I8", detail));
        }
    }
    Ok(())
}

pub(crate) async fn file(unit: &Unit, name: &str) -> Result<sqlx::SqliteConnection> {
    let key = unit.database_key()?;
    let options = SqliteConnectOptions::new()
        .filename(unit.file(name))
        .disable_statement_logging()
        .pragma("key", format!("\"x'{key}'\""))
        .journal_mode(SqliteJournalMode::Wal)
        .read_only(true);
    Ok(sqlx::SqliteConnection::connect_with(&options).await?)
}

/// A device's copy of a scope: things and balances as text.
pub type Copy = BTreeMap<String, String>;

/// What a scope's history comes to.
pub fn fold(texts: &[String]) -> Copy {
    let mut copy = Copy::new();
    for text in texts {
        match serde_json::from_str::<Change>(text) {
            Ok(Change::Entity { kind, id, body }) => {
                copy.insert(format!("{kind}/{id}"), body.to_string());
            }
            Ok(Change::Balance {
                account,
                unit,
                balance,
                ..
            }) => {
                copy.insert(format!("{account}/{unit}"), balance.to_string());
            }
            Err(_) => {}
        }
    }
    copy
}

/// What a device's file holds of all scopes together.
pub async fn copy_of(unit: &Unit) -> Result<Copy> {
    let mut conn = file(unit, "cache.db").await?;
    let things: Vec<(String, String, String)> = sqlx::query_as("SELECT kind, id, body FROM entity")
        .fetch_all(&mut conn)
        .await?;
    let balances: Vec<(String, String, i64)> =
        sqlx::query_as("SELECT account, unit, points FROM balance")
            .fetch_all(&mut conn)
            .await?;
    conn.close().await?;
    let mut copy = Copy::new();
    for (kind, id, body) in things {
        let body: serde_json::Value = serde_json::from_str(&body)?;
        copy.insert(format!("{kind}/{id}"), body.to_string());
    }
    for (account, unit, points) in balances {
        copy.insert(format!("{account}/{unit}"), points.to_string());
    }
    Ok(copy)
}

/// L5 where the server was set back, L1 elsewhere: whatever was promised here has an answer in the
/// history that the server has now.
fn all_answered(
    unit: &Unit,
    auditor: &Auditor,
    queue: &Queue,
    law: &'static str,
    found: &mut Vec<(&'static str, String)>,
) {
    if unit.forked {
        // What only the newer folder had went with it.
        return;
    }
    let promises = auditor.promises.iter();
    for (id, promise) in promises.filter(|(_, one)| one.device == unit.number) {
        let verdict = queue.get(id).and_then(|one| one.verdict.as_ref());
        let reused = verdict.is_some_and(|verdict| verdict.code == "id_reused");
        if !reused && !auditor.classes.contains_key(id) {
            let (number, seq) = (unit.number, promise.seq);
            let detail = format!("device {number}: {} {seq} has no answer", promise.kind);
            found.push((law, detail));
        }
    }
}

/// L1: everything was answered, the copy is the server's, nothing lies over it.
pub async fn level(
    unit: &Unit,
    hub: &Hub,
    set_back: bool,
    books: &mut Books,
) -> Result<Vec<(&'static str, String)>> {
    let mut found = Vec::new();
    let membership = unit.open()?;
    let open = ["queued", "sending", "accepted"];
    let queue = queue(&membership).await?;
    let law = if set_back { "L5" } else { "L1" };
    all_answered(unit, &hub.held().auditor, &queue, law, &mut found);
    for one in queue.values() {
        if open.contains(&one.state.as_str()) {
            let detail = format!(
                "device {}: {} is still {}",
                unit.number, one.device_seq, one.state
            );
            found.push(("L1", detail));
        }
    }
    if !unit.queue_damaged {
        photos_there(unit, &queue, books, &mut found).await?;
    }
    let mut wanted = Copy::new();
    for scope in membership.status().await.context("a status")?.scopes {
        let head = books.head(&scope.id).await?.unwrap_or_default();
        if head != (scope.epoch.clone(), scope.cursor) {
            let stands = (&scope.epoch, scope.cursor);
            let detail = format!(
                "device {}: {} at {stands:?} of {head:?}",
                unit.number, scope.id
            );
            found.push(("L1", detail));
        }
        wanted.extend(fold(&books.changes(&scope.id, head.1).await?));
    }
    let copy = copy_of(unit).await?;
    for key in wanted.keys().chain(copy.keys()) {
        if wanted.get(key) != copy.get(key) {
            let told = (wanted.get(key), copy.get(key));
            found.push(("I8", format!("device {}: {key}: {told:?}", unit.number)));
            break;
        }
    }
    Ok(found)
}
