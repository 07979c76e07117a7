//! Any text as a voucher, a till's question or a phone's answer.

#![no_main]

#[path = "laws/vouchers.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|text: &str| laws::hold(text));
