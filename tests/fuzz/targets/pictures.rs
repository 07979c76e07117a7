//! Any bytes as a picture: a file with a header, or the grey pixels of a small frame. What is read
//! lies in the picture; what is too large is refused before its pixels are made.

#![no_main]

use carrot_scan::{Luma, ScanError, ScanLimits, scan_image_bytes, scan_luma};
use libfuzzer_sys::fuzz_target;

/// Readers of others may panic on a picture; the scanner catches it on its own thread. Only a panic
/// of the thread that asked is a finding.
fn only_the_caller() {
    std::panic::set_hook(Box::new(|panic| {
        if std::thread::current().name() == Some("main") {
            eprintln!("{panic}");
            std::process::abort();
        }
    }));
}

const LIMITS: ScanLimits = ScanLimits {
    pixels_max: 64 * 64,
    deadline_ms: 1_000,
    leftover_workers_max: 4,
};

fuzz_target!(init: only_the_caller(), |bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else {
        return;
    };
    let read = if first % 2 == 0 {
        scan_image_bytes(rest, &LIMITS)
    } else {
        let width = u32::from(first / 2) % 64 + 1;
        let pixels: Vec<u8> = rest.iter().copied().take(64 * 64).collect();
        let height = u32::try_from(pixels.len()).unwrap_or(0) / width;
        let pixels = pixels[..(width * height) as usize].to_vec();
        scan_luma(&Luma { width, height, pixels }, &LIMITS)
    };
    match read {
        Ok(symbols) => assert!(symbols.iter().all(|symbol| symbol.text.len() < 8_192)),
        Err(ScanError::Busy | ScanError::Deadline | ScanError::EnginePanic) => {}
        Err(ScanError::NotAnImage | ScanError::TooManyPixels) => {}
    }
});
