//! Law: nothing is left for later, no test is switched off, no path of somebody's machine.

use super::{
    Breach, File,
    code::{Code, is_name},
};

// Put together from halves, so that this file keeps the law itself.
const LATER: &[&str] = &[
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("XX", "X"),
];
const MACROS: &[&str] = &["todo!", "unimplemented!"];
const HOMES: &[&str] = &[
    concat!("/ho", "me/"),
    concat!("/ro", "ot/"),
    concat!("/Us", "ers/"),
    concat!(r"C:\Us", r"ers\"),
];
/// Files that people write code in.
const CODE: &[&str] = &[
    "css", "ftl", "html", "js", "kt", "kts", "mjs", "py", "rs", "sh", "sql", "svelte", "swift",
    "toml", "ts",
];

/// Words in any text file.
pub fn check(file: &File) -> Vec<Breach> {
    let mut found = Vec::new();
    for (number, line) in file.text.lines().enumerate() {
        for word in LATER
            .iter()
            .filter(|word| file.ends_with(CODE) && has_word(line, word))
        {
            let what = format!("`{word}`: do it, or write down why not");
            found.push(Breach::new(&file.path, number + 1, what));
        }
        if HOMES.iter().any(|home| names_a_home(line, home)) {
            let what = "a path of somebody's own machine";
            found.push(Breach::new(&file.path, number + 1, what));
        }
    }
    found
}

/// Words in Rust code.
pub fn check_rust(file: &File, code: &Code) -> Vec<Breach> {
    let mut found = Vec::new();
    for word in MACROS {
        for at in code.find_word(word) {
            let what = format!("`{word}` instead of code");
            found.push(Breach::new(&file.path, code.line_of(at), what));
        }
    }
    for (at, _) in code.text.match_indices("#[ignore") {
        let what = "a test that is switched off";
        found.push(Breach::new(&file.path, code.line_of(at), what));
    }
    found
}

fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line.get(..at).and_then(|before| before.chars().next_back());
        let after = line
            .get(at + word.len()..)
            .and_then(|after| after.chars().next());
        !before.is_some_and(is_name) && !after.is_some_and(is_name)
    })
}

/// A home folder at the start of a path, with something in it.
fn names_a_home(line: &str, home: &str) -> bool {
    line.match_indices(home).any(|(at, _)| {
        let before = line.get(..at).and_then(|before| before.chars().next_back());
        let after = line
            .get(at + home.len()..)
            .and_then(|after| after.chars().next());
        let starts = !before.is_some_and(|letter| is_name(letter) || "./-}".contains(letter));
        starts && after.is_some_and(|letter| is_name(letter) || letter == '.')
    })
}

#[cfg(test)]
mod tests {
    use super::{HOMES, LATER};
    use crate::tidy::tests::told;

    #[test]
    fn words_for_later_are_breaches_in_code_only() {
        for word in LATER {
            let text = format!("//! X.\n// {word}: later\n");
            assert_eq!(told("cli/src/a.rs", &text).len(), 1, "{word}");
            assert_eq!(told("ui/src/a.svelte", &text).len(), 1, "{word}");
            assert!(told("docs/a.md", &text).is_empty());
            assert!(told("cli/src/a.rs", &format!("// A{word}\n")).is_empty());
        }
    }

    #[test]
    fn macros_and_switched_off_tests_are_breaches() {
        let text = "fn a() {\n    todo!()\n}\n";
        assert_eq!(told("cli/src/a.rs", text), ["2 `todo!` instead of code"]);
        let text = "fn a() {\n    unimplemented!(\"x\")\n}\n";
        assert_eq!(
            told("cli/src/a.rs", text),
            ["2 `unimplemented!` instead of code"]
        );
        let text = "#[test]\n#[ignore = \"slow\"]\nfn a() {}\n";
        assert_eq!(
            told("cli/src/a.rs", text),
            ["2 a test that is switched off"]
        );
        assert!(told("cli/src/a.rs", "// todo!() and #[ignore]\n").is_empty());
    }

    #[test]
    fn home_folders_are_breaches() {
        for home in HOMES {
            assert_eq!(
                told("docs/a.md", &format!("see {home}anna/x\n")).len(),
                1,
                "{home}"
            );
            assert!(
                told("docs/a.md", &format!("api{home}anna\n")).is_empty(),
                "{home}"
            );
            assert!(
                told("docs/a.md", &format!("below {home} it\n")).is_empty(),
                "{home}"
            );
        }
    }
}
