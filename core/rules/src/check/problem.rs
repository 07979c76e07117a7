//! Problems, the place of each as a JSON pointer, and the bounded list that they are put on.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;
use ts_rs::TS;

use super::codes::Code;

/// The most problems that are told at once, refusals and warnings together.
pub const PROBLEMS_MAX: usize = 200;
/// The most warnings among them, so that they never crowd out what is refused.
const WARNINGS_MAX: usize = 50;
/// How much of a foreign text a sentence repeats, characters.
const SHOWN_CHARS_MAX: usize = 60;

/// Whether a problem keeps a rule set from being published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// It is not published.
    Refused,
    /// It can be published, and is probably not what was meant.
    Warning,
}

/// Something that is wrong with a rule set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Problem {
    /// One of [`super::PROBLEMS`].
    pub code: &'static str,
    /// Whether it is refused for it.
    pub severity: Severity,
    /// Where, as a JSON pointer (RFC 6901) into the document as it was given.
    pub pointer: String,
    /// What is wrong, in English.
    pub detail: String,
    /// What helps, in English.
    pub remedy: String,
    /// The numbers and names of the sentence, for other languages.
    pub params: BTreeMap<String, Value>,
}

impl Problem {
    pub(super) fn new(code: &Code, pointer: String, detail: impl Into<String>) -> Self {
        Self {
            code: code.code,
            severity: code.severity,
            pointer,
            detail: detail.into(),
            remedy: code.remedy.to_owned(),
            params: BTreeMap::new(),
        }
    }

    /// The same with a parameter.
    pub(super) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.params.insert(name.to_owned(), value.into());
        self
    }
}

/// The problems found so far: at most [`PROBLEMS_MAX`], whatever the document.
#[derive(Debug, Default)]
pub(super) struct Report {
    problems: Vec<Problem>,
    warnings: usize,
}

impl Report {
    /// Puts a problem on the list, unless the list is full.
    pub(super) fn push(&mut self, problem: Problem) {
        let warning = problem.severity == Severity::Warning;
        let refused = self.problems.len() - self.warnings;
        let full = if warning {
            self.warnings >= WARNINGS_MAX
        } else {
            refused >= PROBLEMS_MAX - WARNINGS_MAX
        };
        if !full {
            self.warnings += usize::from(warning);
            self.problems.push(problem);
        }
    }

    /// A problem that needs no parameters.
    pub(super) fn say(&mut self, code: &Code, place: &Place<'_>, detail: impl Into<String>) {
        self.push(Problem::new(code, place.pointer(), detail));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.problems.is_empty()
    }

    pub(super) fn into_problems(self) -> Vec<Problem> {
        self.problems
    }
}

/// A place in a document: a path that costs nothing until a problem needs its text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    parent: Option<&'a Place<'a>>,
    step: Step<'a>,
}

#[derive(Debug, Clone, Copy)]
enum Step<'a> {
    Root,
    Key(&'a str),
    At(usize),
}

impl<'a> Place<'a> {
    /// The whole document.
    pub(super) const ROOT: Place<'static> = Place {
        parent: None,
        step: Step::Root,
    };

    /// The value of a key.
    pub(super) fn key(&'a self, key: &'a str) -> Place<'a> {
        Place {
            parent: Some(self),
            step: Step::Key(key),
        }
    }

    /// An entry of a list, from zero.
    pub(super) fn at(&'a self, index: usize) -> Place<'a> {
        Place {
            parent: Some(self),
            step: Step::At(index),
        }
    }

    /// The place as a JSON pointer.
    pub(super) fn pointer(&self) -> String {
        let mut steps = Vec::new();
        let mut here = Some(self);
        while let Some(place) = here {
            steps.push(place.step);
            here = place.parent;
        }
        let mut text = String::new();
        for step in steps.into_iter().rev() {
            match step {
                Step::Root => {}
                Step::Key(key) => push_key(&mut text, key),
                Step::At(index) => push_key(&mut text, &index.to_string()),
            }
        }
        text
    }
}

/// Appends one step of a JSON pointer, escaped.
pub(super) fn push_key(pointer: &mut String, key: &str) {
    pointer.push('/');
    pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
}

/// A foreign text as a sentence shows it: in quotes, shortened.
pub(super) fn shown(text: &str) -> String {
    let mut short: String = text.chars().take(SHOWN_CHARS_MAX).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    format!("\"{short}\"")
}

#[cfg(test)]
mod tests {
    use super::super::codes::{NOT_JSON, UNUSED};
    use super::*;

    #[test]
    fn places_are_escaped_pointers() {
        let rules = Place::ROOT.key("rules");
        let rule = rules.at(7);
        assert_eq!(rule.key("a/b~c").pointer(), "/rules/7/a~1b~0c");
        assert_eq!(Place::ROOT.pointer(), "");
    }

    #[test]
    fn warnings_never_crowd_out_refusals() {
        let mut report = Report::default();
        for _ in 0..1_000 {
            report.say(&UNUSED, &Place::ROOT, "x");
        }
        for _ in 0..1_000 {
            report.say(&NOT_JSON, &Place::ROOT, "x");
        }
        let problems = report.into_problems();
        let warning = |problem: &&Problem| problem.severity == Severity::Warning;
        assert_eq!(problems.len(), PROBLEMS_MAX);
        assert_eq!(problems.iter().filter(warning).count(), WARNINGS_MAX);
    }

    #[test]
    fn foreign_texts_are_shortened_between_characters() {
        assert_eq!(shown("é"), "\"é\"");
        assert_eq!(shown(&"é".repeat(61)), format!("\"{}…\"", "é".repeat(60)));
    }
}
