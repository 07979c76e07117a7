//! What is printed can be read: sheets are drawn to pixels and looked at by the scanner. Long work can
//! be stopped and goes on.

use std::io::Read as _;
use std::path::PathBuf;

use carrot_rules::entity::SeriesKind;
use carrot_scan::ScanLimits;
use carrot_server::series::{self, Range, SeriesWish, SheetLayout};
use carrot_server::store::ProgrammeRow;
use carrot_server::{Store, Tx};
use image::{GrayImage, Luma};

use super::long;
use crate::server::import::{self, ImportArgs};

const DUO: &str = "09520001000010";

/// The demo's programme in a folder of its own.
async fn demo() -> (tempfile::TempDir, Store, ProgrammeRow) {
    let folder = tempfile::tempdir().unwrap();
    let files = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("demo");
    let args = ImportArgs::all(files, folder.path().to_owned(), false);
    import::run(args).await.unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let programme = store.programmes().await.unwrap().remove(0);
    (folder, store, programme)
}

fn wish(kind: SeriesKind, pieces: i64) -> SeriesWish {
    SeriesWish {
        code: "spring-2027".to_owned(),
        product: DUO.to_owned(),
        kind,
        pieces,
        levels: Default::default(),
        serial_first: None,
        ends_ms: None,
    }
}

/// Bytes for codes, the same in every run.
fn bytes() -> impl FnMut() -> carrot_server::Result<[u8; 10]> + Send {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let mut bytes = [0; 10];
        bytes[2..].copy_from_slice(&state.to_be_bytes());
        Ok(bytes)
    }
}

async fn make((store, programme): (&Store, &ProgrammeRow), wish: &SeriesWish, go_on: bool) -> i64 {
    let mut bytes = bytes();
    let taken = {
        let mut tx = store.begin(programme.id).await.unwrap();
        let state = series::state(&mut tx, &wish.code).await;
        state.map_or(0, |state| state.codes)
    };
    // A run that goes on must not begin its bytes anew.
    for _ in 0..taken {
        bytes().unwrap();
    }
    let mut go_on = |_| go_on;
    let made = long::begin_and_fill(store, programme, (wish, &mut bytes), &mut go_on);
    made.await.unwrap().codes
}

/// The page's drawing: everything between `stream` and `endstream`, unpacked.
fn drawings(pdf: &[u8]) -> Vec<String> {
    let find = |from: usize, what: &[u8]| {
        let rest = pdf.get(from..)?;
        let at = rest.windows(what.len()).position(|window| window == what)?;
        Some(from + at)
    };
    let (mut at, mut found) = (0, Vec::new());
    while let Some(start) = find(at, b"stream\n") {
        let end = find(start, b"endstream").unwrap();
        let mut text = String::new();
        let mut unpacked = Vec::new();
        flate2::read::ZlibDecoder::new(&pdf[start + 7..end])
            .read_to_end(&mut unpacked)
            .unwrap();
        text.push_str(&String::from_utf8_lossy(&unpacked));
        found.push(text);
        at = end + 9;
    }
    found
}

/// The drawing's filled rectangles as a picture of A4, so many pixels to the point.
fn picture(drawing: &str, scale: f32) -> GrayImage {
    let (width, height) = (595.276 * scale, 841.89 * scale);
    let mut image = GrayImage::from_pixel(width as u32 + 1, height as u32 + 1, Luma([255]));
    for line in drawing.lines() {
        let Some(numbers) = line.strip_suffix(" re") else {
            continue;
        };
        let numbers: Vec<f32> = numbers.split(' ').map(|one| one.parse().unwrap()).collect();
        let [left, bottom, wide, high] = numbers[..] else {
            panic!("{line}")
        };
        let from = (
            (left * scale).round(),
            (height - (bottom + high) * scale).round(),
        );
        let to = (
            ((left + wide) * scale).round(),
            (height - bottom * scale).round(),
        );
        for y in from.1 as u32..to.1 as u32 {
            for x in from.0 as u32..to.0 as u32 {
                image.put_pixel(x, y, Luma([0]));
            }
        }
    }
    image
}

async fn sheet(tx: &mut Tx, layout: SheetLayout) -> Vec<u8> {
    let range = Range {
        level: 0,
        first: 0,
        count: i64::from(layout.columns) * i64::from(layout.rows),
    };
    series::sheet(tx, "spring-2027", Some(range), (layout, "pl"), "test")
        .await
        .unwrap()
}

/// Every code of a sheet, as the scanner reads it when it is held before one label after another.
fn read_back(pdf: &[u8], layout: SheetLayout) -> Vec<String> {
    assert!(pdf.starts_with(b"%PDF-"));
    let mut texts = Vec::new();
    for drawing in drawings(pdf) {
        let page = picture(&drawing, 4.0);
        let (columns, rows) = (u32::from(layout.columns), u32::from(layout.rows));
        // A centimetre is white all around.
        let margin = 113;
        let width = (page.width() - 2 * margin) / columns;
        let height = (page.height() - 2 * margin) / rows;
        for label in 0..columns * rows {
            let x = margin + label % columns * width;
            let y = margin + label / columns * height;
            let label = image::imageops::crop_imm(&page, x, y, width, height).to_image();
            let mut bytes = std::io::Cursor::new(Vec::new());
            label.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
            let found = carrot_scan::scan_image_bytes(bytes.get_ref(), &ScanLimits::default());
            texts.extend(found.unwrap().into_iter().map(|symbol| symbol.text));
        }
    }
    texts.sort();
    texts.dedup();
    texts
}

#[tokio::test]
async fn f015_what_was_printed_can_be_read() {
    let (_folder, store, programme) = demo().await;
    for (kind, layout) in [
        (
            SeriesKind::Signed,
            SheetLayout {
                columns: 3,
                rows: 4,
            },
        ),
        (
            SeriesKind::Typed,
            SheetLayout {
                columns: 3,
                rows: 4,
            },
        ),
    ] {
        let mut wish = wish(kind, 12);
        if kind == SeriesKind::Typed {
            wish.code = "autumn-2027".to_owned();
        }
        make((&store, &programme), &wish, true).await;
        let mut tx = store.begin(programme.id).await.unwrap();
        let range = Range {
            level: 0,
            first: 0,
            count: 12,
        };
        let pdf = series::sheet(&mut tx, &wish.code, Some(range), (layout, "pl"), "test");
        let pdf = pdf.await.unwrap();
        let labels = series::labels(&mut tx, &wish.code, None)
            .await
            .unwrap()
            .labels;
        let mut wanted: Vec<String> = labels.into_iter().map(|label| label.code).collect();
        wanted.sort();
        assert_eq!(read_back(&pdf, layout), wanted, "{kind:?}");
    }
    store.close().await;
}

#[tokio::test]
async fn labels_too_small_for_their_codes_are_refused() {
    let (_folder, store, programme) = demo().await;
    let wish = wish(SeriesKind::Signed, 200);
    make((&store, &programme), &wish, true).await;
    let mut tx = store.begin(programme.id).await.unwrap();
    let pages = sheet(&mut tx, SheetLayout::default()).await;
    assert_eq!(drawings(&pages).len(), 1);
    let small = SheetLayout {
        columns: 10,
        rows: 20,
    };
    let refused = series::sheet(&mut tx, "spring-2027", None, (small, "en"), "test").await;
    assert!(refused.unwrap_err().to_string().starts_with("sheet_layout"));
    drop(tx);
    store.close().await;
}

#[tokio::test]
async fn long_work_stops_and_goes_on() {
    let (folder, store, programme) = demo().await;
    let wish = wish(SeriesKind::Typed, 6_000);
    let here = (&store, &programme);
    assert_eq!(make(here, &wish, false).await, 2_000);
    assert_eq!(make(here, &wish, true).await, 6_000);
    let range = Range {
        level: 0,
        first: 0,
        count: 6_000,
    };
    let file = folder.path().join("codes.csv");
    let asked = ("spring-2027", range);
    let stopped = long::write(&store, &programme, asked, &file, &mut |_| false).await;
    assert!(!stopped.unwrap());
    assert!(
        long::write(&store, &programme, asked, &file, &mut |_| true)
            .await
            .unwrap()
    );
    let text = std::fs::read_to_string(&file).unwrap();
    let mut rows: Vec<&str> = text.lines().collect();
    assert_eq!((rows.len(), rows[0]), (6_001, "code,words"));
    rows.sort_unstable();
    rows.dedup();
    assert_eq!(rows.len(), 6_001);
    store.close().await;
}

#[tokio::test]
async fn another_series_of_the_same_name_is_not_gone_on_with() {
    let (_folder, store, programme) = demo().await;
    let cartons = |pieces| SeriesWish {
        levels: [("carton".to_owned(), pieces)].into(),
        ..wish(SeriesKind::Signed, 480)
    };
    assert_eq!(make((&store, &programme), &cartons(10), true).await, 480);
    assert_eq!(make((&store, &programme), &cartons(10), true).await, 480);
    let mut go_on = |_| true;
    let wish = cartons(12);
    let refused = long::begin_and_fill(&store, &programme, (&wish, &mut bytes()), &mut go_on).await;
    assert!(refused.unwrap_err().to_string().contains("series_exists"));
    store.close().await;
}
