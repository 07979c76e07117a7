//! How dark the picture is at a point, beside the local threshold.

use super::plane::Point;
use crate::Luma;
use crate::black::Black;

/// Grey values beside the threshold of their surroundings.
pub(crate) struct Tone<'a> {
    luma: &'a Luma,
    black: &'a Black,
    /// 1 for black codes on white, -1 for white codes on black.
    sign: f32,
}

impl<'a> Tone<'a> {
    /// `black` is the picture's own black and white, also for `inverted`.
    pub fn new(luma: &'a Luma, black: &'a Black, inverted: bool) -> Self {
        let sign = if inverted { -1.0 } else { 1.0 };
        Self { luma, black, sign }
    }

    /// Grey levels under the local threshold, interpolated between pixels;
    /// positive for the code's dark side. Outside the picture all is light.
    pub fn darkness(&self, point: Point) -> f32 {
        let (x, y) = (point.x - 0.5, point.y - 0.5);
        let (width, height) = (self.luma.width as f32, self.luma.height as f32);
        if x <= -1.0 || y <= -1.0 || x >= width || y >= height {
            return -64.0;
        }
        let (grey, stride) = (&self.luma.pixels, self.luma.width as usize);
        let (xi, yi) = (x.max(0.0) as usize, y.max(0.0) as usize);
        let (fx, fy) = ((x - xi as f32).max(0.0), (y - yi as f32).max(0.0));
        let right = usize::from(xi + 1 < stride);
        let below = if yi + 1 < self.luma.height as usize {
            stride
        } else {
            0
        };
        let first = yi * stride + xi;
        let at = |i: usize| grey.get(i).map_or(255.0, |&p| f32::from(p));
        let (a, b) = (at(first), at(first + right));
        let (c, d) = (at(first + below), at(first + below + right));
        let (upper, lower) = (a + (b - a) * fx, c + (d - c) * fx);
        let grey = upper + (lower - upper) * fy;
        let threshold = f32::from(
            self.black
                .threshold(point.x.max(0.0) as usize, point.y.max(0.0) as usize),
        );
        self.sign * (threshold + 0.5 - grey)
    }
}
