//! Goods on their way (logistic units by SSCC) and series of unique codes for boxes.

use std::collections::HashSet;

use carrot_rules::entity::{Code, ONLY, Outlet, Product, Programme};
use serde_json::json;
use uuid::Uuid;

use super::field;
use super::report::{Problem, RowError, Spot};
use super::table::Table;
use super::write::{Diff, Writer};
use super::{CodeBytes, outlet_id};
use crate::error::{Error, Result};

struct UnitRow {
    spot: Spot,
    sscc: String,
    gtin: String,
    count: i64,
    outlet: String,
}

fn parse_units(file: &str, bytes: &[u8]) -> Result<Vec<UnitRow>, Vec<RowError>> {
    let mut seen = HashSet::new();
    Table::read(file, bytes, &["sscc", "gtin", "count", "outlet"], &[])?.each(|row| {
        let sscc = row.get("sscc", field::sscc)?.as_str().to_owned();
        row.unique(&mut seen, "sscc", &sscc)?;
        Ok(UnitRow {
            spot: row.spot.clone(),
            sscc,
            gtin: row.get("gtin", field::gtin)?.as_str().to_owned(),
            count: row.get("count", field::count)?,
            outlet: row.get("outlet", field::code)?,
        })
    })
}

pub(super) async fn logistics(writer: &mut Writer, file: &str, bytes: &[u8]) -> Result<()> {
    for row in writer.parsed(parse_units(file, bytes)) {
        if writer.entity::<Product>(&row.gtin).await?.is_none() {
            writer.refuse(row.spot.missing("gtin", &row.gtin, "products.csv"));
            continue;
        }
        let Some(outlet) = outlet(writer, &row.spot, &row.outlet).await? else {
            continue;
        };
        let value = json!({"gtin": row.gtin, "count": row.count, "outlet": outlet}).to_string();
        let diff = writer
            .put_setting(&format!("logistic:{}", row.sscc), &value)
            .await?;
        writer.count(&[diff]);
    }
    Ok(())
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
    Ok(sqlx::query_as(
        "SELECT COUNT(*), COALESCE(SUM(json_extract(body, '$.product') <> ?3
             OR json_extract(body, '$.outlet') IS NOT ?4), 0)
         FROM entity WHERE programme_id = ?1 AND kind = 'code' AND json_extract(body, '$.series') = ?2",
    )
    .bind(programme)
    .bind(&row.code)
    .bind(&row.gtin)
    .bind(outlet.map(|id| id.to_string()))
    .fetch_one(writer.tx.conn())
    .await?)
}
