//! Pairs of edges of a profile between which a code may lie.

use super::cut::{Knots, even_knots};
use super::edges::Edge;
use super::groups::{halves, is_regular, ratio_of};
use super::kind::Kind;
use super::patterns::RATIOS;

/// A guess: a kind of code from one edge to another.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub kind: Kind,
    /// First and last edge across the region, pixels.
    pub from: f32,
    pub to: f32,
    /// Less is better.
    pub rank: f32,
    /// The edges from first to last, when they are as many as the code has.
    pub inner: Vec<f32>,
    /// Knots of an EAN-13 of which one half was recognised by its edges.
    pub half: Option<Knots>,
}

impl Candidate {
    /// The share of the bars that every such code has which must be seen before
    /// the guess is followed up. Less is asked where each edge is in its place.
    pub fn look_min(&self) -> f32 {
        match (self.kind, self.inner.is_empty()) {
            (Kind::Code128(_), false) => 0.4,
            (Kind::Ean13, true) => 0.42,
            (Kind::Itf(..), _) => 0.5,
            (Kind::Code128(_) | Kind::Ean13, _) => 0.55,
            (Kind::Ean8 | Kind::UpcE, _) => 0.58,
        }
    }

    /// Where the slots meet if the code is read this way: from the edges when
    /// none is missing, else at even distances.
    pub fn knots(&self, reversed: bool) -> Knots {
        if let Some(knots) = &self.half {
            // EAN-13 has its slots in the same places from both ends.
            let mut knots = knots.clone();
            if reversed {
                knots.reverse();
            }
            return knots;
        }
        let at = |n: usize| {
            let n = if reversed {
                self.inner.len().checked_sub(n + 1)
            } else {
                Some(n)
            };
            n.and_then(|n| self.inner.get(n)).copied()
        };
        let mut edge = 0;
        let ends = self.kind.slot_elements().into_iter().map(|count| {
            edge += count;
            at(edge)
        });
        let exact: Option<Knots> = std::iter::once(at(0)).chain(ends).collect();
        exact.unwrap_or_else(|| match reversed {
            false => even_knots(self.kind, self.from, self.to),
            true => even_knots(self.kind, self.to, self.from),
        })
    }
}

/// How much is asked of a pair of edges.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terms {
    /// Least width of a module, pixels.
    pub module_min: f32,
    /// Least quiet zone, modules.
    pub quiet_min: f32,
    /// Share of a code's edges that blur may have swallowed.
    pub lost_max: f32,
}

/// Edges in the neighbourhood of which the usual gap is measured.
const NEAR: usize = 12;
/// How many usual gaps of quiet an outer edge has beside it.
const QUIET_GAPS: f32 = 1.3;
/// What a guess loses whose edges are not in the right groups.
const IRREGULAR: f32 = 0.08;
/// A code's outer edges that are tried on one line.
const OUTER_MAX: usize = 48;

/// The guesses on one line, the best first, at most `count`.
pub(super) fn candidates(edges: &[Edge], terms: Terms, count: usize) -> Vec<Candidate> {
    let at: Vec<f32> = edges.iter().map(|e| e.at).collect();
    let gaps: Vec<f32> = at
        .windows(2)
        .map(|w| match w {
            [a, b] => b - a,
            _ => 0.0,
        })
        .collect();
    let mut found = Vec::new();
    let outer = |rising: bool| {
        let gaps = &gaps;
        edges
            .iter()
            .enumerate()
            .filter(move |(i, e)| e.rising == rising && is_outer(gaps, *i, rising))
            .map(|(i, _)| i)
            .take(OUTER_MAX)
    };
    let ends: Vec<usize> = outer(true).collect();
    for start in outer(false) {
        // The widest gap so far grows with the end.
        let (mut widest, mut narrowest, mut seen) = (0.0_f32, f32::MAX, start);
        for &end in ends.iter().filter(|&&end| end > start + 16) {
            for &gap in gaps.iter().take(end).skip(seen) {
                (widest, narrowest) = (widest.max(gap), narrowest.min(gap));
            }
            seen = end;
            let (Some(&from), Some(&to)) = (at.get(start), at.get(end)) else {
                continue;
            };
            let pair = Pair {
                from,
                to,
                widest,
                narrowest,
                quiet: quiet(&gaps, start, end),
                elements: end - start,
            };
            let inner = at.get(start..=end).unwrap_or_default();
            let guesses = kinds(end - start).filter_map(|kind| pair.judged(kind, terms));
            found.extend(guesses.filter_map(|guess| grouped(guess, inner)));
        }
    }
    found.extend(halves(edges, terms));
    found.sort_by(|a: &Candidate, b| a.rank.total_cmp(&b.rank));
    found.truncate(count);
    found
}

/// The guess with its edges in groups, if they are; `None` when it has fallen.
fn grouped(mut guess: Candidate, inner: &[f32]) -> Option<Candidate> {
    let kind = guess.kind;
    let firm = matches!(kind, Kind::Code128(_) | Kind::Itf(..));
    if kind.elements() + 1 != inner.len() {
        guess.rank += if firm { IRREGULAR } else { 0.0 };
        return Some(guess);
    }
    if matches!(kind, Kind::Itf(_, ratio) if ratio != ratio_of(inner)) {
        return None;
    }
    if is_regular(kind, inner) {
        guess.inner = inner.to_vec();
    } else if firm {
        return None;
    } else {
        guess.rank += IRREGULAR;
    }
    Some(guess)
}

struct Pair {
    from: f32,
    to: f32,
    widest: f32,
    narrowest: f32,
    quiet: f32,
    elements: usize,
}

impl Pair {
    fn judged(&self, kind: Kind, terms: Terms) -> Option<Candidate> {
        let module = (self.to - self.from) / kind.modules();
        let whole = kind.elements() as f32;
        let lost = (whole - self.elements as f32) / whole;
        let quiet = self.quiet / module;
        let (quiet_least, lost_most) = match kind {
            Kind::Ean13 => (terms.quiet_min, terms.lost_max),
            // A part of a longer code must not pass for one of these.
            Kind::Ean8 => (terms.quiet_min.max(2.5), terms.lost_max.min(0.3)),
            Kind::UpcE => (terms.quiet_min.max(4.0), 0.1),
            Kind::Code128(_) => (terms.quiet_min, 0.15),
            Kind::Itf(7, _) => (terms.quiet_min, 0.1),
            Kind::Itf(..) => (terms.quiet_min.max(2.5), 0.05),
        };
        if module < terms.module_min
            || quiet < quiet_least
            || lost > lost_most
            || lost < -0.04
            // A blur that swallows many edges leaves none close together.
            || (lost > 0.3 && self.narrowest < 1.1 * module)
            || self.widest > (kind.widest() + 1.3 + 6.0 * lost.max(0.0)) * module
        {
            return None;
        }
        let cramped = (6.0 - quiet).max(0.0) * 0.02;
        let rare = match kind {
            Kind::Ean13 => 0.0,
            Kind::Ean8 => 0.05,
            Kind::Code128(_) | Kind::Itf(7, _) => 0.02,
            Kind::UpcE | Kind::Itf(..) => 0.1,
        };
        Some(Candidate {
            kind,
            from: self.from,
            to: self.to,
            rank: 0.6 * lost.abs() + cramped + rare,
            inner: Vec::new(),
            half: None,
        })
    }
}

/// Whether the gap outside of an edge is wide beside those inside.
fn is_outer(gaps: &[f32], edge: usize, is_end: bool) -> bool {
    let outside = if is_end {
        gaps.get(edge)
    } else {
        edge.checked_sub(1).and_then(|i| gaps.get(i))
    };
    let mut inside = [0.0_f32; NEAR];
    let near: Vec<f32> = if is_end {
        gaps.iter().take(edge).rev().take(NEAR).copied().collect()
    } else {
        gaps.iter().skip(edge).take(NEAR).copied().collect()
    };
    let near_count = near.len();
    if near_count < 4 {
        return false;
    }
    for (slot, gap) in inside.iter_mut().zip(near) {
        *slot = gap;
    }
    let Some(used) = inside.get_mut(..near_count) else {
        return false;
    };
    used.sort_by(f32::total_cmp);
    let usual = used.get(near_count / 2).copied().unwrap_or(0.0);
    // At the picture's border nothing is known of the outside.
    outside.is_none_or(|&gap| gap >= QUIET_GAPS * usual)
}

/// The narrower of the gaps beside the outer edges; without end at the border.
fn quiet(gaps: &[f32], start: usize, end: usize) -> f32 {
    let before = start.checked_sub(1).and_then(|i| gaps.get(i));
    let after = gaps.get(end);
    before
        .copied()
        .unwrap_or(f32::MAX)
        .min(after.copied().unwrap_or(f32::MAX))
}

/// The kinds of code that may show so many bars and spaces.
fn kinds(elements: usize) -> impl Iterator<Item = Kind> {
    let near = move |kind: &Kind| {
        let whole = kind.elements();
        elements <= whole + 2 && elements * 5 >= whole * 2
    };
    let simple = [Kind::Ean13, Kind::Ean8, Kind::UpcE];
    // Blur takes elements away in twos.
    let characters = elements.saturating_sub(9).div_ceil(6);
    let long = (characters.max(4)..=characters + 1).map(Kind::Code128);
    // One speck makes two edges too many.
    let pairs = elements.saturating_sub(9).div_ceil(10);
    let itf = (pairs.max(3)..=pairs)
        .flat_map(|pairs| (0..RATIOS.len()).map(move |ratio| Kind::Itf(pairs, ratio)));
    simple.into_iter().filter(near).chain(long).chain(itf)
}
