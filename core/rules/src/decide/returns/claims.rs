//! What a claim earned for goods that come back. The till named no seller, so the sale itself
//! remembers nothing of it: the unit does.

use crate::amount::{self, Indivisible, Overflow};
use crate::entity::Unit;
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
    for (line, key) in goods::line_units(portion.sale, desk.facts) {
        let whole = portion
            .sale
            .lines
            .get(line)
            .map_or(0, |line| line.quantity_micro);
        let after = portion.after.get(line).copied().unwrap_or(0);
        of_unit(outcome, desk, &key, (after, whole), because)?;
    }
    Ok(())
}

/// Takes back what is back altogether of a unit's own awards; when that is all, the unit can be
/// claimed again.
pub(super) fn of_unit(
    outcome: &mut Outcome,
    desk: Desk<'_>,
    key: &str,
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
    for note in &mut awards {
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
