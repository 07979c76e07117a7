//! Chance with a seed: the same demo each time (splitmix64).

/// A source of numbers that look random and repeat for the same seed.
pub struct Dice(u64);

impl Dice {
    /// Dice with a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 to `below - 1`; zero when `below` is not above zero.
    pub fn below(&mut self, below: i64) -> i64 {
        let bound = u64::try_from(below).unwrap_or(0).max(1);
        i64::try_from(self.bits() % bound).unwrap_or(0)
    }

    /// A number between two, both included.
    pub fn between(&mut self, least: i64, most: i64) -> i64 {
        least + self.below(most - least + 1)
    }

    /// One of a list.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        let count = i64::try_from(list.len()).unwrap_or(0);
        list.get(usize::try_from(self.below(count)).unwrap_or(0))
    }

    /// The index of one of several weights; zero when all are zero.
    pub fn weighted(&mut self, weights: &[i64]) -> usize {
        let mut at = self.below(weights.iter().sum());
        for (index, weight) in weights.iter().enumerate() {
            if at < *weight {
                return index;
            }
            at -= weight;
        }
        0
    }
}
