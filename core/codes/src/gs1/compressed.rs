//! Compressed Digital Links: recognised so that a person can be told, never unpacked.
//!
//! Such a link ends in one base64url segment. Its first byte is the first identifier as two decimal
//! nibbles, or a code (low nibble above 9) for a common group of identifiers that begins with the
//! trade item. The trade item follows in 47 bits, a pallet's number in 60.

use crate::gtin::check_digit_holds;
use crate::url::Url;

/// Whether the address is a compressed Digital Link: the bits hold a number whose check digit fits.
pub(crate) fn is_compressed(url: &Url<'_>) -> bool {
    let Some(last) = url.segments.last() else {
        return false;
    };
    let Some(first) = bits(last.text, 0, 8) else {
        return false;
    };
    let resolver = url.host.eq_ignore_ascii_case("id.gs1.org");
    match first {
        0x00 => bits(last.text, 8, 60).is_some_and(|n| check_digit_holds(&format!("{n:018}"))),
        0x01 | 0x0a..=0x0f | 0x1a => holds_gtin(last.text),
        _ => resolver && url.segments.len() == 1 && first & 0x0f > 9 && holds_gtin(last.text),
    }
}

fn holds_gtin(text: &str) -> bool {
    let Some(number) = bits(text, 8, 47) else {
        return false;
    };
    number < 100_000_000_000_000 && check_digit_holds(&format!("{number:014}"))
}

/// The number in `count` bits (at most 64) from bit `from` of a base64url text.
fn bits(text: &str, from: usize, count: usize) -> Option<u64> {
    let mut value = 0u64;
    for bit in from..from + count {
        let six = sextet(*text.as_bytes().get(bit / 6)?)?;
        value = (value << 1) | u64::from((six >> (5 - bit % 6)) & 1);
    }
    // The whole segment must be base64url, not just its beginning.
    text.bytes()
        .all(|byte| sextet(byte).is_some())
        .then_some(value)
}

fn sextet(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'-' => Some(62),
        b'_' => Some(63),
        _ => None,
    }
}
