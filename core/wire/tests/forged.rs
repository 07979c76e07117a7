//! Every signed code with one byte changed is refused: all 255 other values at every place.
//!
//! A few of them in the usual tests; `cargo xtask prove --only codes` asks for a million through
//! `CARROT_FORGERIES`.

use carrot_wire::signed::{read_code, sign_code};
use ed25519_dalek::SigningKey;

const TAG: &str = "morgenro";
/// Without a wish: all changes of one code, and some of another.
const USUAL: usize = 60_000;

fn wanted() -> usize {
    let wish = std::env::var("CARROT_FORGERIES").ok();
    wish.map_or(USUAL, |wish| wish.parse().expect("a number of changes"))
}

fn genuine(key: &SigningKey, number: usize) -> String {
    let series = [
        "s",
        "spring-2027",
        "a-series-with-the-longest-name-there-is0",
    ][number % 3];
    let index = [0, 127, 128, 1_000_000, (1 << 53) - 1][number % 5];
    let level = u8::try_from(number % 4).expect("a level");
    sign_code(key, TAG, (series, level, index))
        .expect("a code")
        .to_text()
}

#[test]
fn one_changed_byte_is_always_refused() {
    let key = SigningKey::from_bytes(&[7; 32]);
    let trusted = [key.verifying_key()];
    let (mut done, mut number) = (0, 0);
    while done < wanted() {
        let text = genuine(&key, number);
        assert!(read_code(&text, TAG, &trusted).is_ok(), "{text}");
        number += 1;
        for at in 0..text.len() {
            for by in 1..=255u8 {
                let mut bytes = text.clone().into_bytes();
                bytes[at] = bytes[at].wrapping_add(by);
                let changed = String::from_utf8_lossy(&bytes);
                let read = read_code(&changed, TAG, &trusted);
                assert!(read.is_err(), "{text} changed at {at} passes as {changed}");
                done += 1;
            }
        }
    }
    println!("proof tried={done}");
}
