//! CSV files as rows whose cells are asked for by name; what is wrong comes back with its place.

use std::collections::HashSet;
use std::sync::Arc;

use super::report::{Problem, RowError, Spot, clipped};

/// The most rows of one file.
const ROWS_MAX: usize = 200_000;

/// A file's rows.
pub(super) struct Table {
    pub rows: Vec<Row>,
}

/// One row.
pub(super) struct Row {
    header: Arc<Vec<String>>,
    cells: Vec<String>,
    pub spot: Spot,
}

fn whole(file: &str, line: u64, what: String, remedy: &str) -> Vec<RowError> {
    vec![Spot::new(file, line).error("", Problem::new(what, remedy))]
}

impl Table {
    /// Reads a file. All of `needed` must be columns; others must be among `optional`.
    pub fn read(
        file: &str,
        bytes: &[u8],
        needed: &[&str],
        optional: &[&str],
    ) -> Result<Self, Vec<RowError>> {
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
        let unreadable = |error: &csv::Error| {
            let line = error.position().map_or(1, csv::Position::line);
            whole(
                file,
                line,
                error.to_string(),
                "save the file as comma separated text in UTF-8",
            )
        };
        let header = reader.headers().map_err(|error| unreadable(&error))?;
        let header: Vec<String> = header.iter().map(|name| name.trim().to_owned()).collect();
        check_header(file, &header, needed, optional)?;
        let header = Arc::new(header);
        let (mut rows, mut errors) = (Vec::new(), Vec::new());
        for record in reader.into_records() {
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    errors.extend(unreadable(&error));
                    continue;
                }
            };
            if rows.len() >= ROWS_MAX {
                let what = format!("the file has more than {ROWS_MAX} rows");
                return Err(whole(file, 0, what, "split it"));
            }
            match row(file, &header, &record) {
                Ok(row) => rows.push(row),
                Err(wrong) => errors.extend(wrong),
            }
        }
        if errors.is_empty() {
            Ok(Self { rows })
        } else {
            Err(errors)
        }
    }

    /// Reads every row; all rows that cannot be read are named.
    pub fn each<T>(
        self,
        mut read: impl FnMut(&Row) -> Result<T, RowError>,
    ) -> Result<Vec<T>, Vec<RowError>> {
        let (mut things, mut errors) = (Vec::new(), Vec::new());
        for row in &self.rows {
            match read(row) {
                Ok(thing) => things.push(thing),
                Err(error) => errors.push(error),
            }
        }
        if errors.is_empty() {
            Ok(things)
        } else {
            Err(errors)
        }
    }
}

fn row(
    file: &str,
    header: &Arc<Vec<String>>,
    record: &csv::StringRecord,
) -> Result<Row, Vec<RowError>> {
    let line = record.position().map_or(0, csv::Position::line);
    let (cells, columns) = (record.len(), header.len());
    if cells != columns {
        let what = format!("the row has {cells} cells, the header {columns}");
        let remedy = "quote cells that hold a comma, and fill up the others";
        return Err(whole(file, line, what, remedy));
    }
    Ok(Row {
        header: Arc::clone(header),
        cells: record.iter().map(|cell| cell.trim().to_owned()).collect(),
        spot: Spot::new(file, line),
    })
}

fn check_header(
    file: &str,
    header: &[String],
    needed: &[&str],
    optional: &[&str],
) -> Result<(), Vec<RowError>> {
    let spot = Spot::new(file, 1);
    let mut errors = Vec::new();
    for name in needed {
        if !header.iter().any(|known| known == name) {
            errors.push(spot.error(
                name,
                Problem::new("the column is missing", "add it to the header row"),
            ));
        }
    }
    let mut seen = HashSet::new();
    for name in header {
        if !seen.insert(name) {
            errors.push(spot.error(name, Problem::new("the column is there twice", "keep one")));
        } else if !needed.contains(&name.as_str()) && !optional.contains(&name.as_str()) {
            let remedy = format!(
                "remove it; known are {} {}",
                needed.join(" "),
                optional.join(" ")
            );
            errors.push(spot.error(
                &clipped(name),
                Problem::new("no such column", remedy.trim()),
            ));
        }
    }
    if errors.is_empty() {
        Ok(())
    } else {
        Err(errors)
    }
}

impl Row {
    /// True when the file has the column.
    pub fn has(&self, column: &str) -> bool {
        self.header.iter().any(|name| name == column)
    }

    fn cell(&self, column: &str) -> &str {
        let at = self.header.iter().position(|name| name == column);
        at.and_then(|at| self.cells.get(at))
            .map_or("", String::as_str)
    }

    /// A cell's value by its reader; the cell must not be empty.
    pub fn get<T>(
        &self,
        column: &str,
        read: impl Fn(&str) -> Result<T, Problem>,
    ) -> Result<T, RowError> {
        let cell = self.cell(column);
        if cell.is_empty() {
            return Err(self.error(column, Problem::new("the cell is empty", "fill it in")));
        }
        read(cell).map_err(|problem| self.error(column, problem))
    }

    /// A cell's value by its reader; none when the cell is empty.
    pub fn maybe<T>(
        &self,
        column: &str,
        read: impl Fn(&str) -> Result<T, Problem>,
    ) -> Result<Option<T>, RowError> {
        if self.cell(column).is_empty() {
            return Ok(None);
        }
        self.get(column, read).map(Some)
    }

    /// The error in this row.
    pub fn error(&self, column: &str, problem: Problem) -> RowError {
        self.spot.error(column, problem)
    }

    /// Refuses a value that an earlier row has.
    pub fn unique(
        &self,
        seen: &mut HashSet<String>,
        column: &str,
        value: &str,
    ) -> Result<(), RowError> {
        if seen.insert(value.to_owned()) {
            return Ok(());
        }
        let what = format!("\"{}\" is in an earlier row too", clipped(value));
        Err(self.error(
            column,
            Problem::new(what, "keep one of the rows, or give this one another value"),
        ))
    }
}
