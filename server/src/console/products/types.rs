//! What the console shows of the price list and takes as changes to it.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;
use utoipa::ToSchema;

use crate::console::reply::Page;

/// The most points that one piece may give.
pub const PIECE_POINTS_MAX: i64 = 100_000;
/// The most changes of one publication.
pub const CHANGES_MAX: usize = 1_000;
/// A product by its id with its name by language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
pub struct ProductName {
    /// Id.
    pub id: String,
    /// Name by language; empty when the product is not in the list.
    pub name: BTreeMap<String, String>,
}

/// A product with its points.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct ProductRow {
    /// Id.
    pub id: String,
    /// GTIN, 14 digits.
    pub gtin: String,
    /// Brand.
    pub brand: String,
    /// Category.
    pub category: String,
    /// Name by language.
    pub name: BTreeMap<String, String>,
    /// Points for the buyer per piece.
    pub buyer_points: i64,
    /// Points for the seller per piece.
    pub seller_points: i64,
    /// Price by currency, minor units.
    pub price_minor: BTreeMap<String, i64>,
    /// The version that last changed its points.
    pub price_version: i64,
}

/// `GET /v1/console/products`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct ProductList {
    /// The rule set's version.
    pub version: i64,
    /// All categories, in their order.
    pub categories: Vec<String>,
    /// The products.
    pub page: Page<ProductRow>,
}

/// New points of one product.
#[derive(Debug, Clone, Serialize, Deserialize, TS, ToSchema)]
pub struct PointsChange {
    /// The product's id.
    pub product: String,
    /// Points for the buyer per piece, 0 to [`PIECE_POINTS_MAX`].
    #[schema(minimum = 0, maximum = 100_000)]
    pub buyer_points: i64,
    /// Points for the seller per piece, 0 to [`PIECE_POINTS_MAX`].
    #[schema(minimum = 0, maximum = 100_000)]
    pub seller_points: i64,
}

/// `POST /v1/console/products/preview` and `…/publish`.
#[derive(Debug, Clone, Serialize, Deserialize, TS, ToSchema)]
pub struct PointsChanges {
    /// The changes, one per product, at most [`CHANGES_MAX`].
    pub changes: Vec<PointsChange>,
    /// The version that the changes were made on; when it is no longer the newest, nothing is
    /// published.
    #[serde(default)]
    pub version: Option<i64>,
}

/// What a publication does to one product.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct PriceStep {
    /// The product.
    pub product: ProductName,
    /// Points for the buyer before.
    pub buyer_before: i64,
    /// Points for the buyer after.
    pub buyer_after: i64,
    /// Points for the seller before.
    pub seller_before: i64,
    /// Points for the seller after.
    pub seller_after: i64,
}

/// What a publication does, or would do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct Published {
    /// The version that it makes.
    pub version: i64,
    /// How many products change.
    pub changed: i64,
    /// How many of the named products stay as they are.
    pub unchanged: i64,
    /// The products that change.
    pub steps: Vec<PriceStep>,
}
