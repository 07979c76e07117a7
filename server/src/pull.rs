//! What a device gets: the feeds of the scopes that it may see, the names that go with them, and a
//! fresh certificate. Scopes are granted by what the device is, at each pull anew.

use std::collections::BTreeMap;

use carrot_rules::Scope;
use carrot_wire::capability;
use carrot_wire::limits::PULL_BYTES_MAX;
use carrot_wire::planted::{self, Bug};
use carrot_wire::pull::{PersonName, PullReply, PullRequest, ScopeCursor, ScopePage};
use uuid::Uuid;

use crate::apply::countersign;
use crate::db::Conn;
use crate::enrol;
use crate::error::{Error, Result};
use crate::store::{
    Device, DeviceRole, FeedPage, Person, Store, device, members, page, person, programme_code,
    roster,
};
use crate::vouchers;

/// How old the note of a device's last call may be before a pull renews it, milliseconds.
const SEEN_AGE_MS_MAX: i64 = 60_000;

/// The scopes that a device may see, in the order in which they are sent.
#[must_use]
pub fn granted(device: &Device) -> Vec<Scope> {
    let mut scopes = vec![Scope::Programme(device.programme)];
    match device.role {
        DeviceRole::Terminal => scopes.extend(device.outlet.map(Scope::Outlet)),
        DeviceRole::Phone => scopes.extend(device.participant.map(Scope::Participant)),
    }
    scopes
}

/// Answers a pull from one consistent view of the database. Refuses a device whose rights were taken
/// away (`revoked`), a protocol that this version does not speak, and one that needs a snapshot and
/// cannot take it (`upgrade_required`).
pub async fn pull(store: &Store, id: Uuid, request: &PullRequest) -> Result<PullReply> {
    if !carrot_wire::speaks(request.proto) {
        return Err(Error::refused(
            "upgrade_required",
            "device and server speak different versions of the protocol",
        ));
    }
    let unknown = || Error::refused("device_unknown", "the device is not enrolled");
    let asking = store.device(id).await?.ok_or_else(unknown)?;
    if !asking.revoked {
        vouchers::hear_till(store, &asking, request.made).await?;
    }
    // Before the view is taken: a command that is not in it may have come after this instant.
    let now_ms = store.now_ms();
    let mut read = store.reads(asking.programme).begin().await?;
    let device = device(&mut read, id).await?.ok_or_else(unknown)?;
    if device.revoked {
        return Err(Error::refused(
            "revoked",
            "the device's rights were taken away",
        ));
    }
    let keys = store.keys();
    let trust = (request.trust_version != keys.version()).then(|| keys.trust());
    let scopes = pages(&mut read, &device, request).await?;
    let cancelled = vouchers::cancelled_unused(&mut read, &device, request.made, &scopes).await?;
    let code = programme_code(&mut read, device.programme).await?;
    let reply = PullReply {
        proto: carrot_wire::PROTO,
        more: scopes
            .iter()
            .any(|page| !page.gone && page.last < page.high),
        scopes,
        people: people(&mut read, &device).await?,
        certificate: enrol::issue(&mut read, store, &device).await?,
        server_ms: now_ms,
        device_last_seq: device.last_seq,
        vouchers: vouchers::texts(store, &device, &code).await?,
        trust: trust.transpose()?,
        countersigned: Some(countersign(&keys, &device, now_ms)),
    };
    drop(read);
    vouchers::return_cancelled(store, device.programme, &cancelled).await?;
    note_seen(store, &device, request.trust_version).await?;
    Ok(reply)
}

async fn note_seen(store: &Store, device: &Device, trust_version: i64) -> Result<()> {
    let lately = store.now_ms().saturating_sub(device.seen_ms) < SEEN_AGE_MS_MAX;
    if lately && device.trust_version == Some(trust_version) {
        return Ok(());
    }
    let mut tx = store.begin(device.programme).await?;
    tx.hear_device(device.id, trust_version).await?;
    tx.commit().await
}

async fn pages(conn: &mut Conn, device: &Device, request: &PullRequest) -> Result<Vec<ScopePage>> {
    let mut left = request.max_bytes.clamp(1, PULL_BYTES_MAX);
    let mut granted = granted(device);
    if planted::is(Bug::ScopeOpen) {
        let asked = request.scopes.iter().map(|cursor| cursor.id);
        granted.extend(
            asked
                .filter(|id| !self::granted(device).contains(id))
                .collect::<Vec<_>>(),
        );
    }
    let mut pages = Vec::with_capacity(granted.len());
    let snapshots = capability::named(&request.capabilities, capability::SNAPSHOT);
    for scope in &granted {
        let cursor = request.scopes.iter().find(|cursor| cursor.id == *scope);
        let (epoch, after) = cursor.map_or(("", 0), |cursor| (cursor.epoch.as_str(), cursor.after));
        let found = page(conn, device.programme, *scope, epoch, after, left).await?;
        if found.folded && !snapshots {
            return Err(Error::refused(
                "upgrade_required",
                "what the device lacks is only to be had as a snapshot, which it cannot take",
            ));
        }
        let sent: usize = found.changes.iter().map(String::len).sum();
        left = left.saturating_sub(sent);
        pages.push(page_of(*scope, found, snapshots));
    }
    let foreign = |cursor: &&ScopeCursor| !granted.contains(&cursor.id);
    pages.extend(request.scopes.iter().filter(foreign).map(gone));
    Ok(pages)
}

fn page_of(id: Scope, found: FeedPage, snapshots: bool) -> ScopePage {
    let count = i64::try_from(found.changes.len()).unwrap_or(i64::MAX);
    ScopePage {
        id,
        epoch: found.epoch,
        snapshot: snapshots && found.last < found.high,
        first: found.last.saturating_sub(count).saturating_add(1),
        last: found.last,
        changes: found.changes,
        high: found.high,
        digest_at_last: found.digest_at_last,
        reset: found.reset,
        gone: false,
    }
}

/// Says nothing about a scope besides that it is not the device's to see.
fn gone(cursor: &ScopeCursor) -> ScopePage {
    ScopePage {
        id: cursor.id,
        epoch: String::new(),
        first: 1,
        last: 0,
        changes: Vec::new(),
        high: 0,
        digest_at_last: String::new(),
        reset: false,
        gone: true,
        snapshot: false,
    }
}

/// Full names for colleagues, given names with an initial for members, and a phone's own.
async fn people(conn: &mut Conn, of: &Device) -> Result<Vec<PersonName>> {
    let mut names = BTreeMap::new();
    if let Some(outlet) = of.outlet {
        let scope = Scope::Outlet(outlet).to_string();
        for member in members(conn, of.programme, &scope).await? {
            names.insert(member.participant, named(&member, member.short_name()));
        }
        for (_, colleague) in roster(conn, of.programme, &scope).await? {
            names.insert(
                colleague.participant,
                named(&colleague, colleague.full_name()),
            );
        }
    }
    if let Some(own) = of.participant
        && let Some(person) = person(conn, of.programme, own).await?
    {
        names.insert(own, named(&person, person.full_name()));
    }
    Ok(names.into_values().collect())
}

fn named(person: &Person, name: String) -> PersonName {
    PersonName {
        participant: person.participant,
        name,
        language: person.language.clone(),
    }
}
