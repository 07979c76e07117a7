//! The grey picture that every reader works on.

use std::fmt;

use crate::ScanError;

/// A grey picture: one byte a pixel, 0 black to 255 white, rows top to bottom
/// without padding.
#[derive(Clone, PartialEq, Eq)]
pub struct Luma {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// `width` x `height` bytes.
    pub pixels: Vec<u8>,
}

/// Only the dimensions: a picture's pixels help nobody in a log.
impl fmt::Debug for Luma {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Luma {{ {} x {}, {} bytes }}",
            self.width,
            self.height,
            self.pixels.len()
        )
    }
}

impl Luma {
    /// Whether the pixels fill the dimensions and there is at least one.
    pub fn is_consistent(&self) -> bool {
        let pixels = u64::from(self.width) * u64::from(self.height);
        pixels > 0 && pixels == self.pixels.len() as u64
    }

    /// Checks the picture against a bound on its pixels.
    ///
    /// # Errors
    /// `too_many_pixels` first, then `not_an_image` when it is not consistent.
    pub fn check(&self, pixels_max: u64) -> Result<(), ScanError> {
        if u64::from(self.width) * u64::from(self.height) > pixels_max {
            return Err(ScanError::TooManyPixels);
        }
        if self.is_consistent() {
            Ok(())
        } else {
            Err(ScanError::NotAnImage)
        }
    }

    /// The pixel at (x, y), with coordinates beyond an edge taken at the edge.
    pub(crate) fn at_clamped(&self, x: i64, y: i64) -> u8 {
        let x = x.clamp(0, i64::from(self.width) - 1) as usize;
        let y = y.clamp(0, i64::from(self.height) - 1) as usize;
        self.pixels
            .get(y * self.width as usize + x)
            .copied()
            .unwrap_or(255)
    }
}
