//! `due.run`: the clock's turn. What it says is checked again here, so that running an item twice,
//! late or early changes nothing more.

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::amount::Overflow;
use crate::command::DueRun;
use crate::entity::{Activity, Awaits, Beneficiary, Invoice, OpenVouchers, Promise, PromiseState};
use crate::facts::{FactKey, Facts, Seen};
use crate::ledger::{Account, LotId, Lots, Pot, Transfer};
use crate::outcome::{Because, Due, Outcome};

use super::pay::{self, Desk, Line};
use super::{Context, hold, payment, promise, review, time, voucher};

/// How long after its instant a lot is looked at again while some of it is promised, milliseconds.
const AGAIN_MS: i64 = 24 * 3_600_000;

/// Asks to be reminded when a lot is no longer good.
pub(super) fn when_lot_expires(outcome: &mut Outcome, (to, lot): (Beneficiary, LotId), at_ms: i64) {
    outcome.dues.push(Due {
        key: format!("lot:{lot}"),
        at_ms: Some(at_ms),
        kind: "lot".to_owned(),
        subject: format!("{}/{lot}", to.account(Pot::Active)),
    });
}

/// The lot that an item is about, and whose it is.
fn lot_of(subject: &str) -> Option<(Beneficiary, LotId)> {
    let (account, lot) = subject.split_once('/')?;
    let to = match account.parse().ok()? {
        Account::Participant(person, _) => Beneficiary::Participant(person),
        Account::Outlet(outlet, _) => Beneficiary::Outlet(outlet),
        _ => return None,
    };
    Some((to, LotId(Uuid::parse_str(lot).ok()?)))
}

pub(super) fn needs(due: &DueRun, context: &Context, facts: &Facts, keys: &mut BTreeSet<FactKey>) {
    match due.kind.as_str() {
        "promise" => {
            promise::needs(&due.subject, facts, keys);
            if let Seen::Known(promise) = facts.see::<Promise>(&due.subject) {
                keys.extend(
                    promise
                        .awaits
                        .iter()
                        .filter_map(invoice_awaited)
                        .map(FactKey::of::<Invoice>),
                );
                if let Seen::Known(activity) = facts.see::<Activity>(&due.subject)
                    && awaits_till(&promise)
                {
                    review::unit_needs(&activity, facts, keys);
                }
            }
        }
        "lot" => {
            if let Some((to, lot)) = lot_of(&due.subject) {
                keys.extend(Pot::ALL.map(|pot| FactKey::Lot(to.account(pot), lot)));
                keys.insert(FactKey::of::<OpenVouchers>(to.id().to_string()));
            }
        }
        "hold" => hold::expiry_needs(&due.subject, facts, keys),
        kind @ (voucher::ONE | voucher::TILL | voucher::CANCELLED) => {
            voucher::return_needs(kind, (&due.subject, due.due_ms), facts, keys);
        }
        "invoice" => payment::settling_needs(&due.subject, context, facts, keys),
        kind @ (time::QUIET | time::ANNIVERSARY) => {
            time::needs(kind, (&due.subject, due.due_ms), context, facts, keys);
        }
        _ => {}
    }
}

fn invoice_awaited(awaits: &Awaits) -> Option<&str> {
    match awaits {
        Awaits::Payment { invoice, .. } => Some(invoice),
        _ => None,
    }
}

pub(super) fn decide(due: &DueRun, desk: Desk<'_>) -> Result<Outcome, Overflow> {
    let context = desk.context;
    if !context.actor.is_nil() || !context.device.is_nil() {
        return Ok(Outcome::rejected(Because::new("not_permitted")));
    }
    if context.now_ms < due.due_ms {
        return Ok(nothing());
    }
    match due.kind.as_str() {
        "promise" => of_promise(&due.subject, desk),
        "lot" => of_lot(due, desk),
        "hold" => hold::expire(&due.subject, desk),
        voucher::ONE => voucher::expire(&due.subject, desk),
        voucher::CANCELLED => voucher::cancelled(&due.subject, desk),
        voucher::TILL => voucher::till_synced(&due.subject, due.due_ms, desk),
        "invoice" => payment::settle_again(&due.subject, desk),
        kind @ (time::QUIET | time::ANNIVERSARY) => {
            time::decide(kind, (&due.subject, due.due_ms), desk)
        }
        _ => Ok(Outcome::rejected(Because::new("bad_input"))),
    }
}

/// The item was done before, or its time was put off.
pub(super) fn nothing() -> Outcome {
    Outcome::rejected(Because::new("nothing_due"))
}

fn of_promise(id: &str, desk: Desk<'_>) -> Result<Outcome, Overflow> {
    let promise = match desk.facts.see::<Promise>(id) {
        Seen::Known(promise) if promise.state == PromiseState::Open => promise,
        _ => return Ok(nothing()),
    };
    let now_ms = desk.context.now_ms;
    let over = |awaits: &Awaits| awaits.until_ms().is_some_and(|until_ms| until_ms <= now_ms);
    let paid = |awaits: &Awaits| payment::was_paid(awaits, desk.facts);
    if !promise.awaits.iter().any(over) {
        return Ok(nothing());
    }
    let mut outcome = Outcome::accepted();
    let broken = |awaits: &Awaits| awaits.lapses() && over(awaits) && !paid(awaits);
    if promise.awaits.iter().any(broken) {
        let ended = (PromiseState::Lapsed, "lapse");
        let words = ("lapsed", Because::new("lapsed"));
        if let Seen::Known(activity) = desk.facts.see::<Activity>(id)
            && awaits_till(&promise)
        {
            // Nothing stronger reported the piece: whoever really sold it may claim it.
            review::give_back(&mut outcome, &activity, desk.facts);
        }
        promise::end(&mut outcome, desk.facts, promise, ended, words)?;
    } else {
        promise::happened(&mut outcome, desk, promise, |awaits| {
            over(awaits) || paid(awaits)
        })?;
    }
    Ok(outcome)
}

fn awaits_till(promise: &Promise) -> bool {
    let mut awaits = promise.awaits.iter();
    awaits.any(|awaits| matches!(awaits, Awaits::Till { .. }))
}

/// What is left of the lot where it can be spent is no longer good. What is promised is looked at
/// again later.
fn of_lot(due: &DueRun, desk: Desk<'_>) -> Result<Outcome, Overflow> {
    let Some((to, lot)) = lot_of(&due.subject) else {
        return Ok(Outcome::rejected(Because::new("bad_input")));
    };
    let left = |pot| desk.facts.lot(to.account(pot), lot).unwrap_or(0);
    let (points, promised) = (left(Pot::Active), left(Pot::Pending) + left(Pot::Reserved));
    // Nobody can tell from here which lots a voucher holds: while one is open, they may come back.
    let open = match desk.facts.see::<OpenVouchers>(&to.id().to_string()) {
        Seen::Known(list) => !list.open.is_empty(),
        Seen::Absent | Seen::Unknown => false,
    };
    if points <= 0 && promised <= 0 && !open {
        return Ok(nothing());
    }
    let mut outcome = Outcome::accepted();
    if points > 0 {
        let transfer = Transfer::of("expiry")
            .leg_lots(to.account(Pot::Active), -points, Lots::Lot { lot })
            .leg(Account::Expired, points)
            .finish()?;
        outcome.transfers.push(transfer);
        let line = Line {
            role: "expiry",
            state: "expired",
            because: vec![Because::new("expired")],
            ..Line::about("expiry", to, -points)
        };
        pay::record(&mut outcome, desk.context, line);
    }
    if promised > 0 || open {
        let again_ms = again(desk.context);
        when_lot_expires(&mut outcome, (to, lot), again_ms);
    }
    Ok(outcome)
}

fn again(context: &Context) -> i64 {
    context.now_ms.saturating_add(AGAIN_MS)
}
