//! QR codes by rqrr, a second reader that finds finder patterns another way.

use rqrr::{BitGrid, PreparedImage};

use super::matrix::bitmap;
use crate::geometry::{self, View};
use crate::{Engine, Format, Luma, Prepared, Reading, Span, Stop, Symbol, payload};

/// rqrr's search grows steeply with the picture; larger ones are halved first.
const PIXELS_MAX: usize = 2_500_000;
/// Pictures larger than this on a side are not doubled.
const DOUBLE_SIDE_MAX: u32 = 800;

/// What rqrr gets to see.
#[derive(Debug, Clone, Copy)]
pub(crate) enum QuircView {
    /// Black and white by rxing's threshold, which follows local light better.
    Hybrid,
    /// Grey, for rqrr's own threshold.
    Own,
    /// Doubled, then as `Hybrid`; small pictures only.
    DoubleHybrid,
}

pub(crate) struct Quirc(pub QuircView);

impl Engine for Quirc {
    fn read(&self, luma: &Prepared, _stop: &Stop) -> Vec<Reading> {
        match self.0 {
            QuircView::Hybrid => read_view(&fitted(luma), false),
            QuircView::Own => read_view(&fitted(luma), true),
            QuircView::DoubleHybrid if luma.width.max(luma.height) <= DOUBLE_SIDE_MAX => {
                read_view(&geometry::double(luma), false)
            }
            QuircView::DoubleHybrid => Vec::new(),
        }
    }
}

/// The picture itself, or its half when it is too large for rqrr.
fn fitted(luma: &Luma) -> View {
    if luma.pixels.len() > PIXELS_MAX {
        geometry::half(luma)
    } else {
        geometry::same(luma)
    }
}

fn read_view(view: &View, own_threshold: bool) -> Vec<Reading> {
    let (width, height) = (view.luma.width as usize, view.luma.height as usize);
    let mut prepared = if own_threshold {
        let grey = |x: usize, y: usize| view.luma.at_clamped(x as i64, y as i64);
        PreparedImage::prepare_from_greyscale(width, height, grey)
    } else {
        let Some(bitmap) = bitmap(&view.luma) else {
            return Vec::new();
        };
        let black = bitmap.get_black_matrix();
        let is_black = |x: usize, y: usize| black.try_get(x as u32, y as u32).unwrap_or(false);
        PreparedImage::prepare_from_bitmap(width, height, is_black)
    };
    let grids = prepared.detect_grids();
    grids
        .iter()
        .filter_map(|grid| to_reading(grid, view))
        .collect()
}

fn to_reading<G: BitGrid>(grid: &rqrr::Grid<G>, view: &View) -> Option<Reading> {
    let mut raw = Vec::new();
    grid.decode_to(&mut raw).ok()?;
    let (text, bytes) = payload::settle_raw(&raw);
    let corners = grid
        .bounds
        .iter()
        .map(|p| view.to_original(p.x as f32, p.y as f32));
    let symbol = Symbol {
        format: Format::QrCode,
        text,
        bytes,
    };
    (!raw.is_empty()).then(|| Reading {
        symbol,
        span: Span::around(corners),
    })
}
