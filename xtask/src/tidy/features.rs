//! Law: `docs/features.md` is honest. Every feature of the yardstick has one row, a row that works or
//! partly works says where, what works names its test, a named test exists, and its head counts right.

use std::collections::{BTreeMap, BTreeSet};

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
    let mut states = BTreeMap::new();
    for (number, line) in page.text.lines().enumerate() {
        let Some(row) = Row::of(line) else { continue };
        let mut breach = |what: String| found.push(Breach::new(PAGE, number + 1, what));
        if !seen.insert(row.name) {
            breach(format!("{} is there twice", row.name));
        }
        if row.name.starts_with('F') {
            *states.entry(row.state).or_insert(0) += 1;
        }
        if !["works", "partly", "not yet"].contains(&row.state) {
            breach(format!("`{}` is no state", row.state));
        }
        if row.state == "works" && row.test.is_empty() {
            breach(format!("{} works and names no test", row.name));
        }
        if row.state != "not yet" && row.place.is_empty() {
            breach(format!("{} does not say where people meet it", row.name));
        }
        if !row.test.is_empty() && !exists(files, row.test) {
            breach(format!("there is no test named {}", row.test));
        }
    }
    let missing = (1..=FEATURES)
        .map(|feature| format!("F{feature}"))
        .filter(|feature| !seen.contains(feature.as_str()));
    found.extend(missing.map(|feature| Breach::new(PAGE, 0, format!("{feature} has no row"))));
    let count = |state: &str| states.get(state).copied().unwrap_or(0);
    let (works, partly, not_yet) = (count("works"), count("partly"), count("not yet"));
    let head = format!("Today: {works} work, {partly} partly, {not_yet} not yet.");
    if !page.text.contains(&head) {
        found.push(Breach::new(PAGE, 0, format!("its head must say `{head}`")));
    }
    found
}

struct Row<'a> {
    /// `F1` to `F127`; what goes beyond the yardstick is `M` and a number.
    name: &'a str,
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
        let number = feature.strip_prefix(['F', 'M'])?;
        number.parse::<u32>().ok()?;
        Some(Self {
            name: feature,
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
        let words = if first_row.contains("partly") {
            "0 work, 1 partly, 126 not yet"
        } else if first_row.contains("works") {
            "1 work, 0 partly, 126 not yet"
        } else {
            "0 work, 0 partly, 127 not yet"
        };
        let mut text = format!("Today: {words}.\n{first_row}\n");
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
        assert_eq!(
            told("| F1 | a | not yet |  |  |\n| M3 | a | partly | `m3_gone` | phone |"),
            [
                "there is no test named m3_gone",
                "its head must say `Today: 0 work, 0 partly, 127 not yet.`"
            ]
        );
    }
}
