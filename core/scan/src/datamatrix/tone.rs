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
        let (x0, y0) = (x.floor(), y.floor());
        let (fx, fy) = (x - x0, y - y0);
        let at = |dx: i64, dy: i64| f32::from(self.luma.at_clamped(x0 as i64 + dx, y0 as i64 + dy));
        let upper = at(0, 0) * (1.0 - fx) + at(1, 0) * fx;
        let lower = at(0, 1) * (1.0 - fx) + at(1, 1) * fx;
        let grey = upper * (1.0 - fy) + lower * fy;
        let threshold = f32::from(
            self.black
                .threshold(point.x.max(0.0) as usize, point.y.max(0.0) as usize),
        );
        self.sign * (threshold + 0.5 - grey)
    }
}
