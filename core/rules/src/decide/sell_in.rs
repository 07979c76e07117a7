//! How much of a product was at an outlet to be sold: claims that no till reported are counted
//! against what was shipped there. Only the server knows either number.

use std::collections::BTreeSet;

use crate::entity::{SellIn, Unit};
use crate::facts::{FactKey, Facts, Seen};
use crate::outcome::{Because, Outcome, Upsert};

use super::{Context, evidence, latest, policy};

/// What counting a claim of the product depends on.
pub(super) fn needs(product: &str, context: &Context, keys: &mut BTreeSet<FactKey>) {
    if let Some(outlet) = context.outlet {
        keys.insert(FactKey::of::<SellIn>(policy::list_id(outlet, product)));
    }
}

/// What giving a unit's pieces back depends on.
pub(super) fn unit_needs(unit: &Unit, keys: &mut BTreeSet<FactKey>) {
    keys.extend(id_of(unit).map(FactKey::of::<SellIn>));
}

fn id_of(unit: &Unit) -> Option<String> {
    Some(policy::list_id(unit.outlet?, unit.product.as_deref()?))
}

/// Counts a claimed unit once. Answers why a person should look at it, when more was claimed than
/// was ever there. Nothing is capped where nothing was shipped.
pub(super) fn count(outcome: &mut Outcome, facts: &Facts, unit: &mut Unit) -> Option<Because> {
    if unit.sell_in || unit.sale.is_some() {
        return None;
    }
    let id = id_of(unit)?;
    let Seen::Known(mut known) = latest::see::<SellIn>(outcome, facts, &id) else {
        return None;
    };
    known.claimed = known
        .claimed
        .saturating_add(evidence::whole(unit.quantity_micro));
    unit.sell_in = true;
    outcome.upserts.push(Upsert::of(id, &known, &[]));
    (known.claimed > known.shipped).then(|| {
        Because::new("above_sell_in")
            .with("shipped", known.shipped)
            .with("claimed", known.claimed)
    })
}

/// The unit's pieces can be claimed again, or a till has reported them.
pub(super) fn give_back(outcome: &mut Outcome, facts: &Facts, unit: &mut Unit) {
    if !std::mem::take(&mut unit.sell_in) {
        return;
    }
    let Some(id) = id_of(unit) else { return };
    if let Seen::Known(mut known) = latest::see::<SellIn>(outcome, facts, &id) {
        // Pieces that came back one by one were given back then.
        let left_micro = unit.quantity_micro.saturating_sub(unit.returned_micro);
        let pieces = evidence::whole(left_micro);
        known.claimed = known.claimed.saturating_sub(pieces).max(0);
        outcome.upserts.push(Upsert::of(id, &known, &[]));
    }
}

/// So many of a unit's pieces can be claimed again, while the rest stays claimed.
pub(super) fn give_back_pieces(outcome: &mut Outcome, facts: &Facts, unit: &Unit, pieces: i64) {
    let Some(id) = id_of(unit).filter(|_| unit.sell_in) else {
        return;
    };
    if let Seen::Known(mut known) = latest::see::<SellIn>(outcome, facts, &id) {
        known.claimed = known.claimed.saturating_sub(pieces).max(0);
        outcome.upserts.push(Upsert::of(id, &known, &[]));
    }
}
