//! Grey profiles along lines across the bars.

use super::field::Region;
use crate::Luma;

/// Grey values (0 black to 255 white) one pixel apart along a line.
#[derive(Debug, Clone)]
pub(super) struct Profile {
    /// Position of the first value in the region's coordinate across the bars.
    pub start: f32,
    /// The values.
    pub values: Vec<f32>,
}

/// The mean profile of `lines` neighbouring lines, one pixel apart, around `v`
/// in the region from `from` to `to`, as far as the middle line lies in the
/// picture. `None` when fewer than 40 pixels of it do.
pub(super) fn band(
    luma: &Luma,
    region: &Region,
    v: f32,
    lines: usize,
    (from, to): (f32, f32),
) -> Option<Profile> {
    let (from, to) = clipped(luma, region, v, (from.floor(), to.ceil()))?;
    let count = (to - from) as usize + 1;
    if count < 40 {
        return None;
    }
    let mut values = vec![0.0_f32; count];
    let half = (lines as f32 - 1.0) / 2.0;
    for line in 0..lines {
        add_line(luma, region, v + line as f32 - half, from, &mut values);
    }
    let share = 1.0 / lines as f32;
    for value in &mut values {
        *value *= share;
    }
    Some(Profile {
        start: from,
        values,
    })
}

/// The part of the line inside the picture, in whole pixels from the center.
fn clipped(luma: &Luma, region: &Region, v: f32, (from, to): (f32, f32)) -> Option<(f32, f32)> {
    let (x, y) = region.point(0.0, v);
    let mut range = (from, to);
    let sides = [
        (x, region.across.0, luma.width as f32 - 1.0),
        (y, region.across.1, luma.height as f32 - 1.0),
    ];
    for (place, slope, last) in sides {
        if slope.abs() < 1e-4 {
            if place < -0.5 || place > last + 0.5 {
                return None;
            }
            continue;
        }
        let (a, b) = ((0.0 - place) / slope, (last - place) / slope);
        range = (range.0.max(a.min(b)), range.1.min(a.max(b)));
    }
    let range = (range.0.ceil(), range.1.floor());
    (range.1 - range.0 >= 1.0).then_some(range)
}

fn add_line(luma: &Luma, region: &Region, v: f32, from: f32, values: &mut [f32]) {
    let (width, height) = (luma.width as usize, luma.height as usize);
    let (mut x, mut y) = region.point(from, v);
    let (last_x, last_y) = (width as f32 - 1.0, height as f32 - 1.0);
    for value in values {
        let (cx, cy) = (x.clamp(0.0, last_x), y.clamp(0.0, last_y));
        let (xi, yi) = (cx as usize, cy as usize);
        let (fx, fy) = (cx - xi as f32, cy - yi as f32);
        let at = yi * width + xi;
        let right = usize::from(xi + 1 < width);
        let below = if yi + 1 < height { width } else { 0 };
        let p = |i: usize| luma.pixels.get(i).map_or(255.0, |&p| f32::from(p));
        let (a, b, c, d) = (p(at), p(at + right), p(at + below), p(at + below + right));
        let (top, bottom) = (a + (b - a) * fx, c + (d - c) * fx);
        *value += top + (bottom - top) * fy;
        x += region.across.0;
        y += region.across.1;
    }
}

impl Profile {
    /// Fills `out` with values `step` pixels apart from `first` on (positions
    /// across the region). Beyond the ends the profile goes on white.
    pub fn resample(&self, first: f32, step: f32, out: &mut [f32]) {
        let mut at = first - self.start;
        let white = self.white();
        if step.abs() <= 1.6 {
            for value in out {
                *value = self.cubic(at, white);
                at += step;
            }
            return;
        }
        // Coarser than the pixels: the mean of those in between.
        let half = step.abs() / 2.0;
        for value in out {
            let (low, high) = ((at - half).ceil(), (at + half).floor());
            let (mut sum, mut count, mut i) = (0.0, 0.0, low);
            while i <= high {
                sum += self.value(i, white);
                count += 1.0;
                i += 1.0;
            }
            *value = sum / count;
            at += step;
        }
    }

    fn white(&self) -> (f32, f32) {
        let most = |part: &mut dyn Iterator<Item = &f32>| part.copied().fold(0.0, f32::max);
        (
            most(&mut self.values.iter().take(24)),
            most(&mut self.values.iter().rev().take(24)),
        )
    }

    fn value(&self, at: f32, (left, right): (f32, f32)) -> f32 {
        if at < 0.0 {
            return left;
        }
        self.values.get(at as usize).copied().unwrap_or(right)
    }

    /// Cubic interpolation (Catmull and Rom) at a position from the start.
    fn cubic(&self, at: f32, white: (f32, f32)) -> f32 {
        let index = at as usize;
        let inside = if at >= 1.0 {
            self.values.get(index - 1..index + 3)
        } else {
            None
        };
        let (t, [a, b, c, d]) = match inside {
            Some(&[a, b, c, d]) => (at - index as f32, [a, b, c, d]),
            _ => {
                let base = at.floor();
                let near = [-1.0, 0.0, 1.0, 2.0].map(|k| self.value(base + k, white));
                (at - base, near)
            }
        };
        b + 0.5 * t * (c - a + t * (2.0 * a - 5.0 * b + 4.0 * c - d + t * (3.0 * (b - c) + d - a)))
    }
}
