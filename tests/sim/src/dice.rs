//! The one source of chance: everything that a fleet does follows from its seed.

use std::sync::{Mutex, PoisonError};

use carrot_wire::entropy::{Entropy, NoEntropy};

/// A small generator (SplitMix64): equal seeds, equal numbers, on every machine.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// A generator that begins at a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A generator of its own for one part, so that one part's draws do not move another's.
    #[must_use]
    pub fn branch(seed: u64, part: u64) -> Self {
        let mut dice = Self(seed ^ part.wrapping_mul(0xA076_1D64_78BD_642F));
        dice.draw();
        dice
    }

    /// The next 64 bits.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; zero when `end` is zero.
    pub fn below(&mut self, end: u64) -> u64 {
        // The bias of the remainder is far below anything that matters here.
        self.draw().checked_rem(end).unwrap_or(0)
    }

    /// A number from `first` to `last`, both included.
    pub fn between(&mut self, first: i64, last: i64) -> i64 {
        let span = last.saturating_sub(first).max(0).unsigned_abs();
        let drawn = self.below(span.saturating_add(1));
        first.saturating_add(i64::try_from(drawn).unwrap_or(0))
    }

    /// True so many times of a thousand.
    pub fn chance(&mut self, per_mille: u64) -> bool {
        self.below(1_000) < per_mille
    }

    /// One of several; none of none.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        let count = u64::try_from(from.len()).unwrap_or(u64::MAX);
        let at = usize::try_from(self.below(count)).ok()?;
        from.get(at)
    }

    /// One of several, as often as its weight says; none when nothing weighs anything.
    pub fn weigh<T: Copy>(&mut self, from: &[(u64, T)]) -> Option<T> {
        let total = from.iter().map(|(weight, _)| weight).sum();
        let mut left = self.below(total);
        for (weight, one) in from {
            if left < *weight {
                return Some(*one);
            }
            left -= weight;
        }
        None
    }
}

/// Random bytes that follow from a seed.
#[derive(Debug)]
pub struct SeededEntropy(Mutex<Dice>);

impl SeededEntropy {
    /// A source of its own for one part.
    #[must_use]
    pub fn new(seed: u64, part: u64) -> Self {
        Self(Mutex::new(Dice::branch(seed, part)))
    }
}

impl Entropy for SeededEntropy {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoEntropy> {
        let mut dice = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for chunk in bytes.chunks_mut(8) {
            let drawn = dice.draw().to_le_bytes();
            for (to, from) in chunk.iter_mut().zip(drawn) {
                *to = from;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_seeds_give_equal_numbers_and_parts_differ() {
        let drawn = |mut dice: Dice| -> Vec<u64> { (0..4).map(|_| dice.draw()).collect() };
        assert_eq!(drawn(Dice::new(7)), drawn(Dice::new(7)));
        assert_ne!(drawn(Dice::branch(7, 1)), drawn(Dice::branch(7, 2)));
        let mut dice = Dice::new(1);
        for _ in 0..1_000 {
            assert!((-3..=5).contains(&dice.between(-3, 5)));
            assert_eq!(dice.weigh(&[(0, 'a'), (2, 'b')]), Some('b'));
        }
        assert_eq!((dice.below(0), dice.pick::<u8>(&[])), (0, None));
    }
}
