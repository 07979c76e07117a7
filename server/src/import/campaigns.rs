//! Campaigns: what people see of them, and the multiplier in the rule set.

use std::collections::HashSet;

use carrot_rules::amount::{RATE_ONE_BP, times_bp};
use carrot_rules::entity::{Campaign, Lesson, ONLY, Product, Texts};
use carrot_rules::ruleset::Rule;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::field;
use super::json::{Checks, document};
use super::report::{Problem, RowError, Spot};
use super::write::{Diff, Writer};
use crate::error::Result;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CampaignRow {
    code: String,
    title: Texts,
    text: Texts,
    gtin: String,
    multiplier_bp: i64,
    starts_day: i64,
    ends_day: i64,
    target_units: i64,
    sold_units_bp: i64,
    opens_with_lesson: Option<String>,
}

fn parse(file: &str, bytes: &[u8]) -> Result<Vec<CampaignRow>, Vec<RowError>> {
    let rows: Vec<CampaignRow> = document(file, bytes)?;
    let (mut checks, mut seen) = (Checks::new(file), HashSet::new());
    for (number, row) in rows.iter().enumerate() {
        let at = |name: &str| format!("[{number}].{name}");
        checks.code(&at("code"), &mut seen, &row.code);
        checks.texts(&at("title"), &row.title);
        checks.texts(&at("text"), &row.text);
        checks.read(&at("gtin"), &row.gtin, field::gtin);
        checks.range(
            &at("multiplier_bp"),
            row.multiplier_bp,
            RATE_ONE_BP,
            10 * RATE_ONE_BP,
        );
        checks.range(&at("starts_day"), row.starts_day, -3_660, 3_660);
        checks.range(&at("ends_day"), row.ends_day, -3_660, 3_660);
        if row.ends_day < row.starts_day {
            checks.wrong(
                &at("ends_day"),
                Problem::new(
                    "it ends before it starts",
                    "write a day at or after starts_day",
                ),
            );
        }
        checks.range(&at("target_units"), row.target_units, 1, 1_000_000);
        checks.range(&at("sold_units_bp"), row.sold_units_bp, 0, RATE_ONE_BP);
    }
    checks.done(rows)
}

pub(super) async fn campaigns(
    writer: &mut Writer,
    file: &str,
    bytes: &[u8],
    today: Date,
    zone: &TimeZone,
) -> Result<()> {
    let all = writer.all();
    let spot = Spot::new(file, 0);
    let mut rules = writer.rules().await?;
    let before = rules.rules.clone();
    for row in writer.parsed(parse(file, bytes)) {
        let Some(product) = product_of(writer, &spot, &row).await? else {
            continue;
        };
        if !lesson_exists(writer, &spot, &row).await? {
            continue;
        }
        let mut campaign = campaign(row, product, today, zone)?;
        if let Some(known) = writer.entity::<Campaign>(&campaign.code).await? {
            campaign.sold_units = known.sold_units;
        }
        let rule = multiplier(&campaign);
        match rules.rules.iter_mut().find(|known| known.id == rule.id) {
            Some(known) => *known = rule,
            None => rules.rules.push(rule),
        }
        let mut diffs = vec![writer.put(&campaign.code, &campaign, &all).await?];
        if rules.rules != before {
            diffs.push(Diff::Changed);
        }
        writer.count(&diffs);
    }
    if rules.rules != before {
        rules.version += 1;
        writer.put(ONLY, &rules, &all).await?;
        writer.report.notes.push(format!(
            "the rules are published as version {}",
            rules.version
        ));
    }
    Ok(())
}

async fn product_of(writer: &mut Writer, spot: &Spot, row: &CampaignRow) -> Result<Option<String>> {
    let id = carrot_codes::Gtin::parse(&row.gtin)
        .map_or_else(|_| row.gtin.clone(), |gtin| gtin.as_str().to_owned());
    if writer.entity::<Product>(&id).await?.is_some() {
        return Ok(Some(id));
    }
    writer.refuse(spot.missing(&format!("{}.gtin", row.code), &row.gtin, "products.csv"));
    Ok(None)
}

async fn lesson_exists(writer: &mut Writer, spot: &Spot, row: &CampaignRow) -> Result<bool> {
    let Some(lesson) = &row.opens_with_lesson else {
        return Ok(true);
    };
    if writer.entity::<Lesson>(lesson).await?.is_some() {
        return Ok(true);
    }
    writer.refuse(spot.missing(
        &format!("{}.opens_with_lesson", row.code),
        lesson,
        "lessons.json",
    ));
    Ok(false)
}

fn campaign(row: CampaignRow, product: String, today: Date, zone: &TimeZone) -> Result<Campaign> {
    Ok(Campaign {
        starts_ms: field::midnight_ms(field::day_after(today, row.starts_day), zone)?,
        ends_ms: field::midnight_ms(field::day_after(today, row.ends_day + 1), zone)?,
        sold_units: times_bp(row.target_units, row.sold_units_bp)?,
        code: row.code,
        title: row.title,
        text: row.text,
        product,
        multiplier_bp: row.multiplier_bp,
        target_units: row.target_units,
        lesson: row.opens_with_lesson,
    })
}

fn multiplier(campaign: &Campaign) -> Rule {
    Rule::for_product(
        campaign.code.clone(),
        campaign.product.clone(),
        campaign.multiplier_bp,
        (campaign.starts_ms, campaign.ends_ms),
        campaign.lesson.clone(),
    )
}
