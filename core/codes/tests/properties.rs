//! No input panics, positions stay inside the text, and what is printed reads back.

use carrot_codes::{
    AMOUNT_MINOR_MAX, Code, CodeErrorKind, Gs1, Gtin, OwnCode, check_digit, parse, parse_amount,
    unique_from_bytes,
};
use proptest::prelude::*;

fn gtin() -> impl Strategy<Value = String> {
    "[0-9]{13}".prop_map(|body| format!("{body}{}", check_digit(&body).unwrap()))
}

/// Pieces of real codes in any order, so that the parsers' depths are reached.
fn collage() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "]C1",
            "]d2",
            "]E0",
            "\u{1d}",
            "(",
            ")",
            "\\(",
            "(01)",
            "01",
            "00",
            "02",
            "10",
            "21",
            "17",
            "8003",
            "253",
            "09521234543213",
            "106141411234567897",
            "261231",
            "https://",
            "id.gs1.org",
            "/",
            "?",
            "&",
            "=",
            "%",
            "%2",
            "%41",
            "t=",
            "s=",
            "fn=",
            "fp=",
            "i=",
            "n=1",
            "cabinet.tax.gov.ua/cashregs/check",
            "CRM1.",
            "CRV1.",
            ".",
            "morgenro",
            "carrot.app",
            "/w/",
            "-",
            " ",
            "Ж",
            "й",
            "ґ",
            "é",
            "\u{10ffff}",
            "<GS>",
            "GS93",
            "\0",
        ])
        .prop_map(str::to_owned),
        gtin(),
        "[0-9]{1,20}",
        "[A-Za-z0-9]{1,8}",
    ];
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

fn survives(text: &str) -> Result<(), TestCaseError> {
    match parse(text) {
        Ok(code) => {
            let json = serde_json::to_string(&code).unwrap();
            prop_assert_eq!(
                &serde_json::from_str::<Code>(&json).unwrap(),
                &code,
                "{}",
                json
            );
            prop_assert!(!code.canonical().is_empty());
            reads_back(text, &code)?;
        }
        Err(error) => prop_assert!(error.position <= text.len(), "{error} in {text:?}"),
    }
    Ok(())
}

/// What is written as canonical reads as the same thing, once and for ever.
fn reads_back(text: &str, code: &Code) -> Result<(), TestCaseError> {
    let written = match code {
        Code::Gtin(_) | Code::Sscc(_) | Code::Gs1(_) | Code::DigitalLink { .. } => code.canonical(),
        Code::Own(own) => own.to_qr_text(),
        Code::Receipt(_) | Code::Other(_) => return Ok(()),
    };
    let again = parse(&written);
    prop_assert!(again.is_ok(), "{text:?} is written {written:?}: {again:?}");
    let again = again.unwrap();
    prop_assert_eq!(again.canonical(), code.canonical(), "{:?}", text);
    prop_assert_eq!(again.identity(), code.identity(), "{:?}", text);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_survives(text in "\\PC{0,80}") {
        survives(&text)?;
    }

    #[test]
    fn any_bytes_survive(bytes in prop::collection::vec(any::<u8>(), 0..120)) {
        survives(&String::from_utf8_lossy(&bytes))?;
    }

    #[test]
    fn any_collage_survives(text in collage()) {
        survives(&text)?;
    }

    #[test]
    fn a_cut_or_changed_code_survives(at in 0usize..90, byte in any::<char>(), which in 0usize..6) {
        let whole = [
            "]d2010469025752852321G+mgsHw<DiLN_\u{1d}91EE05\u{1d}92AAAAAAAA",
            "https://id.gs1.org/01/09521234543213/10/ABC%2F123/21/12345?17=261231",
            "t=20180518T220500&s=975.88&fn=8710000101125654&i=99456&fp=1250448795&n=1",
            "https://cabinet.tax.gov.ua/cashregs/check?date=20260429&time=222006&id=6&sm=4.40&fn=30",
            "CRM1.morgenro.0123456789ABCDEFGHJKMNPQRS0",
            "MORGENRO-0123-4567-89AB-CDEF-G",
        ][which];
        let mut chars: Vec<char> = whole.chars().collect();
        let at = at % chars.len();
        survives(&chars[..at].iter().collect::<String>())?;
        chars[at] = byte;
        survives(&chars.iter().collect::<String>())?;
    }

    #[test]
    fn amounts_survive_and_read_back(text in "\\PC{0,30}", minor in 0..=AMOUNT_MINOR_MAX, decimals in 0u8..=6) {
        let _ = parse_amount(&text, decimals);
        let unit = 10i64.pow(u32::from(decimals));
        let shown = match decimals {
            0 => minor.to_string(),
            _ => format!("{},{:0width$}", minor / unit, minor % unit, width = usize::from(decimals)),
        };
        prop_assert_eq!(parse_amount(&shown, decimals), Ok(minor));
    }

    #[test]
    fn a_changed_digit_is_noticed(text in gtin(), at in 0usize..14, by in 1u8..10) {
        let read = Gtin::parse(&text).unwrap();
        prop_assert_eq!(read.as_str(), text.as_str());
        let mut digits = text.into_bytes();
        digits[at] = b'0' + (digits[at] - b'0' + by) % 10;
        let error = Gtin::parse(std::str::from_utf8(&digits).unwrap()).unwrap_err();
        prop_assert_eq!(error.kind, CodeErrorKind::CheckDigit);
    }

    #[test]
    fn elements_read_back_from_three_carriers(
        gtin in gtin(), lot in "[!-\"%-?A-Z_a-z]{1,20}", serial in "[A-Za-z0-9+/(]{1,20}", day in 1u8..=28,
    ) {
        prop_assume!(!lot.contains('(') && !lot.contains('\\') && !serial.contains("GS"));
        let gs1 = Gs1 { elements: vec![
            ("01".into(), gtin), ("10".into(), lot), ("21".into(), serial), ("17".into(), format!("2602{day:02}")),
        ]};
        let raw = format!("]C1{}", gs1.to_raw());
        prop_assert_eq!(parse(&raw), Ok(Code::Gs1(gs1.clone())));
        prop_assert_eq!(parse(&gs1.canonical()), Ok(Code::Gs1(gs1.clone())));
        let link = gs1.to_link("https://id.gs1.org/").unwrap();
        let expected = Code::DigitalLink { base: "https://id.gs1.org".into(), gs1 };
        prop_assert_eq!(parse(&link), Ok(expected));
    }

    #[test]
    fn own_codes_read_back(tag in "[a-z0-9]{2,8}", secret in any::<[u8; 10]>(), member in any::<[u8; 16]>(), token in "[A-Za-z0-9_-]{1,200}") {
        let unique = unique_from_bytes(&tag, secret);
        prop_assert_eq!(parse(&unique.to_qr_text()), Ok(Code::Own(unique.clone())));
        // A tag and a secret of digits alone may be a number of another kind.
        if unique.canonical().bytes().any(|b| b.is_ascii_alphabetic()) && !tag.starts_with('0') {
            prop_assert_eq!(parse(&unique.to_text()), Ok(Code::Own(unique.clone())));
            prop_assert_eq!(parse(&unique.canonical()), Ok(Code::Own(unique)));
        }
        for code in [
            OwnCode::member_card(&tag, member),
            OwnCode::rotating_member(&tag, &token).unwrap(),
            OwnCode::voucher(&tag, &token).unwrap(),
            OwnCode::enrolment(&token).unwrap(),
        ] {
            prop_assert_eq!(parse(&code.to_text()), Ok(Code::Own(code)));
        }
    }
}

#[test]
fn error_names_are_unique_and_equal_their_serialised_form() {
    let mut names: Vec<_> = CodeErrorKind::ALL.iter().map(|kind| kind.code()).collect();
    for kind in CodeErrorKind::ALL {
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.code());
        assert!(!kind.sentence().is_empty());
    }
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), CodeErrorKind::ALL.len());
}
