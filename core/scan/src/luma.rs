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
}

/// A luma plane that somebody else owns, such as a phone's camera buffer: rows
/// may be followed by padding.
#[derive(Clone, Copy)]
pub struct LumaRef<'a> {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Bytes from the start of one row to the start of the next, at least
    /// `width`.
    pub stride: usize,
    /// The plane; the last row may end without its padding.
    pub pixels: &'a [u8],
}

impl fmt::Debug for LumaRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            width,
            height,
            stride,
            ..
        } = self;
        write!(f, "LumaRef {{ {width} x {height}, stride {stride} }}")
    }
}

impl LumaRef<'_> {
    /// The one copy that a scan needs: its worker may outlive the camera's
    /// buffer. `part` is the left, top, width and height of what the viewfinder
    /// shows; only that is copied.
    ///
    /// # Errors
    /// `not_an_image` when the plane is too short, the stride too small, or the
    /// part does not lie within the plane.
    pub fn to_luma(&self, part: Option<(u32, u32, u32, u32)>) -> Result<Luma, ScanError> {
        let (left, top, width, height) = part.unwrap_or((0, 0, self.width, self.height));
        let ends = (left.checked_add(width), top.checked_add(height));
        let (Some(right), Some(bottom)) = ends else {
            return Err(ScanError::NotAnImage);
        };
        let fits = right <= self.width && bottom <= self.height;
        if !fits || width == 0 || height == 0 || self.stride < self.width as usize {
            return Err(ScanError::NotAnImage);
        }
        let mut pixels = Vec::with_capacity(width as usize * height as usize);
        for row in top as usize..bottom as usize {
            let start = row * self.stride + left as usize;
            let line = self.pixels.get(start..start + width as usize);
            pixels.extend_from_slice(line.ok_or(ScanError::NotAnImage)?);
        }
        Ok(Luma {
            width,
            height,
            pixels,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn padding_is_left_out_and_short_planes_are_refused() {
        let pixels: Vec<u8> = (0..23).collect();
        let plane = LumaRef {
            width: 5,
            height: 3,
            stride: 9,
            pixels: &pixels,
        };
        let whole = plane.to_luma(None).expect("the plane");
        let rows = [0, 1, 2, 3, 4, 9, 10, 11, 12, 13, 18, 19, 20, 21, 22];
        assert_eq!(whole.pixels, rows);
        let part = plane.to_luma(Some((3, 1, 2, 2))).expect("a part");
        assert_eq!(part.pixels, [12, 13, 21, 22]);
        assert!(plane.to_luma(Some((3, 1, 3, 2))).is_err());
        assert!(plane.to_luma(Some((u32::MAX, 1, 3, 2))).is_err());
        let short = LumaRef { height: 4, ..plane };
        assert!(short.to_luma(None).is_err());
        let narrow = LumaRef { stride: 4, ..plane };
        assert!(narrow.to_luma(None).is_err());
    }
}
