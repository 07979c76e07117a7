//! Counts an award again from its derivation alone, by `docs/RULES.md` section 9.
//!
//! Nothing is taken from the engine and no step's `points` is believed: each step is counted from
//! its own numbers, and what it says must be what comes out. So an auditor needs no facts, no rule
//! set and no clock to know that an award is what its arithmetic says.

use std::collections::BTreeMap;

use serde_json::Value;
use thiserror::Error;

use crate::amount::{self, QUANTITY_ONE_MICRO, RATE_ONE_BP};
use crate::outcome::Derivation;

/// Why a derivation does not explain its award.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("step {at} ({step}): {why}")]
pub struct Unexplained {
    /// Which step, from zero; the number of steps when their sum is meant.
    pub at: usize,
    /// Its name.
    pub step: String,
    /// What is wrong with it.
    pub why: Why,
}

/// What is wrong with one step.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Why {
    /// No step has this name.
    #[error("no such step")]
    UnknownStep,
    /// A number is missing, or is none.
    #[error("`{0}` is missing")]
    Missing(&'static str),
    /// A number is outside what it may be.
    #[error("`{0}` is out of range")]
    OutOfRange(&'static str),
    /// A share, or a cut, of something else than what the steps before it came to.
    #[error("is of {said}, but the steps before it come to {counted}")]
    OfSomethingElse {
        /// What it says.
        said: i64,
        /// What was counted.
        counted: i64,
    },
    /// The step says another number than its own numbers give.
    #[error("says {said}, but comes to {counted}")]
    Wrong {
        /// What it says.
        said: i64,
        /// What was counted.
        counted: i64,
    },
    /// A result is larger than 2^53 - 1.
    #[error("a number is too large")]
    TooLarge,
}

impl From<amount::Overflow> for Why {
    fn from(_: amount::Overflow) -> Self {
        Self::TooLarge
    }
}

/// The points that the steps of one award come to.
///
/// # Errors
/// The first step that does not follow from its own numbers and the steps before it.
pub fn recompute(steps: &[Derivation]) -> Result<i64, Unexplained> {
    let mut sums = Sums::default();
    let named = |at, step: &str, why| Unexplained {
        at,
        step: step.to_owned(),
        why,
    };
    for (at, step) in steps.iter().enumerate() {
        sums.take(step).map_err(|why| named(at, &step.step, why))?;
    }
    let total = amount::sum(sums.lines.into_values().map(|sum| sum.points));
    total.map_err(|_| named(steps.len(), "sum", Why::TooLarge))
}

/// What was counted so far.
#[derive(Default)]
struct Sums {
    /// What each line comes to for the award.
    lines: BTreeMap<i64, Sum>,
    /// The value that the next share is of, over all its lines.
    inner: Sum,
}

/// A running number of points.
#[derive(Clone, Copy, Default)]
struct Sum {
    points: i64,
    /// What the last rule gave of them, after the bounds that cut it.
    given: i64,
}

impl Sums {
    fn take(&mut self, step: &Derivation) -> Result<(), Why> {
        let numbers = Numbers(&step.params);
        let shared = match step.step.as_str() {
            "level" | "part" | "staff_part" => Some(self.share(&step.step, &numbers)?),
            _ => None,
        };
        let sum = if numbers.inner() {
            &mut self.inner
        } else {
            self.lines.entry(step.line).or_default()
        };
        let before = sum.points;
        let after = match (shared, step.step.as_str()) {
            (Some(share), _) => amount::sum([before, share])?,
            (None, "multiplier") => amount::times_bp(before, numbers.not_negative("rate_bp")?)?,
            (None, "capped") => amount::sum([before, -cut(sum.given, &numbers)?])?,
            (None, name) => amount::sum([before, added(name, &numbers)?])?,
        };
        if after != step.points {
            return Err(Why::Wrong {
                said: step.points,
                counted: after,
            });
        }
        sum.points = after;
        sum.given = match step.step.as_str() {
            // What is shared out is one rule's, over all its lines.
            _ if numbers.inner() => after,
            "capped" => numbers.whole("left")?,
            _ => amount::checked(i128::from(after) - i128::from(before))?,
        };
        Ok(())
    }

    /// What a share comes to. The value that it is of was counted just before it, and is used up.
    fn share(&mut self, name: &str, numbers: &Numbers<'_>) -> Result<i64, Why> {
        let said = numbers.whole("of")?;
        let counted = std::mem::take(&mut self.inner).points;
        if said != counted {
            return Err(Why::OfSomethingElse { said, counted });
        }
        match name {
            "level" => {
                numbers.at_least("level", 1)?;
                let share_bp = numbers.not_negative("share_bp")?;
                floor(i128::from(said) * i128::from(share_bp), RATE_ONE_BP)
            }
            "part" => {
                let (shares, place) = numbers.shares("shares_bp")?;
                if shares.get(place) != Some(&numbers.whole("share_bp")?) {
                    return Err(Why::OutOfRange("share_bp"));
                }
                if total(&shares) != i128::from(RATE_ONE_BP) {
                    return Err(Why::OutOfRange("shares_bp"));
                }
                split(said, &shares, place)
            }
            _ => {
                let (shares, place) = numbers.shares("shares")?;
                split(said, &shares, place)
            }
        }
    }
}

/// What a step that adds brings.
fn added(step: &str, numbers: &Numbers<'_>) -> Result<i64, Why> {
    let each = |steps: i64| {
        let each = numbers.whole("each")?;
        Ok(amount::checked(i128::from(each) * i128::from(steps))?)
    };
    match step {
        "per_unit" => each(
            numbers
                .not_negative("quantity_micro")?
                .div_euclid(QUANTITY_ONE_MICRO),
        ),
        "per_amount" => {
            let (step_minor, amount_minor) = (
                numbers.at_least("step_minor", 1)?,
                numbers.whole("amount_minor")?,
            );
            each(amount_minor.max(0).div_euclid(step_minor))
        }
        "percent" => percent(numbers),
        "fixed" => each(1),
        "every" => {
            let (nth, before, delta) = (
                numbers.at_least("nth", 1)?,
                numbers.whole("before")?,
                numbers.whole("delta")?,
            );
            // Each is bounded, their sum need not be: only what it earns is an amount.
            let after = before + delta;
            each((after.div_euclid(nth) - before.div_euclid(nth)).max(0))
        }
        "per_measure" => {
            let (step, value) = (numbers.at_least("step", 1)?, numbers.whole("value")?);
            each(value.max(0).div_euclid(step))
        }
        "boost" => {
            let (base, rate_bp) = (
                numbers.not_negative("base")?,
                numbers.not_negative("rate_bp")?,
            );
            // The boosted base belongs to nobody and may be larger than what is added.
            let one = i128::from(RATE_ONE_BP);
            let boosted = (i128::from(base) * i128::from(rate_bp) + one / 2) / one;
            Ok(amount::checked(boosted - i128::from(base))?)
        }
        _ => Err(Why::UnknownStep),
    }
}

/// A share of an amount in points, by what a point is worth: `amount * rate / 10,000` minor units,
/// and a point is `minor_per_point_micro / 1,000,000` of one.
fn percent(numbers: &Numbers<'_>) -> Result<i64, Why> {
    let worth = numbers.at_least("minor_per_point_micro", 1)?;
    let (amount_minor, rate_bp) = (
        numbers.whole("amount_minor")?,
        numbers.not_negative("rate_bp")?,
    );
    let scaled = i128::from(amount_minor) * i128::from(rate_bp);
    // Both are at most 2^53 - 1, so that a hundred times their product still fits.
    floor(scaled * 100, worth)
}

/// What a bound takes from what a rule gave: it and what the bound let through come to all of it.
fn cut(given: i64, numbers: &Numbers<'_>) -> Result<i64, Why> {
    let (left, cut) = (numbers.not_negative("left")?, numbers.at_least("cut", 1)?);
    let said = amount::sum([left, cut])?;
    (said == given).then_some(cut).ok_or(Why::OfSomethingElse {
        said,
        counted: given,
    })
}

fn floor(dividend: i128, divisor: i64) -> Result<i64, Why> {
    Ok(amount::checked(dividend.div_euclid(i128::from(divisor)))?)
}

fn total(shares: &[i64]) -> i128 {
    shares.iter().copied().map(i128::from).sum()
}

/// The part at `place` of `whole` split by shares: each is rounded down, and what is left over goes
/// one by one to the largest remainders, of equal ones to the earlier.
fn split(whole: i64, shares: &[i64], place: usize) -> Result<i64, Why> {
    let total = total(shares);
    let Some(own) = shares.get(place).copied().filter(|_| total > 0) else {
        return Err(Why::OutOfRange("place"));
    };
    let exact = |share: i64| i128::from(whole) * i128::from(share);
    let down: i128 = shares.iter().map(|one| exact(*one).div_euclid(total)).sum();
    let left_over = i128::from(whole) - down;
    let own_rest = exact(own).rem_euclid(total);
    let before_own = shares.iter().enumerate().filter(|(at, share)| {
        let rest = exact(**share).rem_euclid(total);
        rest > own_rest || (rest == own_rest && *at < place)
    });
    let rank = before_own.count() as i128;
    let more = i128::from(rank < left_over);
    Ok(amount::checked(exact(own).div_euclid(total) + more)?)
}

/// The numbers of a step. Each is at most 2^53 - 1 in size, as every amount in JSON.
struct Numbers<'a>(&'a BTreeMap<String, Value>);

impl Numbers<'_> {
    fn inner(&self) -> bool {
        self.0.get("inner").and_then(Value::as_bool) == Some(true)
    }

    fn whole(&self, name: &'static str) -> Result<i64, Why> {
        let number = self.0.get(name).and_then(Value::as_i64);
        Ok(amount::checked(i128::from(
            number.ok_or(Why::Missing(name))?,
        ))?)
    }

    fn at_least(&self, name: &'static str, least: i64) -> Result<i64, Why> {
        let number = self.whole(name)?;
        (number >= least)
            .then_some(number)
            .ok_or(Why::OutOfRange(name))
    }

    fn not_negative(&self, name: &'static str) -> Result<i64, Why> {
        self.at_least(name, 0)
    }

    /// The shares of a split, none negative, and which of them is meant.
    fn shares(&self, name: &'static str) -> Result<(Vec<i64>, usize), Why> {
        let listed = self.0.get(name).and_then(Value::as_array);
        let read = |share: &Value| {
            let share = share
                .as_i64()
                .filter(|share| (0..=amount::AMOUNT_SIZE_MAX).contains(share));
            share.ok_or(Why::OutOfRange(name))
        };
        let shares = listed.ok_or(Why::Missing(name))?.iter().map(read);
        let place = usize::try_from(self.whole("place")?);
        Ok((
            shares.collect::<Result<_, _>>()?,
            place.map_err(|_| Why::OutOfRange("place"))?,
        ))
    }
}

#[cfg(test)]
mod tests;
