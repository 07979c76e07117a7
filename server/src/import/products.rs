//! Products and the price list: what each piece earns and costs. A change of points or prices is a
//! publication: the rule set's version grows by one, and the products that changed carry it.

use std::collections::{BTreeMap, HashSet};

use carrot_rules::entity::{ONLY, Product};

use super::field;
use super::places;
use super::report::{Problem, RowError, Spot, clipped};
use super::table::{Row, Table};
use super::write::{Diff, Writer};
use crate::error::Result;

/// The columns of prices, with their currencies.
const PRICES: [(&str, &str); 3] = [
    ("price_dkk_minor", "DKK"),
    ("price_pln_minor", "PLN"),
    ("price_uah_minor", "UAH"),
];

struct ProductRow {
    spot: Spot,
    partner: Option<String>,
    product: Product,
}

/// A product's id: its 14 digits, behind its partner's code where the number means something only there.
pub(super) fn product_id(partner: Option<&str>, gtin: &str) -> String {
    partner.map_or_else(|| gtin.to_owned(), |partner| format!("{partner}:{gtin}"))
}

fn parse(file: &str, bytes: &[u8]) -> Result<Vec<ProductRow>, Vec<RowError>> {
    let mut needed = vec![
        "gtin",
        "partner",
        "brand",
        "category",
        "buyer_points",
        "seller_points",
    ];
    needed.extend(field::NAME_COLUMNS);
    needed.extend(PRICES.map(|(column, _)| column));
    let mut seen = HashSet::new();
    Table::read(file, bytes, &needed, &[])?.each(|row| {
        let product = parse_row(row)?;
        row.unique(&mut seen, "gtin", &product.product.id)?;
        Ok(product)
    })
}

fn parse_row(row: &Row) -> Result<ProductRow, RowError> {
    let gtin = row.get("gtin", field::gtin)?;
    let partner = row.maybe("partner", field::code)?;
    if gtin.is_restricted() && partner.is_none() {
        let what = format!(
            "\"{}\" means another product at each partner",
            clipped(gtin.display())
        );
        return Err(row.error(
            "partner",
            Problem::new(what, "name the partner whose product it is"),
        ));
    }
    let mut price_minor = BTreeMap::new();
    for (column, currency) in PRICES {
        if let Some(price) = row.maybe(column, field::minor)? {
            price_minor.insert(currency.to_owned(), price);
        }
    }
    let product = Product {
        id: product_id(partner.as_deref(), gtin.as_str()),
        gtin: gtin.as_str().to_owned(),
        brand: row.get("brand", field::text)?,
        category: row.get("category", field::code)?,
        name: field::names(row)?,
        buyer_points: row.get("buyer_points", field::points)?,
        seller_points: row.get("seller_points", field::points)?,
        price_minor,
        price_version: 0,
        dated: Vec::new(),
    };
    Ok(ProductRow {
        spot: row.spot.clone(),
        partner,
        product,
    })
}

pub(super) async fn products(writer: &mut Writer, file: &str, bytes: &[u8]) -> Result<()> {
    let mut rules = writer.rules().await?;
    let (next, all) = (rules.version + 1, writer.all());
    let mut published = false;
    for row in writer.parsed(parse(file, bytes)) {
        if let Some(partner) = &row.partner
            && places::partner(writer, partner).await?.is_none()
        {
            writer.refuse(row.spot.missing("partner", partner, "partners.csv"));
            continue;
        }
        let before = writer.entity::<Product>(&row.product.id).await?;
        let product = priced(row.product, before, next, writer.tx.now_ms());
        let diff = writer.put(&product.id, &product, &all).await?;
        published |= diff != Diff::Same && product.price_version == next;
        writer.count(&[diff]);
    }
    if published {
        rules.version = next;
        writer.put(ONLY, &rules, &all).await?;
        writer
            .report
            .notes
            .push(format!("the price list is published as version {next}"));
    }
    Ok(())
}

/// The product with its price history: what is new holds from now on.
fn priced(mut product: Product, before: Option<Product>, next: i64, now_ms: i64) -> Product {
    let Some(before) = before else {
        product.price_version = next;
        return product;
    };
    let same = same_terms(&before, &product);
    let points = (product.buyer_points, product.seller_points);
    product.price_version = if same { before.price_version } else { next };
    product.dated = before.dated;
    if points != (before.buyer_points, before.seller_points) {
        (product.buyer_points, product.seller_points) = (before.buyer_points, before.seller_points);
        product.publish_points(now_ms, points, next);
    }
    product
}

fn same_terms(before: &Product, after: &Product) -> bool {
    before.buyer_points == after.buyer_points
        && before.seller_points == after.seller_points
        && before.price_minor == after.price_minor
}
