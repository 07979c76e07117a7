//! Linear codes: lines through the picture, seen in several ways.

use rxing::common::{BIT_FIELD_BASE_BITS, BitArray, BitMatrix, GlobalHistogramBinarizer};
use rxing::{Binarizer, Luma8LuminanceSource};

use super::row::{Codes, Found, RowReader};
use crate::{Engine, Luma, Prepared, Reading, Span, Stop};

/// About how many lines are read in one view.
const LINES: usize = 60;
/// About how many bands of lines are read.
const BANDS: usize = 40;
/// Lines on either side of a band's middle: noise goes, upright bars stay.
const REACH: usize = 4;

/// A line with fewer borders between black and white has no code on it.
const EDGES_MIN: u32 = 30;

/// Lines across and down, black and white decided in small blocks for uneven
/// light; then lines across with one threshold each, single ones, which may also be
/// weak codes, and bands, for noise.
pub(crate) struct Lines;

impl Engine for Lines {
    fn read(&self, picture: &Prepared, stop: &Stop) -> Vec<Reading> {
        let mut readings = Vec::new();
        let reader = RowReader::new(Codes::Strong);
        if let Some(matrix) = picture.matrix() {
            read_rows(&mut readings, &reader, matrix, stop);
            read_columns(&mut readings, &reader, picture, stop);
        }
        read_bands(&mut readings, &reader, picture, REACH, stop);
        let all = RowReader::new(Codes::All);
        read_bands(&mut readings, &all, picture, 0, stop);
        readings
    }
}

/// The numbers of evenly spread lines out of `all`.
fn numbers(all: usize, count: usize) -> impl Iterator<Item = usize> + use<> {
    let step = (all / count).max(1);
    (step / 2..all).step_by(step)
}

fn read_rows(readings: &mut Vec<Reading>, reader: &RowReader, matrix: &BitMatrix, stop: &Stop) {
    for y in numbers(matrix.height() as usize, LINES).take_while(|_| !stop.is_set()) {
        let found = codes(reader, &matrix.getRow(y as u32), y);
        collect(readings, found, |along| (along, y as f32));
    }
}

fn read_columns(readings: &mut Vec<Reading>, reader: &RowReader, picture: &Prepared, stop: &Stop) {
    let black = picture.black();
    for x in numbers(black.width, LINES).take_while(|_| !stop.is_set()) {
        let mut line = BitArray::with_size(black.height);
        let cells = black.cells.iter().skip(black.stride() + x + 1);
        let column = cells.step_by(black.stride()).take(black.height);
        for (y, _) in column.enumerate().filter(|(_, cell)| **cell == 1) {
            line.set(y);
        }
        let found = codes(reader, &line, x);
        collect(readings, found, |along| (x as f32, along));
    }
}

/// Bands of lines across with one threshold each; `reach` lines on either side
/// of the middle one belong to a band.
fn read_bands(
    readings: &mut Vec<Reading>,
    reader: &RowReader,
    luma: &Luma,
    reach: usize,
    stop: &Stop,
) {
    let (width, height) = (luma.width as usize, luma.height as usize);
    for y in numbers(height, BANDS).take_while(|_| !stop.is_set()) {
        let (top, bottom) = (y.saturating_sub(reach), (y + reach).min(height - 1));
        let mut sums = vec![0u32; width];
        for row in luma.pixels.chunks_exact(width).take(bottom + 1).skip(top) {
            for (sum, &pixel) in sums.iter_mut().zip(row) {
                *sum += u32::from(pixel);
            }
        }
        let count = (bottom + 1 - top) as u32;
        let band = sums.iter().map(|sum| (sum / count) as u8).collect();
        let Ok(source) = Luma8LuminanceSource::new(band, luma.width, 1) else {
            continue;
        };
        // A line without contrast has no threshold; that is no error.
        if let Ok(row) = GlobalHistogramBinarizer::new(source).get_black_row(0) {
            let found = codes(reader, &row, y);
            collect(readings, found, |along| (along, y as f32));
        }
    }
}

/// The codes on a line, when enough happens on it.
fn codes(reader: &RowReader, line: &BitArray, number: usize) -> Vec<Found> {
    let mut carried = 0;
    let edges = line.getBitArray().iter().map(|&word| {
        let changes = word ^ (word << 1 | carried);
        carried = word >> (BIT_FIELD_BASE_BITS - 1);
        changes.count_ones()
    });
    if edges.sum::<u32>() < EDGES_MIN {
        return Vec::new();
    }
    reader.read(line, number as u32)
}

/// Adds what a line shows; `place` says where a point along it lies.
fn collect(readings: &mut Vec<Reading>, found: Vec<Found>, place: impl Fn(f32) -> (f32, f32)) {
    readings.extend(found.into_iter().map(|found| Reading {
        symbol: found.symbol,
        span: Span::around([place(found.start), place(found.end)]),
    }));
}
