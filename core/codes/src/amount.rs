//! Amounts as people type them: `12`, `12,5`, `12.50`, ` 1 234,50`. Integers only, no float on the way.

use crate::error::{CodeError, CodeErrorKind as Kind};

/// The largest amount in minor units: 2^53 - 1, which JSON readers of every language hold exactly.
pub const AMOUNT_MINOR_MAX: i64 = (1 << 53) - 1;

/// The longest text of an amount, in bytes.
pub const AMOUNT_LENGTH_BYTES_MAX: usize = 64;

/// Reads an amount of a unit with `decimals` decimals and returns it in minor units (0 to 2^53 - 1).
///
/// Comma or point is the decimal mark. Spaces (also the unbreakable ones) may group digits by three;
/// when comma and point both occur, the last is the mark and the other groups.
///
/// # Errors
/// `empty`, `negative`, `bad_character`, `bad_amount`, `too_many_decimals`, `out_of_range`, `too_long`.
pub fn parse_amount(text: &str, decimals: u8) -> Result<i64, CodeError> {
    let body = text.trim();
    let start = text.len() - text.trim_start().len();
    if body.is_empty() {
        return Err(CodeError::new(0, Kind::Empty));
    }
    if body.len() > AMOUNT_LENGTH_BYTES_MAX {
        return Err(CodeError::new(start, Kind::TooLong));
    }
    read(body, decimals).map_err(|error| error.shifted(start))
}

fn read(body: &str, decimals: u8) -> Result<i64, CodeError> {
    if body.starts_with(['-', '\u{2212}']) {
        return Err(CodeError::new(0, Kind::Negative));
    }
    let mark = body.rfind([',', '.']);
    let (whole, fraction) = match mark {
        Some(at) => (body.get(..at).unwrap_or(""), body.get(at + 1..)),
        None => (body, None),
    };
    let grouping = match body.as_bytes().get(mark.unwrap_or(body.len())) {
        Some(b',') => '.',
        _ => ',',
    };
    let mut minor = whole_part(whole, if mark.is_some() { Some(grouping) } else { None })?;
    let fraction_start = mark.map_or(body.len(), |at| at + 1);
    let fraction = fraction.unwrap_or("");
    if mark.is_some() && fraction.is_empty() {
        return Err(CodeError::new(body.len() - 1, Kind::BadAmount));
    }
    for (i, c) in fraction.char_indices() {
        let digit = c
            .to_digit(10)
            .ok_or(CodeError::new(fraction_start + i, Kind::BadCharacter))?;
        if i >= usize::from(decimals) {
            return Err(CodeError::new(fraction_start + i, Kind::TooManyDecimals));
        }
        minor = push(minor, digit, fraction_start + i)?;
    }
    // A fraction is ASCII digits here, so its bytes are its digits.
    for _ in fraction.len()..usize::from(decimals) {
        minor = push(minor, 0, 0)?;
    }
    Ok(minor)
}

/// The digits before the mark; groups after a separator have exactly three.
fn whole_part(whole: &str, grouping: Option<char>) -> Result<i64, CodeError> {
    let (mut value, mut run, mut groups) = (0i64, 0usize, 0usize);
    let mut separator = None;
    for (i, c) in whole.char_indices() {
        if let Some(digit) = c.to_digit(10) {
            value = push(value, digit, i)?;
            run += 1;
            continue;
        }
        let groups_here = is_space(c) || Some(c) == grouping;
        if !groups_here {
            let second_mark = matches!(c, ',' | '.');
            let kind = if second_mark {
                Kind::BadAmount
            } else {
                Kind::BadCharacter
            };
            return Err(CodeError::new(i, kind));
        }
        let misplaced = if groups == 0 {
            !(1..=3).contains(&run)
        } else {
            run != 3
        };
        if misplaced || separator.is_some_and(|s| s != c) {
            return Err(CodeError::new(i, Kind::BadAmount));
        }
        (separator, groups, run) = (Some(c), groups + 1, 0);
    }
    if run == 0 || (groups > 0 && run != 3) {
        return Err(CodeError::new(whole.len(), Kind::BadAmount));
    }
    Ok(value)
}

fn push(value: i64, digit: u32, position: usize) -> Result<i64, CodeError> {
    value
        .checked_mul(10)
        .and_then(|v| v.checked_add(i64::from(digit)))
        .filter(|v| *v <= AMOUNT_MINOR_MAX)
        .ok_or(CodeError::new(position, Kind::OutOfRange))
}

/// The spaces that typists and number formatters put between thousands.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}')
}
