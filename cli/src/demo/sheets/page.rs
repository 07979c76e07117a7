//! A page of codes in two columns, with captions in a bitmap font.

use std::path::Path;

use anyhow::anyhow;
use barcoders::sym::ean13::EAN13;
use font8x8::{BASIC_FONTS, LATIN_FONTS, UnicodeFonts as _};
use image::{GrayImage, Luma, imageops};

use crate::server::qr;

const WIDTH: u32 = 1_240;
const MARGIN: u32 = 60;
const COLUMNS: u32 = 2;
const CELL: u32 = (WIDTH - 2 * MARGIN) / COLUMNS;
/// Pixels of the font's dots in captions.
const CAPTION: u32 = 2;
const HEADING: u32 = 3;
const GLYPH: u32 = 8;
const BAR: u32 = 4;
const BAR_HEIGHT: u32 = 160;
const WHITE: Luma<u8> = Luma([255]);
const BLACK: Luma<u8> = Luma([0]);

/// A page while it is filled.
pub struct Page {
    heading: String,
    cells: Vec<GrayImage>,
}

impl Page {
    /// An empty page.
    pub fn new(heading: &str) -> Self {
        Self {
            heading: heading.to_owned(),
            cells: Vec::new(),
        }
    }

    /// Adds a square code with captions.
    pub fn square(
        &mut self,
        text: &str,
        module_pixels: u32,
        captions: &[&str],
    ) -> anyhow::Result<()> {
        self.cells
            .push(cell(&qr::picture(text, module_pixels)?, captions));
        Ok(())
    }

    /// Adds an EAN-13, its digits under it.
    pub fn bars(&mut self, thirteen: &str, name: &str) -> anyhow::Result<()> {
        let code = EAN13::new(thirteen).map_err(|error| anyhow!("{thirteen}: {error}"))?;
        let modules = code.encode();
        let quiet = 11;
        let width = (u32::try_from(modules.len())? + 2 * quiet) * BAR;
        let dark = |x: u32| -> bool {
            let at = (x / BAR)
                .checked_sub(quiet)
                .and_then(|at| usize::try_from(at).ok());
            at.and_then(|at| modules.get(at))
                .is_some_and(|module| *module == 1)
        };
        let picture = GrayImage::from_fn(
            width,
            BAR_HEIGHT,
            |x, _| if dark(x) { BLACK } else { WHITE },
        );
        self.cells.push(cell(&picture, &[thirteen, name]));
        Ok(())
    }

    /// Draws the page.
    pub fn save(&self, path: &Path) -> anyhow::Result<()> {
        let top = MARGIN + GLYPH * HEADING + MARGIN;
        let rows: Vec<&[GrayImage]> = self.cells.chunks(usize::try_from(COLUMNS)?).collect();
        let height_of =
            |row: &&[GrayImage]| row.iter().map(GrayImage::height).max().unwrap_or(0) + MARGIN / 2;
        let height = top + rows.iter().map(height_of).sum::<u32>() + MARGIN;
        let mut page = GrayImage::from_pixel(WIDTH, height, WHITE);
        write(&mut page, (MARGIN, MARGIN), HEADING, &self.heading);
        let mut y = top;
        for row in &rows {
            let mut x = MARGIN;
            for cell in row.iter() {
                imageops::replace(&mut page, cell, i64::from(x), i64::from(y));
                x += CELL;
            }
            y += height_of(row);
        }
        page.save(path)?;
        Ok(())
    }
}

fn cell(picture: &GrayImage, captions: &[&str]) -> GrayImage {
    let line = GLYPH * CAPTION + 8;
    let height = picture.height() + line * u32::try_from(captions.len()).unwrap_or(0) + 8;
    let mut cell = GrayImage::from_pixel(CELL, height, WHITE);
    imageops::replace(&mut cell, picture, 0, 0);
    let mut y = picture.height() + 8;
    for caption in captions {
        write(&mut cell, (8, y), CAPTION, caption);
        y += line;
    }
    cell
}

/// Writes a text, smaller where it would not fit; characters that the font lacks become a question
/// mark.
fn write(picture: &mut GrayImage, (left, top): (u32, u32), dot: u32, text: &str) {
    let letters = u32::try_from(text.chars().count())
        .unwrap_or(u32::MAX)
        .max(1);
    let room = picture.width().saturating_sub(left) / letters.saturating_mul(GLYPH);
    let dot = dot.min(room).max(1);
    let mut x = left;
    for character in text.chars() {
        let glyph = BASIC_FONTS
            .get(character)
            .or_else(|| LATIN_FONTS.get(character))
            .or_else(|| BASIC_FONTS.get('?'));
        for (row, bits) in (0_u32..).zip(glyph.unwrap_or_default()) {
            for column in 0..GLYPH {
                if bits >> column & 1 == 1 {
                    square(picture, (x + column * dot, top + row * dot), dot);
                }
            }
        }
        x += GLYPH * dot;
    }
}

fn square(picture: &mut GrayImage, (left, top): (u32, u32), side: u32) {
    for y in top..(top + side).min(picture.height()) {
        for x in left..(left + side).min(picture.width()) {
            picture.put_pixel(x, y, BLACK);
        }
    }
}
