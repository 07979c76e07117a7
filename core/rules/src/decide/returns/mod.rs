//! `sale.return`: goods came back, all or a part. What they earned goes back in proportion; the parts
//! of several returns come to the whole.

use std::collections::BTreeSet;

use crate::amount::Overflow;
use crate::command::{RETURN_REASON_CHARS_MAX, SaleReturn};
use crate::entity::{ReturnNote, Sale};
use crate::facts::{FactKey, Facts, Seen};
use crate::outcome::{Because, Outcome, Upsert};
use crate::scope::Scope;

use super::part_pay;
use super::pay::Desk;

pub(super) mod claims;
pub(super) mod goods;
pub(super) mod points;
pub(super) mod receipt;
mod tallies;

/// How long after a sale its goods may come back, milliseconds: 365 days.
const RETURN_WINDOW_MS: i64 = 365 * 24 * 3_600_000;

/// The most returns of one sale.
const RETURNS_MAX: usize = 100;

/// What comes back of a sale now: how much of each line had come back, and will have.
pub(super) struct Portion<'a> {
    pub sale: &'a Sale,
    /// Millionths of a piece, by line.
    pub before: Vec<i64>,
    /// The same, afterwards.
    pub after: Vec<i64>,
}

impl<'a> Portion<'a> {
    /// Everything that has not come back yet.
    pub fn rest(sale: &'a Sale) -> Self {
        Self {
            sale,
            before: (0..sale.lines.len())
                .map(|line| sale.returned_micro(line))
                .collect(),
            after: sale.lines.iter().map(|line| line.quantity_micro).collect(),
        }
    }

    /// True when nothing of the sale is left.
    pub fn all(&self) -> bool {
        let lines = self.sale.lines.iter();
        lines
            .zip(&self.after)
            .all(|(line, after)| *after >= line.quantity_micro)
    }

    /// True for a line of which the last comes back now.
    pub fn ends(&self, line: usize) -> bool {
        let whole = self.sale.lines.get(line).map(|line| line.quantity_micro);
        self.after.get(line).copied() >= whole && self.before.get(line).copied() < whole
    }
}

/// What taking back anything of this sale depends on.
pub(super) fn sale_needs(sale_id: &str, facts: &Facts, keys: &mut BTreeSet<FactKey>) {
    keys.insert(FactKey::of::<Sale>(sale_id));
    if let Seen::Known(sale) = facts.see::<Sale>(sale_id) {
        points::note_needs(&sale.awards, facts, keys);
        goods::needs(&sale, facts, keys);
        tallies::needs(&sale, keys);
    }
}

/// The answer where the sale is not known: it is recorded, and the server finds what it is about.
pub(super) fn server_finds_sale() -> Outcome {
    let mut outcome = Outcome::accepted();
    outcome.pending.push(Because::new("server_finds_sale"));
    outcome
}

pub(super) fn decide(back: &SaleReturn, desk: Desk<'_>) -> Result<Outcome, Overflow> {
    let mut sale = match desk.facts.see::<Sale>(&back.sale_id.to_string()) {
        Seen::Known(sale) if !sale.void => sale,
        Seen::Unknown => return Ok(server_finds_sale()),
        Seen::Known(_) => return Ok(Outcome::rejected(Because::new("nothing_to_return"))),
        // Another till may still hold the sale back: goods that came back are a fact.
        Seen::Absent => return Ok(Outcome::parked(Because::new("nothing_to_return"))),
    };
    let portion = match portion(back, &sale, desk) {
        Ok(after) => Portion {
            after,
            ..Portion::rest(&sale)
        },
        Err(because) => return Ok(Outcome::rejected(because)),
    };
    let mut outcome = Outcome::accepted();
    let part_pay = part_pay::take_back(&mut outcome, &portion)?;
    let awards = take_back(&mut outcome, desk, &portion, &Because::new("returned"))?;
    sale.awards = awards;
    sale.part_pay = part_pay;
    sale.returns.push(ReturnNote {
        id: back.return_id,
        at_ms: desk.context.occurred_ms,
        lines: back.lines.clone(),
        reason: back.reason.clone(),
    });
    write(&mut outcome, &sale);
    Ok(outcome)
}

/// Takes back the points, the goods and the counts of a portion. Answers the sale's awards as they
/// are then.
pub(super) fn take_back(
    outcome: &mut Outcome,
    desk: Desk<'_>,
    portion: &Portion<'_>,
    because: &Because,
) -> Result<Vec<crate::entity::AwardNote>, Overflow> {
    let mut awards = portion.sale.awards.clone();
    for note in &mut awards {
        points::take_back(outcome, desk, note, portion, because)?;
    }
    claims::take_back(outcome, desk, portion, because)?;
    goods::take_back(outcome, desk.facts, portion);
    tallies::take_back(outcome, desk.facts, portion)?;
    Ok(awards)
}

/// Takes back everything of a sale that has not come back yet, and writes it as cancelled.
pub(super) fn take_all(
    outcome: &mut Outcome,
    desk: Desk<'_>,
    mut sale: Sale,
    because: &Because,
) -> Result<(), Overflow> {
    let rest = Portion::rest(&sale);
    let part_pay = part_pay::take_back(outcome, &rest)?;
    let awards = take_back(outcome, desk, &rest, because)?;
    sale.awards = awards;
    sale.part_pay = part_pay;
    sale.void = true;
    write(outcome, &sale);
    Ok(())
}

/// Writes the sale, visible to its outlet.
pub(super) fn write(outcome: &mut Outcome, sale: &Sale) {
    let here = [Scope::Outlet(sale.outlet)];
    outcome
        .upserts
        .push(Upsert::of(sale.id.to_string(), sale, &here));
}

/// How much of each line will have come back, or why this return is refused.
fn portion(back: &SaleReturn, sale: &Sale, desk: Desk<'_>) -> Result<Vec<i64>, Because> {
    let context = desk.context;
    if context.outlet != Some(sale.outlet) {
        return Err(Because::new("not_permitted"));
    }
    if context.occurred_ms.saturating_sub(sale.at_ms) > RETURN_WINDOW_MS {
        return Err(Because::new("return_window_closed"));
    }
    if sale.returns.iter().any(|known| known.id == back.return_id) {
        return Err(Because::new("return_exists"));
    }
    let words = back.reason.chars().count();
    if back.lines.is_empty() || words > RETURN_REASON_CHARS_MAX || sale.returns.len() >= RETURNS_MAX
    {
        return Err(Because::new("bad_input"));
    }
    let mut after = Portion::rest(sale).before;
    let mut named = BTreeSet::new();
    for part in &back.lines {
        let (Some(line), Some(now)) = (sale.lines.get(part.line), after.get_mut(part.line)) else {
            return Err(Because::new("bad_input"));
        };
        if part.quantity_micro <= 0 || !named.insert(part.line) {
            return Err(Because::new("bad_input"));
        }
        let left = line.quantity_micro.saturating_sub(*now);
        if part.quantity_micro > left {
            return Err(Because::new("returned_too_much").with("left_micro", left));
        }
        *now = now.saturating_add(part.quantity_micro);
    }
    Ok(after)
}
