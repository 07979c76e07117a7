//! Counts that go back: what a sale added to tallies is taken away again, on the days to which it was
//! added.

use std::collections::BTreeSet;

use crate::amount::{self, Indivisible, Overflow};
use crate::earn::TallyMove;
use crate::entity::{Sale, Tallied};
use crate::facts::{FactKey, Facts, Seen};
use crate::outcome::{Outcome, Upsert};

use super::Portion;
use super::points::weights;

fn id_of(added: &TallyMove) -> String {
    format!("{}:{}", added.tally, added.subject)
}

pub(super) fn needs(sale: &Sale, keys: &mut BTreeSet<FactKey>) {
    keys.extend(sale.tallied.iter().map(id_of).map(FactKey::of::<Tallied>));
}

/// Takes back a portion of everything that the sale added.
pub(super) fn take_back(
    outcome: &mut Outcome,
    facts: &Facts,
    portion: &Portion<'_>,
) -> Result<(), Overflow> {
    let (before, after, whole) = weights(portion);
    let mut tallies: Vec<(String, Tallied)> = Vec::new();
    for added in &portion.sale.tallied {
        let part = amount::share_of_running(added.value, before, after, whole);
        let part = part.map_err(|Indivisible| Overflow)?;
        let id = id_of(added);
        if part == 0 {
            continue;
        }
        if let Some((_, tally)) = tallies.iter_mut().find(|known| known.0 == id) {
            subtract(tally, added.day, part);
        } else if let Seen::Known(mut tally) = facts.see::<Tallied>(&id) {
            subtract(&mut tally, added.day, part);
            tallies.push((id, tally));
        }
    }
    for (id, tally) in tallies {
        outcome.upserts.push(Upsert::of(id, &tally, &[]));
    }
    Ok(())
}

/// Takes a value away from a day, and from the whole. A day that is forgotten already was too long ago
/// to matter to any window.
fn subtract(tally: &mut Tallied, day: i64, value: i64) {
    if let Some(known) = tally.days.iter_mut().find(|known| known.0 == day) {
        known.1 = known.1.saturating_sub(value);
    }
    tally.days.retain(|known| known.1 != 0);
    tally.ever = tally.ever.saturating_sub(value);
}
