//! Black and white, decided in small blocks so that uneven light does no harm.
//!
//! The method is the one known from `ZXing` as "hybrid": blocks of 8 x 8 pixels,
//! each with a grey level of its own, smoothed over 5 x 5 blocks. Flat blocks
//! take the level of the neighbours that were decided before them.

use rxing::common::{BIT_FIELD_BASE_BITS, BitArray, BitMatrix};

use crate::Luma;

const BLOCK: usize = 8;
/// A block whose pixels differ less is flat.
const CONTRAST_MIN: u8 = 24;
/// Blocks on either side that share in a threshold.
const REACH: usize = 2;

/// A picture in black (1) and white (0), a byte a pixel, with a white border of
/// one pixel all round so that neighbours always exist.
pub(crate) struct Black {
    /// Pixels in a row, without the border.
    pub width: usize,
    /// Rows, without the border.
    pub height: usize,
    /// `(width + 2) * (height + 2)` bytes.
    pub cells: Vec<u8>,
    levels: Levels,
}

impl Black {
    /// Decides every pixel of a picture; pictures under five blocks on a side
    /// get one threshold.
    pub fn of(luma: &Luma) -> Self {
        let (width, height) = (luma.width as usize, luma.height as usize);
        let stride = width + 2;
        let mut cells = vec![0; stride * (height + 2)];
        let small = width.min(height) < BLOCK * (2 * REACH + 1);
        let levels = if small {
            Levels::single(luma)
        } else {
            Levels::of(luma)
        };
        let rows = luma.pixels.chunks_exact(width.max(1));
        let targets = cells.chunks_exact_mut(stride).skip(1);
        for (y, (row, target)) in rows.zip(targets).enumerate() {
            let inner = target.get_mut(1..=width).unwrap_or_default();
            let thresholds = levels.row(y / BLOCK);
            let blocks = row.chunks(BLOCK).zip(inner.chunks_mut(BLOCK));
            for ((pixels, out), &threshold) in blocks.zip(thresholds) {
                for (pixel, cell) in pixels.iter().zip(out) {
                    *cell = u8::from(*pixel <= threshold);
                }
            }
        }
        Self {
            width,
            height,
            cells,
            levels,
        }
    }

    /// The grey level up to which the pixel counts as black.
    pub fn threshold(&self, x: usize, y: usize) -> u8 {
        let column = (x / BLOCK).min(self.levels.columns.saturating_sub(1));
        let row = (y / BLOCK).min(self.height.saturating_sub(1) / BLOCK);
        self.levels.row(row).get(column).copied().unwrap_or(127)
    }

    /// Cells in a row, border included.
    pub fn stride(&self) -> usize {
        self.width + 2
    }

    /// Whether the pixel is black; white outside.
    pub fn at(&self, x: i32, y: i32) -> bool {
        let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) else {
            return false;
        };
        x < self.width && self.cells.get((y + 1) * self.stride() + x + 1) == Some(&1)
    }

    /// The same as rxing's matrix; `None` for a picture without pixels.
    pub fn to_matrix(&self) -> Option<BitMatrix> {
        let mut matrix = BitMatrix::new(self.width as u32, self.height as u32).ok()?;
        let rows = self.cells.chunks_exact(self.stride()).skip(1);
        for (y, row) in rows.take(self.height).enumerate() {
            let inner = row.get(1..=self.width)?;
            let mut bits = BitArray::with_size(self.width);
            for (i, part) in inner.chunks(BIT_FIELD_BASE_BITS).enumerate() {
                let cells = part.iter().enumerate();
                let word = cells.fold(0, |word, (k, &cell)| word | (usize::from(cell) << k));
                bits.setBulk(i * BIT_FIELD_BASE_BITS, word);
            }
            matrix.setRow(y as u32, &bits);
        }
        Some(matrix)
    }
}

/// The threshold of each block.
#[derive(Clone)]
struct Levels {
    columns: usize,
    thresholds: Vec<u8>,
}

impl Levels {
    fn row(&self, block_row: usize) -> &[u8] {
        let start = block_row * self.columns;
        self.thresholds
            .get(start..start + self.columns)
            .unwrap_or_default()
    }

    /// One threshold for all: the middle between the darkest and the lightest.
    fn single(luma: &Luma) -> Self {
        let low = luma.pixels.iter().min().copied().unwrap_or(0);
        let high = luma.pixels.iter().max().copied().unwrap_or(0);
        let threshold = if high - low < CONTRAST_MIN {
            low / 2
        } else {
            low + (high - low) / 2
        };
        let columns = (luma.width as usize).div_ceil(BLOCK);
        let rows = (luma.height as usize).div_ceil(BLOCK);
        Self {
            columns,
            thresholds: vec![threshold; columns * rows],
        }
    }

    fn of(luma: &Luma) -> Self {
        let columns = (luma.width as usize).div_ceil(BLOCK);
        let rows = (luma.height as usize).div_ceil(BLOCK);
        let mut points = vec![0u8; columns * rows];
        for row in 0..rows {
            let (done, rest) = points.split_at_mut(row * columns);
            let above = done
                .get(done.len().saturating_sub(columns)..)
                .unwrap_or_default();
            let current = rest.get_mut(..columns).unwrap_or_default();
            block_points(luma, row, above, current);
        }
        Self {
            columns,
            thresholds: smoothed(&points, columns, rows),
        }
    }
}

/// The level of each block in a row of blocks; `above` is the row before.
fn block_points(luma: &Luma, block_row: usize, above: &[u8], out: &mut [u8]) {
    let (width, height) = (luma.width as usize, luma.height as usize);
    let top = (block_row * BLOCK).min(height - BLOCK);
    let mut before = (0u16, 0u16);
    for (column, point) in out.iter_mut().enumerate() {
        let left = (column * BLOCK).min(width - BLOCK);
        let (mut sum, mut low, mut high) = (0u32, u8::MAX, 0u8);
        for y in top..top + BLOCK {
            let start = y * width + left;
            for &pixel in luma.pixels.get(start..start + BLOCK).unwrap_or_default() {
                sum += u32::from(pixel);
                low = low.min(pixel);
                high = high.max(pixel);
            }
        }
        let over = above.get(column).copied().map(u16::from);
        *point = if high - low > CONTRAST_MIN {
            (sum / (BLOCK * BLOCK) as u32) as u8
        } else {
            match over.filter(|_| column > 0) {
                // Flat: as dark as its neighbours' level is black, else white.
                Some(over) => {
                    let near = ((over + 2 * before.0 + before.1) / 4) as u8;
                    if low < near { near } else { low / 2 }
                }
                None => low / 2,
            }
        };
        before = (u16::from(*point), over.unwrap_or(0));
    }
}

/// The mean over the blocks around each one, moved inwards at the edges.
fn smoothed(points: &[u8], columns: usize, rows: usize) -> Vec<u8> {
    let side = 2 * REACH + 1;
    let mut thresholds = Vec::with_capacity(points.len());
    let mut sums = vec![0u16; columns];
    for row in 0..rows {
        let top = row.clamp(REACH, rows - 1 - REACH) - REACH;
        sums.fill(0);
        for line in points.chunks_exact(columns).skip(top).take(side) {
            for (sum, &point) in sums.iter_mut().zip(line) {
                *sum += u16::from(point);
            }
        }
        thresholds.extend((0..columns).map(|column| {
            let left = column.clamp(REACH, columns - 1 - REACH) - REACH;
            let window = sums.get(left..left + side).unwrap_or_default();
            (window.iter().sum::<u16>() / (side * side) as u16) as u8
        }));
    }
    thresholds
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Black squares on paper that darkens to the right until it is darker
    /// than the squares on the left.
    fn sloping() -> Luma {
        let pixels = (0..80u32).flat_map(|y| {
            (0..240u32).map(move |x| {
                let ink = (x / 5 + y / 5) % 2 == 0;
                let light = 250 - x * 200 / 240;
                (if ink { light * 2 / 5 } else { light }) as u8
            })
        });
        Luma {
            width: 240,
            height: 80,
            pixels: pixels.collect(),
        }
    }

    #[test]
    fn a_slope_of_light_does_not_matter() {
        let luma = sloping();
        let black = Black::of(&luma);
        let matrix = black.to_matrix().expect("a matrix");
        for y in 0..80 {
            for x in 0..240 {
                let ink = (x / 5 + y / 5) % 2 == 0;
                assert_eq!(black.at(x, y), ink, "{x} {y}");
                assert_eq!(matrix.get(x as u32, y as u32), ink);
            }
        }
    }

    #[test]
    fn every_size_is_decided() {
        for (width, height) in [
            (0, 0),
            (1, 1),
            (3, 90),
            (39, 40),
            (40, 40),
            (41, 47),
            (64, 1),
        ] {
            let luma = Luma {
                width,
                height,
                pixels: vec![9; (width * height) as usize],
            };
            let black = Black::of(&luma);
            assert!(!black.at(0, 0) && !black.at(-1, 5) && !black.at(99, 99));
            assert_eq!(black.to_matrix().is_some(), width > 0 && height > 0);
        }
    }
}
