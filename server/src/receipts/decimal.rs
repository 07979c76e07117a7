//! Numbers of JSON as integers: a quantity of `2.474` is 2,474,000 millionths. No float on the way.

/// The largest exponent that is looked at; beyond it a number is out of range anyway.
const EXPONENT_MAX: i64 = 40;

/// A JSON number, or the same in quotes, times 10^`scale`, rounded half away from zero. None when it is
/// no number or does not fit.
pub(super) fn scaled(text: &str, scale: i64) -> Option<i64> {
    let text = text.trim();
    let (negative, body) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (mantissa, exponent) = match body.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
        None => (body, 0),
    };
    if exponent.abs() > EXPONENT_MAX {
        return None;
    }
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = || whole.bytes().chain(fraction.bytes());
    if whole.is_empty() || !digits().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    // How many of the digits stand before the mark once it has moved.
    let kept = i64::try_from(whole.len()).ok()? + exponent + scale;
    let (mut value, mut count, mut next) = (0_i64, 0_i64, 0_u8);
    for byte in digits() {
        let digit = byte - b'0';
        if count < kept {
            value = value.checked_mul(10)?.checked_add(i64::from(digit))?;
        } else if count == kept {
            next = digit;
        }
        count += 1;
    }
    while count < kept && value != 0 {
        value = value.checked_mul(10)?;
        count += 1;
    }
    // Below the first digit nothing is left that could be rounded up.
    if kept >= 0 && next >= 5 {
        value = value.checked_add(1)?;
    }
    Some(if negative { -value } else { value })
}

/// The same, only when nothing has to be rounded away.
pub(super) fn exact(text: &str, scale: i64) -> Option<i64> {
    let value = scaled(text, scale)?;
    let finer = scaled(text, scale + 6)?;
    (value.checked_mul(1_000_000)? == finer).then_some(value)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn quantities_and_amounts_are_whole_numbers() {
        assert_eq!(scaled("2.474", 6), Some(2_474_000));
        assert_eq!(scaled("2", 6), Some(2_000_000));
        assert_eq!(scaled("0.0000005", 6), Some(1));
        assert_eq!(scaled("0.00000049", 6), Some(0));
        assert_eq!(scaled("1.5e2", 6), Some(150_000_000));
        assert_eq!(scaled("-0.5", 0), Some(-1));
        assert_eq!(exact("284538.0", 0), Some(284_538));
        assert_eq!(exact("284538.5", 0), None);
        for bad in [
            "",
            "-",
            ".",
            ".5",
            "1.2.3",
            "1e",
            "1e99",
            "NaN",
            "0x1",
            "9999999999999999999",
        ] {
            assert_eq!(scaled(bad, 0), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn every_text_gives_a_number_or_nothing(text in "\\PC{0,40}", scale in 0_i64..8) {
            let _ = scaled(&text, scale);
            let _ = exact(&text, scale);
        }

        #[test]
        fn millionths_come_back_as_they_were(micro in 0_i64..9_000_000_000_000) {
            let text = format!("{}.{:06}", micro / 1_000_000, micro % 1_000_000);
            prop_assert_eq!(scaled(&text, 6), Some(micro));
            prop_assert_eq!(exact(&text, 6), Some(micro));
        }
    }
}
