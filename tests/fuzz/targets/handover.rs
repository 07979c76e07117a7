//! Any text as the file that a device's queue is handed over in.

#![no_main]

#[path = "laws/handover.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|text: &str| laws::hold(text));
