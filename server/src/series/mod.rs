//! Series of codes as an administrator works with them: made, shipped, void, printed, exported, counted.
//! Each of these acts is a line of the audit log; what sellers do with the codes is the rules' matter.

mod files;
pub(crate) mod genuine;
mod labels;
mod make;
mod range;
mod sheet;
mod state;

use carrot_rules::entity::{NodeId, Series};

pub use files::{FileReport, export, ship_file};
pub use labels::{LABELS_MAX, Label, Labels, labels};
pub use make::{BATCH_CODES, Made, SeriesWish, TYPED_CODES_MAX, begin, fill};
pub use range::{NODES_MAX, Range, Sent, Stopped, ship, void, void_code};
pub use sheet::{SheetLayout, sheet};
pub use state::{SeriesState, list, place as record, state};

use crate::error::{Error, Result};
use crate::store::Tx;

/// The series with this code.
pub async fn series(tx: &mut Tx, code: &str) -> Result<Series> {
    let unknown = || Error::refused("series_unknown", format!("there is no series {code:.60}"));
    tx.entity::<Series>(code).await?.ok_or_else(unknown)
}

/// The place of a level and index; `series_range` when the series has none there.
fn place(series: &Series, level: u8, index: i64) -> Result<NodeId> {
    let node = NodeId {
        series: series.code.clone(),
        level,
        index,
    };
    match series.pieces_of(&node) {
        Some(_) => Ok(node),
        None => Err(Error::refused(
            "series_range",
            format!("{node} is outside the series"),
        )),
    }
}
