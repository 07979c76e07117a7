//! Devices with two histories: what is recorded of each, and what its other copy signed beside that.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::{Extension, Json};
use carrot_rules::Account;
use carrot_rules::entity::Lease;
use carrot_wire::Envelope;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;
use uuid::Uuid;

use super::ConsoleState;
use super::names::{Named, Names};
use super::reply::Answer;
use super::rights::Caller;
use crate::apply::handed_over;
use crate::error::Result;
use crate::store::{ForkedCommand, Store};

/// The most recorded commands that are looked at after the place where the histories part.
const RECORDED_MAX: i64 = 500;
/// The most commands that are named of each history; the sums count all that are kept.
const STEPS_MAX: usize = 20;

/// A command of one of the two histories.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct ForkStep {
    /// Its number on the device.
    pub seq: i64,
    /// Its kind.
    pub kind: String,
    /// What it says was handed over without a network, points.
    pub points: i64,
    /// When it came, UTC milliseconds.
    pub at_ms: i64,
    /// The recorded answer; empty where there is none.
    pub code: String,
}

/// One of the two histories, from where they part.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct ForkSide {
    /// The number of its newest command; zero when it has none.
    pub head_seq: i64,
    /// The chain's link to that command; empty when it has none.
    pub head_link: String,
    /// How many commands it has, as far as they are kept.
    pub commands: i64,
    /// What they say was handed over without a network, points.
    pub points: i64,
    /// The first of them.
    pub steps: Vec<ForkStep>,
}

/// A device with two histories.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct ForkRow {
    /// The device.
    pub device: Named,
    /// Outlet of a terminal.
    pub outlet: Option<Named>,
    /// True while its rights were not taken away.
    pub active: bool,
    /// When the second history was found, UTC milliseconds.
    pub found_ms: i64,
    /// The first number that two commands have.
    pub from_seq: i64,
    /// What its lease still holds, points: the most that can be lost by it.
    pub held_points: i64,
    /// True when its lease was given up or it has none.
    pub settled: bool,
    /// The history that counts: it came first.
    pub recorded: ForkSide,
    /// The history that has no effect.
    pub beside: ForkSide,
}

impl ForkSide {
    fn add(&mut self, link: &str, step: ForkStep) {
        self.commands += 1;
        self.points = self.points.saturating_add(step.points);
        if step.seq >= self.head_seq {
            self.head_seq = step.seq;
            link.clone_into(&mut self.head_link);
        }
        if self.steps.len() < STEPS_MAX {
            self.steps.push(step);
        }
    }
}

fn beside(forked: &[ForkedCommand]) -> ForkSide {
    let mut side = ForkSide::default();
    for one in forked {
        let step = ForkStep {
            seq: one.device_seq,
            kind: one.kind.clone(),
            points: one.points,
            at_ms: one.received_ms,
            code: String::new(),
        };
        side.add(&one.link, step);
    }
    side
}

async fn recorded(store: &Store, programme: Uuid, device: Uuid, from_seq: i64) -> Result<ForkSide> {
    let mut side = ForkSide::default();
    let found = store.recorded_from(programme, device, from_seq, RECORDED_MAX);
    for (envelope, at_ms, code) in found.await? {
        let envelope: Envelope = serde_json::from_str(&envelope)?;
        let Ok(body) = envelope.body() else { continue };
        let step = ForkStep {
            seq: body.device_seq,
            points: body.command().as_ref().map_or(0, handed_over),
            kind: body.kind,
            at_ms,
            code,
        };
        side.add(&carrot_wire::crypto::chain_hash(&envelope.bytes), step);
    }
    Ok(side)
}

async fn row(
    store: &Store,
    programme: Uuid,
    id: Uuid,
    forked: &[ForkedCommand],
) -> Result<ForkRow> {
    let from_seq = forked.iter().map(|one| one.device_seq).min().unwrap_or(0);
    let device = store.device(id).await?;
    let outlet = device.as_ref().and_then(|device| device.outlet);
    let names = Names::load(store, programme, outlet.into_iter().chain([id])).await?;
    let lease = store.entity::<Lease>(programme, &id.to_string()).await?;
    Ok(ForkRow {
        device: names.named(id),
        outlet: names.maybe(outlet),
        active: device.is_some_and(|device| !device.revoked),
        found_ms: forked.iter().map(|one| one.received_ms).min().unwrap_or(0),
        from_seq,
        held_points: store.balance(programme, Account::Lease(id)).await?,
        settled: lease.is_none_or(|lease| lease.written_off_ms.is_some()),
        recorded: recorded(store, programme, id, from_seq).await?,
        beside: beside(forked),
    })
}

/// Devices with two histories, with what each copy says it did.
#[utoipa::path(get, path = "/v1/console/devices/forked", tag = "console", responses(
    (status = 200, description = "devices with two histories", body = Vec<ForkRow>),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
))]
pub async fn forked(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
) -> Answer<Vec<ForkRow>> {
    let (store, programme) = (state.store(), caller.programme);
    let mut by_device: BTreeMap<Uuid, Vec<ForkedCommand>> = BTreeMap::new();
    for one in store.forked(programme).await? {
        by_device.entry(one.device).or_default().push(one);
    }
    let mut rows = Vec::with_capacity(by_device.len());
    for (id, forked) in &by_device {
        rows.push(row(store, programme, *id, forked).await?);
    }
    rows.sort_by_key(|row| (row.settled, std::cmp::Reverse(row.found_ms)));
    Ok(Json(rows))
}
