//! Where the server's time comes from: the machine, or a test that turns the hands itself.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// A source of UTC milliseconds.
pub trait Clock: Send + Sync {
    /// The current instant, UTC milliseconds.
    fn now_ms(&self) -> i64;
}

/// The machine's clock. `CARROT_CLOCK_SHIFT_MS` is added to it, for drills, as on a device.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now_ms(&self) -> i64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        let now_ms = since.map_or(0, |age| i64::try_from(age.as_millis()).unwrap_or(i64::MAX));
        now_ms.saturating_add(shift_ms())
    }
}

/// The drill's shift; the environment is read once.
fn shift_ms() -> i64 {
    static SHIFT_MS: OnceLock<i64> = OnceLock::new();
    *SHIFT_MS.get_or_init(|| {
        let text = std::env::var("CARROT_CLOCK_SHIFT_MS").unwrap_or_default();
        text.trim().parse().unwrap_or(0)
    })
}

/// A clock that moves only when told.
#[derive(Debug, Default)]
pub struct ManualClock(AtomicI64);

impl ManualClock {
    /// A clock that stands at the instant, UTC milliseconds.
    #[must_use]
    pub fn at(now_ms: i64) -> Self {
        Self(AtomicI64::new(now_ms))
    }

    /// Sets the hands, UTC milliseconds.
    pub fn set(&self, now_ms: i64) {
        self.0.store(now_ms, Ordering::SeqCst);
    }

    /// Moves the hands on by so many milliseconds.
    pub fn advance(&self, by_ms: i64) {
        self.0.fetch_add(by_ms, Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now_ms(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}
