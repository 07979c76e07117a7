//! How far a long piece of work is, on a terminal: how much is done, how fast, how long it still takes.

use std::io::{IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

/// How often it is shown.
const EVERY: Duration = Duration::from_millis(500);

/// Work with a known end.
pub struct Progress {
    what: &'static str,
    total: u64,
    begun: Instant,
    shown: Option<Instant>,
    visible: bool,
}

impl Progress {
    /// Begins; nothing is shown where nobody watches.
    pub fn new(what: &'static str, total: u64) -> Self {
        Self {
            what,
            total,
            begun: Instant::now(),
            shown: None,
            visible: std::io::stderr().is_terminal(),
        }
    }

    /// Shows how far it is, if it is time to.
    pub fn show(&mut self, done: u64) {
        let last = self.shown.unwrap_or(self.begun);
        if !self.visible || last.elapsed() < EVERY {
            return;
        }
        self.shown = Some(Instant::now());
        let ms = u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        let text = told(self.what, done, self.total, ms);
        // A terminal that is gone is no reason to stop.
        let _ = write!(std::io::stderr(), "\r{text}   ");
    }

    /// Leaves the line as it is.
    pub fn end(&self) {
        if self.shown.is_some() {
            let _ = writeln!(std::io::stderr());
        }
    }
}

fn told(what: &str, done: u64, total: u64, ms: u64) -> String {
    let rate = done.saturating_mul(1_000) / ms.max(1);
    let left_s = total.saturating_sub(done) / rate.max(1);
    let per_cent = done.saturating_mul(100) / total.max(1);
    format!("{per_cent} % of {total} {what}, {rate} per second, {left_s} s left")
}

#[cfg(test)]
mod tests {
    use super::told;

    #[test]
    fn the_rate_says_how_long_it_still_takes() {
        let text = told("commands", 500, 2_000, 250);
        assert_eq!(text, "25 % of 2000 commands, 2000 per second, 0 s left");
        let slow = told("commands", 10, 1_000, 10_000);
        assert_eq!(slow, "1 % of 1000 commands, 1 per second, 990 s left");
        assert!(told("bytes", 0, 0, 0).starts_with("0 % of 0"));
    }
}
