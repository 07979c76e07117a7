//! Data Matrix by rxing's tracer, which starts from the picture's middle lines:
//! a second opinion where the own finder sees no straight border.

use rxing::common::DetectorRXingResult;
use rxing::datamatrix::detector::zxing_cpp_detector::detect;

use crate::prepared::Prepared;
use crate::{Engine, Format, Reading, Span, Stop, Symbol, datamatrix};

/// Traces edges from lines all over the picture.
pub(crate) struct Traced;

impl Engine for Traced {
    fn read(&self, picture: &Prepared, _stop: &Stop) -> Vec<Reading> {
        let found = picture
            .matrix()
            .and_then(|matrix| detect(matrix, false, true).ok());
        let symbols = found.iter().flatten();
        symbols
            .filter_map(|symbol| {
                let content = datamatrix::decode(symbol.getBits())?;
                let (text, bytes) = content.payload();
                Some(Reading {
                    symbol: Symbol {
                        format: Format::DataMatrix,
                        text,
                        bytes,
                    },
                    span: Span::around(symbol.getPoints().iter().map(|p| (p.x, p.y))),
                })
            })
            .collect()
    }
}
