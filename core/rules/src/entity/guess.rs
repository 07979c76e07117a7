//! How many wrong codes somebody sent lately: two counters, whatever the number of codes.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// The window in which wrong codes are counted, milliseconds.
pub const GUESS_WINDOW_MS: i64 = 3_600_000;

/// The wrong codes of a person, of a device or of the whole programme; id by [`Guess::of_person`],
/// [`Guess::of_device`], or [`super::ONLY`]. Only the server knows it.
///
/// Two windows of an hour stand for one that slides: what the earlier one held counts for the share
/// of it that is less than an hour ago. So it needs no list, and everything is forgotten two hours
/// after the last wrong code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
pub struct Guess {
    /// Where the later window begins, UTC milliseconds.
    pub from_ms: i64,
    /// Wrong codes in the later window.
    pub later: i64,
    /// Wrong codes in the window before it.
    pub earlier: i64,
}

impl Guess {
    /// The id for a person.
    #[must_use]
    pub fn of_person(person: Uuid) -> String {
        format!("person:{person}")
    }

    /// The id for a device.
    #[must_use]
    pub fn of_device(device: Uuid) -> String {
        format!("device:{device}")
    }

    /// The same counters with their windows moved so that the later one holds `at_ms`. A clock that
    /// went back changes nothing.
    fn moved(self, at_ms: i64) -> Self {
        let gone_ms = at_ms.saturating_sub(self.from_ms);
        if gone_ms < GUESS_WINDOW_MS {
            return self;
        }
        let earlier = if gone_ms < 2 * GUESS_WINDOW_MS {
            self.later
        } else {
            0
        };
        Self {
            from_ms: at_ms - at_ms.rem_euclid(GUESS_WINDOW_MS),
            later: 0,
            earlier,
        }
    }

    /// The wrong codes of the hour before `at_ms`, rounded up.
    #[must_use]
    pub fn count(self, at_ms: i64) -> i64 {
        let now = self.moved(at_ms);
        let left_ms = now
            .from_ms
            .saturating_add(GUESS_WINDOW_MS)
            .saturating_sub(at_ms)
            .clamp(0, GUESS_WINDOW_MS);
        // Both factors are small: a counter stops at twice a limit.
        let share = now.earlier.saturating_mul(left_ms);
        let share = share.saturating_add(GUESS_WINDOW_MS - 1) / GUESS_WINDOW_MS;
        now.later.saturating_add(share)
    }

    /// The same with one more wrong code at `at_ms`. It counts to twice `limit` and no further, so
    /// that whoever stops is free again within two hours.
    #[must_use]
    pub fn with_one(self, at_ms: i64, limit: i64) -> Self {
        let now = if self == Self::default() {
            Self {
                from_ms: at_ms - at_ms.rem_euclid(GUESS_WINDOW_MS),
                ..Self::default()
            }
        } else {
            self.moved(at_ms)
        };
        let most = limit.max(0).saturating_mul(2).saturating_add(1);
        Self {
            later: now.later.saturating_add(1).min(most),
            ..now
        }
    }

    /// The instant from which on the count is below `limit` if nothing more happens; none when it is
    /// already. Never later than the end of the window after the present one.
    #[must_use]
    pub fn until_ms(self, at_ms: i64, limit: i64) -> Option<i64> {
        if self.count(at_ms) < limit {
            return None;
        }
        let now = self.moved(at_ms);
        let ends_ms = now.from_ms.saturating_add(GUESS_WINDOW_MS);
        // In the present window the earlier one fades; in the next one the present one does.
        let (from_ms, fading, rest) = if now.later < limit {
            (now.from_ms, now.earlier, now.later)
        } else {
            (ends_ms, now.later, 0)
        };
        let room = limit.saturating_sub(1).saturating_sub(rest).max(0);
        if fading <= room {
            return Some(from_ms.max(at_ms));
        }
        // fading * left <= room * window, with what is left of the window rounded down.
        let left_ms = room.saturating_mul(GUESS_WINDOW_MS) / fading;
        Some(from_ms.saturating_add(GUESS_WINDOW_MS - left_ms))
    }
}

#[cfg(test)]
mod tests {
    use super::{GUESS_WINDOW_MS, Guess};

    const AT_MS: i64 = 1_760_000_000_000;

    fn sent(times: impl IntoIterator<Item = i64>, limit: i64) -> Guess {
        times.into_iter().fold(Guess::default(), |guess, at_ms| {
            guess.with_one(at_ms, limit)
        })
    }

    #[test]
    fn what_was_counted_fades() {
        let guess = sent((0..10).map(|n| AT_MS + n), 20);
        assert_eq!(guess.count(AT_MS + 10), 10);
        assert_eq!(guess.count(AT_MS + 2 * GUESS_WINDOW_MS), 0);
        let later = guess.count(guess.from_ms + GUESS_WINDOW_MS + GUESS_WINDOW_MS / 2);
        assert_eq!(later, 5, "half of the window lies within the last hour");
    }

    #[test]
    fn the_instant_of_freedom_is_the_first_free_one() {
        for (sent_at, limit) in [(0, 5), (1_800_000, 5), (3_599_000, 1), (77, 20)] {
            for extra in [0, 1, 3, 100] {
                let guess = sent((0..limit + extra).map(|n| AT_MS + sent_at + n), limit);
                let now_ms = AT_MS + sent_at + limit + extra;
                let until_ms = guess.until_ms(now_ms, limit).expect("over its limit");
                assert!(guess.count(until_ms) < limit, "{guess:?} {until_ms}");
                assert!(guess.count(until_ms - 1) >= limit, "{guess:?} {until_ms}");
                assert!(until_ms - now_ms <= 2 * GUESS_WINDOW_MS);
            }
        }
        assert_eq!(sent([AT_MS; 4], 5).until_ms(AT_MS, 5), None);
    }

    #[test]
    fn one_who_never_stops_is_counted_without_end_and_bounded() {
        let guess = sent((0..100_000).map(|n| AT_MS + n), 20);
        assert_eq!(guess.later, 41);
        assert!(guess.until_ms(AT_MS + 100_000, 20).is_some());
    }

    #[test]
    fn a_clock_that_goes_back_forgets_nothing() {
        let guess = sent([AT_MS, AT_MS], 20);
        assert!(guess.count(AT_MS - 10 * GUESS_WINDOW_MS) >= 2);
    }
}
