//! What a claim earned for goods that come back. The till named no seller, so the sale itself
//! remembers nothing of it: the unit does.

use crate::amount::{self, Indivisible, Overflow};
use crate::entity::{AwardNote, Sale, Unit};
use crate::facts::Seen;
use crate::outcome::{Because, Outcome, Upsert};

use super::super::pay::Desk;
use super::super::{latest, review};
use super::{Portion, goods, points};

/// Takes back what claims of a sale's units earned, in the portion of their lines.
pub(super) fn take_back(
    outcome: &mut Outcome,
    desk: Desk<'_>,
    portion: &Portion<'_>,
    because: &Because,
) -> Result<(), Overflow> {
    let sale = portion.sale;
    for (line, key) in goods::line_units(sale, desk.facts) {
        if portion.before.get(line) == portion.after.get(line) || !is_of(sale, &key, outcome, desk)
        {
            continue;
        }
        let whole = portion
            .sale
            .lines
            .get(line)
            .map_or(0, |line| line.quantity_micro);
        let after = portion.after.get(line).copied().unwrap_or(0);
        of_unit(outcome, desk, (&key, &sale.awards), (after, whole), because)?;
    }
    Ok(())
}

/// True when the unit is this sale's now: a piece that was sold again since, or that somebody claimed
/// elsewhere, is not taken back with it.
fn is_of(sale: &Sale, key: &str, outcome: &Outcome, desk: Desk<'_>) -> bool {
    match latest::see::<Unit>(outcome, desk.facts, key) {
        Seen::Known(unit) => unit.sale == Some(sale.id) && unit.outlet == Some(sale.outlet),
        Seen::Absent | Seen::Unknown => false,
    }
}

/// Takes back what is back altogether of a unit's own awards; when that is all, the unit can be
/// claimed again. Awards that the sale remembers too are taken back with the sale.
pub(in crate::decide) fn of_unit(
    outcome: &mut Outcome,
    desk: Desk<'_>,
    (key, of_sale): (&str, &[AwardNote]),
    (after_micro, whole_micro): (i64, i64),
    because: &Because,
) -> Result<(), Overflow> {
    let Seen::Known(mut unit) = latest::see::<Unit>(outcome, desk.facts, key) else {
        return Ok(());
    };
    let all = after_micro >= whole_micro;
    let mut awards = std::mem::take(&mut unit.awards);
    if awards.is_empty() {
        return Ok(());
    }
    let with_sale = |note: &AwardNote| of_sale.iter().any(|known| known.activity == note.activity);
    for note in awards.iter_mut().filter(|note| !with_sale(note)) {
        let back = if all {
            note.points
        } else {
            amount::share_of_running(note.points, 0, after_micro, whole_micro)
                .map_err(|Indivisible| Overflow)?
        };
        let points = back.saturating_sub(note.returned_points);
        points::take(outcome, desk, note, points, because)?;
    }
    match unit.seller {
        Some(seller) if all => review::release_claim(outcome, desk.facts, &mut unit, seller),
        _ => unit.awards = awards,
    }
    outcome.upserts.push(Upsert::of(key, &unit, &[]));
    Ok(())
}
