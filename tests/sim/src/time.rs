//! Time that moves only when the fleet says so, and the clocks that devices believe in.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// When fleets begin, UTC milliseconds.
pub const START_MS: i64 = 1_760_000_000_000;

/// The true time.
#[derive(Debug, Default)]
pub struct Time(AtomicI64);

impl Time {
    /// Milliseconds since the beginning.
    pub fn since_start_ms(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }

    /// Lets time go by, milliseconds.
    pub fn pass(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::SeqCst);
    }
}

impl carrot_server::Clock for Time {
    fn now_ms(&self) -> i64 {
        START_MS.saturating_add(self.since_start_ms())
    }
}

/// A device's clocks: wrong by a shift, fast or slow by a rate, or standing still.
#[derive(Debug)]
pub struct DeviceClock {
    time: Arc<Time>,
    shift_ms: AtomicI64,
    /// How much faster than the truth, millionths.
    rate_ppm: AtomicI64,
    frozen: AtomicBool,
    frozen_ms: AtomicI64,
    boot: Mutex<(String, i64)>,
}

impl DeviceClock {
    /// A clock that is right.
    #[must_use]
    pub fn new(time: Arc<Time>) -> Self {
        Self {
            time,
            shift_ms: AtomicI64::new(0),
            rate_ppm: AtomicI64::new(0),
            frozen: AtomicBool::new(false),
            frozen_ms: AtomicI64::new(0),
            boot: Mutex::new(("boot-0".to_owned(), 0)),
        }
    }

    /// Moves the wall clock by so much, milliseconds.
    pub fn jump(&self, by_ms: i64) {
        self.shift_ms.fetch_add(by_ms, Ordering::SeqCst);
    }

    /// Lets the wall clock run so much faster or slower, millionths.
    pub fn skew(&self, rate_ppm: i64) {
        self.rate_ppm.store(rate_ppm, Ordering::SeqCst);
    }

    /// Stops the wall clock, or lets it go on from the truth.
    pub fn freeze(&self, frozen: bool) {
        let now_ms = carrot_client::Clock::now_ms(self);
        self.frozen_ms.store(now_ms, Ordering::SeqCst);
        self.frozen.store(frozen, Ordering::SeqCst);
    }

    /// The machine starts anew: another start, counted from zero.
    pub fn reboot(&self, number: u64) {
        let at_ms = self.time.since_start_ms();
        let mut boot = self.boot.lock().unwrap_or_else(PoisonError::into_inner);
        *boot = (format!("boot-{number}"), at_ms);
    }

    /// Right again, as after somebody set it.
    pub fn set_right(&self) {
        self.frozen.store(false, Ordering::SeqCst);
        self.shift_ms.store(0, Ordering::SeqCst);
        self.rate_ppm.store(0, Ordering::SeqCst);
    }
}

impl carrot_client::Clock for DeviceClock {
    fn now_ms(&self) -> i64 {
        if self.frozen.load(Ordering::SeqCst) {
            return self.frozen_ms.load(Ordering::SeqCst);
        }
        let passed = self.time.since_start_ms();
        let rate = self.rate_ppm.load(Ordering::SeqCst);
        let drift = passed.saturating_mul(rate) / 1_000_000;
        START_MS
            .saturating_add(passed)
            .saturating_add(drift)
            .saturating_add(self.shift_ms.load(Ordering::SeqCst))
    }

    fn boot_id(&self) -> String {
        let boot = self.boot.lock().unwrap_or_else(PoisonError::into_inner);
        boot.0.clone()
    }

    fn since_boot_ms(&self) -> i64 {
        let boot = self.boot.lock().unwrap_or_else(PoisonError::into_inner);
        self.time.since_start_ms().saturating_sub(boot.1)
    }
}
