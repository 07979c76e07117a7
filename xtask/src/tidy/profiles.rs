//! Law: a panic unwinds in every profile, because engines and exported calls catch it.

use super::{Breach, File};

/// Profiles for which cargo ignores the setting.
const IGNORED: &[&str] = &["bench", "test"];

/// Profiles of the workspace that do not say `panic = "unwind"`, and any setting that aborts.
pub fn check(file: &File) -> Vec<Breach> {
    if !file.ends_with(&["toml"]) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut open: Option<(String, usize)> = None;
    for (number, line) in file.text.lines().enumerate() {
        let bare: String = line
            .chars()
            .filter(|letter| !letter.is_whitespace())
            .collect();
        if bare.starts_with('[') {
            found.extend(open.take().map(|profile| silent(file, profile)));
            open = profile(&bare).map(|name| (name.to_owned(), number + 1));
        } else if bare.starts_with("panic=\"unwind\"") {
            open = None;
        }
        if bare.contains("panic=\"abort\"") || bare.contains("panic=abort") {
            found.push(Breach::new(&file.path, number + 1, "a panic that aborts"));
        }
    }
    found.extend(open.map(|profile| silent(file, profile)));
    found
}

fn silent(file: &File, (name, line): (String, usize)) -> Breach {
    Breach::new(
        &file.path,
        line,
        format!("profile `{name}` without panic = \"unwind\""),
    )
}

/// The name in `[profile.NAME]`; nothing for tables below a profile, which cannot set it.
fn profile(header: &str) -> Option<&str> {
    let name = header.strip_prefix("[profile.")?.strip_suffix(']')?;
    (!name.contains('.') && !IGNORED.contains(&name)).then_some(name)
}

#[cfg(test)]
mod tests {
    use crate::tidy::tests::told;

    #[test]
    fn every_profile_unwinds() {
        let good = "[profile.dev]\npanic = \"unwind\"\n[profile.dev.package.\"*\"]\nopt-level = 1\n\
                    [profile.test]\ndebug = 0\n[profile.release]\nlto = true\npanic=\"unwind\"\n";
        assert!(told("Cargo.toml", good).is_empty());
    }

    #[test]
    fn silent_and_aborting_profiles_are_breaches() {
        let silent = "[profile.release]\nlto = true\n\n[profile.small]\ninherits = \"release\"\n";
        let expected = [
            "1 profile `release` without panic = \"unwind\"",
            "4 profile `small` without panic = \"unwind\"",
        ];
        assert_eq!(told("Cargo.toml", silent), expected);
        let aborts = "[build]\nrustflags = [\"-Cpanic=abort\"]\n";
        assert_eq!(
            told(".cargo/config.toml", aborts),
            ["2 a panic that aborts"]
        );
        let aborts = "[profile.dev]\npanic = \"abort\"\n";
        assert_eq!(told("Cargo.toml", aborts).len(), 2);
    }
}
