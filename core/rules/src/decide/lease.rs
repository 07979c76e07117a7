//! `lease.request`: moves points from the programme's offline budget into one terminal's escrow.
//! A terminal has one lease, with the terminal's own id. What was lost under it is not lent again, so
//! that asking for more after each loss cannot empty the budget.
//!
//! `lease.return`: the terminal gives a part back. Only its own signed word frees it, never a clock: what
//! it handed over before stands before it in its chain, and what it hands over later is decided on what
//! is left.
//!
//! `lease.clear`: a manager has looked into the loss; the lease may be filled up in full again.
//!
//! `lease.write_off`: a manager gives up the lease of a terminal that will not report any more. How
//! much of it is taken for lost is the manager's to say; the rest is free for other terminals.

use std::collections::BTreeSet;

use crate::amount::Overflow;
use crate::command::{
    LeaseClear, LeaseRequest, LeaseReturn, LeaseWriteOff, WRITE_OFF_REASON_CHARS_MAX,
};
use crate::entity::{Lease, Participant};
use crate::facts::{FactKey, Facts, Seen};
use crate::ledger::{Account, Transfer};
use crate::outcome::{Because, Outcome, Upsert};
use crate::ruleset::RuleSet;
use crate::scope::Scope;

use uuid::Uuid;

use super::Context;
use super::pay::Desk;

pub(super) fn needs(request: &LeaseRequest, keys: &mut BTreeSet<FactKey>) {
    keys.insert(FactKey::of::<Lease>(request.lease_id.to_string()));
    keys.insert(FactKey::Balance(Account::Lease(request.lease_id)));
    keys.insert(FactKey::Balance(Account::OfflineBudget));
}

pub(super) fn decide(
    request: &LeaseRequest,
    context: &Context,
    facts: &Facts,
    rules: &RuleSet,
) -> Result<Outcome, Overflow> {
    let Some(outlet) = context.outlet else {
        return Ok(Outcome::rejected(Because::new("outlet_needed")));
    };
    if request.lease_id != context.device {
        return Ok(Outcome::rejected(Because::new("not_permitted")));
    }
    if request.points <= 0 {
        return Ok(Outcome::rejected(Because::new("bad_input")));
    }
    let held = facts.balance(Account::Lease(request.lease_id));
    let budget = facts.balance(Account::OfflineBudget);
    let (Some(held), Some(budget)) = (held, budget) else {
        let mut outcome = Outcome::accepted();
        outcome.pending.push(Because::new("awaits_sync"));
        return Ok(outcome);
    };
    let known = match facts.see::<Lease>(&request.lease_id.to_string()) {
        Seen::Known(lease) => Some(lease),
        Seen::Absent | Seen::Unknown => None,
    };
    if let Some(because) = known.as_ref().and_then(closed) {
        return Ok(Outcome::rejected(because));
    }
    let lost = known.as_ref().map_or(0, uncleared);
    let most = rules.limits.lease_points_max.saturating_sub(lost);
    let wanted = request.points.min(most);
    let added = wanted.saturating_sub(held).min(budget).max(0);
    if held + added <= 0 {
        return Ok(Outcome::rejected(nothing_to_lend(most, lost)));
    }
    let (loss_points, cleared_points) =
        known.map_or((0, 0), |lease| (lease.loss_points, lease.cleared_points));
    let lease = Lease {
        id: request.lease_id,
        device: context.device,
        outlet,
        granted_points: held + added,
        granted_ms: context.now_ms,
        stale_ms: context.now_ms.saturating_add(rules.limits.lease_fresh_ms),
        loss_points,
        cleared_points,
        written_off_ms: None,
        frozen_ms: None,
    };
    let mut outcome = Outcome::accepted();
    let legs = [
        (Account::OfflineBudget, -added),
        (Account::Lease(request.lease_id), added),
    ];
    if added > 0 {
        outcome
            .transfers
            .push(Transfer::points("lease_grant", &legs)?);
    }
    outcome.upserts.push(Upsert::of(
        lease.id.to_string(),
        &lease,
        &[Scope::Outlet(outlet)],
    ));
    Ok(outcome)
}

/// Why a lease is nobody's to use any more; none while it is open.
pub(super) fn closed(lease: &Lease) -> Option<Because> {
    let code = match (lease.written_off_ms, lease.frozen_ms) {
        (Some(_), _) => "lease_written_off",
        (None, Some(_)) => "lease_frozen",
        (None, None) => return None,
    };
    Some(Because::new(code))
}

/// Why nothing can be lent: what was lost, or the budget.
fn nothing_to_lend(most: i64, lost: i64) -> Because {
    if most <= 0 {
        return Because::new("lease_lost").with("points", lost);
    }
    Because::new("offline_budget_spent")
}

pub(super) fn return_needs(back: &LeaseReturn, keys: &mut BTreeSet<FactKey>) {
    keys.insert(FactKey::of::<Lease>(back.lease_id.to_string()));
    keys.insert(FactKey::Balance(Account::Lease(back.lease_id)));
}

pub(super) fn give_back(back: &LeaseReturn, desk: Desk<'_>) -> Result<Outcome, Overflow> {
    let (context, facts) = (desk.context, desk.facts);
    if back.lease_id != context.device {
        return Ok(Outcome::rejected(Because::new("not_permitted")));
    }
    if back.points <= 0 {
        return Ok(Outcome::rejected(Because::new("bad_input")));
    }
    let Seen::Known(mut lease) = facts.see::<Lease>(&back.lease_id.to_string()) else {
        return Ok(Outcome::rejected(Because::new("lease_missing")));
    };
    if let Some(because) = closed(&lease) {
        return Ok(Outcome::rejected(because));
    }
    let held = facts.balance(Account::Lease(lease.id)).unwrap_or(0);
    let left = held.saturating_sub(context.exposure_points).max(0);
    if back.points > left {
        let more = Because::new("lease_exceeded").with("cost", back.points);
        return Ok(Outcome::rejected(more.with("left", left)));
    }
    lease.granted_points = held - back.points;
    let mut outcome = Outcome::accepted();
    let legs = [
        (Account::Lease(lease.id), -back.points),
        (Account::OfflineBudget, back.points),
    ];
    outcome
        .transfers
        .push(Transfer::points("lease_return", &legs)?);
    outcome.upserts.push(Upsert::of(
        lease.id.to_string(),
        &lease,
        &[Scope::Outlet(lease.outlet)],
    ));
    Ok(outcome)
}

/// What was lost under a lease and nobody has looked into yet, points.
fn uncleared(lease: &Lease) -> i64 {
    lease
        .loss_points
        .saturating_sub(lease.cleared_points)
        .max(0)
}

/// What a manager's decision on a lease needs.
pub(super) fn manager_needs(lease_id: Uuid, context: &Context, keys: &mut BTreeSet<FactKey>) {
    keys.insert(FactKey::of::<Lease>(lease_id.to_string()));
    keys.insert(FactKey::of::<Participant>(context.actor.to_string()));
    keys.insert(FactKey::Balance(Account::Lease(lease_id)));
}

/// Whether a manager decides, on the console.
pub(super) fn manager_decides(desk: Desk<'_>) -> bool {
    let actor = desk.context.actor.to_string();
    let manages = match desk.facts.see::<Participant>(&actor) {
        Seen::Known(person) => person.role == "manager",
        Seen::Absent | Seen::Unknown => false,
    };
    manages && desk.context.device.is_nil()
}

/// Whether a reason says something, within its length.
pub(super) fn says_why(reason: &str) -> bool {
    (1..=WRITE_OFF_REASON_CHARS_MAX).contains(&reason.trim().chars().count())
}

pub(super) fn clear(clear: &LeaseClear, desk: Desk<'_>) -> Outcome {
    if !manager_decides(desk) {
        return Outcome::rejected(Because::new("not_permitted"));
    }
    let Seen::Known(mut lease) = desk.facts.see::<Lease>(&clear.lease_id.to_string()) else {
        return Outcome::rejected(Because::new("lease_missing"));
    };
    if lease.written_off_ms.is_some() {
        return Outcome::rejected(Because::new("lease_written_off"));
    }
    let more = lease.cleared_points < clear.loss_points;
    if !says_why(&clear.reason) || !more || clear.loss_points > lease.loss_points {
        return Outcome::rejected(Because::new("bad_input"));
    }
    lease.cleared_points = clear.loss_points;
    let mut outcome = Outcome::accepted();
    outcome.upserts.push(Upsert::of(
        lease.id.to_string(),
        &lease,
        &[Scope::Outlet(lease.outlet)],
    ));
    outcome
}

pub(super) fn write_off(write_off: &LeaseWriteOff, desk: Desk<'_>) -> Result<Outcome, Overflow> {
    let (context, facts) = (desk.context, desk.facts);
    if !manager_decides(desk) {
        return Ok(Outcome::rejected(Because::new("not_permitted")));
    }
    let Seen::Known(mut lease) = facts.see::<Lease>(&write_off.lease_id.to_string()) else {
        return Ok(Outcome::rejected(Because::new("lease_missing")));
    };
    if lease.written_off_ms.is_some() {
        return Ok(Outcome::rejected(Because::new("lease_written_off")));
    }
    let account = Account::Lease(lease.id);
    let (held, lost) = (facts.balance(account).unwrap_or(0), write_off.lost_points);
    if !says_why(&write_off.reason) || !(0..=held).contains(&lost) {
        return Ok(Outcome::rejected(Because::new("bad_input")));
    }
    let mut outcome = Outcome::accepted();
    let legs = [
        (account, -held),
        (Account::OfflineLoss, lost),
        (Account::OfflineBudget, held - lost),
    ];
    if held > 0 {
        outcome
            .transfers
            .push(Transfer::points("lease_write_off", &legs)?);
    }
    lease.loss_points += lost;
    lease.written_off_ms = Some(context.now_ms);
    outcome.upserts.push(Upsert::of(
        lease.id.to_string(),
        &lease,
        &[Scope::Outlet(lease.outlet)],
    ));
    Ok(outcome)
}
