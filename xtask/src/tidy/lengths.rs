//! Law: a file of Rust has at most 450 lines, a function at most 70.

use super::{
    Breach, File,
    code::{Code, is_name, item_end},
};

const FILE_LINES_MAX: usize = 450;
const FUNCTION_LINES_MAX: usize = 70;

/// Files and functions that nobody takes in at a glance.
pub fn check(file: &File, code: &Code) -> Vec<Breach> {
    let mut found = Vec::new();
    let lines = file.text.lines().count();
    if lines > FILE_LINES_MAX {
        let what = format!("{lines} lines in a file, at most {FILE_LINES_MAX}");
        found.push(Breach::new(&file.path, 0, what));
    }
    for at in code.find_word("fn ") {
        let rest = code.text.get(at + 3..).unwrap_or_default();
        let name: String = rest
            .chars()
            .take_while(|letter| is_name(*letter) || *letter == '$')
            .collect();
        let end = item_end(&code.text, at);
        let item = code.text.get(at..end).unwrap_or_default();
        let lines = item.lines().count();
        if lines > FUNCTION_LINES_MAX {
            let what = format!("{lines} lines in `{name}`, at most {FUNCTION_LINES_MAX}");
            found.push(Breach::new(&file.path, code.line_of(at), what));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::tidy::tests::told;

    fn function(lines: usize) -> String {
        let body = "    call(\"}\"); // }\n".repeat(lines - 2);
        format!("/// X.\npub fn long(a: [u8; 4]) -> u8 {{\n{body}}}\n")
    }

    #[test]
    fn functions_up_to_the_limit() {
        assert!(told("cli/src/a.rs", &function(70)).is_empty());
        assert_eq!(
            told("cli/src/a.rs", &function(71)),
            ["2 71 lines in `long`, at most 70"]
        );
        let made = function(71).replace("long", "$made");
        assert_eq!(
            told("cli/src/a.rs", &made),
            ["2 71 lines in `$made`, at most 70"]
        );
        let pair = format!("{}{}", function(40), function(40));
        assert!(told("cli/src/a.rs", &pair).is_empty());
    }

    #[test]
    fn declarations_and_pointers_have_no_body() {
        let text = format!(
            "type A = fn(u8) -> u8;\ntrait B {{ fn b(&self); }}\n{}",
            "\n".repeat(99)
        );
        assert!(told("cli/src/a.rs", &text).is_empty());
    }

    #[test]
    fn files_up_to_the_limit() {
        assert!(told("cli/src/a.rs", &"//! x\n".repeat(450)).is_empty());
        let long = "//! x\n".repeat(451);
        assert_eq!(
            told("cli/src/a.rs", &long),
            ["0 451 lines in a file, at most 450"]
        );
        assert!(told("ui/src/a.ts", &long).is_empty());
    }
}
