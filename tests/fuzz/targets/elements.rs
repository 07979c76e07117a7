//! Any bytes as what stands in a GS1 symbol after FNC1: what reads is written as what reads the same.

#![no_main]

mod laws;

use carrot_codes::{Code, parse};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    for carrier in ["]d2", "]C1", "]Q3", "]e0", ""] {
        let Some(code) = laws::code(&format!("{carrier}{text}")) else {
            continue;
        };
        let Code::Gs1(gs1) = &code else { continue };
        let raw = format!("]d2{}", gs1.to_raw());
        assert_eq!(parse(&raw).as_ref(), Ok(&code), "{raw:?}");
        let _ = (gs1.gtin(), gs1.expiry(), gs1.count(), gs1.marking());
    }
});
