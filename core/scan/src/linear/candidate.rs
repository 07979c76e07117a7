//! Pairs of edges of a profile between which a code may lie.

use super::edges::Edge;
use super::kind::Kind;
use super::patterns::RATIOS;

/// A guess: a kind of code from one edge to another.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub kind: Kind,
    /// First and last edge across the region, pixels.
    pub from: f32,
    pub to: f32,
    /// Less is better.
    pub rank: f32,
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
const QUIET_GAPS: f32 = 1.7;
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
        let (mut widest, mut seen) = (0.0_f32, start);
        for &end in ends.iter().filter(|&&end| end > start + 16) {
            widest = gaps
                .iter()
                .take(end)
                .skip(seen)
                .fold(widest, |a, &b| a.max(b));
            seen = end;
            let (Some(&from), Some(&to)) = (at.get(start), at.get(end)) else {
                continue;
            };
            let quiet = quiet(&gaps, start, end);
            for kind in kinds(end - start) {
                let pair = Pair {
                    from,
                    to,
                    widest,
                    quiet,
                    elements: end - start,
                };
                found.extend(pair.judged(kind, terms));
            }
        }
    }
    found.sort_by(|a: &Candidate, b| a.rank.total_cmp(&b.rank));
    found.truncate(count);
    found
}

struct Pair {
    from: f32,
    to: f32,
    widest: f32,
    quiet: f32,
    elements: usize,
}

impl Pair {
    fn judged(&self, kind: Kind, terms: Terms) -> Option<Candidate> {
        let module = (self.to - self.from) / kind.modules();
        let whole = kind.elements() as f32;
        let lost = (whole - self.elements as f32) / whole;
        let quiet = self.quiet / module;
        if module < terms.module_min
            || quiet < terms.quiet_min
            || lost > terms.lost_max
            || lost < -0.04
            || self.widest > (kind.widest() + 1.3 + 3.0 * lost.max(0.0)) * module
        {
            return None;
        }
        let cramped = (6.0 - quiet).max(0.0) * 0.02;
        Some(Candidate {
            kind,
            from: self.from,
            to: self.to,
            rank: lost.abs() + cramped,
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
        elements <= whole + 2 && elements * 2 >= whole
    };
    let simple = [Kind::Ean13, Kind::Ean8, Kind::UpcE];
    // Blur takes elements away in twos.
    let characters = elements.saturating_sub(7).div_ceil(6);
    let long = (characters.max(4)..=characters + 2).map(Kind::Code128);
    let pairs = elements.saturating_sub(7).div_ceil(10);
    let itf = (pairs.max(2)..=pairs + 1)
        .flat_map(|pairs| (0..RATIOS.len()).map(move |ratio| Kind::Itf(pairs, ratio)));
    simple.into_iter().filter(near).chain(long).chain(itf)
}
