//! Amounts as people type them.

use carrot_codes::{AMOUNT_MINOR_MAX, parse_amount};

#[test]
fn usual_forms() {
    for (text, decimals, minor) in [
        ("12", 2, 1200),
        ("12,5", 2, 1250),
        ("12.50", 2, 1250),
        (" 1 234,50", 2, 123_450),
        ("1\u{a0}234\u{202f}567,5", 2, -1),
        ("1\u{a0}234\u{a0}567,5", 2, 123_456_750),
        ("1,234.50", 2, 123_450),
        ("1.234,50", 2, 123_450),
        ("0", 2, 0),
        ("007", 0, 7),
        ("0,01", 2, 1),
        ("1,234", 3, 1234),
        ("90071992547409,91", 2, AMOUNT_MINOR_MAX),
        ("9007199254740991", 0, AMOUNT_MINOR_MAX),
    ] {
        assert_eq!(
            parse_amount(text, decimals).unwrap_or(-1),
            minor,
            "{text:?}"
        );
    }
}

#[test]
fn refusals_with_their_positions() {
    for (text, decimals, code, position) in [
        ("", 2, "empty", 0),
        ("  ", 2, "empty", 0),
        ("1,234", 2, "too_many_decimals", 4),
        (" 12.505", 2, "too_many_decimals", 6),
        ("12,0", 0, "too_many_decimals", 3),
        ("-5", 2, "negative", 0),
        (" \u{2212}5", 2, "negative", 1),
        ("90071992547409,92", 2, "out_of_range", 16),
        ("9007199254740992", 0, "out_of_range", 15),
        ("99999999999999999999999", 0, "out_of_range", 15),
        ("1", 255, "out_of_range", 0),
        ("12,", 2, "bad_amount", 2),
        (",5", 2, "bad_amount", 0),
        ("12 34", 2, "bad_amount", 5),
        ("1 23 456", 2, "bad_amount", 4),
        ("1234 567", 2, "bad_amount", 4),
        ("1.234.567", 2, "bad_amount", 1),
        ("12a", 2, "bad_character", 2),
        ("1e5", 2, "bad_character", 1),
        ("+5", 2, "bad_character", 0),
        ("٣", 2, "bad_character", 0),
        ("12 kr", 2, "bad_character", 3),
    ] {
        let error = parse_amount(text, decimals).expect_err(text);
        assert_eq!((error.code(), error.position), (code, position), "{text:?}");
    }
    assert_eq!(
        parse_amount(&"1".repeat(65), 0).unwrap_err().code(),
        "too_long"
    );
}
