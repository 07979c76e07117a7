//! `allowance.set`: an owner switches redemptions without a network and without escrow on or off, having
//! been shown what that can cost: so many points for each of these terminals. What one of them loses
//! takes from what it may still lose, so that all that is ever booked as lost is at most the bound that
//! was confirmed, whatever a terminal sends and in which order. Confirming anew is a new bound.

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::amount::Overflow;
use crate::command::{ALLOWANCE_TERMINALS_MAX, AllowanceSet, RewardRedeem};
use crate::entity::{Allowance, AllowanceMode, ONLY, Participant, Till};
use crate::facts::{FactKey, Facts, Seen};
use crate::ledger::{Account, Transfer};
use crate::outcome::{Because, Outcome, Upsert};
use crate::scope::Scope;

use super::lease::{manager_decides, says_why};
use super::pay::Desk;
use super::{Context, member_day};

pub(super) fn set_needs(
    set: &AllowanceSet,
    context: &Context,
    facts: &Facts,
    keys: &mut BTreeSet<FactKey>,
) {
    keys.insert(FactKey::of::<Participant>(context.actor.to_string()));
    keys.insert(FactKey::of::<AllowanceMode>(ONLY));
    for terminal in everybody(set, facts) {
        keys.insert(FactKey::of::<Till>(terminal.to_string()));
        keys.insert(FactKey::of::<Allowance>(terminal.to_string()));
    }
}

/// The terminals of the mode as it was and as it will be.
fn everybody(set: &AllowanceSet, facts: &Facts) -> BTreeSet<Uuid> {
    let mut all: BTreeSet<Uuid> = set
        .terminals
        .iter()
        .copied()
        .take(ALLOWANCE_TERMINALS_MAX)
        .collect();
    if let Seen::Known(before) = facts.see::<AllowanceMode>(ONLY) {
        all.extend(before.terminals);
    }
    all
}

fn wrong(set: &AllowanceSet, desk: Desk<'_>) -> Option<Because> {
    if !manager_decides(desk) {
        return Some(Because::new("not_permitted"));
    }
    let once: BTreeSet<&Uuid> = set.terminals.iter().collect();
    let many = once.len() != set.terminals.len() || once.len() > ALLOWANCE_TERMINALS_MAX;
    if many || set.each_points < 0 || !says_why(&set.reason) {
        return Some(Because::new("bad_input"));
    }
    let count = i64::try_from(once.len()).unwrap_or(i64::MAX);
    let bound = set.each_points.checked_mul(count);
    if bound != Some(set.bound_points) {
        return Some(Because::new("bound_differs").with("bound", bound.unwrap_or(i64::MAX)));
    }
    let open = |id: &Uuid| {
        let till = desk.facts.see::<Till>(&id.to_string());
        matches!(till, Seen::Known(till) if till.open)
    };
    (!set.terminals.iter().all(open)).then(|| Because::new("till_unknown"))
}

pub(super) fn set(set: &AllowanceSet, desk: Desk<'_>) -> Outcome {
    if let Some(because) = wrong(set, desk) {
        return Outcome::rejected(because);
    }
    let mut outcome = Outcome::accepted();
    for terminal in everybody(set, desk.facts) {
        let id = terminal.to_string();
        let known = match desk.facts.see::<Allowance>(&id) {
            Seen::Known(known) => Some(known),
            Seen::Absent | Seen::Unknown => None,
        };
        let outlet = match (desk.facts.see::<Till>(&id), &known) {
            (Seen::Known(till), _) => till.outlet,
            (_, Some(known)) => known.outlet,
            _ => continue,
        };
        let allowed = set.each_points > 0 && set.terminals.contains(&terminal);
        let allowance = match known {
            Some(known) if !allowed => Allowance {
                off_ms: known.off_ms.or(Some(desk.context.now_ms)),
                ..known
            },
            None if !allowed => continue,
            known => granted(terminal, outlet, set.each_points, known),
        };
        outcome
            .upserts
            .push(Upsert::of(id, &allowance, &[Scope::Outlet(outlet)]));
    }
    let mode = AllowanceMode {
        each_points: set.each_points,
        terminals: set.terminals.clone(),
        bound_points: set.bound_points,
        by: desk.context.actor,
        at_ms: desk.context.now_ms,
    };
    outcome.upserts.push(Upsert::of(ONLY, &mode, &[]));
    outcome
}

/// A terminal's allowance as it is confirmed: what it lost before stands in the bound of before.
fn granted(device: Uuid, outlet: Uuid, points: i64, known: Option<Allowance>) -> Allowance {
    let lost = known.map_or(0, |known| known.loss_points);
    Allowance {
        device,
        outlet,
        points,
        off_ms: None,
        loss_points: lost,
        cleared_points: lost,
    }
}

pub(super) fn needs(redeem: &RewardRedeem, context: &Context, keys: &mut BTreeSet<FactKey>) {
    keys.insert(FactKey::of::<Allowance>(context.device.to_string()));
    keys.insert(FactKey::Balance(Account::OfflineBudget));
    member_day::needs(redeem.participant, context, keys);
}

/// Why a terminal may not hand this over under its allowance.
pub(super) fn beyond(redeem: &RewardRedeem, desk: Desk<'_>) -> Option<Because> {
    let (context, limits) = (desk.context, &desk.rules.limits);
    let Seen::Known(allowance) = desk.facts.see::<Allowance>(&context.device.to_string()) else {
        return Some(Because::new("allowance_off"));
    };
    let taken_away = |off_ms: i64| context.occurred_ms >= off_ms;
    if allowance.points <= 0 || allowance.off_ms.is_some_and(taken_away) {
        return Some(Because::new("allowance_off"));
    }
    // How long it was out of reach is what countersignatures prove; without any it never was in touch.
    let since_ms = context.made.from_ms.unwrap_or(i64::MIN);
    if context.occurred_ms >= since_ms.saturating_add(limits.lease_fresh_ms) {
        return Some(Because::new("allowance_stale"));
    }
    let left = allowance
        .left_points()
        .saturating_sub(context.exposure_points);
    let most = left.min(limits.offline_redemption_points_max).max(0);
    if redeem.cost_points > most {
        let more = Because::new("allowance_exceeded").with("cost", redeem.cost_points);
        return Some(more.with("left", most));
    }
    member_day::beyond(redeem, desk)
}

/// Why the programme cannot bear what the member lacks; none when it can.
pub(super) fn unfunded(loss_points: i64, facts: &Facts) -> Option<Because> {
    let budget = facts.balance(Account::OfflineBudget);
    budget
        .is_some_and(|budget| budget < loss_points)
        .then(|| Because::new("offline_budget_spent"))
}

/// Books what a member lacked: from the offline budget, and from what the terminal may still lose.
pub(super) fn lose(
    outcome: &mut Outcome,
    loss_points: i64,
    desk: Desk<'_>,
) -> Result<(), Overflow> {
    let legs = [
        (Account::OfflineBudget, -loss_points),
        (Account::OfflineLoss, loss_points),
    ];
    outcome
        .transfers
        .push(Transfer::points("allowance_loss", &legs)?);
    let id = desk.context.device.to_string();
    if let Seen::Known(mut known) = desk.facts.see::<Allowance>(&id) {
        known.loss_points = known.loss_points.saturating_add(loss_points);
        let outlet = [Scope::Outlet(known.outlet)];
        outcome.upserts.push(Upsert::of(id, &known, &outlet));
    }
    Ok(())
}
