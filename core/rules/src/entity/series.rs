//! Series of codes for pieces, cartons and pallets: what was printed, and the state of those places in
//! the hierarchy that somebody has touched. A place that nobody touched has no record, however many
//! pieces it holds.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// The most levels of a hierarchy.
pub const LEVELS_MAX: usize = 8;
/// The most pieces of a series.
pub const SERIES_PIECES_MAX: i64 = 1_000_000_000;
/// The most logistic units of one waybill.
pub const WAYBILL_UNITS_MAX: usize = 50;

/// How the codes of a series are told to be genuine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SeriesKind {
    /// Random codes to be typed: one thing each, known to the server alone.
    Typed,
    /// Signed codes of places in the hierarchy: a device tells them without a network.
    Signed,
    /// Serial numbers of a trade item in GS1 codes, one after another.
    Serial,
}

/// How far a series, or a part of it, has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Made; on nothing that left the house.
    Printed,
    /// On goods that were sent off.
    Shipped,
    /// Worth nothing any more.
    Void,
}

/// One level of a hierarchy: pieces, cartons, pallets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SeriesLevel {
    /// What one of them is called: `unit`, `carton`, `pallet` or the operator's own word.
    pub name: String,
    /// How many pieces one of them holds; 1 at the lowest level.
    pub pieces: i64,
}

/// A series of codes; id is its code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Series {
    /// Its code.
    pub code: String,
    /// The product that its pieces are.
    pub product: String,
    /// How its codes are told to be genuine.
    pub kind: SeriesKind,
    /// From pieces upwards; each holds a whole number of the one below.
    pub levels: Vec<SeriesLevel>,
    /// How many pieces it has.
    pub pieces: i64,
    /// The serial number of its first piece, for [`SeriesKind::Serial`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(as = "Option<i64>")]
    pub serial_first: Option<i64>,
    /// How far all of it has come.
    pub stage: Stage,
    /// The outlet that all of it was shipped to, when to one.
    pub outlet: Option<Uuid>,
    /// When it was made, UTC milliseconds.
    pub made_ms: i64,
    /// From when on its codes bring nothing more, UTC milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(as = "Option<i64>")]
    pub ends_ms: Option<i64>,
}

impl Series {
    /// How many pieces one place of a level holds; nothing when there is no such level.
    #[must_use]
    pub fn size(&self, level: u8) -> Option<i64> {
        let level = self.levels.get(usize::from(level))?;
        (level.pieces > 0).then_some(level.pieces)
    }

    /// How many pieces this very place holds: the last one of a level may hold fewer. Nothing when
    /// the series has no such place.
    #[must_use]
    pub fn pieces_of(&self, node: &NodeId) -> Option<i64> {
        let size = self.size(node.level)?;
        let before = node.index.checked_mul(size)?;
        let left = self.pieces.checked_sub(before)?;
        (node.series == self.code && node.index >= 0 && left > 0).then_some(left.min(size))
    }

    /// The places that hold this one, the nearest first.
    #[must_use]
    pub fn above(&self, node: &NodeId) -> Vec<NodeId> {
        let Some(size) = self.size(node.level) else {
            return Vec::new();
        };
        let first = node.index.saturating_mul(size);
        let levels = self.levels.iter().enumerate();
        levels
            .skip(usize::from(node.level).saturating_add(1))
            .filter_map(|(level, one)| {
                Some(NodeId {
                    series: node.series.clone(),
                    level: u8::try_from(level).ok()?,
                    index: first.checked_div(one.pieces)?,
                })
            })
            .collect()
    }

    /// The place of a serial number, for [`SeriesKind::Serial`].
    #[must_use]
    pub fn of_serial(&self, serial: i64) -> Option<NodeId> {
        let index = serial.checked_sub(self.serial_first?)?;
        (0..self.pieces).contains(&index).then(|| NodeId {
            series: self.code.clone(),
            level: 0,
            index,
        })
    }

    /// What a level is called.
    #[must_use]
    pub fn name(&self, level: u8) -> &str {
        let level = self.levels.get(usize::from(level));
        level.map_or("", |level| level.name.as_str())
    }
}

/// Names a place in a series' hierarchy; its text is `series:level:index`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
pub struct NodeId {
    /// The series' code.
    pub series: String,
    /// 0 for pieces, 1 for what holds pieces, and so on.
    pub level: u8,
    /// Its number within the level, from zero.
    pub index: i64,
}

impl fmt::Display for NodeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.series, self.level, self.index)
    }
}

/// A text that names no place of a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a place of a series")]
pub struct NotANode;

impl FromStr for NodeId {
    type Err = NotANode;
    fn from_str(text: &str) -> Result<Self, NotANode> {
        let mut parts = text.split(':');
        let (Some(series), Some(level), Some(index), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(NotANode);
        };
        let node = Self {
            series: series.to_owned(),
            level: level.parse().map_err(|_| NotANode)?,
            index: index.parse().map_err(|_| NotANode)?,
        };
        // One place has one text.
        let one = carrot_codes::is_series_code(series) && node.to_string() == text;
        if one && node.index >= 0 {
            Ok(node)
        } else {
            Err(NotANode)
        }
    }
}

/// What became of a place itself, whatever happened above and below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NodeState {
    /// Nothing, or what happened no longer holds.
    #[default]
    Free,
    /// Somebody claimed it whole.
    Claimed,
    /// It is worth nothing any more.
    Void,
}

/// A place of a series that somebody touched; id is the text of its [`NodeId`].
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct Node {
    /// What became of it.
    pub state: NodeState,
    /// Tells later from earlier among the records below one top: the higher came later.
    #[serde(default)]
    pub order: i64,
    /// The order at which it last came back: what was claimed above it before counts no more for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(as = "Option<i64>")]
    pub returned: Option<i64>,
    /// Who claimed it, as [`mark_of`] writes it: they know themselves, nobody else knows them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(as = "Option<Uuid>")]
    pub by: Option<Uuid>,
    /// When, UTC milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(as = "Option<i64>")]
    pub at_ms: Option<i64>,
    /// The unit that was credited for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(as = "Option<String>")]
    pub unit: Option<String>,
    /// True when it was shipped apart from the rest of its series.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub shipped: bool,
    /// Where to, when it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(as = "Option<Uuid>")]
    pub outlet: Option<Uuid>,
}

/// A person's mark on a place: the same person has another one on each.
#[must_use]
pub fn mark_of(person: Uuid, node: &str) -> Uuid {
    Uuid::new_v5(&person, node.as_bytes())
}

/// What was paid below a place; the server's alone. Same id as its [`Node`].
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct NodeCount {
    /// Pieces that claims of single places below it paid.
    pub below: i64,
    /// Pieces that its own claim paid.
    pub own: i64,
    /// Pieces of its own claim that came back since.
    pub returned: i64,
    /// The highest order below it; kept at the top of each hierarchy.
    pub latest: i64,
    /// Pieces below it that nobody was paid for and that were made void apart.
    #[serde(default)]
    pub void: i64,
}

/// The series that the serial numbers of a trade item belong to; id is the product's id.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct SerialRanges {
    /// In no order; they do not overlap.
    pub ranges: Vec<SerialRange>,
}

/// One range of serial numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SerialRange {
    /// The first serial number.
    pub first: i64,
    /// How many there are.
    pub count: i64,
    /// The series' code.
    pub series: String,
}

impl SerialRanges {
    /// The series of a serial number.
    #[must_use]
    pub fn series_of(&self, serial: i64) -> Option<&str> {
        let within = |range: &&SerialRange| {
            serial >= range.first && serial.saturating_sub(range.first) < range.count
        };
        let found = self.ranges.iter().find(within);
        found.map(|range| range.series.as_str())
    }
}

/// What a logistic unit holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "holds", rename_all = "snake_case")]
pub enum Holds {
    /// A place of a series.
    Node {
        /// Which.
        node: NodeId,
    },
    /// So many pieces of a product, without codes of their own.
    Pieces {
        /// The product's id.
        product: String,
        /// How many.
        count: i64,
    },
}

/// A logistic unit on its way; id is its SSCC, 18 digits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Logistic {
    /// What is in it.
    #[serde(flatten)]
    pub holds: Holds,
    /// The outlet that it was shipped to, when known.
    pub outlet: Option<Uuid>,
    /// How far it has come.
    pub stage: Stage,
    /// The unit that was credited for it, when it holds pieces without codes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(as = "Option<String>")]
    pub unit: Option<String>,
    /// Who claimed it, as [`mark_of`] writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(as = "Option<Uuid>")]
    pub by: Option<Uuid>,
    /// When, UTC milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(as = "Option<i64>")]
    pub at_ms: Option<i64>,
}

/// A waybill or consignment; id is its number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Waybill {
    /// The logistic units on it, by SSCC, at most [`WAYBILL_UNITS_MAX`].
    pub units: Vec<String>,
}
