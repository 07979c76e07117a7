//! An own finder of Data Matrix symbols.
//!
//! Borders between black and white are followed ([`contour`]); two straight
//! stretches that meet at a right angle with black one module thick between
//! them may be the solid corner of a symbol ([`corner`]). A ray turned about
//! the end of each leg finds the side on which black and white alternate and
//! counts its modules ([`sides`]). The four edges give a projection through
//! which the modules are sampled from the grey picture ([`grid`]); placement and
//! error correction are those of the crate `datamatrix`, the codewords are
//! decoded by [`stream`].
//!
//! It looks at every angle, finds all symbols of a picture, and reads modules
//! of two pixels.

mod contour;
mod corner;
mod grid;
mod plane;
mod sides;
mod sizes;
mod stream;
mod tone;

use crate::prepared::Prepared;
use crate::{Engine, Format, Reading, Span, Stop, Symbol};
use corner::Corner;
use grid::Decoded;
use plane::Point;
use rxing::common::BitMatrix;
use stream::Content;
use tone::Tone;

/// Corners that are followed up in one picture; each costs up to a tenth of a
/// millisecond.
const CORNERS_MAX: usize = 160;
/// Pictures with more pixels are looked at in half size first.
const PIXELS_MAX: usize = 1_600_000;
/// Larger pictures are not doubled.
const DOUBLE_PIXELS_MAX: usize = 200_000;

/// Which picture to search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    /// As it is, or half of it while it is very large.
    Plain,
    /// The same with thresholds of its own for faint sides, and bent sides.
    Careful,
    /// Twice the size: modules under two pixels.
    Double,
}

pub(crate) struct DataMatrix(pub Look);

impl Engine for DataMatrix {
    fn read(&self, picture: &Prepared, stop: &Stop) -> Vec<Reading> {
        let (mut view, mut scale) = (picture, 1.0);
        while view.pixels.len() > PIXELS_MAX {
            let Some(half) = view.half() else { break };
            (view, scale) = (half, scale * 2.0);
        }
        let known = picture.known();
        let known: Vec<Span> = known.iter().map(|s| s.scaled(1.0 / scale)).collect();
        if self.0 != Look::Plain && !picture.shows_data_matrix() {
            return Vec::new();
        }
        match self.0 {
            Look::Plain => search(view, &known, Way::QUICK, scale, stop),
            Look::Careful => search(view, &known, Way::CAREFUL, scale, stop),
            Look::Double => Some(view)
                .filter(|view| view.pixels.len() <= DOUBLE_PIXELS_MAX)
                .and_then(Prepared::double)
                .map(|double| search(double, &[], Way::QUICK, scale / 2.0, stop))
                .unwrap_or_default(),
        }
    }
}

/// The content of modules that another finder sampled.
pub(crate) fn decode(bits: &BitMatrix) -> Option<Content> {
    let (rows, columns) = (bits.height(), bits.width());
    let places = (0..rows).flat_map(|y| (0..columns).map(move |x| (x, y)));
    let modules: Vec<bool> = places.map(|(x, y)| bits.get(x, y)).collect();
    grid::decode(&modules, rows as usize, columns as usize)
}

/// How to search.
#[derive(Debug, Clone, Copy)]
struct Way {
    careful: bool,
}

impl Way {
    const QUICK: Self = Self { careful: false };
    const CAREFUL: Self = Self { careful: true };
}

fn search(picture: &Prepared, known: &[Span], way: Way, scale: f32, stop: &Stop) -> Vec<Reading> {
    let mut stretches = contour::stretches(picture.black(), known);
    let mut found: Vec<Decoded> = Vec::new();
    // White codes on black have the same borders, walked the other way.
    for inverted in [false, true] {
        let tone = Tone::new(picture, picture.black(), inverted);
        let corners = corner::corners(&stretches, &tone);
        for corner in corners.iter().take(CORNERS_MAX) {
            if stop.is_set() {
                break;
            }
            let known = found.iter().any(|f| covers(&f.corners, corner));
            if !known {
                found.extend(follow_up(corner, &tone, way.careful, picture));
            }
        }
        stretches.iter_mut().for_each(contour::Stretch::reverse);
    }
    found.iter().map(|one| to_reading(one, scale)).collect()
}

fn follow_up(corner: &Corner, tone: &Tone, careful: bool, picture: &Prepared) -> Option<Decoded> {
    let (top, right) = (
        sides::top(corner, tone, careful),
        sides::right(corner, tone, careful),
    );
    if top.is_some() || right.is_some() {
        picture.show_data_matrix();
    }
    let (top, right) = (top?, right?);
    grid::read(corner, &top, &right, tone)
}

/// Whether the corner lies within a symbol that was read.
fn covers(corners: &[Point; 4], corner: &Corner) -> bool {
    let middle = (corner.far + corner.wide) * 0.5;
    let span = Span::around(corners.iter().map(|p| (p.x, p.y)));
    span.is_some_and(|s| {
        (s.left..=s.right).contains(&middle.x) && (s.top..=s.bottom).contains(&middle.y)
    })
}

fn to_reading(decoded: &Decoded, scale: f32) -> Reading {
    let (text, bytes) = decoded.content.payload();
    let corners = decoded.corners.iter();
    Reading {
        symbol: Symbol {
            format: Format::DataMatrix,
            text,
            bytes,
        },
        span: Span::around(corners.map(|p| (p.x * scale, p.y * scale))),
    }
}
