//! From a reader's text and raw bytes to the payload that callers get.

use rxing::DecodeHints;
use rxing::common::string_utils;

/// Settles text and bytes of a payload.
///
/// A payload that reads as text becomes UTF-8 whatever its encoding on paper
/// was; anything else keeps its raw bytes, and its text shows each byte as one
/// character.
pub(crate) fn settle(text: &str, raw: &[u8]) -> (String, Vec<u8>) {
    if raw.is_empty() {
        return settle_widened(text);
    }
    if !text.is_empty() && reads_as_text(text) {
        return (text.to_owned(), text.as_bytes().to_vec());
    }
    // Control characters in clean UTF-8 are the same bytes either way.
    match std::str::from_utf8(raw) {
        Ok(utf8) => (utf8.to_owned(), raw.to_vec()),
        Err(_) => (latin_1(raw), raw.to_vec()),
    }
}

/// Settles a payload that is known to be no text.
pub(crate) fn settle_binary(raw: &[u8]) -> (String, Vec<u8>) {
    (latin_1(raw), raw.to_vec())
}

/// Settles a payload of which only bytes are known, as rqrr gives it.
pub(crate) fn settle_raw(raw: &[u8]) -> (String, Vec<u8>) {
    if let Ok(utf8) = std::str::from_utf8(raw) {
        return (utf8.to_owned(), raw.to_vec());
    }
    let guess = string_utils::guessCharset(raw, &DecodeHints::default());
    let text = guess
        .and_then(|charset| charset.decode(raw).ok())
        .unwrap_or_default();
    settle(&text, raw)
}

/// Settles a text in which a reader may have widened bytes to characters one by
/// one, as rxing does with Data Matrix.
pub(crate) fn settle_widened(text: &str) -> (String, Vec<u8>) {
    let narrowed: Result<Vec<u8>, _> = text.chars().map(|c| u8::try_from(u32::from(c))).collect();
    match narrowed {
        Ok(raw) => settle_raw(&raw),
        Err(_) => (text.to_owned(), text.as_bytes().to_vec()),
    }
}

/// No replacement characters and no control characters but those that text and
/// element strings use: tab, line ends, EOT and the FS GS RS US separators.
fn reads_as_text(text: &str) -> bool {
    text.chars().all(|c| match c {
        '\t' | '\n' | '\r' | '\u{4}' | '\u{1c}'..='\u{1f}' => true,
        '\u{fffd}' => false,
        _ => !c.is_control(),
    })
}

fn latin_1(raw: &[u8]) -> String {
    raw.iter().copied().map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_in_another_encoding_becomes_utf_8() {
        let (text, bytes) = settle("Größe", &[b'G', b'r', 0xf6, 0xdf, b'e']);
        assert_eq!(
            (text.as_str(), bytes.as_slice()),
            ("Größe", "Größe".as_bytes())
        );
    }

    #[test]
    fn binary_keeps_every_byte() {
        let raw: Vec<u8> = (0..=255).collect();
        let (text, bytes) = settle(&latin_1(&raw), &raw);
        assert_eq!(bytes, raw);
        assert_eq!(text.chars().count(), 256);
        assert_eq!(settle_raw(&raw).1, raw);
    }

    #[test]
    fn widened_utf_8_is_narrowed_again() {
        assert_eq!(settle_widened("Gr\u{c3}\u{b6}\u{c3}\u{9f}e").0, "Größe");
        assert_eq!(settle_widened("ключ").0, "ключ");
    }

    #[test]
    fn raw_latin_1_is_recognised() {
        assert_eq!(settle_raw(&[b'G', b'r', 0xf6, 0xdf, b'e']).0, "Größe");
    }

    #[test]
    fn separators_are_text() {
        assert!(reads_as_text("]\u{1d}10LOT\u{1e}\u{4}"));
        assert!(!reads_as_text("\u{0}"));
    }
}
