//! Counts that go back: what a sale added to tallies is taken away again, on the days to which it was
//! added.

use std::collections::BTreeSet;

use crate::amount::{self, Indivisible, Overflow};
use crate::earn::TallyMove;
use crate::entity::{Sale, Tallied};
use crate::facts::{FactKey, Facts};
use crate::outcome::Outcome;

use super::super::earning;
use super::Portion;
use super::points::weights;

pub(super) fn needs(sale: &Sale, keys: &mut BTreeSet<FactKey>) {
    let counted = sale.tallied.iter().map(earning::key_of);
    keys.extend(counted.map(FactKey::of::<Tallied>));
}

/// Takes back a portion of everything that the sale added.
pub(super) fn take_back(
    outcome: &mut Outcome,
    facts: &Facts,
    portion: &Portion<'_>,
) -> Result<(), Overflow> {
    let (before, after, whole) = weights(portion);
    let mut moves = Vec::new();
    for added in &portion.sale.tallied {
        let part = amount::share_of_running(added.value, before, after, whole);
        let value = -part.map_err(|Indivisible| Overflow)?;
        if value != 0 {
            moves.push(TallyMove {
                value,
                ..added.clone()
            });
        }
    }
    earning::count(outcome, facts, Some(portion.sale.outlet), &moves)
}
