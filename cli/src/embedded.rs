//! Files that travel inside the program: the built screens, and the language files.

use std::borrow::Cow;

use carrot_api::CallError;
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use rust_embed::RustEmbed;
use unic_langid::LanguageIdentifier;

/// The built screens.
#[derive(RustEmbed)]
#[folder = "../ui/dist"]
pub struct Screens;

#[derive(RustEmbed)]
#[folder = "../ui/locales"]
struct Locales;

/// A screen's file with its media type.
pub fn screen(path: &str) -> Option<(Cow<'static, [u8]>, String)> {
    let file = Screens::get(path)?;
    let mime = mime_guess::from_path(path).first_or_octet_stream();
    Some((file.data, mime.to_string()))
}

/// A language file's text, by its name in the folder of languages.
pub fn file(name: &str) -> Option<String> {
    Locales::get(name).and_then(|file| String::from_utf8(file.data.into_owned()).ok())
}

/// All messages of a language: a refusal's words stand beside the screens that meet it most.
pub fn bundle(language: &str) -> Option<FluentBundle<FluentResource>> {
    let id: LanguageIdentifier = language.parse().ok()?;
    let mut bundle = FluentBundle::new(vec![id]);
    bundle.set_use_isolating(false);
    let folder = format!("{language}/");
    let mut read = 0;
    for name in Locales::iter().filter(|name| name.starts_with(&folder) && name.ends_with(".ftl")) {
        let Some(text) = file(&name) else { continue };
        // A file with a broken message still holds the others.
        let resource = FluentResource::try_new(text).unwrap_or_else(|(resource, _)| resource);
        // A message that two files have keeps its first words.
        let _first_stays = bundle.add_resource(resource);
        read += 1;
    }
    (read > 0).then_some(bundle)
}

/// A language as people and systems write it (`da`, `da-DK`, `da_DK.UTF-8`), by its first part.
pub fn primary(language: &str) -> String {
    let part = language.split(['-', '_', '.']).next().unwrap_or_default();
    part.to_lowercase()
}

/// A refusal as a sentence with its remedy, in a language (English where a message is missing); the
/// last line names code and cause. A code without words reads as a fault of the program.
pub fn error_text(language: &str, error: &CallError) -> String {
    let internal = || find(language, &["error-internal".to_owned()], error);
    words_of(language, error)
        .or_else(|| internal().map(|sentence| with_cause(&sentence, error)))
        .unwrap_or_default()
}

/// The same for a code that has words; none for others.
pub fn words_of(language: &str, error: &CallError) -> Option<String> {
    let code = error.code.replace('_', "-");
    // Words that only the phone's screens need stand under a name of their own.
    let own = [format!("error-{code}"), format!("phone-error-{code}")];
    find(language, &own, error).map(|sentence| with_cause(&sentence, error))
}

fn find(language: &str, ids: &[String], error: &CallError) -> Option<String> {
    let languages = [primary(language), "en".to_owned()];
    let bundles: Vec<_> = languages.iter().filter_map(|one| bundle(one)).collect();
    let mut words = ids.iter().flat_map(|id| {
        bundles
            .iter()
            .filter_map(|bundle| sentence(bundle, id, error))
    });
    words.next()
}

fn with_cause(sentence: &str, error: &CallError) -> String {
    let cause = if error.detail.is_empty() {
        String::new()
    } else {
        format!(": {}", error.detail)
    };
    format!("{sentence}\n({}{cause})", error.code)
}

fn sentence(bundle: &FluentBundle<FluentResource>, id: &str, error: &CallError) -> Option<String> {
    let message = bundle.get_message(id)?;
    let mut args = FluentArgs::new();
    for (name, value) in &error.params {
        let value = match value {
            serde_json::Value::Number(number) => number
                .as_i64()
                .map_or_else(|| FluentValue::from(number.to_string()), FluentValue::from),
            serde_json::Value::String(text) => FluentValue::from(text.clone()),
            other => FluentValue::from(other.to_string()),
        };
        args.set(name.clone(), value);
    }
    let mut problems = Vec::new();
    let mut text = bundle
        .format_pattern(message.value()?, Some(&args), &mut problems)
        .into_owned();
    if let Some(remedy) = message.get_attribute("remedy") {
        text.push('\n');
        text.push_str(&bundle.format_pattern(remedy.value(), Some(&args), &mut problems));
    }
    problems.is_empty().then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_reads_as_sentence_and_remedy_in_the_language() {
        let error = CallError::new("disk_full", "3 of 4 MiB");
        assert_eq!(
            error_text("en", &error),
            "The disk is full\nFree some space. Nothing that was confirmed is lost.\n(disk_full: 3 of 4 MiB)"
        );
        let danish = error_text("da_DK.UTF-8", &error);
        assert!(
            danish != error_text("en", &error) && danish.ends_with("\n(disk_full: 3 of 4 MiB)"),
            "{danish}"
        );
        assert_eq!(error_text("xx", &error), error_text("en", &error));
    }

    #[test]
    fn words_that_stand_beside_a_screen_are_found() {
        for language in ["en", "da", "sv", "pl", "ru", "uk"] {
            let text = error_text(language, &CallError::new("keyring_unavailable", ""));
            assert_eq!(text.lines().count(), 3, "{text}");
            let text = error_text(language, &CallError::new("stop_done", ""));
            let internal = error_text(language, &CallError::new("internal", ""));
            assert_ne!(text.lines().next(), internal.lines().next());
        }
    }

    #[test]
    fn a_code_without_words_is_a_fault_of_the_program_with_its_name() {
        let text = error_text("da", &CallError::new("never_heard_of", "why"));
        assert!(text.starts_with("Noget gik galt"), "{text}");
        assert!(text.ends_with("\n(never_heard_of: why)"), "{text}");
        assert_eq!(
            words_of("da", &CallError::new("never_heard_of", "why")),
            None
        );
    }
}
