//! Reading our own codes: dotted texts, typed unique codes, links.

use super::{OwnCode, base32, check_token, is_programme_tag, signed};
use crate::error::{CodeError, CodeErrorKind as Kind};
use crate::url::{Piece, Url};

const SECRET_LENGTH: usize = 17;
const CARD_LENGTH: usize = 27;

/// Reads `CRM1.`, `CRR1.`, `CRV1.`, `CRS1.`, `CRE1.` and `carrot-enrol:` codes; `None` for other texts.
pub(crate) fn parse_dotted(text: &str) -> Option<Result<OwnCode, CodeError>> {
    let enrolment = ["CRE1.", "carrot-enrol:"]
        .into_iter()
        .find(|prefix| starts(text, prefix));
    if let Some(prefix) = enrolment {
        let token = text.get(prefix.len()..)?;
        return Some(OwnCode::enrolment(token).map_err(|error| error.shifted(prefix.len())));
    }
    if starts(text, signed::SIGNED_PREFIX) {
        return Some(signed::parse(text).map(OwnCode::Signed));
    }
    let head = ["CRM1.", "CRR1.", "CRV1."]
        .into_iter()
        .find(|prefix| starts(text, prefix))?;
    Some(parse_of_programme(head, text))
}

fn starts(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(prefix))
}

fn parse_of_programme(head: &str, text: &str) -> Result<OwnCode, CodeError> {
    let tail = text.get(head.len()..).unwrap_or("");
    let (tag, token) = tail
        .split_once('.')
        .ok_or(CodeError::new(text.len(), Kind::TooShort))?;
    let programme = tag.to_ascii_lowercase();
    if !is_programme_tag(&programme) {
        return Err(CodeError::new(head.len(), Kind::BadProgramme));
    }
    let token_at = head.len() + tag.len() + 1;
    if head == "CRM1." {
        return card(programme, token).map_err(|error| error.shifted(token_at));
    }
    check_token(token).map_err(|error| error.shifted(token_at))?;
    let token = token.to_owned();
    Ok(match head {
        "CRV1." => OwnCode::Voucher { programme, token },
        _ => OwnCode::RotatingMember { programme, token },
    })
}

fn card(programme: String, text: &str) -> Result<OwnCode, CodeError> {
    let symbols = checked_symbols(&programme, text, CARD_LENGTH)?;
    let body = symbols.get(..CARD_LENGTH - 1).unwrap_or("");
    let bytes = base32::decode::<16>(body).ok_or(CodeError::new(0, Kind::OutOfRange))?;
    Ok(OwnCode::member_card(&programme, bytes))
}

/// The symbols in their standard form, if there are `length` of them and the last one checks the rest.
fn checked_symbols(programme: &str, text: &str, length: usize) -> Result<String, CodeError> {
    let mut symbols = String::with_capacity(length);
    for (at, c) in text.char_indices() {
        if is_filler(c) {
            continue;
        }
        let value = base32::value(c).ok_or(CodeError::new(at, Kind::BadCharacter))?;
        if symbols.len() == length {
            return Err(CodeError::new(at, Kind::TooLong));
        }
        symbols.push(base32::symbol(value));
    }
    if symbols.len() < length {
        return Err(CodeError::new(text.len(), Kind::TooShort));
    }
    let body = symbols.get(..length - 1).unwrap_or("");
    if symbols.ends_with(base32::check_symbol(programme, body)) {
        Ok(symbols)
    } else {
        Err(CodeError::new(
            text.len().saturating_sub(1),
            Kind::CheckDigit,
        ))
    }
}

fn is_filler(c: char) -> bool {
    c == '-' || c.is_whitespace() || matches!(c, '\u{2010}'..='\u{2015}')
}

/// Reads a typed unique code; `None` for texts that do not look like one.
///
/// A text in the printed grouping is taken at its word and its errors are reported. Any other
/// grouping counts only when the check symbol fits, for it may be something else. Digits 0 and 1 in
/// the tag are taken for O, I and L when only then the check symbol fits: print shows them alike.
pub(crate) fn parse_typed(text: &str) -> Option<Result<OwnCode, CodeError>> {
    let grouped = as_printed(text);
    let compact: Vec<(usize, char)> = text
        .char_indices()
        .filter(|(_, c)| !is_filler(*c))
        .collect();
    let tag_length = compact
        .len()
        .checked_sub(SECRET_LENGTH)
        .filter(|n| (2..=8).contains(n))?;
    if !compact.iter().all(|(_, c)| c.is_ascii_alphanumeric()) {
        return None;
    }
    let secret_at = compact.get(tag_length)?.0;
    let tag: String = compact
        .iter()
        .take(tag_length)
        .map(|(_, c)| c.to_ascii_lowercase())
        .collect();
    let secret = text.get(secret_at..)?;
    let error = match checked_symbols(&tag, secret, SECRET_LENGTH) {
        Ok(secret) => {
            return Some(Ok(OwnCode::Unique {
                programme: tag,
                secret,
            }));
        }
        Err(error) => error,
    };
    for programme in [
        tag.replace('0', "o").replace('1', "i"),
        tag.replace('0', "o").replace('1', "l"),
    ] {
        if let Ok(secret) = checked_symbols(&programme, secret, SECRET_LENGTH) {
            return Some(Ok(OwnCode::Unique { programme, secret }));
        }
    }
    grouped.then(|| Err(error.shifted(secret_at)))
}

/// Whether the text has the groups of the printed form: tag, four times four, one.
fn as_printed(text: &str) -> bool {
    let mut groups = text.split(is_filler).filter(|group| !group.is_empty());
    let tag = groups.next().map_or(0, str::len);
    (2..=8).contains(&tag) && groups.map(str::len).eq([4, 4, 4, 4, 1])
}

/// Reads `https://HOST/…/w/{programme}/{code}`; `None` for other addresses.
///
/// On other hosts than ours only a code of the right length and alphabet counts as one.
pub(crate) fn parse_unique_link(url: &Url<'_>) -> Option<Result<OwnCode, CodeError>> {
    let [.., marker, tag, code] = url.segments.as_slice() else {
        return None;
    };
    if !url.secure || !marker.text.eq_ignore_ascii_case("w") {
        return None;
    }
    let ours = url.host.eq_ignore_ascii_case(super::UNIQUE_HOST);
    match read_link(*tag, *code) {
        Err(error) if !ours && error.kind != Kind::CheckDigit => None,
        read => Some(read),
    }
}

fn read_link(tag: Piece<'_>, code: Piece<'_>) -> Result<OwnCode, CodeError> {
    let programme = tag.text.to_ascii_lowercase();
    if !is_programme_tag(&programme) {
        return Err(CodeError::new(tag.at, Kind::BadProgramme));
    }
    let secret = checked_symbols(&programme, code.text, SECRET_LENGTH);
    let secret = secret.map_err(|error| error.shifted(code.at))?;
    Ok(OwnCode::Unique { programme, secret })
}
