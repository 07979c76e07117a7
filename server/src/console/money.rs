//! Money: what is owed, what leases hold, what was lost offline.

use axum::extract::State;
use axum::{Extension, Json};
use carrot_rules::Account;
use carrot_rules::entity::{Lease, ONLY};
use carrot_rules::ruleset::{Limits, RuleSet};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;
use utoipa::ToSchema;
use uuid::Uuid;

use super::ConsoleState;
use super::allowance::{AllowanceNow, allowance_now};
use super::names::{Named, Names};
use super::reply::Answer;
use super::rights::Caller;
use crate::db;
use crate::error::Result;
use crate::store::{EntityFilter, Store};

/// A lease.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct LeaseRow {
    /// Id.
    pub id: String,
    /// The terminal that holds it.
    pub device: Named,
    /// Its outlet.
    pub outlet: Named,
    /// Points after the last grant.
    pub granted_points: i64,
    /// Points that it holds now, as far as the terminal has reported.
    pub held_points: i64,
    /// Loss under it so far.
    pub loss_points: i64,
    /// How much of that loss was looked into; the rest is not lent again.
    pub cleared_points: i64,
    /// Last filled, UTC milliseconds.
    pub granted_ms: i64,
    /// Redeeming under it stops at this instant, UTC milliseconds.
    pub stale_ms: i64,
    /// When it was given up, UTC milliseconds; none while it is not.
    pub written_off_ms: Option<i64>,
    /// When two copies of its terminal were found, UTC milliseconds: nothing more is honoured under it.
    pub frozen_ms: Option<i64>,
    /// The terminal was last heard of, UTC milliseconds; zero when it is gone.
    pub seen_ms: i64,
}

/// `GET /v1/console/leases`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct Money {
    /// The instant that it holds for, UTC milliseconds.
    pub at_ms: i64,
    /// Points ever issued, the offline budget included.
    pub issued_points: i64,
    /// Points that people can spend.
    pub active_points: i64,
    /// Points that wait for a condition.
    pub pending_points: i64,
    /// Points that people spent.
    pub redeemed_points: i64,
    /// What people owe after reversals; zero or below.
    pub clawback_points: i64,
    /// What is left of the budget for redemptions without a network.
    pub budget_points: i64,
    /// What all leases hold.
    pub held_points: i64,
    /// What members have put aside in vouchers: their own points, of which honest devices lose nothing.
    pub voucher_points: i64,
    /// The most that copied terminals can still cost the programme by vouchers, points: what each
    /// voucher held of which another use could still be reported and would count, at most what is left
    /// of the offline budget.
    pub copied_points: i64,
    /// What was lost offline; nothing of it is written off yet.
    pub loss_points: i64,
    /// Redemptions without escrow.
    pub allowance: AllowanceNow,
    /// The leases, the fullest first.
    pub leases: Vec<LeaseRow>,
}

/// All balances of a programme in points, summed by kind of account.
async fn totals(store: &Store, programme: Uuid) -> Result<BTreeMap<String, i64>> {
    let rows: Vec<(String, i64)> = db::query_as(
        "SELECT CASE WHEN account LIKE 'participant:%:active' THEN 'active'
                     WHEN account LIKE 'participant:%:pending' THEN 'pending'
                     WHEN account LIKE 'escrow:lease:%' THEN 'held'
                     WHEN account LIKE 'escrow:voucher:%' THEN 'voucher'
                     WHEN account LIKE 'clawback:%' THEN 'clawback'
                     ELSE account END AS kind, SUM(amount)
         FROM balance WHERE programme_id = ? AND unit = 'points' GROUP BY kind",
    )
    .bind(programme.to_string())
    .fetch_all(store.reads(programme))
    .await?;
    Ok(rows.into_iter().collect())
}

/// What vouchers held of which another use could still be reported and would count, points. A voucher
/// that went back counts no more, and one whose reports are all too late neither.
async fn copied(store: &Store, programme: Uuid) -> Result<i64> {
    let rules = store.entity::<RuleSet>(programme, ONLY).await?;
    let age_ms = rules
        .map_or_else(Limits::default, |rules| rules.limits)
        .fact_age_ms_max;
    let held: i64 = db::query_scalar(
        "SELECT COALESCE(SUM(json_extract(body, '$.points')), 0) FROM entity
         WHERE programme_id = ? AND kind = 'voucher' AND json_extract(body, '$.state') <> 'returned'
           AND json_extract(body, '$.expires_ms') > ?",
    )
    .bind(programme.to_string())
    .bind(store.now_ms().saturating_sub(age_ms.max(0)))
    .fetch_one(store.reads(programme))
    .await?;
    Ok(held)
}

async fn rows(store: &Store, programme: Uuid) -> Result<Vec<LeaseRow>> {
    let leases = store
        .entities::<Lease>(programme, &EntityFilter::all())
        .await?;
    let names = Names::load(
        store,
        programme,
        leases.iter().map(|(_, lease)| lease.outlet),
    )
    .await?;
    let mut rows = Vec::with_capacity(leases.len());
    for (_, lease) in leases {
        let device = store.device(lease.device).await?;
        rows.push(LeaseRow {
            id: lease.id.to_string(),
            outlet: names.named(lease.outlet),
            granted_points: lease.granted_points,
            held_points: store.balance(programme, Account::Lease(lease.id)).await?,
            loss_points: lease.loss_points,
            cleared_points: lease.cleared_points,
            granted_ms: lease.granted_ms,
            stale_ms: lease.stale_ms,
            written_off_ms: lease.written_off_ms,
            frozen_ms: lease.frozen_ms,
            seen_ms: device.as_ref().map_or(0, |device| device.seen_ms),
            device: Named {
                id: lease.device.to_string(),
                name: device.map(|device| device.name).unwrap_or_default(),
            },
        });
    }
    rows.sort_by_key(|row| std::cmp::Reverse(row.held_points));
    Ok(rows)
}

/// The books in short, and every lease.
#[utoipa::path(get, path = "/v1/console/leases", tag = "console", responses(
    (status = 200, description = "the books in short, and every lease", body = Money),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
))]
pub async fn leases(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
) -> Answer<Money> {
    let (store, programme) = (state.store(), caller.programme);
    let totals = totals(store, programme).await?;
    let total = |kind: &str| totals.get(kind).copied().unwrap_or(0);
    let of = |account: Account| total(&account.to_string());
    Ok(Json(Money {
        at_ms: store.now_ms(),
        issued_points: of(Account::Issuance).saturating_neg(),
        active_points: total("active"),
        pending_points: total("pending"),
        redeemed_points: of(Account::Redeemed),
        clawback_points: total("clawback"),
        budget_points: of(Account::OfflineBudget),
        held_points: total("held"),
        voucher_points: total("voucher"),
        copied_points: copied(store, programme)
            .await?
            .min(of(Account::OfflineBudget))
            .max(0),
        loss_points: of(Account::OfflineLoss),
        allowance: allowance_now(store, programme).await?,
        leases: rows(store, programme).await?,
    }))
}
