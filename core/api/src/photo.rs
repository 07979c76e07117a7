//! Photos as evidence: turned upright, made small, kept as JPEG.

use std::io::Cursor;

use carrot_wire::CallError;
use carrot_wire::limits::BLOB_BYTES_MAX;
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder, ImageReader, Limits};

use crate::api::Answer;

/// The longest side of a kept photo, pixels.
const PHOTO_SIDE_MAX: u32 = 1600;
/// JPEG quality, per cent.
const PHOTO_QUALITY: u8 = 80;
/// The longest side of a photo that is taken in, pixels.
const INPUT_SIDE_MAX: u32 = 16_000;
/// The most memory that decoding a photo may take, bytes.
const DECODE_BYTES_MAX: u64 = 512 * 1024 * 1024;

fn unreadable(error: impl std::fmt::Display) -> CallError {
    CallError::new("not_an_image", error.to_string())
}

/// A photo ready to be kept: upright, at most 1600 pixels on a side, JPEG.
///
/// # Errors
/// `not_an_image`, `photo_too_large`.
pub(crate) fn prepare(bytes: &[u8]) -> Answer<Vec<u8>> {
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(unreadable)?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(INPUT_SIDE_MAX);
    limits.max_image_height = Some(INPUT_SIDE_MAX);
    limits.max_alloc = Some(DECODE_BYTES_MAX);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(unreadable)?;
    let orientation = decoder.orientation().map_err(unreadable)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(unreadable)?;
    picture.apply_orientation(orientation);
    if picture.width().max(picture.height()) > PHOTO_SIDE_MAX {
        picture = picture.resize(
            PHOTO_SIDE_MAX,
            PHOTO_SIDE_MAX,
            image::imageops::FilterType::Triangle,
        );
    }
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, PHOTO_QUALITY)
        .encode_image(&picture.to_rgb8())
        .map_err(unreadable)?;
    if jpeg.len() > BLOB_BYTES_MAX {
        return Err(CallError::new(
            "photo_too_large",
            "too many bytes after shrinking",
        ));
    }
    Ok(jpeg)
}
