//! Codes that are made with a series and never printed. Nobody can have one from a box: whoever sends
//! one has guessed, or has seen the database. The answer is that of any unknown code; the managers get
//! a signal (`decide/guess.rs` of the rules).
//!
//! | series | where they are |
//! |---|---|
//! | typed codes | beside the printed ones, in the same space of random codes |
//! | serial numbers without levels | one number of each block of the range, left out when printing |
//! | signed codes, serial numbers with levels | none: a signature cannot be guessed, and a carton must be whole |

use std::collections::BTreeSet;

use carrot_rules::entity::{Code, EntityKind, Series, SeriesKind};

use crate::db;
use crate::error::{Error, Result};
use crate::import::CodeBytes;
use crate::store::Tx;

/// One code of so many is never printed.
pub const CANARY_ONE_IN: i64 = 50;
/// The most of one series; a larger one has them further apart.
pub const CANARIES_MAX: i64 = 20_000;
/// What the rules call them.
const STATUS: &str = "canary";

/// How many a series has. Of serial numbers whole blocks only, so that a small range stays whole.
#[must_use]
pub fn wanted(series: &Series) -> i64 {
    let count = match series.kind {
        SeriesKind::Typed => series.pieces.saturating_add(CANARY_ONE_IN - 1) / CANARY_ONE_IN,
        SeriesKind::Serial if series.levels.len() == 1 => series.pieces / CANARY_ONE_IN,
        SeriesKind::Serial | SeriesKind::Signed => 0,
    };
    count.clamp(0, CANARIES_MAX)
}

fn canary(series: &Series) -> Code {
    Code {
        series: series.code.clone(),
        product: series.product.clone(),
        outlet: None,
        status: STATUS.to_owned(),
        claimed_by: None,
        claimed_ms: None,
    }
}

/// Makes those that a series of typed codes still lacks.
pub async fn sow_typed(
    tx: &mut Tx,
    series: &Series,
    tag: &str,
    code_bytes: CodeBytes<'_>,
) -> Result<()> {
    let programme = tx.programme().to_string();
    let known: i64 = db::query_scalar(
        "SELECT COUNT(*) FROM entity WHERE kind = 'code' AND programme_id = ?
           AND json_extract(body, '$.status') = 'canary' AND json_extract(body, '$.series') = ?",
    )
    .bind(programme)
    .bind(&series.code)
    .fetch_one(tx.conn())
    .await?;
    for _ in known..wanted(series) {
        let text = carrot_codes::unique_from_bytes(tag, code_bytes()?).canonical();
        if tx.body(EntityKind::Code, &text).await?.is_some() {
            let what = "the source of random bytes repeats itself";
            return Err(Error::Damaged(what.to_owned()));
        }
        tx.put(&text, &canary(series), &[]).await?;
    }
    Ok(())
}

/// Chooses the serial numbers of a series that are kept out of print: one of each block, anywhere in it.
pub async fn sow_serials(tx: &mut Tx, series: &Series) -> Result<()> {
    let count = wanted(series);
    let Some(first) = series.serial_first.filter(|_| count > 0) else {
        return Ok(());
    };
    let block = series.pieces / count;
    for number in 0..count {
        // Of 64 random bits the rest of a division by a block is as good as even.
        let chance = u64::from_be_bytes(tx.random::<8>()?) >> 1;
        let within = i64::try_from(chance).unwrap_or(0) % block.max(1);
        let serial = first.saturating_add(number * block).saturating_add(within);
        tx.put(&serial_id(series, serial), &canary(series), &[])
            .await?;
    }
    Ok(())
}

/// What a claim of the serial number looks for.
fn serial_id(series: &Series, serial: i64) -> String {
    format!("{}:{serial}", series.product)
}

/// The serial numbers of a series that are never printed.
pub async fn serials(tx: &mut Tx, series: &Series) -> Result<BTreeSet<i64>> {
    if wanted(series) == 0 || series.kind != SeriesKind::Serial {
        return Ok(BTreeSet::new());
    }
    let programme = tx.programme().to_string();
    // A colon is followed by a semicolon: the ids of one product lie between.
    let ids: Vec<String> = db::query_scalar(
        "SELECT id FROM entity WHERE kind = 'code' AND programme_id = ? AND id > ? AND id < ?
           AND json_extract(body, '$.status') = 'canary' AND json_extract(body, '$.series') = ?",
    )
    .bind(programme)
    .bind(format!("{}:", series.product))
    .bind(format!("{};", series.product))
    .bind(&series.code)
    .fetch_all(tx.conn())
    .await?;
    let serial = |id: &String| id.rsplit(':').next()?.parse().ok();
    Ok(ids.iter().filter_map(serial).collect())
}

#[cfg(test)]
mod tests {
    use super::{CANARIES_MAX, wanted};
    use carrot_rules::entity::{Series, SeriesKind, SeriesLevel, Stage};

    fn series(kind: SeriesKind, pieces: i64, levels: usize) -> Series {
        let level = |pieces| SeriesLevel {
            name: format!("level{pieces}"),
            pieces,
        };
        Series {
            code: "s1".to_owned(),
            product: "09520001000017".to_owned(),
            kind,
            levels: [1, 10, 100].into_iter().take(levels).map(level).collect(),
            pieces,
            serial_first: None,
            stage: Stage::Printed,
            outlet: None,
            made_ms: 0,
            ends_ms: None,
        }
    }

    #[test]
    fn one_of_fifty_and_never_too_many() {
        for (kind, pieces, levels, expected) in [
            (SeriesKind::Typed, 1, 1, 1),
            (SeriesKind::Typed, 1_000, 1, 20),
            (SeriesKind::Typed, 1_001, 1, 21),
            (SeriesKind::Serial, 49, 1, 0),
            (SeriesKind::Serial, 1_000, 1, 20),
            (SeriesKind::Serial, 1_000_000_000, 1, CANARIES_MAX),
            (SeriesKind::Serial, 1_000, 3, 0),
            (SeriesKind::Signed, 1_000, 1, 0),
        ] {
            assert_eq!(
                wanted(&series(kind, pieces, levels)),
                expected,
                "{kind:?} {pieces}"
            );
        }
    }
}
