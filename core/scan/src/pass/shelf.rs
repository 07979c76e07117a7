//! Pictures with many linear codes, such as a shelf: what was read is painted
//! over and the rest is searched again.

use crate::linear::{LinearReader, Strength};
use crate::prepared::Prepared;
use crate::{Engine, Luma, Reading, Span, Stop};

/// Searches of one picture.
const ROUNDS_MAX: usize = 12;
/// From this many pixels on one code makes others likely.
const LARGE: usize = 900_000;

/// The quick linear reader, repeated while it finds more in a picture that
/// seems to hold several codes.
pub(crate) struct Shelf;

impl Engine for Shelf {
    fn read(&self, picture: &Prepared, stop: &Stop) -> Vec<Reading> {
        let found = all(picture, stop);
        picture.note(&found);
        found
    }

    fn settles(&self) -> bool {
        true
    }
}

/// Every linear code of the picture.
fn all(picture: &Prepared, stop: &Stop) -> Vec<Reading> {
    let reader = LinearReader {
        strength: Strength::Quick,
    };
    let mut found = reader.read_prepared(picture, stop);
    let several = found.len() > 1 || (found.len() == 1 && picture.pixels.len() >= LARGE);
    if !several {
        return found;
    }
    let mut rest = Luma::clone(picture);
    let mut new = found.clone();
    for _ in 0..ROUNDS_MAX {
        if new.is_empty() || stop.is_set() {
            break;
        }
        for span in new.iter().filter_map(|reading| reading.span) {
            paint(&mut rest, &span);
        }
        new = reader.read_luma(&rest, stop);
        // A reading at a place already painted over would come for ever.
        new.retain(|reading| !found.contains(reading));
        found.extend(new.iter().cloned());
    }
    found
}

/// Paints a place white.
fn paint(luma: &mut Luma, span: &Span) {
    let clamp = |v: f32, max: u32| (v.max(0.0) as usize).min(max as usize);
    let (left, right) = (
        clamp(span.left, luma.width),
        clamp(span.right + 1.0, luma.width),
    );
    let (top, bottom) = (
        clamp(span.top, luma.height),
        clamp(span.bottom + 1.0, luma.height),
    );
    let rows = luma.pixels.chunks_exact_mut(luma.width.max(1) as usize);
    for row in rows.skip(top).take(bottom.saturating_sub(top)) {
        if let Some(part) = row.get_mut(left..right) {
            part.fill(255);
        }
    }
}
