//! How much a part of the proofs may work, and how a whole run's time is shared out.

/// What a part may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// As much as the part thinks right.
    Usual,
    /// So many seconds of processor time for each row that can be made longer or shorter.
    EachRow(u64),
    /// So many seconds of processor time for all of the part's rows together.
    Together(u64),
}

impl Effort {
    /// Seconds for each of so many rows; none when the part decides.
    pub fn each(self, rows: usize) -> Option<u64> {
        let rows = u64::try_from(rows.max(1)).unwrap_or(u64::MAX);
        match self {
            Self::Usual => None,
            Self::EachRow(seconds) => Some(seconds),
            Self::Together(seconds) => Some((seconds / rows).max(1)),
        }
    }

    /// How many of the cases of a part that needs `seconds` for all of them, hundredths.
    pub fn percent(self, seconds: u64) -> u64 {
        match self {
            Self::Usual | Self::EachRow(_) => 100,
            Self::Together(given) => (given * 100 / seconds.max(1)).clamp(1, 100),
        }
    }
}

/// A whole run's time. A part that used less or more than its share leaves the difference to those
/// that follow.
#[derive(Debug, Clone, Copy)]
pub struct Budget {
    left_seconds: f64,
    left_shares: u64,
}

impl Budget {
    /// The time of a run, seconds, and the sum of all parts' shares.
    pub fn new(seconds: u64, shares: u64) -> Self {
        Self {
            left_seconds: seconds as f64,
            left_shares: shares,
        }
    }

    /// What the next part may use.
    pub fn next(&mut self, share: u64) -> Effort {
        let part = share as f64 / self.left_shares.max(1) as f64;
        self.left_shares = self.left_shares.saturating_sub(share);
        Effort::Together((self.left_seconds * part).max(1.0) as u64)
    }

    /// Notes what it has used, seconds.
    pub fn used(&mut self, seconds: f64) {
        self.left_seconds = (self.left_seconds - seconds).max(0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::{Budget, Effort};

    #[test]
    fn what_a_part_leaves_is_shared_by_those_that_follow() {
        let mut budget = Budget::new(100, 10);
        assert_eq!(budget.next(5), Effort::Together(50));
        budget.used(20.0);
        assert_eq!(budget.next(4), Effort::Together(64));
        budget.used(90.0);
        assert_eq!(budget.next(1), Effort::Together(1), "nobody gets nothing");
    }

    #[test]
    fn rows_and_cases_follow_from_the_time() {
        assert_eq!(Effort::Together(10).each(4), Some(2));
        assert_eq!(Effort::EachRow(10).each(4), Some(10));
        assert_eq!(Effort::Usual.each(4), None);
        assert_eq!(Effort::Together(30).percent(120), 25);
        assert_eq!(Effort::Together(500).percent(120), 100);
        assert_eq!(Effort::EachRow(1).percent(120), 100);
    }
}
