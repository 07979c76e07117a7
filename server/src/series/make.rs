//! Making a series. Signed codes and serial numbers follow from the series' record alone; typed codes
//! are random and are stored one by one, in batches that can be stopped and taken up again.

use std::collections::BTreeMap;

use carrot_rules::Scope;
use carrot_rules::entity::{
    Code, EntityKind, LEVELS_MAX, Product, SERIES_PIECES_MAX, SerialRange, SerialRanges, Series,
    SeriesKind, SeriesLevel, Stage,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;
use utoipa::ToSchema;

use crate::canary;
use crate::db;
use crate::error::{Error, Result};
use crate::import::CodeBytes;
use crate::store::{Store, Tx};

/// The most typed codes of one series.
pub const TYPED_CODES_MAX: i64 = 1_000_000;
/// How many typed codes are written in one transaction.
pub const BATCH_CODES: i64 = 2_000;

/// What a new series should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct SeriesWish {
    /// Its code: 1 to 40 small Latin letters, digits and dashes.
    pub code: String,
    /// The product that its pieces are, by id.
    pub product: String,
    /// `typed`, `signed` or `serial`.
    #[schema(value_type = String)]
    pub kind: SeriesKind,
    /// How many pieces.
    pub pieces: i64,
    /// What holds pieces: name and pieces of each level above the lowest, smallest first, for example
    /// a carton of 10 and a pallet of 1,000.
    #[serde(default)]
    pub levels: BTreeMap<String, i64>,
    /// The first serial number, for kind `serial`.
    #[serde(default)]
    #[ts(optional)]
    pub serial_first: Option<i64>,
    /// From when on its codes bring nothing more, UTC milliseconds.
    #[serde(default)]
    #[ts(optional)]
    pub ends_ms: Option<i64>,
}

/// How far the codes of a series are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// Codes that exist.
    pub codes: i64,
    /// Codes that the series has in the end.
    pub wanted: i64,
}

fn refuse(what: impl Into<String>) -> Error {
    Error::refused("series_wrong", what)
}

fn levels(wish: &SeriesWish) -> Result<Vec<SeriesLevel>> {
    let mut levels = vec![SeriesLevel {
        name: "unit".to_owned(),
        pieces: 1,
    }];
    let mut above: Vec<(&String, &i64)> = wish.levels.iter().collect();
    above.sort_by_key(|(_, pieces)| **pieces);
    for (name, pieces) in above {
        let below = levels.last().map_or(1, |level| level.pieces);
        let plain = (1..=40).contains(&name.chars().count()) && !name.contains(char::is_control);
        if !plain || *pieces <= below || pieces % below != 0 || *pieces > SERIES_PIECES_MAX {
            let what =
                format!("{name:.40}: a level holds a whole number of the one below, {below}");
            return Err(refuse(what));
        }
        levels.push(SeriesLevel {
            name: name.clone(),
            pieces: *pieces,
        });
    }
    if levels.len() > LEVELS_MAX {
        return Err(refuse(format!("more than {LEVELS_MAX} levels")));
    }
    Ok(levels)
}

fn check(wish: &SeriesWish, tag: &str) -> Result<()> {
    if !carrot_codes::is_series_code(&wish.code) {
        return Err(refuse(
            "a series' code is 1 to 40 small Latin letters, digits and dashes",
        ));
    }
    let most = match wish.kind {
        SeriesKind::Typed => TYPED_CODES_MAX,
        SeriesKind::Signed | SeriesKind::Serial => SERIES_PIECES_MAX,
    };
    if !(1..=most).contains(&wish.pieces) {
        return Err(refuse(format!("1 to {most} pieces")));
    }
    let serial = wish.kind == SeriesKind::Serial;
    if serial != wish.serial_first.is_some_and(|first| first >= 0) {
        return Err(refuse("only serial numbers have a first one, from zero"));
    }
    if wish.kind == SeriesKind::Typed && !wish.levels.is_empty() {
        return Err(refuse(
            "typed codes have no levels: nobody knows their order",
        ));
    }
    if !serial && !carrot_codes::is_programme_tag(tag) {
        let what =
            "the programme's code is not 2 to 8 small letters and digits: no code can name it";
        return Err(refuse(what));
    }
    Ok(())
}

/// Writes the record of a new series. Typed codes are made by [`fill`] afterwards.
///
/// Refuses with `series_exists`, `series_wrong`, `unknown_product`.
pub async fn begin(tx: &mut Tx, wish: &SeriesWish, actor: &str) -> Result<Series> {
    check(wish, &tx.programme_code().await?)?;
    if tx.entity::<Series>(&wish.code).await?.is_some() {
        return Err(Error::refused(
            "series_exists",
            format!("{} is there already", wish.code),
        ));
    }
    if tx.entity::<Product>(&wish.product).await?.is_none() {
        let what = format!("no product {:.40}", wish.product);
        return Err(Error::refused("unknown_product", what));
    }
    let series = Series {
        code: wish.code.clone(),
        product: wish.product.clone(),
        kind: wish.kind,
        levels: levels(wish)?,
        pieces: wish.pieces,
        serial_first: wish.serial_first,
        stage: Stage::Printed,
        outlet: None,
        made_ms: tx.now_ms(),
        ends_ms: wish.ends_ms,
    };
    add_range(tx, &series).await?;
    canary::sow_serials(tx, &series).await?;
    let all = [Scope::Programme(tx.programme())];
    tx.put(&series.code, &series, &all).await?;
    let detail = json!({"kind": series.kind, "product": series.product, "pieces": series.pieces});
    tx.audit(actor, "series.make", &series.code, &detail)
        .await?;
    Ok(series)
}

/// Makes the serial numbers findable by their product; two series cannot share one.
async fn add_range(tx: &mut Tx, series: &Series) -> Result<()> {
    let Some(first) = series.serial_first else {
        return Ok(());
    };
    let all = [Scope::Programme(tx.programme())];
    let known = tx.entity::<SerialRanges>(&series.product).await?;
    let mut known = known.unwrap_or_default();
    let last = first
        .checked_add(series.pieces)
        .filter(|last| *last <= carrot_codes::SIGNED_INDEX_MAX)
        .ok_or_else(|| refuse("the serial numbers are too high"))?;
    let taken = |range: &&SerialRange| {
        range.first < last && first < range.first.saturating_add(range.count)
    };
    if let Some(range) = known.ranges.iter().find(taken) {
        let what = format!(
            "the series {} has some of these serial numbers",
            range.series
        );
        return Err(refuse(what));
    }
    known.ranges.push(SerialRange {
        first,
        count: series.pieces,
        series: series.code.clone(),
    });
    tx.put(&series.product, &known, &all).await
}

/// How many codes of a series exist.
pub(super) async fn made(tx: &mut Tx, series: &Series) -> Result<Made> {
    let wanted = series.pieces;
    if series.kind != SeriesKind::Typed {
        return Ok(Made {
            codes: wanted,
            wanted,
        });
    }
    let programme = tx.programme().to_string();
    let codes = db::query_scalar(
        "SELECT COUNT(*) FROM entity
         WHERE kind = 'code' AND programme_id = ? AND json_extract(body, '$.series') = ?
           AND json_extract(body, '$.status') <> 'canary'",
    )
    .bind(programme)
    .bind(&series.code)
    .fetch_one(tx.conn())
    .await?;
    Ok(Made { codes, wanted })
}

/// Makes the typed codes that a series still lacks, a batch at a time. `go_on` hears after each batch
/// how far it is, and answers false to stop there; a later call goes on where this one stopped.
pub async fn fill(
    store: &Store,
    programme: uuid::Uuid,
    code: &str,
    code_bytes: CodeBytes<'_>,
    go_on: &mut (dyn FnMut(Made) -> bool + Send),
) -> Result<Made> {
    loop {
        let mut tx = store.begin(programme).await?;
        let series = super::series(&mut tx, code).await?;
        let before = made(&mut tx, &series).await?;
        let lacks = before.wanted.saturating_sub(before.codes);
        let tag = tx.programme_code().await?;
        if lacks <= 0 {
            if series.kind == SeriesKind::Typed {
                canary::sow_typed(&mut tx, &series, &tag, code_bytes).await?;
                tx.commit().await?;
            }
            return Ok(before);
        }
        let batch = lacks.min(BATCH_CODES);
        for _ in 0..batch {
            add_code(&mut tx, &series, &tag, code_bytes()?).await?;
        }
        tx.commit().await?;
        let after = Made {
            codes: before.codes.saturating_add(batch),
            ..before
        };
        // The round that finds nothing missing makes the codes that are never printed.
        if !go_on(after) {
            return Ok(after);
        }
    }
}

async fn add_code(tx: &mut Tx, series: &Series, tag: &str, bytes: [u8; 10]) -> Result<()> {
    let text = carrot_codes::unique_from_bytes(tag, bytes).canonical();
    if tx.body(EntityKind::Code, &text).await?.is_some() {
        let what = "the source of random bytes repeats itself";
        return Err(Error::Damaged(what.to_owned()));
    }
    let code = Code {
        series: series.code.clone(),
        product: series.product.clone(),
        outlet: None,
        // Its series says whether it was shipped, and where to.
        status: "printed".to_owned(),
        claimed_by: None,
        claimed_ms: None,
    };
    tx.put(&text, &code, &[]).await
}
