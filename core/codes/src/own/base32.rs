//! Crockford's base 32 and the check symbol over the field of 32 elements.
//!
//! The check symbol is the sum of all symbols, each times a power of the field's generator that depends
//! on its place. The powers of neighbours differ and none is zero, so one wrong symbol or a swap of two
//! neighbours always changes the sum. A sum modulo 37 would need five characters that nobody types gladly.

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The value of a symbol, with the tolerance for case and for look-alikes.
pub(super) fn value(symbol: char) -> Option<u8> {
    let upper = match symbol.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let index = ALPHABET.iter().position(|c| char::from(*c) == upper)?;
    u8::try_from(index).ok()
}

/// The symbol of the low five bits.
pub(super) fn symbol(value: u8) -> char {
    char::from(*ALPHABET.get(usize::from(value & 31)).unwrap_or(&b'0'))
}

/// The bytes as one number in base 32, most significant symbol first, padded with zero bits in front.
pub(super) fn encode(bytes: &[u8]) -> String {
    let length = (bytes.len() * 8).div_ceil(5);
    let bit = |index: usize| {
        // Bit 0 is the lowest bit of the last byte.
        let byte = bytes
            .len()
            .checked_sub(1 + index / 8)
            .and_then(|i| bytes.get(i))
            .copied();
        (byte.unwrap_or(0) >> (index % 8)) & 1
    };
    let digit = |place: usize| (0..5).fold(0, |sum, i| sum | (bit(place * 5 + i) << i));
    (0..length)
        .rev()
        .map(|place| symbol(digit(place)))
        .collect()
}

/// The `N` bytes behind symbols; `None` when a symbol is unknown or the number is too large.
pub(super) fn decode<const N: usize>(symbols: &str) -> Option<[u8; N]> {
    decode_bytes(symbols, N)?.try_into().ok()
}

/// The same for a length that is known only when it is read.
pub(super) fn decode_bytes(symbols: &str, length: usize) -> Option<Vec<u8>> {
    let mut bytes = vec![0u8; length];
    for c in symbols.chars() {
        let mut carry = u16::from(value(c)?);
        for byte in bytes.iter_mut().rev() {
            carry |= u16::from(*byte) << 5;
            let [high, low] = carry.to_be_bytes();
            *byte = low;
            carry = u16::from(high);
        }
        if carry != 0 {
            return None;
        }
    }
    Some(bytes)
}

/// The check symbol of a tag and the symbols after it; characters without a value count as zero.
pub(super) fn check_symbol(programme: &str, symbols: &str) -> char {
    let tag = programme.chars().map(tag_value);
    let body = symbols.chars().map(|c| value(c).unwrap_or(0));
    symbol(tag.chain(body).fold(0, |sum, v| times_generator(sum ^ v)))
}

/// Multiplies by the generator of the field with 32 elements, modulo x^5 + x^2 + 1.
const fn times_generator(value: u8) -> u8 {
    let shifted = value << 1;
    if shifted & 0x20 == 0 {
        shifted
    } else {
        shifted ^ 0x25
    }
}

/// The value of a tag's character. 36 characters share 32 values: four digits share with letters
/// that do not resemble them, and O differs from 0, I and L from 1.
fn tag_value(c: char) -> u8 {
    match c.to_ascii_lowercase() {
        c @ 'a'..='z' => u8::try_from(u32::from(c) - u32::from('a')).unwrap_or(0),
        c @ '0'..='5' => u8::try_from(u32::from(c) - u32::from('0')).unwrap_or(0) + 26,
        '6' => tag_value('w'),
        '7' => tag_value('m'),
        '8' => tag_value('k'),
        '9' => tag_value('h'),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_survive_the_way_through_symbols() {
        for seed in 0..=255u8 {
            let bytes: [u8; 16] =
                std::array::from_fn(|i| seed.wrapping_mul(31).wrapping_add(i as u8 * 17));
            let text = encode(&bytes);
            assert_eq!(text.len(), 26);
            assert_eq!(decode::<16>(&text), Some(bytes));
        }
        assert_eq!(
            decode::<16>(&"Z".repeat(26)),
            None,
            "130 bits do not fit into 16 bytes"
        );
    }

    #[test]
    fn every_wrong_symbol_and_every_swap_of_neighbours_changes_the_check() {
        let body = "0123456789ABCDEF";
        let right = check_symbol("morgenro", body);
        for at in 0..body.len() {
            for other in ALPHABET.iter().map(|c| char::from(*c)) {
                let mut wrong: Vec<char> = body.chars().collect();
                if wrong[at] == other {
                    continue;
                }
                wrong[at] = other;
                assert_ne!(
                    check_symbol("morgenro", &wrong.iter().collect::<String>()),
                    right
                );
            }
            if at > 0 {
                let mut swapped: Vec<char> = body.chars().collect();
                swapped.swap(at - 1, at);
                assert_ne!(
                    check_symbol("morgenro", &swapped.iter().collect::<String>()),
                    right
                );
            }
        }
    }

    #[test]
    fn look_alikes_in_the_tag_are_told_apart() {
        for (a, b) in [
            ("to", "t0"),
            ("ti", "t1"),
            ("tl", "t1"),
            ("tb", "t8"),
            ("tg", "t9"),
            ("ts", "t5"),
            ("tz", "t2"),
        ] {
            assert_ne!(check_symbol(a, "0"), check_symbol(b, "0"), "{a} {b}");
        }
    }
}
