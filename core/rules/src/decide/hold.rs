//! `hold.place`, `hold.capture`, `hold.release`: points put aside for a purchase elsewhere. What is
//! held is reserved: its owner sees it and nobody else can spend it.

use std::collections::BTreeSet;

use crate::amount::Overflow;
use crate::command::{
    HOLD_CAPTURES_MAX, HOLD_MS_MAX, HOLD_REFERENCE_CHARS_MAX, HoldCapture, HoldPlace, HoldRelease,
};
use crate::entity::{Activity, Beneficiary, Hold, Participant, Proof};
use crate::facts::{FactKey, Facts, Seen};
use crate::ledger::{Account, Transfer};
use crate::outcome::{Because, Due, Outcome, Upsert};
use crate::scope::Scope;

use super::pay::{self, Desk, Line};
use super::{Context, ProofCheck, due};

pub(super) fn place_needs(place: &HoldPlace, context: &Context, keys: &mut BTreeSet<FactKey>) {
    keys.insert(FactKey::of::<Hold>(place.hold_id.to_string()));
    keys.insert(FactKey::of::<Participant>(context.actor.to_string()));
    keys.insert(FactKey::of::<Participant>(place.participant.to_string()));
    keys.insert(FactKey::Balance(Account::active(place.participant)));
    if let ProofCheck::Valid { id, .. } = &context.proof {
        keys.insert(FactKey::of::<Proof>(id));
    }
}

pub(super) fn place(place: &HoldPlace, desk: Desk<'_>) -> Result<Outcome, Overflow> {
    let context = desk.context;
    if let Some(because) = wrong(place, desk) {
        return Ok(Outcome::rejected(because));
    }
    let balance = desk.facts.balance(Account::active(place.participant));
    if let Some(balance) = balance.filter(|balance| *balance < place.points) {
        let lacks = Because::new("insufficient_points").with("balance", balance);
        return Ok(Outcome::rejected(lacks.with("cost", place.points)));
    }
    let mut outcome = Outcome::accepted();
    outcome
        .transfers
        .push(Transfer::hold(place.participant, place.points)?);
    let to = Beneficiary::Participant(place.participant);
    let line = Line {
        state: "pending",
        subject: Some(place.reference.clone()),
        ..Line::about("hold", to, -place.points)
    };
    let activity = pay::record(&mut outcome, context, line);
    let hold = Hold {
        id: place.hold_id,
        participant: place.participant,
        points: place.points,
        captured_points: 0,
        captures: Vec::new(),
        reference: place.reference.clone(),
        outlet: context.outlet,
        activity,
        command_id: context.command_id,
        expires_ms: place.expires_ms,
        state: "open".to_owned(),
        at_ms: context.occurred_ms,
    };
    write(&mut outcome, &hold);
    if let ProofCheck::Valid { id, .. } = &context.proof {
        let proof = Proof {
            command_id: context.command_id,
        };
        let here: Vec<Scope> = context.outlet.map(Scope::Outlet).into_iter().collect();
        outcome.upserts.push(Upsert::of(id, &proof, &here));
    }
    Ok(outcome)
}

fn wrong(place: &HoldPlace, desk: Desk<'_>) -> Option<Because> {
    let context = desk.context;
    let words = place.reference.chars().count();
    if place.points <= 0 || words == 0 || words > HOLD_REFERENCE_CHARS_MAX {
        return Some(Because::new("bad_input"));
    }
    let latest_ms = context.now_ms.saturating_add(HOLD_MS_MAX);
    if place.expires_ms <= context.now_ms || place.expires_ms > latest_ms {
        return Some(Because::new("bad_input"));
    }
    if let Seen::Known(_) = desk.facts.see::<Hold>(&place.hold_id.to_string()) {
        return Some(Because::new("hold_exists"));
    }
    if desk
        .facts
        .see::<Participant>(&place.participant.to_string())
        == Seen::Absent
    {
        return Some(Because::new("unknown_member"));
    }
    if place.participant == context.actor {
        return Some(Because::new("not_permitted"));
    }
    match office(desk) {
        Some(true) => None,
        Some(false) => Some(Because::new("not_permitted")),
        None => unproven(place, desk),
    }
}

/// Whether the actor may hold, capture and release without the member's code: those who run the
/// programme and other shops' systems may. None: at a till, with the member's code.
fn office(desk: Desk<'_>) -> Option<bool> {
    match desk
        .facts
        .see::<Participant>(&desk.context.actor.to_string())
    {
        Seen::Known(actor) => match actor.role.as_str() {
            "manager" | "integrator" => Some(true),
            "cashier" if desk.context.outlet.is_some() => None,
            _ => Some(false),
        },
        Seen::Absent => Some(false),
        Seen::Unknown => None,
    }
}

/// Why the member's code does not prove them, if there is a reason.
fn unproven(place: &HoldPlace, desk: Desk<'_>) -> Option<Because> {
    match &desk.context.proof {
        ProofCheck::Absent => Some(Because::new("proof_required")),
        ProofCheck::Invalid(code) => Some(Because::new(code)),
        ProofCheck::Answered(_) => Some(Because::new("proof_invalid")),
        ProofCheck::Valid { participant, .. } if *participant != place.participant => {
            Some(Because::new("proof_invalid"))
        }
        ProofCheck::Valid { id, .. } => match desk.facts.see::<Proof>(id) {
            Seen::Known(_) => Some(Because::new("proof_used")),
            Seen::Absent | Seen::Unknown => None,
        },
    }
}

pub(super) fn needs(hold_id: &str, context: &Context, facts: &Facts, keys: &mut BTreeSet<FactKey>) {
    keys.insert(FactKey::of::<Participant>(context.actor.to_string()));
    expiry_needs(hold_id, facts, keys);
}

pub(super) fn expiry_needs(hold_id: &str, facts: &Facts, keys: &mut BTreeSet<FactKey>) {
    keys.insert(FactKey::of::<Hold>(hold_id));
    if let Seen::Known(hold) = facts.see::<Hold>(hold_id) {
        keys.insert(FactKey::of::<Activity>(hold.activity));
    }
}

/// The hold, when it is open and the actor may end it.
fn open(hold_id: &str, desk: Desk<'_>) -> Result<Hold, Because> {
    let Seen::Known(hold) = desk.facts.see::<Hold>(hold_id) else {
        return Err(Because::new("hold_unknown"));
    };
    let at_till = desk.context.outlet.is_some() && desk.context.outlet == hold.outlet;
    if !office(desk).unwrap_or(at_till) {
        return Err(Because::new("not_permitted"));
    }
    if hold.state != "open" {
        return Err(Because::new("hold_over").with("state", hold.state));
    }
    Ok(hold)
}

pub(super) fn capture(capture: &HoldCapture, desk: Desk<'_>) -> Result<Outcome, Overflow> {
    let mut hold = match open(&capture.hold_id.to_string(), desk) {
        Ok(hold) => hold,
        Err(because) => return Ok(Outcome::rejected(because)),
    };
    let left = hold.left_points();
    if hold
        .captures
        .iter()
        .any(|known| known.0 == capture.capture_id)
    {
        return Ok(Outcome::rejected(Because::new("capture_exists")));
    }
    if hold.expires_ms <= desk.context.now_ms {
        return Ok(Outcome::rejected(
            Because::new("hold_over").with("state", "expired"),
        ));
    }
    if capture.points <= 0 || hold.captures.len() >= HOLD_CAPTURES_MAX {
        return Ok(Outcome::rejected(Because::new("bad_input")));
    }
    if capture.points > left {
        return Ok(Outcome::rejected(
            Because::new("hold_exceeded").with("left", left),
        ));
    }
    let mut outcome = Outcome::accepted();
    let (command, person) = (hold.command_id, hold.participant);
    outcome.transfers.push(Transfer::capture(
        command,
        person,
        capture.points,
        Account::Redeemed,
    )?);
    hold.captured_points += capture.points;
    hold.captures.push((capture.capture_id, capture.points));
    if hold.left_points() == 0 {
        "captured".clone_into(&mut hold.state);
        note(&mut outcome, &hold, desk.facts);
    }
    write(&mut outcome, &hold);
    Ok(outcome)
}

pub(super) fn release(release: &HoldRelease, desk: Desk<'_>) -> Result<Outcome, Overflow> {
    match open(&release.hold_id.to_string(), desk) {
        Ok(hold) => end(hold, "released", desk.facts),
        Err(because) => Ok(Outcome::rejected(because)),
    }
}

/// The hold's own end.
pub(super) fn expire(hold_id: &str, desk: Desk<'_>) -> Result<Outcome, Overflow> {
    match desk.facts.see::<Hold>(hold_id) {
        Seen::Known(hold) if hold.state == "open" && hold.expires_ms <= desk.context.now_ms => {
            end(hold, "expired", desk.facts)
        }
        _ => Ok(due::nothing()),
    }
}

/// What is still held becomes spendable again.
fn end(mut hold: Hold, state: &str, facts: &Facts) -> Result<Outcome, Overflow> {
    let mut outcome = Outcome::accepted();
    let left = hold.left_points();
    outcome
        .transfers
        .push(Transfer::release(hold.command_id, hold.participant, left)?);
    state.clone_into(&mut hold.state);
    note(&mut outcome, &hold, facts);
    write(&mut outcome, &hold);
    Ok(outcome)
}

/// The line of history says what was spent in the end.
fn note(outcome: &mut Outcome, hold: &Hold, facts: &Facts) {
    if let Seen::Known(mut activity) = facts.see::<Activity>(&hold.activity) {
        activity.points = -hold.captured_points;
        let state = if hold.captured_points > 0 {
            "active"
        } else {
            "reversed"
        };
        state.clone_into(&mut activity.state);
        let own = [Scope::Participant(hold.participant)];
        outcome
            .upserts
            .push(Upsert::of(activity.id.clone(), &activity, &own));
    }
}

fn write(outcome: &mut Outcome, hold: &Hold) {
    let open = hold.state == "open";
    outcome.dues.push(Due {
        key: format!("hold:{}", hold.id),
        at_ms: Some(hold.expires_ms).filter(|_| open),
        kind: "hold".to_owned(),
        subject: hold.id.to_string(),
    });
    let mut scopes = vec![Scope::Participant(hold.participant)];
    scopes.extend(hold.outlet.map(Scope::Outlet));
    outcome
        .upserts
        .push(Upsert::of(hold.id.to_string(), hold, &scopes));
}
