//! From a camera's bytes to a grey picture and back.

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
        PixelFormat::Mjpeg => return picture::decode(&frame.bytes, pixels_max),
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
