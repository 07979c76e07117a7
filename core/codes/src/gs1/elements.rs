//! Element strings: the raw form of symbols and the typed form with parentheses.

use super::{GROUP_SEPARATOR, Gs1, marking, table};
use crate::error::{CodeError, CodeErrorKind as Kind};

/// Reads the raw form. Values of variable length end at the separator or at the end of the text.
///
/// A separator in front is allowed only with `leading_separator`: some cameras send the FNC1 that
/// marks the symbol as GS1. One separator after any value is harmless; two in a row are not.
pub(crate) fn parse_raw(text: &str, leading_separator: bool) -> Result<Gs1, CodeError> {
    if let Some((at, c)) = text.char_indices().find(|(_, c)| !c.is_ascii()) {
        // The picture of the separator, as documents show it.
        let kind = if c == '\u{241d}' {
            Kind::LiteralSeparator
        } else {
            Kind::BadCharacter
        };
        return Err(CodeError::new(at, kind));
    }
    let mut gs1 = Gs1::default();
    let mut at = 0;
    if text.starts_with(GROUP_SEPARATOR) {
        if !leading_separator {
            return Err(CodeError::new(0, Kind::LeadingSeparator));
        }
        at = 1;
    }
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        at += read_element(rest, &mut gs1).map_err(|error| error.shifted(at))?;
    }
    if gs1.elements.is_empty() {
        return Err(CodeError::new(0, Kind::Empty));
    }
    Ok(gs1)
}

/// Reads one element with the separator after it and returns the bytes used.
fn read_element(rest: &str, gs1: &mut Gs1) -> Result<usize, CodeError> {
    if rest.starts_with(GROUP_SEPARATOR) {
        return Err(CodeError::new(0, Kind::DoubleSeparator));
    }
    let (ai, row) = table::leading(rest).ok_or(CodeError::new(0, Kind::UnknownAi))?;
    let body = rest.get(ai.len()..).unwrap_or("");
    let until_separator = body.find(GROUP_SEPARATOR).unwrap_or(body.len());
    let length = if table::is_predefined(ai) {
        until_separator.min(row.lengths().1)
    } else {
        marking::length_without_separators(ai, body).unwrap_or(until_separator)
    };
    let value = body.get(..length).unwrap_or("");
    gs1.push(ai, value, false)
        .map_err(|error| place(error, ai.len()))?;
    let used = ai.len() + length;
    let separator = rest
        .get(used..)
        .is_some_and(|tail| tail.starts_with(GROUP_SEPARATOR));
    Ok(used + usize::from(separator))
}

/// Moves an error about a value behind its identifier; one about the identifier stays on it.
fn place(error: CodeError, value_at: usize) -> CodeError {
    match error.kind {
        Kind::UnknownAi | Kind::DuplicateAi => error,
        _ => error.shifted(value_at),
    }
}

/// Reads the typed form, `(01)09521234543213(10)ABC`, spaces around values allowed.
///
/// A value ends where `(`, 2 to 4 digits and `)` follow; `\(` stands for a parenthesis of the value.
/// Trade items may have 8, 12, 13 or 14 digits.
pub(crate) fn parse_bracketed(text: &str) -> Result<Gs1, CodeError> {
    if let Some(at) = text.bytes().position(|b| !b.is_ascii()) {
        return Err(CodeError::new(at, Kind::BadCharacter));
    }
    let mut gs1 = Gs1::default();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let ai = bracketed_ai(rest).ok_or_else(|| broken_bracket(rest).shifted(at))?;
        let value_at = at + ai.len() + 2;
        let tail = text.get(value_at..).unwrap_or("");
        let end = next_bracket(tail);
        let raw = tail.get(..end).unwrap_or("");
        let value = raw.trim().replace("\\(", "(");
        let indent = raw.len() - raw.trim_start().len();
        gs1.push(ai, &value, true)
            .map_err(|error| match error.kind {
                Kind::UnknownAi | Kind::DuplicateAi => error.shifted(at + 1),
                // Padding and escapes move characters; the end of the value is the furthest truth.
                _ => CodeError::new(
                    (value_at + indent + error.position).min(value_at + end),
                    error.kind,
                ),
            })?;
        at = value_at + end;
    }
    if gs1.elements.is_empty() {
        return Err(CodeError::new(0, Kind::Empty));
    }
    Ok(gs1)
}

/// The identifier of a text that begins with `(digits)`.
fn bracketed_ai(text: &str) -> Option<&str> {
    let (ai, _) = text.strip_prefix('(')?.split_once(')')?;
    let fits = (2..=4).contains(&ai.len()) && ai.bytes().all(|b| b.is_ascii_digit());
    fits.then_some(ai)
}

fn broken_bracket(text: &str) -> CodeError {
    match text.find(')') {
        Some(_) if text.starts_with('(') => CodeError::new(1, Kind::UnknownAi),
        _ => CodeError::new(0, Kind::Parenthesis),
    }
}

/// The offset of the next unescaped `(digits)`, or the end.
fn next_bracket(text: &str) -> usize {
    let escaped = |at: usize| at > 0 && text.as_bytes().get(at - 1) == Some(&b'\\');
    text.match_indices('(')
        .map(|(at, _)| at)
        .find(|at| {
            !escaped(*at)
                && text
                    .get(*at..)
                    .is_some_and(|tail| bracketed_ai(tail).is_some())
        })
        .unwrap_or(text.len())
}
