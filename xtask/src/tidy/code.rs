//! Rust source with comments, strings and characters blanked, so that a search finds code only.
//!
//! This is no parser: it knows where literals end and braces match, which is enough for laws
//! about names and lengths.

/// A source file's code. Every byte stays at its place; lines keep their numbers.
pub struct Code {
    /// ASCII; blanked bytes are spaces.
    pub text: String,
}

impl Code {
    /// Blanks what is not code.
    pub fn of(source: &str) -> Self {
        let bytes = source.as_bytes();
        let mut kept = Vec::with_capacity(bytes.len());
        let mut at = 0;
        while at < bytes.len() {
            let length = literal_at(bytes, at);
            if length == 0 {
                kept.push(ascii(byte(bytes, at)));
                at += 1;
            } else {
                blank(&mut kept, bytes.get(at..at + length).unwrap_or_default());
                at += length;
            }
        }
        Self {
            text: kept.into_iter().map(char::from).collect(),
        }
    }

    /// The same code with everything blanked that is compiled for tests only.
    pub fn without_tests(&self) -> Self {
        const MARK: &str = "#[cfg(test)]";
        let mut text = self.text.clone();
        while let Some(start) = text.find(MARK) {
            let end = item_end(&text, start + MARK.len());
            let blanked: String = text
                .get(start..end)
                .unwrap_or_default()
                .chars()
                .map(|letter| if letter == '\n' { '\n' } else { ' ' })
                .collect();
            text.replace_range(start..end, &blanked);
        }
        Self { text }
    }

    /// The number of the line, from 1, that holds the byte.
    pub fn line_of(&self, at: usize) -> usize {
        1 + self
            .text
            .bytes()
            .take(at)
            .filter(|byte| *byte == b'\n')
            .count()
    }

    /// Where `word` stands in the code and is not part of a longer name.
    pub fn find_word<'a>(&'a self, word: &'a str) -> impl Iterator<Item = usize> + 'a {
        self.text
            .match_indices(word)
            .map(|(at, _)| at)
            .filter(move |at| {
                let bytes = self.text.as_bytes();
                let before = at.checked_sub(1).map_or(b' ', |before| byte(bytes, before));
                let after = byte(bytes, at + word.len());
                let opens = !word.starts_with(is_name) || !is_name(char::from(before));
                let closes = !word.ends_with(is_name) || !is_name(char::from(after));
                opens && closes
            })
    }
}

/// Where the block ends that opens with the first `{` at or after `from`; a `;` before it at
/// the same level ends the item without a block.
pub fn item_end(text: &str, from: usize) -> usize {
    let (mut braces, mut others) = (0_usize, 0_usize);
    for (at, letter) in text.bytes().enumerate().skip(from) {
        match letter {
            b'(' | b'[' if braces == 0 => others += 1,
            b')' | b']' if braces == 0 => others = others.saturating_sub(1),
            b'{' => braces += 1,
            b'}' if braces <= 1 => return at + 1,
            b'}' => braces -= 1,
            b';' if braces == 0 && others == 0 => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Whether the letter can be part of a name.
pub fn is_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}

fn byte(bytes: &[u8], at: usize) -> u8 {
    bytes.get(at).copied().unwrap_or(b' ')
}

fn ascii(byte: u8) -> u8 {
    if byte.is_ascii() { byte } else { b' ' }
}

fn blank(kept: &mut Vec<u8>, literal: &[u8]) {
    kept.extend(
        literal
            .iter()
            .map(|byte| if *byte == b'\n' { b'\n' } else { b' ' }),
    );
}

/// The length of the comment, string or character that starts here; 0 for code.
fn literal_at(bytes: &[u8], at: usize) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    let inside_name = at > 0 && is_name(char::from(byte(bytes, at - 1)));
    match (byte(rest, 0), byte(rest, 1)) {
        (b'/', b'/') => rest
            .iter()
            .position(|byte| *byte == b'\n')
            .unwrap_or(rest.len()),
        (b'/', b'*') => block_comment(rest),
        (b'"', _) => quoted(rest, b'"'),
        (b'r' | b'b' | b'c', _) if !inside_name => raw_string(rest),
        (b'\'', _) => character(rest),
        _ => 0,
    }
}

fn block_comment(rest: &[u8]) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < rest.len() {
        match (byte(rest, at), byte(rest, at + 1)) {
            (b'/', b'*') => {
                depth += 1;
                at += 2;
            }
            (b'*', b'/') => {
                depth -= 1;
                at += 2;
                if depth == 0 {
                    return at.min(rest.len());
                }
            }
            _ => at += 1,
        }
    }
    rest.len()
}

/// A literal with escapes, from its opening quote to its closing one.
fn quoted(rest: &[u8], quote: u8) -> usize {
    let mut at = 1;
    while at < rest.len() {
        match byte(rest, at) {
            b'\\' => at += 2,
            letter if letter == quote => return at + 1,
            _ => at += 1,
        }
    }
    rest.len()
}

/// `r"…"`, `r#"…"#`, `br"…"`, `cr"…"`; 0 for a name such as `r` or `r#type`. A plain `b"…"`
/// is left to its quote.
fn raw_string(rest: &[u8]) -> usize {
    let prefix = match (byte(rest, 0), byte(rest, 1)) {
        (b'r', _) => 1,
        (b'b' | b'c', b'r') => 2,
        _ => return 0,
    };
    let hashes = rest
        .iter()
        .skip(prefix)
        .take_while(|byte| **byte == b'#')
        .count();
    let open = prefix + hashes;
    if byte(rest, open) != b'"' {
        return 0;
    }
    let mut close = vec![b'"'];
    close.resize(1 + hashes, b'#');
    let body = rest.get(open + 1..).unwrap_or_default();
    let length = body.windows(close.len()).position(|window| window == close);
    length.map_or(rest.len(), |length| open + 1 + length + close.len())
}

/// A character literal; 0 for a lifetime.
fn character(rest: &[u8]) -> usize {
    if byte(rest, 1) == b'\\' {
        return quoted(rest, b'\'');
    }
    let letter = rest.get(1..).unwrap_or_default();
    let width = match byte(letter, 0) {
        0xf0.. => 4,
        0xe0.. => 3,
        0xc0.. => 2,
        _ => 1,
    };
    if byte(rest, 1 + width) == b'\'' {
        width + 2
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::{Code, item_end};

    fn kept(source: &str) -> String {
        let text = Code::of(source).text;
        assert_eq!(text.len(), source.len());
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn comments_and_literals_are_blank() {
        assert_eq!(kept("a // f64\nb /* f64 /* x */ f64 */ c"), "a b c");
        assert_eq!(
            kept(r#"a("f64 \" f64", 'f', '\'', b"f64", 'ø') + 1"#),
            "a( , , , b , ) + 1"
        );
        assert_eq!(kept("r#\"f64 \" f64\"# br\"\\\" r#type"), "r#type");
        assert_eq!(kept("fn a<'b>(c: &'b str) {}"), "fn a<'b>(c: &'b str) {}");
        assert_eq!(kept("\"never closed"), "");
    }

    #[test]
    fn code_for_tests_is_left_out() {
        let code = Code::of("fn a() {}\n#[cfg(test)]\nmod t {\n fn b() {}\n}\nfn c() {}\n");
        let rest = code.without_tests();
        assert!(rest.text.contains("fn a") && rest.text.contains("fn c"));
        assert!(!rest.text.contains("fn b"));
        assert_eq!(rest.line_of(rest.text.find("fn c").unwrap()), 6);
        let rest = Code::of("#[cfg(test)]\nmod tests;\nfn c() {}").without_tests();
        assert!(rest.text.contains("fn c") && !rest.text.contains("mod"));
    }

    #[test]
    fn words_are_whole() {
        let code = Code::of("f64 xf64 f64x (f64) rand::x my_rand::x");
        assert_eq!(code.find_word("f64").count(), 2);
        assert_eq!(code.find_word("rand::").count(), 1);
    }

    #[test]
    fn items_end_at_their_brace() {
        let text = "fn a(b: [u8; 3]) { { } } fn c() {}";
        assert_eq!(item_end(text, 0), text.find(" fn c").unwrap());
        assert_eq!(item_end("use a;b", 0), 6);
    }
}
