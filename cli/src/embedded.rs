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

fn bundle(language: &str) -> Option<FluentBundle<FluentResource>> {
    let id: LanguageIdentifier = language.parse().ok()?;
    let file = Locales::get(&format!("{language}/errors.ftl"))?;
    let text = String::from_utf8(file.data.into_owned()).ok()?;
    // A file with a broken message still holds the others.
    let resource = FluentResource::try_new(text).unwrap_or_else(|(resource, _)| resource);
    let mut bundle = FluentBundle::new(vec![id]);
    bundle.set_use_isolating(false);
    bundle.add_resource(resource).ok()?;
    Some(bundle)
}

/// A refusal as a sentence with its remedy, in a language (English where a message is missing).
pub fn error_text(language: &str, error: &CallError) -> String {
    let id = format!("error-{}", error.code.replace('_', "-"));
    let sentence = [language, "en"].into_iter().find_map(|language| sentence(&bundle(language)?, &id, error));
    let sentence = sentence.unwrap_or_else(|| error.code.clone());
    if error.detail.is_empty() { sentence } else { format!("{sentence}\n({}: {})", error.code, error.detail) }
}

fn sentence(bundle: &FluentBundle<FluentResource>, id: &str, error: &CallError) -> Option<String> {
    let message = bundle.get_message(id)?;
    let mut args = FluentArgs::new();
    for (name, value) in &error.params {
        let value = match value {
            serde_json::Value::Number(number) => {
                number.as_i64().map_or_else(|| FluentValue::from(number.to_string()), FluentValue::from)
            }
            serde_json::Value::String(text) => FluentValue::from(text.clone()),
            other => FluentValue::from(other.to_string()),
        };
        args.set(name.clone(), value);
    }
    let mut problems = Vec::new();
    let mut text = bundle.format_pattern(message.value()?, Some(&args), &mut problems).into_owned();
    if let Some(remedy) = message.get_attribute("remedy") {
        text.push('\n');
        text.push_str(&bundle.format_pattern(remedy.value(), Some(&args), &mut problems));
    }
    problems.is_empty().then_some(text)
}
