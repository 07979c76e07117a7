//! Any bytes as the file beside a device's outbox.

#![no_main]

#[path = "../../../core/client/src/journal/format.rs"]
mod format;
#[path = "laws/journal.rs"]
mod laws;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| laws::hold(bytes));
