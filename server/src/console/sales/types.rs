//! What the console shows of sales.

use carrot_rules::outcome::Derivation;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use utoipa::ToSchema;

use crate::console::names::Named;
use crate::console::products::ProductName;

/// A sale as the list shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct SaleRow {
    /// Id.
    pub id: String,
    /// When, UTC milliseconds.
    pub at_ms: i64,
    /// Where.
    pub outlet: Named,
    /// Who typed it.
    pub cashier: Named,
    /// Who sold, when named.
    pub seller: Option<Named>,
    /// Who bought, when known.
    pub buyer: Option<Named>,
    /// Total, minor units.
    pub amount_minor: i64,
    /// Currency.
    pub currency: String,
    /// Lines.
    pub lines: i64,
    /// Points for the buyer.
    pub buyer_points: i64,
    /// Points for the seller.
    pub seller_points: i64,
    /// True when cancelled.
    pub void: bool,
}

/// One report of a unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct EvidenceRow {
    /// `till`, `code`, `receipt`.
    pub kind: String,
    /// Sale id, code or receipt key.
    pub reference: String,
    /// When, UTC milliseconds.
    pub at_ms: i64,
    /// Who reported it, when the command is known.
    pub by: Option<Named>,
    /// The command that brought it.
    pub command: String,
}

/// A thing sold with everything that reported it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct UnitRow {
    /// Key: `code:…`, `sale:…` or `receipt:…`.
    pub key: String,
    /// What, when known.
    pub product: Option<ProductName>,
    /// Quantity in millionths.
    pub quantity_micro: i64,
    /// Credited for the seller's incentive.
    pub seller: Option<Named>,
    /// Credited for the buyer's points.
    pub buyer: Option<Named>,
    /// Everything that reported it, in order of time.
    pub evidence: Vec<EvidenceRow>,
}

/// A line of a sale as the till reported it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct LineRow {
    /// What; none for a typed amount.
    pub product: Option<ProductName>,
    /// Quantity in millionths.
    pub quantity_micro: i64,
    /// What was paid, minor units.
    pub amount_minor: i64,
    /// The unique code of the piece, when it was scanned.
    pub unit_code: Option<String>,
}

/// An award with its arithmetic.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct AwardRow {
    /// Credited.
    pub participant: Named,
    /// `buyer` or `seller`.
    pub role: String,
    /// Points.
    pub points: i64,
    /// `active`, `pending`, `review`, `rejected`, `reversed`.
    pub state: String,
    /// How the points came about.
    #[schema(value_type = Vec<Object>)]
    pub derivation: Vec<Derivation>,
}

/// A command in a sale's history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct CommandStep {
    /// Kind, such as `sale.record`.
    pub kind: String,
    /// Who acted.
    pub actor: Named,
    /// When it happened, UTC milliseconds.
    pub occurred_ms: i64,
    /// When the server recorded it, UTC milliseconds.
    pub recorded_ms: i64,
    /// `accepted`, `rejected` or `parked`.
    pub class: String,
    /// Why.
    pub code: String,
}

/// `GET /v1/console/sales/{id}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, ToSchema)]
pub struct SaleDetail {
    /// The sale.
    pub sale: SaleRow,
    /// Its lines.
    pub lines: Vec<LineRow>,
    /// Its units with their evidence.
    pub units: Vec<UnitRow>,
    /// What was awarded.
    pub awards: Vec<AwardRow>,
    /// The commands about it, in order of time.
    pub history: Vec<CommandStep>,
}
