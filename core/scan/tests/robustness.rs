//! Whatever comes in, an answer comes out in time, and the next call works.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;

use carrot_scan::{
    Engine, Format, Luma, Prepared, Reading, ScanError, ScanLimits, Scanner, Stop, Symbol,
    scan_image_bytes, scan_luma,
};

mod drawing;
use drawing::{Random, png, qr};

fn blank() -> Luma {
    Luma {
        width: 8,
        height: 8,
        pixels: vec![255; 64],
    }
}

fn symbol(text: &str) -> Symbol {
    Symbol {
        format: Format::QrCode,
        text: text.into(),
        bytes: text.as_bytes().to_vec(),
    }
}

/// Reads one fixed code.
struct Fixed;
impl Engine for Fixed {
    fn read(&self, _: &Prepared, _: &Stop) -> Vec<Reading> {
        vec![Reading {
            symbol: symbol("fixed"),
            span: None,
        }]
    }
}

/// Waits until the test lets it go, deaf to the stop signal.
struct Stuck(Mutex<Receiver<()>>);
impl Engine for Stuck {
    fn read(&self, _: &Prepared, _: &Stop) -> Vec<Reading> {
        let _ = self.0.lock().expect("one waiter at a time").recv();
        Vec::new()
    }
}

/// Panics on black pictures only.
struct Brittle;
impl Engine for Brittle {
    fn read(&self, luma: &Prepared, _: &Stop) -> Vec<Reading> {
        assert!(luma.pixels[0] != 0, "black pictures break this engine");
        vec![Reading {
            symbol: symbol("white"),
            span: None,
        }]
    }
}

fn stuck() -> (Sender<()>, Box<dyn Engine>) {
    let (release, wait) = channel();
    (release, Box::new(Stuck(Mutex::new(wait))))
}

#[test]
fn a_stuck_engine_ends_with_deadline_and_its_workers_stay_bounded() {
    let (release, engine) = stuck();
    let scanner = Scanner::with_stages(vec![vec![engine]]);
    let limits = ScanLimits {
        deadline_ms: 20,
        leftover_workers_max: 2,
        ..ScanLimits::default()
    };
    for expected in 1..=2 {
        assert_eq!(
            scanner.scan_luma(&blank(), &limits),
            Err(ScanError::Deadline)
        );
        assert_eq!(scanner.leftover_workers(), expected);
    }
    for _ in 0..5 {
        assert_eq!(scanner.scan_luma(&blank(), &limits), Err(ScanError::Busy));
    }
    assert_eq!(scanner.leftover_workers(), 2);
    // With its channel gone the engine returns, and the places come free.
    drop(release);
    while scanner.leftover_workers() > 0 {
        thread::yield_now();
    }
    assert_eq!(
        scanner.scan_luma(&blank(), &ScanLimits::default()),
        Ok(Vec::new())
    );
}

#[test]
fn what_was_read_before_the_deadline_is_not_lost() {
    let (_release, engine) = stuck();
    let scanner = Scanner::with_stages(vec![vec![Box::new(Fixed), engine]]);
    let limits = ScanLimits {
        deadline_ms: 2_000,
        ..ScanLimits::default()
    };
    assert_eq!(
        scanner.scan_luma(&blank(), &limits),
        Ok(vec![symbol("fixed")])
    );
    assert_eq!(scanner.leftover_workers(), 1);
}

#[test]
fn a_panic_is_an_error_and_the_next_call_works() {
    let scanner = Scanner::with_stages(vec![vec![Box::new(Brittle)]]);
    let black = Luma {
        pixels: vec![0; 64],
        ..blank()
    };
    let limits = ScanLimits::default();
    assert_eq!(
        scanner.scan_luma(&black, &limits),
        Err(ScanError::EnginePanic)
    );
    assert_eq!(
        scanner.scan_luma(&blank(), &limits),
        Ok(vec![symbol("white")])
    );
    assert_eq!(scanner.leftover_workers(), 0);
}

#[test]
fn one_engine_may_panic_when_another_reads() {
    let scanner = Scanner::with_stages(vec![vec![Box::new(Brittle), Box::new(Fixed)]]);
    let black = Luma {
        pixels: vec![0; 64],
        ..blank()
    };
    assert_eq!(
        scanner.scan_luma(&black, &ScanLimits::default()),
        Ok(vec![symbol("fixed")])
    );
}

#[test]
fn many_callers_at_once_are_all_answered() {
    let scanner = Arc::new(Scanner::with_stages(vec![vec![Box::new(Fixed)]]));
    thread::scope(|scope| {
        for _ in 0..8 {
            let scanner = Arc::clone(&scanner);
            scope.spawn(move || {
                for _ in 0..20 {
                    let read = scanner.scan_luma(&blank(), &ScanLimits::default());
                    assert_eq!(read.map(|symbols| symbols.len()), Ok(1));
                }
            });
        }
    });
}

#[test]
fn bytes_that_are_no_image_are_refused() {
    let limits = ScanLimits::default();
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg'/>".as_slice();
    for bytes in [
        b"".as_slice(),
        b"\0",
        b"hello, this is text",
        b"%PDF-1.7",
        svg,
    ] {
        assert_eq!(scan_image_bytes(bytes, &limits), Err(ScanError::NotAnImage));
    }
}

#[test]
fn every_truncation_of_a_png_is_an_answer() {
    let whole = png(&qr("truncated", 4));
    let limits = ScanLimits::default();
    assert_eq!(scan_image_bytes(&whole, &limits).map(|s| s.len()), Ok(1));
    for length in (0..whole.len() - 20).step_by(1 + whole.len() / 60) {
        let outcome = scan_image_bytes(&whole[..length], &limits);
        assert_eq!(outcome, Err(ScanError::NotAnImage), "{length} bytes");
    }
}

/// A PNG header of any size, its checksum right, and no pixels behind it.
fn png_header(width: u32, height: u32) -> Vec<u8> {
    let mut chunk = b"IHDR".to_vec();
    chunk.extend(width.to_be_bytes());
    chunk.extend(height.to_be_bytes());
    chunk.extend([8, 0, 0, 0, 0]);
    let mut crc = u32::MAX;
    for &byte in &chunk {
        crc ^= u32::from(byte);
        for _ in 0..8 {
            crc = (crc >> 1) ^ (0xedb8_8320 * (crc & 1));
        }
    }
    let mut file = b"\x89PNG\r\n\x1a\n\0\0\0\x0d".to_vec();
    file.extend(chunk);
    file.extend((!crc).to_be_bytes());
    file.extend(b"\0\0\0\x04IDAT\0\0\0\0\0\0\0\0");
    file
}

/// A BMP header, which unlike PNG's carries no checksum.
fn bmp_header(width: u32, height: u32) -> Vec<u8> {
    let mut file = b"BM".to_vec();
    file.extend([0; 8]);
    file.extend(54u32.to_le_bytes());
    file.extend(40u32.to_le_bytes());
    file.extend(width.to_le_bytes());
    file.extend(height.to_le_bytes());
    file.extend([1, 0, 24, 0]);
    file.extend([0; 24]);
    file
}

#[test]
fn a_huge_header_is_refused_before_decoding() {
    let limits = ScanLimits::default();
    for header in [png_header(100_000, 100_000), bmp_header(60_000, 60_000)] {
        assert_eq!(
            scan_image_bytes(&header, &limits),
            Err(ScanError::TooManyPixels)
        );
    }
}

#[test]
fn grey_pictures_are_checked_too() {
    let limits = ScanLimits {
        pixels_max: 64,
        ..ScanLimits::default()
    };
    let of = |width, height, count| Luma {
        width,
        height,
        pixels: vec![0; count],
    };
    assert_eq!(
        scan_luma(&of(9, 8, 72), &limits),
        Err(ScanError::TooManyPixels)
    );
    assert_eq!(
        scan_luma(&of(u32::MAX, u32::MAX, 0), &limits),
        Err(ScanError::TooManyPixels)
    );
    assert_eq!(
        scan_luma(&of(8, 8, 63), &limits),
        Err(ScanError::NotAnImage)
    );
    assert_eq!(scan_luma(&of(0, 0, 0), &limits), Err(ScanError::NotAnImage));
}

#[test]
fn tiny_and_thin_pictures_are_answered() {
    let mut random = Random::new(3);
    for (width, height) in [
        (1, 1),
        (1, 300),
        (300, 1),
        (2, 2),
        (3, 7),
        (21, 21),
        (700, 2),
        (2, 700),
    ] {
        let count = (width * height) as usize;
        for pixels in [vec![0; count], vec![255; count], random.bytes(count)] {
            let luma = Luma {
                width,
                height,
                pixels,
            };
            assert_eq!(scan_luma(&luma, &ScanLimits::default()), Ok(Vec::new()));
        }
    }
}

#[test]
fn random_pixels_are_never_read_as_a_code() {
    let mut random = Random::new(11);
    for round in 0..12 {
        let (width, height) = (40 + random.below(160), 40 + random.below(160));
        let luma = Luma {
            width,
            height,
            pixels: random.bytes((width * height) as usize),
        };
        assert_eq!(
            scan_luma(&luma, &ScanLimits::default()),
            Ok(Vec::new()),
            "round {round}"
        );
    }
}

#[test]
fn random_and_damaged_files_are_answered() {
    let mut random = Random::new(7);
    let whole = png(&qr("damaged", 4));
    let starts: [&[u8]; 5] = [
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0",
        b"GIF89a",
        b"BM",
        b"RIFF",
    ];
    let known = [
        "not_an_image",
        "too_many_pixels",
        "deadline",
        "engine_panic",
    ]
    .map(str::to_owned);
    for round in 0..300 {
        let bytes = if round % 2 == 0 {
            let length = random.below(400) as usize;
            let mut bytes = starts[round / 2 % starts.len()].to_vec();
            bytes.extend(random.bytes(length));
            bytes
        } else {
            let mut bytes = whole.clone();
            for _ in 0..=random.below(4) {
                let place = random.below(bytes.len() as u32) as usize;
                bytes[place] ^= 1 << random.below(8);
            }
            bytes
        };
        if let Err(error) = scan_image_bytes(&bytes, &ScanLimits::default()) {
            assert!(
                known.contains(&error.code().to_owned()),
                "round {round}: {error}"
            );
        }
    }
}
