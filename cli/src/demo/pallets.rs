//! A series with pieces, cartons and pallets: a part of it is on its way, a part is void. Nobody has
//! claimed any of it, so the month's points stay what they are.

use std::collections::BTreeMap;

use carrot_rules::entity::SeriesKind;
use carrot_server::series::{self, Range, SeriesWish};

use super::world::World;

/// Its code.
const SERIES: &str = "duo-pallets";
/// The product that its pieces are.
const PRODUCT: &str = "09520001000010";
/// Who made it.
const ACTOR: &str = "demo";

/// Makes the series, sends two of its pallets to Aarhus and one to whomever, and stops five cartons.
pub(super) async fn make(world: &World) -> anyhow::Result<()> {
    let wish = SeriesWish {
        code: SERIES.to_owned(),
        product: PRODUCT.to_owned(),
        kind: SeriesKind::Signed,
        pieces: 500,
        levels: BTreeMap::from([("carton".to_owned(), 10), ("pallet".to_owned(), 100)]),
        serial_first: None,
        ends_ms: None,
    };
    let range = |level, first, count| {
        Some(Range {
            level,
            first,
            count,
        })
    };
    let aarhus = world.outlet("elk-aarhus");
    let mut tx = world.store.begin(world.programme).await?;
    series::begin(&mut tx, &wish, ACTOR).await?;
    series::ship(&mut tx, SERIES, range(2, 0, 2), Some(aarhus), ACTOR).await?;
    series::ship(&mut tx, SERIES, range(2, 2, 1), None, ACTOR).await?;
    series::void(&mut tx, SERIES, range(1, 45, 5), ACTOR).await?;
    tx.commit().await?;
    Ok(())
}
