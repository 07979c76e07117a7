//! GS1 element strings: carriers, pallets, dates, other keys, errors.

mod common;

use carrot_codes::{Code, CodeErrorKind as Kind, MarkingKind, check_digit};
use common::{fails, ok};

#[test]
fn element_strings_from_every_carrier_agree() {
    let expected = "(01)09521234543213(10)ABC123(17)261231(21)12345";
    for text in [
        "]d2010952123454321310ABC123\u{1d}172612312112345",
        "]C1010952123454321310ABC123\u{1d}172612312112345",
        "]Q3\u{1d}010952123454321310ABC123\u{1d}17261231\u{1d}2112345\u{1d}",
        "]e0010952123454321310ABC123\u{1d}172612312112345",
        "010952123454321310ABC123\u{1d}172612312112345",
        "(01)09521234543213(10)ABC123(17)261231(21)12345",
        "(01) 9521234543213 (10) ABC123 (17) 261231 (21) 12345",
    ] {
        assert_eq!(ok(text).canonical(), expected, "{text:?}");
    }
    let code = ok(expected);
    let gs1 = code.gs1().unwrap();
    assert_eq!(gs1.gtin().unwrap().as_str(), "09521234543213");
    assert_eq!((gs1.lot(), gs1.serial()), (Some("ABC123"), Some("12345")));
    assert_eq!(gs1.expiry().as_deref(), Some("2026-12-31"));
    assert_eq!(gs1.identity().as_deref(), Some("01095212345432132112345"));
}

#[test]
fn pallets_and_their_contents() {
    for text in [
        "106141411234567897",
        "00106141411234567897",
        "(00)106141411234567897",
        "]C100106141411234567897",
    ] {
        let Code::Sscc(sscc) = ok(text) else {
            panic!("{text}")
        };
        assert_eq!(sscc.as_str(), "106141411234567897");
    }
    let code = ok("]C100106141411234567897020952123454321337120");
    let gs1 = code.gs1().unwrap();
    assert_eq!(
        (gs1.count(), gs1.gtin().unwrap().display()),
        (Some(120), "9521234543213")
    );
    assert_eq!(code.identity().as_deref(), Some("00106141411234567897"));
    fails("(00)106141411234567898", Kind::CheckDigit, 21);
    fails("106141411234567898", Kind::CheckDigit, 17);
}

#[test]
fn dates_may_have_day_zero_and_must_exist() {
    let expiry = |text: &str| ok(text).gs1().unwrap().expiry();
    assert_eq!(
        expiry("(01)09521234543213(17)280200").as_deref(),
        Some("2028-02-29")
    );
    assert_eq!(
        expiry("(01)09521234543213(17)280229").as_deref(),
        Some("2028-02-29")
    );
    fails("(01)09521234543213(17)270229", Kind::BadDate, 22);
    fails("010952123454321317261301", Kind::BadDate, 18);
    fails("010952123454321317261232", Kind::BadDate, 18);
    fails("01095212345432131726123", Kind::TooShort, 23);
    fails("(01)09521234543213(7003)2612000000", Kind::BadDate, 24);
}

#[test]
fn broken_element_strings_say_where() {
    fails("010952123454321304XYZ", Kind::UnknownAi, 16);
    fails("(05)123", Kind::UnknownAi, 1);
    fails("010952123454321410ABC", Kind::CheckDigit, 15);
    fails(
        "010952123454321310ABC\u{1d}\u{1d}2112345",
        Kind::DoubleSeparator,
        22,
    );
    fails("\u{1d}010952123454321310ABC", Kind::LeadingSeparator, 0);
    fails("010952123454321310ABCDEFGHIJKLMNOPQRSTU", Kind::TooLong, 38);
    fails("(01)09521234543213(10)A#C", Kind::BadCharacter, 23);
    fails("(01)09521234543213(10)", Kind::Empty, 22);
    fails("(01)09521234543213(10)A(10)B", Kind::DuplicateAi, 24);
    fails("(01", Kind::Parenthesis, 0);
    fails("]C1", Kind::Empty, 0);
    fails("]C1hello", Kind::UnknownAi, 3);
    fails("(8003)19521234543213", Kind::BadCharacter, 6);
    fails("(8006)095212345432130302", Kind::OutOfRange, 20);
    // A fixed length that is not predefined still needs its separator.
    fails("]C142212310ABC", Kind::TooLong, 9);
    assert_eq!(ok("(8013)1987654Ad4X4bL5ttr2310c2K").kind(), "gs1");
    fails("(8013)1987654Ad4X4bL5ttr2310c2L", Kind::CheckDigit, 30);
}

#[test]
fn other_keys() {
    for text in [
        "(402)10614141123456788",
        "(253)9521234543213DOC",
        "(414)9521234543213(254)SHELF-1",
        "(8018)952123454321300017",
        "(01)09521234543213(235)TPX-1",
        "(8200)http://example.com/",
        "(401)WAYBILL-1",
        "(01)09521234543213(3103)001750",
    ] {
        let text = fix_check_digit(text);
        assert_eq!(ok(&text).canonical(), text);
    }
    assert_eq!(
        ok(&fix_check_digit("(01)09521234543213(235)TPX-1"))
            .gs1()
            .unwrap()
            .serial(),
        Some("TPX-1")
    );
}

/// Sets the right check digit into a typed element string whose first value is a key of 13, 17 or 18 digits.
fn fix_check_digit(text: &str) -> String {
    let start = text.find(')').unwrap() + 1;
    let length = match &text[..start] {
        "(402)" => 17,
        "(8018)" => 18,
        "(253)" | "(414)" => 13,
        _ => return text.to_owned(),
    };
    let end = start + length - 1;
    let digit = check_digit(&text[start..end]).unwrap();
    format!("{}{digit}{}", &text[..end], &text[end + 1..])
}

#[test]
fn marking_codes_are_known_by_their_shape() {
    let (t88, t44) = ("A".repeat(88), "b+/=".repeat(11));
    for (text, kind) in [
        (
            format!("010469025752852321G+mgsHw<DiLN_\u{1d}91EE05\u{1d}92{t88}"),
            MarkingKind::Shoes,
        ),
        (
            format!("]d2010469025752852321G+mgsHw<DiLN_\u{1d}91EE05\u{1d}92{t44}"),
            MarkingKind::LightIndustry,
        ),
        (
            "0112345678901231215w9EJp\u{1d}93abc1".to_owned(),
            MarkingKind::Milk,
        ),
        (
            "0112345678901231215w9EJpX\u{1d}93abc1".to_owned(),
            MarkingKind::Beer,
        ),
        (
            "0104690257528523219191939393ab{\u{1d}93dGVz".to_owned(),
            MarkingKind::Water,
        ),
        (
            "0112345678901231215w9EJp\u{1d}93abc1\u{1d}3103000950".to_owned(),
            MarkingKind::Milk,
        ),
    ] {
        let code = ok(&text);
        assert_eq!(code.gs1().unwrap().marking(), Some(kind), "{text:?}");
        assert!(!code.canonical().contains("(91)") && !code.canonical().contains("(93)"));
    }
    let shoes = ok(&format!(
        "010469025752852321G+mgsHw<DiLN_\u{1d}91EE05\u{1d}92{t88}"
    ));
    assert_eq!(
        shoes.identity().as_deref(),
        Some("010469025752852321G+mgsHw<DiLN_")
    );
    let bare = ok("(01)04690257528523(21)G+mgsHw<DiLN_");
    assert_eq!(bare.identity(), shoes.identity());
}

#[test]
fn badly_printed_or_badly_typed_marking_codes() {
    fails(
        "0112345678901231215w9EJpGS93abc1",
        Kind::LiteralSeparator,
        18,
    );
    fails(
        "0112345678901231215w9EJp<GS>93abc1",
        Kind::LiteralSeparator,
        18,
    );
    fails(
        "01046902575285232100000000ЙЦУ93abc1",
        Kind::CyrillicLayout,
        26,
    );
    fails(
        "\u{1d}0112345678901231215w9EJp\u{1d}93abc1",
        Kind::LeadingSeparator,
        0,
    );
    fails(
        "0112345678901231215w9EJp\u{1d}\u{1d}93abc1",
        Kind::DoubleSeparator,
        25,
    );
    fails(
        "0112345678901231215w9E Jp\u{1d}93abc1",
        Kind::BadCharacter,
        22,
    );
}

#[test]
fn locations_need_no_separator_and_count_only_with_their_check_digit() {
    assert_eq!(
        ok("]C1414952123454321310ABC").canonical(),
        "(414)9521234543213(10)ABC"
    );
    assert_eq!(
        ok("414952123454321310ABC").canonical(),
        "(414)9521234543213(10)ABC"
    );
    assert_eq!(ok("414952123454321410ABC").kind(), "other");
    assert_eq!(ok("(03)09521234543213").kind(), "gs1");
    assert_eq!(
        ok("(01)09521234543213(10)A\\(21)B").canonical(),
        "(01)09521234543213(10)A\\(21)B"
    );
    assert_eq!(
        ok("(01)09521234543213(10)A(B)")
            .gs1()
            .and_then(|gs1| gs1.lot()),
        Some("A(B)")
    );
}
