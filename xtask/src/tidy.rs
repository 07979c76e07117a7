//! `cargo xtask tidy`: the house's laws as checks over the tracked files.

mod code;
mod features;
mod files;
mod hosts;
mod lengths;
mod profiles;
mod purity;
mod sql;
mod words;

use crate::args::Args;
use crate::workspace;
use anyhow::{Result, bail};
use code::Code;
use std::fmt;
use std::path::Path;

/// One place that breaks a law.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Breach {
    path: String,
    /// Counted from 1; 0 speaks of the whole file.
    line: usize,
    what: String,
}

impl Breach {
    fn new(path: &str, line: usize, what: impl Into<String>) -> Self {
        Self {
            path: path.to_owned(),
            line,
            what: what.into(),
        }
    }
}

impl fmt::Display for Breach {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}: {}", self.path, self.line.max(1), self.what)
    }
}

/// A tracked text file; `path` is relative to the root, with `/`.
pub struct File {
    path: String,
    text: String,
}

impl File {
    fn ends_with(&self, endings: &[&str]) -> bool {
        self.path
            .rsplit_once('.')
            .is_some_and(|(_, ending)| endings.contains(&ending))
    }
}

/// Checks, or with `--freeze` writes down the hashes of migrations that are new.
pub fn main(args: Args) -> Result<()> {
    let root = workspace::root()?;
    if args.has("freeze") {
        return sql::freeze(&root, &files::tracked(&root)?);
    }
    check(&root)
}

/// Prints every breach and fails if there is one.
pub fn check(root: &Path) -> Result<()> {
    let files = files::tracked(root)?;
    let mut breaches = breaches(&files);
    breaches.extend(features::check(&files));
    breaches.extend(sql::thawed(root, &files)?);
    breaches.sort();
    for breach in &breaches {
        println!("{breach}");
    }
    if !breaches.is_empty() {
        bail!("{} places break a law of the house", breaches.len());
    }
    println!("tidy: {} files keep the laws", files.len());
    Ok(())
}

fn breaches(files: &[File]) -> Vec<Breach> {
    let mut found = Vec::new();
    for file in files {
        if file.ends_with(&["rs"]) {
            let code = Code::of(&file.text);
            found.extend(hosts::check(file, &code));
            found.extend(purity::check(file, &code));
            found.extend(lengths::check(file, &code));
            found.extend(words::check_rust(file, &code));
        }
        found.extend(purity::check_manifest(file));
        found.extend(words::check(file));
        found.extend(sql::check(file));
        found.extend(profiles::check(file));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{File, breaches};

    /// What the checks say about one file, as `line what`.
    pub fn told(path: &str, text: &str) -> Vec<String> {
        let file = File {
            path: path.to_owned(),
            text: text.to_owned(),
        };
        breaches(&[file])
            .iter()
            .map(|breach| format!("{} {}", breach.line, breach.what))
            .collect()
    }

    #[test]
    fn a_good_file_has_no_breach() {
        let text = "//! Adds.\n\n/// The sum.\npub fn sum(a: i64) -> Option<i64> {\n    \
                    a.checked_add(1)\n}\n";
        assert!(told("core/rules/src/sum.rs", text).is_empty());
    }
}
