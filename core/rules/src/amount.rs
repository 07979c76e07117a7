//! Integers for money and points: bounds at every JSON boundary, and each rounding has a name.

use serde::{Deserialize, Serialize};
use thiserror::Error;
use ts_rs::TS;

/// The largest size of an amount at a JSON boundary: 2^53 - 1, exact in every JSON reader.
pub const AMOUNT_SIZE_MAX: i64 = (1 << 53) - 1;
/// One whole piece, as a quantity in millionths.
pub const QUANTITY_ONE_MICRO: i64 = 1_000_000;
/// One hundred per cent in basis points.
pub const RATE_ONE_BP: i64 = 10_000;

/// An amount left the range that this system keeps exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("an amount is larger than 2^53 - 1")]
pub struct Overflow;

/// Refuses an amount that a JSON reader elsewhere could not hold exactly.
pub fn checked(amount: i128) -> Result<i64, Overflow> {
    let bound = i128::from(AMOUNT_SIZE_MAX);
    if (-bound..=bound).contains(&amount) {
        i64::try_from(amount).map_err(|_| Overflow)
    } else {
        Err(Overflow)
    }
}

/// `points` for each whole piece in `quantity_micro` (millionths); a started piece earns nothing.
pub fn per_unit(points: i64, quantity_micro: i64) -> Result<i64, Overflow> {
    let whole = quantity_micro.div_euclid(QUANTITY_ONE_MICRO);
    checked(i128::from(points) * i128::from(whole))
}

/// `points` for each full `step_minor` of `amount_minor`; a started step earns nothing.
pub fn per_amount(points: i64, step_minor: i64, amount_minor: i64) -> Result<i64, Overflow> {
    if step_minor <= 0 || amount_minor <= 0 {
        return Ok(0);
    }
    checked(i128::from(points) * i128::from(amount_minor / step_minor))
}

/// How a quotient becomes a whole number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// Towards zero.
    Down,
    /// Away from zero.
    Up,
    /// To the nearest; halves away from zero.
    HalfAwayFromZero,
    /// To the nearest; halves to the even neighbour.
    HalfEven,
}

/// `amount` times `numerator` over `denominator`. A denominator of zero has no exact answer.
pub fn ratio(
    amount: i64,
    numerator: i64,
    denominator: i64,
    rounding: Rounding,
) -> Result<i64, Overflow> {
    let product = i128::from(amount) * i128::from(numerator);
    checked(quotient(product, i128::from(denominator), rounding).ok_or(Overflow)?)
}

/// `dividend` over `divisor`; none when the divisor is zero. The dividend is at most 2^126 in size
/// and the divisor at most 2^63, so that nothing here leaves 128 bits.
fn quotient(dividend: i128, divisor: i128, rounding: Rounding) -> Option<i128> {
    let whole = dividend.checked_div(divisor)?;
    let rest = dividend.checked_rem(divisor)?;
    if rest == 0 {
        return Some(whole);
    }
    let away = if (dividend < 0) == (divisor < 0) {
        1
    } else {
        -1
    };
    let half = (2 * rest.abs()).cmp(&divisor.abs());
    let rounds_away = match rounding {
        Rounding::Down => false,
        Rounding::Up => true,
        Rounding::HalfAwayFromZero => half.is_ge(),
        Rounding::HalfEven => half.is_gt() || (half.is_eq() && whole % 2 != 0),
    };
    Some(if rounds_away { whole + away } else { whole })
}

/// `amount` times `rate_bp` basis points, rounded half away from zero.
pub fn times_bp(amount: i64, rate_bp: i64) -> Result<i64, Overflow> {
    ratio(amount, rate_bp, RATE_ONE_BP, Rounding::HalfAwayFromZero)
}

/// What an amount should be divided by makes no parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("an amount cannot be divided so")]
pub struct Indivisible;

/// Divides `total` by weights, exactly: each gets its share towards zero, and the units that are
/// then left go one each to the largest remainders, the earlier place first among equals. A weight
/// of zero gets nothing. Refuses weights that are none, all zero or below zero.
pub fn split(total: i64, weights: &[i64]) -> Result<Vec<i64>, Indivisible> {
    if weights.iter().any(|weight| *weight < 0) {
        return Err(Indivisible);
    }
    let whole: i128 = weights.iter().copied().map(i128::from).sum();
    if whole == 0 {
        return Err(Indivisible);
    }
    let size = i128::from(total).abs();
    let exact = weights.iter().map(|weight| size * i128::from(*weight));
    let (mut parts, rests): (Vec<i128>, Vec<i128>) =
        exact.map(|share| (share / whole, share % whole)).unzip();
    let mut places: Vec<usize> = (0..weights.len()).collect();
    // A stable sort: equals keep their order.
    places.sort_by_key(|place| std::cmp::Reverse(rests.get(*place)));
    let left = size - parts.iter().sum::<i128>();
    for place in places.into_iter().take(usize::try_from(left).unwrap_or(0)) {
        if let Some(part) = parts.get_mut(place) {
            *part += 1;
        }
    }
    let signed = |part: i128| if total < 0 { -part } else { part };
    let parts = parts.into_iter().map(|part| i64::try_from(signed(part)));
    parts.collect::<Result<_, _>>().map_err(|_| Indivisible)
}

/// The part of `total` for the pieces from `part_before` to `part_now` out of `whole`: what all
/// pieces up to `part_now` get, towards zero, less what those up to `part_before` got. Parts without
/// a gap add up to exactly `total`. Refuses pieces outside `0..=whole`, an end before its start and
/// a whole below one.
pub fn share_of_running(
    total: i64,
    part_before: i64,
    part_now: i64,
    whole: i64,
) -> Result<i64, Indivisible> {
    if whole < 1 || part_before < 0 || part_now < part_before || part_now > whole {
        return Err(Indivisible);
    }
    let up_to = |part: i64| i128::from(total) * i128::from(part) / i128::from(whole);
    i64::try_from(up_to(part_now) - up_to(part_before)).map_err(|_| Indivisible)
}

/// A sum that stays inside the bounds.
pub fn sum(amounts: impl IntoIterator<Item = i64>) -> Result<i64, Overflow> {
    checked(amounts.into_iter().map(i128::from).sum())
}

#[cfg(test)]
mod tests;
