//! A stretch of a profile taken for a code: sampled slot by slot, levelled, and
//! compared with drawings.

use super::kind::{Kind, Place};
use super::patterns::Case;
use super::profile::Profile;
use super::template::SAMPLES;
use super::trellis::{self, Fit, MARGIN};

/// Samples whose darkest and lightest values are taken together.
const BLOCK: usize = 8;
/// Most pixels in a sample.
const STEP_MAX: f32 = 100.0;
/// Share with which no better optics are looked for.
const SHARE_FINE: f32 = 0.93;
/// Optics with which a guess is looked at first.
const FIRST_CASES: [Case; 6] = [
    Case { blur: 1, growth: 3 },
    Case { blur: 3, growth: 3 },
    Case { blur: 1, growth: 6 },
    Case { blur: 1, growth: 1 },
    Case { blur: 3, growth: 6 },
    Case { blur: 3, growth: 1 },
];
/// Share of the known bars with which no other optics are looked at.
const LOOK_FINE: f32 = 0.85;
/// By how much two looks may miss the least share before no other optics are
/// looked at.
const LOOK_HOPELESS: f32 = 0.2;

/// Work left, in units of about one microsecond.
#[derive(Debug)]
pub(super) struct Budget(pub i64);

impl Budget {
    pub fn is_spent(&self) -> bool {
        self.0 <= 0
    }
}

/// Where the slots of a code meet on a line, pixels across the region: the
/// first bar's edge, the ends of all slots but the last, the last bar's edge.
/// A code that stands on its head has them in falling order.
pub(super) type Knots = Vec<f32>;

/// Knots at even distances between the outer edges.
pub(super) fn even_knots(kind: Kind, from: f32, to: f32) -> Knots {
    let scale = (to - from) / kind.modules();
    let widths = kind.slot_modules();
    let mut at = 0.0;
    std::iter::once(from)
        .chain(widths.into_iter().map(|width| {
            at += width;
            from + at * scale
        }))
        .collect()
}

/// A profile cut out for a code.
pub(super) struct Cut<'a> {
    pub profile: &'a Profile,
    pub kind: Kind,
    pub knots: Knots,
}

impl Cut<'_> {
    /// Pixels in a sample of each slot, by sign the direction.
    fn steps(&self) -> Vec<f32> {
        let widths = self.kind.slot_modules();
        self.knots
            .windows(2)
            .zip(widths)
            .map(|(pair, width)| match pair {
                [a, b] => (b - a) / (width * SAMPLES as f32),
                _ => 0.0,
            })
            .collect()
    }

    /// The samples of the code, black 0 and white 1.
    pub fn samples(&self) -> Vec<f32> {
        let mut out = self.raw_samples();
        level(&mut out);
        out
    }

    /// The samples of the code in grey levels.
    pub fn raw_samples(&self) -> Vec<f32> {
        let steps = self.steps();
        let (Some(first), Some(last)) = (steps.first(), steps.last()) else {
            return Vec::new();
        };
        // Knots that lie together or far apart belong to no code.
        if steps
            .iter()
            .any(|step| !step.is_finite() || step.abs() > STEP_MAX)
        {
            return Vec::new();
        }
        let lead = (self.kind.lead() * SAMPLES as f32).round() as usize + MARGIN;
        let widths = self.kind.slot_modules();
        let counts: Vec<usize> = widths
            .iter()
            .map(|w| (w * SAMPLES as f32).round() as usize)
            .collect();
        let mut out = vec![0.0; counts.iter().sum::<usize>() + 2 * lead];
        let (head, mut rest) = out.split_at_mut(lead);
        let start = self.knots.first().copied().unwrap_or(0.0);
        let before = start - (lead as f32 - 0.5) * first;
        self.profile.resample(before, *first, head);
        for ((count, step), knot) in counts.iter().zip(&steps).zip(&self.knots) {
            let (part, more) = rest.split_at_mut(*count);
            self.profile.resample(knot + 0.5 * step, *step, part);
            rest = more;
        }
        let end = self.knots.last().copied().unwrap_or(0.0);
        self.profile.resample(end + 0.5 * last, *last, rest);
        out
    }

    /// Compares with every character in every place; `None` when less than the
    /// share `at_least` of the variance is explained.
    pub fn fit(
        &self,
        samples: &[f32],
        case: Case,
        at_least: f32,
        budget: &mut Budget,
    ) -> Option<Fit> {
        let slots = self.kind.slots(case);
        let mut work = 0;
        let fit = trellis::fit(samples, &slots, at_least, &mut work);
        budget.0 -= work as i64 / 90 + 3;
        fit.filter(|fit| fit.share >= at_least)
    }

    /// The knots moved to where a fit has found the slots.
    pub fn moved(&self, fit: &Fit) -> Knots {
        let steps = self.steps();
        let last = steps.last().copied().unwrap_or(0.0);
        let all = steps.iter().copied().chain([last]);
        let shifts = fit.shifts.iter().chain(fit.shifts.last());
        self.knots
            .iter()
            .zip(all)
            .zip(shifts)
            .map(|((knot, step), shift)| knot + step * shift)
            .collect()
    }

    /// The optics with which the bars that every such code has look best, when
    /// the share `at_least` of them is seen.
    pub fn first_look(&self, samples: &[f32], at_least: f32, budget: &mut Budget) -> Option<Case> {
        let mut best = (FIRST_CASES[0], 0.0);
        for (tried, case) in FIRST_CASES.into_iter().enumerate() {
            if tried > 1 && best.1 + LOOK_HOPELESS < at_least {
                break;
            }
            let seen = self.look(samples, case);
            budget.0 -= 3;
            if seen > best.1 {
                best = (case, seen);
            }
            if best.1 > LOOK_FINE {
                break;
            }
        }
        (best.1 > at_least).then_some(best.0)
    }

    /// How much of the known bars is seen: 1 is all.
    fn look(&self, samples: &[f32], case: Case) -> f32 {
        let slots = self.kind.slots(case);
        let fixed = self.kind.fixed();
        let last = slots.len().saturating_sub(1);
        let mut start = 0;
        let mut sum = 0.0;
        for (i, slot) in slots.iter().enumerate() {
            let place = match i {
                0 => Place::First,
                i if i == last => Place::Last,
                i => Place::Inner(i),
            };
            if fixed.contains(&place) {
                sum += trellis::look(samples, start, slot);
            }
            start += slot.alphabet.samples;
        }
        sum / fixed.len() as f32
    }

    /// Finds the blur and the growth of bars that fit best, step by step.
    pub fn sharpened(
        &self,
        samples: &[f32],
        case: Case,
        fit: Fit,
        budget: &mut Budget,
    ) -> (Case, Fit) {
        let mut best = (case, fit);
        let mut tried = vec![case];
        while best.1.share < SHARE_FINE && !budget.is_spent() {
            let mut better = false;
            for next in best.0.neighbours() {
                if tried.contains(&next) {
                    continue;
                }
                tried.push(next);
                if let Some(fit) = self.fit(samples, next, best.1.share + 0.002, budget) {
                    best = (next, fit);
                    better = true;
                    break;
                }
            }
            if !better {
                break;
            }
        }
        best
    }
}

/// Spreads the samples between the black and the white around them, so that
/// shadows and gradients go.
fn level(samples: &mut [f32]) {
    let range = |a: (f32, f32), b: (f32, f32)| (a.0.min(b.0), a.1.max(b.1));
    let none = (f32::MAX, f32::MIN);
    let blocks: Vec<(f32, f32)> = samples
        .chunks(BLOCK)
        .map(|block| block.iter().fold(none, |all, &v| range(all, (v, v))))
        .collect();
    let near: Vec<(f32, f32)> = (0..blocks.len())
        .map(|i| {
            let around = blocks.iter().skip(i.saturating_sub(2)).take(3 + i.min(2));
            around.fold(none, |all, &b| range(all, b))
        })
        .collect();
    let full = near.iter().map(|(a, b)| b - a).fold(0.0, f32::max);
    let last = near.len().saturating_sub(1);
    let at = |i: usize| near.get(i.min(last)).copied().unwrap_or((0.0, 255.0));
    for (i, sample) in samples.iter_mut().enumerate() {
        let place = ((i as f32 + 0.5) / BLOCK as f32 - 0.5).max(0.0);
        let (a, b) = (at(place as usize), at(place as usize + 1));
        let low = a.0 + (b.0 - a.0) * place.fract();
        let high = a.1 + (b.1 - a.1) * place.fract();
        *sample = (*sample - low) / (high - low).max(0.2 * full).max(4.0);
    }
}
