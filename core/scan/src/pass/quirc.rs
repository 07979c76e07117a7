//! QR codes by rqrr, a second reader that finds finder patterns another way.

use rqrr::{BitGrid, PreparedImage};

use super::qr;
use crate::prepared::Prepared;
use crate::{Engine, Format, Reading, Span, Stop, Symbol, payload};

/// rqrr's search grows steeply with the picture; larger ones are halved first.
const PIXELS_MAX: usize = 1_000_000;
/// Pictures larger than this are not doubled.
const DOUBLE_PIXELS_MAX: usize = 400_000;

/// What rqrr gets to see.
#[derive(Debug, Clone, Copy)]
pub(crate) enum QuircView {
    /// Black and white by local thresholds, which follow the light better.
    Hybrid,
    /// Grey, for rqrr's own threshold.
    Own,
    /// Doubled, then as `Hybrid`; small pictures only.
    DoubleHybrid,
}

pub(crate) struct Quirc(pub QuircView);

impl Engine for Quirc {
    fn read(&self, picture: &Prepared, _stop: &Stop) -> Vec<Reading> {
        if !qr::seen_nearby(picture) {
            return Vec::new();
        }
        let (view, scale) = fitted(picture);
        match self.0 {
            QuircView::Hybrid => read_view(view, scale, false),
            QuircView::Own => read_view(view, scale, true),
            QuircView::DoubleHybrid if picture.pixels.len() <= DOUBLE_PIXELS_MAX => picture
                .double()
                .map(|double| read_view(double, 0.5, false))
                .unwrap_or_default(),
            QuircView::DoubleHybrid => Vec::new(),
        }
    }
}

/// The picture itself, or its half when it is too large for rqrr.
fn fitted(picture: &Prepared) -> (&Prepared, f32) {
    let (mut view, mut scale) = (picture, 1.0);
    while view.pixels.len() > PIXELS_MAX {
        let Some(half) = view.half() else { break };
        (view, scale) = (half, scale * 2.0);
    }
    (view, scale)
}

fn read_view(view: &Prepared, scale: f32, own_threshold: bool) -> Vec<Reading> {
    let (width, height) = (view.width as usize, view.height as usize);
    let mut prepared = if own_threshold {
        let grey = |x: usize, y: usize| view.at_clamped(x as i64, y as i64);
        PreparedImage::prepare_from_greyscale(width, height, grey)
    } else {
        let black = view.black();
        let is_black = |x: usize, y: usize| black.at(x as i32, y as i32);
        PreparedImage::prepare_from_bitmap(width, height, is_black)
    };
    let grids = prepared.detect_grids();
    grids
        .iter()
        .filter_map(|grid| to_reading(grid, scale))
        .collect()
}

fn to_reading<G: BitGrid>(grid: &rqrr::Grid<G>, scale: f32) -> Option<Reading> {
    let mut raw = Vec::new();
    grid.decode_to(&mut raw).ok()?;
    let (text, bytes) = payload::settle_raw(&raw);
    let corners = grid
        .bounds
        .iter()
        .map(|p| (p.x as f32 * scale, p.y as f32 * scale));
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
