//! Golden file: one text per line and, after a tab, what it parses to.
//!
//! `\u{1d}` is written as `␝`. `UPDATE_GOLDEN=1 cargo test -p carrot-codes --test golden` writes the
//! right-hand sides anew; read the difference before keeping it.

use carrot_codes::parse;

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/codes.tsv");

#[test]
fn texts_parse_as_recorded() {
    let recorded = std::fs::read_to_string(PATH).unwrap();
    let mut now = String::new();
    for line in recorded.lines() {
        let text = line.split('\t').next().unwrap_or_default();
        let result = match parse(&text.replace('␝', "\u{1d}")) {
            Ok(code) => format!(
                "{}\t{}",
                serde_json::to_string(&code).unwrap(),
                code.canonical()
            ),
            Err(error) => format!("error {} at {}\t{error}", error.code(), error.position),
        };
        now.push_str(&format!("{text}\t{result}\n"));
    }
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(PATH, &now).unwrap();
    }
    assert!(
        recorded.lines().count() > 30,
        "the golden file is not empty"
    );
    for (was, is) in recorded.lines().zip(now.lines()) {
        assert_eq!(is, was);
    }
}
