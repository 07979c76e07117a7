//! From the bytes of an image file to a grey picture.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, ImageReader, Limits};

use crate::{Luma, ScanError};

/// The formats that are read; others may be compiled in by a neighbour crate.
const FORMATS: [ImageFormat; 5] = [
    ImageFormat::Png,
    ImageFormat::Jpeg,
    ImageFormat::Gif,
    ImageFormat::Bmp,
    ImageFormat::WebP,
];

fn reader(bytes: &[u8]) -> Result<ImageReader<Cursor<&[u8]>>, ScanError> {
    let reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|_| ScanError::NotAnImage)?;
    match reader.format() {
        Some(format) if FORMATS.contains(&format) => Ok(reader),
        _ => Err(ScanError::NotAnImage),
    }
}

/// Checks the dimensions in the file's header without decoding any pixel.
pub(crate) fn check_header(bytes: &[u8], pixels_max: u64) -> Result<(), ScanError> {
    let (width, height) = reader(bytes)?
        .into_dimensions()
        .map_err(|error| match error {
            image::ImageError::Limits(_) => ScanError::TooManyPixels,
            _ => ScanError::NotAnImage,
        })?;
    let pixels = u64::from(width) * u64::from(height);
    if pixels > pixels_max {
        return Err(ScanError::TooManyPixels);
    }
    if pixels == 0 {
        Err(ScanError::NotAnImage)
    } else {
        Ok(())
    }
}

/// Decodes an image file to grey; transparent pixels are laid over white paper.
pub(crate) fn decode(bytes: &[u8], pixels_max: u64) -> Result<Luma, ScanError> {
    check_header(bytes, pixels_max)?;
    let mut reader = reader(bytes)?;
    let mut limits = Limits::default();
    // Room for 16-bit RGBA and the decoder's own copies of it.
    limits.max_alloc = Some(pixels_max.saturating_mul(16).max(1 << 20));
    reader.limits(limits);
    let image = reader.decode().map_err(|_| ScanError::NotAnImage)?;
    let luma = to_luma(image);
    luma.check(pixels_max)?;
    Ok(luma)
}

fn to_luma(image: DynamicImage) -> Luma {
    let (width, height) = (image.width(), image.height());
    let pixels = if image.color().has_alpha() {
        let grey = image.into_luma_alpha8();
        grey.pixels().map(|p| over_white(p.0)).collect()
    } else {
        image.into_luma8().into_raw()
    };
    Luma {
        width,
        height,
        pixels,
    }
}

fn over_white([grey, alpha]: [u8; 2]) -> u8 {
    let (grey, alpha) = (u32::from(grey), u32::from(alpha));
    ((grey * alpha + 255 * (255 - alpha)) / 255) as u8
}
