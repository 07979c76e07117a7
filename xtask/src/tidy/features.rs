//! Law: `docs/features.md` is honest. Every feature of the yardstick has one row, a row that works or
//! partly works says where, what works names its test, and a named test exists.

use std::collections::BTreeSet;

use super::{Breach, File};

const PAGE: &str = "docs/features.md";
const FEATURES: u32 = 127;

/// Rows that are missing, twice there, or name a test that is not there.
pub fn check(files: &[File]) -> Vec<Breach> {
    let Some(page) = files.iter().find(|file| file.path == PAGE) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for (number, line) in page.text.lines().enumerate() {
        let Some(row) = Row::of(line) else { continue };
        let mut breach = |what: String| found.push(Breach::new(PAGE, number + 1, what));
        if !seen.insert(row.feature) {
            breach(format!("F{} is there twice", row.feature));
        }
        if !["works", "partly", "not yet"].contains(&row.state) {
            breach(format!("`{}` is no state", row.state));
        }
        if row.state == "works" && row.test.is_empty() {
            breach(format!("F{} works and names no test", row.feature));
        }
        if row.state != "not yet" && row.place.is_empty() {
            breach(format!(
                "F{} does not say where people meet it",
                row.feature
            ));
        }
        if !row.test.is_empty() && !exists(files, row.test) {
            breach(format!("there is no test named {}", row.test));
        }
    }
    let missing = (1..=FEATURES).filter(|feature| !seen.contains(feature));
    found.extend(missing.map(|feature| Breach::new(PAGE, 0, format!("F{feature} has no row"))));
    found
}

struct Row<'a> {
    feature: u32,
    state: &'a str,
    test: &'a str,
    place: &'a str,
}

impl<'a> Row<'a> {
    fn of(line: &'a str) -> Option<Self> {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [_, feature, _, state, test, place, _] = cells.as_slice() else {
            return None;
        };
        Some(Self {
            feature: feature.strip_prefix('F')?.parse().ok()?,
            state,
            test: test.trim_matches('`'),
            place,
        })
    }
}

fn exists(files: &[File], test: &str) -> bool {
    let signature = format!("fn {test}(");
    files
        .iter()
        .any(|file| file.ends_with(&["rs"]) && file.text.contains(&signature))
}

#[cfg(test)]
mod tests {
    use super::{FEATURES, PAGE, check};
    use crate::tidy::File;

    fn told(first_row: &str) -> Vec<String> {
        let mut text = format!("{first_row}\n");
        for feature in 2..=FEATURES {
            text.push_str(&format!("| F{feature} | a | not yet |  |  |\n"));
        }
        let file = |path: &str, text: &str| File {
            path: path.to_owned(),
            text: text.to_owned(),
        };
        let files = [file(PAGE, &text), file("a.rs", "fn f001_it_is_so() {}")];
        check(&files)
            .into_iter()
            .map(|breach| breach.what)
            .collect()
    }

    #[test]
    fn rows_must_be_whole_and_their_tests_real() {
        assert!(told("| F1 | a | works | `f001_it_is_so` | phone |").is_empty());
        assert_eq!(
            told("| F2 | a | not yet |  |  |"),
            ["F2 is there twice", "F1 has no row"]
        );
        assert_eq!(
            told("| F1 | a | works |  | phone |"),
            ["F1 works and names no test"]
        );
        assert_eq!(
            told("| F1 | a | partly | `f001_gone` | phone |"),
            ["there is no test named f001_gone"]
        );
        assert_eq!(
            told("| F1 | a | partly |  |  |"),
            ["F1 does not say where people meet it"]
        );
    }
}
