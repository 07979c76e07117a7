//! Law: no `tauri` and no `uniffi` below the hosts.
//!
//! Hosts are the terminal, the mobile facade and the command line. `carrot-api` may carry
//! uniffi's derives behind its feature, because the facade exports its types.

use super::{Breach, File, code::Code};

const BELOW: &[&str] = &["core/", "server/"];
const WITH_DERIVES: &str = "core/api/";

/// Uses of a host's library where decisions are made.
pub fn check(file: &File, code: &Code) -> Vec<Breach> {
    if !BELOW.iter().any(|folder| file.path.starts_with(folder)) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for word in ["tauri::", "uniffi::"] {
        for at in code.find_word(word) {
            let granted = word == "uniffi::"
                && file.path.starts_with(WITH_DERIVES)
                && (inside_cfg_attr(&code.text, at) || is_scaffolding(&code.text, at));
            if !granted {
                let what = format!("`{word}` below the hosts");
                found.push(Breach::new(&file.path, code.line_of(at), what));
            }
        }
    }
    found
}

/// Whether the place is in an attribute that is there only with a feature.
fn inside_cfg_attr(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let Some(attribute) = before
        .rfind("cfg_attr(")
        .and_then(|from| before.get(from..))
    else {
        return false;
    };
    let mut depth = 0_usize;
    for letter in attribute.chars() {
        match letter {
            '(' => depth += 1,
            ')' if depth == 1 => return false,
            ')' => depth -= 1,
            _ => {}
        }
    }
    true
}

/// The one macro that a crate with derives must call.
fn is_scaffolding(text: &str, at: usize) -> bool {
    text.get(at..)
        .is_some_and(|rest| rest.starts_with("uniffi::setup_scaffolding!"))
}

#[cfg(test)]
mod tests {
    use crate::tidy::tests::told;

    #[test]
    fn host_libraries_below_the_hosts_are_breaches() {
        let text = "//! X.\nuse tauri::Manager;\n";
        assert_eq!(
            told("core/client/src/a.rs", text),
            ["2 `tauri::` below the hosts"]
        );
        assert_eq!(
            told("server/src/a.rs", text),
            ["2 `tauri::` below the hosts"]
        );
        assert!(told("app/src/a.rs", text).is_empty());
        let text = "//! X, unlike uniffi::Record.\n#[derive(uniffi::Record)]\nstruct A;\n";
        assert_eq!(
            told("core/api/src/a.rs", text),
            ["2 `uniffi::` below the hosts"]
        );
    }

    #[test]
    fn the_api_may_carry_optional_derives() {
        let text = "//! X.\n#[cfg_attr(feature = \"uniffi\", derive(uniffi::Record))]\n\
                    struct A;\nuniffi::setup_scaffolding!();\n";
        assert!(told("core/api/src/a.rs", text).is_empty());
        assert_eq!(told("core/wire/src/a.rs", text).len(), 2);
        let text =
            "//! X.\n#[cfg_attr(test, derive(Debug))]\n#[derive(uniffi::Record)]\nstruct A;\n";
        assert_eq!(
            told("core/api/src/a.rs", text),
            ["3 `uniffi::` below the hosts"]
        );
    }
}
