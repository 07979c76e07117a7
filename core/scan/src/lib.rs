//! A luma frame in, symbols out; the camera behind a feature.
//!
//! A picture goes through a short ladder of readers ([`pass`]), cheap ones
//! first, inside a guarded worker thread ([`Scanner`]) that answers by a
//! deadline whatever a reader does. Matrix codes are believed at once, linear
//! codes only when several lines of the picture agree ([`tally`]). Linear codes
//! and Data Matrix are found by readers of its own ([`linear`], `datamatrix`).

mod black;
#[cfg(feature = "corpus")]
pub mod corpus;
mod datamatrix;
mod error;
pub mod frame;
mod geometry;
mod likeness;
pub mod linear;
mod luma;
pub mod pass;
mod payload;
mod picture;
mod prepared;
mod reading;
mod scanner;
mod symbol;
pub mod tally;

pub use error::{ScanError, ScanLimits};
pub use likeness::{
    ALIKE_BITS_MAX, COARSE_BITS_MAX, Kinship, Likeness, SAME_BITS_MAX, likeness, likeness_of,
};
pub use luma::{Luma, LumaRef};
pub use prepared::Prepared;
pub use reading::{Reading, Span};
pub use scanner::{Engine, Scanner, Stop};
pub use symbol::{Counted, Format, Symbol};

use std::sync::OnceLock;

/// The process-wide scanner behind [`scan_luma`] and [`scan_image_bytes`], so
/// that workers left over from any caller count against the same bound.
fn shared_scanner() -> &'static Scanner {
    static SHARED: OnceLock<Scanner> = OnceLock::new();
    SHARED.get_or_init(|| Scanner::with_stages(pass::standard_stages()))
}

/// Reads every symbol in a grey picture.
///
/// An empty list means that the picture was searched and nothing trustworthy
/// was found.
///
/// # Errors
/// `not_an_image` when the pixels do not fill width x height,
/// `too_many_pixels`, `deadline` when nothing was read in time, `busy` when too
/// many earlier workers still run, `engine_panic` when a reader panicked and
/// the others found nothing.
pub fn scan_luma(luma: &Luma, limits: &ScanLimits) -> Result<Vec<Symbol>, ScanError> {
    shared_scanner().scan_luma(luma, limits)
}

/// Reads every symbol in a PNG, JPEG, GIF (first frame), BMP or WebP file.
///
/// The header's dimensions are checked against `limits` before any pixel is
/// decoded; decoding itself counts against the deadline.
///
/// # Errors
/// As [`scan_luma`]; `not_an_image` also for bytes in no known format and for
/// damaged files.
pub fn scan_image_bytes(bytes: &[u8], limits: &ScanLimits) -> Result<Vec<Symbol>, ScanError> {
    shared_scanner().scan_image_bytes(bytes, limits)
}

/// Reads an image file as [`scan_image_bytes`] does, and says of each symbol at
/// how many separate places it stands.
///
/// # Errors
/// As [`scan_image_bytes`].
pub fn count_image_bytes(bytes: &[u8], limits: &ScanLimits) -> Result<Vec<Counted>, ScanError> {
    shared_scanner().count_image_bytes(bytes, limits)
}
