//! Web addresses cut into pieces that know their offsets. Only what codes need.

use crate::error::{CodeError, CodeErrorKind as Kind};

/// A piece of the text and the byte offset at which it begins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Piece<'a> {
    pub at: usize,
    pub text: &'a str,
}

impl<'a> Piece<'a> {
    /// Splits at each `separator`, offsets kept.
    pub fn split(self, separator: char) -> impl Iterator<Item = Piece<'a>> {
        let mut at = self.at;
        self.text.split(separator).map(move |text| {
            let piece = Piece { at, text };
            at += text.len() + separator.len_utf8();
            piece
        })
    }

    /// Splits into name and value at the first `=`.
    pub fn name_and_value(self) -> Option<(Piece<'a>, Piece<'a>)> {
        let (name, value) = self.text.split_once('=')?;
        let value_at = self.at + name.len() + 1;
        Some((
            Piece {
                at: self.at,
                text: name,
            },
            Piece {
                at: value_at,
                text: value,
            },
        ))
    }

    /// The text with percent escapes resolved.
    pub fn decoded(self) -> Result<String, CodeError> {
        let mut bytes = Vec::with_capacity(self.text.len());
        let mut rest = self.text.bytes().enumerate();
        while let Some((i, byte)) = rest.next() {
            if byte != b'%' {
                bytes.push(byte);
                continue;
            }
            let mut nibble = || rest.next().and_then(|(_, b)| char::from(b).to_digit(16));
            let value = nibble()
                .zip(nibble())
                .and_then(|(h, l)| u8::try_from(h * 16 + l).ok());
            bytes.push(value.ok_or(CodeError::new(self.at + i, Kind::BadEscape))?);
        }
        String::from_utf8(bytes).map_err(|_| CodeError::new(self.at, Kind::BadEscape))
    }
}

/// The pieces of an `http` or `https` address.
#[derive(Debug)]
pub(crate) struct Url<'a> {
    pub secure: bool,
    /// Host with port, as written.
    pub host: &'a str,
    /// The path's segments without the empty ones at its ends.
    pub segments: Vec<Piece<'a>>,
    pub query: Option<Piece<'a>>,
}

/// The most segments of a path that are looked at; longer paths are no code of ours.
const SEGMENTS_MAX: usize = 32;

/// Cuts `text` into pieces; `None` when it is no web address or has a user name in it.
pub(crate) fn split(text: &str) -> Option<Url<'_>> {
    let (scheme, rest) = text.split_once("://")?;
    let secure = scheme.eq_ignore_ascii_case("https");
    if !secure && !scheme.eq_ignore_ascii_case("http") {
        return None;
    }
    let mut at = scheme.len() + 3;
    let rest = rest.split('#').next().unwrap_or("");
    let host_length = rest.find(['/', '?']).unwrap_or(rest.len());
    let (host, tail) = rest.split_at_checked(host_length)?;
    if host.is_empty() || host.contains(['@', ' ']) {
        return None;
    }
    at += host_length;
    let (path, query) = match tail.split_once('?') {
        Some((path, query)) => (
            path,
            Some(Piece {
                at: at + path.len() + 1,
                text: query,
            }),
        ),
        None => (tail, None),
    };
    let mut segments: Vec<_> = Piece { at, text: path }.split('/').skip(1).collect();
    if segments.last().is_some_and(|s| s.text.is_empty()) {
        segments.pop();
    }
    (segments.len() <= SEGMENTS_MAX).then_some(Url {
        secure,
        host,
        segments,
        query,
    })
}

/// `text` with every byte outside the unreserved set escaped.
pub(crate) fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
