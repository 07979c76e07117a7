//! Answers on standard output: a line of JSON for programs, or readable text.

use std::process::ExitCode;
use std::sync::OnceLock;

use carrot_api::CallError;
use serde_json::{Value, json};

static LANGUAGE: OnceLock<String> = OnceLock::new();

/// Chooses the language of refusals, once.
pub fn set_language(language: String) {
    // A second choice in one run is not made.
    let _first_stays = LANGUAGE.set(language);
}

/// Prints an answer or a refusal; the exit code says which.
pub fn print(answer: Result<Value, CallError>, as_json: bool) -> ExitCode {
    match answer {
        Ok(value) if as_json => println!("{value}"),
        Ok(value) => print_text(&value, 0),
        Err(error) => {
            if as_json {
                println!("{}", json!({ "error": error }));
            } else {
                let language = LANGUAGE.get().map_or("en", String::as_str);
                eprintln!("{}", crate::embedded::error_text(language, &error));
            }
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

fn print_text(value: &Value, indent: usize) {
    let pad = " ".repeat(indent);
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                if field.is_object() || field.as_array().is_some_and(|items| !items.is_empty()) {
                    println!("{pad}{name}:");
                    print_text(field, indent + 2);
                } else {
                    println!("{pad}{name}: {}", plain(field));
                }
            }
        }
        Value::Array(items) => {
            for item in items {
                println!("{pad}-");
                print_text(item, indent + 2);
            }
        }
        other => println!("{pad}{}", plain(other)),
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => "-".to_owned(),
        other => other.to_string(),
    }
}
