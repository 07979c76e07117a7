//! Files of codes: what was shipped comes in as CSV, codes go out as CSV. An export holds secrets, so
//! that it was made is in the audit log.

use std::borrow::Cow;

use carrot_rules::entity::Outlet;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Range, labels, ship};
use crate::error::{Error, Result};
use crate::import::outlet_id;
use crate::store::Tx;

/// The most rows of a shipping file.
const ROWS_MAX: usize = 100_000;

/// What a shipping file did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileReport {
    /// Rows.
    pub rows: usize,
    /// Pieces.
    pub pieces: i64,
}

/// One row: a part of a series and where it went.
#[derive(Debug, Deserialize)]
struct Row {
    series: String,
    /// The level's name; the whole series when empty.
    level: Option<String>,
    /// The first one, counted from 1 as it is printed.
    first: Option<i64>,
    count: Option<i64>,
    /// The outlet's code.
    outlet: Option<String>,
}

/// Takes a CSV file with the columns `series,level,first,count,outlet`. A row that cannot be taken
/// refuses the file as a whole, with its line.
pub async fn ship_file(tx: &mut Tx, bytes: &[u8], actor: &str) -> Result<FileReport> {
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(bytes);
    let mut report = FileReport { rows: 0, pieces: 0 };
    for row in reader.deserialize::<Row>() {
        let line = report.rows.saturating_add(2);
        let wrong = |what: String| Error::refused("bad_file", format!("line {line}: {what}"));
        if report.rows >= ROWS_MAX {
            return Err(wrong(format!("more than {ROWS_MAX} rows: split the file")));
        }
        let row = row.map_err(|error| wrong(error.to_string()))?;
        let sent = ship_row(tx, &row, actor)
            .await
            .map_err(|error| match error {
                Error::Refused(refusal) => wrong(refusal.to_string()),
                other => other,
            })?;
        report.rows += 1;
        report.pieces = report.pieces.saturating_add(sent.pieces);
    }
    Ok(report)
}

async fn ship_row(tx: &mut Tx, row: &Row, actor: &str) -> Result<super::Sent> {
    let series = super::series(tx, &row.series).await?;
    let outlet = match &row.outlet {
        None => None,
        Some(code) => {
            let id = outlet_id(tx.programme(), code);
            if tx.entity::<Outlet>(&id.to_string()).await?.is_none() {
                let what = format!("no outlet {code:.40}");
                return Err(Error::refused("outlet_unknown", what));
            }
            Some(id)
        }
    };
    let range = match (&row.level, row.first) {
        (None, None) => None,
        (level, first) => {
            let name = level.as_deref().unwrap_or("unit");
            let found = series.levels.iter().position(|known| known.name == name);
            let found = found.and_then(|level| u8::try_from(level).ok());
            let level = found
                .ok_or_else(|| Error::refused("series_range", format!("no level {name:.40}")))?;
            Some(Range {
                level,
                first: first.unwrap_or(1).saturating_sub(1),
                count: row.count.unwrap_or(1),
            })
        }
    };
    ship(tx, &row.series, range, outlet, actor).await
}

/// A cell that no spreadsheet takes for a formula: the names of levels are anybody's.
fn cell(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The codes of a series, or of a part of it, as CSV with the columns `code,words`. The caller
/// commits: the log says that they left the house.
pub async fn export(tx: &mut Tx, code: &str, range: Option<Range>, actor: &str) -> Result<Vec<u8>> {
    let found = labels(tx, code, range).await?;
    let mut writer = csv::Writer::from_writer(Vec::new());
    let fault = |error: csv::Error| Error::Damaged(format!("CSV: {error}"));
    writer.write_record(["code", "words"]).map_err(fault)?;
    for label in &found.labels {
        writer
            .write_record([cell(&label.code).as_ref(), cell(&label.words).as_ref()])
            .map_err(fault)?;
    }
    let detail = json!({"codes": found.labels.len(), "secret": true});
    tx.audit(actor, "series.export", code, &detail).await?;
    writer
        .into_inner()
        .map_err(|error| Error::Damaged(format!("CSV: {error}")))
}
