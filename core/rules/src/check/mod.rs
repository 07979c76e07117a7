//! What keeps a rule set from being published: documents that cannot be read, and sets that cannot
//! mean what was meant. Each problem has its place, a sentence and a remedy; `docs/RULES.md` section
//! 10 lists them.
//!
//! Work and memory follow the size of the document: nothing compares every rule with every other, and
//! at most [`PROBLEMS_MAX`] problems are told.

mod awards;
mod bands;
mod bounds;
mod catalogue;
mod codes;
mod conditions;
mod cycles;
mod earns;
mod effects;
mod impossible;
mod names;
mod problem;
mod programme;
mod read;
mod rules;
#[cfg(test)]
#[path = "schema/tests.rs"]
mod schema;
mod shadow;
mod tallies;
mod unused;

pub use bounds::*;
pub use catalogue::{Catalogue, Funded};
pub use codes::{PROBLEMS, severity_of};
pub use problem::{PROBLEMS_MAX, Problem, Severity};

use crate::ruleset::RuleSet;
use names::Names;
use problem::{Place, Report};

/// Reads a document and checks it. Fails when anything is refused, with the warnings too; a set that
/// only has warnings is given back, and [`check`] tells them.
pub fn read(text: &[u8], catalogue: &Catalogue) -> Result<RuleSet, Vec<Problem>> {
    let (set, earlier) = read::document(text)?;
    let mut problems = check(&set, catalogue);
    if problems
        .iter()
        .all(|found| found.severity == Severity::Warning)
    {
        return Ok(set);
    }
    for problem in &mut problems {
        problem.pointer = earlier.place(&problem.pointer);
    }
    Err(problems)
}

/// Checks a set that was read. Pointers lead into the document that it is written as.
#[must_use]
pub fn check(set: &RuleSet, catalogue: &Catalogue) -> Vec<Problem> {
    let mut look = Look {
        set,
        catalogue,
        names: Names::of(set),
        report: Report::default(),
        work: WORK_MAX,
    };
    programme::check(&mut look);
    tallies::check(&mut look);
    cycles::check(&mut look);
    rules::check(&mut look);
    awards::check(&mut look);
    shadow::check(&mut look);
    earns::check(&mut look);
    unused::check(&mut look);
    look.report.into_problems()
}

/// How many comparisons looking for impossible conditions may take, for all rules together. A set
/// that people write takes a few for each of its conditions.
const WORK_MAX: u64 = 20_000_000;

/// A set that is looked at, and what was found.
struct Look<'a> {
    set: &'a RuleSet,
    catalogue: &'a Catalogue,
    names: Names<'a>,
    report: Report,
    /// Comparisons that are left.
    work: u64,
}

impl Look<'_> {
    /// Refuses a number outside `range`, both ends included.
    fn range(&mut self, place: &Place<'_>, value: i64, range: (i64, i64)) -> bool {
        let (min, max) = range;
        let inside = (min..=max).contains(&value);
        if !inside {
            let detail = format!("{value} is not between {min} and {max}.");
            let problem = Problem::new(&codes::NUMBER_OUT_OF_RANGE, place.pointer(), detail)
                .with("value", value)
                .with("min", min)
                .with("max", max);
            self.report.push(problem);
        }
        inside
    }

    /// Refuses a list that is empty though it must not be, or too long.
    fn length(&mut self, place: &Place<'_>, length: usize, (min, max): (usize, usize)) -> bool {
        if length < min {
            let detail = "Expected at least one entry.";
            self.report.say(&codes::EMPTY_LIST, place, detail);
        } else if length > max {
            let detail = format!("{length} entries, at most {max} are allowed.");
            let problem = Problem::new(&codes::TOO_MANY, place.pointer(), detail)
                .with("count", length)
                .with("count_max", max);
            self.report.push(problem);
        }
        (min..=max).contains(&length)
    }
}
