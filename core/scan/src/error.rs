//! What a scan may spend and how it may fail.

use serde::{Deserialize, Serialize};

/// What one scan may spend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScanLimits {
    /// Most pixels (width x height) a picture may have.
    pub pixels_max: u64,
    /// Milliseconds after which the caller gets an answer, counted from the call.
    pub deadline_ms: u64,
    /// How many overrun workers may still be running before new work is refused.
    pub leftover_workers_max: usize,
}

impl Default for ScanLimits {
    /// 64 megapixels, 5 seconds, 4 leftover workers: room for a phone's photo
    /// on a slow terminal. Camera loops want a much shorter deadline.
    fn default() -> Self {
        Self {
            pixels_max: 64_000_000,
            deadline_ms: 5_000,
            leftover_workers_max: 4,
        }
    }
}

/// Why a scan gave no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ScanError {
    /// The bytes are no picture, a damaged one, or one of no pixels.
    #[error("this is not a readable image")]
    NotAnImage,
    /// The picture is larger than the limits allow.
    #[error("the image has too many pixels")]
    TooManyPixels,
    /// Nothing was read before the deadline.
    #[error("the scan did not finish in time")]
    Deadline,
    /// Too many earlier scans overran and still run.
    #[error("the scanner is still busy with earlier pictures")]
    Busy,
    /// A reader panicked and the others found nothing.
    #[error("a barcode reader failed on this image")]
    EnginePanic,
}

impl ScanError {
    /// A stable name for programs; the message is for people.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotAnImage => "not_an_image",
            Self::TooManyPixels => "too_many_pixels",
            Self::Deadline => "deadline",
            Self::Busy => "busy",
            Self::EnginePanic => "engine_panic",
        }
    }
}
