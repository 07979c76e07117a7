//! `receipt.settle` and `receipt.credit`: what follows from a fiscal service's answer about a claimed
//! receipt. The first judges the receipt and matches its lines; then each matched product is credited
//! by a command of its own.

mod credit;
mod matching;
mod settle;
mod words;

pub(super) use credit::{decide as credit, needs as credit_needs};
pub(super) use settle::{decide as settle, needs as settle_needs};
pub use words::{holds, pattern, words};

use uuid::Uuid;

use crate::entity::{Activity, FiscalCheck};
use crate::facts::Facts;
use crate::outcome::{Because, Outcome, Upsert};
use crate::scope::Scope;

use super::{Context, latest};
use crate::facts::Seen;

/// True when the server itself gives the command: no person and no device stands behind it.
pub(super) fn by_server(context: &Context) -> bool {
    context.actor.is_nil() && context.device.is_nil()
}

/// The line of history that the claim made.
fn line_id(claim: Uuid) -> String {
    format!("{claim}:seller")
}

/// Writes a check, for the claimant to see.
fn write(outcome: &mut Outcome, key: &str, check: &FiscalCheck) {
    let own = [Scope::Participant(check.claimant)];
    outcome.upserts.push(Upsert::of(key, check, &own));
}

/// Says on the claim's line of history how it stands.
fn tell(
    outcome: &mut Outcome,
    facts: &Facts,
    check: &FiscalCheck,
    state: &str,
    because: Vec<Because>,
) {
    let id = line_id(check.claim);
    if let Seen::Known(mut line) = latest::see::<Activity>(outcome, facts, &id) {
        state.clone_into(&mut line.state);
        line.because = because;
        let own = [Scope::Participant(check.claimant)];
        outcome.upserts.push(Upsert::of(id, &line, &own));
    }
}
