//! What is printed on a label: the square code's text and what people read beside it.

use carrot_codes::{Code as Parsed, OwnCode};
use carrot_rules::entity::{NodeId, Series, SeriesKind, Stage};
use carrot_wire::signed;

use super::Range;
use crate::canary;
use crate::db;
use crate::error::{Error, Result};
use crate::store::Tx;

/// The most labels of one answer.
pub const LABELS_MAX: i64 = 1_000_000;

/// One label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// What the square code holds.
    pub code: String,
    /// What is printed beside it: a typed code to type, else what and which it is.
    pub words: String,
}

/// Labels of a series, one after another.
pub struct Labels {
    /// The labels.
    pub labels: Vec<Label>,
    /// The series that they are of.
    pub series: Series,
}

/// The labels of a part of a series; all pieces when no part is named. Of typed codes `first` and
/// `count` go by the codes' own order, those that are void or used left out.
///
/// Refuses with `series_unknown`, `series_range`, `series_void`.
pub async fn labels(tx: &mut Tx, code: &str, range: Option<Range>) -> Result<Labels> {
    let series = super::series(tx, code).await?;
    if series.stage == Stage::Void {
        return Err(Error::refused("series_void", "the series is void"));
    }
    let range = range.unwrap_or(Range {
        level: 0,
        first: 0,
        count: series.pieces.min(LABELS_MAX),
    });
    let wrong = || Error::refused("series_range", format!("1 to {LABELS_MAX} labels"));
    if range.first < 0 || !(1..=LABELS_MAX).contains(&range.count) {
        return Err(wrong());
    }
    let labels = match series.kind {
        SeriesKind::Typed => typed(tx, &series, range).await?,
        SeriesKind::Signed | SeriesKind::Serial => {
            let last = range.first.checked_add(range.count - 1).ok_or_else(wrong)?;
            super::place(&series, range.level, range.first)?;
            super::place(&series, range.level, last)?;
            let tag = tx.programme_code().await?;
            let unprinted = canary::serials(tx, &series).await?;
            let printed = |index: &i64| {
                let serial = series
                    .serial_first
                    .map(|first| first.saturating_add(*index));
                range.level > 0 || !serial.is_some_and(|serial| unprinted.contains(&serial))
            };
            let one = |index| placed(tx, &series, &tag, (range.level, index));
            let indexes = (range.first..=last).filter(printed);
            indexes.map(one).collect::<Result<_>>()?
        }
    };
    Ok(Labels { labels, series })
}

async fn typed(tx: &mut Tx, series: &Series, range: Range) -> Result<Vec<Label>> {
    let programme = tx.programme().to_string();
    let codes: Vec<String> = db::query_scalar(
        "SELECT id FROM entity
         WHERE kind = 'code' AND programme_id = ? AND json_extract(body, '$.series') = ?
           AND json_extract(body, '$.status') IN ('printed', 'shipped')
         ORDER BY id LIMIT ? OFFSET ?",
    )
    .bind(programme)
    .bind(&series.code)
    .bind(range.count)
    .bind(range.first)
    .fetch_all(tx.conn())
    .await?;
    let read = |code: &String| match carrot_codes::parse(code) {
        Ok(Parsed::Own(own @ OwnCode::Unique { .. })) => Ok(Label {
            code: own.to_qr_text(),
            words: own.to_text(),
        }),
        _ => Err(Error::Damaged(format!(
            "a code of the series {}",
            series.code
        ))),
    };
    codes.iter().map(read).collect()
}

/// The label of a place. Serial numbers are the trade item's own; what holds pieces has a signed code
/// in any case.
fn placed(tx: &Tx, series: &Series, tag: &str, (level, index): (u8, i64)) -> Result<Label> {
    let node = NodeId {
        series: series.code.clone(),
        level,
        index,
    };
    if let Some(first) = series.serial_first.filter(|_| level == 0) {
        let serial = first.saturating_add(index);
        let host = carrot_codes::UNIQUE_HOST;
        return Ok(Label {
            code: format!("https://{host}/01/{}/21/{serial}", series.product),
            words: format!("{} {serial}", series.product),
        });
    }
    let key = tx.keys().signing();
    let signed = signed::sign_code(key, tag, (&node.series, level, index));
    let signed = signed.ok_or_else(|| Error::Damaged(format!("{node} cannot be signed")))?;
    Ok(Label {
        code: signed.to_text(),
        words: format!("{} {} {}", node.series, series.name(level), index + 1),
    })
}
