//! What waits for a person.

use carrot_rules::entity::Reward;
use std::collections::BTreeMap;
use uuid::Uuid;

use super::{SILENT_MS, Waiting};
use crate::db;
use crate::error::Result;
use crate::store::{EntityFilter, Store};

/// The most silent devices that are named.
const SILENT_ROWS_MAX: i64 = 10;

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

pub(super) async fn waiting(store: &Store, programme: Uuid) -> Result<Vec<Waiting>> {
    let id = programme.to_string();
    let mut list = Vec::new();
    let (count, points, since): (i64, i64, Option<i64>) = db::query_as(
        "SELECT COUNT(*), COALESCE(SUM(json_extract(body, '$.points')), 0), MIN(json_extract(body, '$.at_ms'))
         FROM entity WHERE programme_id = ? AND kind = 'review' AND json_extract(body, '$.status') = 'open'",
    )
    .bind(&id)
    .fetch_one(store.reads(programme))
    .await?;
    if count > 0 {
        list.push(waits("reviews", count, points, since.unwrap_or(0)));
    }
    let (count, since): (i64, Option<i64>) = db::query_as(
        "SELECT COUNT(*), MIN(recorded_ms) FROM command WHERE programme_id = ? AND class = 'parked'",
    )
    .bind(&id)
    .fetch_one(store.reads(programme))
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
    list.extend(silent(store, programme).await?);
    Ok(list)
}

/// Terminals that were not heard of for a while, with what their lease holds.
async fn silent(store: &Store, programme: Uuid) -> Result<Vec<Waiting>> {
    let rows: Vec<(String, i64, i64)> = db::query_as(
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
    .bind(programme.to_string())
    .bind(store.now_ms().saturating_sub(SILENT_MS))
    .bind(SILENT_ROWS_MAX)
    .fetch_all(store.reads(programme))
    .await?;
    let waiting = |(name, seen_ms, held): (String, i64, i64)| Waiting {
        name,
        ..waits("device_silent", 1, held, seen_ms)
    };
    Ok(rows.into_iter().map(waiting).collect())
}
