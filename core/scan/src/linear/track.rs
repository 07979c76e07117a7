//! One code followed over several lines of a region.

use super::candidate::Candidate;
use super::cut::{Budget, Cut, Knots};
use super::kind::Kind;
use super::patterns::Case;
use super::profile::Profile;
use super::refine::refine;
use super::trellis::Fit;
use super::word::{Word, word};

/// Least variance of the noise, of full contrast 1.
const NOISE_MIN: f32 = 0.003;
/// Neighbouring samples err together: their evidence counts for this share.
const INDEPENDENT: f32 = 0.25;
/// No line can speak louder than this against a character.
const VOICE_MAX: f32 = 14.0;
/// The same in a second look.
const NOISE_AGAIN_MIN: f32 = 0.001;
/// Share that a line explains at least in a second look.
const SHARE_AGAIN: f32 = 0.86;
/// Lines of a code that are looked at again.
const LINES_AGAIN: usize = 7;
/// So many lines count in full.
const FEW_LINES: f32 = 3.0;
/// Share of the variance that a line explains at least to have a say.
const SHARE_MIN: f32 = 0.55;
/// Share that the first line explains at least.
const SHARE_BEGIN: f32 = 0.65;
/// Share that a first fit needs to be improved.
const SHARE_FIRST: f32 = 0.5;
/// Samples by which a fit may have moved before it is done again from there.
const MOVED_MAX: f32 = 5.0;

/// Where a line crosses the code and how well it fits.
#[derive(Debug, Clone)]
pub(super) struct Crossing {
    pub v: f32,
    pub share: f32,
    pub knots: Knots,
    /// What the outer bars and the quiet zones leave unexplained, for a sample.
    pub outer_rest: f32,
    /// The template that fits best in each slot.
    choice: Vec<usize>,
}

impl Crossing {
    /// First and last edge of the code, in reading direction.
    pub fn ends(&self) -> (f32, f32) {
        let end = |knot: Option<&f32>| knot.copied().unwrap_or(0.0);
        (end(self.knots.first()), end(self.knots.last()))
    }
}

/// A code on several lines.
#[derive(Clone)]
pub(super) struct Track {
    pub kind: Kind,
    pub case: Case,
    pub crossings: Vec<Crossing>,
    costs: Vec<Vec<f32>>,
    /// The best text of each line.
    pub texts: Vec<String>,
    pub misses: usize,
    /// Whether this is a second look.
    pub again: bool,
}

impl Track {
    /// A track from a guess on one line; `None` when the code does not fit.
    pub fn begin(
        profile: &Profile,
        v: f32,
        guess: &Candidate,
        budget: &mut Budget,
    ) -> Option<Self> {
        let kind = guess.kind;
        let mut best: Option<(Cut<'_>, Vec<f32>, Case, Fit)> = None;
        for reversed in [false, true] {
            let cut = Cut {
                profile,
                kind,
                knots: guess.knots(reversed),
            };
            let samples = cut.samples();
            // The guards of EAN-13 and EAN-8 look the same from both ends.
            let seen = match &best {
                Some(other) if kind.is_symmetric() => Some(other.2),
                None if reversed && kind.is_symmetric() => None,
                _ => cut.first_look(&samples, guess.look_min(), budget),
            };
            let Some(case) = seen else {
                continue;
            };
            let least = best.as_ref().map_or(SHARE_FIRST, |b| b.3.share);
            if let Some(fit) = cut.fit(&samples, case, least, budget) {
                best = Some((cut, samples, case, fit));
            }
        }
        let (mut cut, mut samples, mut case, mut fit) = best?;
        if fit.shifts.iter().any(|s| s.abs() > MOVED_MAX) {
            cut.knots = cut.moved(&fit);
            samples = cut.samples();
            fit = cut.fit(&samples, case, SHARE_FIRST, budget)?;
        }
        (case, fit) = cut.sharpened(&samples, case, fit, budget);
        if fit.share < SHARE_BEGIN {
            return None;
        }
        let mut track = Self {
            kind,
            case,
            crossings: Vec::new(),
            costs: Vec::new(),
            texts: Vec::new(),
            misses: 0,
            again: false,
        };
        track.take(&cut, v, &fit);
        Some(track)
    }

    /// Looks for the code on another line, near where it should be.
    pub fn follow(&mut self, profile: &Profile, v: f32, budget: &mut Budget) {
        let Some(knots) = self.expected(v) else {
            return;
        };
        let cut = Cut {
            profile,
            kind: self.kind,
            knots,
        };
        let samples = cut.samples();
        match cut.fit(&samples, self.case, SHARE_MIN, budget) {
            Some(fit) => self.take(&cut, v, &fit),
            None => self.misses += 1,
        }
    }

    /// Whether a guess on a line is this code.
    pub fn is_near(&self, guess: &Candidate, v: f32) -> bool {
        let Some(knots) = self.expected(v) else {
            return false;
        };
        let (Some(a), Some(b)) = (knots.first(), knots.last()) else {
            return false;
        };
        let (from, to) = (a.min(*b), a.max(*b));
        let room = 0.04 * (to - from);
        guess.kind == self.kind && (guess.from - from).abs() < room && (guess.to - to).abs() < room
    }

    /// The knots on a line, carried on from the nearest two lines known.
    fn expected(&self, v: f32) -> Option<Knots> {
        let mut near: Vec<&Crossing> = self.crossings.iter().collect();
        near.sort_by(|a, b| (a.v - v).abs().total_cmp(&(b.v - v).abs()));
        let first = near.first()?;
        // Two lines close together would make a wild lever.
        let second = near
            .iter()
            .skip(1)
            .find(|c| (c.v - first.v).abs() > 0.5 * (v - first.v).abs());
        let (a, b) = first.ends();
        let (mut from, mut to) = (a, b);
        if let Some(second) = second {
            let part = (v - first.v) / (second.v - first.v);
            let (c, d) = second.ends();
            (from, to) = (a + part * (c - a), b + part * (d - b));
        }
        let scale = (to - from) / (b - a);
        let place = |knot: &f32| from + (knot - a) * scale;
        Some(first.knots.iter().map(place).collect())
    }

    fn take(&mut self, cut: &Cut<'_>, v: f32, fit: &Fit) {
        let choice = fit.costs().iter().map(|slot| least_at(slot)).collect();
        self.crossings.push(Crossing {
            v,
            share: fit.share,
            knots: cut.moved(fit),
            outer_rest: outer(&fit.slot_rests),
            choice,
        });
        let noise = (fit.rest / fit.samples.max(1) as f32).max(NOISE_MIN);
        // Where the profile fits worse than elsewhere it says less.
        let weights = fit.slot_rests.iter();
        let weights = weights.map(|rest| INDEPENDENT / (2.0 * noise.max(*rest)));
        let voice: Vec<Vec<f32>> = fit
            .costs()
            .iter()
            .zip(weights)
            .map(|(slot, w)| slot.iter().map(|c| (c * w).min(VOICE_MAX)).collect())
            .collect();
        self.hear(voice);
    }

    /// Adds what one line says against each character.
    fn hear(&mut self, voice: Vec<Vec<f32>>) {
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

    /// The same code looked at again, its lines taken anew by `line`; `None` for
    /// kinds of code that are not looked at again.
    pub fn refined(&self, line: impl Fn(f32) -> Option<Profile>) -> Option<Self> {
        let mut again = Self {
            kind: self.kind,
            case: self.case,
            crossings: Vec::new(),
            costs: Vec::new(),
            texts: Vec::new(),
            misses: 0,
            again: true,
        };
        for crossing in self.crossings.iter().take(LINES_AGAIN) {
            let Some(profile) = line(crossing.v) else {
                continue;
            };
            let (knots, choice) = (crossing.knots.clone(), crossing.choice.clone());
            let seen = refine(&profile, self.kind, knots, again.case, choice)?;
            // What the first line shows the others would show, too.
            if seen.share < SHARE_AGAIN {
                return None;
            }
            again.case = seen.case;
            let mean = seen.rests.iter().sum::<f32>() / seen.rests.len().max(1) as f32;
            let weigh = |rest: &f32| INDEPENDENT / (2.0 * mean.max(*rest).max(NOISE_AGAIN_MIN));
            let voice = seen.costs.iter().zip(seen.rests.iter().map(weigh));
            let voice =
                voice.map(|(slot, w)| slot.iter().map(|c| (c * w).min(VOICE_MAX)).collect());
            let voice: Vec<Vec<f32>> = voice.collect();
            again.crossings.push(Crossing {
                v: crossing.v,
                share: seen.share,
                choice: voice.iter().map(|slot| least_at(slot)).collect(),
                knots: seen.knots,
                outer_rest: outer(&seen.rests),
            });
            again.hear(voice);
        }
        (!again.crossings.is_empty()).then_some(again)
    }

    /// What all lines together say.
    pub fn word(&self) -> Option<Word> {
        // Lines of one code err alike: many of them say less than their sum.
        let alike = (FEW_LINES / self.crossings.len().max(1) as f32)
            .sqrt()
            .min(1.0);
        let mut costs = self.costs.clone();
        for slot in &mut costs {
            let least = slot.iter().copied().fold(f32::MAX, f32::min);
            for cost in slot {
                *cost = (*cost - least) * alike;
            }
        }
        word(self.kind, &costs)
    }

    /// How much speaks for the code, to choose between codes at one place.
    pub fn weight(&self) -> f32 {
        let fits: f32 = self.crossings.iter().map(|c| c.share - 0.4).sum();
        fits * self.kind.modules()
    }

    /// What the outer bars and quiet zones leave unexplained in the middle of the
    /// lines, for a sample.
    pub fn outer_rest(&self) -> f32 {
        let mut rests: Vec<f32> = self.crossings.iter().map(|c| c.outer_rest).collect();
        rests.sort_by(f32::total_cmp);
        rests.get(rests.len() / 2).copied().unwrap_or(0.0)
    }

    /// Mean share of the variance that the lines explain.
    pub fn share(&self) -> f32 {
        let sum: f32 = self.crossings.iter().map(|c| c.share).sum();
        sum / self.crossings.len().max(1) as f32
    }
}

fn least_at(costs: &[f32]) -> usize {
    let least = costs.iter().enumerate().min_by(|a, b| a.1.total_cmp(b.1));
    least.map_or(0, |(at, _)| at)
}

/// The larger of what the first and the last slot leave.
fn outer(rests: &[f32]) -> f32 {
    let end = |rest: Option<&f32>| rest.copied().unwrap_or(0.0);
    end(rests.first()).max(end(rests.last()))
}
