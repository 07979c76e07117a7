//! Frames without a camera: from files and from a function.

use std::collections::VecDeque;
use std::fs;
use std::path::PathBuf;

use super::{Frame, FrameError, FrameSource, PixelFormat, luma_to_nv12};
use crate::{ScanLimits, picture};

/// Image files as frames, in the given order, then the end.
#[derive(Debug)]
pub struct FileFrames {
    paths: VecDeque<PathBuf>,
}

impl FileFrames {
    /// A source of these files.
    pub fn new(paths: impl IntoIterator<Item = PathBuf>) -> Self {
        Self {
            paths: paths.into_iter().collect(),
        }
    }
}

impl FrameSource for FileFrames {
    fn next_frame(&mut self) -> Result<Frame, FrameError> {
        let path = self.paths.pop_front().ok_or(FrameError::End)?;
        let bytes = fs::read(path)?;
        let luma = picture::decode(&bytes, ScanLimits::default().pixels_max)?;
        // A JPEG file is what a camera sends; it goes through the same road.
        if bytes.starts_with(&[0xff, 0xd8]) {
            let (width, height) = (luma.width, luma.height);
            return Ok(Frame {
                format: PixelFormat::Mjpeg,
                width,
                height,
                bytes,
            });
        }
        Ok(luma_to_nv12(luma))
    }
}

/// Frames that a function makes from their number, counted from 0; the source
/// ends when it gives none.
pub struct GeneratedFrames<F> {
    make: F,
    next: u64,
}

impl<F: FnMut(u64) -> Option<Frame>> GeneratedFrames<F> {
    /// A source of the function's frames.
    pub fn new(make: F) -> Self {
        Self { make, next: 0 }
    }
}

impl<F: FnMut(u64) -> Option<Frame>> FrameSource for GeneratedFrames<F> {
    fn next_frame(&mut self) -> Result<Frame, FrameError> {
        let frame = (self.make)(self.next).ok_or(FrameError::End)?;
        self.next += 1;
        Ok(frame)
    }
}
