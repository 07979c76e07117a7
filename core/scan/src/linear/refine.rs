//! A second look at EAN codes whose blur reaches over several bars.
//!
//! What a digit looks like then depends on its neighbours. The whole code is
//! drawn as it was read so far, blurred like the picture; in turn each digit is
//! tried in all its forms among the others as they stand, until none changes
//! (iterated conditional modes, with the blur, the growth of the bars and the
//! place of the code put right in between).

use super::cut::{Cut, Knots};
use super::kind::Kind;
use super::patterns::{self, Case};
use super::profile::Profile;
use super::template::{REACH, SAMPLES};
use super::trellis::MARGIN;

/// Samples on either side of a digit that are compared along with it.
const BESIDE: usize = 6;
/// How firmly a digit's contrast is held near that of the whole code.
const GAIN_HELD: f32 = 0.3;
/// Rounds of digits, optics and place.
const ROUNDS: usize = 5;
/// Rounds over the digits before the optics are looked at again.
const SWEEPS: usize = 3;

/// A code as the second look sees it.
pub(super) struct Refined {
    /// For each slot and template the cost above the best one's, of contrast 1.
    pub costs: Vec<Vec<f32>>,
    /// What is left of each slot, for one sample.
    pub rests: Vec<f32>,
    /// Share of the variance explained, at most 1.
    pub share: f32,
    pub case: Case,
    pub knots: Knots,
}

/// How a slot's window fits with one template in it.
#[derive(Clone, Copy)]
struct Match {
    rest: f32,
    gain: f32,
}

struct Scene<'a> {
    profile: &'a Profile,
    kind: Kind,
    knots: Knots,
    case: Case,
    samples: Vec<f32>,
    starts: Vec<usize>,
    lengths: Vec<usize>,
    choice: Vec<usize>,
}

/// Looks again at a code on one line. `choice` is the template of each slot as
/// read so far. `None` for kinds of code that are not looked at again.
pub(super) fn refine(
    profile: &Profile,
    kind: Kind,
    knots: Knots,
    case: Case,
    choice: Vec<usize>,
) -> Option<Refined> {
    if !kind.is_symmetric() || choice.len() + 1 != knots.len() {
        return None;
    }
    let mut scene = Scene::new(profile, kind, smoothed(kind, knots), case, choice);
    scene.sweep();
    let mut best = scene.left_over();
    for _ in 0..ROUNDS {
        let before = best;
        scene.align(&mut best);
        scene.focus(&mut best);
        scene.sweep();
        best = scene.left_over();
        if best > 0.98 * before {
            break;
        }
    }
    Some(scene.finished())
}

impl<'a> Scene<'a> {
    fn new(profile: &'a Profile, kind: Kind, knots: Knots, case: Case, choice: Vec<usize>) -> Self {
        let lead = kind.lead() * SAMPLES as f32;
        let last = choice.len().saturating_sub(1);
        let lengths: Vec<usize> = kind
            .slot_modules()
            .into_iter()
            .enumerate()
            .map(|(k, modules)| {
                let room = if k == 0 || k == last { lead } else { 0.0 };
                (modules * SAMPLES as f32 + room).round() as usize
            })
            .collect();
        let mut at = MARGIN;
        let starts = lengths
            .iter()
            .map(|length| {
                at += length;
                at - length
            })
            .collect();
        let mut scene = Self {
            profile,
            kind,
            knots,
            case,
            samples: Vec::new(),
            starts,
            lengths,
            choice,
        };
        scene.samples = scene.cut_at(scene.knots.clone());
        scene
    }

    fn cut_at(&self, knots: Knots) -> Vec<f32> {
        let cut = Cut {
            profile: self.profile,
            kind: self.kind,
            knots,
        };
        cut.raw_samples()
    }

    /// The ink of the whole code as read so far.
    fn drawn(&self, case: Case) -> Vec<f32> {
        let mut ink = vec![0.0; self.samples.len()];
        let inks = patterns::inks(self.kind, case);
        for ((start, choice), templates) in self.starts.iter().zip(&self.choice).zip(&inks) {
            let Some(own) = templates.get(*choice) else {
                continue;
            };
            let part = ink.iter_mut().skip(start - REACH.min(*start));
            for (sum, value) in part.zip(own) {
                *sum += value;
            }
        }
        ink
    }

    fn window(&self, k: usize) -> std::ops::Range<usize> {
        let start = self.starts.get(k).copied().unwrap_or(MARGIN);
        let end = start + self.lengths.get(k).copied().unwrap_or(0) + BESIDE;
        start - BESIDE..end.min(self.samples.len())
    }

    fn matched(&self, window: std::ops::Range<usize>, ink: impl Iterator<Item = f32>) -> Match {
        let grey = self.samples.get(window).unwrap_or_default();
        let count = grey.len().max(1) as f32;
        let (mut c, mut q, mut cc, mut cq, mut qq) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (value, ink) in grey.iter().zip(ink) {
            c += ink;
            q += value;
            cc += ink * ink;
            cq += ink * value;
            qq += value * value;
        }
        let (cc, cq, qq) = (cc - c * c / count, cq - c * q / count, qq - q * q / count);
        // Ink makes dark: a positive slope explains nothing.
        let gain = (-cq / cc.max(1e-3)).max(0.0);
        Match {
            rest: qq - gain * gain * cc,
            gain,
        }
    }

    /// Every template of a slot among its neighbours as they are in `ink`.
    fn matches(&self, k: usize, ink: &[f32], templates: &[Vec<f32>]) -> Vec<Match> {
        let window = self.window(k);
        let none = Vec::new();
        let own = self.choice.get(k).and_then(|&c| templates.get(c));
        let own = own.unwrap_or(&none);
        let skip = REACH - BESIDE;
        let base: Vec<f32> = ink
            .get(window.clone())
            .unwrap_or_default()
            .iter()
            .zip(own.iter().skip(skip))
            .map(|(all, own)| all - own)
            .collect();
        templates
            .iter()
            .map(|template| {
                let tried = base.iter().zip(template.iter().skip(skip));
                self.matched(window.clone(), tried.map(|(a, b)| a + b))
            })
            .collect()
    }

    /// Each slot as it stands.
    fn current(&self, ink: &[f32]) -> Vec<Match> {
        (0..self.choice.len())
            .map(|k| {
                let window = self.window(k);
                let part = ink.get(window.clone()).unwrap_or_default();
                self.matched(window, part.iter().copied())
            })
            .collect()
    }

    fn left_over(&self) -> f32 {
        total(&self.current(&self.drawn(self.case)))
    }

    /// Puts the digits right one after the other until none changes.
    fn sweep(&mut self) {
        let inks = patterns::inks(self.kind, self.case);
        for _ in 0..SWEEPS {
            let mut changed = false;
            let mut ink = self.drawn(self.case);
            let gain = middle(&self.current(&ink));
            for (k, templates) in inks.iter().enumerate() {
                let matches = self.matches(k, &ink, templates);
                let costs = matches.iter().map(|m| cost(*m, gain));
                let best = costs.enumerate().min_by(|a, b| a.1.total_cmp(&b.1));
                let (Some((best, _)), Some(now)) = (best, self.choice.get_mut(k)) else {
                    continue;
                };
                if best != *now {
                    *now = best;
                    changed = true;
                    ink = self.drawn(self.case);
                }
            }
            if !changed {
                break;
            }
        }
    }

    /// Finds the optics that fit the digits best.
    fn focus(&mut self, best: &mut f32) {
        loop {
            let better = self
                .case
                .neighbours()
                .map(|case| (case, total(&self.current(&self.drawn(case)))))
                .min_by(|a, b| a.1.total_cmp(&b.1))
                .filter(|found| found.1 < 0.995 * *best);
            let Some((case, rest)) = better else {
                break;
            };
            (self.case, *best) = (case, rest);
        }
    }

    /// Shifts, stretches and bends the code's place.
    fn align(&mut self, best: &mut f32) {
        let ink = self.drawn(self.case);
        let ends = (self.knots.first().copied(), self.knots.last().copied());
        let (Some(from), Some(to)) = ends else {
            return;
        };
        let step = (to - from) / (self.kind.modules() * SAMPLES as f32);
        for power in [0, 1, 2, 0, 1] {
            for by in [0.5, -0.5, 0.25, -0.25] {
                let moved: Knots = self
                    .knots
                    .iter()
                    .map(|knot| {
                        let place = 2.0 * (knot - from) / (to - from) - 1.0;
                        knot + by * step * place.powi(power)
                    })
                    .collect();
                let samples = self.cut_at(moved.clone());
                let kept = std::mem::replace(&mut self.samples, samples);
                let rest = total(&self.current(&ink));
                if rest < 0.998 * *best {
                    (self.knots, *best) = (moved, rest);
                } else {
                    self.samples = kept;
                }
            }
        }
    }

    fn finished(self) -> Refined {
        let inks = patterns::inks(self.kind, self.case);
        let ink = self.drawn(self.case);
        let current = self.current(&ink);
        let gain = middle(&current);
        let (mut all, mut costs, mut rests) = (0.0, Vec::new(), Vec::new());
        for (k, templates) in inks.iter().enumerate() {
            let matches = self.matches(k, &ink, templates);
            let of_slot: Vec<f32> = matches.iter().map(|m| cost(*m, gain)).collect();
            let least = of_slot.iter().copied().fold(f32::MAX, f32::min);
            let window = self.window(k);
            rests.push(least / window.len() as f32);
            let plain = self.matched(window.clone(), window.map(|_| 0.0));
            all += plain.rest;
            costs.push(of_slot.iter().map(|c| c - least).collect());
        }
        Refined {
            costs,
            rests,
            share: 1.0 - total(&current) / all.max(1e-3),
            case: self.case,
            knots: self.knots,
        }
    }
}

fn total(matches: &[Match]) -> f32 {
    matches.iter().map(|m| m.rest).sum()
}

/// The contrast in the middle of all slots'.
fn middle(matches: &[Match]) -> f32 {
    let mut gains: Vec<f32> = matches.iter().map(|m| m.gain).collect();
    gains.sort_by(f32::total_cmp);
    gains.get(gains.len() / 2).copied().unwrap_or(1.0).max(1.0)
}

/// What a match costs when the code's contrast is `gain`.
fn cost(found: Match, gain: f32) -> f32 {
    let off = found.gain / gain - 1.0;
    found.rest / (gain * gain) + GAIN_HELD * off * off
}

/// The knots on the parabola through them, unless they do not follow one.
fn smoothed(kind: Kind, knots: Knots) -> Knots {
    let mut at = 0.0;
    let whole = kind.modules();
    let places: Vec<f32> = std::iter::once(0.0)
        .chain(kind.slot_modules())
        .map(|modules| {
            at += modules;
            2.0 * at / whole - 1.0
        })
        .collect();
    // Sums for the least squares of 1, m and m squared, which are nearly
    // orthogonal as the slots lie alike on both sides of the middle.
    let count = knots.len() as f32;
    let mean = |f: &dyn Fn(f32, f32) -> f32| {
        let sum: f32 = places.iter().zip(&knots).map(|(m, x)| f(*m, *x)).sum();
        sum / count
    };
    let (m2, m4) = (mean(&|m, _| m * m), mean(&|m, _| m.powi(4)));
    let (x, xm, xm2) = (
        mean(&|_, x| x),
        mean(&|m, x| x * m),
        mean(&|m, x| x * m * m),
    );
    let bend = (xm2 - m2 * x) / (m4 - m2 * m2);
    let (slope, base) = (xm / m2, x - bend * m2);
    let even: Knots = places
        .iter()
        .map(|m| base + slope * m + bend * m * m)
        .collect();
    let off = even.iter().zip(&knots).map(|(a, b)| (a - b).abs());
    let room = 3.0 * (2.0 * slope / (whole * SAMPLES as f32)).abs();
    if off.fold(0.0, f32::max) <= room {
        even
    } else {
        knots
    }
}
