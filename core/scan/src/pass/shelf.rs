//! Pictures with many linear codes, such as a shelf: what was read is painted
//! over and the rest is searched again.

use crate::linear::{LinearReader, Strength};
use crate::prepared::Prepared;
use crate::{Engine, Luma, Reading, Span, Stop};

/// Searches of one picture.
const ROUNDS_MAX: usize = 12;
/// A line of a code changes between dark and light at least so often.
const CHANGES_MIN: usize = 12;
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
    grow(picture, &mut found);
    let mut new = found.clone();
    for _ in 0..ROUNDS_MAX {
        if new.is_empty() || stop.is_set() {
            break;
        }
        for span in new.iter().filter_map(|reading| reading.span) {
            paint(&mut rest, &span);
        }
        new = reader.read_luma(&rest, stop);
        grow(picture, &mut new);
        // A reading at a place already painted over would come for ever.
        new.retain(|reading| !found.contains(reading));
        found.extend(new.iter().cloned());
    }
    found
}

/// Stretches each place along the bars, to all of the code: what is left of a
/// code would be read again, as another one.
fn grow(luma: &Luma, readings: &mut [Reading]) {
    for reading in readings {
        reading.span = reading.span.map(|span| grown(luma, span));
    }
}

fn grown(luma: &Luma, span: Span) -> Span {
    let upright = span.right - span.left >= span.bottom - span.top;
    // Across the bars from start to end, along them from first to last line.
    let (start, end, first, last, most) = if upright {
        (span.left, span.right, span.top, span.bottom, luma.height)
    } else {
        (span.top, span.bottom, span.left, span.right, luma.width)
    };
    let (start, end) = (start.floor() as i64, end.ceil() as i64);
    let pixel = |line: i64, place: i64| {
        let (x, y) = if upright {
            (place, line)
        } else {
            (line, place)
        };
        at(luma, x, y)
    };
    let middle = ((first + last) / 2.0) as i64;
    let tones = || (start..=end).map(|place| pixel(middle, place));
    let (dark, light) = (tones().min().unwrap_or(0), tones().max().unwrap_or(0));
    let between = dark.midpoint(light);
    let changes = |line: i64| {
        let bits = (start..end)
            .map(|place| (pixel(line, place) < between) != (pixel(line, place + 1) < between));
        bits.filter(|changed| *changed).count()
    };
    let needed = changes(middle) * 2 / 3;
    if needed < CHANGES_MIN {
        return span;
    }
    let (mut first, mut last) = (first as i64, last as i64);
    while first > 0 && changes(first - 1) >= needed {
        first -= 1;
    }
    while last + 1 < i64::from(most) && changes(last + 1) >= needed {
        last += 1;
    }
    let (first, last) = (first as f32, last as f32);
    if upright {
        Span {
            top: first.min(span.top),
            bottom: last.max(span.bottom),
            ..span
        }
    } else {
        Span {
            left: first.min(span.left),
            right: last.max(span.right),
            ..span
        }
    }
}

/// The pixel at (x, y); what lies outside is white.
fn at(luma: &Luma, x: i64, y: i64) -> u8 {
    let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) else {
        return 255;
    };
    let width = luma.width as usize;
    let inside = (x < width).then(|| luma.pixels.get(y.saturating_mul(width) + x));
    inside.flatten().copied().unwrap_or(255)
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
