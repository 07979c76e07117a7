//! The shapes of code that are looked for, as rows of slots.

use super::patterns::{self, Case, QUIET, RATIOS};
use super::trellis::Slot;

/// A symbology with all that fixes its length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// EAN-13 and UPC-A.
    Ean13,
    Ean8,
    UpcE,
    /// Characters with start and check character, without the stop.
    Code128(usize),
    /// Pairs of digits, and the index of the wide elements' width.
    Itf(usize, usize),
}

impl Kind {
    /// Length from the first bar to the last, modules.
    pub fn modules(self) -> f32 {
        match self {
            Self::Ean13 => 95.0,
            Self::Ean8 => 67.0,
            Self::UpcE => 51.0,
            Self::Code128(count) => count as f32 * 11.0 + 13.0,
            Self::Itf(pairs, ratio) => {
                let wide = RATIOS.get(ratio).copied().unwrap_or(2.5);
                4.0 + pairs as f32 * (6.0 + 4.0 * wide) + wide + 2.0
            }
        }
    }

    /// Bars and spaces from the first bar to the last.
    pub fn elements(self) -> usize {
        match self {
            Self::Ean13 => 59,
            Self::Ean8 => 43,
            Self::UpcE => 33,
            Self::Code128(count) => count * 6 + 7,
            Self::Itf(pairs, _) => pairs * 10 + 7,
        }
    }

    /// The widest bar or space, modules.
    pub fn widest(self) -> f32 {
        match self {
            Self::Itf(_, ratio) => RATIOS.get(ratio).copied().unwrap_or(2.5),
            _ => 4.0,
        }
    }

    /// Modules from the first sample compared to the first bar.
    pub fn lead(self) -> f32 {
        QUIET
    }

    /// The row of slots.
    pub fn slots(self, case: Case) -> Vec<Slot<'static>> {
        let ean = || patterns::ean(case);
        let repeat = |slot: Slot<'static>, count: usize| std::iter::repeat_n(slot, count);
        match self {
            Self::Ean13 => std::iter::once(Slot::any(&ean().start))
                .chain(repeat(Slot::any(&ean().left), 6))
                .chain([Slot::any(&ean().middle)])
                .chain(repeat(Slot::any(&ean().right), 6))
                .chain([Slot::any(&ean().end)])
                .collect(),
            Self::Ean8 => {
                let left = Slot {
                    alphabet: &ean().left,
                    count: 10,
                };
                std::iter::once(Slot::any(&ean().start))
                    .chain(repeat(left, 4))
                    .chain([Slot::any(&ean().middle)])
                    .chain(repeat(Slot::any(&ean().right), 4))
                    .chain([Slot::any(&ean().end)])
                    .collect()
            }
            Self::UpcE => std::iter::once(Slot::any(&ean().start))
                .chain(repeat(Slot::any(&ean().left), 6))
                .chain([Slot::any(&ean().short_end)])
                .collect(),
            Self::Code128(count) => {
                let set = patterns::code_128(case);
                std::iter::once(Slot::any(&set.start))
                    .chain(repeat(Slot::any(&set.middle), count.saturating_sub(1)))
                    .chain([Slot::any(&set.stop)])
                    .collect()
            }
            Self::Itf(pairs, ratio) => {
                let set = patterns::itf(case, ratio);
                std::iter::once(Slot::any(&set.start))
                    .chain(repeat(Slot::any(&set.pairs), pairs))
                    .chain([Slot::any(&set.stop)])
                    .collect()
            }
        }
    }

    /// The slots whose pattern is known beforehand.
    pub fn fixed(self) -> &'static [Place] {
        match self {
            Self::Ean13 => &[Place::First, Place::Inner(7), Place::Last],
            Self::Ean8 => &[Place::First, Place::Inner(5), Place::Last],
            Self::UpcE | Self::Code128(_) | Self::Itf(..) => &[Place::First, Place::Last],
        }
    }

    /// Whether the code looks the same from both ends until its digits are read.
    pub fn is_symmetric(self) -> bool {
        matches!(self, Self::Ean13 | Self::Ean8)
    }
}

/// A place in the row of slots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    First,
    Inner(usize),
    Last,
}
