//! Every code by `ZXing-C++`, a C++ library: only with the feature
//! `scan-zxing-cpp`, which needs cmake and a C++20 compiler.

use zxingcpp::{Barcode, BarcodeFormat, ContentType, ImageFormat, ImageView, TextMode};

use crate::prepared::Prepared;
use crate::{Engine, Format, Reading, Span, Stop, Symbol, payload};

/// Lines that must agree on a linear code.
const LINES_MIN: i32 = 3;

const FORMATS: [BarcodeFormat; 10] = [
    BarcodeFormat::QRCode,
    BarcodeFormat::MicroQRCode,
    BarcodeFormat::RMQRCode,
    BarcodeFormat::DataMatrix,
    BarcodeFormat::EAN13,
    BarcodeFormat::EAN8,
    BarcodeFormat::UPCA,
    BarcodeFormat::UPCE,
    BarcodeFormat::Code128,
    BarcodeFormat::ITF,
];

/// Everything switched on: turned, inverted, smaller.
pub(crate) struct Zxing;

impl Engine for Zxing {
    fn read(&self, picture: &Prepared, _stop: &Stop) -> Vec<Reading> {
        let view = ImageView::from_slice(
            &picture.pixels,
            picture.width,
            picture.height,
            ImageFormat::Lum,
        );
        let reader = zxingcpp::read()
            .formats(FORMATS)
            .text_mode(TextMode::Plain)
            .min_line_count(LINES_MIN);
        let barcodes = view.and_then(|view| reader.from(view)).unwrap_or_default();
        barcodes.iter().filter_map(to_reading).collect()
    }

    fn settles(&self) -> bool {
        true
    }
}

fn to_reading(barcode: &Barcode) -> Option<Reading> {
    let (format, skip) = match barcode.format() {
        BarcodeFormat::QRCode | BarcodeFormat::QRCodeModel1 | BarcodeFormat::QRCodeModel2 => {
            (Format::QrCode, 0)
        }
        BarcodeFormat::MicroQRCode => (Format::MicroQrCode, 0),
        BarcodeFormat::RMQRCode => (Format::RectangularMicroQrCode, 0),
        BarcodeFormat::DataMatrix => (Format::DataMatrix, 0),
        // A UPC-A code is the EAN-13 code that begins with a zero.
        BarcodeFormat::EAN13 if barcode.bytes().first() == Some(&b'0') => (Format::UpcA, 1),
        BarcodeFormat::EAN13 => (Format::Ean13, 0),
        BarcodeFormat::UPCA => (Format::UpcA, usize::from(barcode.bytes().len() == 13)),
        BarcodeFormat::EAN8 => (Format::Ean8, 0),
        BarcodeFormat::UPCE => (Format::UpcE, 0),
        BarcodeFormat::Code128 => (Format::Code128, 0),
        BarcodeFormat::ITF => (Format::Itf, 0),
        _ => return None,
    };
    let raw = barcode.bytes();
    let raw = raw.get(skip..)?;
    let (text, bytes) = if format.is_linear() || barcode.content_type() == ContentType::GS1 {
        payload::settle_raw(raw)
    } else {
        payload::settle(&barcode.text(), raw)
    };
    let p = barcode.position();
    let corners = [p.top_left, p.top_right, p.bottom_right, p.bottom_left];
    Some(Reading {
        symbol: Symbol {
            format,
            text,
            bytes,
        },
        span: Span::around(corners.map(|p| (p.x as f32, p.y as f32))),
    })
}
