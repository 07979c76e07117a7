//! What points buy. Goods and vouchers are handed over at a till; the rest is arranged elsewhere.

use std::collections::HashSet;

use carrot_rules::entity::Reward;

use super::field;
use super::report::{Problem, RowError};
use super::table::{Row, Table};
use super::write::Writer;
use crate::error::Result;

const KINDS: [&str; 5] = ["goods", "voucher", "topup", "experience", "partpay"];
/// What a cashier can hand over: a thing from the shelf or a printed code.
const AT_TILL: [&str; 2] = ["goods", "voucher"];

fn parse(file: &str, bytes: &[u8]) -> Result<Vec<Reward>, Vec<RowError>> {
    let mut needed = vec![
        "code",
        "kind",
        "cost_points",
        "stock",
        "cash_minor",
        "currency",
        "low_stock_at",
    ];
    needed.extend(field::NAME_COLUMNS);
    let mut seen = HashSet::new();
    Table::read(file, bytes, &needed, &[])?.each(|row| {
        let reward = parse_row(row)?;
        row.unique(&mut seen, "code", &reward.code)?;
        Ok(reward)
    })
}

fn parse_row(row: &Row) -> Result<Reward, RowError> {
    let kind = row.get("kind", field::one_of(&KINDS))?;
    let cost_points = row.get("cost_points", field::points)?;
    if cost_points == 0 {
        return Err(row.error(
            "cost_points",
            Problem::new(
                "a reward costs at least one point",
                "write its price in points",
            ),
        ));
    }
    let cash_minor = row.get("cash_minor", field::minor)?;
    if (cash_minor > 0) != (kind == "partpay") {
        let remedy = "write what the person adds for partpay, and 0 for all other kinds";
        return Err(row.error(
            "cash_minor",
            Problem::new("only part-pay has a cash part", remedy),
        ));
    }
    Ok(Reward {
        code: row.get("code", field::code)?,
        name: field::names(row)?,
        cost_points,
        cash_minor,
        currency: row.get("currency", field::currency)?,
        stock: row.maybe("stock", field::count)?,
        low_stock_at: row.get("low_stock_at", field::count)?,
        at_till: AT_TILL.contains(&kind.as_str()),
        kind,
    })
}

pub(super) async fn rewards(writer: &mut Writer, file: &str, bytes: &[u8]) -> Result<()> {
    let all = writer.all();
    for reward in writer.parsed(parse(file, bytes)) {
        let shown = stock_left(writer, &reward).await?;
        let diff = writer.put(&reward.code, &shown, &all).await?;
        let noted = writer
            .put_setting(&stock_name(&reward.code), &stock_text(reward.stock))
            .await?;
        writer.count(&[diff, noted]);
    }
    Ok(())
}

fn stock_name(code: &str) -> String {
    format!("stock:{code}")
}

fn stock_text(stock: Option<i64>) -> String {
    stock.map_or_else(|| "unlimited".to_owned(), |pieces| pieces.to_string())
}

/// The reward with the stock that is left: what was handed over since the last import does not come
/// back because the same file is imported again.
async fn stock_left(writer: &mut Writer, reward: &Reward) -> Result<Reward> {
    let same_file =
        writer.setting(&stock_name(&reward.code)).await? == Some(stock_text(reward.stock));
    let mut shown = reward.clone();
    if same_file && let Some(known) = writer.entity::<Reward>(&reward.code).await? {
        shown.stock = known.stock;
    }
    Ok(shown)
}
