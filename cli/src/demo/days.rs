//! Days relative to today, and instants in an outlet's own time.

use anyhow::Context as _;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;

/// Today, as the demo counts its days from.
#[derive(Debug, Clone)]
pub struct Days {
    today: Date,
}

impl Days {
    /// Today in a zone at an instant, UTC milliseconds.
    pub fn at(now_ms: i64, zone: &str) -> anyhow::Result<Self> {
        let zone = TimeZone::get(zone).with_context(|| format!("time zone {zone}"))?;
        let today = jiff::Timestamp::from_millisecond(now_ms)?
            .to_zoned(zone)
            .date();
        Ok(Self { today })
    }

    /// Today.
    pub fn today(&self) -> Date {
        self.today
    }

    /// A day by its offset: -1 is yesterday.
    pub fn day(&self, offset: i64) -> Date {
        self.today.saturating_add(jiff::Span::new().days(offset))
    }

    /// True for a Saturday or Sunday.
    pub fn is_weekend(&self, offset: i64) -> bool {
        matches!(
            self.day(offset).weekday(),
            Weekday::Saturday | Weekday::Sunday
        )
    }

    /// The instant of a minute of a day in a zone, UTC milliseconds.
    pub fn instant_ms(&self, offset: i64, minute: i64, zone: &str) -> anyhow::Result<i64> {
        let (hour, minute) = (i8::try_from(minute / 60)?, i8::try_from(minute % 60)?);
        let local = self.day(offset).at(hour, minute, 0, 0);
        Ok(local.in_tz(zone)?.timestamp().as_millisecond())
    }
}
