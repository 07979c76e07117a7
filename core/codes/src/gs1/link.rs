//! GS1 Digital Link: identifiers in a web address, percent escapes resolved, order checked.

use super::{Gs1, table};
use crate::error::{CodeError, CodeErrorKind as Kind};
use crate::url::{self, Piece, Url};

/// Reads a Digital Link; `Ok(None)` when the address is not one. Returns the base and the elements.
///
/// The base is scheme, host in lower case and the path before the key, without a slash at its end.
pub(crate) fn parse_link(url: &Url<'_>) -> Result<Option<(String, Gs1)>, CodeError> {
    let Some(key_index) = find_key(&url.segments) else {
        return Ok(None);
    };
    let (prefix, path) = url.segments.split_at(key_index);
    let mut gs1 = Gs1::default();
    read_path(path, &mut gs1)?;
    if let Some(query) = url.query {
        read_query(query, &mut gs1)?;
    }
    let scheme = if url.secure { "https" } else { "http" };
    let mut base = format!("{scheme}://{}", url.host.to_lowercase());
    for segment in prefix {
        base.push('/');
        base.push_str(segment.text);
    }
    Ok(Some((base, gs1)))
}

/// The first segment that is a primary key followed by a value of its shape.
fn find_key(segments: &[Piece<'_>]) -> Option<usize> {
    (0..segments.len()).find(|index| {
        let (Some(key), Some(value)) = (segments.get(*index), segments.get(index + 1)) else {
            return false;
        };
        let Some(qualifiers) = table::qualifiers(key.text) else {
            return false;
        };
        let digits = value
            .text
            .bytes()
            .take_while(|b| b.is_ascii_digit())
            .count();
        let all_digits = digits == value.text.len();
        match key.text {
            "01" => all_digits && matches!(digits, 8 | 12 | 13 | 14),
            "00" | "8006" | "8017" | "8018" => all_digits && digits == 18,
            "402" => all_digits && digits == 17,
            "414" | "415" | "417" => all_digits && digits == 13,
            "253" | "255" => digits >= 13,
            "8003" => digits >= 14,
            // Keys that hold any text: only a path that fits to its end counts.
            _ => {
                let after = segments.get(index + 2..).unwrap_or(&[]);
                let known = |s: &&Piece<'_>| qualifiers.iter().any(|q| q.contains(&s.text));
                after.len().is_multiple_of(2) && after.iter().step_by(2).all(|s| known(&s))
            }
        }
    })
}

fn read_path(path: &[Piece<'_>], gs1: &mut Gs1) -> Result<(), CodeError> {
    let key = path.first().map_or("", |piece| piece.text);
    let mut used = Vec::new();
    for pair in path.chunks(2) {
        let [ai, rest @ ..] = pair else { continue };
        if table::find(ai.text).is_none() {
            let kind = if looks_compressed(ai.text) && rest.is_empty() {
                Kind::CompressedLink
            } else {
                Kind::UnknownAi
            };
            return Err(CodeError::new(ai.at, kind));
        }
        let Some(value) = rest.first() else {
            return Err(CodeError::new(ai.at + ai.text.len(), Kind::Empty));
        };
        if !gs1.elements.is_empty() {
            used.push(ai.text);
            if !in_order(key, &used) {
                return Err(CodeError::new(ai.at, Kind::QualifierOrder));
            }
        }
        add(*ai, *value, gs1)?;
    }
    Ok(())
}

/// Whether `used` is a part, in order, of one of the key's alternatives.
fn in_order(key: &str, used: &[&str]) -> bool {
    table::qualifiers(key).unwrap_or(&[]).iter().any(|allowed| {
        let mut left = allowed.iter();
        used.iter().all(|ai| left.any(|candidate| candidate == ai))
    })
}

/// The rest of a half-compressed link: base64url that no person would write as a word.
fn looks_compressed(text: &str) -> bool {
    let base64url = text
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    base64url && text.len() >= 4 && text.bytes().any(|b| b.is_ascii_uppercase())
}

/// Attributes stand in the query; names that are no numbers belong to the web site and are left out.
fn read_query(query: Piece<'_>, gs1: &mut Gs1) -> Result<(), CodeError> {
    for part in query.split('&') {
        let Some((name, value)) = part.name_and_value() else {
            continue;
        };
        if name.text.is_empty() || !name.text.bytes().all(|b| b.is_ascii_digit()) {
            continue;
        }
        let qualifier = matches!(
            name.text,
            "22" | "10" | "21" | "235" | "254" | "8011" | "8019"
        );
        if table::find(name.text).is_none() {
            return Err(CodeError::new(name.at, Kind::UnknownAi));
        }
        if qualifier || name.text == "01" || name.text == "00" {
            return Err(CodeError::new(name.at, Kind::QualifierOrder));
        }
        add(name, value, gs1)?;
    }
    Ok(())
}

fn add(ai: Piece<'_>, value: Piece<'_>, gs1: &mut Gs1) -> Result<(), CodeError> {
    let text = value.decoded()?;
    gs1.push(ai.text, &text, true)
        .map_err(|error| match error.kind {
            Kind::UnknownAi | Kind::DuplicateAi => CodeError::new(ai.at, error.kind),
            // Padding and escapes move characters; the end of the value is the furthest truth.
            _ => CodeError::new(value.at + error.position.min(value.text.len()), error.kind),
        })
}

impl Gs1 {
    /// The Digital Link of these elements under `base` (such as `https://id.gs1.org`).
    ///
    /// `None` without a primary key. Qualifiers go to the path, the rest to the query.
    pub fn to_link(&self, base: &str) -> Option<String> {
        let (key, value) = self
            .elements
            .iter()
            .find(|(ai, _)| table::qualifiers(ai).is_some())?;
        let alternatives = table::qualifiers(key)?;
        let present = |order: &&&[&str]| order.iter().any(|ai| self.get(ai).is_some());
        let order = alternatives.iter().find(present).copied().unwrap_or(&[]);
        let mut out = format!(
            "{}/{key}/{}",
            base.trim_end_matches('/'),
            url::encode(value)
        );
        for ai in order {
            if let Some(value) = self.get(ai) {
                out.push_str(&format!("/{ai}/{}", url::encode(value)));
            }
        }
        let mut mark = '?';
        for (ai, value) in &self.elements {
            if ai != key && !order.contains(&ai.as_str()) {
                out.push_str(&format!("{mark}{ai}={}", url::encode(value)));
                mark = '&';
            }
        }
        Some(out)
    }
}
