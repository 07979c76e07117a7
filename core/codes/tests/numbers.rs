//! Bare numbers, texts under another keyboard layout, and what is no code.

mod common;

use carrot_codes::{Code, CodeErrorKind as Kind, Gtin, OwnCode, check_digit};
use common::{fails, ok};

#[test]
fn check_digits_of_all_lengths() {
    for full in [
        "09521234543213",
        "106141411234567897",
        "4006381333931",
        "04690257528523",
        "02900002317701",
        "12345678901231",
        "96385074",
    ] {
        let (body, last) = full.split_at(full.len() - 1);
        assert_eq!(
            check_digit(body).map(|d| d.to_string()).as_deref(),
            Some(last),
            "{full}"
        );
    }
    assert_eq!(check_digit(""), None);
    assert_eq!(check_digit("12a"), None);
}

#[test]
fn trade_items_in_every_length() {
    for (text, digits, shown) in [
        ("96385074", "00000096385074", "96385074"),
        ("012345678905", "00012345678905", "012345678905"),
        ("4006381333931", "04006381333931", "4006381333931"),
        ("12345678901231", "12345678901231", "12345678901231"),
        ("4 006381 333931", "04006381333931", "4006381333931"),
        ("]E04006381333931\r\n", "04006381333931", "4006381333931"),
    ] {
        let Code::Gtin(gtin) = ok(text) else {
            panic!("{text}")
        };
        assert_eq!((gtin.as_str(), gtin.display()), (digits, shown));
    }
    fails("04200510000452", Kind::CheckDigit, 13);
    fails("  4006381333932", Kind::CheckDigit, 14);
    fails("]E0400638133393", Kind::CheckDigit, 14);
    assert_eq!(Gtin::parse("123").unwrap_err().kind, Kind::BadLength);
    assert_eq!(
        Gtin::parse("40063813٣3931").unwrap_err().kind,
        Kind::BadCharacter
    );
    assert_eq!(
        Gtin::from_upc_e("01234565").unwrap().display(),
        "012345000065"
    );
    assert_eq!(
        Gtin::from_upc_e("04252614").unwrap().display(),
        "042100005264"
    );
}

#[test]
fn restricted_circulation() {
    for text in [
        "02900002317701",
        "2000000000008",
        "0200000000004",
        "0412345678903",
        "2900002317701",
    ] {
        let digits = &text[..text.len() - 1];
        let full = format!("{digits}{}", check_digit(digits).unwrap());
        assert!(Gtin::parse(&full).unwrap().is_restricted(), "{full}");
    }
    for text in [
        "4006381333931",
        "04690257528523",
        "012345678905",
        "96385074",
    ] {
        assert!(!Gtin::parse(text).unwrap().is_restricted(), "{text}");
    }
}

#[test]
fn a_wedge_under_a_cyrillic_layout() {
    fails(
        "реезыЖ..шв.пы1.щкп.01.09521234543213",
        Kind::CyrillicLayout,
        0,
    );
    fails(
        "е=20180518Е220500?ы=975ю88?ат=8710000101125654",
        Kind::CyrillicLayout,
        0,
    );
    fails("ъС10109521234543213", Kind::CyrillicLayout, 0);
    let spaced = "е=20180518Е2205?ы=975ю88?ат=8710000101125654 ?ш=99456?аз=1250448795?т=1";
    fails(spaced, Kind::CyrillicLayout, 0);
    let secret = carrot_codes::unique_from_bytes("morgenro", [7; 10]).to_text();
    let cyrillic = secret.replacen('M', "Ь", 1).replace('-', " ");
    fails(&cyrillic, Kind::CyrillicLayout, 0);
    assert_eq!(ok("Кофе с молоком").kind(), "other");
    assert_eq!(ok("ґ ў ђ").kind(), "other");
    assert_eq!(ok("https://пример.рф/меню").kind(), "other");
}

#[test]
fn anything_else_is_kept_as_it_is() {
    for text in [
        "hello",
        "1234567",
        "WIFI:S:x;;",
        "10ABC",
        "401ABC",
        "d290f1ee-6c54-4b01-90e6-d701748f0851",
        "00000046210654-Q!x7Rz3AAAABcde",
    ] {
        assert_eq!(ok(&format!(" {text}\n")), Code::Other(text.to_owned()));
    }
    fails("", Kind::Empty, 0);
    fails(" \n", Kind::Empty, 0);
    fails(&"x".repeat(20_000), Kind::TooLong, 16_384);
    assert!(matches!(
        ok("]Q1CRE1.abc"),
        Code::Own(OwnCode::Enrolment { .. })
    ));
}

#[test]
fn the_symbology_decides_what_the_text_alone_would_not() {
    for prefix in ["]C1", "]d2", "]Q3", "]e0", "]J1"] {
        assert_eq!(
            ok(&format!("{prefix}10ABC")).canonical(),
            "(10)ABC",
            "{prefix}"
        );
    }
    for prefix in ["]E0", "]E4"] {
        fails(&format!("{prefix}1234567"), Kind::BadLength, 3);
    }
    assert_eq!(ok("]C010ABC"), Code::Other("10ABC".to_owned()));
    assert_eq!(ok("]!x"), Code::Other("]!x".to_owned()));
}
