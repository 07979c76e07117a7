//! One value against its row of the table: characters, lengths, check digits, dates.

use super::table::{Part, Row, Rule, Set};
use crate::calendar;
use crate::error::{CodeError, CodeErrorKind as Kind};
use crate::gtin::check_digit_holds;

/// Checks the value of identifier `ai`; positions count from the value's first byte.
pub(super) fn check(ai: &str, row: &Row, value: &str) -> Result<(), CodeError> {
    if value.is_empty() {
        return Err(CodeError::new(0, Kind::Empty));
    }
    let (_, longest) = row.lengths();
    if value.len() > longest {
        let kind = if letters_for_separator(ai, value) {
            Kind::LiteralSeparator
        } else {
            Kind::TooLong
        };
        return Err(CodeError::new(longest, kind));
    }
    if letters_for_separator(ai, value) {
        return Err(CodeError::new(0, Kind::LiteralSeparator));
    }
    let marking = matches!(ai, "21" | "91" | "92" | "93");
    let mut at = 0;
    for part in row.parts {
        let end = (at + part.max).min(value.len());
        let text = value
            .get(at..end)
            .ok_or(CodeError::new(at, Kind::BadCharacter))?;
        check_part(part, text, marking).map_err(|error| error.shifted(at))?;
        at = end;
    }
    Ok(())
}

fn check_part(part: &Part, text: &str, marking: bool) -> Result<(), CodeError> {
    if let Some(bad) = text
        .bytes()
        .position(|byte| !allows(part.set, byte, marking))
    {
        return Err(CodeError::new(bad, Kind::BadCharacter));
    }
    if text.len() < part.min {
        return Err(CodeError::new(text.len(), Kind::TooShort));
    }
    if text.is_empty() {
        return Ok(());
    }
    let (holds, kind) = match part.rule {
        Rule::None => (true, Kind::BadCharacter),
        Rule::CheckDigit => (check_digit_holds(text), Kind::CheckDigit),
        Rule::DateZeroDay => (calendar::is_short_date(text, true), Kind::BadDate),
        Rule::Date => (calendar::is_short_date(text, false), Kind::BadDate),
        Rule::Time => (calendar::is_hour_minute(text), Kind::BadDate),
        Rule::DateHour => (is_date_hour(text), Kind::BadDate),
        Rule::YesNo => (matches!(text, "0" | "1"), Kind::BadCharacter),
        Rule::Zero => (text == "0", Kind::BadCharacter),
        Rule::PieceOfTotal => (is_piece_of_total(text), Kind::OutOfRange),
        Rule::ModelCheck => (model_check_holds(text), Kind::CheckDigit),
    };
    if holds {
        return Ok(());
    }
    let at = if kind == Kind::CheckDigit {
        text.len() - 1
    } else {
        0
    };
    Err(CodeError::new(at, kind))
}

/// Marking codes of Chestny ZNAK also use braces, tilde and backtick.
fn allows(set: Set, byte: u8, marking: bool) -> bool {
    match set {
        Set::N => byte.is_ascii_digit(),
        Set::X => is_x(byte) || (marking && b"{}~`".contains(&byte)),
        Set::Y => byte.is_ascii_uppercase() || byte.is_ascii_digit() || b"#-/".contains(&byte),
        Set::Z => byte.is_ascii_alphanumeric() || b"-_=".contains(&byte),
    }
}

const X_CHARACTERS: &str =
    "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";

fn is_x(byte: u8) -> bool {
    X_CHARACTERS.as_bytes().contains(&byte)
}

fn is_date_hour(text: &str) -> bool {
    calendar::is_short_date(text, false) && matches!(calendar::two_digits(text, 6), Some(0..=23))
}

fn is_piece_of_total(text: &str) -> bool {
    let parts = (calendar::two_digits(text, 0), calendar::two_digits(text, 2));
    matches!(parts, (Some(piece), Some(total)) if piece > 0 && piece <= total)
}

/// The two check characters of a global model number: a sum with prime weights, modulo 1021.
fn model_check_holds(text: &str) -> bool {
    const PRIMES: [usize; 23] = [
        2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83,
    ];
    const PAIR: &[u8] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    let Some((body, pair)) = text
        .len()
        .checked_sub(2)
        .and_then(|at| text.split_at_checked(at))
    else {
        return false;
    };
    let sum: usize = body
        .bytes()
        .rev()
        .zip(PRIMES)
        .map(|(byte, prime)| prime * X_CHARACTERS.bytes().position(|b| b == byte).unwrap_or(0))
        .sum();
    let check = sum % 1021;
    !body.is_empty()
        && pair.bytes().eq([check / 32, check % 32]
            .iter()
            .filter_map(|i| PAIR.get(*i).copied()))
}

/// What printers and converters write where the separator should be.
const SEPARATOR_WORDS: [&str; 13] = [
    "GS", "<GS>", "{GS}", "[GS]", "(GS)", "<FNC1>", "{FNC1}", "FNC1", "^]", "\\u001d", "\\x1d",
    "\\x1D", "%1D",
];

/// Some printers write the letters "GS" where the separator should be: the value swallows what follows.
///
/// A serial of a marking code has 6, 7 or 13 characters; the key after it, 91 or 93, has 4.
/// Only a text of exactly that shape counts, since a serial may contain these letters by chance.
fn letters_for_separator(ai: &str, value: &str) -> bool {
    if ai != "21" {
        return false;
    }
    [6, 7, 13].into_iter().any(|serial| {
        let Some(tail) = value.get(serial..) else {
            return false;
        };
        SEPARATOR_WORDS.iter().any(|mark| {
            let Some(rest) = tail.strip_prefix(mark) else {
                return false;
            };
            match rest.get(..2) {
                Some("93") => rest.len() == 6 || rest.get(6..).is_some_and(|r| r.starts_with(mark)),
                // Two letters may be chance; longer marks are none.
                Some("91") if rest.len() == 6 => mark.len() > 2,
                Some("91") => rest.get(6..).is_some_and(|r| r.starts_with(mark)),
                _ => false,
            }
        })
    })
}
