//! A series in pieces: how many were printed, sent off, scanned, came back, or are worth nothing.

use std::collections::BTreeSet;

use carrot_rules::entity::{EntityKind, NodeId, Series, SeriesKind, Stage};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::db;
use crate::error::Result;
use crate::series::SeriesState;
use crate::store::Tx;

/// A series in pieces.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct Figures {
    /// Pieces whose codes exist.
    pub printed: i64,
    /// Pieces that were sent off, in parts or with all the rest.
    pub shipped: i64,
    /// Pieces that somebody was paid for, waiting points included.
    pub scanned: i64,
    /// Pieces that came back and can be sold again; none where it cannot be told.
    pub returned: Option<i64>,
    /// Pieces that are worth nothing any more.
    pub void: i64,
}

/// The pieces of a series.
pub(super) async fn figures(tx: &mut Tx, state: &SeriesState) -> Result<Figures> {
    let whole = |stage: Stage, other: i64| match state.series.stage == stage {
        true => state.codes,
        false => other,
    };
    if state.series.kind == SeriesKind::Typed {
        return Ok(Figures {
            printed: state.codes,
            shipped: whole(Stage::Shipped, 0),
            scanned: state.claimed,
            returned: None,
            void: whole(Stage::Void, state.void),
        });
    }
    let parts = parts(tx, &state.series).await?;
    Ok(Figures {
        printed: state.codes,
        shipped: whole(Stage::Shipped, pieces(&state.series, &parts.shipped)),
        scanned: state.claimed,
        returned: Some(pieces(&state.series, &parts.returned)),
        void: whole(Stage::Void, pieces(&state.series, &parts.void)),
    })
}

#[derive(Default)]
struct Parts {
    shipped: BTreeSet<NodeId>,
    returned: BTreeSet<NodeId>,
    void: BTreeSet<NodeId>,
}

async fn parts(tx: &mut Tx, series: &Series) -> Result<Parts> {
    let programme = tx.programme().to_string();
    // A colon is followed by a semicolon: the ids of one series lie between.
    let rows: Vec<(String, bool, bool, bool)> = db::query_as(
        "SELECT id, COALESCE(json_extract(body, '$.shipped'), 0) <> 0, json_extract(body, '$.returned') IS NOT NULL,
                json_extract(body, '$.state') = 'void'
         FROM entity WHERE programme_id = ? AND kind = ? AND id >= ? AND id < ?
           AND (COALESCE(json_extract(body, '$.shipped'), 0) <> 0 OR json_extract(body, '$.returned') IS NOT NULL
                OR json_extract(body, '$.state') = 'void')",
    )
    .bind(programme)
    .bind(EntityKind::Node.as_str())
    .bind(format!("{}:", series.code))
    .bind(format!("{};", series.code))
    .fetch_all(tx.conn())
    .await?;
    let mut parts = Parts::default();
    for (id, shipped, returned, void) in rows {
        let Ok(node) = id.parse::<NodeId>() else {
            continue;
        };
        for (is, set) in [
            (shipped, &mut parts.shipped),
            (returned, &mut parts.returned),
            (void, &mut parts.void),
        ] {
            if is {
                set.insert(node.clone());
            }
        }
    }
    Ok(parts)
}

/// The pieces of places, each counted once however the places hold one another.
fn pieces(series: &Series, places: &BTreeSet<NodeId>) -> i64 {
    let outermost = places.iter().filter(|place| {
        let above = series.above(place);
        !above.iter().any(|node| places.contains(node))
    });
    let sizes = outermost.filter_map(|place| series.pieces_of(place));
    sizes.fold(0_i64, i64::saturating_add)
}

#[cfg(test)]
mod tests {
    use super::*;
    use carrot_rules::entity::SeriesLevel;

    fn node(level: u8, index: i64) -> NodeId {
        NodeId {
            series: "s".to_owned(),
            level,
            index,
        }
    }

    #[test]
    fn places_within_places_are_counted_once() {
        let level = |name: &str, pieces| SeriesLevel {
            name: name.to_owned(),
            pieces,
        };
        let series = Series {
            code: "s".to_owned(),
            product: "p".to_owned(),
            kind: SeriesKind::Signed,
            levels: vec![level("unit", 1), level("carton", 10), level("pallet", 100)],
            pieces: 255,
            serial_first: None,
            stage: Stage::Printed,
            outlet: None,
            made_ms: 0,
            ends_ms: None,
        };
        let places = BTreeSet::from([node(2, 2), node(1, 20), node(0, 3), node(1, 1), node(2, 9)]);
        // The last pallet holds 55, and its carton with it; a pallet that is not there holds nothing.
        assert_eq!(pieces(&series, &places), 55 + 1 + 10);
    }
}
