//! Chance from a seed (SplitMix64): the same seed tries the same thing again.

/// A sequence of numbers.
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// The sequence of a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; zero when `end` is zero.
    pub fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX);
        usize::try_from(self.number().checked_rem(end).unwrap_or(0)).unwrap_or(0)
    }

    /// Heads or tails.
    pub fn coin(&mut self) -> bool {
        self.number() & 1 == 1
    }
}

/// How many of a proof's cases are asked for, hundredths; none in the usual tests, which take a few.
#[must_use]
pub fn percent() -> Option<usize> {
    let asked = std::env::var("CARROT_FAULTS_PERCENT").ok()?;
    asked
        .parse()
        .ok()
        .map(|percent: usize| percent.clamp(1, 100))
}

/// `few` in the usual tests, `most` in a whole proof, and as many of them as are asked for in between.
/// Where more is `few`, such as of steps, it falls to `most`.
#[must_use]
pub fn cases(few: usize, most: usize) -> usize {
    let way = |from: usize, to: usize| to.saturating_sub(from) * percent().unwrap_or(0) / 100;
    if few > most {
        few - way(most, few)
    } else {
        few + way(few, most)
    }
}

/// About `count` numbers spread over `0..end`, or all of them when there are no more.
#[must_use]
pub fn spread(end: usize, count: usize) -> Vec<usize> {
    let step = end.div_ceil(count.max(1)).max(1);
    (0..end).step_by(step).collect()
}

/// The line that `cargo xtask prove` reads.
pub fn told(tried: usize, lost: usize, doubled: usize) {
    println!("proof tried={tried} lost={lost} doubled={doubled}");
}
