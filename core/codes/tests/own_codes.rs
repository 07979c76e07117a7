//! Our own codes: forms, tolerance for typing, mistakes, other programmes.

use carrot_codes::{Code, CodeErrorKind as Kind, OwnCode, SignedCode, parse, unique_from_bytes};

const BYTES: [u8; 10] = [0x00, 0x44, 0x32, 0x14, 0xc7, 0x42, 0x54, 0xb6, 0x35, 0xcf];

fn own(text: &str) -> OwnCode {
    match parse(text) {
        Ok(Code::Own(own)) => own,
        other => panic!("{text:?}: {other:?}"),
    }
}

#[test]
fn a_unique_code_has_a_typed_form_a_link_and_an_identity() {
    let code = unique_from_bytes("Morgenro", BYTES);
    let text = code.to_text();
    assert!(text.starts_with("MORGENRO-0123-4567-89AB-CDEF-3"), "{text}");
    assert_eq!(code.canonical(), text.replace('-', ""));
    assert_eq!(
        code.to_qr_text(),
        format!("https://carrot.app/w/morgenro/{}", &code.canonical()[8..])
    );
    for form in [
        text.clone(),
        code.canonical(),
        code.to_qr_text(),
        code.to_qr_text()
            .replace("carrot.app", "garanti.example.dk/a"),
    ] {
        assert_eq!(own(&form), code, "{form}");
    }
}

#[test]
fn typing_is_forgiving() {
    let code = unique_from_bytes("morgenro", BYTES);
    let text = code.to_text();
    let (tag, secret) = text.split_at(8);
    let secret_lookalike = secret.replace('0', "O").replace('1', "l");
    for form in [
        text.to_lowercase(),
        text.replace('-', " "),
        format!("  {tag} {}  ", secret.replace('-', "")),
        format!("{tag}{secret_lookalike}"),
        format!("M0RGENR0{secret}"),
        format!("{tag}{}", secret_lookalike.replace('l', "I")),
        text.replace('-', "\u{2013}"),
    ] {
        assert_eq!(own(&form), code, "{form}");
    }
}

#[test]
fn one_wrong_symbol_is_noticed_everywhere() {
    let text = unique_from_bytes("morgenro", BYTES).to_text();
    for (at, right) in text.char_indices().filter(|(at, c)| *at >= 8 && *c != '-') {
        let wrong = if right == 'Z' { 'Y' } else { 'Z' };
        let mut typed = text.clone();
        typed.replace_range(at..at + 1, &wrong.to_string());
        let error = parse(&typed).expect_err(&typed);
        assert_eq!(error.kind, Kind::CheckDigit, "{typed}");
        let without_dashes = typed.replace('-', "");
        assert!(
            !matches!(parse(&without_dashes), Ok(Code::Own(_))),
            "{without_dashes}"
        );
    }
    // The same secret under another programme's tag does not pass either.
    assert_eq!(
        parse(&text.replace("MORGENRO", "AFTENRO"))
            .unwrap_err()
            .kind,
        Kind::CheckDigit
    );
    let letter_u = text.replacen("-0", "-U", 1);
    assert_eq!(parse(&letter_u).unwrap_err().kind, Kind::BadCharacter);
}

#[test]
fn links_of_strangers_are_no_errors() {
    let link = unique_from_bytes("morgenro", BYTES).to_qr_text();
    let wrong = format!("{}0", &link[..link.len() - 1]);
    let wrong = if wrong == link {
        format!("{}1", &link[..link.len() - 1])
    } else {
        wrong
    };
    assert_eq!(parse(&wrong).unwrap_err().kind, Kind::CheckDigit);
    assert_eq!(
        parse("https://carrot.app/w/morgenro/ABC").unwrap_err().kind,
        Kind::TooShort
    );
    assert_eq!(
        parse("https://carrot.app/w/m/ABC").unwrap_err().kind,
        Kind::BadProgramme
    );
    for text in [
        "https://example.com/w/index/page",
        &link.replace("https", "http"),
        "https://carrot.app/w",
    ] {
        assert!(matches!(parse(text), Ok(Code::Other(_))), "{text}");
    }
}

#[test]
fn cards_tokens_and_enrolments() {
    let card = OwnCode::member_card("morgenro", *b"0123456789abcdef");
    assert_eq!(own(&card.to_text()), card);
    assert_eq!(own(&card.to_text().to_lowercase()), card);
    let mut wrong = card.to_text();
    let last = wrong.pop().unwrap();
    wrong.push(if last == '7' { '8' } else { '7' });
    assert_eq!(parse(&wrong).unwrap_err().kind, Kind::CheckDigit);

    let rotating = OwnCode::rotating_member("morgenro", "aB-_9").unwrap();
    assert_eq!(own("CRR1.morgenro.aB-_9"), rotating);
    let voucher = OwnCode::voucher("morgenro", "aB-_9").unwrap();
    assert_eq!(
        (own("CRV1.morgenro.aB-_9"), voucher.programme()),
        (voucher.clone(), Some("morgenro"))
    );
    let enrolment = OwnCode::enrolment("eyJzIjoxfQ").unwrap();
    assert_eq!(own("CRE1.eyJzIjoxfQ"), enrolment);
    assert_eq!(
        (own("carrot-enrol:eyJzIjoxfQ"), enrolment.programme()),
        (enrolment.clone(), None)
    );

    for (text, kind, position) in [
        ("CRV1.morgenro", Kind::TooShort, 13),
        ("CRV1.m.abc", Kind::BadProgramme, 5),
        ("CRV1.morgenro.", Kind::Empty, 14),
        ("CRV1.morgenro.a=b", Kind::BadCharacter, 15),
        ("CRE1.a b", Kind::BadCharacter, 6),
        ("CRM1.morgenro.ABC", Kind::TooShort, 17),
    ] {
        let error = parse(text).expect_err(text);
        assert_eq!((error.kind, error.position), (kind, position), "{text}");
    }
    let long = format!("CRE1.{}", "a".repeat(2049));
    assert_eq!(parse(&long).unwrap_err().kind, Kind::TooLong);
    assert!(OwnCode::voucher("x", "a").is_err() && OwnCode::voucher("xy", "").is_err());
}

#[test]
fn a_signed_code_names_its_place_and_is_the_same_under_any_key() {
    let code = |kid: &str, signature: &str| {
        OwnCode::Signed(SignedCode {
            programme: "morgenro".to_owned(),
            kid: kid.repeat(8),
            series: "spring-2027".to_owned(),
            level: 1,
            index: 41,
            signature: signature.repeat(64),
        })
    };
    let first = code("0f", "a5");
    assert!(first.to_text().starts_with("CRS1.MORGENRO."));
    assert_eq!(own(&first.to_text()), first);
    assert_eq!(first.to_qr_text(), first.to_text());
    assert_eq!(first.canonical(), "morgenro:spring-2027:1:41");
    assert_eq!(code("10", "5a").canonical(), first.canonical());
    let shown = serde_json::to_value(Code::Own(first)).expect("plain data");
    assert_eq!(
        (
            &shown["kind"],
            &shown["form"],
            &shown["series"],
            &shown["level"],
            &shown["index"]
        ),
        (
            &"own".into(),
            &"signed".into(),
            &"spring-2027".into(),
            &1.into(),
            &41.into()
        )
    );
}
