//! What reaches a till in the field: scanners that drop or respell marks, layouts, shortened
//! addresses, codes of goods that are marked otherwise. One row, one meaning.

mod common;

use carrot_codes::{Code, CodeErrorKind as Kind, MarkingKind};
use common::{fails, ok};

#[test]
fn one_meaning_whatever_the_scanner_made_of_it() {
    let (t44, t88) = ("b+/=".repeat(11), "A".repeat(88));
    let expected = "(01)04690257528523(21)G+mgsHw<DiLN_";
    for text in [
        // Read as a plain Data Matrix: the first FNC1 is gone, the separators are not.
        format!("]d1010469025752852321G+mgsHw<DiLN_\u{1d}91EE05\u{1d}92{t44}"),
        format!("]d2\u{1d}010469025752852321G+mgsHw<DiLN_\u{1d}91EE05\u{1d}92{t44}\u{1d}"),
        // The scanner swallowed every separator: the shape as a whole tells the lengths.
        format!("010469025752852321G+mgsHw<DiLN_91EE0592{t44}"),
        format!("]d1010469025752852321G+mgsHw<DiLN_91EE0592{t88}"),
        expected.to_owned(),
    ] {
        let code = ok(&text);
        assert_eq!(code.canonical(), expected, "{text:?}");
        let identity = code.identity();
        assert_eq!(identity.as_deref(), Some("010469025752852321G+mgsHw<DiLN_"));
    }
    // One character more or less is no shape that is known.
    fails(
        &format!("010469025752852321G+mgsHw<DiLN_91EE0592{t44}x"),
        Kind::TooLong,
        38,
    );
}

#[test]
fn words_in_place_of_the_separator_are_named() {
    for mark in [
        "GS", "<GS>", "{GS}", "[GS]", "(GS)", "<FNC1>", "^]", "\\u001d", "%1D",
    ] {
        let text = format!("0112345678901231215w9EJp{mark}93abc1");
        fails(&text, Kind::LiteralSeparator, 18);
    }
    fails(
        "010469025752852321G+mgsHw<DiLN_<FNC1>91EE05",
        Kind::LiteralSeparator,
        38,
    );
    fails(
        "0112345678901231215w9EJp\u{241d}93abc1",
        Kind::LiteralSeparator,
        24,
    );
}

#[test]
fn packs_and_cartons_of_tobacco() {
    for (text, canonical) in [
        (
            "00000046203564A9ujBdAACzMMd2A",
            "(01)00000046203564(21)A9ujBdA(8005)016892",
        ),
        (
            "]d104606203084623+kYx;qLABmrd4Wb",
            "(01)04606203084623(21)+kYx;qL(8005)009483",
        ),
        (
            "010460620308462321+kYx;qL\u{1d}8005112000\u{1d}93dGVz\u{1d}24014013208",
            "(01)04606203084623(21)+kYx;qL(8005)112000(240)14013208",
        ),
    ] {
        let code = ok(text);
        assert_eq!(code.canonical(), canonical);
        let marking = code.gs1().and_then(carrot_codes::Gs1::marking);
        assert_eq!(marking, Some(MarkingKind::Tobacco), "{text}");
    }
    // A wrong check digit, a character outside the alphabet, a length that is none.
    for text in [
        "00000046203565A9ujBdAACzMMd2A",
        "00000046203564A9uj#dAACzMMd2A",
        "00000046203564A9ujBdAACzMMd2",
    ] {
        assert_eq!(ok(text).kind(), "other", "{text}");
    }
}

#[test]
fn add_ons_and_foreign_messages() {
    for text in [
        "]E3978020137962412345",
        "]E0978020137962412",
        "9780201379624",
    ] {
        assert_eq!(
            ok(text)
                .gtin()
                .map(|gtin| gtin.as_str().to_owned())
                .as_deref(),
            Some("09780201379624"),
            "{text}"
        );
    }
    // The separators of an ANSI message are not those of GS1.
    assert_eq!(
        ok("[)>\u{1e}06\u{1d}9N111234567842\u{1d}1T1A234B5\u{1e}\u{4}").kind(),
        "other"
    );
}

#[test]
fn receipts_of_russia_as_they_come() {
    for text in [
        "t=20240917T1801&s=1285.21&fn=7281440500751551&i=30526&fp=1168453787&n=1",
        "?t=20240917T1801&s=1285.21&fn=7281440500751551&i=30526&fp=1168453787&n=1",
        "t=20240917T1801&amp;s=1285.21&amp;fn=7281440500751551&amp;i=30526&amp;fp=1168453787&amp;n=1",
        "T=2024-09-17T18:01&S=1285,21&FN=7281440500751551 &I= 30526&FP=1168453787&N=1",
        "n=1&fp=1168453787&i=0000030526&fn=7281440500751551&s=1285.21&t=20240917t1801",
        "https://lk.example.ru/check?t=20240917T1801&s=1285.21&fn=7281440500751551&i=30526&fp=1168453787&n=1",
    ] {
        let Code::Receipt(receipt) = ok(text) else {
            panic!("{text}")
        };
        assert_eq!(
            receipt.receipt_key(),
            "ru:7281440500751551:30526:1168453787",
            "{text}"
        );
        let said = (receipt.total_minor, receipt.local_time.as_str());
        assert_eq!(said, (128_521, "2024-09-17T18:01"), "{text}");
    }
    // The typed form of GS1 may hold the same words; its parentheses say what it is.
    assert_eq!(
        ok("(96)t=20180518T2205&s=9.88&fn=87100&i=99&fp=12&n=1").kind(),
        "gs1"
    );
}

#[test]
fn addresses_without_their_scheme() {
    for (text, kind) in [
        ("id.gs1.org/01/09521234543213/21/12345", "digital_link"),
        (
            "cabinet.tax.gov.ua/cashregs/check?fn=4000438533&id=23649865.1.1236&sm=950.04&time=1526&date=20240604",
            "receipt",
        ),
        ("example.com/01/09521234543213", "other"),
        ("id.gs1.org", "other"),
    ] {
        assert_eq!(ok(text).kind(), kind, "{text}");
    }
    fails("id.gs1.org/01/09521234543214", Kind::CheckDigit, 27);
    fails("id.gs1.org/ARFKk4XB0CDKWcnpq", Kind::CompressedLink, 11);
}
