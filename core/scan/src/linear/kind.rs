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

    /// Lengths of the slots, modules, without quiet zones.
    pub fn slot_modules(self) -> Vec<f32> {
        self.slot_shapes().map(|shape| shape.0).collect()
    }

    /// Bars and spaces of the slots.
    pub fn slot_elements(self) -> Vec<usize> {
        self.slot_shapes().map(|shape| shape.1).collect()
    }

    fn slot_shapes(self) -> impl Iterator<Item = (f32, usize)> {
        type Shape = (f32, usize);
        let (first, middle, count, inner, last): (Shape, Shape, usize, Option<Shape>, Shape) =
            match self {
                Self::Ean13 => ((3.0, 3), (7.0, 4), 6, Some((5.0, 5)), (3.0, 3)),
                Self::Ean8 => ((3.0, 3), (7.0, 4), 4, Some((5.0, 5)), (3.0, 3)),
                Self::UpcE => ((3.0, 3), (7.0, 4), 6, None, (6.0, 6)),
                Self::Code128(count) => {
                    let count = count.saturating_sub(1);
                    ((11.0, 6), (11.0, 6), count, None, (13.0, 7))
                }
                Self::Itf(pairs, ratio) => {
                    let wide = RATIOS.get(ratio).copied().unwrap_or(2.5);
                    let pair = (6.0 + 4.0 * wide, 10);
                    ((4.0, 4), pair, pairs, None, (wide + 2.0, 3))
                }
            };
        let half = std::iter::repeat_n(middle, count);
        let again = std::iter::repeat_n(middle, if inner.is_some() { count } else { 0 });
        std::iter::once(first)
            .chain(half)
            .chain(inner)
            .chain(again)
            .chain([last])
    }

    /// Whether the fixed bars lie the same way from both ends.
    pub fn is_symmetric(self) -> bool {
        matches!(self, Self::Ean13 | Self::Ean8)
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
}

/// A place in the row of slots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    First,
    Inner(usize),
    Last,
}
