//! The solid corner of a Data Matrix: two straight edges that meet at about a
//! right angle with black inside, one module thick.

use super::contour::Stretch;
use super::plane::{Line, Point};
use super::tone::Tone;

/// The shorter leg over the longer one, at least; rectangles go up to 8 x 144.
const RATIO_MIN: f32 = 0.05;
/// The largest cosine between the legs.
const COSINE_MAX: f32 = 0.62;
/// Places along a leg where its thickness is taken.
const PLACES: usize = 24;

/// Two legs: from `far` down to `corner`, from there on to `wide`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Corner {
    pub corner: Point,
    /// The free end of the first leg.
    pub far: Point,
    /// The free end of the second leg.
    pub wide: Point,
    /// The outer edge of the first leg, directed to the corner.
    pub left: Line,
    /// The outer edge of the second leg, directed away from the corner.
    pub bottom: Line,
    /// Pixels a module along the second leg, by the thickness of the first.
    pub across: f32,
    /// Pixels a module along the first leg, by the thickness of the second.
    pub down: f32,
}

/// Pairs of stretches that may be the legs of a finder pattern, longest first.
pub(crate) fn corners(stretches: &[Stretch], tone: &Tone) -> Vec<Corner> {
    let mut by_x: Vec<&Stretch> = stretches.iter().collect();
    by_x.sort_by(|a, b| a.start.x.total_cmp(&b.start.x));
    let mut found = Vec::new();
    for first in stretches {
        let length = first.length();
        let reach = (0.12 * length).clamp(4.0, 40.0);
        let low = by_x.partition_point(|s| s.start.x < first.end.x - reach);
        let near = by_x.iter().skip(low);
        for second in near.take_while(|s| s.start.x <= first.end.x + reach) {
            let gap = first.end.distance(second.start);
            if gap <= reach.min((0.2 * second.length()).max(4.0)) {
                found.extend(corner(first, second, tone));
            }
        }
    }
    let size = |c: &Corner| c.far.distance(c.corner) + c.wide.distance(c.corner);
    found.sort_by(|a, b| size(b).total_cmp(&size(a)));
    found
}

fn corner(first: &Stretch, second: &Stretch, tone: &Tone) -> Option<Corner> {
    let (a, b) = (first.length(), second.length());
    let turns_left = first.line.along.cross(second.line.along) < 0.0;
    let is_right_angle = first.line.along.dot(second.line.along).abs() <= COSINE_MAX;
    if !turns_left || !is_right_angle || a.min(b) < RATIO_MIN * a.max(b) {
        return None;
    }
    let corner = first.line.crossing(&second.line)?;
    let (far, wide) = (first.start, second.end);
    let across = (wide - corner).unit();
    let up = (far - corner).unit();
    let limit = (a.min(b) / 5.0).min(a.max(b) / 8.0) + 1.0;
    let thin = thickness(tone, corner, far, across, limit)?;
    let flat = thickness(tone, corner, wide, up, limit)?;
    // One leg may hide behind dark modules; they differ little in truth.
    let (thin, flat) = (thin.min(1.8 * flat), flat.min(1.8 * thin));
    let is_solid = thin >= limit || flat >= limit;
    if is_solid || thin < 1.0 || flat < 1.0 {
        return None;
    }
    let (inwards, upwards) = (across * thin, up * flat);
    let is_leg = has_sides(tone, corner, far, inwards) && has_sides(tone, corner, wide, upwards);
    is_leg.then_some(Corner {
        corner,
        far,
        wide,
        left: first.line,
        bottom: second.line,
        across: thin,
        down: flat,
    })
}

/// Whether a leg is black with paper outside and both colours inside; frames,
/// letters and bars are not. `inwards` is a module long.
fn has_sides(tone: &Tone, corner: Point, end: Point, inwards: Point) -> bool {
    let leg = end - corner;
    let dark = |depth: f32| {
        let place = |i: usize| (i as f32 + 0.5) / PLACES as f32;
        let at = |i| corner + leg * place(i) + inwards * depth;
        (0..PLACES).filter(|&i| tone.darkness(at(i)) > 0.0).count()
    };
    let share = |count: usize| count as f32 / PLACES as f32;
    share(dark(0.5)) >= 0.8
        && share(dark(-0.8)) <= 0.25
        && (0.1..=0.9).contains(&share(dark(1.5)))
        && (0.1..=0.9).contains(&share(dark(2.5)))
}

/// The thickness of a leg. Beside half of its places the next module is white:
/// there, and only there, black ends after one module.
fn thickness(tone: &Tone, corner: Point, end: Point, inwards: Point, limit: f32) -> Option<f32> {
    let leg = end - corner;
    let mut depths: Vec<f32> = (0..PLACES)
        .map(|place| {
            let part = 0.1 + 0.85 * place as f32 / (PLACES - 1) as f32;
            depth(tone, corner + leg * part, inwards, limit)
        })
        .collect();
    depths.sort_by(f32::total_cmp);
    depths.get(PLACES / 4).copied()
}

/// Where black ends on the way inwards, between samples by their tones.
fn depth(tone: &Tone, edge: Point, inwards: Point, limit: f32) -> f32 {
    const STEP: f32 = 0.5;
    let mut before = 0.0f32;
    let mut at = 0.0;
    let mut was_black = false;
    while at < limit {
        let now = tone.darkness(edge + inwards * at);
        if now <= 0.0 && was_black {
            let share = before / (before - now).max(1.0);
            return at - STEP + STEP * share;
        }
        // The first pixel may still belong to the blurred edge.
        if now <= 0.0 && at > 1.5 {
            return 0.0;
        }
        was_black |= now > 0.0;
        before = now;
        at += STEP;
    }
    limit
}
