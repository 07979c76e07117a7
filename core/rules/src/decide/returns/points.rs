//! Points that go back: from the promise while they wait, else from the very lots that they were, else
//! owed on the clawback account; what is above the most that one may owe is the funder's.

use std::collections::BTreeSet;

use crate::amount::{self, Indivisible, Overflow};
use crate::entity::{Activity, AwardNote, Promise, PromiseState};
use crate::facts::{FactKey, Facts, Seen};
use crate::ledger::{Account, Lots, Pot, Transfer};
use crate::outcome::{Because, Outcome, Upsert};

use super::super::pay::{self, Desk, Line};
use super::super::{latest, promise};
use super::Portion;

/// What taking back awards depends on.
pub(super) fn note_needs(notes: &[AwardNote], facts: &Facts, keys: &mut BTreeSet<FactKey>) {
    for note in notes {
        keys.insert(FactKey::of::<Activity>(&note.activity));
        keys.insert(FactKey::Balance(note.to.account(Pot::Active)));
        keys.insert(FactKey::Balance(note.to.account(Pot::Pending)));
        keys.insert(FactKey::Balance(Account::Clawback(note.to.id())));
        if note.promised {
            promise::needs(&note.activity, facts, keys);
        }
    }
}

/// Takes back what an award got for a portion of its sale.
pub(super) fn take_back(
    outcome: &mut Outcome,
    desk: Desk<'_>,
    note: &mut AwardNote,
    portion: &Portion<'_>,
    because: &Because,
) -> Result<(), Overflow> {
    let back = if portion.all() {
        note.points
    } else {
        share(note, portion)?
    };
    // Returns before this one, and credit notes, took their parts already.
    let points = back.saturating_sub(note.returned_points);
    take(outcome, desk, note, points, because)
}

/// Takes back so many points of an award, at most what is left of it.
pub(in crate::decide) fn take(
    outcome: &mut Outcome,
    desk: Desk<'_>,
    note: &mut AwardNote,
    points: i64,
    because: &Because,
) -> Result<(), Overflow> {
    let before = note.returned_points;
    let points = points.min(note.points.saturating_sub(before));
    if points <= 0 {
        return Ok(());
    }
    let after = before.saturating_add(points);
    let running = amount::share_of_running(note.gross_up_points, before, after, note.points);
    let tax = running.map_err(|Indivisible| Overflow)?;
    note.returned_points = after;
    let whole = before == 0 && after == note.points;
    match waiting(note, desk.facts) {
        Waiting::Promise(promise) => {
            from_promise(outcome, desk.facts, *promise, (points, tax), because)
        }
        Waiting::Unseen => from_pot(outcome, desk, note, (points, tax, Pot::Pending)),
        Waiting::Over => Ok(()),
        Waiting::No => {
            from_pot(outcome, desk, note, (points, tax, Pot::Active))?;
            if whole {
                reversed(outcome, desk.facts, note, because);
            } else {
                let because = because.clone().with("points", points);
                let kind = Line::about("return", note.to, -points);
                let line = Line {
                    role: &note.role,
                    because: vec![because],
                    ..kind
                };
                pay::record(outcome, desk.context, line);
            }
            Ok(())
        }
    }
}

/// Where an award's points are.
enum Waiting {
    /// They wait in an open promise.
    Promise(Box<Promise>),
    /// They wait, and this place does not see for what.
    Unseen,
    /// They went back before.
    Over,
    /// They are spendable, or spent.
    No,
}

fn waiting(note: &AwardNote, facts: &Facts) -> Waiting {
    if note.promised {
        return match facts.see::<Promise>(&note.activity) {
            Seen::Known(promise) => match promise.state {
                PromiseState::Open => Waiting::Promise(Box::new(promise)),
                PromiseState::Kept => Waiting::No,
                PromiseState::Lapsed | PromiseState::Reversed => Waiting::Over,
            },
            Seen::Absent | Seen::Unknown => Waiting::Unseen,
        };
    }
    // Before promises were kept, the line of history alone said so.
    match facts.see::<Activity>(&note.activity) {
        Seen::Known(activity) if matches!(activity.state.as_str(), "pending" | "review") => {
            Waiting::Unseen
        }
        _ => Waiting::No,
    }
}

fn from_promise(
    outcome: &mut Outcome,
    facts: &Facts,
    mut promise: Promise,
    (points, tax): (i64, i64),
    because: &Because,
) -> Result<(), Overflow> {
    if points >= promise.points {
        let ended = (PromiseState::Reversed, "reversal");
        return promise::end(
            outcome,
            facts,
            promise,
            ended,
            ("reversed", because.clone()),
        );
    }
    let transfer = promise::give_back(&mut promise, (points, tax), "reversal")?;
    outcome.transfers.push(transfer);
    if let Seen::Known(mut activity) = latest::see::<Activity>(outcome, facts, &promise.id) {
        activity.points = promise.points;
        activity
            .because
            .push(because.clone().with("points", points));
        let own = [promise.to.scope()];
        outcome
            .upserts
            .push(Upsert::of(activity.id.clone(), &activity, &own));
    }
    promise::write(outcome, &promise);
    Ok(())
}

fn from_pot(
    outcome: &mut Outcome,
    desk: Desk<'_>,
    note: &AwardNote,
    (points, tax, pot): (i64, i64, Pot),
) -> Result<(), Overflow> {
    let account = note.to.account(pot);
    let debt = Account::Clawback(note.to.id());
    let balance = pay::balance(outcome, desk.facts, account);
    let taken = balance.map_or(points, |balance| balance.clamp(0, points));
    let owed =
        pay::balance(outcome, desk.facts, debt).map_or(0, |owed| owed.min(0).saturating_neg());
    let room = desk.rules.clawback.points_max.saturating_sub(owed).max(0);
    let lacks = points - taken;
    let claimed = lacks.min(room);
    let written_off = lacks - claimed;
    let source = note.budget.map_or(Account::Issuance, Account::Budget);
    let lots = note
        .command_id()
        .map_or(Lots::Soonest, |command| Lots::Of { command });
    let transfer = Transfer::of("reversal")
        .leg_lots(account, -taken, lots)
        .leg(debt, -claimed)
        .leg(Account::TaxReserve, -tax)
        .leg(source, taken + claimed + tax)
        // What nobody gives back stays issued; it is told apart from what people hold or spent.
        .leg(Account::Issuance, written_off)
        .leg(Account::WrittenOff, -written_off)
        .finish()?;
    outcome.transfers.push(transfer);
    Ok(())
}

fn reversed(outcome: &mut Outcome, facts: &Facts, note: &AwardNote, because: &Because) {
    if let Seen::Known(mut activity) = facts.see::<Activity>(&note.activity) {
        "reversed".clone_into(&mut activity.state);
        activity.because = vec![because.clone()];
        let own = [note.to.scope()];
        outcome
            .upserts
            .push(Upsert::of(activity.id.clone(), &activity, &own));
    }
}

/// An award's part for everything that is back after this return: of each line by its quantity, of the
/// whole event by the lines' amounts.
fn share(note: &AwardNote, portion: &Portion<'_>) -> Result<i64, Overflow> {
    let whole = [(crate::outcome::WHOLE_EVENT, note.points)];
    let parts = if note.lines.is_empty() {
        &whole[..]
    } else {
        &note.lines
    };
    let mut sum = 0;
    for (line, points) in parts {
        let known = usize::try_from(*line).ok();
        let line = known.and_then(|line| Some((line, portion.sale.lines.get(line)?)));
        sum += match line {
            Some((number, line)) => amount::share_of_running(
                *points,
                0,
                portion.after.get(number).copied().unwrap_or(0),
                line.quantity_micro,
            ),
            None => {
                let (_, after, whole) = weights(portion);
                amount::share_of_running(*points, 0, after, whole)
            }
        }
        .map_err(|Indivisible| Overflow)?;
    }
    Ok(sum)
}

/// How much of the sale had come back, will have, and all of it: by the lines' amounts, and by their
/// quantities where nothing was paid.
pub(super) fn weights(portion: &Portion<'_>) -> (i64, i64, i64) {
    let lines = &portion.sale.lines;
    let paid: i128 = lines.iter().map(|line| i128::from(line.amount_minor)).sum();
    let weigh = |parts: &[i64]| {
        let parts = lines.iter().zip(parts);
        let weights = parts.map(|(line, part)| {
            let part = i128::from(*part);
            if paid > 0 {
                part * i128::from(line.amount_minor) / i128::from(line.quantity_micro.max(1))
            } else {
                part
            }
        });
        i64::try_from(weights.sum::<i128>()).unwrap_or(i64::MAX)
    };
    let all: Vec<i64> = lines.iter().map(|line| line.quantity_micro).collect();
    (
        weigh(&portion.before),
        weigh(&portion.after),
        weigh(&all).max(1),
    )
}
