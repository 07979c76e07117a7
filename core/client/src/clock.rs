//! The device's clocks: a wall clock that may be wrong or jump, and one that counts from the start.

use std::sync::OnceLock;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use uuid::Uuid;

/// A device's clocks.
pub trait Clock: Send + Sync {
    /// The wall clock, UTC milliseconds.
    fn now_ms(&self) -> i64;
    /// Identifies the current start of the clock below.
    fn boot_id(&self) -> String;
    /// Milliseconds since that start; never goes back.
    fn since_boot_ms(&self) -> i64;
}

/// The machine's own clocks. `CARROT_CLOCK_SHIFT_MS` is added to the wall clock, for drills.
#[derive(Debug, Clone, Default)]
pub struct SystemClock {
    shift_ms: i64,
}

impl SystemClock {
    /// Reads the drill's shift from the environment once.
    #[must_use]
    pub fn new() -> Self {
        let shift_ms = std::env::var("CARROT_CLOCK_SHIFT_MS")
            .ok()
            .and_then(|text| text.trim().parse().ok())
            .unwrap_or(0);
        Self { shift_ms }
    }
}

/// The start that `since_boot_ms` counts from: this process's, with an id of its own. A restart of
/// the program is a new start, which only makes an interval unproven, never wrong.
fn start() -> &'static (Instant, String) {
    static START: OnceLock<(Instant, String)> = OnceLock::new();
    START.get_or_init(|| (Instant::now(), Uuid::new_v4().simple().to_string()))
}

impl Clock for SystemClock {
    fn now_ms(&self) -> i64 {
        let since_epoch = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default()
            .as_millis();
        i64::try_from(since_epoch)
            .unwrap_or(i64::MAX)
            .saturating_add(self.shift_ms)
    }

    fn boot_id(&self) -> String {
        start().1.clone()
    }

    fn since_boot_ms(&self) -> i64 {
        i64::try_from(start().0.elapsed().as_millis()).unwrap_or(i64::MAX)
    }
}
