//! Linear codes: lines through the picture, seen in several ways.

use rxing::common::GlobalHistogramBinarizer;
use rxing::{BinaryBitmap, Luma8LuminanceSource};

use super::matrix::bitmap;
use super::row::{Codes, RowReader};
use crate::geometry::{self, View};
use crate::{Engine, Luma, Prepared, Reading, Span, Stop};

/// About how many lines are read in one view.
const LINES: u32 = 160;
/// Pictures larger than this on a side are not doubled.
const DOUBLE_SIDE_MAX: u32 = 1200;
/// Pictures larger than this on a side are halved before they are turned.
const TURN_SIDE_MAX: u32 = 1600;

/// How to look at the picture.
#[derive(Debug, Clone, Copy)]
pub(crate) enum LineView {
    /// Lines across.
    Plain,
    /// Lines down.
    Upright,
    /// Lines across, black and white decided in small blocks: uneven light.
    LocalThreshold,
    /// Rows averaged with their neighbours: noise.
    Smoothed,
    /// Columns averaged with their neighbours.
    SmoothedUpright,
    /// Twice the size: thin bars.
    Double,
    /// Half the size: blur and print dots.
    Half,
    /// Turned by an angle, given by sine and cosine.
    Turned((f32, f32)),
}

pub(crate) struct Lines(pub LineView);

impl Engine for Lines {
    fn read(&self, luma: &Prepared, stop: &Stop) -> Vec<Reading> {
        let Some(view) = self.view_of(luma) else {
            return Vec::new();
        };
        match self.0 {
            LineView::Plain | LineView::Upright => read_rows(&view, Codes::All, stop),
            // The costlier views are read both ways: the turned ones then cover
            // every angle.
            _ => {
                let mut readings = self.read_one_way(&view, stop);
                let across = geometry::transposed(&view.luma).within(&view);
                readings.extend(self.read_one_way(&across, stop));
                readings
            }
        }
    }
}

impl Lines {
    /// `None` when the picture is too large for this view.
    fn view_of(&self, luma: &Luma) -> Option<View> {
        let large = |side: u32| luma.width.max(luma.height) > side;
        Some(match self.0 {
            LineView::Plain | LineView::LocalThreshold => geometry::same(luma),
            LineView::Upright => geometry::transposed(luma),
            LineView::Smoothed => geometry::smoothed_down(luma, 4),
            LineView::SmoothedUpright => {
                let upright = geometry::transposed(luma);
                geometry::smoothed_down(&upright.luma, 4).within(&upright)
            }
            LineView::Double if large(DOUBLE_SIDE_MAX) => return None,
            LineView::Double => geometry::double(luma),
            LineView::Half => geometry::half(luma),
            LineView::Turned(turn) if large(TURN_SIDE_MAX) => {
                let half = geometry::half(luma);
                geometry::turned(&half.luma, turn).within(&half)
            }
            LineView::Turned(turn) => geometry::turned(luma, turn),
        })
    }

    fn read_one_way(&self, view: &View, stop: &Stop) -> Vec<Reading> {
        match self.0 {
            LineView::LocalThreshold => read_rows_local(view, stop),
            _ => read_rows(view, Codes::Strong, stop),
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
    let Some(bitmap) = bitmap(&view.luma) else {
        return Vec::new();
    };
    let black = bitmap.get_black_matrix();
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
