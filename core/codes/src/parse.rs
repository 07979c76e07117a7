//! From a text to a typed code: which grammar a text belongs to, then that grammar's parser.

use crate::code::Code;
use crate::error::{CodeError, CodeErrorKind as Kind};
use crate::gs1::{self, GROUP_SEPARATOR, Gs1};
use crate::gtin::{Gtin, Sscc};
use crate::symbology::{self, Carrier};
use crate::url::{self, Piece, Url};
use crate::{layout, own, receipt};

/// The longest text that is looked at, in bytes; the largest square code holds less than half of it.
pub const TEXT_LENGTH_BYTES_MAX: usize = 16_384;

/// Reads the text of a code, as a camera, a wedge scanner or a person gave it.
///
/// White space at the ends and a symbology identifier (`]C1` and the like) are dropped. A text that
/// belongs to no known grammar is [`Code::Other`]; a text that belongs to one and breaks its rules is an error.
///
/// # Errors
/// See [`Kind`]; positions count bytes from the start of `text`.
pub fn parse(text: &str) -> Result<Code, CodeError> {
    let body = text.trim_matches(is_padding);
    let start = text.len() - text.trim_start_matches(is_padding).len();
    if body.is_empty() {
        return Err(CodeError::new(0, Kind::Empty));
    }
    if body.len() > TEXT_LENGTH_BYTES_MAX {
        return Err(CodeError::new(start + TEXT_LENGTH_BYTES_MAX, Kind::TooLong));
    }
    let (carrier, data_at) = symbology::strip(body);
    let data = body.get(data_at..).unwrap_or("").trim_matches(is_padding);
    let data_at = data_at
        + body.get(data_at..).map_or(0, |rest| {
            rest.len() - rest.trim_start_matches(is_padding).len()
        });
    if data.is_empty() {
        return Err(CodeError::new(start, Kind::Empty));
    }
    parse_data(carrier, data).map_err(|error| error.shifted(start + data_at))
}

/// White space and the byte order mark; not the group separator, which means something.
fn is_padding(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

/// Hosts whose addresses people and telephones also pass on without `https://`.
const KNOWN_HOSTS: [&str; 3] = ["id.gs1.org", "cabinet.tax.gov.ua", own::UNIQUE_HOST];
const SCHEME: &str = "https://";

fn begins_with_host(data: &str, host: &str) -> bool {
    let rest = data.get(host.len()..).filter(|rest| rest.starts_with('/'));
    rest.is_some()
        && data
            .get(..host.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(host))
}

/// Reads an address of a known host as if it had its scheme; positions stay those of the text.
fn without_scheme(data: &str) -> Result<Code, CodeError> {
    let whole = format!("{SCHEME}{data}");
    let Some(url) = url::split(&whole) else {
        return Ok(Code::Other(data.to_owned()));
    };
    match parse_address(&whole, &url) {
        Ok(Code::Other(_)) => Ok(Code::Other(data.to_owned())),
        Ok(code) => Ok(code),
        Err(error) => Err(CodeError::new(
            error.position.saturating_sub(SCHEME.len()),
            error.kind,
        )),
    }
}

fn parse_data(carrier: Carrier, data: &str) -> Result<Code, CodeError> {
    if let Some(url) = url::split(data) {
        return parse_address(data, &url);
    }
    if KNOWN_HOSTS.iter().any(|host| begins_with_host(data, host)) {
        return without_scheme(data);
    }
    if let Some(at) = layout::first_cyrillic(data) {
        return cyrillic(data, at);
    }
    match carrier {
        Carrier::Gs1 => return gs1::parse_raw(data, true).map(from_elements),
        Carrier::Gtin => return Gtin::parse(without_add_on(data)).map(Code::Gtin),
        Carrier::Any => {}
    }
    if data.starts_with("[)>") {
        // An ANSI message: its separators are not those of GS1.
        return Ok(Code::Other(data.to_owned()));
    }
    if let Some(own) = own::parse_dotted(data) {
        return own.map(Code::Own);
    }
    if data.starts_with('(') && data.as_bytes().get(1).is_some_and(u8::is_ascii_digit) {
        return gs1::parse_bracketed(data).map(from_elements);
    }
    if receipt::is_russian_query(data) {
        return receipt::parse_russian(Piece { at: 0, text: data }).map(Code::Receipt);
    }
    if let Some(number) = parse_number(data) {
        return number;
    }
    if data.contains(GROUP_SEPARATOR) || begins_like_elements(data) {
        let read = gs1::parse_raw(data, false).map(from_elements);
        return match (read, gs1::parse_tobacco(data)) {
            (Err(_), Some(pack)) => Ok(Code::Gs1(pack)),
            (read, _) => read,
        };
    }
    if let Some(pack) = gs1::parse_tobacco(data) {
        return Ok(Code::Gs1(pack));
    }
    if let Some(own) = own::parse_typed(data) {
        return own.map(Code::Own);
    }
    if let Some(gs1) = keyed_elements(data) {
        return Ok(from_elements(gs1));
    }
    Ok(Code::Other(data.to_owned()))
}

/// The 13 digits before an add-on, which counts issues or says a price.
fn without_add_on(digits: &str) -> &str {
    match digits.len() {
        15 | 18 => digits.get(..13).unwrap_or(digits),
        _ => digits,
    }
}

/// A pallet's number alone is a pallet; everything else keeps its elements.
fn from_elements(gs1: Gs1) -> Code {
    match gs1.sscc() {
        Some(sscc) if gs1.elements.len() == 1 => Code::Sscc(sscc),
        _ => Code::Gs1(gs1),
    }
}

fn parse_address(data: &str, url: &Url<'_>) -> Result<Code, CodeError> {
    if receipt::is_ukrainian_address(url) {
        return receipt::parse_ukrainian(url.query, data.len()).map(Code::Receipt);
    }
    // Some tills print the tax service's fields as the query of a link of their own.
    if let Some(query) = url
        .query
        .filter(|query| receipt::is_russian_query(query.text))
    {
        return receipt::parse_russian(query).map(Code::Receipt);
    }
    if let Some(own) = own::parse_unique_link(url) {
        return own.map(Code::Own);
    }
    if let Some((base, gs1)) = gs1::parse_link(url)? {
        return Ok(Code::DigitalLink { base, gs1 });
    }
    if gs1::is_compressed(url) {
        let at = url.segments.last().map_or(0, |segment| segment.at);
        return Err(CodeError::new(at, Kind::CompressedLink));
    }
    Ok(Code::Other(data.to_owned()))
}

/// Cyrillic letters come from a wedge under the wrong layout, unless they are plain prose.
fn cyrillic(data: &str, at: usize) -> Result<Code, CodeError> {
    let prose = data.contains(char::is_whitespace);
    let meant = || {
        let latin = layout::to_latin(data);
        // Letters without a Latin key would come here again and again.
        layout::first_cyrillic(&latin).is_none()
            && !matches!(parse(&latin), Ok(Code::Other(_)) | Err(_))
    };
    if prose && !meant() {
        return Ok(Code::Other(data.to_owned()));
    }
    Err(CodeError::new(at, Kind::CyrillicLayout))
}

/// Digits alone, perhaps in groups: a trade item, a pallet, or an element string that begins with one.
fn parse_number(data: &str) -> Option<Result<Code, CodeError>> {
    let separator = |c: char| c == ' ' || c == '-';
    let digits: String = data.chars().filter(|c| !separator(*c)).collect();
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    // The check digit is the last character of the data, grouped or not.
    let at_last = |error: CodeError| CodeError::new(data.len().saturating_sub(1), error.kind);
    match digits.len() {
        8 | 12 | 13 | 14 => Some(Gtin::parse(&digits).map(Code::Gtin).map_err(at_last)),
        18 => Some(Sscc::parse(&digits).map(Code::Sscc).map_err(at_last)),
        _ if digits.len() != data.len() => None,
        _ if begins_like_elements(data) => None,
        _ => Some(Ok(
            keyed_elements(data).map_or_else(|| Code::Other(data.to_owned()), from_elements)
        )),
    }
}

/// Whether a text without any mark begins with a pallet or trade item identifier and enough digits.
fn begins_like_elements(data: &str) -> bool {
    let digits = data.bytes().take_while(u8::is_ascii_digit).count();
    match data.get(..2) {
        Some("00") => digits >= 20,
        Some("01" | "02") => digits >= 16,
        _ => false,
    }
}

/// An unmarked element string with another key that has a check digit: it counts only when all of it parses.
fn keyed_elements(data: &str) -> Option<Gs1> {
    const KEYS: [&str; 13] = [
        "253", "255", "402", "410", "411", "412", "413", "414", "415", "417", "8003", "8017",
        "8018",
    ];
    if !KEYS.iter().any(|key| data.starts_with(key)) {
        return None;
    }
    gs1::parse_raw(data, false).ok()
}
