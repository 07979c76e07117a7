//! Own reader of linear codes: EAN-13, EAN-8, UPC-A, UPC-E, Code 128 and ITF.
//!
//! It finds where edges run parallel ([`field`]), reads grey profiles across
//! them ([`profile`]), guesses from the edges where a code begins and ends
//! ([`edges`], [`candidate`]) and then compares drawings of the characters,
//! blurred like the picture, with the profile ([`template`], [`trellis`]). No
//! threshold decides anything: what each character could also be is kept as a
//! cost, added up over the lines of one code ([`track`]), and only then do check
//! digits choose ([`word`]).
//!
//! A reading of [`LinearReader`] is therefore already voted on: it stands for
//! several lines that agree, and may be believed at once.

mod belief;
mod candidate;
mod check;
mod code128;
mod cut;
mod edges;
mod field;
mod groups;
mod kind;
mod patterns;
mod profile;
mod refine;
mod search;
mod template;
mod track;
mod trellis;
mod word;

use crate::{Engine, Luma, Prepared, Reading, Stop, Symbol};
use candidate::Terms;
use cut::Budget;
use field::Region;
use search::{Found, Plan, read_region};

/// How much is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strength {
    /// For each frame of a camera.
    Quick,
    /// For a single picture.
    Deep,
}

/// Reads linear codes out of a grey picture.
#[derive(Debug, Clone, Copy)]
pub struct LinearReader {
    /// How much is tried.
    pub strength: Strength,
}

const QUICK: Plan = Plan {
    regions: 3,
    bands: 9,
    whole_bands: 0,
    guesses: 16,
    work: 4000,
    terms: Terms {
        module_min: 0.9,
        quiet_min: 1.2,
        lost_max: 0.5,
    },
    again: true,
};
const DEEP: Plan = Plan {
    regions: 6,
    bands: 13,
    whole_bands: 15,
    guesses: 24,
    work: 20_000,
    terms: Terms {
        module_min: 0.8,
        quiet_min: 1.2,
        lost_max: 0.6,
    },
    again: true,
};

impl LinearReader {
    /// Every linear code in the picture that several lines agree on.
    pub fn read_luma(&self, luma: &Luma, stop: &Stop) -> Vec<Reading> {
        if !luma.is_consistent() {
            return Vec::new();
        }
        let plan = match self.strength {
            Strength::Quick => &QUICK,
            Strength::Deep => &DEEP,
        };
        let mut found: Vec<Found> = Vec::new();
        let mut left = plan.work;
        for region in field::regions(luma, plan.regions) {
            if stop.is_set() {
                break;
            }
            let mut budget = Budget(left / 2);
            left -= budget.0;
            read_region(luma, &region, plan.bands, plan, &mut budget, &mut found);
            left += budget.0;
        }
        if found.is_empty() && plan.whole_bands > 0 {
            for upright in [false, true] {
                if stop.is_set() || !found.is_empty() {
                    break;
                }
                let region = Region::whole(luma, upright);
                let mut budget = Budget(left / 2);
                read_region(
                    luma,
                    &region,
                    plan.whole_bands,
                    plan,
                    &mut budget,
                    &mut found,
                );
            }
        }
        settled(found)
    }
}

impl Engine for LinearReader {
    fn read(&self, picture: &Prepared, stop: &Stop) -> Vec<Reading> {
        self.read_luma(picture, stop)
    }

    /// Every reading stands for several lines that agree.
    fn settles(&self) -> bool {
        true
    }
}

/// Of codes at one place only the one for which most speaks.
fn settled(mut found: Vec<Found>) -> Vec<Reading> {
    found.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    let mut kept: Vec<Reading> = Vec::new();
    for one in found {
        let clashes = |other: &Reading| match (&other.span, &one.span) {
            (Some(a), Some(b)) => a.touches(b),
            _ => true,
        };
        if !kept.iter().any(clashes) {
            let symbol = Symbol {
                format: one.word.format,
                bytes: one.word.text.as_bytes().to_vec(),
                text: one.word.text,
            };
            kept.push(Reading {
                symbol,
                span: one.span,
            });
        }
    }
    kept
}
