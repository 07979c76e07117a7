//! Known mistakes, planted on purpose to see whether the simulator finds them.
//!
//! Each place that could be wrong asks [`is`] for its own mistake. Without the feature `planted` the
//! answer is a constant `false` and the compiler leaves nothing of the question; no release has the
//! feature.

/// A mistake that can be switched on, one at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bug {
    /// The server books a repeated command again.
    Repeat,
}

/// Every mistake with its name in reports.
pub const BUGS: [(Bug, &str); 1] = [(Bug::Repeat, "no_idempotency")];

/// Whether a mistake is switched on in this program.
#[cfg(not(feature = "planted"))]
#[must_use]
pub const fn is(_bug: Bug) -> bool {
    false
}

#[cfg(feature = "planted")]
pub use on::{is, plant};

#[cfg(feature = "planted")]
mod on {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::{BUGS, Bug};

    /// The place in [`BUGS`] of the mistake that is on, plus one; zero for none.
    static PLANTED: AtomicUsize = AtomicUsize::new(0);

    /// Whether a mistake is switched on in this program.
    #[must_use]
    pub fn is(bug: Bug) -> bool {
        let planted = PLANTED.load(Ordering::Relaxed);
        let at = planted.checked_sub(1);
        at.and_then(|at| BUGS.get(at))
            .is_some_and(|(known, _)| *known == bug)
    }

    /// Switches one mistake on and every other off, in the whole program.
    pub fn plant(bug: Option<Bug>) {
        let at = bug.and_then(|bug| BUGS.iter().position(|(known, _)| *known == bug));
        PLANTED.store(at.map_or(0, |at| at + 1), Ordering::Relaxed);
    }
}

#[cfg(all(test, not(feature = "planted")))]
mod tests {
    use super::{BUGS, Bug, is};

    #[test]
    fn no_mistake_is_on_without_the_feature() {
        // A constant: the compiler takes what follows from a mistake out.
        const { assert!(!is(Bug::Repeat)) };
        assert!(BUGS.iter().all(|(bug, _)| !is(*bug)));
    }
}
