//! The rows of a run: measured, reference, ratio, limit; as a table and as JSON.

use std::fmt::Write as _;

use serde::Serialize;

/// One comparison.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// What was measured.
    pub name: String,
    /// Our figure, microseconds.
    pub measured_us: f64,
    /// The reference's figure in the same run, microseconds.
    pub reference_us: f64,
    /// Measured over reference.
    pub ratio: f64,
    /// The largest ratio that is allowed; none for figures that are only shown.
    pub limit: Option<f64>,
    /// False when the ratio is over its limit.
    pub ok: bool,
}

/// All rows of a run.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// How the measured code was compiled.
    pub profile: &'static str,
    /// True for the large sizes.
    pub full: bool,
    /// Rows, in the order in which they were measured.
    pub rows: Vec<Row>,
}

/// How this program was compiled, as far as it can know.
fn profile() -> &'static str {
    if cfg!(debug_assertions) {
        "dev: slower than what people run, limits are meant for `bench`"
    } else {
        "bench: optimised like a release, without link-time optimisation"
    }
}

impl Report {
    /// A report without rows.
    #[must_use]
    pub fn new(full: bool) -> Self {
        Self {
            profile: profile(),
            full,
            rows: Vec::new(),
        }
    }

    /// Adds a comparison with a limit.
    pub fn limited(&mut self, name: &str, measured_us: f64, reference_us: f64, limit: f64) {
        self.add(name, measured_us, reference_us, Some(limit));
    }

    /// Adds a comparison that only informs.
    pub fn shown(&mut self, name: &str, measured_us: f64, reference_us: f64) {
        self.add(name, measured_us, reference_us, None);
    }

    fn add(&mut self, name: &str, measured_us: f64, reference_us: f64, limit: Option<f64>) {
        let ratio = measured_us / reference_us;
        let row = Row {
            name: name.to_owned(),
            measured_us,
            reference_us,
            ratio,
            limit,
            // A reference of nothing makes no ratio, and no ratio keeps no limit.
            ok: limit.is_none_or(|limit| ratio <= limit),
        };
        eprintln!("{}", line(&row));
        self.rows.push(row);
    }

    /// True when every limit is kept.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.rows.iter().all(|row| row.ok)
    }

    /// The rows as a table.
    #[must_use]
    pub fn table(&self) -> String {
        let mut table = format!("profile {}\n", self.profile);
        let _ = writeln!(
            table,
            "{:<58} | {:>11} | {:>11} | {:>6} | {:>5} | ok",
            "name", "measured µs", "reference µs", "ratio", "limit"
        );
        for row in &self.rows {
            let _ = writeln!(table, "{}", line(row));
        }
        table
    }
}

fn line(row: &Row) -> String {
    let limit = row
        .limit
        .map_or_else(|| "-".to_owned(), |limit| format!("{limit:.1}"));
    let ok = match (row.limit, row.ok) {
        (None, _) => "-",
        (Some(_), true) => "yes",
        (Some(_), false) => "NO",
    };
    format!(
        "{:<58} | {:>11.1} | {:>12.1} | {:>6.2} | {limit:>5} | {ok}",
        row.name, row.measured_us, row.reference_us, row.ratio
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_missed_limit_fails_the_run() {
        let mut report = Report::new(false);
        report.limited("kept", 15.0, 10.0, 1.5);
        report.shown("shown", 900.0, 1.0);
        assert!(report.holds());
        report.limited("missed", 15.1, 10.0, 1.5);
        assert!(!report.holds());
        assert_eq!(report.table().matches("| NO").count(), 1);
    }

    #[test]
    fn a_reference_of_nothing_keeps_no_limit() {
        let mut report = Report::new(false);
        report.limited("nothing", 1.0, 0.0, 1.5);
        report.limited("nothing at all", 0.0, 0.0, 1.5);
        assert!(report.rows.iter().all(|row| !row.ok));
    }
}
