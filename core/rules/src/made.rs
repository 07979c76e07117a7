//! When a command was made: what the device says, held within what is proven.
//!
//! A device's clock can be wrong, jump or be set. What it cannot change is the order of things: a
//! command that names a countersignature of the server was made after that was signed, and a command
//! that has arrived was made before it arrived. The device's own estimate counts between the two.

/// What a device says about when it made a command.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Said {
    /// Its wall clock with the last measured offset to the server's, UTC milliseconds.
    pub estimated_ms: i64,
    /// The server's instant in the countersignature that the command names and that was checked, UTC
    /// milliseconds; none without one.
    pub after_ms: Option<i64>,
    /// Milliseconds that the device counted from receiving that countersignature on, by a clock that
    /// nobody can set. It may stand still while a phone sleeps, so at least so many have passed.
    pub counted_ms: Option<i64>,
}

/// When a command was made, as far as anybody can tell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Made {
    /// The instant that decides, UTC milliseconds.
    pub at_ms: i64,
    /// Proven: not before this instant, UTC milliseconds; none when nothing proves it.
    pub from_ms: Option<i64>,
    /// Proven: not after this instant, UTC milliseconds.
    pub until_ms: i64,
    /// How far the device's estimate was moved into what is possible, milliseconds; negative when it
    /// was in the future.
    pub moved_ms: i64,
}

impl Made {
    /// Somebody gave the command at this very place and instant.
    #[must_use]
    pub fn now(now_ms: i64) -> Self {
        Self {
            at_ms: now_ms,
            from_ms: Some(now_ms),
            until_ms: now_ms,
            moved_ms: 0,
        }
    }

    /// How long the proven interval is, milliseconds; none when its beginning is not proven.
    #[must_use]
    pub fn uncertainty_ms(&self) -> Option<i64> {
        let from_ms = self.from_ms?;
        Some(self.until_ms.saturating_sub(from_ms).max(0))
    }
}

/// Holds what a device says within what is possible when the command is looked at, at `now_ms`.
#[must_use]
pub fn made(said: Said, now_ms: i64) -> Made {
    // Should the server's own clock have gone back, its earlier word is as late as now.
    let from_ms = said.after_ms.map(|after_ms| after_ms.min(now_ms));
    let counted_ms = said.counted_ms.unwrap_or(0).max(0);
    let earliest_ms = from_ms.map(|from_ms| from_ms.saturating_add(counted_ms));
    let at_ms = said
        .estimated_ms
        .max(earliest_ms.unwrap_or(i64::MIN))
        .min(now_ms);
    Made {
        at_ms,
        from_ms,
        until_ms: now_ms,
        moved_ms: at_ms.saturating_sub(said.estimated_ms),
    }
}

#[cfg(test)]
mod tests {
    use super::{Made, Said, made};

    const NOW_MS: i64 = 1_000_000;

    fn said(estimated_ms: i64, after_ms: Option<i64>, counted_ms: Option<i64>) -> Made {
        let said = Said {
            estimated_ms,
            after_ms,
            counted_ms,
        };
        made(said, NOW_MS)
    }

    #[test]
    fn m4_the_devices_word_counts_within_what_is_proven() {
        // Estimate, proven beginning, counted; the instant that decides, how far it was moved.
        for (estimated, after, counted, at, moved) in [
            (700_000, Some(400_000), None, 700_000, 0),
            (700_000, None, None, 700_000, 0),
            (300_000, Some(400_000), None, 400_000, 100_000),
            (300_000, None, None, 300_000, 0),
            (1_200_000, Some(400_000), None, 1_000_000, -200_000),
            // The clock was set back after the countersignature: what was counted since is known.
            (410_000, Some(400_000), Some(250_000), 650_000, 240_000),
            (800_000, Some(400_000), Some(250_000), 800_000, 0),
            // Nonsense in any place stays within the interval.
            (i64::MIN, Some(400_000), Some(i64::MAX), NOW_MS, i64::MAX),
            (
                i64::MAX,
                Some(i64::MAX),
                Some(-5),
                NOW_MS,
                NOW_MS - i64::MAX,
            ),
        ] {
            let made = said(estimated, after, counted);
            assert_eq!((made.at_ms, made.moved_ms), (at, moved), "{estimated}");
            assert_eq!(made.until_ms, NOW_MS);
            assert!(made.from_ms.is_none_or(|from| from <= made.at_ms));
        }
        assert_eq!(said(0, Some(400_000), None).uncertainty_ms(), Some(600_000));
        assert_eq!(said(0, None, None).uncertainty_ms(), None);
    }
}
