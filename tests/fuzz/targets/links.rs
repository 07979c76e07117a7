//! Any text as the path and query of a web address: a Digital Link reads back from its own words.

#![no_main]

mod laws;

use carrot_codes::{Code, parse};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for start in ["https://id.gs1.org/", "http://example.com/a/01/", ""] {
        let Some(Code::DigitalLink { base, gs1 }) = laws::code(&format!("{start}{text}")) else {
            continue;
        };
        let link = gs1.to_link(&base).expect("a link has a key");
        let again = parse(&link);
        let read = again.as_ref().ok().and_then(Code::gs1);
        assert_eq!(read.map(carrot_codes::Gs1::canonical), Some(gs1.canonical()), "{link:?}");
    }
});
