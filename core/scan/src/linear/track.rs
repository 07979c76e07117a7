//! One code followed over several lines of a region.

use super::candidate::Candidate;
use super::kind::{Kind, Place};
use super::patterns::{BLURS, Case, GROWTHS};
use super::profile::Profile;
use super::template::SAMPLES;
use super::trellis::{self, Fit, MARGIN};
use super::word::{Word, word};

/// Samples whose darkest and lightest values are taken together.
const BLOCK: usize = 8;
/// Least variance of the noise, of full contrast 1.
const NOISE_MIN: f32 = 0.003;
/// Neighbouring samples err together: their evidence counts for this share.
const INDEPENDENT: f32 = 0.25;
/// No line can speak louder than this against a character.
const VOICE_MAX: f32 = 14.0;
/// Share of the variance that a line explains at least to have a say.
pub(super) const SHARE_MIN: f32 = 0.5;
/// Share with which no better optics are looked for.
const SHARE_FINE: f32 = 0.93;

/// Work left, in units of about one microsecond.
#[derive(Debug)]
pub(super) struct Budget(pub i64);

impl Budget {
    pub fn is_spent(&self) -> bool {
        self.0 <= 0
    }
}

/// Where a line crosses the code and how well it fits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Crossing {
    pub v: f32,
    pub from: f32,
    pub to: f32,
    pub share: f32,
}

/// A code on several lines.
pub(super) struct Track {
    pub kind: Kind,
    case: Case,
    reversed: bool,
    pub crossings: Vec<Crossing>,
    costs: Vec<Vec<f32>>,
    /// The best text of each line.
    pub texts: Vec<String>,
    pub misses: usize,
}

/// A profile cut out for a guess.
struct Cut<'a> {
    profile: &'a Profile,
    kind: Kind,
    from: f32,
    to: f32,
}

impl Cut<'_> {
    fn module(&self) -> f32 {
        (self.to - self.from) / self.kind.modules()
    }

    /// The samples of the code, black 0 and white 1.
    fn samples(&self, reversed: bool) -> Vec<f32> {
        let step = self.module() / SAMPLES as f32;
        let whole = self.kind.modules() + 2.0 * self.kind.lead();
        let count = (whole * SAMPLES as f32).round() as usize + 2 * MARGIN;
        let before = (0.5 - MARGIN as f32) * step - self.kind.lead() * self.module();
        let mut out = vec![0.0; count];
        if reversed {
            self.profile.resample(self.to - before, -step, &mut out);
        } else {
            self.profile.resample(self.from + before, step, &mut out);
        }
        level(&mut out);
        out
    }

    fn fit(&self, samples: &[f32], case: Case, budget: &mut Budget) -> Option<Fit> {
        let slots = self.kind.slots(case);
        let work: usize = slots
            .iter()
            .map(|s| s.count * s.alphabet.samples)
            .sum::<usize>();
        budget.0 -= work as i64 / 128 + 1;
        trellis::fit(samples, &slots)
    }

    /// Whether the bars that every such code has are there.
    fn looks_right(&self, samples: &[f32]) -> bool {
        let case = Case { blur: 1, growth: 2 };
        let slots = self.kind.slots(case);
        let fixed = self.kind.fixed();
        let last = slots.len().saturating_sub(1);
        let mut start = 0;
        let (mut sum, mut least) = (0.0, f32::MAX);
        for (i, slot) in slots.iter().enumerate() {
            let place = match i {
                0 => Place::First,
                i if i == last => Place::Last,
                i => Place::Inner(i),
            };
            if fixed.contains(&place) {
                let share = trellis::look(samples, start, slot);
                sum += share;
                least = least.min(share);
            }
            start += slot.alphabet.samples;
        }
        least > 0.15 && sum > 0.5 * fixed.len() as f32
    }
}

/// Spreads the samples between the black and the white around them, so that
/// shadows and gradients go.
fn level(samples: &mut [f32]) {
    let blocks: Vec<(f32, f32)> = samples
        .chunks(BLOCK)
        .map(|block| {
            block
                .iter()
                .fold((f32::MAX, f32::MIN), |(a, b), &v| (a.min(v), b.max(v)))
        })
        .collect();
    let near: Vec<(f32, f32)> = (0..blocks.len())
        .map(|i| {
            blocks
                .iter()
                .skip(i.saturating_sub(2))
                .take(3 + i.min(2))
                .fold((f32::MAX, f32::MIN), |(a, b), r| (a.min(r.0), b.max(r.1)))
        })
        .collect();
    let full = near.iter().map(|(a, b)| b - a).fold(0.0, f32::max);
    let at = |i: usize| {
        near.get(i.min(near.len() - 1))
            .copied()
            .unwrap_or((0.0, 255.0))
    };
    for (i, sample) in samples.iter_mut().enumerate() {
        let place = (i as f32 + 0.5) / BLOCK as f32 - 0.5;
        let (base, part) = (place.max(0.0) as usize, place.max(0.0).fract());
        let (a, b) = (at(base), at(base + 1));
        let low = a.0 + (b.0 - a.0) * part;
        let high = a.1 + (b.1 - a.1) * part;
        *sample = (*sample - low) / (high - low).max(0.2 * full).max(4.0);
    }
}

impl Track {
    /// A track from a guess on one line; `None` when the code does not fit.
    pub fn begin(
        profile: &Profile,
        v: f32,
        guess: &Candidate,
        budget: &mut Budget,
    ) -> Option<Self> {
        let cut = Cut {
            profile,
            kind: guess.kind,
            from: guess.from,
            to: guess.to,
        };
        let forward = cut.samples(false);
        let backward = cut.samples(true);
        budget.0 -= 6;
        let ahead = cut.looks_right(&forward);
        let back = if guess.kind.is_symmetric() {
            ahead
        } else {
            cut.looks_right(&backward)
        };
        let mut best: Option<(Case, bool, Fit)> = None;
        for (reversed, samples) in [(false, &forward), (true, &backward)] {
            if (reversed && !back) || (!reversed && !ahead) {
                continue;
            }
            let case = Case { blur: 1, growth: 2 };
            let Some(fit) = cut.fit(samples, case, budget) else {
                continue;
            };
            if best.as_ref().is_none_or(|b| b.2.share < fit.share) {
                best = Some((case, reversed, fit));
            }
        }
        let (case, reversed, fit) = best?;
        if fit.share < 0.45 {
            return None;
        }
        let samples = if reversed { &backward } else { &forward };
        let (case, fit) = sharpened(&cut, samples, case, fit, budget);
        if fit.share < SHARE_MIN {
            return None;
        }
        let mut track = Self {
            kind: guess.kind,
            case,
            reversed,
            crossings: Vec::new(),
            costs: Vec::new(),
            texts: Vec::new(),
            misses: 0,
        };
        track.take(&cut, v, &fit);
        Some(track)
    }

    /// Looks for the code on another line, near where it should be.
    pub fn follow(&mut self, profile: &Profile, v: f32, budget: &mut Budget) {
        let Some((from, to)) = self.expected(v) else {
            return;
        };
        let cut = Cut {
            profile,
            kind: self.kind,
            from,
            to,
        };
        let samples = cut.samples(self.reversed);
        match cut.fit(&samples, self.case, budget) {
            Some(fit) if fit.share >= SHARE_MIN => self.take(&cut, v, &fit),
            _ => self.misses += 1,
        }
    }

    /// Whether a guess on a line is this code.
    pub fn is_near(&self, guess: &Candidate, v: f32) -> bool {
        let Some((from, to)) = self.expected(v) else {
            return false;
        };
        let room = 0.04 * (to - from);
        guess.kind == self.kind && (guess.from - from).abs() < room && (guess.to - to).abs() < room
    }

    /// First and last edge on a line, carried on from the nearest two known.
    fn expected(&self, v: f32) -> Option<(f32, f32)> {
        let mut near: Vec<&Crossing> = self.crossings.iter().collect();
        near.sort_by(|a, b| (a.v - v).abs().total_cmp(&(b.v - v).abs()));
        let first = near.first()?;
        // Two lines close together would make a wild lever.
        let second = near
            .iter()
            .skip(1)
            .find(|c| (c.v - first.v).abs() > 0.5 * (v - first.v).abs());
        Some(match second {
            Some(second) => {
                let part = (v - first.v) / (second.v - first.v);
                (
                    first.from + part * (second.from - first.from),
                    first.to + part * (second.to - first.to),
                )
            }
            None => (first.from, first.to),
        })
    }

    fn take(&mut self, cut: &Cut<'_>, v: f32, fit: &Fit) {
        let step = cut.module() / SAMPLES as f32;
        let (from, to) = if self.reversed {
            (cut.from - fit.ends.1 * step, cut.to - fit.ends.0 * step)
        } else {
            (cut.from + fit.ends.0 * step, cut.to + fit.ends.1 * step)
        };
        self.crossings.push(Crossing {
            v,
            from,
            to,
            share: fit.share,
        });
        let noise = (fit.rest / fit.samples.max(1) as f32).max(NOISE_MIN);
        let weight = INDEPENDENT / (2.0 * noise);
        let voice: Vec<Vec<f32>> = fit
            .costs
            .iter()
            .map(|slot| slot.iter().map(|c| (c * weight).min(VOICE_MAX)).collect())
            .collect();
        if let Some(word) = word(self.kind, &voice) {
            self.texts.push(word.text);
        }
        if self.costs.is_empty() {
            self.costs = voice;
            return;
        }
        for (sum, more) in self.costs.iter_mut().zip(&voice) {
            for (a, b) in sum.iter_mut().zip(more) {
                *a += b;
            }
        }
    }

    /// What all lines together say.
    pub fn word(&self) -> Option<Word> {
        let mut costs = self.costs.clone();
        for slot in &mut costs {
            let least = slot.iter().copied().fold(f32::MAX, f32::min);
            for cost in slot {
                *cost -= least;
            }
        }
        word(self.kind, &costs)
    }

    /// Mean share of the variance that the lines explain.
    pub fn share(&self) -> f32 {
        let sum: f32 = self.crossings.iter().map(|c| c.share).sum();
        sum / self.crossings.len().max(1) as f32
    }
}

/// Finds the blur and the growth of bars that fit best, step by step.
fn sharpened(
    cut: &Cut<'_>,
    samples: &[f32],
    case: Case,
    fit: Fit,
    budget: &mut Budget,
) -> (Case, Fit) {
    let mut best = (case, fit);
    let mut tried = vec![case];
    while best.1.share < SHARE_FINE && !budget.is_spent() {
        let Case { blur, growth } = best.0;
        let blurs = [blur + 1, blur.wrapping_sub(1)].map(|blur| Case { blur, growth });
        let growths = [growth + 1, growth.wrapping_sub(1)].map(|growth| Case { blur, growth });
        let mut better = false;
        for next in blurs.into_iter().chain(growths) {
            if next.blur >= BLURS.len() || next.growth >= GROWTHS.len() || tried.contains(&next) {
                continue;
            }
            tried.push(next);
            let Some(fit) = cut.fit(samples, next, budget) else {
                continue;
            };
            if fit.share > best.1.share + 0.002 {
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
