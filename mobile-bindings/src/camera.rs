//! Codes from a phone's camera: the shell hands over the address of the luma plane that the camera
//! gave it, so that no frame is copied on its way through the bindings.

use std::panic::{self, AssertUnwindSafe};
use std::sync::{Mutex, PoisonError};

use carrot_scan::frame::LiveReader;
use carrot_scan::{Luma, LumaRef, ScanError, ScanLimits, Symbol};

use crate::CarrotError;

/// How long one frame may be looked at, milliseconds. What takes longer is dropped; the next frame
/// comes soon.
const FRAME_DEADLINE_MS: u64 = 250;

/// Where a camera keeps one grey picture: the Y plane of YUV, one byte a pixel.
///
/// On Android the address is that of the plane's direct buffer
/// (`Pointer.nativeValue(Native.getDirectBufferPointer(buffer))`), on iOS that of
/// `CVPixelBufferGetBaseAddressOfPlane(buffer, 0)`. The memory has to stay as it is until the call
/// returns.
#[derive(Debug, Clone, Copy, uniffi::Record)]
pub struct LumaPlane {
    /// The first byte.
    pub address: u64,
    /// How many bytes may be read from there.
    pub length_bytes: u64,
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Bytes from the start of one row to the start of the next, at least `width`.
    pub stride_bytes: u32,
}

/// What the viewfinder shows of the plane, pixels.
#[derive(Debug, Clone, Copy, uniffi::Record)]
pub struct Viewfinder {
    /// From the left edge.
    pub left: u32,
    /// From the top edge.
    pub top: u32,
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
}

/// A code that the camera saw.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct CameraSymbol {
    /// `qr_code`, `data_matrix`, `ean_13` and so on.
    pub format: String,
    /// The payload as text, for the device's call `read_text`.
    pub text: String,
    /// The payload's bytes.
    pub bytes: Vec<u8>,
}

/// Reads a camera's frames one after another; keep one for each camera. A square code counts at once,
/// a bar code from the second frame that shows it.
#[derive(uniffi::Object)]
pub struct CameraReader {
    reader: Mutex<LiveReader>,
}

#[uniffi::export]
impl CameraReader {
    /// A reader before its first frame.
    #[uniffi::constructor]
    #[must_use]
    pub fn new() -> Self {
        Self {
            reader: Mutex::new(LiveReader::new()),
        }
    }

    /// Reads the next frame; call it off the main thread. An empty list is the usual answer.
    ///
    /// # Errors
    /// `not_an_image` for a plane that cannot hold such a picture, or whose viewfinder lies outside;
    /// `too_many_pixels`; `deadline` and `busy` when the frame was dropped; `engine_panic`.
    pub fn read(
        &self,
        plane: LumaPlane,
        viewfinder: Option<Viewfinder>,
    ) -> Result<Vec<CameraSymbol>, CarrotError> {
        let read = AssertUnwindSafe(|| {
            let luma = copied(plane, viewfinder)?;
            let mut reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
            let limits = ScanLimits {
                deadline_ms: FRAME_DEADLINE_MS,
                ..ScanLimits::default()
            };
            reader.read_luma(luma, &limits)
        });
        let symbols = panic::catch_unwind(read).unwrap_or(Err(ScanError::EnginePanic));
        let symbols = symbols.map_err(refused)?;
        Ok(symbols.into_iter().map(told).collect())
    }
}

impl Default for CameraReader {
    fn default() -> Self {
        Self::new()
    }
}

/// The part of the plane that is looked at. Its worker may outlive the camera's buffer, so this copy,
/// of the viewfinder alone, is the one that is made.
fn copied(plane: LumaPlane, viewfinder: Option<Viewfinder>) -> Result<Luma, ScanError> {
    let pixels_max = ScanLimits::default().pixels_max;
    if u64::from(plane.stride_bytes).saturating_mul(u64::from(plane.height)) > pixels_max {
        return Err(ScanError::TooManyPixels);
    }
    let address = usize::try_from(plane.address).map_err(|_| ScanError::NotAnImage)?;
    let length = usize::try_from(plane.length_bytes.min(pixels_max));
    let length = length.map_err(|_| ScanError::NotAnImage)?;
    if address == 0 || address.checked_add(length).is_none() {
        return Err(ScanError::NotAnImage);
    }
    // SAFETY: the caller promises `length_bytes` readable bytes at the address until this returns;
    // the address is not null, bytes need no alignment, and the length is bounded above.
    let pixels = unsafe { std::slice::from_raw_parts(address as *const u8, length) };
    let whole = LumaRef {
        width: plane.width,
        height: plane.height,
        stride: plane.stride_bytes as usize,
        pixels,
    };
    whole.to_luma(viewfinder.map(|v| (v.left, v.top, v.width, v.height)))
}

fn told(symbol: Symbol) -> CameraSymbol {
    CameraSymbol {
        format: symbol.format.name().to_owned(),
        text: symbol.text,
        bytes: symbol.bytes,
    }
}

fn refused(error: ScanError) -> CarrotError {
    CarrotError::Refused {
        code: error.code().to_owned(),
        params_json: "{}".to_owned(),
        detail: error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plane(bytes: &[u8], width: u32, height: u32, stride_bytes: u32) -> LumaPlane {
        LumaPlane {
            address: bytes.as_ptr() as u64,
            length_bytes: bytes.len() as u64,
            width,
            height,
            stride_bytes,
        }
    }

    fn code(answer: Result<Vec<CameraSymbol>, CarrotError>) -> String {
        match answer {
            Err(CarrotError::Refused { code, .. }) => code,
            Ok(symbols) => panic!("read {symbols:?}"),
        }
    }

    #[test]
    fn planes_that_cannot_be_are_refused() {
        let bytes = vec![255; 64 * 48];
        let reader = CameraReader::new();
        let fine = plane(&bytes, 60, 48, 64);
        assert_eq!(reader.read(fine, None).expect("a white picture"), []);
        let nowhere = LumaPlane { address: 0, ..fine };
        assert_eq!(code(reader.read(nowhere, None)), "not_an_image");
        let short = LumaPlane { height: 49, ..fine };
        assert_eq!(code(reader.read(short, None)), "not_an_image");
        let narrow = LumaPlane {
            stride_bytes: 59,
            ..fine
        };
        assert_eq!(code(reader.read(narrow, None)), "not_an_image");
        let huge = LumaPlane {
            stride_bytes: u32::MAX,
            ..fine
        };
        assert_eq!(code(reader.read(huge, None)), "too_many_pixels");
        let beyond = Viewfinder {
            left: 30,
            top: 0,
            width: 31,
            height: 48,
        };
        assert_eq!(code(reader.read(fine, Some(beyond))), "not_an_image");
    }
}
