//! What an import did or would do, and what stopped a row.

use std::fmt;
use std::sync::Arc;

/// Why a row cannot be taken, with where it is and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowError {
    /// The file's name.
    pub file: String,
    /// Line, from 1; zero when the whole file is meant.
    pub line: u64,
    /// The column's name, or a field's path in JSON; empty when the whole row is meant.
    pub column: String,
    /// What is wrong.
    pub problem: String,
    /// What to do about it.
    pub remedy: String,
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        if !self.column.is_empty() {
            write!(f, ": {}", self.column)?;
        }
        write!(f, ": {}; {}", self.problem, self.remedy)
    }
}

/// What an import did, or in a dry run would do. Rows are counted, not things.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Rows that were not known.
    pub new: usize,
    /// Rows that differ from what was known.
    pub changed: usize,
    /// Rows that were known just so.
    pub unchanged: usize,
    /// Rows that cannot be taken. When there is one, nothing was written.
    pub refused: Vec<RowError>,
    /// Remarks, one sentence each.
    pub notes: Vec<String>,
}

impl Report {
    /// The report of a file that is refused as a whole.
    pub(super) fn refusing(refused: Vec<RowError>) -> Self {
        Self {
            refused,
            ..Self::default()
        }
    }

    /// True when no row was refused.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.refused.is_empty()
    }

    /// True when the import would change something.
    #[must_use]
    pub fn changes(&self) -> bool {
        self.new + self.changed > 0
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let refused = self.refused.len();
        write!(
            f,
            "{} new, {} changed, {} unchanged, {refused} refused",
            self.new, self.changed, self.unchanged
        )
    }
}

/// What is wrong with one cell, and what to do; without its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problem {
    what: String,
    remedy: String,
}

impl Problem {
    pub fn new(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            remedy: remedy.into(),
        }
    }
}

/// A row's place in its file.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    pub file: Arc<str>,
    pub line: u64,
}

impl Spot {
    pub fn new(file: &str, line: u64) -> Self {
        Self {
            file: Arc::from(file),
            line,
        }
    }

    /// The error at this place.
    pub fn error(&self, column: &str, problem: Problem) -> RowError {
        RowError {
            file: self.file.to_string(),
            line: self.line,
            column: column.to_owned(),
            problem: problem.what,
            remedy: problem.remedy,
        }
    }

    /// The error of a reference to something that is not there.
    pub fn missing(&self, column: &str, value: &str, import_first: &str) -> RowError {
        let what = format!("there is no \"{}\"", clipped(value));
        self.error(
            column,
            Problem::new(
                what,
                format!("correct it, or add it to {import_first} and import that first"),
            ),
        )
    }
}

/// A value as messages quote it.
pub(super) fn clipped(value: &str) -> String {
    const CHARS_MAX: usize = 40;
    let mut text: String = value
        .chars()
        .take(CHARS_MAX)
        .filter(|c| !c.is_control())
        .collect();
    if value.chars().count() > CHARS_MAX {
        text.push('…');
    }
    text
}
