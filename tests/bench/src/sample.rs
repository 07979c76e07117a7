//! Stopwatches over wall and CPU time, and what a row of samples says.

use std::time::{Duration, Instant};

use cpu_time::ProcessTime;

/// Wall and CPU time of one piece of work.
#[derive(Debug, Clone, Copy)]
pub struct Spent {
    /// As a person waits.
    pub wall: Duration,
    /// All threads of the process together.
    pub cpu: Duration,
}

/// A running stopwatch.
#[derive(Debug, Clone, Copy)]
pub struct Watch {
    wall: Instant,
    cpu: ProcessTime,
}

impl Watch {
    /// Starts.
    #[must_use]
    pub fn start() -> Self {
        Self {
            wall: Instant::now(),
            cpu: ProcessTime::now(),
        }
    }

    /// What was spent since the start.
    #[must_use]
    pub fn spent(&self) -> Spent {
        Spent {
            wall: self.wall.elapsed(),
            cpu: self.cpu.elapsed(),
        }
    }
}

/// Many measurements of the same work.
#[derive(Debug, Default)]
pub struct Samples {
    wall: Vec<Duration>,
    cpu: Vec<Duration>,
}

impl Samples {
    /// Adds one.
    pub fn add(&mut self, spent: Spent) {
        self.wall.push(spent.wall);
        self.cpu.push(spent.cpu);
    }

    /// Median of the waits, microseconds.
    #[must_use]
    pub fn wall_p50(&self) -> f64 {
        quantile(&self.wall, 50)
    }

    /// The wait that one in a hundred exceeds, microseconds.
    #[must_use]
    pub fn wall_p99(&self) -> f64 {
        quantile(&self.wall, 99)
    }

    /// Median of the CPU times, microseconds.
    #[must_use]
    pub fn cpu_p50(&self) -> f64 {
        quantile(&self.cpu, 50)
    }

    /// Mean of the CPU times, microseconds: what a long day costs.
    #[must_use]
    pub fn cpu_mean(&self) -> f64 {
        let sum: Duration = self.cpu.iter().sum();
        micros(sum) / count(self.cpu.len())
    }
}

/// Microseconds with their fraction.
#[must_use]
pub fn micros(spent: Duration) -> f64 {
    spent.as_secs_f64() * 1e6
}

/// A number of things as a divisor; never zero.
#[must_use]
pub fn count(things: usize) -> f64 {
    f64::from(u32::try_from(things.max(1)).unwrap_or(u32::MAX))
}

/// The value below which so many of a hundred lie, by nearest rank; zero without samples.
fn quantile(samples: &[Duration], percent: usize) -> f64 {
    let mut sorted = samples.to_vec();
    sorted.sort_unstable();
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied().map_or(0.0, micros)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_values_that_were_measured() {
        let samples: Vec<Duration> = (1..=200).rev().map(Duration::from_micros).collect();
        assert!((quantile(&samples, 50) - 100.0).abs() < 1e-6);
        assert!((quantile(&samples, 99) - 198.0).abs() < 1e-6);
        assert!((quantile(&samples[..1], 99) - 200.0).abs() < 1e-6);
        assert!(quantile(&[], 50).abs() < 1e-6);
    }
}
