//! `lease.request`: moves points from the programme's offline budget into one terminal's escrow.
//! A terminal has one lease, with the terminal's own id.

use std::collections::BTreeSet;

use crate::amount::Overflow;
use crate::command::LeaseRequest;
use crate::entity::Lease;
use crate::facts::{FactKey, Facts, Seen};
use crate::ledger::{Account, Transfer};
use crate::outcome::{Because, Outcome, Upsert};
use crate::ruleset::RuleSet;
use crate::scope::Scope;

use super::Context;

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
    let wanted = request.points.min(rules.limits.lease_points_max);
    let added = (wanted - held).min(budget).max(0);
    if held + added <= 0 {
        return Ok(Outcome::rejected(Because::new("offline_budget_spent")));
    }
    let loss_points = match facts.see::<Lease>(&request.lease_id.to_string()) {
        Seen::Known(lease) => lease.loss_points,
        Seen::Absent | Seen::Unknown => 0,
    };
    let lease = Lease {
        id: request.lease_id,
        device: context.device,
        outlet,
        granted_points: held + added,
        granted_ms: context.now_ms,
        stale_ms: context.now_ms.saturating_add(rules.limits.lease_fresh_ms),
        loss_points,
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
