//! Counts attempts per source, so that nobody tries codes or passwords one after another.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// The most sources that are remembered; beyond it those whose window has passed are forgotten.
const SOURCES_MAX: usize = 10_000;

/// At most so many attempts per source in a sliding window.
#[derive(Debug)]
pub struct Attempts {
    max: usize,
    window_ms: i64,
    seen: Mutex<HashMap<String, Vec<i64>>>,
}

impl Attempts {
    /// Allows `max` attempts per `window_ms` milliseconds.
    #[must_use]
    pub fn new(max: usize, window_ms: i64) -> Self {
        Self {
            max,
            window_ms,
            seen: Mutex::new(HashMap::new()),
        }
    }

    /// Errors with the milliseconds to wait when the source has used up its attempts.
    pub fn check(&self, source: &str, now_ms: i64) -> Result<(), i64> {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(times) = seen.get(source) else {
            return Ok(());
        };
        let recent: Vec<i64> = times
            .iter()
            .copied()
            .filter(|at| self.counts(*at, now_ms))
            .collect();
        if recent.len() < self.max {
            return Ok(());
        }
        let oldest = recent.iter().min().copied().unwrap_or(now_ms);
        Err(oldest.saturating_add(self.window_ms).saturating_sub(now_ms))
    }

    /// Counts one attempt of the source.
    pub fn note(&self, source: &str, now_ms: i64) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() >= SOURCES_MAX {
            seen.retain(|_, times| times.iter().any(|at| self.counts(*at, now_ms)));
        }
        let times = seen.entry(source.to_owned()).or_default();
        times.retain(|at| self.counts(*at, now_ms));
        times.push(now_ms);
    }

    fn counts(&self, at_ms: i64, now_ms: i64) -> bool {
        now_ms.saturating_sub(at_ms).saturating_abs() < self.window_ms
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_waits_after_its_last_attempt_and_others_do_not() {
        let attempts = Attempts::new(2, 1_000);
        attempts.note("a", 0);
        assert_eq!(attempts.check("a", 10), Ok(()));
        attempts.note("a", 400);
        assert_eq!(attempts.check("a", 500), Err(500));
        assert_eq!(attempts.check("b", 500), Ok(()));
        assert_eq!(attempts.check("a", 1_000), Ok(()));
    }
}
