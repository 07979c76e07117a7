//! JSON files as typed lists, and the checks that their fields share.

use std::collections::HashSet;

use carrot_rules::entity::Texts;
use serde::de::DeserializeOwned;

use super::field::{self, LANGUAGES};
use super::report::{Problem, RowError, Spot, clipped};

/// Reads a document; the error says where it stops reading.
pub(super) fn document<T: DeserializeOwned>(file: &str, bytes: &[u8]) -> Result<T, Vec<RowError>> {
    serde_json::from_slice(bytes).map_err(|error| {
        let spot = Spot::new(file, u64::try_from(error.line()).unwrap_or(0));
        let column = format!("character {}", error.column());
        vec![spot.error(
            &column,
            Problem::new(
                error.to_string(),
                "correct it as cli/demo/README.md describes the file",
            ),
        )]
    })
}

/// Collects what is wrong in one file; fields are named by their path.
pub(super) struct Checks {
    spot: Spot,
    pub errors: Vec<RowError>,
}

impl Checks {
    pub fn new(file: &str) -> Self {
        Self {
            spot: Spot::new(file, 0),
            errors: Vec::new(),
        }
    }

    /// The place of errors in this file.
    pub fn spot(&self) -> &Spot {
        &self.spot
    }

    /// Adds an error at a path.
    pub fn wrong(&mut self, path: &str, problem: Problem) {
        let error = self.spot.error(path, problem);
        self.errors.push(error);
    }

    /// Checks a value by one of the readers of cells.
    pub fn read<T>(&mut self, path: &str, value: &str, read: impl Fn(&str) -> Result<T, Problem>) {
        if let Err(problem) = read(value) {
            self.wrong(path, problem);
        }
    }

    /// Checks a number against two bounds.
    pub fn range(&mut self, path: &str, value: i64, least: i64, most: i64) {
        self.read(path, &value.to_string(), field::whole(least, most));
    }

    /// Checks that a text exists in every language.
    pub fn texts(&mut self, path: &str, texts: &Texts) {
        for language in LANGUAGES {
            if texts
                .get(language)
                .is_none_or(|text| text.trim().is_empty())
            {
                self.wrong(
                    &format!("{path}.{language}"),
                    Problem::new("the text is missing", "write it in all six languages"),
                );
            }
        }
        for (language, text) in texts {
            self.read(&format!("{path}.{language}"), language, field::language);
            self.read(&format!("{path}.{language}"), text, field::text);
        }
    }

    /// Checks a code and that nothing before has it.
    pub fn code(&mut self, path: &str, seen: &mut HashSet<String>, code: &str) {
        self.read(path, code, field::code);
        if !seen.insert(code.to_owned()) {
            let what = format!("\"{}\" is there twice", clipped(code));
            self.wrong(path, Problem::new(what, "give one of them another code"));
        }
    }

    /// The list, or everything that is wrong with it.
    pub fn done<T>(self, things: Vec<T>) -> Result<Vec<T>, Vec<RowError>> {
        if self.errors.is_empty() {
            Ok(things)
        } else {
            Err(self.errors)
        }
    }
}
