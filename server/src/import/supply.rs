//! What was shipped to outlets: each line of a document counts once, however often its file comes.

use std::collections::HashSet;

use carrot_rules::entity::{Outlet, Product, SellIn, Shipment};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use uuid::Uuid;

use super::field;
use super::outlet_id;
use super::report::{RowError, Spot};
use super::table::Table;
use super::write::Writer;
use crate::error::Result;

/// The most pieces of one line.
const PIECES_MAX: i64 = 1_000_000;

struct ShipmentRow {
    spot: Spot,
    outlet: String,
    gtin: String,
    pieces: i64,
    day: field::Day,
    document: String,
}

fn parse(file: &str, bytes: &[u8]) -> Result<Vec<ShipmentRow>, Vec<RowError>> {
    let mut seen = HashSet::new();
    let columns = ["outlet", "product", "pieces", "shipped", "document"];
    Table::read(file, bytes, &columns, &[])?.each(|row| {
        let shipment = ShipmentRow {
            spot: row.spot.clone(),
            outlet: row.get("outlet", field::code)?,
            gtin: row.get("product", field::gtin)?.as_str().to_owned(),
            // Goods that were sent back have a minus.
            pieces: row.get("pieces", field::whole(-PIECES_MAX, PIECES_MAX))?,
            day: row.get("shipped", field::day)?,
            document: row.get("document", field::document)?,
        };
        let line = [&shipment.outlet, &shipment.gtin, &shipment.document];
        row.unique(&mut seen, "document", &line.map(String::as_str).join(" "))?;
        Ok(shipment)
    })
}

pub(super) async fn shipments(
    writer: &mut Writer,
    file: &str,
    bytes: &[u8],
    today: Date,
    zone: &TimeZone,
) -> Result<()> {
    for row in writer.parsed(parse(file, bytes)) {
        let id = outlet_id(writer.programme(), &row.outlet);
        let Some(outlet) = writer.entity::<Outlet>(&id.to_string()).await? else {
            writer.refuse(row.spot.missing("outlet", &row.outlet, "outlets.csv"));
            continue;
        };
        let Some(product) = product(writer, &outlet, &row.gtin).await? else {
            writer.refuse(row.spot.missing("product", &row.gtin, "products.csv"));
            continue;
        };
        let shipped = Shipment {
            pieces: row.pieces,
            shipped_ms: row.day.starts_ms(today, zone)?,
        };
        write(writer, id, &product, &row.document, shipped).await?;
    }
    Ok(())
}

/// The product that the number means at the outlet: numbers of restricted circulation are its
/// partner's own.
async fn product(writer: &mut Writer, outlet: &Outlet, gtin: &str) -> Result<Option<String>> {
    for id in [gtin.to_owned(), format!("{}:{gtin}", outlet.partner)] {
        if writer.entity::<Product>(&id).await?.is_some() {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

async fn write(
    writer: &mut Writer,
    outlet: Uuid,
    product: &str,
    document: &str,
    shipped: Shipment,
) -> Result<()> {
    let id = format!("{outlet}:{product}");
    let line = format!("{id}:{document}");
    let before = writer.entity::<Shipment>(&line).await?;
    let more = shipped.pieces - before.map_or(0, |before| before.pieces);
    let known = writer.entity::<SellIn>(&id).await?;
    let sum = SellIn {
        shipped: known.as_ref().map_or(0, |sum| sum.shipped) + more,
        claimed: known.as_ref().map_or(0, |sum| sum.claimed),
    };
    let diff = writer.put(&line, &shipped, &[]).await?;
    let sums = writer.put(&id, &sum, &[]).await?;
    writer.count(&[diff, sums]);
    Ok(())
}
