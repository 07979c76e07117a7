//! A claim by the unique code from the box.

use crate::amount::Overflow;
use crate::entity::{Code, Deciding, Series, Stage, Unit};
use crate::facts::Seen;
use crate::outcome::{Because, Outcome, Upsert};
use crate::scope::Scope;

use super::super::{Context, evidence, guess, policy};
use super::place::{self, Placed};
use super::{Desk, Shown, about, already, credit, note};

pub(super) fn decide(
    desk: &Desk<'_>,
    code: &str,
    shown: Option<&str>,
) -> Result<Outcome, Overflow> {
    let seen = desk.facts.see::<Code>(code);
    if let Some(ended) = ended(desk, code, shown, &seen)? {
        return Ok(ended);
    }
    let (product, pending) = match &seen {
        Seen::Known(known) => (Some(known.product.as_str()), sent(desk, known)),
        Seen::Absent | Seen::Unknown => (shown, Some(server_decides())),
    };
    let mut pending: Vec<Because> = pending.into_iter().collect();
    let Some(product) = product else {
        // A typed code does not say what it was put into.
        return Ok(waits(desk, None, pending));
    };
    let proof = Shown {
        kind: "code",
        reference: code,
    };
    if let Some(ended) = credited(desk, code, product, proof)? {
        return Ok(ended);
    }
    let mut outcome = match place::own_unit(desk, product, "code") {
        Some(unit) => credit::attach(desk, &unit, product, proof)?,
        None => {
            pending.extend(another_days(desk, product));
            let placed = placed(desk, code, product);
            let key = evidence::code_key(code);
            credit::credit(desk, &key, product, proof, pending, placed)?
        }
    };
    if outcome.class == crate::outcome::Class::Accepted {
        outcome
            .upserts
            .push(claimed_code(code, product, &seen, desk.context));
    }
    Ok(outcome)
}

/// The answer where the piece itself was credited before, through a receipt or a till: to somebody
/// else, or to this seller, for whom the code is one more proof.
pub(super) fn credited(
    desk: &Desk<'_>,
    code: &str,
    product: &str,
    proof: Shown<'_>,
) -> Result<Option<Outcome>, Overflow> {
    let key = evidence::code_key(code);
    let Seen::Known(unit) = desk.facts.see::<Unit>(&key) else {
        return Ok(None);
    };
    if unit.seller.is_none() && unit.buyer == Some(desk.context.actor) {
        return Ok(Some(Outcome::rejected(Because::new("own_sale"))));
    }
    match unit.seller {
        Some(seller) if seller == desk.context.actor => {
            credit::attach(desk, &key, product, proof).map(Some)
        }
        Some(_) => Ok(Some(already(false, None))),
        None => Ok(None),
    }
}

/// Why a person should look: a piece of another day or place lacks a code. An outlet's policy says so
/// itself.
pub(super) fn another_days(desk: &Desk<'_>, product: &str) -> Option<Because> {
    let ruling = policy::ruling(desk.context, desk.facts);
    if ruling.is_some_and(|step| step.deciding != Deciding::Any) {
        return None;
    }
    let index = evidence::index(desk.facts, desk.context.actor, product);
    let perhaps = evidence::perhaps_linked(&index, desk.context, "code");
    perhaps.then(|| Because::new("awaits_review"))
}

/// The claim's place: on its own unit when a till scanned the code.
pub(super) fn placed(desk: &Desk<'_>, code: &str, product: &str) -> Placed {
    match desk.facts.see::<Unit>(&evidence::code_key(code)) {
        Seen::Known(unit) if unit.sale.is_some() => Placed::on_unit(desk, product, &unit),
        _ => Placed::new(desk, product, "code"),
    }
}

/// The answer where the code itself gives it: unknown, void, of another product, or already used.
fn ended(
    desk: &Desk<'_>,
    code: &str,
    shown: Option<&str>,
    seen: &Seen<Code>,
) -> Result<Option<Outcome>, Overflow> {
    let actor = desk.context.actor;
    let known = match seen {
        Seen::Unknown => return Ok(None),
        Seen::Absent => return Ok(Some(Outcome::rejected(Because::new("code_unknown")))),
        Seen::Known(known) => known,
    };
    Ok(match known.status.as_str() {
        // It was never printed: nothing may tell it from a code that does not exist.
        guess::CANARY => Some(Outcome::rejected(Because::new("code_unknown"))),
        "void" => Some(Outcome::rejected(Because::new("code_void"))),
        _ if series_ended(desk, known).is_some() => {
            series_ended(desk, known).map(Outcome::rejected)
        }
        "claimed" if known.claimed_by == Some(actor) => Some(repeated(desk, code, known)?),
        "claimed" => Some(already(false, known.claimed_ms)),
        _ if shown.is_some_and(|shown| shown != known.product) => {
            Some(Outcome::rejected(Because::new("code_unknown")))
        }
        _ => None,
    })
}

/// The code is already this seller's: through the till's report (then this claim is one more proof),
/// or through an earlier claim (then it is a repetition).
fn repeated(desk: &Desk<'_>, code: &str, known: &Code) -> Result<Outcome, Overflow> {
    let key = evidence::code_key(code);
    match desk.facts.see::<Unit>(&key) {
        Seen::Known(unit) if !unit.evidence.iter().any(|note| note.kind == "code") => {
            let proof = Shown {
                kind: "code",
                reference: code,
            };
            credit::attach(desk, &key, &known.product, proof)
        }
        // A till's report of the piece is not shown to phones: only the server can tell which it is.
        Seen::Unknown => Ok(waits(desk, Some(&known.product), vec![server_decides()])),
        Seen::Known(_) | Seen::Absent => Ok(already(true, known.claimed_ms)),
    }
}

pub(super) fn server_decides() -> Because {
    Because::new("server_decides_code")
}

/// A claim of which only the server can say what it is worth.
pub(super) fn waits(desk: &Desk<'_>, product: Option<&str>, pending: Vec<Because>) -> Outcome {
    let mut outcome = Outcome::accepted();
    outcome.pending = pending.clone();
    note(&mut outcome, desk, "pending", pending, about(product, None));
    outcome
}

/// Why a person should look at a code: it was not shipped, or not here. What its series says holds
/// for codes that say nothing themselves.
fn sent(desk: &Desk<'_>, known: &Code) -> Option<Because> {
    let series = match desk.facts.see::<Series>(&known.series) {
        Seen::Known(series) => Some(series),
        Seen::Absent | Seen::Unknown => None,
    };
    let stage = series.as_ref().map(|series| series.stage);
    if known.status == "printed" && stage != Some(Stage::Shipped) {
        return Some(Because::new("code_not_shipped"));
    }
    let outlet = known.outlet.or(series.and_then(|series| series.outlet));
    let elsewhere = outlet.is_some() && outlet != desk.context.outlet;
    elsewhere.then(|| Because::new("code_of_other_outlet"))
}

/// Why no code of the series brings anything now.
fn series_ended(desk: &Desk<'_>, known: &Code) -> Option<Because> {
    let Seen::Known(series) = desk.facts.see::<Series>(&known.series) else {
        return None;
    };
    let over = series
        .ends_ms
        .is_some_and(|ends| ends <= desk.context.occurred_ms);
    if series.stage == Stage::Void {
        Some(Because::new("code_void"))
    } else if over && known.status != "claimed" {
        Some(Because::new("series_ended"))
    } else {
        None
    }
}

fn claimed_code(code: &str, product: &str, seen: &Seen<Code>, context: &Context) -> Upsert {
    let known = match seen {
        Seen::Known(known) => Some(known),
        Seen::Absent | Seen::Unknown => None,
    };
    let claimed = Code {
        series: known.map_or_else(String::new, |known| known.series.clone()),
        product: product.to_owned(),
        outlet: known.and_then(|known| known.outlet),
        status: "claimed".to_owned(),
        claimed_by: Some(context.actor),
        claimed_ms: Some(context.occurred_ms),
    };
    Upsert::of(code, &claimed, &[Scope::Participant(context.actor)])
}
