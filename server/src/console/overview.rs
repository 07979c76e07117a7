//! Today: four figures with their last 31 days, and what waits for somebody.

use axum::extract::State;
use axum::{Extension, Json};
use carrot_rules::entity::{ONLY, Programme, Reward};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use sqlx::{QueryBuilder, Sqlite};
use std::collections::BTreeMap;
use ts_rs::TS;
use utoipa::ToSchema;
use uuid::Uuid;

use super::ConsoleState;
use super::reply::Answer;
use super::rights::Caller;
use crate::error::{Error, Result};
use crate::store::{EntityFilter, Store};

/// The days of a figure's series, today included.
pub const SERIES_DAYS: i64 = 31;
/// The days over which people count as active.
const ACTIVE_DAYS: usize = 7;
/// How long a device may be silent before somebody should look, milliseconds.
pub(super) const SILENT_MS: i64 = 48 * 3_600_000;
/// The most silent devices that are named.
const SILENT_ROWS_MAX: i64 = 10;

/// A figure and how it came here.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct Figure {
    /// Its value now.
    pub value: i64,
    /// What belongs to it: all participants, points that are pending, the loss so far.
    pub beside: i64,
    /// One value per day, today last.
    pub series: Vec<i64>,
}

/// Something that waits for a person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct Waiting {
    /// `reviews`, `parked`, `low_stock`, `device_silent`.
    pub kind: String,
    /// How many.
    pub count: i64,
    /// Points at stake or held.
    pub points: i64,
    /// Name of the thing, where it has one.
    pub name: String,
    /// Its name by language, where it has several.
    pub names: BTreeMap<String, String>,
    /// Since when, UTC milliseconds; zero when that says nothing.
    pub since_ms: i64,
}

/// `GET /v1/console/overview`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct Overview {
    /// The instant that it holds for, UTC milliseconds.
    pub at_ms: i64,
    /// First instant of the series' first day, UTC milliseconds.
    pub from_ms: i64,
    /// Points credited: today, the 31 days, per day.
    pub issued: Figure,
    /// People who did something: in the last seven days, of all, per day.
    pub active: Figure,
    /// Points that people hold: now, the pending part, at each day's end.
    pub liability: Figure,
    /// What leases hold and have lost: now, the loss, at each day's end.
    pub exposure: Figure,
    /// What waits.
    pub waiting: Vec<Waiting>,
}

/// First and following instant of each day of the series.
type Days = Vec<(i64, i64)>;

fn days(now_ms: i64, zone: &str) -> Result<Days> {
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
fn over_days(days: &Days) -> QueryBuilder<Sqlite> {
    let mut query = QueryBuilder::new("WITH day (n, from_ms, until_ms) AS (");
    let rows = (0_i64..)
        .zip(days)
        .map(|(at, (from_ms, until_ms))| (at, *from_ms, *until_ms));
    query.push_values(rows, |mut row, (at, from_ms, until_ms)| {
        row.push_bind(at).push_bind(from_ms).push_bind(until_ms);
    });
    query.push(") ");
    query
}

async fn per_day(store: &Store, mut query: QueryBuilder<Sqlite>, days: &Days) -> Result<Vec<i64>> {
    let rows: Vec<(i64, i64)> = query.build_query_as().fetch_all(store.readers()).await?;
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
         JOIN entry ON entry.programme_id = transfer.programme_id AND entry.transfer_id = transfer.id
         WHERE transfer.programme_id = ",
    );
    query.push_bind(programme.to_string());
    query.push(format!(" AND ({accounts}){more} GROUP BY day.n"));
    per_day(store, query, days).await
}

const PEOPLE: &str = "entry.account LIKE 'participant:%'";
const OFFLINE: &str =
    "entry.account LIKE 'escrow:lease:%' OR entry.account = 'programme:offline_loss'";

async fn sum(store: &Store, programme: Uuid, accounts: &'static str) -> Result<i64> {
    let mut query = QueryBuilder::<Sqlite>::new(
        "SELECT COALESCE(SUM(amount), 0) FROM balance WHERE programme_id = ",
    );
    query
        .push_bind(programme.to_string())
        .push(" AND ")
        .push(accounts);
    Ok(query
        .build_query_scalar()
        .fetch_one(store.readers())
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

async fn issued(store: &Store, programme: Uuid, days: &Days) -> Result<Figure> {
    let more = " AND transfer.purpose = 'award' AND entry.amount > 0";
    let series = moved(store, programme, days, PEOPLE, more).await?;
    let value = series.last().copied().unwrap_or(0);
    Ok(Figure {
        value,
        beside: series.iter().sum(),
        series,
    })
}

async fn active(store: &Store, programme: Uuid, days: &Days) -> Result<Figure> {
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
    let series = per_day(store, query, days).await?;
    let since_ms = days
        .iter()
        .rev()
        .nth(ACTIVE_DAYS - 1)
        .map_or(0, |day| day.0);
    let mut query = QueryBuilder::<Sqlite>::new(format!(
        "SELECT {DID} FROM entity WHERE kind = 'activity' AND programme_id = ",
    ));
    query.push_bind(programme.to_string());
    query
        .push(" AND json_extract(body, '$.at_ms') >= ")
        .push_bind(since_ms);
    let value = query
        .build_query_scalar()
        .fetch_one(store.readers())
        .await?;
    let beside = sqlx::query_scalar(
        "SELECT COUNT(*) FROM entity WHERE programme_id = ? AND kind = 'participant'
         AND json_extract(body, '$.role') NOT IN ('manager', 'approver', 'purchaser')",
    )
    .bind(programme.to_string())
    .fetch_one(store.readers())
    .await?;
    Ok(Figure {
        value,
        beside,
        series,
    })
}

async fn liability(store: &Store, programme: Uuid, days: &Days) -> Result<Figure> {
    let value = sum(store, programme, "account LIKE 'participant:%'").await?;
    let beside = sum(store, programme, "account LIKE 'participant:%:pending'").await?;
    let series = backwards(value, &moved(store, programme, days, PEOPLE, "").await?);
    Ok(Figure {
        value,
        beside,
        series,
    })
}

async fn exposure(store: &Store, programme: Uuid, days: &Days) -> Result<Figure> {
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

fn waits(kind: &str, count: i64, points: i64, since_ms: i64) -> Waiting {
    Waiting {
        kind: kind.to_owned(),
        count,
        points,
        name: String::new(),
        names: BTreeMap::new(),
        since_ms,
    }
}

async fn waiting(store: &Store, programme: Uuid) -> Result<Vec<Waiting>> {
    let id = programme.to_string();
    let mut list = Vec::new();
    let (count, points, since): (i64, i64, Option<i64>) = sqlx::query_as(
        "SELECT COUNT(*), COALESCE(SUM(json_extract(body, '$.points')), 0), MIN(json_extract(body, '$.at_ms'))
         FROM entity WHERE programme_id = ? AND kind = 'review' AND json_extract(body, '$.status') = 'open'",
    )
    .bind(&id)
    .fetch_one(store.readers())
    .await?;
    if count > 0 {
        list.push(waits("reviews", count, points, since.unwrap_or(0)));
    }
    let (count, since): (i64, Option<i64>) = sqlx::query_as(
        "SELECT COUNT(*), MIN(recorded_ms) FROM command WHERE programme_id = ? AND class = 'parked'",
    )
    .bind(&id)
    .fetch_one(store.readers())
    .await?;
    if count > 0 {
        list.push(waits("parked", count, 0, since.unwrap_or(0)));
    }
    for (_, reward) in store
        .entities::<Reward>(programme, &EntityFilter::all())
        .await?
    {
        let low = reward.stock.filter(|stock| *stock <= reward.low_stock_at);
        if let Some(stock) = low {
            let names = reward.name;
            list.push(Waiting {
                names,
                ..waits("low_stock", stock, reward.cost_points, 0)
            });
        }
    }
    list.extend(silent(store, &id).await?);
    Ok(list)
}

/// Terminals that were not heard of for a while, with what their lease holds.
async fn silent(store: &Store, programme: &str) -> Result<Vec<Waiting>> {
    let rows: Vec<(String, i64, i64)> = sqlx::query_as(
        "SELECT COALESCE(json_extract(outlet.body, '$.name'), device.name), device.seen_ms, (
           SELECT COALESCE(SUM(balance.amount), 0) FROM entity AS lease
           JOIN balance ON balance.programme_id = lease.programme_id AND balance.account = 'escrow:lease:' || lease.id
           WHERE lease.programme_id = device.programme_id AND lease.kind = 'lease'
           AND json_extract(lease.body, '$.device') = device.device_id)
         FROM device LEFT JOIN entity AS outlet ON outlet.programme_id = device.programme_id
           AND outlet.kind = 'outlet' AND outlet.id = device.outlet_id
         WHERE device.programme_id = ? AND device.role = 'terminal' AND device.status = 'active' AND device.seen_ms < ?
         ORDER BY device.seen_ms LIMIT ?",
    )
    .bind(programme)
    .bind(store.now_ms().saturating_sub(SILENT_MS))
    .bind(SILENT_ROWS_MAX)
    .fetch_all(store.readers())
    .await?;
    let waiting = |(name, seen_ms, held): (String, i64, i64)| Waiting {
        name,
        ..waits("device_silent", 1, held, seen_ms)
    };
    Ok(rows.into_iter().map(waiting).collect())
}

/// The day's figures.
#[utoipa::path(get, path = "/v1/console/overview", tag = "console", responses(
    (status = 200, description = "figures and what waits", body = Overview),
    (status = 401, description = "`not_signed_in`"),
    (status = 403, description = "`not_permitted`"),
))]
pub async fn overview(
    State(state): State<ConsoleState>,
    Extension(caller): Extension<Caller>,
) -> Answer<Overview> {
    let (store, programme) = (state.store(), caller.programme);
    let look = store.entity::<Programme>(programme, ONLY).await?;
    let at_ms = store.now_ms();
    let days = days(
        at_ms,
        look.as_ref().map_or("UTC", |look| look.time_zone.as_str()),
    )?;
    Ok(Json(Overview {
        at_ms,
        from_ms: days.first().map_or(at_ms, |day| day.0),
        issued: issued(store, programme, &days).await?,
        active: active(store, programme, &days).await?,
        liability: liability(store, programme, &days).await?,
        exposure: exposure(store, programme, &days).await?,
        waiting: waiting(store, programme).await?,
    }))
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
