//! Promises: what points wait for, and what becomes of them when it happens or does not.

use crate::amount::Overflow;
use crate::earn::local;
use crate::entity::{Activity, Awaits, Promise, PromiseState};
use crate::facts::{FactKey, Facts, Seen};
use crate::ledger::{Account, Lots, Pot, Transfer};
use crate::outcome::{Because, Due, Outcome, Upsert};
use crate::ruleset::Credit;

use super::latest;
use super::pay::{self, About, Desk};

const DAY_MS: i64 = 86_400_000;

/// So many days later.
pub(super) fn days_after(at_ms: i64, days: i64) -> i64 {
    at_ms.saturating_add(days.saturating_mul(DAY_MS))
}

/// What a reason for waiting asks for.
pub(super) fn awaited(because: &Because) -> Awaits {
    match because.code.as_str() {
        code if code.starts_with("server_") => Awaits::Server,
        "awaits_till" => {
            let until_ms = because
                .params
                .get("until_ms")
                .and_then(serde_json::Value::as_i64);
            until_ms.map_or(Awaits::Review, |until_ms| Awaits::Till { until_ms })
        }
        _ => Awaits::Review,
    }
}

/// True for the words of an award's own terms.
pub(super) fn is_credit(because: &Because) -> bool {
    let words = [
        "awaits_return_window",
        "awaits_payment",
        "awaits_next_month",
    ];
    words.contains(&because.code.as_str())
}

/// What an award's terms make it wait for, and the words for it.
pub(super) fn by_credit(
    credit: &Credit,
    desk: Desk<'_>,
    about: &About<'_>,
) -> Option<(Awaits, Because)> {
    let at_ms = desk.context.occurred_ms;
    match credit {
        Credit::Now => None,
        Credit::AfterReturnWindow { days } => {
            let until_ms = days_after(at_ms, *days);
            let because = Because::new("awaits_return_window").with("until_ms", until_ms);
            Some((Awaits::ReturnWindow { until_ms }, because))
        }
        Credit::WhenPaid { days } => {
            let until_ms = days_after(at_ms, *days);
            let invoice = about.invoice.clone().unwrap_or_default();
            let because = Because::new("awaits_payment").with("invoice", invoice.clone());
            let because = because.with("until_ms", until_ms);
            Some((Awaits::Payment { invoice, until_ms }, because))
        }
        Credit::NextMonth { day } => {
            let zone = &desk.rules.zone;
            let today = local::Local::at(at_ms, zone).day;
            let until_ms = local::midnight_ms(local::next_month(today, *day), zone);
            let because = Because::new("awaits_next_month").with("until_ms", until_ms);
            Some((Awaits::NextMonth { until_ms }, because))
        }
    }
}

/// The state of a line of history whose points wait for this.
pub(super) fn state_of(awaits: &[Awaits]) -> &'static str {
    match awaits {
        [] => "active",
        awaits if awaits.contains(&Awaits::Review) => "review",
        _ => "pending",
    }
}

/// Writes a promise, and when a clock has to look at it again. One that is over waits for nothing.
pub(super) fn write(outcome: &mut Outcome, promise: &Promise) {
    outcome.dues.push(Due {
        key: format!("promise:{}", promise.id),
        at_ms: promise.due_ms(),
        kind: "promise".to_owned(),
        subject: promise.id.clone(),
    });
    outcome
        .upserts
        .push(Upsert::of(promise.id.clone(), promise, &[]));
}

/// What keeping or breaking a promise depends on.
pub(super) fn needs(id: &str, facts: &Facts, keys: &mut std::collections::BTreeSet<FactKey>) {
    keys.insert(FactKey::of::<Promise>(id));
    keys.insert(FactKey::of::<Activity>(id));
    if let Seen::Known(promise) = facts.see::<Promise>(id) {
        keys.insert(FactKey::Balance(Account::Clawback(promise.to.id())));
    }
}

/// Strikes out what has happened. When nothing is left to wait for, the points become spendable.
pub(super) fn happened(
    outcome: &mut Outcome,
    desk: Desk<'_>,
    mut promise: Promise,
    over: impl Fn(&Awaits) -> bool,
) -> Result<(), Overflow> {
    promise.awaits.retain(|awaits| !over(awaits));
    if promise.awaits.is_empty() {
        return keep(outcome, desk, promise);
    }
    if let Seen::Known(mut activity) = latest::see::<Activity>(outcome, desk.facts, &promise.id) {
        state_of(&promise.awaits).clone_into(&mut activity.state);
        activity
            .because
            .retain(|because| still(&promise.awaits, because));
        rewrite(outcome, &promise, &activity);
    }
    write(outcome, &promise);
    Ok(())
}

/// True for a reason that is still among what is awaited.
fn still(awaits: &[Awaits], because: &Because) -> bool {
    let is = |wanted: fn(&Awaits) -> bool| awaits.iter().any(wanted);
    match because.code.as_str() {
        "awaits_return_window" => is(|awaits| matches!(awaits, Awaits::ReturnWindow { .. })),
        "awaits_payment" => is(|awaits| matches!(awaits, Awaits::Payment { .. })),
        "awaits_next_month" => is(|awaits| matches!(awaits, Awaits::NextMonth { .. })),
        "paid_back" => true,
        _ => awaits.contains(&awaited(because)),
    }
}

/// The points become spendable, less what their owner owes.
fn keep(outcome: &mut Outcome, desk: Desk<'_>, mut promise: Promise) -> Result<(), Overflow> {
    let points = promise.points;
    let kept_back = pay::paid_back(outcome, desk, promise.to, points)?;
    let transfer = Transfer::of("approval")
        .leg_lots(promise.to.account(Pot::Pending), -points, promise.lots())
        .leg_lots(
            promise.to.account(Pot::Active),
            points - kept_back,
            Lots::Carried,
        )
        .leg(Account::Clawback(promise.to.id()), kept_back)
        .finish()?;
    outcome.transfers.push(transfer);
    promise.state = PromiseState::Kept;
    promise.points = 0;
    if let Seen::Known(mut activity) = latest::see::<Activity>(outcome, desk.facts, &promise.id) {
        "active".clone_into(&mut activity.state);
        activity.because.clear();
        if kept_back > 0 {
            activity
                .because
                .push(Because::new("paid_back").with("points", kept_back));
        }
        rewrite(outcome, &promise, &activity);
    }
    write(outcome, &promise);
    Ok(())
}

/// The points go back to where they came from; `state` and `because` are what their owner reads.
pub(super) fn end(
    outcome: &mut Outcome,
    facts: &Facts,
    mut promise: Promise,
    (ended, purpose): (PromiseState, &str),
    (state, because): (&str, Because),
) -> Result<(), Overflow> {
    let transfer = give_back(&mut promise, (i64::MAX, i64::MAX), purpose)?;
    outcome.transfers.push(transfer);
    promise.state = ended;
    promise.awaits.clear();
    if let Seen::Known(mut activity) = latest::see::<Activity>(outcome, facts, &promise.id) {
        state.clone_into(&mut activity.state);
        activity.because = vec![because];
        rewrite(outcome, &promise, &activity);
    }
    write(outcome, &promise);
    Ok(())
}

/// Takes points and what was put aside for their tax out of an open promise, at most what it has.
pub(super) fn give_back(
    promise: &mut Promise,
    (points, gross_up_points): (i64, i64),
    purpose: &str,
) -> Result<Transfer, Overflow> {
    let points = points.clamp(0, promise.points);
    let tax = gross_up_points.clamp(0, promise.gross_up_points);
    promise.points -= points;
    promise.gross_up_points -= tax;
    let source = promise.budget.map_or(Account::Issuance, Account::Budget);
    Transfer::of(purpose)
        .leg_lots(promise.to.account(Pot::Pending), -points, promise.lots())
        .leg(Account::TaxReserve, -tax)
        .leg(source, points + tax)
        .finish()
}

fn rewrite(outcome: &mut Outcome, promise: &Promise, activity: &Activity) {
    outcome.upserts.push(Upsert::of(
        activity.id.clone(),
        activity,
        &[promise.to.scope()],
    ));
}
