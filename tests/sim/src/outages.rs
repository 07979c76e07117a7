//! A device without a line for hours: its schedule rings on, and must neither give up nor wear out the
//! battery.

use anyhow::{Context as _, Result};
use carrot_sync::Event;
use carrot_sync::schedule::FAILURES_PER_HOUR_MAX;

use crate::faults::Fault;
use crate::fleet::Fleet;

/// Rings of the timer in one outage, the most.
const RINGS_MAX: i64 = 40;
/// A flapping line is told to be there so often, the most.
const FLAPS_MAX: i64 = 160;
/// Between two flaps, milliseconds, the most.
const FLAP_MS_MAX: i64 = 30_000;
/// An hour, milliseconds.
const HOUR_MS: i64 = 3_600_000;
/// Calls of one device's schedule that may leave within an hour in which none is answered: each
/// direction's attempts, where the hour may begin in the middle of the schedule's own.
const CALLS_PER_HOUR_MAX: usize = 4 * FAILURES_PER_HOUR_MAX as usize;

impl Fleet<'_> {
    /// The line of a device is cut until its timer has rung many times.
    pub(crate) async fn outage(&mut self, at: usize) -> Result<String> {
        if self.without.contains(&Fault::Partition) {
            return Ok("spared".to_owned());
        }
        let number = self.unit(at)?.number;
        self.cut(number, true);
        self.fault(Fault::Partition);
        let flapping = self.dice.chance(300);
        let rings = match flapping {
            true => self.dice.between(1, FLAPS_MAX),
            false => self.dice.between(1, RINGS_MAX),
        };
        for _ in 0..rings {
            if !self.wait(at, flapping).await? {
                break;
            }
        }
        self.cut(number, false);
        Ok(format!("silent for {rings}, flapping {flapping}"))
    }

    fn cut(&self, number: usize, cut: bool) {
        self.hub.held().links.entry(number).or_default().cut = cut;
    }

    /// Waits for the timer, or for a line that is not really there. False when a law is broken or the
    /// program ended.
    async fn wait(&mut self, at: usize, flapping: bool) -> Result<bool> {
        let due = self.unit(at)?.timer_ms;
        let now_ms = self.time.since_start_ms();
        let pause = match due.filter(|_| !flapping) {
            Some(due) => due.saturating_sub(now_ms).max(0),
            None => self.dice.between(1_000, FLAP_MS_MAX),
        };
        if pause > HOUR_MS * 2 {
            // Nobody waits so long: the look after an exchange says what is wrong.
            self.glance(at).await?;
            return Ok(false);
        }
        self.time.pass(pause);
        let unit = self.unit(at)?;
        if flapping {
            unit.tell(Event::NetworkUp);
        }
        unit.ring();
        if !unit.drive().await? {
            self.revive(at).await?;
            return Ok(false);
        }
        self.thrifty(at)?;
        self.glance(at).await?;
        Ok(self.hub.held().auditor.violations.is_empty())
    }

    /// L3: in an hour without an answer a schedule lets only so many calls leave.
    fn thrifty(&mut self, at: usize) -> Result<()> {
        let number = self.units.get(at).context("a unit")?.number;
        let since_ms = self.time.since_start_ms().saturating_sub(HOUR_MS);
        let mut held = self.hub.held();
        let calls = held.unanswered.entry(number).or_default();
        calls.retain(|at_ms| *at_ms > since_ms);
        let count = calls.len();
        if count > CALLS_PER_HOUR_MAX {
            let detail = format!("device {number} called {count} times in an hour without a line");
            held.auditor.broken("L3", detail);
        }
        Ok(())
    }
}
