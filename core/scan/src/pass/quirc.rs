//! QR codes by rqrr, a second reader that finds finder patterns another way.

use rqrr::{BitGrid, PreparedImage};

use super::qr;
use crate::prepared::Prepared;
use crate::{Engine, Format, Reading, Span, Stop, Symbol, payload};

/// rqrr's search grows steeply with the picture; larger ones are halved first.
const PIXELS_MAX: usize = 1_000_000;
/// Larger pictures are not doubled.
const DOUBLE_PIXELS_MAX: usize = 120_000;

/// Black and white by local thresholds, which follow the light better than
/// rqrr's own.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Quirc {
    /// As it is, or half of it.
    Plain,
    /// Twice the size, for small pictures that lean far back.
    Double,
}

impl Engine for Quirc {
    fn read(&self, picture: &Prepared, _stop: &Stop) -> Vec<Reading> {
        if !qr::seen_nearby(picture) {
            return Vec::new();
        }
        match self {
            Self::Plain => {
                let (view, scale) = fitted(picture);
                read_view(view, scale)
            }
            Self::Double if picture.pixels.len() <= DOUBLE_PIXELS_MAX => picture
                .double()
                .map(|double| read_view(double, 0.5))
                .unwrap_or_default(),
            Self::Double => Vec::new(),
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

fn read_view(view: &Prepared, scale: f32) -> Vec<Reading> {
    let (width, height) = (view.width as usize, view.height as usize);
    let black = view.black();
    let is_black = |x: usize, y: usize| black.at(x as i32, y as i32);
    let mut prepared = PreparedImage::prepare_from_bitmap(width, height, is_black);
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
