//! `cargo xtask fixture --name 0.2.0`: keeps folders of this version's schema, with commands in every state,
//! below `tests/faults/fixtures`, so that every later version is tried on them.

use crate::args::Args;
use crate::exec::{cargo, openly};
use crate::workspace;
use anyhow::{Context, Result, bail};

/// Makes a fixture. `--phone-schema` gives the phone's files an older schema than this version's.
pub fn main(args: Args) -> Result<()> {
    let name = args
        .value("name")
        .context("`--name` is missing: the version, such as 0.2.0")?;
    let plain = |letter: char| letter.is_ascii_alphanumeric() || ".-".contains(letter);
    if !name.chars().all(plain) || name.starts_with('.') {
        bail!("`--name {name}`: letters, digits, `.` and `-`");
    }
    let root = workspace::root()?;
    let folder = root.join("tests/faults/fixtures").join(name);
    if folder.exists() {
        bail!("{name} is there already; a fixture never changes");
    }
    let mut make = cargo(&root);
    make.args([
        "run",
        "--quiet",
        "-p",
        "carrot-faults",
        "--bin",
        "carrot-day",
        "--",
        "fixture",
    ])
    .arg(&folder)
    .args(args.value("phone-schema"));
    openly(make)?;
    println!("made {}", folder.display());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::main;
    use crate::args::Args;

    #[test]
    fn a_fixture_has_a_plain_name_of_its_own() {
        let told = |words: &[&str]| {
            let words = words.iter().map(|word| (*word).to_owned());
            main(Args::parse(words, &[], &["name"]).unwrap())
                .unwrap_err()
                .to_string()
        };
        assert!(told(&[]).contains("missing"));
        assert!(told(&["--name=../x"]).contains("letters"));
        assert!(told(&["--name=0.1.0"]).contains("never changes"));
    }
}
