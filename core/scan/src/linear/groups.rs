//! Edges in groups: whether they fall into the characters of a code, and codes
//! of which one half alone does.

use super::candidate::{Candidate, Terms};
use super::edges::Edge;
use super::kind::Kind;
use super::patterns::RATIOS;

/// Whether the edges, as many as the code has, fall into slots of about the
/// right lengths, read from one end or the other.
pub(super) fn is_regular(kind: Kind, at: &[f32]) -> bool {
    let shapes: Vec<(usize, f32)> = kind
        .slot_elements()
        .into_iter()
        .zip(kind.slot_modules())
        .collect();
    let (Some(first), Some(last)) = (at.first(), at.last()) else {
        return false;
    };
    let module = (last - first) / kind.modules();
    let fits = |mirrored: bool| {
        let mut edge = 0;
        shapes.iter().all(|(count, modules)| {
            let (from, to) = (edge, edge + count);
            edge = to;
            let (from, to) = match mirrored {
                true => (at.len().checked_sub(to + 1), at.len().checked_sub(from + 1)),
                false => (Some(from), Some(to)),
            };
            let place = |i: Option<usize>| i.and_then(|i| at.get(i));
            let (Some(a), Some(b)) = (place(from), place(to)) else {
                return false;
            };
            ((b - a) / module - modules).abs() <= 0.1 * modules + 0.6
        })
    };
    fits(false) || fits(true)
}

/// The index in [`RATIOS`] that the edges of an ITF code speak for: two of five
/// bars are wide, and two of five spaces.
pub(super) fn ratio_of(at: &[f32]) -> usize {
    let widths: Vec<f32> = at
        .windows(2)
        .skip(4)
        .take(at.len().saturating_sub(8))
        .map(|pair| match pair {
            [a, b] => b - a,
            _ => 0.0,
        })
        .collect();
    let (mut wide, mut narrow) = (0.0, 0.0);
    for first in 0..2 {
        let mut part: Vec<f32> = widths.iter().skip(first).step_by(2).copied().collect();
        part.sort_by(f32::total_cmp);
        let cut = part.len() * 3 / 5;
        let mean = |part: &[f32]| part.iter().sum::<f32>() / part.len().max(1) as f32;
        let (low, high) = part.split_at(cut);
        narrow += mean(low);
        wide += mean(high);
    }
    let off = |ratio: f32| (wide - ratio * narrow).abs();
    let best = RATIOS
        .iter()
        .enumerate()
        .min_by(|a, b| off(*a.1).total_cmp(&off(*b.1)));
    best.map_or(0, |(index, _)| index)
}

/// Edges of half an EAN-13 with the guard in its middle.
const HALF: usize = 32;
/// Bars and spaces of that half, slot by slot, and their lengths in modules.
const HALF_SLOTS: [(usize, f32); 8] = [
    (3, 3.0),
    (4, 7.0),
    (4, 7.0),
    (4, 7.0),
    (4, 7.0),
    (4, 7.0),
    (4, 7.0),
    (5, 5.0),
];
/// By how much a slot may be off its length, modules.
const SLOT_OFF_MAX: f32 = 1.0;

/// EAN-13 codes of which one half shows all its edges in the right groups,
/// whatever has happened to the other half and to the quiet zones.
pub(super) fn halves(edges: &[Edge], terms: Terms) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (i, part) in edges.windows(HALF + 1).enumerate() {
        if part.first().is_some_and(|e| !e.rising) {
            let left: Vec<f32> = part.iter().map(|e| e.at).collect();
            found.extend(half(&left, 1.0, terms));
        }
        let last = edges.get(i + HALF);
        if last.is_some_and(|e| e.rising) {
            // Seen in a mirror the right half is built like the left one.
            let right: Vec<f32> = part.iter().rev().map(|e| -e.at).collect();
            found.extend(half(&right, -1.0, terms));
        }
    }
    found
}

/// The whole code from the edges of its first half; `sign` is -1 in the mirror.
fn half(edges: &[f32], sign: f32, terms: Terms) -> Option<Candidate> {
    let (first, last) = (*edges.first()?, *edges.last()?);
    let module = (last - first) / 50.0;
    if module < terms.module_min {
        return None;
    }
    let (mut at, mut off) = (0, 0.0_f32);
    let mut knots = vec![first];
    for (count, modules) in HALF_SLOTS {
        let from = *edges.get(at)?;
        at += count;
        let to = *edges.get(at)?;
        off = off.max(((to - from) / module - modules).abs());
        if off > SLOT_OFF_MAX {
            return None;
        }
        knots.push(to);
    }
    let rest = (1..=6).map(|k| 7.0 * k as f32).chain([45.0]);
    knots.extend(rest.map(|modules| last + modules * module));
    for knot in &mut knots {
        *knot *= sign;
    }
    if sign < 0.0 {
        knots.reverse();
    }
    Some(Candidate {
        kind: Kind::Ean13,
        from: *knots.first()?,
        to: *knots.last()?,
        rank: 0.04 + 0.05 * off,
        inner: Vec::new(),
        half: Some(knots),
    })
}
