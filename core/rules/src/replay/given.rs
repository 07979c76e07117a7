//! Steps of a replay as lines of text: an event and the facts around it, as `docs/RULES.md` section 11
//! writes them.

use serde::Deserialize;
use thiserror::Error;

use super::ReplayEvent;
use crate::earn::{Event, Given};

/// The longest line that is read, bytes.
pub const LINE_BYTES_MAX: usize = 1024 * 1024;

/// A line of a file of events: `{"event": EVENT, "facts": FACTS, "spent_points": 0}`. Each part may be
/// left out. A fact holds from its line on, until another line says otherwise; the outlet in `facts` is
/// the event's, or `outlet_id` where there is no event.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReplayLine {
    #[serde(default)]
    event: Option<Event>,
    #[serde(default)]
    outlet_id: Option<uuid::Uuid>,
    #[serde(default)]
    facts: Option<Given>,
    #[serde(default)]
    spent_points: i64,
}

/// A line that says nothing which could be replayed.
#[derive(Debug, Error)]
pub enum Unreadable {
    /// It is longer than [`LINE_BYTES_MAX`].
    #[error("the line is longer than {LINE_BYTES_MAX} bytes")]
    TooLong,
    /// It does not have the shape of a step.
    #[error("{0}")]
    Shape(#[from] serde_json::Error),
}

impl ReplayLine {
    /// Reads a line.
    pub fn read(line: &str) -> Result<Self, Unreadable> {
        if line.len() > LINE_BYTES_MAX {
            return Err(Unreadable::TooLong);
        }
        Ok(serde_json::from_str(line)?)
    }

    /// The step that it tells.
    #[must_use]
    pub fn step(self) -> ReplayEvent {
        let at = self.event.as_ref().and_then(|event| event.outlet);
        let facts = self.facts.map(|given| given.all(at.or(self.outlet_id)));
        ReplayEvent {
            facts: facts.unwrap_or_default(),
            spent_points: self.spent_points,
            event: self.event,
        }
    }
}
