//! GS1 Digital Links, whole, broken and compressed.

mod common;

use carrot_codes::{Code, CodeErrorKind as Kind};
use common::{fails, ok};

#[test]
fn digital_links() {
    for (text, canonical) in [
        ("https://id.gs1.org/01/09521234543213", "(01)09521234543213"),
        (
            "HTTPS://ID.GS1.ORG/01/09521234543213/",
            "(01)09521234543213",
        ),
        ("https://id.gs1.org/01/9521234543213", "(01)09521234543213"),
        (
            "https://id.gs1.org/01/09521234543213/10/ABC123/21/12345",
            "(01)09521234543213(10)ABC123(21)12345",
        ),
        (
            "https://id.gs1.org/01/09521234543213/10/ABC123?17=261231&utm_source=x",
            "(01)09521234543213(10)ABC123(17)261231",
        ),
        (
            "https://id.gs1.org/01/09521234543213/22/2A/10/AB%2Fc/21/1%2B1#top",
            "(01)09521234543213(22)2A(10)AB/c(21)1+1",
        ),
        (
            "http://id.gs1.org/00/106141411234567897",
            "(00)106141411234567897",
        ),
        (
            "https://example.com/products/01/09521234543213",
            "(01)09521234543213",
        ),
        (
            "https://example.com/414/9521234543213/254/S1",
            "(414)9521234543213(254)S1",
        ),
        ("https://example.com/8004/952123ASSET", "(8004)952123ASSET"),
    ] {
        let code = ok(text);
        assert_eq!(
            (code.kind(), code.canonical().as_str()),
            ("digital_link", canonical),
            "{text}"
        );
    }
    let Code::DigitalLink { base, .. } = ok("HTTPS://Example.com/products/01/09521234543213")
    else {
        panic!()
    };
    assert_eq!(base, "https://example.com/products");
    for text in [
        "https://example.com/blog/01/02",
        "https://example.com/",
        "https://e.com/401",
        "http://user@e.com/01/09521234543213",
    ] {
        assert_eq!(ok(text).kind(), "other", "{text}");
    }
}

#[test]
fn broken_digital_links_say_where() {
    let base = "https://id.gs1.org/01/09521234543213";
    fails("https://id.gs1.org/01/09521234543214", Kind::CheckDigit, 35);
    fails(&format!("{base}/21/1/10/A"), Kind::QualifierOrder, 42);
    fails(&format!("{base}/235/T/10/A"), Kind::QualifierOrder, 43);
    fails(&format!("{base}/99/A"), Kind::QualifierOrder, 37);
    fails(&format!("{base}/05/A"), Kind::UnknownAi, 37);
    fails(&format!("{base}?05=A"), Kind::UnknownAi, 37);
    fails(&format!("{base}?21=A"), Kind::QualifierOrder, 37);
    fails(&format!("{base}/10/"), Kind::Empty, 39);
    fails(&format!("{base}/10/A%2"), Kind::BadEscape, 41);
    fails(&format!("{base}/10/%FF"), Kind::BadEscape, 40);
    fails(&format!("{base}?17=261301"), Kind::BadDate, 40);
    fails(&format!("{base}/ABhKV_x9Q"), Kind::CompressedLink, 37);
}

#[test]
fn compressed_links_are_refused_politely() {
    for segment in [
        compressed(0x01, 47, 9_521_234_543_213),
        compressed(0x0c, 47, 4_006_381_333_931),
        compressed(0, 60, 106_141_411_234_567_897),
    ] {
        fails(
            &format!("https://example.com/p/{segment}"),
            Kind::CompressedLink,
            22,
        );
    }
    // A number of 15 digits is no trade item, though its check digit fits.
    let too_long = compressed(0x01, 47, 100_000_000_000_009);
    assert_eq!(
        ok(&format!("https://example.com/p/{too_long}")).kind(),
        "other"
    );
    let other = compressed(0x01, 47, 9_521_234_543_214);
    assert_eq!(
        ok(&format!("https://example.com/p/{other}")).kind(),
        "other"
    );
}

/// The start of a compressed link: the first byte, then the number in `width` bits, then some filler.
fn compressed(first: u64, width: u32, number: u64) -> String {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let bits = format!("{first:08b}{number:0width$b}000101", width = width as usize);
    let padded = format!("{bits}{}", "0".repeat((6 - bits.len() % 6) % 6));
    let sextet = |at: usize| usize::from_str_radix(&padded[at..at + 6], 2).unwrap();
    (0..padded.len())
        .step_by(6)
        .map(|at| ALPHABET[sextet(at)] as char)
        .collect()
}
