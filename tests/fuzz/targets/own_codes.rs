//! Any bytes as a programme's own codes: typed, printed, in links; and codes made of the bytes, which
//! read back.

#![no_main]

mod laws;

use carrot_codes::{Code, OwnCode, is_programme_tag, unique_from_bytes};
use libfuzzer_sys::fuzz_target;

const STARTS: [&str; 7] = [
    "", "CRM1.", "CRR1.", "CRV1.", "CRE1.", "https://carrot.app/w/", "MORGENRO-",
];

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    for start in STARTS {
        if let Some(Code::Own(own)) = laws::code(&format!("{start}{text}")) {
            assert!(own.programme().is_none_or(is_programme_tag));
            reads_back(&own);
        }
    }
    if let Some(secret) = bytes.first_chunk::<10>() {
        let tag: String = text.chars().filter(char::is_ascii_lowercase).take(8).collect();
        if is_programme_tag(&tag) {
            reads_back(&unique_from_bytes(&tag, *secret));
        }
    }
});

fn reads_back(own: &OwnCode) {
    let read = carrot_codes::parse(&own.to_qr_text());
    assert_eq!(read.as_ref(), Ok(&Code::Own(own.clone())), "{own}");
}
