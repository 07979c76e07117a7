//! QR, micro QR and rectangular micro QR by rxing's finder and decoder, on the
//! picture at several sizes.

use rxing::common::cpp_essentials::{ConcentricPattern, DecoderResult};
use rxing::common::{BitMatrix, DetectorRXingResult};
use rxing::qrcode::cpp_port::decoder::Decode;
use rxing::qrcode::cpp_port::detector::{
    FindFinderPatterns, GenerateFinderPatternSets, SampleMQR, SampleQR, SampleRMQR,
};
use rxing::{Point, qrcode::detector::QRCodeDetectorResult};

use crate::geometry;
use crate::prepared::Prepared;
use crate::{Engine, Format, Reading, Span, Stop, Symbol, payload};

/// At what size to look, and how hard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum QrView {
    /// As it is.
    Full,
    /// At half the size, and halved again while still larger than a megapixel:
    /// mends codes that fill the frame and blur.
    Halves,
    /// As it is, every third line searched, then white on black.
    Hard,
    /// At twice the size, for small pictures.
    Double,
    /// Each pixel the mean of nine: noise and print dots.
    Blurred,
}

pub(crate) struct Qr(pub QrView);

impl Engine for Qr {
    fn read(&self, picture: &Prepared, stop: &Stop) -> Vec<Reading> {
        match self.0 {
            QrView::Full => {
                let readings = read_view(picture, 1.0, false);
                picture.note(&readings);
                readings
            }
            QrView::Halves => read_halves(picture, stop),
            QrView::Hard => read_hard(picture),
            QrView::Double if seen_nearby(picture) => picture
                .double()
                .map(|double| read_view(double, 0.5, true))
                .unwrap_or_default(),
            QrView::Blurred if seen_nearby(picture) => Prepared::new(geometry::blurred(picture))
                .map(|blurred| read_view(&blurred, 1.0, true))
                .unwrap_or_default(),
            QrView::Double | QrView::Blurred => Vec::new(),
        }
    }
}

/// Whether the picture or its half shows any finder pattern: without one the
/// costly looks find none either.
pub(crate) fn seen_nearby(picture: &Prepared) -> bool {
    let half = || {
        picture
            .half()
            .is_some_and(|half| !half.finders().is_empty())
    };
    !picture.finders().is_empty() || half()
}

/// The finder patterns of a black and white picture, thinly searched.
pub(crate) fn finders(matrix: &BitMatrix) -> Vec<ConcentricPattern> {
    FindFinderPatterns(matrix, false, 0)
}

fn read_halves(picture: &Prepared, stop: &Stop) -> Vec<Reading> {
    let mut readings = Vec::new();
    let (mut current, mut scale) = (picture, 1.0);
    while let Some(half) = current.half().filter(|_| !stop.is_set()) {
        scale *= 2.0;
        readings.extend(read_view(half, scale, false));
        if current.pixels.len() <= 1_000_000 {
            break;
        }
        current = half;
    }
    readings
}

fn read_hard(picture: &Prepared) -> Vec<Reading> {
    if seen_nearby(picture) {
        let readings = read_view(picture, 1.0, true);
        if !readings.is_empty() {
            return readings;
        }
    }
    let Some(mut inverted) = picture.matrix().cloned() else {
        return Vec::new();
    };
    inverted.flip_self();
    read_matrix(&inverted, finders(&inverted), 1.0)
}

fn read_view(picture: &Prepared, scale: f32, hard: bool) -> Vec<Reading> {
    let Some(matrix) = picture.matrix() else {
        return Vec::new();
    };
    let patterns = if hard {
        FindFinderPatterns(matrix, true, 0)
    } else {
        picture.finders().to_vec()
    };
    read_matrix(matrix, patterns, scale)
}

/// Every code to which the finder patterns belong.
fn read_matrix(
    matrix: &BitMatrix,
    mut patterns: Vec<ConcentricPattern>,
    scale: f32,
) -> Vec<Reading> {
    let mut used: Vec<ConcentricPattern> = Vec::new();
    let mut readings = Vec::new();
    for set in GenerateFinderPatternSets(&mut patterns) {
        let corners = [set.bl, set.tl, set.tr];
        if corners.iter().any(|c| used.contains(c)) {
            continue;
        }
        let sampled = SampleQR(matrix, &set).ok();
        if let Some(reading) = sampled.and_then(|s| decoded(&s, Format::QrCode, scale)) {
            used.extend(corners);
            readings.push(reading);
        }
    }
    for pattern in patterns.iter().filter(|p| !used.contains(p)) {
        let micro = SampleMQR(matrix, *pattern).ok();
        let flat = || SampleRMQR(matrix, *pattern).ok();
        let reading = micro
            .and_then(|s| decoded(&s, Format::MicroQrCode, scale))
            .or_else(|| flat().and_then(|s| decoded(&s, Format::RectangularMicroQrCode, scale)));
        readings.extend(reading);
    }
    readings
}

fn decoded(sampled: &QRCodeDetectorResult, format: Format, scale: f32) -> Option<Reading> {
    let result = Decode(sampled.getBits())
        .ok()
        .filter(DecoderResult::isValid)?;
    let (text, bytes) = payload::settle(&result.text(), result.content().bytes());
    let corners = sampled.getPoints().iter();
    Some(Reading {
        symbol: Symbol {
            format,
            text,
            bytes,
        },
        span: Span::around(corners.map(|&Point { x, y }| (x * scale, y * scale))),
    })
}
