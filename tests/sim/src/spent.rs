//! How long fleets are played: by the wall's clock, or by the processor time of this program, which
//! means the same on a machine that others use too.

use std::time::{Duration, Instant};

use cpu_time::ProcessTime;

/// Counts from its making on.
#[derive(Debug, Clone, Copy)]
pub struct Spent {
    began: Instant,
    worked: Option<ProcessTime>,
}

impl Spent {
    /// Begins at zero.
    #[must_use]
    pub fn start() -> Self {
        Self {
            began: Instant::now(),
            worked: ProcessTime::try_now().ok(),
        }
    }

    /// What went by on the wall.
    #[must_use]
    pub fn wall(&self) -> Duration {
        self.began.elapsed()
    }

    /// What all threads of this program worked; what went by where the system does not tell.
    #[must_use]
    pub fn work(&self) -> Duration {
        let worked = self.worked.and_then(|began| began.try_elapsed().ok());
        worked.unwrap_or_else(|| self.wall())
    }

    /// True when one of the limits is reached, seconds each.
    #[must_use]
    pub fn over(&self, wall_s: Option<u64>, work_s: Option<u64>) -> bool {
        let reached =
            |most: Option<u64>, spent: Duration| most.is_some_and(|s| spent.as_secs() >= s);
        reached(wall_s, self.wall()) || work_s.is_some() && reached(work_s, self.work())
    }
}

#[cfg(test)]
mod tests {
    use super::Spent;

    #[test]
    fn work_that_was_done_counts_and_either_limit_ends_a_run() {
        let spent = Spent::start();
        let sum = (0..2_000_000_u64).fold(0, |sum, one| std::hint::black_box(sum ^ one));
        std::hint::black_box(sum);
        assert!(!spent.work().is_zero());
        assert!(!spent.over(None, None) && spent.over(Some(0), None) && spent.over(None, Some(0)));
    }
}
