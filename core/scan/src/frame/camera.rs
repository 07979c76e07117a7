//! Cameras through nokhwa.

use nokhwa::utils::{
    ApiBackend, CameraFormat, CameraIndex, FrameFormat, RequestedFormat, RequestedFormatType,
    Resolution,
};
use nokhwa::{Buffer, Camera, NokhwaError, query};

use super::{Frame, FrameError, FrameSource, PixelFormat, luma_to_nv12};
use crate::Luma;

/// Large enough for a code held at arm's length, small enough for every frame.
const WANTED: Resolution = Resolution {
    width_x: 1280,
    height_y: 720,
};
const FRAMES_A_SECOND: u32 = 30;
/// Uncompressed first: it costs no decoding.
const FORMATS: [FrameFormat; 4] = [
    FrameFormat::YUYV,
    FrameFormat::NV12,
    FrameFormat::MJPEG,
    FrameFormat::GRAY,
];

/// A camera that can be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CameraName {
    /// The number to open it by.
    pub index: u32,
    /// What the system calls it.
    pub name: String,
}

/// The cameras of this machine; an empty list when it has none.
///
/// # Errors
/// `camera_failed` when the system does not let one ask.
pub fn list_cameras() -> Result<Vec<CameraName>, FrameError> {
    let found = query(ApiBackend::Auto).map_err(failed)?;
    let named = |info: &nokhwa::utils::CameraInfo| {
        let index = info.index().as_index().ok()?;
        Some(CameraName {
            index,
            name: info.human_name(),
        })
    };
    Ok(found.iter().filter_map(named).collect())
}

/// An open camera that streams.
pub struct CameraFrames {
    camera: Camera,
}

impl CameraFrames {
    /// Opens a camera near 1280 x 720 and starts it.
    ///
    /// # Errors
    /// `no_camera` when no camera has that number, `camera_failed` when it does
    /// not open or has no format that is read.
    pub fn open(index: u32) -> Result<Self, FrameError> {
        if !list_cameras()?.iter().any(|camera| camera.index == index) {
            return Err(FrameError::NoCamera);
        }
        let mut last = FrameError::NoCamera;
        for format in FORMATS {
            let wanted = CameraFormat::new(WANTED, format, FRAMES_A_SECOND);
            let formats = [format];
            let request =
                RequestedFormat::with_formats(RequestedFormatType::Closest(wanted), &formats);
            match Camera::new(CameraIndex::Index(index), request) {
                Ok(mut camera) => {
                    camera.open_stream().map_err(failed)?;
                    return Ok(Self { camera });
                }
                Err(error) => last = failed(error),
            }
        }
        Err(last)
    }
}

impl FrameSource for CameraFrames {
    fn next_frame(&mut self) -> Result<Frame, FrameError> {
        frame_from_buffer(&self.camera.frame().map_err(failed)?)
    }
}

fn failed(error: NokhwaError) -> FrameError {
    FrameError::Camera(error.to_string())
}

/// Our frame of nokhwa's buffer.
///
/// # Errors
/// `unsupported_format` for raw RGB, `not_an_image` for a grey buffer that is
/// too short.
pub fn frame_from_buffer(buffer: &Buffer) -> Result<Frame, FrameError> {
    let (width, height) = (buffer.resolution().width(), buffer.resolution().height());
    let format = match buffer.source_frame_format() {
        FrameFormat::YUYV => PixelFormat::Yuyv,
        FrameFormat::MJPEG => PixelFormat::Mjpeg,
        FrameFormat::NV12 => PixelFormat::Nv12,
        FrameFormat::GRAY => {
            let luma = Luma {
                width,
                height,
                pixels: buffer.buffer().to_vec(),
            };
            luma.check(u64::MAX)?;
            return Ok(luma_to_nv12(luma));
        }
        other => return Err(FrameError::Unsupported(other.to_string())),
    };
    Ok(Frame {
        format,
        width,
        height,
        bytes: buffer.buffer().to_vec(),
    })
}
