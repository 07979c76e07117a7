//! A picture of a shelf, drawn: three boards with boxes, bags and one machine at eye level.

use anyhow::Context as _;
use image::codecs::jpeg::JpegEncoder;
use image::{Rgb, RgbImage};

use super::dice::Dice;

/// The pictures' media type.
pub const MIME: &str = "image/jpeg";
const WIDTH: u32 = 640;
const HEIGHT: u32 = 480;
const QUALITY: u8 = 72;
const WALL: Rgb<u8> = Rgb([233, 226, 214]);
const BOARD: Rgb<u8> = Rgb([128, 92, 60]);
const PRICE: Rgb<u8> = Rgb([250, 250, 246]);
const MACHINE: Rgb<u8> = Rgb([38, 36, 40]);
const LAMP: Rgb<u8> = Rgb([232, 104, 42]);
/// Colours of boxes and bags.
const GOODS: [Rgb<u8>; 6] = [
    Rgb([168, 66, 26]),
    Rgb([219, 140, 64]),
    Rgb([92, 64, 48]),
    Rgb([54, 96, 88]),
    Rgb([196, 172, 120]),
    Rgb([140, 44, 52]),
];

/// Draws a shelf; another seed, another shelf.
pub fn shelf(seed: u64) -> anyhow::Result<Vec<u8>> {
    let mut dice = Dice::new(seed);
    let mut picture = RgbImage::from_pixel(WIDTH, HEIGHT, WALL);
    for board in 0..3_u32 {
        let bottom = 150 + board * 145;
        fill(&mut picture, (0, bottom), (WIDTH, 14), BOARD);
        let mut x = u32::try_from(dice.between(8, 30))?;
        while x < WIDTH - 60 {
            let (width, height) = if board == 1 && (240..400).contains(&x) {
                machine(&mut picture, x, bottom);
                (110, 0)
            } else {
                let size = (
                    u32::try_from(dice.between(30, 62))?,
                    u32::try_from(dice.between(62, 112))?,
                );
                let colour = dice.pick(&GOODS).copied().unwrap_or(BOARD);
                fill(&mut picture, (x, bottom - size.1), size, colour);
                fill(
                    &mut picture,
                    (x + 6, bottom - size.1 + 12),
                    (size.0 - 12, 18),
                    WALL,
                );
                size
            };
            if height == 0 || dice.below(3) == 0 {
                fill(&mut picture, (x + 4, bottom + 2), (24, 10), PRICE);
            }
            x += width + u32::try_from(dice.between(3, 16))?;
        }
    }
    grain(&mut picture, &mut dice);
    let mut bytes = Vec::new();
    picture
        .write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, QUALITY))
        .context("drawing a shelf")?;
    Ok(bytes)
}

fn machine(picture: &mut RgbImage, x: u32, bottom: u32) {
    fill(picture, (x, bottom - 118), (110, 118), MACHINE);
    fill(picture, (x + 24, bottom - 70), (62, 46), Rgb([88, 84, 90]));
    fill(
        picture,
        (x + 44, bottom - 84),
        (22, 16),
        Rgb([170, 170, 174]),
    );
    fill(picture, (x + 88, bottom - 104), (10, 10), LAMP);
}

fn fill(
    picture: &mut RgbImage,
    (left, top): (u32, u32),
    (width, height): (u32, u32),
    colour: Rgb<u8>,
) {
    for y in top..(top + height).min(picture.height()) {
        for x in left..(left + width).min(picture.width()) {
            picture.put_pixel(x, y, colour);
        }
    }
}

/// The unrest of a camera.
fn grain(picture: &mut RgbImage, dice: &mut Dice) {
    for pixel in picture.pixels_mut() {
        let change = i16::try_from(dice.below(15) - 7).unwrap_or(0);
        for channel in &mut pixel.0 {
            *channel =
                u8::try_from((i16::from(*channel) + change).clamp(0, 255)).unwrap_or(*channel);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_read_as_jpeg_and_differ_by_seed() {
        let (one, two) = (shelf(1).unwrap(), shelf(2).unwrap());
        let read = image::load_from_memory_with_format(&one, image::ImageFormat::Jpeg).unwrap();
        assert_eq!((read.width(), read.height()), (WIDTH, HEIGHT));
        assert_eq!(one, shelf(1).unwrap());
        assert_ne!(one, two);
    }
}
