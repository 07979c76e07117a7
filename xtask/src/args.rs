//! Command-line words of a task: switches (`--headless`) and options with a value (`--data DIR`).

use anyhow::{Result, bail};
use std::collections::{BTreeMap, BTreeSet};

/// The parsed words of one task.
#[derive(Debug, Default)]
pub struct Args {
    switches: BTreeSet<String>,
    values: BTreeMap<String, String>,
}

impl Args {
    /// Reads the words after the task's name.
    ///
    /// `switches` and `options` name what the task knows, without dashes. `--name VALUE` and
    /// `--name=VALUE` are the same. Fails on a word the task does not know, on an option
    /// without its value and on an option given twice.
    pub fn parse(
        words: impl IntoIterator<Item = String>,
        switches: &[&str],
        options: &[&str],
    ) -> Result<Self> {
        let mut args = Self::default();
        let mut words = words.into_iter();
        while let Some(word) = words.next() {
            let Some(body) = word.strip_prefix("--") else {
                bail!("unexpected word `{word}`");
            };
            let (name, inline) = match body.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (body, None),
            };
            if switches.contains(&name) && inline.is_none() {
                args.switches.insert(name.to_owned());
            } else if options.contains(&name) {
                let Some(value) = inline.or_else(|| words.next()) else {
                    bail!("`--{name}` needs a value");
                };
                if args.values.insert(name.to_owned(), value).is_some() {
                    bail!("`--{name}` is given twice");
                }
            } else {
                bail!("unknown option `{word}`");
            }
        }
        Ok(args)
    }

    /// Whether the switch was given.
    pub fn has(&self, switch: &str) -> bool {
        self.switches.contains(switch)
    }

    /// The value of an option, if it was given.
    pub fn value(&self, option: &str) -> Option<&str> {
        self.values.get(option).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::Args;

    fn parse(words: &[&str]) -> anyhow::Result<Args> {
        let words = words.iter().map(|word| (*word).to_owned());
        Args::parse(words, &["headless", "fresh"], &["data"])
    }

    #[test]
    fn switches_and_both_spellings_of_a_value() {
        let args = parse(&["--headless", "--data", "a b"]).unwrap();
        assert!(args.has("headless"));
        assert!(!args.has("fresh"));
        assert_eq!(args.value("data"), Some("a b"));
        assert_eq!(parse(&["--data=x=y"]).unwrap().value("data"), Some("x=y"));
        assert_eq!(parse(&[]).unwrap().value("data"), None);
    }

    #[test]
    fn wrong_words_are_named() {
        let told = |words: &[&str]| parse(words).unwrap_err().to_string();
        assert_eq!(told(&["--headles"]), "unknown option `--headles`");
        assert_eq!(told(&["headless"]), "unexpected word `headless`");
        assert_eq!(told(&["--data"]), "`--data` needs a value");
        assert_eq!(
            told(&["--data", "a", "--data", "b"]),
            "`--data` is given twice"
        );
        assert_eq!(told(&["--headless=yes"]), "unknown option `--headless=yes`");
    }
}
