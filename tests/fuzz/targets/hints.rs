//! Any bytes on the line of hints.

#![no_main]

#[path = "laws/hints.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| laws::hold(bytes));
