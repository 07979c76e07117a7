//! Frames as cameras give them, and where they come from.

#[cfg(feature = "camera")]
pub mod camera;
mod convert;
mod live;
mod sources;

use std::fmt;

pub use convert::{frame_to_luma, luma_to_nv12};
pub use live::LiveReader;
pub use sources::{FileFrames, GeneratedFrames};

/// How a frame's bytes are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PixelFormat {
    /// Two bytes a pixel: luma, then alternately the two chroma values.
    Yuyv,
    /// A JPEG file, with or without its Huffman tables.
    Mjpeg,
    /// A plane of luma, then a half-size plane of chroma pairs.
    Nv12,
}

/// One frame from a camera or a stand-in for one.
#[derive(Clone, PartialEq, Eq)]
pub struct Frame {
    /// The layout of `bytes`.
    pub format: PixelFormat,
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// The frame as it came.
    pub bytes: Vec<u8>,
}

/// Only layout and size: what a camera saw does not belong in a log.
impl fmt::Debug for Frame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            format,
            width,
            height,
            bytes,
        } = self;
        write!(
            f,
            "Frame {{ {format:?}, {width} x {height}, {} bytes }}",
            bytes.len()
        )
    }
}

/// Why no frame came.
#[derive(Debug, thiserror::Error)]
pub enum FrameError {
    /// The source has no more frames.
    #[error("there are no more frames")]
    End,
    /// No camera is connected, or none with that number.
    #[error("there is no such camera")]
    NoCamera,
    /// The camera delivers a layout that is not read.
    #[error("the camera's pixel format is not supported: {0}")]
    Unsupported(String),
    /// The camera failed.
    #[error("the camera failed: {0}")]
    Camera(String),
    /// A file could not be read.
    #[error("the file could not be read: {0}")]
    File(#[from] std::io::Error),
    /// A file is no picture.
    #[error(transparent)]
    Picture(#[from] crate::ScanError),
}

impl FrameError {
    /// A stable name for programs; the message is for people.
    pub fn code(&self) -> &'static str {
        match self {
            Self::End => "end",
            Self::NoCamera => "no_camera",
            Self::Unsupported(_) => "unsupported_format",
            Self::Camera(_) => "camera_failed",
            Self::File(_) => "file_unreadable",
            Self::Picture(error) => error.code(),
        }
    }
}

/// Something that gives frames one after another.
pub trait FrameSource {
    /// The next frame; waits for it when the source is live.
    ///
    /// # Errors
    /// `end` when there will be no more; other codes as [`FrameError::code`].
    fn next_frame(&mut self) -> Result<Frame, FrameError>;
}
