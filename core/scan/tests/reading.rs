//! What is read from clean drawings: formats, payloads, several codes at once.

use carrot_scan::{Format, Luma, ScanLimits, Symbol, scan_image_bytes, scan_luma};
use image::ImageFormat;

mod drawing;
use drawing::{bars, code_39, code_128, ean_8, ean_13, file, itf, jpeg, png, qr, sheet};

fn scan(luma: &Luma) -> Vec<Symbol> {
    scan_luma(luma, &ScanLimits::default()).expect("an answer")
}

fn one(luma: &Luma) -> (Format, String) {
    let symbols = scan(luma);
    assert_eq!(symbols.len(), 1, "{symbols:?}");
    (symbols[0].format, symbols[0].text.clone())
}

#[test]
fn linear_formats_are_read_with_their_names() {
    let cases = [
        (
            ean_13("4006381333931", 2, 60),
            Format::Ean13,
            "4006381333931",
        ),
        (ean_13("0012345678905", 2, 60), Format::UpcA, "012345678905"),
        (ean_8("96385074", 2, 60), Format::Ean8, "96385074"),
        (code_128("ƁCARROT-42", 2, 60), Format::Code128, "CARROT-42"),
        (code_39("CARROT42", 2, 60), Format::Code39, "CARROT42"),
        (itf("04006381333931", 2, 60), Format::Itf, "04006381333931"),
    ];
    for (luma, format, text) in cases {
        assert_eq!(one(&luma), (format, text.to_owned()));
    }
}

#[test]
fn format_names_are_those_of_the_json() {
    let formats = [
        Format::QrCode,
        Format::Ean13,
        Format::Ean8,
        Format::UpcA,
        Format::UpcE,
        Format::Code128,
    ];
    let names = ["qr_code", "ean_13", "ean_8", "upc_a", "upc_e", "code_128"];
    for (format, name) in formats.into_iter().zip(names) {
        assert_eq!(serde_json::to_value(format).expect("JSON"), name);
        assert_eq!(format.name(), name);
    }
    for format in [
        Format::Itf,
        Format::DataMatrix,
        Format::Code39,
        Format::MicroQrCode,
    ] {
        assert_eq!(serde_json::to_value(format).expect("JSON"), format.name());
    }
}

#[test]
fn gs1_128_keeps_its_separator_and_loses_its_identifier() {
    let luma = code_128("ĆŹ010400638133393110ƁLOT7Ź21ABC", 2, 60);
    let text = "010400638133393110LOT7\u{1d}21ABC".to_owned();
    assert_eq!(one(&luma), (Format::Code128, text));
}

#[test]
fn an_itf_code_that_is_short_or_wrong_is_not_believed() {
    // Six digits are a code of their own; four could be a part of any other.
    for symbol in scan(&itf("070429", 2, 60)) {
        assert_eq!(symbol.text, "070429");
    }
    assert_eq!(scan(&itf("0704", 2, 60)), []);
    assert_eq!(scan(&itf("04006381333932", 2, 60)), []);
}

#[test]
fn qr_payloads_come_as_their_bytes() {
    for text in [
        "https://example.org/c/7Q2M",
        "ключ ąęść åäö",
        "42",
        "UPPER CASE $%*",
    ] {
        let symbols = scan(&qr(text, 3));
        assert_eq!(symbols.len(), 1);
        assert_eq!(
            (symbols[0].text.as_str(), &*symbols[0].bytes),
            (text, text.as_bytes())
        );
    }
    let binary: Vec<u8> = (0..=255).collect();
    let code = fast_qr::QRBuilder::new(binary.clone())
        .build()
        .expect("a QR code");
    let modules = |x: u32, y: u32| {
        let (x, y) = ((x / 3) as usize, (y / 3) as usize);
        let inside = (4..code.size + 4).contains(&x) && (4..code.size + 4).contains(&y);
        if inside && code[y - 4][x - 4].value() {
            0
        } else {
            255
        }
    };
    let side = (code.size as u32 + 8) * 3;
    let symbols = scan(&drawing::picture(side, side, modules));
    assert_eq!(symbols.len(), 1);
    assert_eq!(symbols[0].bytes, binary);
}

#[test]
fn every_code_of_a_sheet_is_returned() {
    let (first, second, third) = (qr("first", 4), qr("second", 4), qr("third", 4));
    let ean = ean_13("4006381333931", 2, 60);
    let other = ean_13("9780201379624", 2, 60);
    let parts = [
        (10, 10, &first),
        (300, 20, &second),
        (20, 300, &third),
        (220, 300, &ean),
        (220, 420, &other),
    ];
    let mut texts: Vec<_> = scan(&sheet(560, 560, &parts))
        .into_iter()
        .map(|s| s.text)
        .collect();
    texts.sort();
    assert_eq!(
        texts,
        ["4006381333931", "9780201379624", "first", "second", "third"]
    );
}

#[test]
fn a_page_of_codes_is_read_whole() {
    let codes: Vec<Luma> = (0..48).map(|n| qr(&format!("label {n}"), 3)).collect();
    let side = codes[0].width;
    let place = |n: u32| ((n % 8) * (side + 6), (n / 8) * (side + 6));
    let parts: Vec<_> = (0u32..)
        .zip(&codes)
        .map(|(n, code)| (place(n).0, place(n).1, code))
        .collect();
    let page = sheet(8 * (side + 6), 6 * (side + 6), &parts);
    let texts: std::collections::BTreeSet<_> = scan(&page).into_iter().map(|s| s.text).collect();
    assert_eq!(texts.len(), 48);
}

#[test]
fn two_codes_on_one_line_are_both_returned() {
    let (left, right) = (
        ean_13("4006381333931", 2, 60),
        ean_13("9780201379624", 2, 60),
    );
    let row = sheet(520, 120, &[(10, 10, &left), (260, 10, &right)]);
    assert_eq!(scan(&row).len(), 2);
}

#[test]
fn codes_stand_upright_upside_down_and_white_on_black() {
    let ean = ean_13("4006381333931", 2, 60);
    let mut upside_down = ean.clone();
    upside_down.pixels.reverse();
    assert_eq!(one(&upside_down).1, "4006381333931");
    let upright = drawing::picture(ean.height, ean.width, |x, y| {
        ean.pixels[(x * ean.width + y) as usize]
    });
    assert_eq!(one(&upright).1, "4006381333931");
    let mut inverted = qr("inverted", 4);
    inverted.pixels.iter_mut().for_each(|p| *p = 255 - *p);
    assert_eq!(one(&inverted).1, "inverted");
}

#[test]
fn every_file_format_is_read() {
    let luma = qr("file formats", 4);
    let mut files = vec![jpeg(&luma)];
    for format in [
        ImageFormat::Png,
        ImageFormat::Gif,
        ImageFormat::Bmp,
        ImageFormat::WebP,
    ] {
        files.push(file(&luma, format));
    }
    for bytes in files {
        let symbols = scan_image_bytes(&bytes, &ScanLimits::default()).expect("an answer");
        assert_eq!(symbols.len(), 1);
        assert_eq!(symbols[0].text, "file formats");
    }
}

#[test]
fn transparent_paper_is_white() {
    let luma = qr("transparent", 4);
    let mut picture = image::GrayAlphaImage::new(luma.width, luma.height);
    for (pixel, &grey) in picture.pixels_mut().zip(&luma.pixels) {
        // The ink is opaque and the paper is clear black.
        *pixel = image::LumaA([0, if grey == 0 { 255 } else { 0 }]);
    }
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture
        .write_to(&mut bytes, ImageFormat::Png)
        .expect("a PNG");
    let symbols = scan_image_bytes(bytes.get_ref(), &ScanLimits::default()).expect("an answer");
    assert_eq!(symbols.len(), 1);
}

#[test]
fn a_picture_without_a_code_is_an_empty_answer() {
    let stripes: Vec<u8> = (0..120).map(|i| u8::from(i % 3 == 0)).collect();
    assert_eq!(scan(&bars(&stripes, 2, 80)), []);
    let bytes = png(&drawing::picture(64, 64, |_, _| 200));
    assert_eq!(
        scan_image_bytes(&bytes, &ScanLimits::default()),
        Ok(Vec::new())
    );
}
