//! Keyboard wedges under a Cyrillic layout: a scanner "types" Latin keys and the system writes Cyrillic.

/// The offset of the first Cyrillic letter.
pub(crate) fn first_cyrillic(text: &str) -> Option<usize> {
    text.char_indices()
        .find(|(_, c)| matches!(c, '\u{400}'..='\u{4ff}'))
        .map(|(i, _)| i)
}

/// What the same keys write under the US layout: Russian letters, and the Ukrainian ones beside them.
pub(crate) fn to_latin(text: &str) -> String {
    text.chars().map(key_of).collect()
}

fn key_of(c: char) -> char {
    const CYRILLIC: &str = "йцукенгшщзхъфывапролджэячсмитьбюіїє";
    const LATIN: &str = "qwertyuiop[]asdfghjkl;'zxcvbnm,.s]'";
    const CYRILLIC_UPPER: &str = "ЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮІЇЄ";
    const LATIN_UPPER: &str = "QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>S}\"";
    let find = |from: &str, to: &str| {
        let index = from.chars().position(|x| x == c)?;
        to.chars().nth(index)
    };
    match c {
        // These keys carry punctuation in both layouts, but not the same.
        '.' => '/',
        ',' => '?',
        '?' => '&',
        _ => find(CYRILLIC, LATIN)
            .or_else(|| find(CYRILLIC_UPPER, LATIN_UPPER))
            .unwrap_or(c),
    }
}
