//! What a scan returns.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The symbology of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// QR code, models 1 and 2.
    QrCode,
    /// Micro QR code.
    MicroQrCode,
    /// Rectangular micro QR code.
    RectangularMicroQrCode,
    /// Data Matrix ECC 200.
    DataMatrix,
    /// EAN-13: 13 digits, the last a check digit.
    #[serde(rename = "ean_13")]
    Ean13,
    /// EAN-8: 8 digits, the last a check digit.
    #[serde(rename = "ean_8")]
    Ean8,
    /// UPC-A: 12 digits, the last a check digit.
    UpcA,
    /// UPC-E: 8 digits, as printed.
    UpcE,
    /// Code 128, GS1-128 included (its separators are ASCII 29).
    #[serde(rename = "code_128")]
    Code128,
    /// Code 39.
    #[serde(rename = "code_39")]
    Code39,
    /// Interleaved 2 of 5: ITF-14, and other even lengths from six digits on where
    /// many lines show both quiet zones.
    Itf,
}

impl Format {
    /// The name used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::QrCode => "qr_code",
            Self::MicroQrCode => "micro_qr_code",
            Self::RectangularMicroQrCode => "rectangular_micro_qr_code",
            Self::DataMatrix => "data_matrix",
            Self::Ean13 => "ean_13",
            Self::Ean8 => "ean_8",
            Self::UpcA => "upc_a",
            Self::UpcE => "upc_e",
            Self::Code128 => "code_128",
            Self::Code39 => "code_39",
            Self::Itf => "itf",
        }
    }

    /// Whether one line across the code reads all of it. Such codes have weak
    /// checks and are believed only when several lines agree.
    pub fn is_linear(self) -> bool {
        !matches!(
            self,
            Self::QrCode | Self::MicroQrCode | Self::RectangularMicroQrCode | Self::DataMatrix
        )
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A code with the number of places in one picture that show it: goods on a
/// shelf carry the same one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// What was read.
    pub symbol: Symbol,
    /// Separate places, at least 1.
    pub places: usize,
}

/// A code read from a picture.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Symbol {
    /// The symbology.
    pub format: Format,
    /// The payload as text; for a binary payload each byte as one character.
    pub text: String,
    /// The payload: UTF-8 of the text, or the raw bytes of a binary payload.
    pub bytes: Vec<u8>,
}
