//! QR, micro QR and Data Matrix by rxing, at several sizes.

use std::collections::HashSet;

use rxing::common::HybridBinarizer;
use rxing::datamatrix::DataMatrixReader;
use rxing::multi::MultipleBarcodeReader;
use rxing::qrcode::QRCodeReader;
use rxing::qrcode::cpp_port::QrReader;
use rxing::{
    BarcodeFormat, BinaryBitmap, DecodeHints, Luma8LuminanceSource, RXingResult,
    RXingResultMetadataType, RXingResultMetadataValue, Reader,
};

use crate::geometry::{self, View};
use crate::{Engine, Format, Luma, Prepared, Reading, Span, Stop, Symbol, payload};

/// Pictures larger than this on a side are not doubled.
const DOUBLE_SIDE_MAX: u32 = 1200;
/// Halving stops when a side would fall below this.
const HALF_SIDE_MIN: u32 = 60;
/// Data Matrix codes looked for in one picture; each costs another pass.
const DATA_MATRIX_MAX: usize = 12;

pub(crate) type Bitmap = BinaryBitmap<HybridBinarizer<Luma8LuminanceSource>>;

/// At what size to look.
#[derive(Debug, Clone, Copy)]
pub(crate) enum MatrixView {
    /// As it is.
    Full,
    /// At half the size, and halved again while still larger than a megapixel:
    /// mends codes that fill the frame.
    Halves,
    /// At twice the size, for small pictures.
    Double,
    /// Each pixel the mean of nine: noise and print dots.
    Blurred,
}

/// How hard to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effort {
    Fast,
    /// Every line is searched for finder patterns, and white on black is tried.
    Hard,
}

pub(crate) struct Matrix {
    pub view: MatrixView,
    pub effort: Effort,
}

impl Engine for Matrix {
    fn read(&self, luma: &Prepared, stop: &Stop) -> Vec<Reading> {
        match self.view {
            MatrixView::Full => read_view(&geometry::same(luma), self.effort),
            MatrixView::Double if luma.width.max(luma.height) <= DOUBLE_SIDE_MAX => {
                read_view(&geometry::double(luma), self.effort)
            }
            MatrixView::Double => Vec::new(),
            MatrixView::Blurred => {
                let down = geometry::smoothed_down(luma, 1);
                let upright = geometry::transposed(&down.luma);
                let both = geometry::smoothed_down(&upright.luma, 1).within(&upright);
                read_view(&both, self.effort)
            }
            MatrixView::Halves => self.read_halves(luma, stop),
        }
    }
}

impl Matrix {
    fn read_halves(&self, luma: &Luma, stop: &Stop) -> Vec<Reading> {
        let mut readings = Vec::new();
        let mut scale = 1.0;
        let mut current = Luma::clone(luma);
        while current.width.min(current.height) / 2 >= HALF_SIDE_MIN && !stop.is_set() {
            let large = current.pixels.len() > 1_000_000;
            let view = geometry::half(&current);
            readings.extend(
                read_view(&view, self.effort)
                    .into_iter()
                    .map(|mut reading| {
                        reading.span = reading.span.map(|s| scaled(s, scale));
                        reading
                    }),
            );
            if !large {
                break;
            }
            scale *= 2.0;
            current = view.luma;
        }
        readings
    }
}

fn scaled(span: Span, scale: f32) -> Span {
    Span {
        left: span.left * scale,
        top: span.top * scale,
        right: span.right * scale,
        bottom: span.bottom * scale,
    }
}

pub(crate) fn bitmap(luma: &Luma) -> Option<Bitmap> {
    let source = Luma8LuminanceSource::new(luma.pixels.clone(), luma.width, luma.height).ok()?;
    Some(BinaryBitmap::new(HybridBinarizer::new(source)))
}

fn hints(effort: Effort) -> DecodeHints {
    DecodeHints {
        PossibleFormats: Some(HashSet::from([
            BarcodeFormat::QR_CODE,
            BarcodeFormat::MICRO_QR_CODE,
            BarcodeFormat::RECTANGULAR_MICRO_QR_CODE,
            BarcodeFormat::DATA_MATRIX,
        ])),
        TryHarder: Some(effort == Effort::Hard),
        ..DecodeHints::default()
    }
}

fn read_view(view: &View, effort: Effort) -> Vec<Reading> {
    let hints = hints(effort);
    let Some(mut bitmap) = bitmap(&view.luma) else {
        return Vec::new();
    };
    let mut results = read_bitmap(&mut bitmap, &hints);
    results.extend(more_data_matrix(&view.luma, &results, &hints));
    if results.is_empty() && effort == Effort::Hard {
        bitmap.invert();
        results = read_bitmap(&mut bitmap, &hints);
    }
    results
        .iter()
        .filter_map(|result| to_reading(result, view))
        .collect()
}

/// Every QR code and one Data Matrix.
fn read_bitmap(bitmap: &mut Bitmap, hints: &DecodeHints) -> Vec<RXingResult> {
    let mut results = QrReader
        .decode_multiple_with_hints(bitmap, hints)
        .unwrap_or_default();
    if results.is_empty() {
        // The older reader finds a few codes that the newer one does not.
        results.extend(QRCodeReader.decode_with_hints(bitmap, hints));
    }
    results.extend(DataMatrixReader.decode_with_hints(bitmap, hints));
    results
}

/// rxing gives one Data Matrix a picture: paint over it and look again.
fn more_data_matrix(luma: &Luma, found: &[RXingResult], hints: &DecodeHints) -> Vec<RXingResult> {
    let is_matrix = |r: &&RXingResult| *r.getBarcodeFormat() == BarcodeFormat::DATA_MATRIX;
    let Some(first) = found.iter().find(is_matrix) else {
        return Vec::new();
    };
    let mut rest = luma.clone();
    let mut next = Some(first.clone());
    let mut more = Vec::new();
    while let Some(result) = next.take() {
        let Some(span) = span_of(&result) else { break };
        paint_white(&mut rest, &span);
        if more.len() + 1 >= DATA_MATRIX_MAX {
            break;
        }
        let found =
            bitmap(&rest).and_then(|mut b| DataMatrixReader.decode_with_hints(&mut b, hints).ok());
        if let Some(found) = found {
            // A reading at a place already painted over would come for ever.
            if span_of(&found).is_some_and(|new| new != span) {
                more.push(found.clone());
                next = Some(found);
            }
        }
    }
    more
}

fn paint_white(luma: &mut Luma, span: &Span) {
    let clamp = |v: f32, max: u32| (v.max(0.0) as usize).min(max as usize);
    let (left, right) = (
        clamp(span.left, luma.width),
        clamp(span.right + 2.0, luma.width),
    );
    let (top, bottom) = (
        clamp(span.top, luma.height),
        clamp(span.bottom + 2.0, luma.height),
    );
    let rows = luma.pixels.chunks_exact_mut(luma.width as usize);
    for row in rows.skip(top).take(bottom.saturating_sub(top)) {
        if let Some(part) = row.get_mut(left..right) {
            part.fill(255);
        }
    }
}

fn span_of(result: &RXingResult) -> Option<Span> {
    Span::around(result.getPoints().iter().map(|p| (p.x, p.y)))
}

fn to_reading(result: &RXingResult, view: &View) -> Option<Reading> {
    let format = match result.getBarcodeFormat() {
        BarcodeFormat::QR_CODE => Format::QrCode,
        BarcodeFormat::MICRO_QR_CODE => Format::MicroQrCode,
        BarcodeFormat::RECTANGULAR_MICRO_QR_CODE => Format::RectangularMicroQrCode,
        BarcodeFormat::DATA_MATRIX => Format::DataMatrix,
        _ => return None,
    };
    let (text, bytes) = match format {
        Format::DataMatrix => payload::settle_widened(result.getText()),
        _ => payload::settle(result.getText(), &raw_payload(result)),
    };
    let span = Span::around(
        result
            .getPoints()
            .iter()
            .map(|p| view.to_original(p.x, p.y)),
    );
    Some(Reading {
        symbol: Symbol {
            format,
            text,
            bytes,
        },
        span,
    })
}

/// The payload's bytes before any charset was applied; empty when the reader
/// keeps only codewords.
fn raw_payload(result: &RXingResult) -> Vec<u8> {
    let meta = result.getRXingResultMetadata();
    if let Some(RXingResultMetadataValue::ByteSegments(segments)) =
        meta.get(&RXingResultMetadataType::BYTE_SEGMENTS)
    {
        return segments.concat();
    }
    // Only the newer QR reader, told by its structured-append entry, puts the
    // payload where the other puts codewords.
    let is_payload = meta.contains_key(&RXingResultMetadataType::STRUCTURED_APPEND_SEQUENCE);
    if is_payload {
        result.getRawBytes().to_vec()
    } else {
        Vec::new()
    }
}
