//! Integers for money and points: bounds at every JSON boundary, and each rounding has a name.

use thiserror::Error;

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

/// `amount` times `rate_bp` basis points, rounded half away from zero.
pub fn times_bp(amount: i64, rate_bp: i64) -> Result<i64, Overflow> {
    let product = i128::from(amount) * i128::from(rate_bp);
    let one = i128::from(RATE_ONE_BP);
    let half = if product >= 0 { one / 2 } else { -(one / 2) };
    checked((product + half) / one)
}

/// A sum that stays inside the bounds.
pub fn sum(amounts: impl IntoIterator<Item = i64>) -> Result<i64, Overflow> {
    checked(amounts.into_iter().map(i128::from).sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_pieces_and_full_steps_earn() {
        assert_eq!(per_unit(120, 2_999_999), Ok(240));
        assert_eq!(per_amount(1, 1_000, 12_999), Ok(12));
        assert_eq!(per_amount(1, 0, 12_999), Ok(0));
    }

    #[test]
    fn rates_round_half_away_from_zero() {
        assert_eq!(times_bp(5, 15_000), Ok(8));
        assert_eq!(times_bp(-5, 15_000), Ok(-8));
        assert_eq!(times_bp(120, 20_000), Ok(240));
    }

    #[test]
    fn nothing_leaves_the_exact_range() {
        assert_eq!(
            per_unit(AMOUNT_SIZE_MAX, 2 * QUANTITY_ONE_MICRO),
            Err(Overflow)
        );
        assert_eq!(sum([AMOUNT_SIZE_MAX, 1]), Err(Overflow));
    }
}
