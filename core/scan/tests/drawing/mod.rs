//! Pictures that the tests draw themselves, the same on every run.

#![allow(dead_code, reason = "each test file uses its own part of this")]

use std::io::Cursor;

use carrot_scan::Luma;
use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, GrayImage, ImageFormat};

/// A small generator of numbers (SplitMix64): the same seed, the same pictures.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 to `bound` - 1.
    pub fn below(&mut self, bound: u32) -> u32 {
        (self.next() % u64::from(bound)) as u32
    }

    pub fn bytes(&mut self, count: usize) -> Vec<u8> {
        (0..count).map(|_| self.next() as u8).collect()
    }
}

/// A picture from a function of the pixel.
pub fn picture(width: u32, height: u32, pixel: impl Fn(u32, u32) -> u8) -> Luma {
    let rows = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    Luma {
        width,
        height,
        pixels: rows.map(|(x, y)| pixel(x, y)).collect(),
    }
}

/// A QR code with its quiet zone, `scale` pixels a module.
pub fn qr(text: &str, scale: u32) -> Luma {
    let code = fast_qr::QRBuilder::new(text)
        .build()
        .expect("the text fits a QR code");
    let size = code.size as u32;
    picture((size + 8) * scale, (size + 8) * scale, |x, y| {
        let (x, y) = ((x / scale).wrapping_sub(4), (y / scale).wrapping_sub(4));
        let dark = x < size && y < size && code[y as usize][x as usize].value();
        if dark { 0 } else { 255 }
    })
}

/// A linear code from its modules (1 is a bar) with quiet zones of ten modules.
pub fn bars(modules: &[u8], scale: u32, height: u32) -> Luma {
    let count = modules.len() as u32;
    picture((count + 20) * scale, height + 20, |x, y| {
        let module = (x / scale).wrapping_sub(10);
        let inside = module < count && (10..height + 10).contains(&y);
        if inside && modules[module as usize] == 1 {
            0
        } else {
            255
        }
    })
}

pub fn ean_13(digits: &str, scale: u32, height: u32) -> Luma {
    let code = barcoders::sym::ean13::EAN13::new(digits).expect("an EAN-13 number");
    bars(&code.encode(), scale, height)
}

pub fn code_128(text: &str, scale: u32, height: u32) -> Luma {
    let code = barcoders::sym::code128::Code128::new(text).expect("a Code 128 text");
    bars(&code.encode(), scale, height)
}

pub fn itf(digits: &str, scale: u32, height: u32) -> Luma {
    let code = barcoders::sym::tf::TF::interleaved(digits).expect("an ITF number");
    bars(&code.encode(), scale, height)
}

pub fn code_39(text: &str, scale: u32, height: u32) -> Luma {
    let code = barcoders::sym::code39::Code39::new(text).expect("a Code 39 text");
    bars(&code.encode(), scale, height)
}

pub fn ean_8(digits: &str, scale: u32, height: u32) -> Luma {
    let code = barcoders::sym::ean8::EAN8::new(digits).expect("an EAN-8 number");
    bars(&code.encode(), scale, height)
}

/// White paper with pictures laid on it at the given places.
pub fn sheet(width: u32, height: u32, parts: &[(u32, u32, &Luma)]) -> Luma {
    let mut sheet = picture(width, height, |_, _| 255);
    for (left, top, part) in parts {
        for y in 0..part.height {
            for x in 0..part.width {
                let from = (y * part.width + x) as usize;
                let to = ((top + y) * width + left + x) as usize;
                sheet.pixels[to] = part.pixels[from];
            }
        }
    }
    sheet
}

fn encoded(luma: &Luma, format: ImageFormat) -> Vec<u8> {
    let image = GrayImage::from_raw(luma.width, luma.height, luma.pixels.clone());
    let mut file = Cursor::new(Vec::new());
    let image = image::DynamicImage::ImageLuma8(image.expect("consistent pixels"));
    // GIF knows no grey, and WebP neither.
    image
        .into_rgb8()
        .write_to(&mut file, format)
        .expect("an image file");
    file.into_inner()
}

pub fn png(luma: &Luma) -> Vec<u8> {
    encoded(luma, ImageFormat::Png)
}

pub fn file(luma: &Luma, format: ImageFormat) -> Vec<u8> {
    encoded(luma, format)
}

/// A colour JPEG, as cameras send it.
pub fn jpeg(luma: &Luma) -> Vec<u8> {
    let rgb: Vec<u8> = luma.pixels.iter().flat_map(|&p| [p, p, p]).collect();
    let mut file = Vec::new();
    JpegEncoder::new_with_quality(&mut file, 80)
        .encode(&rgb, luma.width, luma.height, ExtendedColorType::Rgb8)
        .expect("a JPEG");
    file
}
