//! Views of a picture: smaller, larger, on its side, smoothed; each knows the way
//! back to the pixels it came from.

use crate::Luma;

/// A picture made from another one, with the affine map back to the original.
pub(crate) struct View {
    pub luma: Luma,
    /// `x0 = m[0] x + m[1] y + m[2]`, `y0 = m[3] x + m[4] y + m[5]`.
    back: [f32; 6],
}

impl View {
    /// Where a point of this view lies in the original picture.
    pub fn to_original(&self, x: f32, y: f32) -> (f32, f32) {
        let m = &self.back;
        (m[0] * x + m[1] * y + m[2], m[3] * x + m[4] * y + m[5])
    }

    /// This view, taken of another view instead of the original.
    pub fn within(self, outer: &Self) -> Self {
        let (a, b) = (&outer.back, &self.back);
        let row = |i: usize| {
            let (m0, m1, m2) = (a[i], a[i + 1], a[i + 2]);
            [
                m0 * b[0] + m1 * b[3],
                m0 * b[1] + m1 * b[4],
                m0 * b[2] + m1 * b[5] + m2,
            ]
        };
        let (x, y) = (row(0), row(3));
        Self {
            luma: self.luma,
            back: [x[0], x[1], x[2], y[0], y[1], y[2]],
        }
    }

    fn scaled(luma: Luma, scale: f32) -> Self {
        Self {
            luma,
            back: [scale, 0.0, 0.0, 0.0, scale, 0.0],
        }
    }
}

/// The picture as it is.
pub(crate) fn same(luma: &Luma) -> View {
    View::scaled(luma.clone(), 1.0)
}

/// Half the width and height, each pixel the mean of four.
pub(crate) fn half(luma: &Luma) -> View {
    let (width, height) = ((luma.width / 2).max(1), (luma.height / 2).max(1));
    let row_len = luma.width as usize;
    let mut pixels = Vec::with_capacity(width as usize * height as usize);
    for rows in luma.pixels.chunks_exact(row_len * 2).take(height as usize) {
        let (upper, lower) = rows.split_at(row_len);
        let pairs = upper.chunks_exact(2).zip(lower.chunks_exact(2));
        pixels.extend(pairs.map(|(a, b)| {
            let sum: u16 = a.iter().chain(b).map(|&p| u16::from(p)).sum();
            (sum / 4) as u8
        }));
    }
    // Pictures one pixel wide or high have no 2 x 2 blocks to average.
    pixels.resize(width as usize * height as usize, 255);
    View::scaled(
        Luma {
            width,
            height,
            pixels,
        },
        2.0,
    )
}

/// Twice the width and height, bilinear.
pub(crate) fn double(luma: &Luma) -> View {
    let (width, height) = (luma.width * 2, luma.height * 2);
    let mut pixels = Vec::with_capacity(width as usize * height as usize);
    for y in 0..i64::from(height) {
        // Sample points sit at quarter distances: weights 3:1 to the two nearest.
        let (y0, y1) = (y / 2, if y % 2 == 0 { y / 2 - 1 } else { y / 2 + 1 });
        for x in 0..i64::from(width) {
            let (x0, x1) = (x / 2, if x % 2 == 0 { x / 2 - 1 } else { x / 2 + 1 });
            let near = 3 * u32::from(luma.at_clamped(x0, y0)) + u32::from(luma.at_clamped(x1, y0));
            let far = 3 * u32::from(luma.at_clamped(x0, y1)) + u32::from(luma.at_clamped(x1, y1));
            pixels.push(((3 * near + far + 8) / 16) as u8);
        }
    }
    View::scaled(
        Luma {
            width,
            height,
            pixels,
        },
        0.5,
    )
}

/// Rows and columns exchanged, so that lines run down the original.
pub(crate) fn transposed(luma: &Luma) -> View {
    let (w, h) = (luma.width as usize, luma.height as usize);
    let mut pixels = Vec::with_capacity(luma.pixels.len());
    for x in 0..w {
        pixels.extend(luma.pixels.iter().skip(x).step_by(w).take(h));
    }
    let luma = Luma {
        width: luma.height,
        height: luma.width,
        pixels,
    };
    View {
        luma,
        back: [0.0, 1.0, 0.0, 1.0, 0.0, 0.0],
    }
}

/// Each pixel the mean of the `2 reach + 1` pixels above and below it: takes
/// noise out of upright bars without blurring their edges.
pub(crate) fn smoothed_down(luma: &Luma, reach: u32) -> View {
    let (w, h) = (luma.width as usize, i64::from(luma.height));
    let reach = i64::from(reach);
    let row_at = |y: i64| {
        let start = y.clamp(0, h - 1) as usize * w;
        luma.pixels.get(start..start + w).unwrap_or(&[])
    };
    let mut sums = vec![0u32; w];
    for y in -reach..=reach {
        sums.iter_mut()
            .zip(row_at(y))
            .for_each(|(sum, &p)| *sum += u32::from(p));
    }
    let count = (2 * reach + 1) as u32;
    let mut pixels = Vec::with_capacity(luma.pixels.len());
    for y in 0..h {
        pixels.extend(sums.iter().map(|sum| (sum / count) as u8));
        let (leaving, entering) = (row_at(y - reach), row_at(y + reach + 1));
        for ((sum, &old), &new) in sums.iter_mut().zip(leaving).zip(entering) {
            *sum = *sum + u32::from(new) - u32::from(old);
        }
    }
    View::scaled(
        Luma {
            width: luma.width,
            height: luma.height,
            pixels,
        },
        1.0,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ramp() -> Luma {
        let pixels = (0..60u32).map(|i| (i * 4) as u8).collect();
        Luma {
            width: 10,
            height: 6,
            pixels,
        }
    }

    #[test]
    fn every_view_is_consistent_and_maps_its_corner_back() {
        let luma = ramp();
        for view in [same(&luma), half(&luma), double(&luma), transposed(&luma)] {
            assert!(view.luma.is_consistent());
            let (x, y) = view.to_original(0.0, 0.0);
            assert!(x.abs() < 1.0 && y.abs() < 1.0);
        }
    }

    #[test]
    fn transposing_moves_a_pixel_across_the_diagonal() {
        let luma = ramp();
        let view = transposed(&luma);
        assert_eq!(view.luma.at_clamped(2, 7), luma.at_clamped(7, 2));
        assert_eq!(view.to_original(2.0, 7.0), (7.0, 2.0));
    }

    #[test]
    fn a_view_of_a_view_maps_back_through_both() {
        let half = half(&ramp());
        let both = transposed(&half.luma).within(&half);
        assert_eq!(both.to_original(1.0, 3.0), half.to_original(3.0, 1.0));
    }

    #[test]
    fn smoothing_down_leaves_upright_bars_alone() {
        let pixels = (0..60u32)
            .map(|i| if i % 10 < 5 { 0 } else { 200 })
            .collect();
        let bars = Luma {
            width: 10,
            height: 6,
            pixels,
        };
        assert_eq!(smoothed_down(&bars, 2).luma, bars);
    }

    #[test]
    fn one_pixel_pictures_survive_every_view() {
        let dot = Luma {
            width: 1,
            height: 1,
            pixels: vec![7],
        };
        for view in [
            half(&dot),
            double(&dot),
            transposed(&dot),
            smoothed_down(&dot, 3),
        ] {
            assert!(view.luma.is_consistent());
        }
    }
}
