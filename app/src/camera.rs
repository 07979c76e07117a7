//! The till's camera: a thread of its own holds it, because cameras may not change threads.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use carrot_api::CallError;
use carrot_scan::frame::camera::{CameraFrames, list_cameras};
use carrot_scan::frame::{FrameError, FrameSource, frame_to_luma};
use carrot_scan::{Luma, ScanLimits, scan_luma};
use image::GrayImage;
use image::codecs::jpeg::JpegEncoder;
use serde::Serialize;
use tauri::State;

/// How long the window waits for a picture.
const PICTURE_WAIT: Duration = Duration::from_secs(5);
/// The preview's width, pixels.
const PREVIEW_WIDTH: u32 = 480;

/// A camera in the window's list.
#[derive(Debug, Serialize)]
pub struct CameraView {
    index: u32,
    name: String,
}

/// A code in front of the camera.
#[derive(Debug, Serialize)]
pub struct SeenCode {
    format: String,
    text: String,
}

/// One look through the camera.
#[derive(Debug, Serialize)]
pub struct Look {
    /// Preview, JPEG, base64.
    preview_base64: String,
    /// Codes in it.
    symbols: Vec<SeenCode>,
}

type Answer = Result<Look, CallError>;

struct Running {
    index: u32,
    ask: SyncSender<SyncSender<Answer>>,
}

/// The camera that is open, if one is.
#[derive(Default)]
pub struct CameraDesk {
    running: Mutex<Option<Running>>,
}

fn frame_error(error: &FrameError) -> CallError {
    CallError::new(error.code(), error.to_string())
}

fn preview(luma: &Luma) -> Result<String, CallError> {
    let picture = GrayImage::from_raw(luma.width, luma.height, luma.pixels.clone())
        .ok_or_else(|| CallError::new("camera_failed", "a frame of the wrong size"))?;
    let height = (luma.height * PREVIEW_WIDTH / luma.width.max(1)).max(1);
    let small = image::imageops::thumbnail(&picture, PREVIEW_WIDTH, height);
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, 60)
        .encode_image(&small)
        .map_err(|error| CallError::new("camera_failed", error.to_string()))?;
    Ok(STANDARD.encode(jpeg))
}

fn look(camera: &mut CameraFrames) -> Answer {
    let frame = camera.next_frame().map_err(|error| frame_error(&error))?;
    let luma =
        frame_to_luma(&frame).map_err(|error| CallError::new(error.code(), error.to_string()))?;
    let preview_base64 = preview(&luma)?;
    // A frame that cannot be read in time is no failure: the next one comes at once.
    let found = scan_luma(&luma, &ScanLimits::default()).unwrap_or_default();
    let symbols = found
        .into_iter()
        .map(|code| SeenCode {
            format: code.format.to_string(),
            text: code.text,
        })
        .collect();
    Ok(Look {
        preview_base64,
        symbols,
    })
}

/// Opens the camera and answers until nobody asks any more.
fn attend(index: u32, questions: &Receiver<SyncSender<Answer>>) {
    let mut camera = CameraFrames::open(index);
    while let Ok(reply) = questions.recv() {
        let answer = match &mut camera {
            Ok(camera) => look(camera),
            Err(error) => Err(frame_error(error)),
        };
        // The window may have stopped waiting; then nobody needs this picture.
        let _gone = reply.send(answer);
    }
}

impl CameraDesk {
    fn asker(&self, index: u32) -> SyncSender<SyncSender<Answer>> {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(open) = running.as_ref()
            && open.index == index
        {
            return open.ask.clone();
        }
        let (ask, questions) = sync_channel(1);
        std::thread::spawn(move || attend(index, &questions));
        *running = Some(Running {
            index,
            ask: ask.clone(),
        });
        ask
    }
}

/// The machine's cameras.
#[tauri::command]
pub async fn camera_list() -> Result<Vec<CameraView>, CallError> {
    let cameras = list_cameras().map_err(|error| frame_error(&error))?;
    Ok(cameras
        .into_iter()
        .map(|camera| CameraView {
            index: camera.index,
            name: camera.name,
        })
        .collect())
}

/// One picture of a camera with the codes in it.
#[tauri::command]
pub async fn camera_read(desk: State<'_, CameraDesk>, index: u32) -> Answer {
    let ask = desk.asker(index);
    let waited = tauri::async_runtime::spawn_blocking(move || {
        let (reply, answer) = sync_channel(1);
        let stopped = |_| CallError::new("camera_failed", "the camera stopped");
        ask.send(reply)
            .map_err(|_| CallError::new("camera_failed", "the camera stopped"))?;
        answer.recv_timeout(PICTURE_WAIT).map_err(stopped)?
    });
    waited
        .await
        .map_err(|error| CallError::new("camera_failed", error.to_string()))?
}

/// Lets the camera go.
#[tauri::command]
pub async fn camera_close(desk: State<'_, CameraDesk>) -> Result<(), CallError> {
    *desk.running.lock().unwrap_or_else(PoisonError::into_inner) = None;
    Ok(())
}
