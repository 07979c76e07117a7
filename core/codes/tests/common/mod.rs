//! Shared by the tests of vectors: parse, or fail as expected.

use carrot_codes::{Code, CodeErrorKind as Kind, parse};

/// The code; panics with the error's words.
#[track_caller]
pub fn ok(text: &str) -> Code {
    parse(text).unwrap_or_else(|error| panic!("{text:?}: {error}"))
}

/// Asserts that parsing fails with this kind at this byte.
#[track_caller]
pub fn fails(text: &str, kind: Kind, position: usize) {
    let error = parse(text).expect_err(text);
    assert_eq!(
        (error.kind, error.position),
        (kind, position),
        "{text:?}: {error}"
    );
}
