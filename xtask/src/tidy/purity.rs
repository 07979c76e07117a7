//! Law: whatever decides is pure. No clock, randomness, float or I/O in the pure crates.

use super::{
    Breach, File,
    code::{Code, is_name},
};

const PURE: &[&str] = &["core/codes/", "core/rules/", "core/wire/", "core/sync/"];
const FORBIDDEN: &[(&str, &[&str])] = &[
    (
        "a clock",
        &[
            "SystemTime",
            "Instant::now",
            "Timestamp::now",
            "Zoned::now",
            "Utc::now",
        ],
    ),
    (
        "randomness",
        &[
            "getrandom",
            "rand::",
            "OsRng",
            "Uuid::new_v4",
            "Uuid::now_v7",
        ],
    ),
    ("a float", &["f32", "f64"]),
    (
        "I/O",
        &[
            "std::fs",
            "std::net",
            "std::env",
            "tokio::",
            "sqlx::",
            "reqwest::",
        ],
    ),
];
/// Packages that no pure crate may depend on; tests may.
const FORBIDDEN_PACKAGES: &[&str] = &[
    "getrandom",
    "rand",
    "reqwest",
    "rusqlite",
    "sqlx",
    "tauri",
    "tokio",
];

fn is_pure(path: &str) -> bool {
    PURE.iter().any(|folder| path.starts_with(folder))
}

/// Tests of a pure crate may read files and draw numbers.
fn is_test(path: &str) -> bool {
    path.contains("/tests/")
        || path.contains("/benches/")
        || path.contains("/examples/")
        || path.ends_with("/tests.rs")
}

/// Impure names in a pure crate's own code.
pub fn check(file: &File, code: &Code) -> Vec<Breach> {
    if !is_pure(&file.path) || is_test(&file.path) {
        return Vec::new();
    }
    let code = code.without_tests();
    let mut found = Vec::new();
    for (kind, names) in FORBIDDEN {
        for name in *names {
            for at in code.find_word(name) {
                let what = format!("{kind} in a pure crate: `{name}`");
                found.push(Breach::new(&file.path, code.line_of(at), what));
            }
        }
    }
    for at in float_literals(&code.text) {
        let what = "a float in a pure crate: a number with a fraction";
        found.push(Breach::new(&file.path, code.line_of(at), what));
    }
    found
}

/// Numbers such as `1.5` or `2e3f64`; neither ranges (`0..9`) nor fields (`pair.0.1`).
fn float_literals(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let before = at
            .checked_sub(1)
            .and_then(|before| bytes.get(before))
            .copied();
        let starts = is_digit(at)
            && before.is_none_or(|before| !is_name(char::from(before)) && before != b'.');
        if !starts {
            at += 1;
            continue;
        }
        let end = (at..bytes.len())
            .find(|end| {
                bytes
                    .get(*end)
                    .is_none_or(|byte| !is_name(char::from(*byte)))
            })
            .unwrap_or(bytes.len());
        let number = text.get(at..end).unwrap_or_default();
        let suffixed =
            !number.starts_with("0x") && (number.ends_with("f32") || number.ends_with("f64"));
        if suffixed || (bytes.get(end) == Some(&b'.') && is_digit(end + 1)) {
            found.push(at);
        }
        at = end;
    }
    found
}

/// Impure packages among a pure crate's dependencies.
pub fn check_manifest(file: &File) -> Vec<Breach> {
    if !is_pure(&file.path) || !file.path.ends_with("/Cargo.toml") {
        return Vec::new();
    }
    let mut section = "";
    let mut found = Vec::new();
    for (number, line) in file.text.lines().enumerate() {
        let line = line.trim();
        if line.starts_with('[') {
            section = line;
        } else if section == "[dependencies]" {
            let name = line.split(['.', '=', ' ']).next().unwrap_or_default();
            if FORBIDDEN_PACKAGES.contains(&name) {
                let what = format!("a pure crate depends on `{name}`");
                found.push(Breach::new(&file.path, number + 1, what));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::float_literals;
    use crate::tidy::tests::told;

    #[test]
    fn each_kind_of_impurity_is_a_breach() {
        for (text, what) in [
            (
                "let a = SystemTime::now();",
                "a clock in a pure crate: `SystemTime`",
            ),
            (
                "let a = jiff::Timestamp::now();",
                "a clock in a pure crate: `Timestamp::now`",
            ),
            (
                "let a = Zoned::now();",
                "a clock in a pure crate: `Zoned::now`",
            ),
            (
                "let a = Instant::now();",
                "a clock in a pure crate: `Instant::now`",
            ),
            (
                "getrandom::fill(a);",
                "randomness in a pure crate: `getrandom`",
            ),
            (
                "let a = rand::random();",
                "randomness in a pure crate: `rand::`",
            ),
            ("let a: f64 = b;", "a float in a pure crate: `f64`"),
            ("let a: f32 = b;", "a float in a pure crate: `f32`"),
            (
                "let a = 1.5;",
                "a float in a pure crate: a number with a fraction",
            ),
            ("use std::fs;", "I/O in a pure crate: `std::fs`"),
            (
                "use std::net::TcpStream;",
                "I/O in a pure crate: `std::net`",
            ),
            ("tokio::spawn(a);", "I/O in a pure crate: `tokio::`"),
            ("sqlx::query(a);", "I/O in a pure crate: `sqlx::`"),
        ] {
            let text = format!("//! X.\n{text}\n");
            for name in ["codes", "rules", "wire", "sync"] {
                assert_eq!(
                    told(&format!("core/{name}/src/a.rs"), &text),
                    [format!("2 {what}")]
                );
            }
            assert!(told("server/src/a.rs", &text).is_empty());
        }
    }

    #[test]
    fn tests_and_comments_may() {
        let text = "// f64\n#[cfg(test)]\nmod tests {\n    use std::fs;\n}\n";
        assert!(told("core/rules/src/a.rs", text).is_empty());
        assert!(told("core/rules/tests/a.rs", "use std::fs;").is_empty());
    }

    #[test]
    fn floats_ranges_and_fields() {
        assert_eq!(float_literals("a(1.5, 2f64, 1_0.0)").len(), 3);
        assert!(float_literals("0..9 a.0.1 x1.y 5.max(2) 0x1f32 7").is_empty());
    }

    #[test]
    fn manifests_name_no_impure_package() {
        let text = "[dependencies]\nserde.workspace = true\ntokio = { workspace = true }\n\
                    [dev-dependencies]\nsqlx = \"1\"\n";
        let path = "core/sync/Cargo.toml";
        assert_eq!(told(path, text), ["3 a pure crate depends on `tokio`"]);
        assert!(told("core/client/Cargo.toml", text).is_empty());
    }
}
