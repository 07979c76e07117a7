//! How fast somebody reports, and where they reported last.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// A person's pace; id is the person. Only the server knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct Pace {
    /// The hour of the latest report, UTC milliseconds at its start.
    pub hour_ms: i64,
    /// Reports within it.
    pub reports: i64,
    /// The latest instant of a report, UTC milliseconds.
    pub at_ms: i64,
    /// Where that was, when known.
    pub outlet: Option<Uuid>,
}

impl Pace {
    const HOUR_MS: i64 = 3_600_000;

    /// The pace with one more report at an instant. Reports may come out of order: one of an hour
    /// that is past counts for nothing, and leaves the latest place as it is.
    #[must_use]
    pub fn with(self, at_ms: i64, outlet: Option<Uuid>) -> Self {
        let hour_ms = at_ms - at_ms.rem_euclid(Self::HOUR_MS);
        let (hour_ms, reports) = match hour_ms.cmp(&self.hour_ms) {
            std::cmp::Ordering::Less => (self.hour_ms, self.reports),
            std::cmp::Ordering::Equal => (hour_ms, self.reports.saturating_add(1)),
            std::cmp::Ordering::Greater => (hour_ms, 1),
        };
        let (at_ms, outlet) = if at_ms >= self.at_ms && outlet.is_some() {
            (at_ms, outlet)
        } else {
            (self.at_ms, self.outlet)
        };
        Self {
            hour_ms,
            reports,
            at_ms,
            outlet,
        }
    }
}
