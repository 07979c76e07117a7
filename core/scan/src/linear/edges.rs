//! Edges of a profile, to a fraction of a pixel, and which of them may begin
//! and end a code.
//!
//! As in ZBar the profile is not compared with a threshold: extrema that stand
//! out from the local contrast alternate, and an edge lies where the profile
//! passes the middle between two of them.

use super::profile::Profile;

/// Values in a block whose contrast is measured together.
const BLOCK: usize = 24;
/// Least step, in grey levels, that is an edge.
const STEP_MIN: f32 = 3.0;
/// Least step as a share of the local contrast.
const STEP_SHARE: f32 = 0.10;

/// An edge.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Edge {
    /// Position across the region, pixels.
    pub at: f32,
    /// From black to white.
    pub rising: bool,
}

/// The edges of a profile, rising and falling by turns.
pub(super) fn edges(profile: &Profile) -> Vec<Edge> {
    let steps = local_steps(&profile.values);
    let extrema = extrema(&profile.values, &steps);
    let mut found: Vec<Edge> = extrema
        .windows(2)
        .filter_map(|pair| match pair {
            [a, b] => crossing(&profile.values, *a, *b),
            _ => None,
        })
        .map(|(at, rising)| Edge {
            at: at + profile.start,
            rising,
        })
        .collect();
    close_ends(profile, &mut found);
    found
}

/// A bar cut by the picture's border begins and ends there.
fn close_ends(profile: &Profile, found: &mut Vec<Edge>) {
    if found.first().is_some_and(|edge| edge.rising) {
        found.insert(
            0,
            Edge {
                at: profile.start,
                rising: false,
            },
        );
    }
    if found.last().is_some_and(|edge| !edge.rising) {
        found.push(Edge {
            at: profile.start + profile.values.len() as f32 - 1.0,
            rising: true,
        });
    }
}

/// For each block the step that counts as an edge there.
fn local_steps(values: &[f32]) -> Vec<f32> {
    let ranges: Vec<(f32, f32)> = values
        .chunks(BLOCK)
        .map(|block| {
            block
                .iter()
                .fold((f32::MAX, f32::MIN), |(a, b), &v| (a.min(v), b.max(v)))
        })
        .collect();
    (0..ranges.len())
        .map(|i| {
            let near = ranges.iter().skip(i.saturating_sub(1)).take(2 + i.min(1));
            let (low, high) = near.fold((f32::MAX, f32::MIN), |(a, b), r| (a.min(r.0), b.max(r.1)));
            ((high - low) * STEP_SHARE).max(STEP_MIN)
        })
        .collect()
}

/// Indices of alternating extrema that stand out by the local step.
fn extrema(values: &[f32], steps: &[f32]) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    let (mut low, mut high) = (0, 0);
    let mut rising: Option<bool> = None;
    let value = |i: usize| values.get(i).copied().unwrap_or(0.0);
    for (i, &v) in values.iter().enumerate() {
        let step = steps.get(i / BLOCK).copied().unwrap_or(STEP_MIN);
        if v > value(high) {
            high = i;
        }
        if v < value(low) {
            low = i;
        }
        if rising != Some(true) && v > value(low) + step {
            found.push(low);
            (rising, high) = (Some(true), i);
        } else if rising != Some(false) && v < value(high) - step {
            found.push(high);
            (rising, low) = (Some(false), i);
        }
        // The running extreme of the finished side follows the profile.
        match rising {
            Some(true) => low = i,
            Some(false) => high = i,
            None => {}
        }
    }
    match rising {
        Some(true) => found.push(high),
        Some(false) => found.push(low),
        None => {}
    }
    found
}

/// Where the profile passes the middle between two extrema.
fn crossing(values: &[f32], a: usize, b: usize) -> Option<(f32, bool)> {
    let (from, to) = (*values.get(a)?, *values.get(b)?);
    let middle = (from + to) / 2.0;
    let rising = to > from;
    let at = (a..b).find(|&i| {
        values
            .get(i + 1)
            .is_some_and(|&v| if rising { v >= middle } else { v <= middle })
    })?;
    let (low, high) = (*values.get(at)?, *values.get(at + 1)?);
    let part = if (high - low).abs() < 1e-3 {
        0.5
    } else {
        ((middle - low) / (high - low)).clamp(0.0, 1.0)
    };
    Some((at as f32 + part, rising))
}
