//! The JSON of a document, within bounds: depth, lengths, keys that come twice, numbers that are not
//! exact. Nothing is built, so a hostile document costs no more than its bytes.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::Earlier;
use crate::amount::AMOUNT_SIZE_MAX;
use crate::check::Problem;
use crate::check::bounds::{JSON_DEPTH_MAX, LIST_MAX, TEXT_CHARS_MAX};
use crate::check::codes::{
    Code, DUPLICATE_KEY, NOT_JSON, NUMBER_NOT_EXACT, TEXT_TOO_LONG, TOO_DEEP, TOO_MANY, WRONG_TYPE,
};
use crate::check::problem::{Report, push_key, shown};

/// Fields that hold lists. The reader of shapes would take a list for any object, field by field; the
/// format does not.
const LISTS: [&str; 15] = [
    "all",
    "any",
    "in",
    "rules",
    "tallies",
    "ladders",
    "budgets",
    "peg",
    "zone",
    "to",
    "bands",
    "shares_bp",
    "steps",
    "without_products",
    "without_categories",
];
/// Fields that may be null, which says as much as leaving them out. The reader of shapes would take
/// null for what stands beside any word; the format does not.
pub(in crate::check) const OPTIONAL: [&str; 13] = [
    "budget",
    "ends_ms",
    "expires_days",
    "from",
    "funder",
    "group",
    "lesson",
    "liability_points_max",
    "part_pay",
    "points_max",
    "starts_ms",
    "times_max",
    "to",
];

/// A document whose JSON is sound.
pub(super) struct Scanned {
    pub(super) earlier: Earlier,
    /// Lists and nulls where the reader of shapes takes them and the format does not.
    pub(super) loose: Vec<Problem>,
}

/// Looks through the whole document. Fails with every problem of its JSON that has a place of its own,
/// up to the first that ends reading.
pub(super) fn scan(text: &[u8]) -> Result<Scanned, Vec<Problem>> {
    let mut scan = Scan::default();
    let mut reader = serde_json::Deserializer::from_slice(text);
    let outcome = Anything(&mut scan)
        .deserialize(&mut reader)
        .and_then(|()| reader.end());
    if let Err(error) = outcome {
        scan.end_with(&error);
    }
    if scan.report.is_empty() {
        Ok(Scanned {
            earlier: scan.earlier,
            loose: scan.loose.into_problems(),
        })
    } else {
        Err(scan.report.into_problems())
    }
}

#[derive(Default)]
struct Scan {
    path: Vec<Step>,
    report: Report,
    loose: Report,
    earlier: Earlier,
    /// A bound was passed that reading does not go on after; the problem is on the list.
    stopped: bool,
}

enum Step {
    Key(String),
    At(usize),
}

impl Scan {
    fn problem(&self, code: &Code, detail: impl Into<String>) -> Problem {
        let mut pointer = String::new();
        for step in &self.path {
            match step {
                Step::Key(key) => push_key(&mut pointer, key),
                Step::At(index) => push_key(&mut pointer, &index.to_string()),
            }
        }
        Problem::new(code, pointer, detail)
    }

    /// The error that ended reading; the path still leads to where it happened.
    fn end_with(&mut self, error: &serde_json::Error) {
        if self.stopped {
            return;
        }
        let text = error.to_string();
        let number = text.starts_with("invalid type: floating point")
            || text.starts_with("number out of range");
        let problem = if number {
            self.problem(
                &NUMBER_NOT_EXACT,
                "Expected a whole number of at most 2^53 - 1 in size.",
            )
        } else {
            let (line, column) = (error.line(), error.column());
            let what = text.split(" at line ").next().unwrap_or_default();
            let detail = format!("The text is not JSON in line {line}, column {column}: {what}.");
            self.problem(&NOT_JSON, detail)
                .with("line", line)
                .with("column", column)
        };
        self.report.push(problem);
    }

    fn text(&mut self, text: &str) {
        if text.len() > TEXT_CHARS_MAX && text.chars().count() > TEXT_CHARS_MAX {
            let detail = format!("A text has at most {TEXT_CHARS_MAX} characters here.");
            let problem = self.problem(&TEXT_TOO_LONG, detail);
            self.report.push(problem.with("chars_max", TEXT_CHARS_MAX));
        }
    }

    fn number(&mut self, exact: bool) {
        if !exact {
            let detail = "Expected a whole number of at most 2^53 - 1 in size.";
            let problem = self.problem(&NUMBER_NOT_EXACT, detail);
            self.report.push(problem);
        }
    }

    /// The key that the path ends with.
    fn key(&self) -> &str {
        match self.path.last() {
            Some(Step::Key(key)) => key,
            Some(Step::At(_)) | None => "",
        }
    }

    /// Notes a list or a null that stands for something else.
    fn expect(&mut self, expected: bool, found: &str) {
        if !expected {
            let problem = self.problem(&WRONG_TYPE, format!("No {found} is expected here."));
            self.loose.push(problem);
        }
    }

    fn takes_list(&self) -> bool {
        match (self.path.len(), self.key()) {
            // Bounds of the programme are an object, limits of a rule a list.
            (1, "per_amount" | "multipliers") => true,
            (length, "limits") => length > 1,
            (_, key) => LISTS.contains(&key),
        }
    }

    /// Refuses to go on below a depth that only a hostile document reaches.
    fn enter<E: Error>(&mut self) -> Result<(), E> {
        if self.path.len() < JSON_DEPTH_MAX {
            return Ok(());
        }
        let detail = format!("Objects and lists are nested at most {JSON_DEPTH_MAX} deep.");
        self.stop(&TOO_DEEP, detail)
    }

    fn stop<E: Error>(&mut self, code: &Code, detail: String) -> Result<(), E> {
        self.stopped = true;
        let problem = self.problem(code, detail);
        self.report.push(problem);
        Err(E::custom("a bound was passed"))
    }

    /// Notes how long the lists of the first shape are.
    fn list_ends(&mut self, length: usize) {
        if let [Step::Key(key)] = self.path.as_slice() {
            match key.as_str() {
                "per_amount" => self.earlier.per_amount = length,
                "multipliers" => self.earlier.multipliers = length,
                _ => {}
            }
        }
    }
}

/// Any value, at the scan's path.
struct Anything<'s>(&'s mut Scan);

impl<'de> DeserializeSeed<'de> for Anything<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Anything<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value without fractions")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        let expected = OPTIONAL.contains(&self.0.key());
        self.0.expect(expected, "null");
        Ok(())
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<(), E> {
        self.0.number(number >= -AMOUNT_SIZE_MAX);
        Ok(())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        self.0.number(number <= AMOUNT_SIZE_MAX.unsigned_abs());
        Ok(())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.0.text(text);
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        self.0.enter()?;
        let expected = self.0.takes_list();
        self.0.expect(expected, "list");
        for index in 0.. {
            self.0.path.push(Step::At(index));
            let more = list.next_element_seed(Anything(self.0))?;
            self.0.path.pop();
            if more.is_none() {
                self.0.list_ends(index);
                break;
            }
            if index == LIST_MAX {
                let detail = format!("A list has at most {LIST_MAX} entries.");
                return self.0.stop(&TOO_MANY, detail);
            }
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        self.0.enter()?;
        let mut keys = BTreeSet::new();
        while let Some(key) = map.next_key::<String>()? {
            self.0.text(&key);
            if !keys.insert(key.clone()) {
                let detail = format!("The key {} is there twice.", shown(&key));
                let mut problem = self.0.problem(&DUPLICATE_KEY, detail);
                push_key(&mut problem.pointer, &key);
                self.0.report.push(problem);
            }
            self.0.path.push(Step::Key(key));
            map.next_value_seed(Anything(self.0))?;
            self.0.path.pop();
        }
        Ok(())
    }
}
