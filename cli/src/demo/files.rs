//! The demo's files as they travel inside the program, and what the replay reads from them itself.

use std::collections::BTreeMap;

use anyhow::Context as _;
use rust_embed::RustEmbed;
use serde::Deserialize;
use serde::de::DeserializeOwned;

#[derive(RustEmbed)]
#[folder = "demo"]
struct Embedded;

/// A file's bytes.
pub fn bytes(name: &str) -> anyhow::Result<Vec<u8>> {
    let file = Embedded::get(name).with_context(|| format!("the program lacks its file {name}"))?;
    Ok(file.data.into_owned())
}

/// A CSV file's rows.
pub fn rows<T: DeserializeOwned>(name: &str) -> anyhow::Result<Vec<T>> {
    let bytes = bytes(name)?;
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let rows: Result<Vec<T>, _> = reader.deserialize().collect();
    rows.with_context(|| format!("reading {name}"))
}

/// A person's line.
#[derive(Debug, Clone, Deserialize)]
pub struct PersonLine {
    pub code: String,
    pub given: String,
    pub role: String,
    pub phone: String,
    pub outlets: String,
    pub pin: String,
}

impl PersonLine {
    /// The outlets where they work.
    pub fn works_at(&self) -> impl Iterator<Item = &str> {
        self.outlets.split(';').filter(|code| !code.is_empty())
    }
}

/// An outlet's line.
#[derive(Debug, Clone, Deserialize)]
pub struct OutletLine {
    pub code: String,
}

/// A stop's line.
#[derive(Debug, Clone, Deserialize)]
pub struct RouteLine {
    pub merchandiser: String,
    pub outlet: String,
    pub day_offset: i64,
    pub order: i64,
}

/// A wish's line.
#[derive(Debug, Clone, Deserialize)]
pub struct WishLine {
    pub participant: String,
    pub reward: String,
}

/// A trap's line.
#[derive(Debug, Clone, Deserialize)]
pub struct TrapLine {
    pub kind: String,
    pub text: String,
}

/// `history.json`: what the replay has to arrive at.
#[derive(Debug, Clone, Deserialize)]
pub struct History {
    pub days: i64,
    pub seed: u64,
    pub weekend_peak_bp: i64,
    pub sales_per_day: BTreeMap<String, i64>,
    pub basket_lines_max: i64,
    pub category_share_bp: BTreeMap<String, i64>,
    pub return_events: Vec<ReturnEvent>,
    pub lapse_events: Vec<serde_json::Value>,
    pub unpaid_invoices: Vec<serde_json::Value>,
    pub rejection_events: Vec<RejectionEvent>,
    pub photos_in_review: Vec<PhotoEvent>,
    pub dawn: Dawn,
    pub opening: Opening,
}

/// A returned sale.
#[derive(Debug, Clone, Deserialize)]
pub struct ReturnEvent {
    pub participant: String,
    pub outlet: String,
    pub sold_day: i64,
}

/// A refused claim.
#[derive(Debug, Clone, Deserialize)]
pub struct RejectionEvent {
    pub participant: String,
    pub outlet: String,
    pub day: i64,
    pub reason: String,
}

/// A picture that waits.
#[derive(Debug, Clone, Deserialize)]
pub struct PhotoEvent {
    pub participant: String,
    pub outlet: String,
    pub day: i64,
}

/// The campaign's state today.
#[derive(Debug, Clone, Deserialize)]
pub struct Dawn {
    pub campaign: String,
    pub units_sold: i64,
}

/// What people have today.
#[derive(Debug, Clone, Deserialize)]
pub struct Opening {
    pub sellers: Vec<OpeningLine>,
    pub buyers: Vec<OpeningLine>,
}

/// What one person has today.
#[derive(Debug, Clone, Deserialize)]
pub struct OpeningLine {
    pub participant: String,
    #[serde(default)]
    pub duo_units: i64,
    pub earned_points: i64,
    pub redeemed: Vec<String>,
    pub balance_points: i64,
}

/// A JSON file.
pub fn json<T: DeserializeOwned>(name: &str) -> anyhow::Result<T> {
    serde_json::from_slice(&bytes(name)?).with_context(|| format!("reading {name}"))
}
