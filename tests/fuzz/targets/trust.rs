//! Any text as a signed list of the server's keys, and lists that its bytes choose.

#![no_main]

#[path = "laws/trust.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|text: &str| laws::hold(text));
