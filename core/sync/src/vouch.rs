//! How long a certificate vouches for the cashiers whom it names. A till that was out of reach longer than
//! that goes on with whoever is signed in, since goods are handed over whatever a certificate says; but
//! it lets nobody sign in of whom the server may have said meanwhile that they left.

/// When it is, as far as a device can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Instant {
    /// By the device's wall clock and the last measured offset, UTC milliseconds.
    pub now_ms: i64,
    /// The server's instant in the newest countersignature, UTC milliseconds; none before the first.
    pub heard_ms: Option<i64>,
    /// What was counted since then by a clock that nobody sets, milliseconds; none after a start.
    pub counted_ms: Option<i64>,
}

/// True while a certificate that ends at `until_ms` (UTC milliseconds) vouches for those who sign in.
/// A wall clock that jumps ahead locks nobody out as long as the other clock runs, and one that was set
/// back is never before what the server has signed.
#[must_use]
pub fn vouches(until_ms: i64, instant: Instant) -> bool {
    let now_ms = match (instant.heard_ms, instant.counted_ms) {
        (Some(heard_ms), Some(counted_ms)) => heard_ms.saturating_add(counted_ms.max(0)),
        (Some(heard_ms), None) => heard_ms.max(instant.now_ms),
        (None, _) => instant.now_ms,
    };
    now_ms < until_ms
}

#[cfg(test)]
mod tests {
    use super::{Instant, vouches};

    const DAY_MS: i64 = 24 * 3_600_000;
    const UNTIL_MS: i64 = 7 * DAY_MS;

    fn at(now_days: i64, heard_days: Option<i64>, counted_days: Option<i64>) -> bool {
        let instant = Instant {
            now_ms: now_days * DAY_MS,
            heard_ms: heard_days.map(|days| days * DAY_MS),
            counted_ms: counted_days.map(|days| days * DAY_MS),
        };
        vouches(UNTIL_MS, instant)
    }

    #[test]
    fn f102_a_night_without_a_network_keeps_nobody_out_and_a_week_does() {
        for (now, heard, counted, signs_in) in [
            (1, Some(0), Some(1), true),
            (6, Some(0), None, true),
            (7, Some(0), Some(7), false),
            (7, Some(0), None, false),
            (400, Some(0), None, false),
            // Before the first countersignature the wall clock is all there is.
            (6, None, None, true),
            (7, None, Some(1), false),
            // The wall clock jumped a year ahead within a day, or was set back.
            (366, Some(0), Some(1), true),
            (1, Some(0), Some(8), false),
            (-30, Some(7), None, false),
            (-30, Some(6), None, true),
        ] {
            let said = at(now, heard, counted);
            assert_eq!(said, signs_in, "{now} {heard:?} {counted:?}");
        }
    }
}
