//! Known codes, good and bad, from public specifications and samples.

use carrot_codes::{
    Code, CodeErrorKind as Kind, FiscalOperation, Gtin, MarkingKind, OwnCode, check_digit, parse,
};

fn ok(text: &str) -> Code {
    parse(text).unwrap_or_else(|error| panic!("{text:?}: {error}"))
}

#[track_caller]
fn fails(text: &str, kind: Kind, position: usize) {
    let error = parse(text).expect_err(text);
    assert_eq!(
        (error.kind, error.position),
        (kind, position),
        "{text:?}: {error}"
    );
}

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
    let secret = carrot_codes::unique_from_bytes("morgenro", [7; 10]).to_text();
    let cyrillic = secret.replacen('M', "Ь", 1).replace('-', " ");
    fails(&cyrillic, Kind::CyrillicLayout, 0);
    assert_eq!(ok("Кофе с молоком").kind(), "other");
    assert_eq!(ok("ґ ў ђ").kind(), "other");
    assert_eq!(ok("https://пример.рф/меню").kind(), "other");
}

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

#[test]
fn russian_receipts() {
    let Code::Receipt(receipt) =
        ok("t=20180518T220500&s=975.88&fn=8710000101125654&i=99456&fp=1250448795&n=1")
    else {
        panic!()
    };
    assert_eq!(
        (receipt.total_minor, receipt.local_time.as_str()),
        (97_588, "2018-05-18T22:05:00")
    );
    assert_eq!(
        receipt.receipt_key(),
        "ru:8710000101125654:99456:1250448795"
    );
    assert_eq!(
        (receipt.operation, receipt.currency()),
        (FiscalOperation::Sale, "RUB")
    );
    let Code::Receipt(short) =
        ok("t=20240917T1801&s=1285.21&fn=7281440500751551&i=30526&fp=1168453787&n=1")
    else {
        panic!()
    };
    assert_eq!(
        (short.total_minor, short.local_time.as_str()),
        (128_521, "2024-09-17T18:01")
    );
    let noisy = ok(
        " fp=1250448795 & n=1&fn=8710000101125654 &i=0099456&T=20180518t220500&s= 975.88&extra=1 ",
    );
    assert_eq!(noisy.identity(), Some(receipt.receipt_key()));
    let Code::Receipt(back) =
        ok("t=20180518T220500&s=975.88&fn=8710000101125654&i=99457&fp=1250448795&n=2")
    else {
        panic!()
    };
    assert_eq!(back.operation, FiscalOperation::SaleReturn);
    let linked = ok(
        "https://till.example/c?t=20180518T2205&s=975.88&fn=8710000101125654&i=99456&fp=1250448795&n=1",
    );
    assert_eq!(linked.identity(), Some(receipt.receipt_key()));
}

#[test]
fn broken_russian_receipts() {
    fails(
        "t=20180518T220500&s=975.88&fn=8710000101125654&i=99456&fp=1250448795",
        Kind::MissingField,
        68,
    );
    fails(
        "t=20180518T220500&s=975.88&fn=871000010112565&i=99456&fp=1250448795&n=1",
        Kind::BadLength,
        30,
    );
    fails(
        "t=20180518T220500&s=975.88&fn=8710000101125654&i=99456&fp=4294967296&n=1",
        Kind::OutOfRange,
        58,
    );
    fails(
        "t=20180532T220500&s=975.88&fn=8710000101125654&i=99456&fp=1250448795&n=1",
        Kind::BadDate,
        2,
    );
    fails(
        "t=20180518T2460&s=975.88&fn=8710000101125654&i=99456&fp=1250448795&n=1",
        Kind::BadDate,
        2,
    );
    fails(
        "t=20180518T220500&s=975.888&fn=8710000101125654&i=99456&fp=1250448795&n=1",
        Kind::TooManyDecimals,
        26,
    );
    fails(
        "t=20180518T220500&s=-975.88&fn=8710000101125654&i=99456&fp=1250448795&n=1",
        Kind::Negative,
        20,
    );
    fails(
        "t=20180518T220500&s=975.88&fn=8710000101125654&i=99456&fp=1250448795&n=5",
        Kind::BadOperation,
        71,
    );
    fails(
        "t=20180518T220500&s=975.88&s=1&fn=8710000101125654&i=99456&fp=1250448795&n=1",
        Kind::DuplicateField,
        27,
    );
    fails(
        "t=20180518T220500&s=975.88&fn=8710000101125654&i=9x&fp=1250448795&n=1",
        Kind::BadCharacter,
        50,
    );
    assert_eq!(ok("a=1&b=2").kind(), "other");
}

#[test]
fn ukrainian_receipts() {
    let base = "https://cabinet.tax.gov.ua/cashregs/check";
    let Code::Receipt(receipt) = ok(&format!(
        "{base}?date=20260429&time=222006&id=696582&sm=437.40&fn=3000909908"
    )) else {
        panic!()
    };
    assert_eq!(
        (receipt.total_minor, receipt.local_time.as_str()),
        (43_740, "2026-04-29T22:20:06")
    );
    assert_eq!(receipt.receipt_key(), "ua:3000909908:696582");
    assert_eq!(
        (receipt.sign.clone(), receipt.operation),
        (None, FiscalOperation::Unstated)
    );
    let Code::Receipt(offline) = ok(&format!(
        "{base}?id=23649865.1.1236&date=20240604&time=1526&fn=4000438533&sm=950.04&mac=47a0f6e4"
    )) else {
        panic!()
    };
    assert_eq!(
        (offline.document.as_str(), offline.sign.as_deref()),
        ("23649865.1.1236", Some("47a0f6e4"))
    );
    fails(
        &format!("{base}?id=1&date=20240604&time=1526&fn=4000438533"),
        Kind::MissingField,
        90,
    );
    fails(
        &format!("{base}?id=1&date=20240631&time=1526&fn=4000438533&sm=1"),
        Kind::BadDate,
        52,
    );
    fails(
        &format!("{base}?id=1:2&date=20240601&time=1526&fn=4000438533&sm=1"),
        Kind::BadCharacter,
        45,
    );
    assert_eq!(ok("https://kasa.vchasno.com.ua/check/AbC").kind(), "other");
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
