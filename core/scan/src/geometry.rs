//! Smaller and larger views of a picture.

use crate::Luma;

/// Half the width and height, each pixel the mean of four.
pub(crate) fn half(luma: &Luma) -> Luma {
    let (width, height) = ((luma.width / 2).max(1), (luma.height / 2).max(1));
    let (row_len, count) = (luma.width as usize, width as usize * height as usize);
    let mut pixels = Vec::with_capacity(count);
    for rows in luma.pixels.chunks_exact(row_len * 2).take(height as usize) {
        let (upper, lower) = rows.split_at(row_len);
        let (upper, lower) = (upper.as_chunks::<2>().0, lower.as_chunks::<2>().0);
        let mean = |(&[a, b], &[c, d]): (&[u8; 2], &[u8; 2])| {
            ((u16::from(a) + u16::from(b) + u16::from(c) + u16::from(d)) / 4) as u8
        };
        pixels.extend(upper.iter().zip(lower).map(mean));
    }
    // Pictures one pixel wide or high have no 2 x 2 blocks to average.
    pixels.resize(count, 255);
    Luma {
        width,
        height,
        pixels,
    }
}

/// Twice the width and height, bilinear.
pub(crate) fn double(luma: &Luma) -> Luma {
    let (width, height) = (luma.width * 2, luma.height * 2);
    let row_len = luma.width as usize;
    let mut pixels = Vec::with_capacity(width as usize * height as usize);
    let mut mixed = vec![0u16; row_len];
    let last = (luma.height as usize).saturating_sub(1);
    let row = |y: usize| luma.pixels.get(y * row_len..(y + 1) * row_len);
    for y in 0..height as usize {
        // Sample points sit at quarter distances: weights 3:1 to the two nearest.
        let (near, far) = (
            y / 2,
            if y % 2 == 0 {
                (y / 2).saturating_sub(1)
            } else {
                y / 2 + 1
            },
        );
        let (Some(near), Some(far)) = (row(near), row(far.min(last))) else {
            break;
        };
        for (sum, (&a, &b)) in mixed.iter_mut().zip(near.iter().zip(far)) {
            *sum = 3 * u16::from(a) + u16::from(b);
        }
        let before = mixed.iter().take(1).chain(&mixed);
        let after = mixed.iter().skip(1).chain(mixed.last());
        for ((&here, &before), &after) in mixed.iter().zip(before).zip(after) {
            pixels.push(((3 * here + before + 8) / 16) as u8);
            pixels.push(((3 * here + after + 8) / 16) as u8);
        }
    }
    Luma {
        width,
        height,
        pixels,
    }
}

/// Each pixel the mean of the nine around it; the rim stays as it is.
pub(crate) fn blurred(luma: &Luma) -> Luma {
    let width = luma.width as usize;
    let mut blurred = luma.clone();
    let rows: Vec<&[u8]> = luma.pixels.chunks_exact(width.max(1)).collect();
    let targets = blurred.pixels.chunks_exact_mut(width.max(1)).skip(1);
    let mut sums = vec![0u16; width];
    for (near, target) in rows.array_windows::<3>().zip(targets) {
        let [above, here, below] = near;
        let columns = above.iter().zip(*here).zip(*below);
        for (sum, ((&a, &b), &c)) in sums.iter_mut().zip(columns) {
            *sum = u16::from(a) + u16::from(b) + u16::from(c);
        }
        let inner = target.iter_mut().skip(1);
        for (pixel, near) in inner.zip(sums.array_windows::<3>()) {
            *pixel = (near.iter().sum::<u16>() / 9) as u8;
        }
    }
    blurred
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_view_is_consistent_down_to_one_pixel() {
        for (width, height) in [(10, 6), (7, 5), (1, 1), (1, 9), (9, 1)] {
            let luma = Luma {
                width,
                height,
                pixels: (0..width * height).map(|i| i as u8).collect(),
            };
            assert!(half(&luma).is_consistent() && double(&luma).is_consistent());
            assert!(blurred(&luma).is_consistent());
        }
    }

    #[test]
    fn half_of_the_double_is_nearly_the_picture() {
        let luma = Luma {
            width: 10,
            height: 6,
            pixels: (0..60).map(|i| 4 * (i % 10) + 8 * (i / 10)).collect(),
        };
        let back = half(&double(&luma));
        let near = |(a, b): (&u8, &u8)| a.abs_diff(*b) <= 4;
        assert!(back.pixels.iter().zip(&luma.pixels).all(near));
    }
}
