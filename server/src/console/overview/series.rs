//! The four figures over the days of a series, in the programme's time zone.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use uuid::Uuid;

use super::{Figure, SERIES_DAYS};
use crate::db::{self, QueryBuilder};
use crate::error::{Error, Result};
use crate::store::Store;

/// The days over which people count as active.
const ACTIVE_DAYS: usize = 7;

/// First and following instant of each day of the series.
type Days = Vec<(i64, i64)>;

pub(super) fn days(now_ms: i64, zone: &str) -> Result<Days> {
    let fault = |error: jiff::Error| Error::Damaged(error.to_string());
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let today = Timestamp::from_millisecond(now_ms)
        .map_err(fault)?
        .to_zoned(zone.clone())
        .date();
    let start = |back: i64| -> Result<i64> {
        let day = today
            .checked_sub(jiff::Span::new().days(back))
            .map_err(fault)?;
        Ok(day
            .to_zoned(zone.clone())
            .map_err(fault)?
            .timestamp()
            .as_millisecond())
    };
    (0..SERIES_DAYS)
        .rev()
        .map(|back| Ok((start(back)?, start(back - 1)?)))
        .collect()
}

/// A query that begins with the days as a table `day (n, from_ms, until_ms)`.
fn over_days(days: &Days) -> QueryBuilder {
    let mut query = QueryBuilder::new("WITH day (n, from_ms, until_ms) AS (");
    let rows = (0_i64..)
        .zip(days)
        .map(|(at, (from_ms, until_ms))| (at, *from_ms, *until_ms));
    query.push_values(rows, |row, (at, from_ms, until_ms)| {
        row.push_bind(at).push_bind(from_ms).push_bind(until_ms);
    });
    query.push(") ");
    query
}

async fn per_day(
    store: &Store,
    programme: Uuid,
    mut query: QueryBuilder,
    days: &Days,
) -> Result<Vec<i64>> {
    let rows: Vec<(i64, i64)> = query
        .build_query_as()
        .fetch_all(store.reads(programme))
        .await?;
    let found: BTreeMap<i64, i64> = rows.into_iter().collect();
    Ok((0_i64..)
        .zip(days)
        .map(|(at, _)| found.get(&at).copied().unwrap_or(0))
        .collect())
}

/// The net change per day of the accounts whose names match one of the patterns.
async fn moved(
    store: &Store,
    programme: Uuid,
    days: &Days,
    accounts: &str,
    more: &str,
) -> Result<Vec<i64>> {
    let mut query = over_days(days);
    query.push(
        "SELECT day.n, SUM(entry.amount) FROM day
         JOIN transfer ON transfer.occurred_ms >= day.from_ms AND transfer.occurred_ms < day.until_ms
         JOIN entry ON entry.programme_id = transfer.programme_id AND entry.seq = transfer.seq
         WHERE transfer.programme_id = ",
    );
    query.push_bind(programme.to_string());
    query.push(format!(" AND ({accounts}){more} GROUP BY day.n"));
    per_day(store, programme, query, days).await
}

const PEOPLE: &str = "entry.account LIKE 'participant:%'";
const OFFLINE: &str =
    "entry.account LIKE 'escrow:lease:%' OR entry.account = 'programme:offline_loss'";

async fn sum(store: &Store, programme: Uuid, accounts: &'static str) -> Result<i64> {
    let mut query =
        QueryBuilder::new("SELECT COALESCE(SUM(amount), 0) FROM balance WHERE programme_id = ");
    query
        .push_bind(programme.to_string())
        .push(" AND ")
        .push(accounts);
    Ok(query
        .build_query_scalar()
        .fetch_one(store.reads(programme))
        .await?)
}

/// A stock's value at each day's end, from its value now and its change per day.
fn backwards(now: i64, moved: &[i64]) -> Vec<i64> {
    let mut value = now;
    let mut series: Vec<i64> = moved
        .iter()
        .rev()
        .map(|change| {
            let end = value;
            value -= change;
            end
        })
        .collect();
    series.reverse();
    series
}

pub(super) async fn issued(store: &Store, programme: Uuid, days: &Days) -> Result<Figure> {
    let more = " AND transfer.purpose = 'award' AND entry.amount > 0";
    let series = moved(store, programme, days, PEOPLE, more).await?;
    let value = series.last().copied().unwrap_or(0);
    Ok(Figure {
        value,
        beside: series.iter().sum(),
        series,
    })
}

pub(super) async fn active(store: &Store, programme: Uuid, days: &Days) -> Result<Figure> {
    const DID: &str = "COUNT(DISTINCT json_extract(body, '$.participant'))";
    let mut query = over_days(days);
    query.push(format!(
        "SELECT day.n, {DID} FROM day JOIN entity
         ON json_extract(body, '$.at_ms') >= day.from_ms AND json_extract(body, '$.at_ms') < day.until_ms
         WHERE kind = 'activity' AND programme_id = ",
    ));
    query
        .push_bind(programme.to_string())
        .push(" GROUP BY day.n");
    let series = per_day(store, programme, query, days).await?;
    let since_ms = days
        .iter()
        .rev()
        .nth(ACTIVE_DAYS - 1)
        .map_or(0, |day| day.0);
    let mut query = QueryBuilder::new(format!(
        "SELECT {DID} FROM entity WHERE kind = 'activity' AND programme_id = ",
    ));
    query.push_bind(programme.to_string());
    query
        .push(" AND json_extract(body, '$.at_ms') >= ")
        .push_bind(since_ms);
    let value = query
        .build_query_scalar()
        .fetch_one(store.reads(programme))
        .await?;
    let beside = db::query_scalar(
        "SELECT COUNT(*) FROM entity WHERE programme_id = ? AND kind = 'participant'
         AND json_extract(body, '$.role') NOT IN ('manager', 'approver', 'purchaser')",
    )
    .bind(programme.to_string())
    .fetch_one(store.reads(programme))
    .await?;
    Ok(Figure {
        value,
        beside,
        series,
    })
}

pub(super) async fn liability(store: &Store, programme: Uuid, days: &Days) -> Result<Figure> {
    let value = sum(store, programme, "account LIKE 'participant:%'").await?;
    let beside = sum(store, programme, "account LIKE 'participant:%:pending'").await?;
    let series = backwards(value, &moved(store, programme, days, PEOPLE, "").await?);
    Ok(Figure {
        value,
        beside,
        series,
    })
}

pub(super) async fn exposure(store: &Store, programme: Uuid, days: &Days) -> Result<Figure> {
    let held = sum(store, programme, "account LIKE 'escrow:lease:%'").await?;
    let lost = sum(store, programme, "account = 'programme:offline_loss'").await?;
    let series = backwards(
        held + lost,
        &moved(store, programme, days, OFFLINE, "").await?,
    );
    Ok(Figure {
        value: held + lost,
        beside: lost,
        series,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_series_covers_whole_days_of_the_zone_also_over_a_change_of_the_clock() {
        // Noon of 26 October 2026 in Copenhagen; the night before had 25 hours.
        let days = days(1_793_012_400_000, "Europe/Copenhagen").unwrap_or_default();
        assert_eq!(days.len(), 31);
        assert!(days.windows(2).all(|pair| pair[0].1 == pair[1].0));
        let hours: Vec<i64> = days.iter().map(|day| (day.1 - day.0) / 3_600_000).collect();
        assert_eq!(hours.iter().filter(|hours| **hours == 25).count(), 1);
        assert_eq!(hours.iter().filter(|hours| **hours == 24).count(), 30);
    }

    #[test]
    fn a_stock_is_followed_back_through_its_changes() {
        assert_eq!(backwards(10, &[1, 0, -2]), vec![12, 12, 10]);
    }
}
