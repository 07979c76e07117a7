//! Goods on their way (logistic units by SSCC) and series of unique codes for boxes.

use std::collections::HashSet;

use carrot_rules::entity::{
    Code, Holds, Logistic, NodeId, ONLY, Outlet, Product, Programme, Series, SeriesKind,
    SeriesLevel, Stage, WAYBILL_UNITS_MAX, Waybill,
};
use uuid::Uuid;

use super::field;
use super::report::{Problem, RowError, Spot};
use super::table::Table;
use super::write::{Diff, Writer};
use super::{CodeBytes, outlet_id};
use crate::db;
use crate::error::{Error, Result};

struct UnitRow {
    spot: Spot,
    sscc: String,
    gtin: Option<String>,
    count: Option<i64>,
    outlet: String,
    /// A place of a series: its code, the level's name, the number counted from 1 as it is printed.
    place: Option<(String, String, i64)>,
    waybill: Option<String>,
}

fn parse_units(file: &str, bytes: &[u8]) -> Result<Vec<UnitRow>, Vec<RowError>> {
    let mut seen = HashSet::new();
    let columns = ["sscc", "gtin", "count", "outlet"];
    let optional = ["series", "level", "number", "waybill"];
    Table::read(file, bytes, &columns, &optional)?.each(|row| {
        let sscc = row.get("sscc", field::sscc)?.as_str().to_owned();
        row.unique(&mut seen, "sscc", &sscc)?;
        let place = match row.maybe("series", field::code)? {
            None => None,
            Some(series) => Some((
                series,
                row.get("level", field::text)?,
                row.get("number", field::whole(1, i64::MAX))?,
            )),
        };
        let (gtin, count) = match place {
            // What a place of a series holds, the series says.
            Some(_) => (None, None),
            None => (
                Some(row.get("gtin", field::gtin)?.as_str().to_owned()),
                Some(row.get("count", field::count)?),
            ),
        };
        Ok(UnitRow {
            spot: row.spot.clone(),
            sscc,
            gtin,
            count,
            outlet: row.get("outlet", field::code)?,
            place,
            waybill: row.maybe("waybill", field::document)?,
        })
    })
}

pub(super) async fn logistics(writer: &mut Writer, file: &str, bytes: &[u8]) -> Result<()> {
    for row in writer.parsed(parse_units(file, bytes)) {
        let Some(holds) = holds(writer, &row).await? else {
            continue;
        };
        let Some(outlet) = outlet(writer, &row.spot, &row.outlet).await? else {
            continue;
        };
        let known = writer.entity::<Logistic>(&row.sscc).await?;
        if let Some(known) = &known
            && known.by.is_some()
            && known.holds != holds
        {
            let remedy = "somebody has claimed it as it was; give the goods another SSCC";
            writer.refuse(
                row.spot
                    .error("sscc", Problem::new("it was claimed", remedy)),
            );
            continue;
        }
        // What somebody claimed of it stays claimed.
        let unit = Logistic {
            holds,
            outlet: Some(outlet),
            stage: Stage::Shipped,
            unit: known.as_ref().and_then(|known| known.unit.clone()),
            by: known.as_ref().and_then(|known| known.by),
            at_ms: known.as_ref().and_then(|known| known.at_ms),
        };
        let mut diffs = vec![writer.put(&row.sscc, &unit, &[]).await?];
        diffs.extend(put_on_waybill(writer, &row).await?);
        writer.count(&diffs);
    }
    Ok(())
}

/// What the row's unit holds; refuses the row when that is not known.
async fn holds(writer: &mut Writer, row: &UnitRow) -> Result<Option<Holds>> {
    if let Some((code, level, number)) = &row.place {
        let Some(series) = writer.entity::<Series>(code).await? else {
            let remedy = "make it first: carrot codes make";
            let what = format!("there is no series {code}");
            writer.refuse(row.spot.error("series", Problem::new(what, remedy)));
            return Ok(None);
        };
        let found = series.levels.iter().position(|known| known.name == *level);
        let node = found
            .and_then(|level| u8::try_from(level).ok())
            .map(|level| NodeId {
                series: code.clone(),
                level,
                index: number.saturating_sub(1),
            });
        let Some(node) = node.filter(|node| series.pieces_of(node).is_some()) else {
            let what = format!("the series has no {level} {number}");
            let names: Vec<&str> = series
                .levels
                .iter()
                .map(|level| level.name.as_str())
                .collect();
            let remedy = format!("its levels are {}; numbers begin at 1", names.join(", "));
            writer.refuse(row.spot.error("number", Problem::new(what, remedy)));
            return Ok(None);
        };
        return Ok(Some(Holds::Node { node }));
    }
    let (Some(product), Some(count)) = (row.gtin.clone(), row.count) else {
        return Ok(None);
    };
    if writer.entity::<Product>(&product).await?.is_none() {
        writer.refuse(row.spot.missing("gtin", &product, "products.csv"));
        return Ok(None);
    }
    // The number may be the carton's: what is sold, and counted, are its pieces.
    let product = match piece_of(&product) {
        Some(piece) if writer.entity::<Product>(&piece).await?.is_some() => piece,
        _ => product,
    };
    Ok(Some(Holds::Pieces { product, count }))
}

/// The piece's number inside a carton's: GS1 puts a digit from 1 to 8 before it, and the check digit
/// differs.
fn piece_of(gtin: &str) -> Option<String> {
    let (indicator, rest) = gtin.split_at_checked(1)?;
    if !matches!(indicator, "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8") {
        return None;
    }
    let digits = format!("0{}", rest.get(..12)?);
    let check = carrot_codes::check_digit(&digits)?;
    Some(format!("{digits}{check}"))
}

/// Adds the row's unit to its waybill.
async fn put_on_waybill(writer: &mut Writer, row: &UnitRow) -> Result<Option<Diff>> {
    let Some(number) = &row.waybill else {
        return Ok(None);
    };
    let mut waybill = match writer.entity::<Waybill>(number).await? {
        Some(waybill) => waybill,
        None => Waybill { units: Vec::new() },
    };
    if !waybill.units.contains(&row.sscc) {
        waybill.units.push(row.sscc.clone());
    }
    if waybill.units.len() > WAYBILL_UNITS_MAX {
        let what = format!("the waybill has more than {WAYBILL_UNITS_MAX} units");
        let remedy = "give the others a waybill of their own";
        writer.refuse(row.spot.error("waybill", Problem::new(what, remedy)));
        return Ok(None);
    }
    writer.put(number, &waybill, &[]).await.map(Some)
}

/// The outlet with this code; refuses the row when there is none.
async fn outlet(writer: &mut Writer, spot: &Spot, code: &str) -> Result<Option<Uuid>> {
    let id = outlet_id(writer.programme(), code);
    if writer.entity::<Outlet>(&id.to_string()).await?.is_none() {
        writer.refuse(spot.missing("outlet", code, "outlets.csv"));
        return Ok(None);
    }
    Ok(Some(id))
}

struct SeriesRow {
    spot: Spot,
    code: String,
    gtin: String,
    count: i64,
    outlet: Option<String>,
}

fn parse_series(file: &str, bytes: &[u8]) -> Result<Vec<SeriesRow>, Vec<RowError>> {
    let mut seen = HashSet::new();
    Table::read(
        file,
        bytes,
        &["code", "gtin", "kind", "count", "outlet"],
        &[],
    )?
    .each(|row| {
        let code = row.get("code", field::code)?;
        row.unique(&mut seen, "code", &code)?;
        row.get("kind", field::one_of(&["warranty"]))?;
        Ok(SeriesRow {
            spot: row.spot.clone(),
            code,
            gtin: row.get("gtin", field::gtin)?.as_str().to_owned(),
            count: row.get("count", field::count)?,
            outlet: row.maybe("outlet", field::code)?,
        })
    })
}

pub(super) async fn series(
    writer: &mut Writer,
    file: &str,
    bytes: &[u8],
    code_bytes: CodeBytes<'_>,
) -> Result<()> {
    let tag = writer.entity::<Programme>(ONLY).await?;
    let tag = tag
        .ok_or_else(|| Error::Damaged("a programme without its thing".to_owned()))?
        .code;
    for row in writer.parsed(parse_series(file, bytes)) {
        if writer.entity::<Product>(&row.gtin).await?.is_none() {
            writer.refuse(row.spot.missing("gtin", &row.gtin, "products.csv"));
            continue;
        }
        let bound = match &row.outlet {
            None => None,
            Some(code) => match outlet(writer, &row.spot, code).await? {
                Some(id) => Some(id),
                None => continue,
            },
        };
        make(writer, &row, bound, &tag, code_bytes).await?;
    }
    Ok(())
}

/// The record of an imported series, so that it can be counted, printed and stopped like any other.
/// The codes were printed and sent off elsewhere.
async fn put_series(writer: &mut Writer, row: &SeriesRow, outlet: Option<Uuid>) -> Result<()> {
    if writer
        .entity::<Series>(&row.code)
        .await?
        .is_some_and(|known| known.pieces >= row.count)
    {
        return Ok(());
    }
    let series = Series {
        code: row.code.clone(),
        product: row.gtin.clone(),
        kind: SeriesKind::Typed,
        levels: vec![SeriesLevel {
            name: "unit".to_owned(),
            pieces: 1,
        }],
        pieces: row.count,
        serial_first: None,
        stage: Stage::Shipped,
        outlet,
        made_ms: writer.tx.now_ms(),
        ends_ms: None,
    };
    let all = writer.all();
    writer.tx.put(&row.code, &series, &all).await
}

/// Makes the codes that the series still lacks. Printed codes cannot change their product or outlet.
async fn make(
    writer: &mut Writer,
    row: &SeriesRow,
    outlet: Option<Uuid>,
    tag: &str,
    code_bytes: CodeBytes<'_>,
) -> Result<()> {
    let (made, strange) = count_series(writer, row, outlet).await?;
    if strange > 0 {
        let what =
            format!("{strange} codes of this series were made for another product or outlet");
        writer.refuse(row.spot.error(
            "code",
            Problem::new(
                what,
                "codes are printed; give the new ones a series of their own",
            ),
        ));
        return Ok(());
    }
    put_series(writer, row, outlet).await?;
    let diff = match (made, row.count) {
        (0, wanted) if wanted > 0 => Diff::New,
        (made, wanted) if made < wanted => Diff::Changed,
        _ => Diff::Same,
    };
    for _ in made..row.count {
        let text = carrot_codes::unique_from_bytes(tag, code_bytes()?).canonical();
        let code = Code {
            series: row.code.clone(),
            product: row.gtin.clone(),
            outlet,
            status: "shipped".to_owned(),
            claimed_by: None,
            claimed_ms: None,
        };
        if writer.entity::<Code>(&text).await?.is_some() {
            return Err(Error::Damaged(
                "the source of random bytes repeats itself".to_owned(),
            ));
        }
        writer.tx.put(&text, &code, &[]).await?;
    }
    if made > row.count {
        writer.report.notes.push(format!(
            "series {}: {made} codes exist, more than {}; they stay",
            row.code, row.count
        ));
    }
    writer.count(&[diff]);
    Ok(())
}

/// How many codes the series has, and how many of them are for another product or outlet.
async fn count_series(
    writer: &mut Writer,
    row: &SeriesRow,
    outlet: Option<Uuid>,
) -> Result<(i64, i64)> {
    let programme = writer.programme().to_string();
    Ok(db::query_as(
        "SELECT COUNT(*), COUNT(*) FILTER (WHERE json_extract(body, '$.product') <> ?3
             OR json_extract(body, '$.outlet') IS DISTINCT FROM ?4)
         FROM entity WHERE kind = 'code' AND programme_id = ?1 AND json_extract(body, '$.series') = ?2
           AND json_extract(body, '$.status') <> 'canary'",
    )
    .bind(programme)
    .bind(&row.code)
    .bind(&row.gtin)
    .bind(outlet.map(|id| id.to_string()))
    .fetch_one(writer.tx.conn())
    .await?)
}
