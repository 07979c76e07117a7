//! Which evidence decides at an outlet, or where nothing is said about it, and from when on.

use std::collections::{BTreeMap, HashSet};

use carrot_rules::entity::{Deciding, EvidencePolicy, ONLY, Outlet, PolicyStep};
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::field;
use super::outlet_id;
use super::report::{RowError, Spot};
use super::table::Table;
use super::write::Writer;
use crate::error::Result;

const HOUR_MS: i64 = 3_600_000;
/// The longest window, hours: facts are not older.
const WINDOW_HOURS_MAX: i64 = 30 * 24;

struct PolicyRow {
    spot: Spot,
    outlet: Option<String>,
    deciding: Deciding,
    day: field::Day,
    window_hours: i64,
}

fn deciding(text: &str) -> Result<Deciding, super::report::Problem> {
    let word = field::one_of(&["any", "code", "receipt", "till"])(text)?;
    Ok(match word.as_str() {
        "till" => Deciding::Till,
        "receipt" => Deciding::Receipt,
        "code" => Deciding::Code,
        _ => Deciding::Any,
    })
}

fn parse(file: &str, bytes: &[u8]) -> Result<Vec<PolicyRow>, Vec<RowError>> {
    let mut seen = HashSet::new();
    let columns = ["outlet", "deciding", "from", "till_window_hours"];
    Table::read(file, bytes, &columns, &[])?.each(|row| {
        let policy = PolicyRow {
            spot: row.spot.clone(),
            outlet: row.maybe("outlet", field::code)?,
            deciding: row.get("deciding", deciding)?,
            day: row.get("from", field::day)?,
            window_hours: row.get("till_window_hours", field::whole(1, WINDOW_HOURS_MAX))?,
        };
        let key = format!("{:?} {:?}", policy.outlet, policy.day);
        row.unique(&mut seen, "from", &key)?;
        Ok(policy)
    })
}

pub(super) async fn policies(
    writer: &mut Writer,
    file: &str,
    bytes: &[u8],
    today: Date,
    zone: &TimeZone,
) -> Result<()> {
    let all = writer.all();
    for row in writer.parsed(parse(file, bytes)) {
        let id = match &row.outlet {
            None => ONLY.to_owned(),
            Some(code) => {
                let id = outlet_id(writer.programme(), code).to_string();
                if writer.entity::<Outlet>(&id).await?.is_none() {
                    writer.refuse(row.spot.missing("outlet", code, "outlets.csv"));
                    continue;
                }
                id
            }
        };
        let step = PolicyStep {
            from_ms: row.day.starts_ms(today, zone)?,
            deciding: row.deciding,
            till_window_ms: row.window_hours * HOUR_MS,
        };
        let known = writer.entity::<EvidencePolicy>(&id).await?;
        let known = known.unwrap_or_default().steps.into_iter();
        let mut steps: BTreeMap<i64, PolicyStep> = known.map(|step| (step.from_ms, step)).collect();
        steps.insert(step.from_ms, step);
        let policy = EvidencePolicy {
            steps: steps.into_values().collect(),
        };
        let diff = writer.put(&id, &policy, &all).await?;
        writer.count(&[diff]);
    }
    Ok(())
}
