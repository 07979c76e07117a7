//! Any text, as a camera, a wedge scanner or a person gives it.

#![no_main]

mod laws;

use carrot_codes::parse_amount;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    laws::code(text);
    for decimals in [0, 2, 6] {
        match parse_amount(text, decimals) {
            Ok(minor) => assert!((0..=carrot_codes::AMOUNT_MINOR_MAX).contains(&minor)),
            Err(error) => assert!(error.position <= text.len()),
        }
    }
});
