//! Sheets of labels as PDF: A4 in columns and rows, each label a square code drawn as shapes, the words
//! beside it and the product's name.

use carrot_rules::entity::Product;
use fast_qr::{ECL, QRBuilder};
use pdf_writer::{Content, Filter, Finish as _, Name, Pdf, Rect, Ref, Str};
use serde_json::json;
use std::io::Write as _;

use super::{Label, Range, labels};
use crate::error::{Error, Result};
use crate::store::Tx;

/// A4 in points.
const PAGE: (f32, f32) = (595.276, 841.89);
/// White around the labels of a page, points.
const MARGIN: f32 = 28.35;
/// White around a square code, in its own modules, as its standard asks for.
const QUIET_MODULES: f32 = 4.0;
/// The smallest module that printers and cameras manage, points (0.3 mm).
const MODULE_MIN: f32 = 0.85;
/// The most labels of one document.
const SHEET_LABELS_MAX: i64 = 10_000;
/// Letters' height, points.
const LETTERS: f32 = 6.0;

/// How labels stand on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SheetLayout {
    /// Labels beside each other, 1 to 10.
    pub columns: u8,
    /// Labels below each other, 1 to 20.
    pub rows: u8,
}

impl Default for SheetLayout {
    fn default() -> Self {
        Self {
            columns: 4,
            rows: 6,
        }
    }
}

/// A PDF with the labels of a part of a series, names in the given language where the document's
/// letters can write them. The caller commits: the log says that codes left the house.
///
/// Refuses with `series_unknown`, `series_range`, `series_void`, `sheet_layout`.
pub async fn sheet(
    tx: &mut Tx,
    code: &str,
    range: Option<Range>,
    (layout, language): (SheetLayout, &str),
    actor: &str,
) -> Result<Vec<u8>> {
    let in_bounds = (1..=10).contains(&layout.columns) && (1..=20).contains(&layout.rows);
    if !in_bounds {
        let what = "1 to 10 columns and 1 to 20 rows";
        return Err(Error::refused("sheet_layout", what));
    }
    let series = super::series(tx, code).await?;
    let range = range.unwrap_or(Range {
        level: 0,
        first: 0,
        count: series.pieces,
    });
    if range.count > SHEET_LABELS_MAX {
        let what = format!("at most {SHEET_LABELS_MAX} labels in one document: print parts");
        return Err(Error::refused("series_range", what));
    }
    let found = labels(tx, code, Some(range)).await?;
    let product = tx.entity::<Product>(&series.product).await?;
    let name = product.map_or_else(String::new, |product| written_name(&product, language));
    let labels = found.labels;
    let detail = json!({"codes": labels.len(), "secret": true});
    tx.audit(actor, "series.sheet", code, &detail).await?;
    tokio::task::spawn_blocking(move || draw(&labels, &name, layout))
        .await
        .map_err(|error| Error::Damaged(format!("drawing: {error}")))?
}

/// The product's name in a language whose letters every PDF reader has, else its number.
fn written_name(product: &Product, language: &str) -> String {
    let wanted = [product.name.get(language), product.name.get("en")];
    let names = wanted.into_iter().flatten().chain(product.name.values());
    let mut writable = names.filter(|name| name.chars().all(|c| letter(c).is_some()));
    writable.next().unwrap_or(&product.gtin).clone()
}

/// A letter's byte in the encoding of the document's own font.
fn letter(c: char) -> Option<u8> {
    match c {
        ' '..='~' | '\u{a0}'..='\u{ff}' => u8::try_from(u32::from(c)).ok(),
        _ => None,
    }
}

fn letters(text: &str) -> Vec<u8> {
    text.chars().map(|c| letter(c).unwrap_or(b'?')).collect()
}

/// Draws all pages.
fn draw(labels: &[Label], name: &str, layout: SheetLayout) -> Result<Vec<u8>> {
    let (mut pdf, font) = (Pdf::new(), Ref::new(3));
    let (catalog, tree) = (Ref::new(1), Ref::new(2));
    let of_page = usize::from(layout.columns) * usize::from(layout.rows);
    let mut next = 4;
    let mut fresh = || {
        let id = Ref::new(next);
        next += 1;
        id
    };
    let mut pages = Vec::new();
    for part in labels.chunks(of_page) {
        let (page, content) = (fresh(), fresh());
        let mut drawn = pdf.page(page);
        drawn.parent(tree).contents(content);
        drawn.media_box(Rect::new(0.0, 0.0, PAGE.0, PAGE.1));
        drawn.resources().fonts().pair(Name(b"F"), font);
        drawn.finish();
        let bytes = packed(&draw_page(part, name, layout)?)?;
        pdf.stream(content, &bytes).filter(Filter::FlateDecode);
        pages.push(page);
    }
    let count = i32::try_from(pages.len()).unwrap_or(i32::MAX);
    pdf.catalog(catalog).pages(tree);
    pdf.pages(tree).count(count).kids(pages);
    pdf.type1_font(font)
        .base_font(Name(b"Helvetica"))
        .encoding_predefined(Name(b"WinAnsiEncoding"));
    Ok(pdf.finish())
}

fn packed(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(bytes)?;
    Ok(packer.finish()?)
}

fn draw_page(labels: &[Label], name: &str, layout: SheetLayout) -> Result<Vec<u8>> {
    let mut content = Content::new();
    let width = (PAGE.0 - 2.0 * MARGIN) / f32::from(layout.columns);
    let height = (PAGE.1 - 2.0 * MARGIN) / f32::from(layout.rows);
    let (mut column, mut row) = (0_u8, 1_u8);
    for label in labels {
        let left = MARGIN + f32::from(column) * width;
        // PDF counts from the bottom.
        let bottom = PAGE.1 - MARGIN - f32::from(row) * height;
        draw_label(&mut content, (label, name), (left, bottom, width, height))?;
        column += 1;
        if column >= layout.columns {
            (column, row) = (0, row.saturating_add(1));
        }
    }
    Ok(content.finish().into_vec())
}

fn draw_label(
    content: &mut Content,
    (label, name): (&Label, &str),
    (left, bottom, width, height): (f32, f32, f32, f32),
) -> Result<()> {
    let text = 2.0 * (LETTERS + 2.0);
    let side = width.min(height - text);
    draw_square(
        content,
        &label.code,
        (left + (width - side) / 2.0, bottom + text, side),
    )?;
    for (line, words) in [(1.0, label.words.as_str()), (0.0, name)] {
        // Helvetica's letters are half as wide as high, nearly.
        let fits = (f64::from(width) / (f64::from(LETTERS) * 0.56)) as usize;
        let shown: String = words.chars().take(fits).collect();
        let bytes = letters(&shown);
        content.begin_text().set_font(Name(b"F"), LETTERS);
        content.next_line(left + 4.0, bottom + 2.0 + line * (LETTERS + 2.0));
        content.show(Str(&bytes)).end_text();
    }
    Ok(())
}

/// A square code as rectangles, each a run of dark modules.
fn draw_square(
    content: &mut Content,
    text: &str,
    (left, bottom, side): (f32, f32, f32),
) -> Result<()> {
    let code = QRBuilder::new(text)
        .ecl(ECL::M)
        .build()
        .map_err(|error| Error::Damaged(format!("QR: {error}")))?;
    let modules = f32::from(u16::try_from(code.size).unwrap_or(u16::MAX));
    let module = side / (modules + 2.0 * QUIET_MODULES);
    if module < MODULE_MIN {
        let what = "the labels are too small for their square codes: fewer columns or rows";
        return Err(Error::refused("sheet_layout", what));
    }
    let place = |at: usize| f32::from(u16::try_from(at).unwrap_or(u16::MAX));
    for y in 0..code.size {
        let mut x = 0;
        while x < code.size {
            let dark = code[y].iter().skip(x).take_while(|module| module.value());
            let run = dark.count();
            if run > 0 {
                let from_top = QUIET_MODULES + place(y) + 1.0;
                content.rect(
                    left + (QUIET_MODULES + place(x)) * module,
                    bottom + side - from_top * module,
                    place(run) * module,
                    module,
                );
            }
            x += run.max(1);
        }
    }
    content.fill_nonzero();
    Ok(())
}
