//! The `name=value&…` part that both dialects share: any order, stray spaces, each name once.

use crate::error::{CodeError, CodeErrorKind as Kind};
use crate::gtin::first_non_digit;
use crate::url::Piece;

/// A value without white space and the offset at which it stands in the code's text.
#[derive(Debug)]
pub(super) struct Field {
    pub at: usize,
    pub text: String,
}

impl Field {
    /// Fails with `bad_character` unless the value is 1 to `max` digits (`too_long` beyond).
    pub fn digits(&self, max: usize) -> Result<(), CodeError> {
        if self.text.is_empty() {
            return Err(CodeError::new(self.at, Kind::Empty));
        }
        if let Some(bad) = first_non_digit(&self.text) {
            return Err(CodeError::new(self.at + bad, Kind::BadCharacter));
        }
        if self.text.len() > max {
            return Err(CodeError::new(self.at + max, Kind::TooLong));
        }
        Ok(())
    }

    /// An error about this value as a whole.
    pub fn error(&self, kind: Kind) -> CodeError {
        CodeError::new(self.at, kind)
    }
}

/// A field's name as it was meant: without spaces, a `?` left over from an address, and the rest of
/// an `&amp;` that a web page wrote for the `&` before it.
fn plain_name(name: &str) -> &str {
    let name = name.trim();
    let name = name.strip_prefix("amp;").unwrap_or(name);
    name.trim_start_matches('?').trim()
}

/// Takes the fields `names` out of a query, in the order of `names`; other fields are left out.
pub(super) fn take<const N: usize>(
    query: Piece<'_>,
    names: [&str; N],
    decode: bool,
) -> Result<[Option<Field>; N], CodeError> {
    let mut found = [const { None }; N];
    for part in query.split('&') {
        let Some((name, value)) = part.name_and_value() else {
            continue;
        };
        let wanted = names
            .iter()
            .position(|n| plain_name(name.text).eq_ignore_ascii_case(n));
        let Some(slot) = wanted.and_then(|i| found.get_mut(i)) else {
            continue;
        };
        if slot.is_some() {
            return Err(CodeError::new(name.at, Kind::DuplicateField));
        }
        let text = if decode {
            value.decoded()?
        } else {
            value.text.to_owned()
        };
        let text = text.chars().filter(|c| !c.is_whitespace()).collect();
        *slot = Some(Field { at: value.at, text });
    }
    Ok(found)
}

/// The names that occur in a query.
pub(super) fn count_names(query: &str, names: &[&str]) -> usize {
    let has = |name: &&&str| {
        query.split('&').any(|part| {
            part.split_once('=')
                .is_some_and(|(key, _)| plain_name(key).eq_ignore_ascii_case(name))
        })
    };
    names.iter().filter(has).count()
}
