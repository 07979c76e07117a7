//! Sending off and making void: a whole series by its own record, a part of it by as few places of the
//! hierarchy as cover it.

use carrot_rules::Scope;
use carrot_rules::entity::{
    Code, Node, NodeCount, NodeId, NodeState, Outlet, Series, SeriesKind, Stage,
};
use serde_json::json;
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::store::Tx;

/// The most places that one act touches; a part that needs more is given in several.
pub const NODES_MAX: usize = 20_000;

/// Places of one level, one after another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// 0 for pieces, 1 for what holds pieces, and so on.
    pub level: u8,
    /// The first index, from zero.
    pub first: i64,
    /// How many.
    pub count: i64,
}

/// What was sent off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sent {
    /// Pieces.
    pub pieces: i64,
    /// Records that say so: of places, or one of the series.
    pub records: usize,
}

/// What was made void.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stopped {
    /// Records that say so.
    pub records: usize,
    /// Places that somebody has claimed: they stay as they are.
    pub claimed: usize,
}

/// The places that cover a range, the largest first where they fit whole.
fn cover(series: &Series, range: Range) -> Result<(Vec<NodeId>, i64)> {
    let wrong = || Error::refused("series_range", "the part is outside the series");
    let size = series.size(range.level).ok_or_else(wrong)?;
    if range.first < 0 || range.count < 1 {
        return Err(wrong());
    }
    let from = range.first.checked_mul(size).ok_or_else(wrong)?;
    let end = range
        .count
        .checked_mul(size)
        .and_then(|more| from.checked_add(more));
    let end = end.ok_or_else(wrong)?;
    // The last place of a level may hold fewer pieces; nothing lies beyond it.
    if from >= series.pieces || end >= series.pieces.saturating_add(size) {
        return Err(wrong());
    }
    let end = end.min(series.pieces);
    let (mut at, mut places) = (from, Vec::new());
    while at < end {
        let fits = |level: &u8| {
            let Some(size) = series.size(*level) else {
                return false;
            };
            let whole = at.saturating_add(size).min(series.pieces);
            at % size == 0 && whole <= end
        };
        let levels = (0..=u8::try_from(series.levels.len()).unwrap_or(0)).rev();
        let level = levels.into_iter().find(fits).ok_or_else(wrong)?;
        let size = series.size(level).ok_or_else(wrong)?;
        places.push(super::place(series, level, at / size)?);
        at = at.saturating_add(size).min(series.pieces);
        if places.len() > NODES_MAX {
            let what = format!("more than {NODES_MAX} places: give it in several parts");
            return Err(Error::refused("series_range", what));
        }
    }
    Ok((places, end - from))
}

fn parts_of(series: &Series) -> Result<()> {
    if series.kind == SeriesKind::Typed {
        let what = "typed codes have no order: ship or stop the whole series, or one code";
        return Err(Error::refused("series_range", what));
    }
    Ok(())
}

/// Sends off a series, or a part of it, to an outlet or to whomever. What is void stays void.
///
/// Refuses with `series_unknown`, `series_range`, `series_void`, `outlet_unknown`.
pub async fn ship(
    tx: &mut Tx,
    code: &str,
    range: Option<Range>,
    outlet: Option<Uuid>,
    actor: &str,
) -> Result<Sent> {
    let mut series = super::series(tx, code).await?;
    if series.stage == Stage::Void {
        return Err(Error::refused("series_void", "the series is void"));
    }
    if let Some(outlet) = outlet
        && tx.entity::<Outlet>(&outlet.to_string()).await?.is_none()
    {
        return Err(Error::refused("outlet_unknown", "no such outlet"));
    }
    let sent = match range {
        None => {
            series.stage = Stage::Shipped;
            series.outlet = outlet;
            tx.put(code, &series, &[]).await?;
            Sent {
                pieces: series.pieces,
                records: 1,
            }
        }
        Some(range) => {
            parts_of(&series)?;
            let (places, pieces) = cover(&series, range)?;
            for place in &places {
                let id = place.to_string();
                let mut node = tx.entity::<Node>(&id).await?.unwrap_or_default();
                node.shipped = true;
                node.outlet = outlet;
                // Devices that know the place are told; the others ask the server anyway.
                tx.put(&id, &node, &[]).await?;
            }
            Sent {
                pieces,
                records: places.len(),
            }
        }
    };
    let part = range
        .map(|range| json!({"level": range.level, "first": range.first, "count": range.count}));
    let detail = json!({"pieces": sent.pieces, "outlet": outlet, "part": part});
    tx.audit(actor, "series.ship", code, &detail).await?;
    Ok(sent)
}

/// Makes a series, or a part of it, worth nothing. Places that somebody has claimed stay claimed.
///
/// Refuses with `series_unknown`, `series_range`.
pub async fn void(tx: &mut Tx, code: &str, range: Option<Range>, actor: &str) -> Result<Stopped> {
    let mut series = super::series(tx, code).await?;
    let mut stopped = Stopped {
        records: 0,
        claimed: 0,
    };
    match range {
        None => {
            series.stage = Stage::Void;
            tx.put(code, &series, &[]).await?;
            stopped.records = 1;
        }
        Some(range) => {
            parts_of(&series)?;
            for place in cover(&series, range)?.0 {
                if stop_place(tx, &series, &place).await? {
                    stopped.records += 1;
                } else {
                    stopped.claimed += 1;
                }
            }
        }
    }
    let part = range
        .map(|range| json!({"level": range.level, "first": range.first, "count": range.count}));
    let detail = json!({"records": stopped.records, "claimed": stopped.claimed, "part": part});
    tx.audit(actor, "series.void", code, &detail).await?;
    Ok(stopped)
}

async fn stop_place(tx: &mut Tx, series: &Series, place: &NodeId) -> Result<bool> {
    let id = place.to_string();
    let mut node = tx.entity::<Node>(&id).await?.unwrap_or_default();
    if node.state == NodeState::Claimed {
        return Ok(false);
    }
    if node.state != NodeState::Void {
        leave_out(tx, series, place).await?;
    }
    node.state = NodeState::Void;
    let all = [Scope::Programme(tx.programme())];
    let scopes: &[Scope] = if place.level > 0 { &all } else { &[] };
    tx.put(&id, &node, scopes).await?;
    Ok(true)
}

/// What is void is missing in what holds it: a pallet with a stolen carton pays its other cartons.
/// What was claimed whole before stays as it was paid.
async fn leave_out(tx: &mut Tx, series: &Series, place: &NodeId) -> Result<()> {
    let above = series.above(place);
    for holder in &above {
        let node = tx.entity::<Node>(&holder.to_string()).await?;
        if node.is_some_and(|node| node.state == NodeState::Claimed) {
            return Ok(());
        }
    }
    let known = tx.entity::<NodeCount>(&place.to_string()).await?;
    let gone = known.map_or(0, |known| known.below.saturating_add(known.void));
    let pieces = series.pieces_of(place).unwrap_or(0).saturating_sub(gone);
    for holder in &above {
        let id = holder.to_string();
        let mut count = tx.entity::<NodeCount>(&id).await?.unwrap_or_default();
        count.void = count.void.saturating_add(pieces);
        tx.put(&id, &count, &[]).await?;
    }
    Ok(())
}

/// Makes one typed code of a series worth nothing, by its text as scanned, printed or kept.
///
/// Refuses with `code_unknown` (also a code of another series), `already_claimed`.
pub async fn void_code(tx: &mut Tx, series: &str, text: &str, actor: &str) -> Result<()> {
    let unknown = || Error::refused("code_unknown", format!("{series} has no such code"));
    // As it is scanned, as it is printed with its dashes, or as it is kept.
    let code = carrot_codes::parse(text).map_or_else(|_| text.to_owned(), |code| code.canonical());
    let mut known = tx.entity::<Code>(&code).await?.ok_or_else(unknown)?;
    if known.series != series {
        return Err(unknown());
    }
    if known.status == "claimed" {
        return Err(Error::refused("already_claimed", "somebody has claimed it"));
    }
    known.status = "void".to_owned();
    tx.put(&code, &known, &[]).await?;
    // The code itself is a secret; its series is what the log names.
    tx.audit(actor, "code.void", &known.series, &json!({"codes": 1}))
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series() -> Series {
        let level = |name: &str, pieces| carrot_rules::entity::SeriesLevel {
            name: name.to_owned(),
            pieces,
        };
        Series {
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
        }
    }

    fn covered(level: u8, first: i64, count: i64) -> Option<(Vec<String>, i64)> {
        let found = cover(
            &series(),
            Range {
                level,
                first,
                count,
            },
        )
        .ok()?;
        Some((found.0.iter().map(NodeId::to_string).collect(), found.1))
    }

    #[test]
    fn few_places_cover_a_part() {
        let texts = |texts: &[&str], pieces: i64| {
            Some((
                texts.iter().map(|text| (*text).to_owned()).collect(),
                pieces,
            ))
        };
        assert_eq!(covered(0, 0, 100), texts(&["s:2:0"], 100));
        assert_eq!(covered(2, 2, 1), texts(&["s:2:2"], 55));
        assert_eq!(covered(1, 9, 2), texts(&["s:1:9", "s:1:10"], 20));
        assert_eq!(
            covered(0, 98, 113),
            texts(&["s:0:98", "s:0:99", "s:2:1", "s:1:20", "s:0:210"], 113)
        );
        assert_eq!(covered(0, 250, 5), texts(&["s:1:25"], 5));
    }

    #[test]
    fn parts_beyond_the_series_are_refused() {
        for (level, first, count) in [
            (0, 250, 6),
            (0, 255, 1),
            (2, 0, 4),
            (3, 0, 1),
            (0, -1, 2),
            (0, 0, 0),
            (2, i64::MAX, 2),
        ] {
            assert_eq!(
                covered(level, first, count),
                None,
                "{level} {first} {count}"
            );
        }
    }
}
