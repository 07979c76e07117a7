//! Frames as cameras record them end in a decoded code.

use std::fs;

use carrot_scan::frame::{
    FileFrames, Frame, FrameError, FrameSource, GeneratedFrames, LiveReader, PixelFormat,
    frame_to_luma, luma_to_nv12,
};
use carrot_scan::{Luma, ScanError, ScanLimits, scan_luma};

mod drawing;
use drawing::{ean_13, jpeg, picture, png, qr, sheet};

const TEXT: &str = "https://example.org/v/4H7K";

/// What a camera would see: a code on a desk, 320 x 240.
fn scene() -> Luma {
    sheet(320, 240, &[(40, 30, &qr(TEXT, 4))])
}

fn yuyv(luma: &Luma) -> Vec<u8> {
    let chroma = [90, 160].into_iter().cycle();
    luma.pixels
        .iter()
        .zip(chroma)
        .flat_map(|(&y, c)| [y, c])
        .collect()
}

fn nv12(luma: &Luma) -> Vec<u8> {
    let chroma = [90, 160].into_iter().cycle().take(luma.pixels.len() / 2);
    luma.pixels.iter().copied().chain(chroma).collect()
}

fn recorded() -> [(PixelFormat, Vec<u8>); 3] {
    let scene = scene();
    [
        (PixelFormat::Yuyv, yuyv(&scene)),
        (PixelFormat::Nv12, nv12(&scene)),
        (PixelFormat::Mjpeg, jpeg(&scene)),
    ]
}

fn read(frame: &Frame) -> String {
    let luma = frame_to_luma(frame).expect("a frame");
    let symbols = scan_luma(&luma, &ScanLimits::default()).expect("an answer");
    assert_eq!(symbols.len(), 1, "{:?}", frame.format);
    symbols[0].text.clone()
}

#[test]
fn recorded_buffers_end_in_a_code() {
    for (format, bytes) in recorded() {
        assert_eq!(
            read(&Frame {
                format,
                width: 320,
                height: 240,
                bytes
            }),
            TEXT
        );
    }
}

#[test]
fn a_short_buffer_is_no_image_and_padding_is_ignored() {
    for (format, mut bytes) in recorded() {
        let whole = bytes.clone();
        bytes.truncate(bytes.len() / 3);
        let short = Frame {
            format,
            width: 320,
            height: 240,
            bytes,
        };
        // Half a JPEG may still give its upper half.
        if format != PixelFormat::Mjpeg {
            assert_eq!(frame_to_luma(&short), Err(ScanError::NotAnImage));
        }
        let mut bytes = whole;
        bytes.extend([0; 512]);
        assert_eq!(
            read(&Frame {
                format,
                width: 320,
                height: 240,
                bytes
            }),
            TEXT
        );
    }
}

#[test]
fn a_frame_of_absurd_size_is_refused() {
    for format in [PixelFormat::Yuyv, PixelFormat::Nv12, PixelFormat::Mjpeg] {
        let frame = Frame {
            format,
            width: u32::MAX,
            height: u32::MAX,
            bytes: vec![0; 64],
        };
        assert_eq!(frame_to_luma(&frame), Err(ScanError::TooManyPixels));
    }
}

/// A JPEG without its Huffman tables, as many cameras send MJPEG.
fn without_tables(jpeg: &[u8]) -> Vec<u8> {
    let mut out = jpeg[..2].to_vec();
    let mut rest = &jpeg[2..];
    while let [0xff, marker, high, low, ..] = *rest {
        let length = 2 + usize::from(high) * 256 + usize::from(low);
        if marker != 0xc4 {
            out.extend(&rest[..length]);
        }
        rest = &rest[length..];
        if marker == 0xda {
            break;
        }
    }
    out.extend(rest);
    out
}

#[test]
fn mjpeg_without_huffman_tables_is_read() {
    let whole = jpeg(&scene());
    let bytes = without_tables(&whole);
    assert!(bytes.len() + 400 < whole.len(), "the tables were there");
    let frame = Frame {
        format: PixelFormat::Mjpeg,
        width: 320,
        height: 240,
        bytes,
    };
    assert_eq!(read(&frame), TEXT);
}

#[test]
fn a_live_reader_reads_plain_codes_at_once_and_hard_ones_within_a_round() {
    let limits = ScanLimits::default();
    let mut reader = LiveReader::new();
    let plain = luma_to_nv12(scene());
    for _ in 0..2 * reader.frames_in_a_round() {
        assert_eq!(
            reader.read(&plain, &limits).map(|symbols| symbols.len()),
            Ok(1)
        );
    }
    // Each row moved a pixel farther: the bars lean by 45 degrees.
    let code = ean_13("4006381333931", 3, 220);
    let leaning = picture(640, 240, |x, y| {
        let x = (x + y).wrapping_sub(240);
        if x < code.width {
            code.pixels[(y * code.width + x) as usize]
        } else {
            255
        }
    });
    let upright = picture(240, 640, |x, y| leaning.pixels[(x * 640 + y) as usize]);
    let hard = luma_to_nv12(upright);
    let mut reader = LiveReader::new();
    // Twice, since a linear code counts from its second frame.
    let read = (0..2 * reader.frames_in_a_round())
        .flat_map(|_| reader.read(&hard, &limits).expect("an answer"))
        .any(|symbol| symbol.text == "4006381333931");
    assert!(read);
}

#[test]
fn generated_frames_come_in_order_and_end() {
    let mut source = GeneratedFrames::new(|number| {
        let (format, bytes) = recorded().into_iter().nth(number as usize)?;
        Some(Frame {
            format,
            width: 320,
            height: 240,
            bytes,
        })
    });
    for _ in 0..3 {
        assert_eq!(read(&source.next_frame().expect("a frame")), TEXT);
    }
    assert_eq!(source.next_frame().expect_err("the end").code(), "end");
}

#[test]
fn files_are_frames_and_faults_are_told_apart() {
    let folder = std::env::temp_dir().join(format!("carrot-frames-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder");
    let files = [
        ("a.png", png(&scene())),
        ("b.jpg", jpeg(&scene())),
        ("c.txt", b"no picture".to_vec()),
    ];
    let mut paths: Vec<_> = files.iter().map(|(name, _)| folder.join(name)).collect();
    for (path, (_, bytes)) in paths.iter().zip(&files) {
        fs::write(path, bytes).expect("a file");
    }
    paths.push(folder.join("absent.png"));
    let mut source = FileFrames::new(paths);
    for format in [PixelFormat::Nv12, PixelFormat::Mjpeg] {
        let frame = source.next_frame().expect("a frame");
        assert_eq!((frame.format, read(&frame).as_str()), (format, TEXT));
    }
    let codes: Vec<_> = std::iter::repeat_with(|| source.next_frame())
        .take(3)
        .map(|outcome| outcome.expect_err("a fault").code())
        .collect();
    assert_eq!(codes, ["not_an_image", "file_unreadable", "end"]);
    fs::remove_dir_all(&folder).expect("the folder goes");
}

#[test]
fn faults_have_stable_codes() {
    assert_eq!(FrameError::NoCamera.code(), "no_camera");
    assert_eq!(FrameError::Camera("lost".into()).code(), "camera_failed");
}

#[cfg(feature = "camera")]
mod camera {
    use carrot_scan::frame::camera::{CameraFrames, frame_from_buffer, list_cameras};
    use nokhwa::Buffer;
    use nokhwa::utils::{FrameFormat, Resolution};

    use super::*;

    #[test]
    fn buffers_of_a_camera_end_in_a_code() {
        let formats = [FrameFormat::YUYV, FrameFormat::NV12, FrameFormat::MJPEG];
        for (format, (ours, bytes)) in formats.into_iter().zip(recorded()) {
            let buffer = Buffer::new(Resolution::new(320, 240), &bytes, format);
            let frame = frame_from_buffer(&buffer).expect("a frame");
            assert_eq!((frame.format, read(&frame).as_str()), (ours, TEXT));
        }
        let grey = Buffer::new(
            Resolution::new(320, 240),
            &scene().pixels,
            FrameFormat::GRAY,
        );
        assert_eq!(read(&frame_from_buffer(&grey).expect("a frame")), TEXT);
    }

    #[test]
    fn raw_rgb_is_refused_by_name() {
        let buffer = Buffer::new(Resolution::new(2, 2), &[0; 12], FrameFormat::RAWRGB);
        let error = frame_from_buffer(&buffer).expect_err("a refusal");
        assert_eq!(error.code(), "unsupported_format");
    }

    #[test]
    fn a_camera_that_is_not_there_is_no_camera() {
        let taken: Vec<_> = list_cameras()
            .expect("a list")
            .into_iter()
            .map(|camera| camera.index)
            .collect();
        let free = (0..)
            .find(|index| !taken.contains(index))
            .expect("a free number");
        let error = CameraFrames::open(free).err().expect("a refusal");
        assert_eq!(error.code(), "no_camera");
    }
}
