//! What an effect comes to, before any bound.

use super::condition::{Spot, number};
use super::line::Part;
use super::scene::{Counting, Scene};
use super::steps::Op;
use super::tallies;
use crate::amount::{self, Overflow, RATE_ONE_BP};
use crate::index::Num;
use crate::ruleset::{Effect, Gives, Rate};

/// What an effect gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    /// So much, by this arithmetic; above zero.
    Gives(i64, Op),
    /// Nothing, and why.
    Nothing(Why),
    /// It depends on what this place does not know.
    Unknown(&'static str),
}

/// Why a rule gave nothing; the further down, the further it came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Why {
    /// The amounts are in another currency.
    OtherCurrency,
    NoRate,
    BelowStep,
}

fn gives(value: i128, op: Op) -> Result<Value, Overflow> {
    Ok(match amount::checked(value)? {
        value if value > 0 => Value::Gives(value, op),
        _ => Value::Nothing(Why::BelowStep),
    })
}

/// What an effect on a line comes to on the open part of one. `base` is what the line has earned so
/// far for the same beneficiaries.
pub(crate) fn of_line(
    effect: &Effect,
    spot: Spot<'_>,
    base: i64,
    scene: &Scene<'_>,
) -> Result<Value, Overflow> {
    let Part {
        quantity_micro,
        amount_minor,
    } = spot.part;
    match effect {
        Effect::PerUnit { points } => {
            let value = amount::per_unit((*points).max(0), quantity_micro.max(0))?;
            let op = Op::PerUnit {
                each: *points,
                quantity_micro,
            };
            gives(value.into(), op)
        }
        Effect::PerAmount { currency, .. } | Effect::Percent { currency, .. }
            if *currency != scene.event.currency =>
        {
            Ok(Value::Nothing(Why::OtherCurrency))
        }
        Effect::PerAmount {
            step_minor, points, ..
        } => {
            let value = amount::per_amount(*points, *step_minor, amount_minor)?;
            let op = Op::PerAmount {
                each: *points,
                step_minor: *step_minor,
                amount_minor,
            };
            gives(value.into(), op)
        }
        Effect::Percent { rate, gives, .. } => percent(rate, *gives, spot, scene),
        Effect::Multiply { rate_bp } => {
            let after = amount::times_bp(base, *rate_bp)?;
            let op = Op::Boost {
                base,
                rate_bp: *rate_bp,
            };
            self::gives(i128::from(after) - i128::from(base), op)
        }
        Effect::Fixed { .. }
        | Effect::Every { .. }
        | Effect::PerMeasure { .. }
        | Effect::Levels { .. } => Ok(Value::Nothing(Why::BelowStep)),
    }
}

fn percent(
    rate: &Rate,
    gives: Gives,
    spot: Spot<'_>,
    scene: &Scene<'_>,
) -> Result<Value, Overflow> {
    let Some(rate_bp) = rate_bp(rate, spot, scene)? else {
        return Ok(Value::Unknown("server_checks_tally"));
    };
    let amount_minor = spot.part.amount_minor.max(0);
    let share = i128::from(amount_minor) * i128::from(rate_bp.max(0));
    if gives == Gives::Discount {
        let value = share / i128::from(RATE_ONE_BP);
        return self::gives(value, Op::Discount { rate_bp });
    }
    let event = scene.event;
    let peg = scene
        .index
        .minor_per_point_micro(&event.currency, event.at_ms);
    let Some(minor_per_point_micro) = peg.filter(|peg| *peg > 0) else {
        return Ok(Value::Nothing(Why::NoRate));
    };
    // Basis points to wholes is 1/10,000, minor units to millionths is 1,000,000: 100 together.
    let value = share * 100 / i128::from(minor_per_point_micro);
    let op = Op::Percent {
        rate_bp,
        amount_minor: spot.part.amount_minor,
        minor_per_point_micro,
    };
    self::gives(value, op)
}

/// The rate at a spot; none where it follows from what is not known.
fn rate_bp(rate: &Rate, spot: Spot<'_>, scene: &Scene<'_>) -> Result<Option<i64>, Overflow> {
    let (by, bands) = match rate {
        Rate::Flat(rate_bp) => return Ok(Some(*rate_bp)),
        Rate::Banded { by, bands } => (by, bands),
    };
    let Some(value) = number(Num::of(by, scene.index), spot, scene)? else {
        return Ok(None);
    };
    let inside = |from: i64, to: Option<i64>| from <= value && to.is_none_or(|to| value < to);
    let band = bands.iter().find(|band| inside(band.from, band.to));
    Ok(Some(band.map_or(0, |band| band.rate_bp)))
}

/// What an effect on the event comes to, levels of recommendation aside.
pub(crate) fn of_event(effect: &Effect, scene: &Scene<'_>) -> Result<Value, Overflow> {
    match effect {
        Effect::Fixed { points } => gives((*points).into(), Op::Fixed { each: *points }),
        Effect::PerMeasure { step, points } => {
            let value = scene.event.value;
            let op = Op::PerMeasure {
                each: *points,
                step: *step,
                value,
            };
            gives(amount::per_amount(*points, *step, value)?.into(), op)
        }
        Effect::Every { tally, nth, points } => every(tally, *nth, *points, scene),
        _ => Ok(Value::Nothing(Why::BelowStep)),
    }
}

fn every(id: &str, nth: i64, each: i64, scene: &Scene<'_>) -> Result<Value, Overflow> {
    let place = scene.index.tallies.iter().position(|tally| tally.id == id);
    let Some(place) = place.filter(|_| nth > 0) else {
        return Ok(Value::Nothing(Why::BelowStep));
    };
    let nobody = scene
        .index
        .tallies
        .get(place)
        .is_none_or(|tally| scene.counting(tally.subject) == Counting::Nobody);
    if nobody {
        return Ok(Value::Nothing(Why::BelowStep));
    }
    let before = scene.tally(place, scene.local.day)?;
    let delta = tallies::delta(place, scene)?;
    let (Some(before), Some(delta)) = (before, delta) else {
        return Ok(Value::Unknown("server_checks_tally"));
    };
    let after = i128::from(before) + i128::from(delta);
    let passed = after.div_euclid(nth.into()) - i128::from(before).div_euclid(nth.into());
    let op = Op::Every {
        each,
        nth,
        before,
        delta,
    };
    gives(i128::from(each) * passed, op)
}
