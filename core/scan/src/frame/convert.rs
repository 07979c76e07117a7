//! From a camera's bytes to a grey picture and back.

use std::borrow::Cow;

use super::{Frame, PixelFormat};
use crate::{Luma, ScanError, ScanLimits, picture};

/// The grey picture of a frame. Chroma is thrown away; bytes beyond the frame
/// are ignored, as drivers pad.
///
/// # Errors
/// `not_an_image` when the bytes are fewer than the frame needs or are no JPEG,
/// `too_many_pixels` beyond the default limits.
pub fn frame_to_luma(frame: &Frame) -> Result<Luma, ScanError> {
    let pixels_max = ScanLimits::default().pixels_max;
    let count = u64::from(frame.width) * u64::from(frame.height);
    if count > pixels_max {
        return Err(ScanError::TooManyPixels);
    }
    let count = count as usize;
    let pixels = match frame.format {
        // The true size stands in the JPEG; drivers are known to round theirs.
        PixelFormat::Mjpeg => return picture::decode(&with_tables(&frame.bytes), pixels_max),
        PixelFormat::Nv12 => frame.bytes.get(..count).map(<[u8]>::to_vec),
        PixelFormat::Yuyv => {
            let pairs = frame.bytes.get(..count * 2);
            pairs.map(|bytes| bytes.iter().step_by(2).copied().collect())
        }
    };
    let pixels = pixels.ok_or(ScanError::NotAnImage)?;
    let luma = Luma {
        width: frame.width,
        height: frame.height,
        pixels,
    };
    luma.check(pixels_max)?;
    Ok(luma)
}

/// An `APP0` segment that says motion JPEG: the decoder then supplies the
/// standard Huffman tables that many cameras leave out.
const MOTION_JPEG_MARK: [u8; 18] = *b"\xff\xe0\x00\x10AVI1\0\0\0\0\0\0\0\0\0\0";

/// The JPEG with the mark behind its first two bytes, when it has no tables.
fn with_tables(jpeg: &[u8]) -> Cow<'_, [u8]> {
    match jpeg.split_at_checked(2) {
        Some((start, rest)) if lacks_tables(rest) => {
            Cow::Owned([start, &MOTION_JPEG_MARK, rest].concat())
        }
        _ => Cow::Borrowed(jpeg),
    }
}

/// Whether the segments up to the scan hold no Huffman table.
fn lacks_tables(mut segments: &[u8]) -> bool {
    const TABLES: u8 = 0xc4;
    const SCAN: u8 = 0xda;
    while let [0xff, marker, high, low, ..] = *segments {
        match marker {
            TABLES => return false,
            SCAN => return true,
            _ => {
                let length = 2 + usize::from(u16::from_be_bytes([high, low]));
                segments = segments.get(length..).unwrap_or(&[]);
            }
        }
    }
    false
}

/// An NV12 frame of a grey picture, its chroma neutral.
pub fn luma_to_nv12(luma: Luma) -> Frame {
    let (width, height) = (luma.width, luma.height);
    let chroma = 2 * width.div_ceil(2) as usize * height.div_ceil(2) as usize;
    let mut bytes = luma.pixels;
    bytes.resize(bytes.len() + chroma, 128);
    Frame {
        format: PixelFormat::Nv12,
        width,
        height,
        bytes,
    }
}
