//! How well a photo is known again, measured on receipts that are drawn here: their paper lies at an
//! angle on a table, in light that falls off, with other lines of print on each.

use carrot_scan::{Kinship, Likeness, ScanLimits, likeness};
use image::codecs::jpeg::JpegEncoder;
use image::imageops::{FilterType, crop_imm, resize};
use image::{GrayImage, ImageFormat, Luma};
use std::io::Cursor;

const RECEIPTS: u64 = 1_000;
const WIDTH: u32 = 240;
const HEIGHT: u32 = 320;

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// From `low` up to, not including, `high`.
    fn between(&mut self, low: i64, high: i64) -> f32 {
        let span = (high - low) as u64 * 1_000;
        low as f32 + (self.roll() % span) as f32 / 1_000.0
    }
}

/// A receipt's print: for each line where its words stand, in parts of the paper's width.
fn print(dice: &mut Dice) -> Vec<Vec<(f32, f32)>> {
    let lines = dice.between(14, 40) as usize;
    let mut all = Vec::new();
    for line in 0..lines {
        let mut words = Vec::new();
        // Every till prints the same head.
        let mut at = if line < 4 { 0.2 } else { 0.05 };
        let end = if line < 4 { 0.8 } else { 0.95 };
        while at < end && (line < 4 || !dice.roll().is_multiple_of(9)) {
            let long = if line < 4 {
                0.6
            } else {
                dice.between(4, 20) / 100.0
            };
            words.push((at, (at + long).min(end)));
            at += long + 0.04;
        }
        all.push(words);
    }
    all
}

fn draw(seed: u64) -> GrayImage {
    let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    for _ in 0..8 {
        dice.roll();
    }
    let print = print(&mut dice);
    let angle = dice.between(-12, 12).to_radians();
    let (sin, cos) = angle.sin_cos();
    let (middle_x, middle_y) = (dice.between(100, 140), dice.between(140, 180));
    let paper = (dice.between(60, 95), dice.between(120, 158));
    let (table, light) = (dice.between(30, 140), dice.between(-40, 40));
    let grain = dice.between(4, 40);
    let pitch = paper.1 * 2.0 / print.len() as f32;
    GrayImage::from_fn(WIDTH, HEIGHT, |x, y| {
        let (dx, dy) = (x as f32 - middle_x, y as f32 - middle_y);
        let (u, v) = (dx * cos + dy * sin, dy * cos - dx * sin);
        let shade = light * (x as f32 / WIDTH as f32 - 0.5);
        let inside = u.abs() < paper.0 && v.abs() < paper.1;
        let value = if inside {
            let line = (v + paper.1) / pitch;
            let across = (u + paper.0) / (2.0 * paper.0);
            let words = print.get(line as usize);
            let inked = line.fract() < 0.6
                && words.is_some_and(|words| {
                    words
                        .iter()
                        .any(|(from, to)| (*from..*to).contains(&across))
                });
            if inked { 60.0 } else { 225.0 }
        } else {
            table + 12.0 * (x as f32 / grain).sin() * (y as f32 / (grain + 7.0)).cos()
        };
        Luma([(value + shade).clamp(0.0, 255.0) as u8])
    })
}

fn jpeg(image: &GrayImage, quality: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality)
        .encode_image(image)
        .unwrap();
    bytes
}

fn of(bytes: &[u8]) -> Likeness {
    likeness(bytes, &ScanLimits::default()).unwrap()
}

/// The same photo as somebody sends it again: another size, brightness and quality, a rim cut off.
fn again(image: &GrayImage, seed: u64) -> Vec<u8> {
    let mut dice = Dice(seed.wrapping_mul(0x2545_f491_4f6c_dd1d) | 1);
    for _ in 0..8 {
        dice.roll();
    }
    let rim = |dice: &mut Dice, side: u32| (dice.between(0, 2) / 100.0 * side as f32) as u32;
    let (left, top) = (rim(&mut dice, WIDTH), rim(&mut dice, HEIGHT));
    let (right, bottom) = (rim(&mut dice, WIDTH), rim(&mut dice, HEIGHT));
    let cut = crop_imm(
        image,
        left,
        top,
        WIDTH - left - right,
        HEIGHT - top - bottom,
    )
    .to_image();
    let factor = dice.between(50, 180) / 100.0;
    let size = |side: u32| ((side as f32 * factor) as u32).max(16);
    let mut other = resize(
        &cut,
        size(cut.width()),
        size(cut.height()),
        FilterType::Triangle,
    );
    let (gain, lift) = (dice.between(85, 115) / 100.0, dice.between(-25, 25));
    for pixel in other.pixels_mut() {
        pixel.0[0] = (f32::from(pixel.0[0]) * gain + lift).clamp(0.0, 255.0) as u8;
    }
    jpeg(&other, dice.between(35, 95) as u8)
}

#[test]
fn m18_a_photo_sent_again_is_known_and_others_are_not() {
    let photos: Vec<GrayImage> = (1..=RECEIPTS).map(draw).collect();
    let known: Vec<Likeness> = photos.iter().map(|photo| of(&jpeg(photo, 80))).collect();
    let (mut same, mut alike) = (0, 0);
    for (place, photo) in photos.iter().enumerate() {
        let sent = of(&again(photo, place as u64 + 1));
        let kinship = known[place].kinship(sent);
        same += u64::from(kinship == Kinship::Same);
        alike += u64::from(kinship != Kinship::Other);
    }
    let (mut wrong_same, mut wrong_alike) = (0, 0);
    for (place, one) in known.iter().enumerate() {
        let others = known
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != place);
        let kinships: Vec<Kinship> = others.map(|(_, other)| one.kinship(*other)).collect();
        wrong_same += u64::from(kinships.contains(&Kinship::Same));
        wrong_alike += u64::from(kinships.iter().any(|kinship| *kinship != Kinship::Other));
    }
    println!(
        "of {RECEIPTS}: known as the same {same}, worth a look {alike}; false {wrong_same}, {wrong_alike}"
    );
    assert!(alike >= RECEIPTS * 97 / 100, "{alike}");
    assert!(same >= RECEIPTS * 80 / 100, "{same}");
    assert!(wrong_alike <= RECEIPTS / 100, "{wrong_alike}");
    assert_eq!(wrong_same, 0);
}

#[test]
fn its_text_comes_back_and_strange_bytes_have_none() {
    let likeness = of(&jpeg(&draw(3), 80));
    assert_eq!(Likeness::from_text(&likeness.to_text()), Some(likeness));
    for bad in [
        "",
        "123",
        "0123456789ABCDEF0123456789ABCDEF",
        "+123456789abcdef0123456789abcdef",
        "0123456789abcdef0123456789abcdeg",
    ] {
        assert_eq!(Likeness::from_text(bad), None, "{bad}");
    }
    let limits = ScanLimits::default();
    assert!(carrot_scan::likeness(b"no picture", &limits).is_err());
    let mut png = Vec::new();
    draw(4)
        .write_to(&mut Cursor::new(&mut png), ImageFormat::Png)
        .unwrap();
    png.truncate(png.len() / 2);
    assert!(carrot_scan::likeness(&png, &limits).is_err());
}
