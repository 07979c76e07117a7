//! Any bytes as a packed body, under each coding: what unpacks stays below its limit, and what is packed
//! unpacks to itself.

#![no_main]

use carrot_wire::packing::{Coding, Unpacking};
use libfuzzer_sys::fuzz_target;

/// The most plain bytes that are taken here.
const PLAIN_BYTES_MAX: usize = 1 << 20;

fuzz_target!(|bytes: &[u8]| {
    for coding in Coding::ALL {
        match coding.unpacked(bytes, PLAIN_BYTES_MAX) {
            Ok(plain) => {
                assert!(plain.len() <= PLAIN_BYTES_MAX);
                holds(coding, &plain);
            }
            Err(Unpacking::Damaged | Unpacking::TooLarge) => {}
        }
        holds(coding, bytes);
    }
});

fn holds(coding: Coding, plain: &[u8]) {
    let packed = coding.packed(plain).expect("it packs");
    assert_eq!(coding.unpacked(&packed, plain.len()).as_deref(), Ok(plain));
}
