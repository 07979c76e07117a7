//! Linear codes: lines through the picture, seen in several ways.

use rxing::common::GlobalHistogramBinarizer;
use rxing::{BinaryBitmap, Luma8LuminanceSource};

use super::row::{Codes, RowReader};
use crate::black::Black;
use crate::geometry::{self, View};
use crate::{Engine, Prepared, Reading, Span, Stop};

/// About how many lines are read in one view.
const LINES: u32 = 160;

/// How to look at the picture.
#[derive(Debug, Clone, Copy)]
pub(crate) enum LineView {
    /// Lines across.
    Plain,
    /// Lines down.
    Upright,
    /// Both ways, black and white decided in small blocks: uneven light.
    LocalThreshold,
    /// Lines across, rows averaged with their neighbours: noise.
    Smoothed,
}

pub(crate) struct Lines(pub LineView);

impl Engine for Lines {
    fn read(&self, picture: &Prepared, stop: &Stop) -> Vec<Reading> {
        match self.0 {
            LineView::Plain => read_rows(&geometry::same(picture), Codes::All, stop),
            LineView::Upright => read_rows(&geometry::transposed(picture), Codes::All, stop),
            LineView::Smoothed => {
                read_rows(&geometry::smoothed_down(picture, 4), Codes::Strong, stop)
            }
            LineView::LocalThreshold => {
                let mut readings = read_rows_local(&geometry::same(picture), stop);
                let upright = geometry::transposed(picture);
                readings.extend(read_rows_local(&upright, stop));
                readings
            }
        }
    }
}

fn row_numbers(view: &View) -> impl Iterator<Item = u32> + use<> {
    let step = (view.luma.height / LINES).max(1);
    (0..view.luma.height)
        .skip(step as usize / 2)
        .step_by(step as usize)
}

/// Lines with one threshold each.
fn read_rows(view: &View, codes: Codes, stop: &Stop) -> Vec<Reading> {
    let luma = &view.luma;
    let Ok(source) = Luma8LuminanceSource::new(luma.pixels.clone(), luma.width, luma.height) else {
        return Vec::new();
    };
    let bitmap = BinaryBitmap::new(GlobalHistogramBinarizer::new(source));
    let reader = RowReader::new(codes);
    let mut readings = Vec::new();
    for y in row_numbers(view) {
        if stop.is_set() {
            break;
        }
        // A line without contrast has no threshold; that is no error.
        if let Ok(row) = bitmap.get_black_row(y as usize) {
            collect(&mut readings, &reader, &row, y, view);
        }
    }
    readings
}

/// Lines of the bitmap whose threshold follows blocks of eight pixels.
fn read_rows_local(view: &View, stop: &Stop) -> Vec<Reading> {
    let Some(black) = Black::of(&view.luma).to_matrix() else {
        return Vec::new();
    };
    let reader = RowReader::new(Codes::Strong);
    let mut readings = Vec::new();
    for y in row_numbers(view).filter(|&y| y < black.height()) {
        if stop.is_set() {
            break;
        }
        collect(&mut readings, &reader, &black.getRow(y), y, view);
    }
    readings
}

fn collect(
    readings: &mut Vec<Reading>,
    reader: &RowReader,
    row: &rxing::common::BitArray,
    y: u32,
    view: &View,
) {
    readings.extend(reader.read(row, y).into_iter().map(|found| Reading {
        symbol: found.symbol,
        span: Span::around([
            view.to_original(found.start, y as f32),
            view.to_original(found.end, y as f32),
        ]),
    }));
}
