//! Short codes that are plain values: names of partners, budgets and goods lists, currencies,
//! countries.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// How much of a text that does not read is shown again, characters.
const SHOWN_CHARS_MAX: usize = 80;

/// A text that is not what it should be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not {what}: {text}")]
pub struct Unreadable {
    /// What was looked for, with its article.
    pub what: &'static str,
    /// The text, shortened.
    pub text: String,
}

impl Unreadable {
    pub(super) fn new(what: &'static str, text: &str) -> Self {
        Self {
            what,
            text: text.chars().take(SHOWN_CHARS_MAX).collect(),
        }
    }
}

/// Serde's way through the text form of a type that has `Display` and `FromStr`.
macro_rules! as_text {
    ($type:ty) => {
        impl TryFrom<String> for $type {
            type Error = $crate::ledger::Unreadable;
            fn try_from(text: String) -> Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl From<$type> for String {
            fn from(value: $type) -> Self {
                value.to_string()
            }
        }
    };
}
pub(super) use as_text;

/// A short code: at most [`Name::LENGTH_BYTES_MAX`] bytes of `a-z 0-9 - _ .`, the first a letter or
/// a digit. The order is that of the texts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Name([u8; Self::LENGTH_BYTES_MAX]);

impl Name {
    /// The longest name, bytes.
    pub const LENGTH_BYTES_MAX: usize = 24;

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        let length = self.0.iter().position(|byte| *byte == 0);
        ascii(self.0.get(..length.unwrap_or(self.0.len())).unwrap_or(&[]))
    }
}

/// A currency by its three upper-case letters, as in ISO 4217.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

impl Currency {
    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        ascii(&self.0)
    }
}

/// A country by its two upper-case letters, as in ISO 3166.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Country([u8; 2]);

impl Country {
    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        ascii(&self.0)
    }
}

/// Text of bytes that reading has let through: ASCII alone.
fn ascii(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or("")
}

impl FromStr for Name {
    type Err = Unreadable;
    fn from_str(text: &str) -> Result<Self, Unreadable> {
        let word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        let sound = text.bytes().next().is_some_and(word)
            && text
                .bytes()
                .all(|byte| word(byte) || b"-_.".contains(&byte));
        let mut bytes = [0; Self::LENGTH_BYTES_MAX];
        match bytes.get_mut(..text.len()) {
            Some(place) if sound => {
                place.copy_from_slice(text.as_bytes());
                Ok(Self(bytes))
            }
            _ => Err(Unreadable::new("a name", text)),
        }
    }
}

/// Exactly `N` upper-case letters.
fn letters<const N: usize>(what: &'static str, text: &str) -> Result<[u8; N], Unreadable> {
    <[u8; N]>::try_from(text.as_bytes())
        .ok()
        .filter(|bytes| bytes.iter().all(u8::is_ascii_uppercase))
        .ok_or_else(|| Unreadable::new(what, text))
}

impl FromStr for Currency {
    type Err = Unreadable;
    fn from_str(text: &str) -> Result<Self, Unreadable> {
        letters("a currency", text).map(Self)
    }
}

impl FromStr for Country {
    type Err = Unreadable;
    fn from_str(text: &str) -> Result<Self, Unreadable> {
        letters("a country", text).map(Self)
    }
}

/// A code shows as its text, in messages of the developer's too.
macro_rules! shown {
    ($($type:ty),*) => {$(
        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(self.as_str(), f)
            }
        }

        as_text!($type);
    )*};
}
shown!(Name, Currency, Country);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_short_and_plain() {
        for text in ["a", "7", "acme-north_2.de", "abcdefghijklmnopqrstuvwx"] {
            assert_eq!(text.parse::<Name>().unwrap().to_string(), text);
        }
        let refused = [
            "",
            "-a",
            ".a",
            "_a",
            "Acme",
            "a b",
            "a:b",
            "é",
            "a\0",
            "abcdefghijklmnopqrstuvwxy",
        ];
        for text in refused {
            let error = text.parse::<Name>().unwrap_err();
            assert_eq!((error.what, error.text.as_str()), ("a name", text));
        }
    }

    #[test]
    fn names_are_ordered_as_their_texts() {
        let texts = ["a", "a-", "a.", "a0", "aa", "ab", "b"];
        let names: Vec<Name> = texts.iter().map(|text| text.parse().unwrap()).collect();
        assert!(names.is_sorted());
    }

    #[test]
    fn currencies_and_countries_are_upper_case_letters() {
        assert_eq!("EUR".parse::<Currency>().unwrap().as_str(), "EUR");
        assert_eq!("DK".parse::<Country>().unwrap().as_str(), "DK");
        for text in ["", "EU", "eur", "EURO", "E1R", "é1"] {
            assert!(text.parse::<Currency>().is_err(), "{text}");
        }
        for text in ["", "D", "dk", "DNK", "é"] {
            assert!(text.parse::<Country>().is_err(), "{text}");
        }
    }

    #[test]
    fn codes_are_text_in_json() {
        let name: Name = serde_json::from_str("\"acme\"").unwrap();
        assert_eq!(serde_json::to_string(&name).unwrap(), "\"acme\"");
        assert!(serde_json::from_str::<Currency>("\"eur\"").is_err());
    }
}
