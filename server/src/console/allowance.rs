//! Redemptions without a network and without escrow: what they can cost, and switching them on or off.

use axum::extract::State;
use axum::{Extension, Json};
use carrot_rules::Command;
use carrot_rules::command::AllowanceSet;
use carrot_rules::entity::{Allowance, AllowanceMode, ONLY, Till};
use carrot_rules::ruleset::{Limits, RuleSet};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;
use uuid::Uuid;

use super::ConsoleState;
use super::names::{Named, Names};
use super::offline::decide;
use super::reply::{Answer, Body, Refusal};
use super::rights::Caller;
use crate::error::Result;
use crate::store::{EntityFilter, Store};

/// What one terminal may hand out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct AllowanceRow {
    /// The terminal.
    pub device: Named,
    /// What was confirmed for it, points.
    pub points: i64,
    /// What can still be lost by it, points.
    pub left_points: i64,
    /// What was lost by it so far, points.
    pub loss_points: i64,
    /// True when it may hand out nothing new; what it did before is still honoured.
    pub off: bool,
}

/// The mode as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct AllowanceNow {
    /// What each terminal may hand over and lose, points; zero when the mode is off.
    pub each_points: i64,
    /// The terminals that it was confirmed for.
    pub terminals: i64,
    /// What was shown and confirmed, points.
    pub bound_points: i64,
    /// What can still be lost now, points; also what was allowed before and is not reported yet.
    pub left_points: i64,
    /// The terminals that would have it when it is confirmed now.
    pub open_terminals: i64,
    /// Who confirmed it; none when it never was on.
    pub by: Option<Named>,
    /// When it was confirmed, UTC milliseconds; zero when it never was on.
    pub at_ms: i64,
    /// Terminal by terminal.
    pub tills: Vec<AllowanceRow>,
}

/// `POST /v1/console/allowance`.
#[derive(Debug, Clone, Serialize, Deserialize, TS, ToSchema)]
pub struct AllowanceWish {
    /// What each active terminal may hand over and lose, points; zero switches the mode off.
    pub each_points: i64,
    /// The bound as it was shown: all that can be lost, points.
    pub bound_points: i64,
    /// Why; 1 to 300 characters.
    pub reason: String,
}

/// The terminals that can have an allowance.
async fn open_terminals(store: &Store, programme: Uuid) -> Result<Vec<Uuid>> {
    let tills = store
        .entities::<Till>(programme, &EntityFilter::all())
        .await?;
    let open = tills.into_iter().filter(|(_, till)| till.open);
    Ok(open.map(|(_, till)| till.device).collect())
}

/// The mode, with what each terminal can still lose.
pub(super) async fn allowance_now(store: &Store, programme: Uuid) -> Result<AllowanceNow> {
    let rules = store.entity::<RuleSet>(programme, ONLY).await?;
    let age_ms = rules
        .map_or_else(Limits::default, |rules| rules.limits)
        .fact_age_ms_max;
    let mode = store.entity::<AllowanceMode>(programme, ONLY).await?;
    let known = store
        .entities::<Allowance>(programme, &EntityFilter::all())
        .await?;
    let ids = known.iter().map(|(_, one)| one.device);
    let names = Names::load(
        store,
        programme,
        ids.chain(mode.as_ref().map(|mode| mode.by)),
    )
    .await?;
    // What was handed out before it was switched off counts as long as a report of it would.
    let too_late = |off_ms: i64| off_ms.saturating_add(age_ms) <= store.now_ms();
    let tills: Vec<AllowanceRow> = known
        .into_iter()
        .map(|(_, one)| AllowanceRow {
            device: names.named(one.device),
            points: one.points,
            left_points: match one.off_ms.is_some_and(too_late) {
                true => 0,
                false => one.left_points(),
            },
            loss_points: one.loss_points,
            off: one.off_ms.is_some(),
        })
        .collect();
    let terminals = mode.as_ref().map_or(0, |mode| mode.terminals.len());
    Ok(AllowanceNow {
        each_points: mode.as_ref().map_or(0, |mode| mode.each_points),
        terminals: i64::try_from(terminals).unwrap_or(i64::MAX),
        bound_points: mode.as_ref().map_or(0, |mode| mode.bound_points),
        left_points: tills
            .iter()
            .map(|row| row.left_points)
            .fold(0, i64::saturating_add),
        open_terminals: i64::try_from(open_terminals(store, programme).await?.len())
            .unwrap_or(i64::MAX),
        by: mode.as_ref().map(|mode| names.named(mode.by)),
        at_ms: mode.map_or(0, |mode| mode.at_ms),
        tills,
    })
}

/// Switches redemptions without escrow on for every active terminal, or off. The bound must be the one
/// that follows now: who was shown another one looks again.
#[utoipa::path(post, path = "/v1/console/allowance", tag = "console", request_body = AllowanceWish, responses(
    (status = 200, description = "the mode as it is now", body = AllowanceNow),
    (status = 400, description = "`bad_input`: no reason, or points below zero"),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
    (status = 409, description = "`bound_differs`, `till_unknown`"),
))]
pub async fn set(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
    Body(wish): Body<AllowanceWish>,
) -> Answer<AllowanceNow> {
    let (store, programme) = (state.store(), caller.programme);
    let terminals = match wish.each_points {
        0 => Vec::new(),
        _ => open_terminals(store, programme).await?,
    };
    if wish.each_points > 0 && terminals.is_empty() {
        return Err(Refusal::new("till_unknown", "no terminal is active"));
    }
    let command = AllowanceSet {
        each_points: wish.each_points,
        terminals,
        bound_points: wish.bound_points,
        reason: wish.reason,
    };
    decide(&state, &caller, Command::AllowanceSet(command)).await?;
    Ok(Json(allowance_now(store, programme).await?))
}
