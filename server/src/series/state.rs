//! How far a series has come: what was made, sent off, claimed and stopped.

use carrot_rules::entity::{EntityKind, NodeId, Series, SeriesKind};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::db;
use crate::error::Result;
use crate::store::Tx;

/// A series in figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct SeriesState {
    /// The series.
    #[schema(value_type = Object)]
    pub series: Series,
    /// Typed codes that exist; for the other kinds all pieces.
    pub codes: i64,
    /// Pieces that somebody was paid for, waiting points included.
    pub claimed: i64,
    /// Typed codes that are void one by one, or places of the hierarchy that are.
    pub void: i64,
    /// Places of the hierarchy with a record of their own.
    pub touched: i64,
    /// Places that were sent off apart from the rest.
    pub shipped_apart: i64,
}

/// The figures of a series.
pub async fn state(tx: &mut Tx, code: &str) -> Result<SeriesState> {
    let series = super::series(tx, code).await?;
    let codes = super::make::made(tx, &series).await?.codes;
    let mut state = SeriesState {
        codes,
        claimed: 0,
        void: 0,
        touched: 0,
        shipped_apart: 0,
        series,
    };
    if state.series.kind == SeriesKind::Typed {
        (state.claimed, state.void) = of_typed(tx, &state.series).await?;
    } else {
        of_places(tx, &mut state).await?;
    }
    Ok(state)
}

async fn of_typed(tx: &mut Tx, series: &Series) -> Result<(i64, i64)> {
    let programme = tx.programme().to_string();
    Ok(db::query_as(
        "SELECT COUNT(*) FILTER (WHERE json_extract(body, '$.status') = 'claimed'),
                COUNT(*) FILTER (WHERE json_extract(body, '$.status') = 'void')
         FROM entity WHERE kind = 'code' AND programme_id = ? AND json_extract(body, '$.series') = ?",
    )
    .bind(programme)
    .bind(&series.code)
    .fetch_one(tx.conn())
    .await?)
}

async fn of_places(tx: &mut Tx, state: &mut SeriesState) -> Result<()> {
    let programme = tx.programme().to_string();
    let code = &state.series.code;
    let top = state.series.levels.len().saturating_sub(1);
    // A colon is followed by a semicolon: the ids of one series, or of one level, lie between.
    state.claimed = db::query_scalar(
        "SELECT COALESCE(SUM(json_extract(body, '$.below') + json_extract(body, '$.own')
             - json_extract(body, '$.returned')), 0)
         FROM entity WHERE programme_id = ? AND kind = ? AND id >= ? AND id < ?",
    )
    .bind(&programme)
    .bind(EntityKind::NodeCount.as_str())
    .bind(format!("{code}:{top}:"))
    .bind(format!("{code}:{top};"))
    .fetch_one(tx.conn())
    .await?;
    (state.touched, state.void, state.shipped_apart) = db::query_as(
        "SELECT COUNT(*), COUNT(*) FILTER (WHERE json_extract(body, '$.state') = 'void'),
                COALESCE(SUM(COALESCE(json_extract(body, '$.shipped'), 0)), 0)
         FROM entity WHERE programme_id = ? AND kind = ? AND id >= ? AND id < ?",
    )
    .bind(&programme)
    .bind(EntityKind::Node.as_str())
    .bind(format!("{code}:"))
    .bind(format!("{code};"))
    .fetch_one(tx.conn())
    .await?;
    Ok(())
}

/// The codes of a programme's series in their order, so many from a place on, and how many there are.
pub async fn list(tx: &mut Tx, offset: i64, limit: i64) -> Result<(Vec<Series>, i64)> {
    let programme: Uuid = tx.programme();
    let kind = EntityKind::Series.as_str();
    let bodies: Vec<String> = db::query_scalar(
        "SELECT body FROM entity WHERE programme_id = ? AND kind = ? ORDER BY id LIMIT ? OFFSET ?",
    )
    .bind(programme.to_string())
    .bind(kind)
    .bind(limit)
    .bind(offset)
    .fetch_all(tx.conn())
    .await?;
    let total = db::query_scalar("SELECT COUNT(*) FROM entity WHERE programme_id = ? AND kind = ?")
        .bind(programme.to_string())
        .bind(kind)
        .fetch_one(tx.conn())
        .await?;
    let series: Vec<Series> = bodies
        .iter()
        .map(|body| serde_json::from_str(body))
        .collect::<Result<_, _>>()?;
    Ok((series, total))
}

/// What became of one place, as its record says; nothing when nobody touched it.
pub async fn place(tx: &mut Tx, node: &NodeId) -> Result<Option<carrot_rules::entity::Node>> {
    tx.entity(&node.to_string()).await
}
