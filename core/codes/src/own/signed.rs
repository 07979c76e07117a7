//! Signed codes: a place in a series of numbered pieces, cartons and pallets, with a signature that a
//! device checks without a network. This file knows the text and its bytes; who holds the public keys
//! checks the signature.
//!
//! `CRS1.{TAG}.{symbols}`: upper case throughout, so that a square code holds it in its denser
//! alphanumeric mode. The symbols are Crockford's base 32 of, one after another:
//!
//! | bytes | what |
//! |---|---|
//! | 8 | id of the key that signed |
//! | 1 | level in the hierarchy: 0 a piece, 1 what holds pieces, and so on |
//! | 1 to 8 | index within the level from zero, seven bits a byte, lowest first |
//! | 1 to 40 | the series' code |
//! | 64 | signature |
//!
//! Each meaning has exactly one text: reading refuses look-alikes, small letters and longer spellings of
//! a number, so that no changed character passes as the same code.

use super::{base32, is_programme_tag};
use crate::error::{CodeError, CodeErrorKind as Kind};
use serde::{Deserialize, Serialize};

/// What the text of a signed code begins with.
pub const SIGNED_PREFIX: &str = "CRS1.";
/// The highest level of a hierarchy.
pub const SIGNED_LEVEL_MAX: u8 = 9;
/// The highest index within a level: 2^53 - 1, which JSON readers of every language hold exactly.
pub const SIGNED_INDEX_MAX: i64 = (1 << 53) - 1;
/// The longest code of a series, characters.
pub const SERIES_CHARS_MAX: usize = 40;

const KID_BYTES: usize = 8;
const SIGNATURE_BYTES: usize = 64;
const BODY_BYTES_MIN: usize = KID_BYTES + 1 + 1 + 1;
const BODY_BYTES_MAX: usize = KID_BYTES + 1 + 8 + SERIES_CHARS_MAX;

/// One numbered piece, carton or pallet of a series, as its printed code names it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SignedCode {
    /// The programme's tag, lower case.
    pub programme: String,
    /// Id of the key that signed, 16 hexadecimal digits.
    pub kid: String,
    /// The series' code.
    pub series: String,
    /// 0 for a piece, 1 for what holds pieces, and so on to [`SIGNED_LEVEL_MAX`].
    pub level: u8,
    /// Its number within the level, from zero to [`SIGNED_INDEX_MAX`].
    pub index: i64,
    /// The signature, 128 hexadecimal digits; empty before it was signed.
    pub signature: String,
}

/// Whether `code` can name a series: 1 to 40 small Latin letters, digits and dashes.
pub fn is_series_code(code: &str) -> bool {
    (1..=SERIES_CHARS_MAX).contains(&code.len())
        && code
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

impl SignedCode {
    /// The bytes that the signature covers, besides the programme's tag; nothing when a field is
    /// outside its range.
    pub fn body(&self) -> Option<Vec<u8>> {
        let index_fits = (0..=SIGNED_INDEX_MAX).contains(&self.index);
        if !is_series_code(&self.series) || self.level > SIGNED_LEVEL_MAX || !index_fits {
            return None;
        }
        let mut bytes = from_hex(&self.kid).filter(|kid| kid.len() == KID_BYTES)?;
        bytes.push(self.level);
        let mut rest = u64::try_from(self.index).ok()?;
        loop {
            let low = u8::try_from(rest & 0x7f).ok()?;
            rest >>= 7;
            bytes.push(if rest == 0 { low } else { low | 0x80 });
            if rest == 0 {
                break;
            }
        }
        bytes.extend_from_slice(self.series.as_bytes());
        Some(bytes)
    }

    /// The signature's bytes; nothing when it is not 64 of them in hexadecimal digits.
    pub fn signature_bytes(&self) -> Option<Vec<u8>> {
        from_hex(&self.signature).filter(|bytes| bytes.len() == SIGNATURE_BYTES)
    }

    /// The text to print; empty when a field is outside its range or the signature is missing.
    pub fn to_text(&self) -> String {
        let (Some(mut bytes), Some(signature)) = (self.body(), self.signature_bytes()) else {
            return String::new();
        };
        if !is_programme_tag(&self.programme) {
            return String::new();
        }
        bytes.extend(signature);
        let tag = self.programme.to_ascii_uppercase();
        format!("{SIGNED_PREFIX}{tag}.{}", base32::encode(&bytes))
    }

    /// What it names, whoever signed it: `{series}:{level}:{index}`.
    pub fn node(&self) -> String {
        format!("{}:{}:{}", self.series, self.level, self.index)
    }
}

/// Reads a text that begins with [`SIGNED_PREFIX`]; positions count from the text's first byte.
pub(super) fn parse(text: &str) -> Result<SignedCode, CodeError> {
    let tail = text.strip_prefix(SIGNED_PREFIX);
    let tail = tail.ok_or(CodeError::new(0, Kind::BadCharacter))?;
    let (tag, symbols) = tail
        .split_once('.')
        .ok_or(CodeError::new(text.len(), Kind::TooShort))?;
    let small = |c: char| c.is_ascii_lowercase();
    if tag.contains(small) || !is_programme_tag(&tag.to_ascii_lowercase()) {
        return Err(CodeError::new(SIGNED_PREFIX.len(), Kind::BadProgramme));
    }
    let symbols_at = SIGNED_PREFIX.len() + tag.len() + 1;
    let code = read(tag, symbols).map_err(|error| error.shifted(symbols_at))?;
    // Whatever reads alike is written alike: anything else was changed.
    match code.to_text() == text {
        true => Ok(code),
        false => Err(CodeError::new(symbols_at, Kind::OutOfRange)),
    }
}

fn read(tag: &str, symbols: &str) -> Result<SignedCode, CodeError> {
    let strict = |c: char| base32::value(c).is_some_and(|value| base32::symbol(value) == c);
    if let Some((at, _)) = symbols.char_indices().find(|(_, c)| !strict(*c)) {
        return Err(CodeError::new(at, Kind::BadCharacter));
    }
    let length = symbols.len() * 5 / 8;
    let too_short = CodeError::new(symbols.len(), Kind::TooShort);
    if length < BODY_BYTES_MIN + SIGNATURE_BYTES {
        return Err(too_short);
    }
    if length > BODY_BYTES_MAX + SIGNATURE_BYTES {
        return Err(CodeError::new(symbols.len(), Kind::TooLong));
    }
    let out_of_range = CodeError::new(0, Kind::OutOfRange);
    let bytes = base32::decode_bytes(symbols, length).ok_or(out_of_range)?;
    let (body, signature) = bytes
        .split_at_checked(length - SIGNATURE_BYTES)
        .ok_or(too_short)?;
    let (kid, rest) = body.split_at_checked(KID_BYTES).ok_or(too_short)?;
    let (level, rest) = rest.split_first().ok_or(too_short)?;
    let (index, series) = number(rest).ok_or(out_of_range)?;
    let series = std::str::from_utf8(series).map_err(|_| out_of_range)?;
    if !is_series_code(series) || *level > SIGNED_LEVEL_MAX {
        return Err(out_of_range);
    }
    Ok(SignedCode {
        programme: tag.to_ascii_lowercase(),
        kid: to_hex(kid),
        series: series.to_owned(),
        level: *level,
        index,
        signature: to_hex(signature),
    })
}

/// A number of at most eight bytes and what follows it.
fn number(bytes: &[u8]) -> Option<(i64, &[u8])> {
    let last = bytes.iter().take(8).position(|byte| byte & 0x80 == 0)?;
    let (digits, rest) = bytes.split_at_checked(last + 1)?;
    let value = digits
        .iter()
        .rev()
        .fold(0_u64, |value, digit| (value << 7) | u64::from(digit & 0x7f));
    let value = i64::try_from(value).ok()?;
    (value <= SIGNED_INDEX_MAX).then_some((value, rest))
}

/// Bytes as hexadecimal digits.
pub(super) fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let pair = |at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok();
    (0..text.len()).step_by(2).map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(series: &str, level: u8, index: i64) -> SignedCode {
        SignedCode {
            programme: "morgenro".to_owned(),
            kid: "00112233445566ff".to_owned(),
            series: series.to_owned(),
            level,
            index,
            signature: "a5".repeat(64),
        }
    }

    #[test]
    fn what_is_written_reads_back() {
        for index in [0, 1, 127, 128, 16_383, 16_384, 999_999, SIGNED_INDEX_MAX] {
            for (series, level) in [("s", 0), ("spring-2027", 2), (&"z".repeat(40)[..], 9)] {
                let code = code(series, level, index);
                assert_eq!(parse(&code.to_text()), Ok(code.clone()), "{code:?}");
            }
        }
    }

    #[test]
    fn a_usual_code_fits_a_small_square_code() {
        let text = code("spring-2027", 0, 99_999).to_text();
        let dense = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '.';
        assert!(text.chars().all(dense), "{text}");
        // 178 characters are what version 7 holds in alphanumeric mode with medium correction.
        assert!(text.len() <= 178, "{}", text.len());
    }

    #[test]
    fn other_spellings_are_refused_with_their_place() {
        let text = code("s", 0, 5).to_text();
        let lower = text.to_ascii_lowercase();
        assert_eq!(parse(&lower), Err(CodeError::new(0, Kind::BadCharacter)));
        let tag = text.replace("MORGENRO", "MORgENRO");
        assert_eq!(parse(&tag), Err(CodeError::new(5, Kind::BadProgramme)));
        let look_alike = format!("{}O", &text[..text.len() - 1]);
        let at = text.len() - 1;
        assert_eq!(
            parse(&look_alike),
            Err(CodeError::new(at, Kind::BadCharacter))
        );
        let short = &text[..text.len() - 30];
        assert_eq!(
            parse(short).map_err(|error| error.kind),
            Err(Kind::TooShort)
        );
        let long = format!("{text}{}", "0".repeat(200));
        assert_eq!(parse(&long).map_err(|error| error.kind), Err(Kind::TooLong));
        assert_eq!(code("S:1", 0, 5).to_text(), "");
        assert_eq!(code("s", 10, 5).to_text(), "");
        assert_eq!(code("s", 0, -1).to_text(), "");
    }
}
