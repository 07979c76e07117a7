//! `lease.request`: moves points from the programme's offline budget into one terminal's escrow.
//! A terminal has one lease, with the terminal's own id.
//!
//! `lease.write_off`: a manager gives up the lease of a terminal that will not report any more. How
//! much of it is taken for lost is the manager's to say; the rest is free for other terminals.

use std::collections::BTreeSet;

use crate::amount::Overflow;
use crate::command::{LeaseRequest, LeaseWriteOff, WRITE_OFF_REASON_CHARS_MAX};
use crate::entity::{Lease, Participant};
use crate::facts::{FactKey, Facts, Seen};
use crate::ledger::{Account, Transfer};
use crate::outcome::{Because, Outcome, Upsert};
use crate::ruleset::RuleSet;
use crate::scope::Scope;

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
    if known
        .as_ref()
        .is_some_and(|lease| lease.written_off_ms.is_some())
    {
        return Ok(Outcome::rejected(Because::new("lease_written_off")));
    }
    let wanted = request.points.min(rules.limits.lease_points_max);
    let added = (wanted - held).min(budget).max(0);
    if held + added <= 0 {
        return Ok(Outcome::rejected(Because::new("offline_budget_spent")));
    }
    let loss_points = known.map_or(0, |lease| lease.loss_points);
    let lease = Lease {
        id: request.lease_id,
        device: context.device,
        outlet,
        granted_points: held + added,
        granted_ms: context.now_ms,
        stale_ms: context.now_ms.saturating_add(rules.limits.lease_fresh_ms),
        loss_points,
        written_off_ms: None,
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

pub(super) fn write_off_needs(
    write_off: &LeaseWriteOff,
    context: &Context,
    keys: &mut BTreeSet<FactKey>,
) {
    keys.insert(FactKey::of::<Lease>(write_off.lease_id.to_string()));
    keys.insert(FactKey::of::<Participant>(context.actor.to_string()));
    keys.insert(FactKey::Balance(Account::Lease(write_off.lease_id)));
}

pub(super) fn write_off(write_off: &LeaseWriteOff, desk: Desk<'_>) -> Result<Outcome, Overflow> {
    let (context, facts) = (desk.context, desk.facts);
    let manages = match facts.see::<Participant>(&context.actor.to_string()) {
        Seen::Known(person) => person.role == "manager",
        Seen::Absent | Seen::Unknown => false,
    };
    if !manages || !context.device.is_nil() {
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
    let words = write_off.reason.trim().chars().count();
    let said = (1..=WRITE_OFF_REASON_CHARS_MAX).contains(&words);
    if !said || !(0..=held).contains(&lost) {
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
