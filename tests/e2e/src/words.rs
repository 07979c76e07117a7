//! The message files, read here by hand, so that what the programs print is compared with what the
//! files say and not with itself.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};

/// The languages of the screens.
pub const LANGUAGES: [&str; 6] = ["en", "da", "sv", "pl", "ru", "uk"];

/// A refusal's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// What happened.
    pub sentence: String,
    /// What to do next.
    pub remedy: String,
}

fn folder(language: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    root.join("ui/locales").join(language)
}

/// The words of a code in a language.
pub fn words(language: &str, code: &str) -> Result<Words> {
    let head = format!("error-{} = ", code.replace('_', "-"));
    for file in std::fs::read_dir(folder(language))? {
        let text = std::fs::read_to_string(file?.path())?;
        let mut lines = text.lines();
        if let Some(sentence) = lines.find_map(|line| line.strip_prefix(&head)) {
            let remedy = lines
                .next()
                .and_then(|line| line.trim().strip_prefix(".remedy = "));
            return Ok(Words {
                sentence: sentence.to_owned(),
                remedy: remedy
                    .with_context(|| format!("{code} has no remedy in {language}"))?
                    .to_owned(),
            });
        }
    }
    anyhow::bail!("{code} has no words in {language}")
}

/// A printed text must hold the words of the code in the language.
pub fn ensure_says(printed: &str, language: &str, code: &str) -> Result<()> {
    let words = words(language, code)?;
    ensure!(
        printed.contains(&words.sentence),
        "{language}: no {:?} in {printed:?}",
        words.sentence
    );
    ensure!(
        printed.contains(&words.remedy),
        "{language}: no {:?} in {printed:?}",
        words.remedy
    );
    Ok(())
}
