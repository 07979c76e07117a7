//! Own reader of linear codes: EAN-13, EAN-8, UPC-A, UPC-E, Code 128 and ITF.
//!
//! It finds where edges run parallel ([`field`]), reads grey profiles across
//! them ([`profile`]), guesses from the edges where a code begins and ends
//! ([`edges`], [`candidate`]) and then compares drawings of the characters,
//! blurred like the picture, with the profile ([`template`], [`trellis`]). No
//! threshold decides anything: what each character could also be is kept as a
//! cost, added up over the lines of one code ([`track`]), and only then do check
//! digits choose ([`word`]). EAN codes of which that leaves a doubt are looked at
//! again, each digit among its neighbours as they were read ([`refine`]).
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
pub(crate) use field::{Region, regions};
use search::{Found, Plan, beside, read_region};

/// How much is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strength {
    /// For each frame of a camera.
    Quick,
    /// For a single picture.
    Deep,
}

/// Parts of one row of codes that are read.
const IN_A_ROW_MAX: usize = 5;
/// Pictures larger than this on a side are first read smaller.
const SIDE_MAX: u32 = 1300;
/// No side is halved that is smaller than this.
const SIDE_MIN: u32 = 64;

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
    regions: 3,
    bands: 13,
    whole_bands: 15,
    guesses: 20,
    work: 8000,
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
        Prepared::new(luma.clone())
            .map(|picture| self.read_prepared(&picture, stop))
            .unwrap_or_default()
    }

    /// The same for a picture whose views are shared with other readers.
    pub(crate) fn read_prepared(&self, picture: &Prepared, stop: &Stop) -> Vec<Reading> {
        let plan = match self.strength {
            Strength::Quick => &QUICK,
            Strength::Deep => &DEEP,
        };
        let (small, scale) = reduced(picture);
        let mut found = read_view(small, plan, stop);
        for one in &mut found {
            one.span = one.span.map(|span| span.scaled(scale));
        }
        if found.is_empty() && scale > 1.0 {
            found = read_view(picture, plan, stop);
        }
        settled(found)
    }
}

/// A large picture halved until it is not, and how many times smaller it is.
/// Bars many pixels wide show the grain of the picture as edges of their own.
fn reduced(picture: &Prepared) -> (&Prepared, f32) {
    let (mut now, mut scale) = (picture, 1.0);
    while now.width.max(now.height) > SIDE_MAX && now.width.min(now.height) >= SIDE_MIN {
        let Some(half) = now.half() else { break };
        (now, scale) = (half, 2.0 * scale);
    }
    (now, scale)
}

fn read_view(luma: &Prepared, plan: &Plan, stop: &Stop) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut left = plan.work;
    for region in luma.regions().iter().take(plan.regions) {
        let mut budget = Budget(left / 2);
        left -= budget.0;
        let view: (&Luma, &Stop) = (luma, stop);
        let mut parts = vec![*region];
        for _ in 0..IN_A_ROW_MAX {
            let Some(part) = parts.pop() else { break };
            let known = found.len();
            read_region(view, &part, plan.bands, plan, &mut budget, &mut found);
            parts.extend(beside(&part, found.get(known..).unwrap_or_default()));
        }
        left += budget.0;
    }
    for upright in [false, true] {
        if found.is_empty() && plan.whole_bands > 0 {
            let region = Region::whole(luma, upright);
            let mut budget = Budget(left / 2);
            let view: (&Luma, &Stop) = (luma, stop);
            let bands = plan.whole_bands;
            read_region(view, &region, bands, plan, &mut budget, &mut found);
        }
    }
    found
}

impl Engine for LinearReader {
    fn read(&self, picture: &Prepared, stop: &Stop) -> Vec<Reading> {
        self.read_prepared(picture, stop)
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
