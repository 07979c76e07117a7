//! All linear codes on one line of black and white.

use rxing::RXingResultMetadataValue as Meta;
use rxing::common::BitArray;
use rxing::oned::{
    Code39Reader, Code128Reader, EAN8Reader, EAN13Reader, ITFReader, OneDReader, UPCEANReader,
    UPCEReader,
};
use rxing::{BarcodeFormat, DecodeHints, RXingResult, RXingResultMetadataType};

use crate::{Format, Symbol};

/// Start patterns of EAN codes tried on one line: clutter to the left of a code
/// often looks like one.
const EAN_STARTS_MAX: usize = 6;
/// Codes taken from one line.
const CODES_MAX: usize = 4;

/// A code on a line and where it begins and ends on it.
pub(crate) struct Found {
    pub symbol: Symbol,
    pub start: f32,
    pub end: f32,
}

/// Which codes to look for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Codes {
    /// All of them.
    All,
    /// Without EAN-8, UPC-E and Code 39. Their few digits fit almost any bars
    /// once a picture is bent and smoothed enough.
    Strong,
}

/// Reads lines; keeps the settings of rxing's readers.
pub(crate) struct RowReader {
    hints: DecodeHints,
    codes: Codes,
}

impl RowReader {
    pub fn new(codes: Codes) -> Self {
        let hints = DecodeHints {
            AllowedLengths: Some(vec![14]),
            AssumeGs1: Some(true),
            ..DecodeHints::default()
        };
        Self { hints, codes }
    }

    /// Every code on the line in either direction.
    pub fn read(&self, row: &BitArray, number: u32) -> Vec<Found> {
        let forward = self.read_forward(row, number);
        if !forward.is_empty() {
            return forward;
        }
        let mut reversed = row.clone();
        reversed.reverse();
        let width = row.get_size() as f32 - 1.0;
        let mut found = self.read_forward(&reversed, number);
        for one in &mut found {
            (one.start, one.end) = (width - one.end, width - one.start);
        }
        found
    }

    fn read_forward(&self, row: &BitArray, number: u32) -> Vec<Found> {
        let mut row = row.clone();
        let mut found = Vec::new();
        while found.len() < CODES_MAX {
            let Some(result) = self.read_one(&row, number) else {
                break;
            };
            let Some(one) = to_found(&result) else { break };
            // Blanked, it cannot be found again.
            blank(&mut row, one.start, one.end);
            found.push(one);
        }
        found
    }

    fn read_one(&self, row: &BitArray, number: u32) -> Option<RXingResult> {
        self.read_ean(row, number)
            .or_else(|| Code128Reader.decode_row(number, row, &self.hints).ok())
            .or_else(|| {
                ITFReader::default()
                    .decode_row(number, row, &self.hints)
                    .ok()
            })
            .or_else(|| {
                self.read_weak(|| {
                    Code39Reader::with_use_check_digit(false).decode_row(number, row, &self.hints)
                })
            })
    }

    fn read_weak(
        &self,
        read: impl FnOnce() -> rxing::common::Result<RXingResult>,
    ) -> Option<RXingResult> {
        if self.codes == Codes::All {
            read().ok()
        } else {
            None
        }
    }

    fn read_ean(&self, row: &BitArray, number: u32) -> Option<RXingResult> {
        let mut row = row.clone();
        for _ in 0..EAN_STARTS_MAX {
            let guard = EAN13Reader.find_start_guard_pattern(&row).ok()?;
            let read = EAN13Reader
                .decodeRowWithGuardRange(number, &row, &guard, &self.hints)
                .ok()
                .or_else(|| {
                    self.read_weak(|| {
                        EAN8Reader.decodeRowWithGuardRange(number, &row, &guard, &self.hints)
                    })
                })
                .or_else(|| {
                    self.read_weak(|| {
                        UPCEReader.decodeRowWithGuardRange(number, &row, &guard, &self.hints)
                    })
                });
            if read.is_some() {
                return read;
            }
            // Without its first bar this start is gone and the next one shows.
            let first_bar_end = row.getNextUnset(guard[0]);
            blank(&mut row, guard[0] as f32, first_bar_end as f32 - 1.0);
        }
        None
    }
}

/// Turns a stretch of the line white; the bounds are clamped to the line.
fn blank(row: &mut BitArray, start: f32, end: f32) {
    let last = row.get_size().saturating_sub(1);
    let (start, end) = (
        start.max(0.0) as usize,
        (end.max(0.0).ceil() as usize).min(last),
    );
    for i in start..=end {
        row.unset(i);
    }
}

fn to_found(result: &RXingResult) -> Option<Found> {
    let text = result.getText();
    let (format, text) = match result.getBarcodeFormat() {
        // A UPC-A code is the EAN-13 code that begins with a zero.
        BarcodeFormat::EAN_13 => match text.strip_prefix('0') {
            Some(short) => (Format::UpcA, short),
            None => (Format::Ean13, text),
        },
        BarcodeFormat::EAN_8 => (Format::Ean8, text),
        BarcodeFormat::UPC_E => (Format::UpcE, text),
        BarcodeFormat::CODE_128 => (Format::Code128, without_identifier(result, text)),
        BarcodeFormat::ITF => (Format::Itf, text),
        BarcodeFormat::CODE_39 => (Format::Code39, text),
        _ => return None,
    };
    let xs = || result.getPoints().iter().map(|p| p.x);
    let (start, end) = (xs().fold(f32::MAX, f32::min), xs().fold(f32::MIN, f32::max));
    let symbol = Symbol {
        format,
        text: text.to_owned(),
        bytes: text.as_bytes().to_vec(),
    };
    (start < end).then_some(Found { symbol, start, end })
}

/// rxing writes `]C1` before the text of a GS1-128 code when it is asked to keep
/// the separators.
fn without_identifier<'a>(result: &RXingResult, text: &'a str) -> &'a str {
    let meta = result.getRXingResultMetadata();
    let text = match meta.get(&RXingResultMetadataType::SYMBOLOGY_IDENTIFIER) {
        Some(Meta::SymbologyIdentifier(id)) if id == "]C1" => {
            text.strip_prefix("]C1").unwrap_or(text)
        }
        _ => text,
    };
    // A separator with nothing behind it separates nothing.
    text.trim_end_matches('\u{1d}')
}
