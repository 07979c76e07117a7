//! Products and their points: the price list, and publishing changes to it.
//!
//! A publication writes the changed products and the next version of the rule set in one
//! transaction; devices get both with their next pull, and awards name the version they follow.

pub(super) mod list;
mod names;
pub(super) mod publish;
mod types;

pub(super) use names::product_names;
pub use types::{
    CHANGES_MAX, PIECE_POINTS_MAX, PointsChange, PointsChanges, PriceStep, ProductList,
    ProductName, ProductRow, Published,
};
