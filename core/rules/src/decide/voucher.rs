//! `voucher.request`: a member puts points of their own aside for one terminal, which can then take
//! them without a network. What is not used comes back by itself: as soon as the terminal has said
//! everything that it did before the voucher's last instant, and at the latest when a report of it
//! would be too late to count.

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::amount::Overflow;
use crate::command::{VoucherCancel, VoucherRequest};
use crate::entity::{
    Activity, Beneficiary, OpenVoucher, OpenVouchers, Participant, Reward, Till, Voucher,
    VoucherUses,
};
use crate::facts::{FactKey, Facts, Seen};
use crate::ledger::{Account, Lots, Transfer};
use crate::outcome::{Because, Due, Outcome, Upsert};
use crate::scope::Scope;

use super::lease::{manager_decides, says_why};
use super::pay::{self, Desk, Line};
use super::{Context, due, latest};

/// The due item of one voucher.
pub(super) const ONE: &str = "voucher";
/// The due item of a terminal whose every command has arrived.
pub(super) const TILL: &str = "till_synced";
/// The due item of a cancelled voucher whose terminal has heard of that and has told everything.
pub(super) const CANCELLED: &str = "voucher_cancelled";
/// The most vouchers that one item returns.
const RETURNS_MAX: usize = 16;
/// The most vouchers that may be open for one terminal.
const OPEN_PER_TILL_MAX: usize = 500;

pub(super) fn needs(request: &VoucherRequest, context: &Context, keys: &mut BTreeSet<FactKey>) {
    keys.insert(FactKey::of::<Voucher>(request.voucher_id.to_string()));
    keys.insert(FactKey::of::<Till>(request.terminal.to_string()));
    keys.insert(FactKey::of::<OpenVouchers>(context.actor.to_string()));
    keys.insert(FactKey::of::<OpenVouchers>(request.terminal.to_string()));
    keys.insert(FactKey::Balance(Account::active(context.actor)));
    if let Some(reward) = &request.reward {
        keys.insert(FactKey::of::<Reward>(reward));
    }
}

pub(super) fn decide(request: &VoucherRequest, desk: Desk<'_>) -> Result<Outcome, Overflow> {
    let (context, facts) = (desk.context, desk.facts);
    if let Some(because) = wrong(request, desk) {
        return Ok(Outcome::rejected(because));
    }
    let till = match facts.see::<Till>(&request.terminal.to_string()) {
        Seen::Known(till) if till.open => till,
        _ => return Ok(Outcome::rejected(Because::new("till_unknown"))),
    };
    let balance = facts.balance(Account::active(context.actor));
    if let Some(balance) = balance.filter(|balance| *balance < request.points) {
        let lacks = Because::new("insufficient_points").with("balance", balance);
        return Ok(Outcome::rejected(lacks.with("cost", request.points)));
    }
    let mut outcome = Outcome::accepted();
    let put_aside = Transfer::of("voucher_issue")
        .leg(Account::active(context.actor), -request.points)
        .leg_lots(
            Account::Voucher(request.voucher_id),
            request.points,
            Lots::Carried,
        )
        .finish()?;
    outcome.transfers.push(put_aside);
    let to = Beneficiary::Participant(context.actor);
    let line = Line {
        state: "pending",
        subject: request.reward.clone(),
        ..Line::about("voucher", to, -request.points)
    };
    let activity = pay::record(&mut outcome, context, line);
    let voucher = Voucher {
        id: request.voucher_id,
        participant: context.actor,
        phone: context.device,
        terminal: till.device,
        outlet: till.outlet,
        points: request.points,
        reward: request.reward.clone(),
        state: "open".to_owned(),
        issued_ms: context.now_ms,
        expires_ms: request.expires_ms,
        activity,
        redemption: None,
        spent_points: 0,
        cancelled_ms: None,
    };
    list(&mut outcome, facts, &voucher);
    write(&mut outcome, &voucher, desk);
    Ok(outcome)
}

fn wrong(request: &VoucherRequest, desk: Desk<'_>) -> Option<Because> {
    let (context, facts, limits) = (desk.context, desk.facts, &desk.rules.limits);
    if request.points <= 0 || request.expires_ms <= context.now_ms {
        return Some(Because::new("bad_input"));
    }
    if request.points > limits.voucher_points_max {
        let most = limits.voucher_points_max;
        return Some(Because::new("voucher_too_large").with("points_max", most));
    }
    let latest_ms = context.now_ms.saturating_add(limits.voucher_life_ms_max);
    if request.expires_ms > latest_ms {
        return Some(Because::new("voucher_too_long").with("latest_ms", latest_ms));
    }
    if let Seen::Known(_) = facts.see::<Voucher>(&request.voucher_id.to_string()) {
        return Some(Because::new("voucher_exists"));
    }
    if let Some(reward) = &request.reward {
        match facts.see::<Reward>(reward) {
            Seen::Known(reward) if reward.cost_points > request.points => {
                return Some(Because::new("price_changed").with("cost", reward.cost_points));
            }
            Seen::Known(_) => {}
            Seen::Absent | Seen::Unknown => return Some(Because::new("reward_unknown")),
        }
    }
    let open = |id: Uuid| match facts.see::<OpenVouchers>(&id.to_string()) {
        Seen::Known(known) => known.open.len(),
        Seen::Absent | Seen::Unknown => 0,
    };
    let most = usize::try_from(limits.vouchers_open_max.max(0)).unwrap_or(usize::MAX);
    if open(context.actor) >= most {
        let most = limits.vouchers_open_max;
        return Some(Because::new("vouchers_open").with("count_max", most));
    }
    (open(request.terminal) >= OPEN_PER_TILL_MAX).then(|| Because::new("till_vouchers_open"))
}

/// Adds an open voucher to what its member and its terminal have open. A place that does not know
/// the list leaves it alone.
fn list(outcome: &mut Outcome, facts: &Facts, voucher: &Voucher) {
    let (person, scope) = (
        voucher.participant,
        vec![Scope::Participant(voucher.participant)],
    );
    for (id, scopes) in [(person, scope), (voucher.terminal, Vec::new())] {
        let mut list = match facts.see::<OpenVouchers>(&id.to_string()) {
            Seen::Known(list) => list,
            Seen::Absent => OpenVouchers::default(),
            Seen::Unknown => continue,
        };
        list.open.push(OpenVoucher {
            id: voucher.id,
            expires_ms: voucher.expires_ms,
        });
        outcome
            .upserts
            .push(Upsert::of(id.to_string(), &list, &scopes));
    }
}

/// What ending a voucher depends on.
pub(super) fn end_needs(voucher: &Voucher, keys: &mut BTreeSet<FactKey>) {
    keys.insert(FactKey::of::<Activity>(&voucher.activity));
    keys.insert(FactKey::of::<OpenVouchers>(voucher.participant.to_string()));
    keys.insert(FactKey::of::<OpenVouchers>(voucher.terminal.to_string()));
}

/// Takes a voucher that is over from both lists and notes on its line of history what it came to.
pub(super) fn over(outcome: &mut Outcome, voucher: &Voucher, desk: Desk<'_>) {
    let own = [Scope::Participant(voucher.participant)];
    for (id, scopes) in [(voucher.participant, &own[..]), (voucher.terminal, &[])] {
        let known = latest::see::<OpenVouchers>(outcome, desk.facts, &id.to_string());
        if let Seen::Known(mut list) = known {
            list.open.retain(|open| open.id != voucher.id);
            outcome
                .upserts
                .push(Upsert::of(id.to_string(), &list, scopes));
        }
    }
    if let Seen::Known(mut activity) = desk.facts.see::<Activity>(&voucher.activity) {
        activity.points = -voucher.spent_points;
        let state = if voucher.spent_points > 0 {
            "active"
        } else {
            "reversed"
        };
        state.clone_into(&mut activity.state);
        outcome
            .upserts
            .push(Upsert::of(activity.id.clone(), &activity, &own));
    }
    write(outcome, voucher, desk);
}

/// Writes a voucher, and asks to be reminded of it while it is open.
pub(super) fn write(outcome: &mut Outcome, voucher: &Voucher, desk: Desk<'_>) {
    let open = voucher.state == "open";
    let last_ms = last_report_ms(voucher, desk);
    outcome.dues.push(Due {
        key: format!("voucher:{}", voucher.id),
        at_ms: Some(last_ms).filter(|_| open),
        kind: ONE.to_owned(),
        subject: voucher.id.to_string(),
    });
    let scopes = [
        Scope::Participant(voucher.participant),
        Scope::Outlet(voucher.outlet),
    ];
    outcome
        .upserts
        .push(Upsert::of(voucher.id.to_string(), voucher, &scopes));
}

/// From when on a report of its use would be too late to count.
fn last_report_ms(voucher: &Voucher, desk: Desk<'_>) -> i64 {
    voucher
        .expires_ms
        .saturating_add(desk.rules.limits.fact_age_ms_max.max(0))
}

/// What returning depends on: of one voucher, or of those that a terminal has open.
pub(super) fn return_needs(
    kind: &str,
    (subject, at_ms): (&str, i64),
    facts: &Facts,
    keys: &mut BTreeSet<FactKey>,
) {
    let mut ids = vec![subject.to_owned()];
    if kind == TILL {
        keys.insert(FactKey::of::<OpenVouchers>(subject));
        ids = past(subject, at_ms, facts);
    }
    for id in ids {
        keys.insert(FactKey::of::<Voucher>(&id));
        if let Seen::Known(voucher) = facts.see::<Voucher>(&id) {
            end_needs(&voucher, keys);
        }
    }
}

/// The first vouchers of a terminal that were past their last instant then.
fn past(terminal: &str, at_ms: i64, facts: &Facts) -> Vec<String> {
    let Seen::Known(list) = facts.see::<OpenVouchers>(terminal) else {
        return Vec::new();
    };
    let over = list.open.iter().filter(|open| open.expires_ms <= at_ms);
    over.take(RETURNS_MAX)
        .map(|open| open.id.to_string())
        .collect()
}

/// The clock's turn for one voucher: it returns when no report of its use can count any more.
pub(super) fn expire(id: &str, desk: Desk<'_>) -> Result<Outcome, Overflow> {
    let voucher = match desk.facts.see::<Voucher>(id) {
        Seen::Known(voucher) if voucher.state == "open" => voucher,
        _ => return Ok(due::nothing()),
    };
    let mut outcome = Outcome::accepted();
    if desk.context.now_ms < last_report_ms(&voucher, desk) {
        // The programme waits longer for reports than it did.
        write(&mut outcome, &voucher, desk);
        return Ok(outcome);
    }
    give_back(&mut outcome, voucher, desk)?;
    Ok(outcome)
}

/// A terminal has told everything that it did before `at_ms`: what it has not used of what was over
/// by then it will not use.
pub(super) fn till_synced(terminal: &str, at_ms: i64, desk: Desk<'_>) -> Result<Outcome, Overflow> {
    let mut outcome = Outcome::accepted();
    for id in past(terminal, at_ms, desk.facts) {
        match desk.facts.see::<Voucher>(&id) {
            Seen::Known(voucher) if voucher.state == "open" => {
                give_back(&mut outcome, voucher, desk)?;
            }
            _ => {}
        }
    }
    if outcome.transfers.is_empty() {
        return Ok(due::nothing());
    }
    Ok(outcome)
}

pub(super) fn cancel_needs(
    cancel: &VoucherCancel,
    context: &Context,
    keys: &mut BTreeSet<FactKey>,
) {
    keys.insert(FactKey::of::<Participant>(context.actor.to_string()));
    keys.insert(FactKey::of::<Voucher>(cancel.voucher_id.to_string()));
}

/// A manager cancels a voucher. The points stay where they are: its terminal may have taken it already.
pub(super) fn cancel(cancel: &VoucherCancel, desk: Desk<'_>) -> Outcome {
    if !manager_decides(desk) {
        return Outcome::rejected(Because::new("not_permitted"));
    }
    if !says_why(&cancel.reason) {
        return Outcome::rejected(Because::new("bad_input"));
    }
    let mut voucher = match desk.facts.see::<Voucher>(&cancel.voucher_id.to_string()) {
        Seen::Known(voucher) => voucher,
        Seen::Absent | Seen::Unknown => return Outcome::rejected(Because::new("voucher_missing")),
    };
    match (voucher.state.as_str(), voucher.cancelled_ms) {
        ("open", None) => {}
        ("open", Some(_)) => return Outcome::rejected(Because::new("voucher_cancelled")),
        _ => return Outcome::rejected(Because::new("voucher_spent")),
    }
    voucher.cancelled_ms = Some(desk.context.now_ms);
    let mut outcome = Outcome::accepted();
    write(&mut outcome, &voucher, desk);
    outcome
}

/// Its terminal has heard that it was cancelled, and has told everything that it did.
pub(super) fn cancelled(id: &str, desk: Desk<'_>) -> Result<Outcome, Overflow> {
    let voucher = match desk.facts.see::<Voucher>(id) {
        Seen::Known(voucher) if voucher.state == "open" => voucher,
        _ => return Ok(due::nothing()),
    };
    if voucher.cancelled_ms.is_none() {
        return Ok(due::nothing());
    }
    let mut outcome = Outcome::accepted();
    give_back(&mut outcome, voucher, desk)?;
    Ok(outcome)
}

fn give_back(outcome: &mut Outcome, mut voucher: Voucher, desk: Desk<'_>) -> Result<(), Overflow> {
    back(outcome, &voucher, voucher.points)?;
    "returned".clone_into(&mut voucher.state);
    over(outcome, &voucher, desk);
    Ok(())
}

/// Points of a voucher become spendable again, with the lots that they were.
pub(super) fn back(outcome: &mut Outcome, voucher: &Voucher, points: i64) -> Result<(), Overflow> {
    let transfer = Transfer::of("voucher_return")
        .leg(Account::Voucher(voucher.id), -points)
        .leg_lots(Account::active(voucher.participant), points, Lots::Carried)
        .finish()?;
    outcome.transfers.push(transfer);
    Ok(())
}

/// The facts about a voucher that a redemption with it depends on.
pub(super) fn use_needs(id: Uuid, facts: &Facts, keys: &mut BTreeSet<FactKey>) {
    let name = id.to_string();
    keys.insert(FactKey::of::<Voucher>(&name));
    keys.insert(FactKey::of::<VoucherUses>(&name));
    keys.insert(FactKey::Balance(Account::OfflineBudget));
    if let Seen::Known(voucher) = facts.see::<Voucher>(&name) {
        end_needs(&voucher, keys);
        keys.insert(FactKey::Balance(Account::Clawback(voucher.participant)));
    }
}
