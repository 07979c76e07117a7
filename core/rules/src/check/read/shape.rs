//! The shape of a document: its fields and their types, with the place of what is wrong.

use serde_path_to_error::{Path, Segment};

use crate::check::Problem;
use crate::check::codes::{
    Code, MALFORMED_TEXT, MISSING_FIELD, UNKNOWN_FIELD, UNKNOWN_VARIANT, WRONG_TYPE,
};
use crate::check::problem::push_key;
use crate::ruleset::RuleSet;

/// What the reader's messages begin with.
const KINDS: [(&str, &Code); 6] = [
    ("unknown field", &UNKNOWN_FIELD),
    ("missing field", &MISSING_FIELD),
    ("unknown variant", &UNKNOWN_VARIANT),
    ("invalid type", &WRONG_TYPE),
    ("invalid value", &WRONG_TYPE),
    ("not ", &MALFORMED_TEXT),
];

/// Reads a document that was scanned.
pub(super) fn read(text: &[u8]) -> Result<RuleSet, Problem> {
    let mut reader = serde_json::Deserializer::from_slice(text);
    serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let message = error.inner().to_string();
        let message = message.split(" at line ").next().unwrap_or_default();
        problem(error.path(), message)
    })
}

fn problem(path: &Path, message: &str) -> Problem {
    let kind = KINDS.iter().find(|(start, _)| message.starts_with(start));
    // Everything else that ends reading here is an object with more or fewer keys than its one.
    let (code, detail) = kind.map_or_else(
        || {
            (
                &WRONG_TYPE,
                format!("Expected an object with one key: {message}."),
            )
        },
        |(_, code)| (*code, sentence(message)),
    );
    let mut pointer = pointer(path);
    let name = message.split('`').nth(1).unwrap_or_default();
    if code.code == UNKNOWN_FIELD.code {
        let mut end = String::new();
        push_key(&mut end, name);
        if !pointer.ends_with(&end) {
            pointer.push_str(&end);
        }
    }
    let found = Problem::new(code, pointer, detail);
    if name.is_empty() {
        found
    } else {
        found.with("name", name.chars().take(80).collect::<String>())
    }
}

fn pointer(path: &Path) -> String {
    let mut pointer = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => push_key(&mut pointer, &index.to_string()),
            Segment::Map { key } => push_key(&mut pointer, key),
            Segment::Enum { variant } => push_key(&mut pointer, variant),
            Segment::Unknown => {}
        }
    }
    pointer
}

/// The reader's message as a sentence.
fn sentence(message: &str) -> String {
    let mut letters = message.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).chain(['.']).collect()
}
