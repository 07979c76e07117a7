//! Rule sets without a device: what a set makes of an event, for tools and tests of other languages.

use std::panic;

use carrot_rules::earn;
use serde_json::json;

/// Answers a dry-run document, JSON in and JSON out (`docs/RULES.md`, section 11). What cannot be read,
/// and what is too large, is answered by `error` with a code; so is a fault of the engine itself
/// (`internal`), after which the next call works.
#[uniffi::export]
#[must_use]
pub fn rules_dry_run(document: String) -> String {
    guarded("rules_dry_run", || earn::dry_run(&document))
}

/// Runs work whose panic becomes an answer with the call's name.
fn guarded(name: &str, work: impl FnOnce() -> String + panic::UnwindSafe) -> String {
    panic::catch_unwind(work).unwrap_or_else(|_| {
        let error = json!({"error": {"code": "internal", "detail": format!("{name} failed")}});
        error.to_string()
    })
}

#[cfg(test)]
mod tests {
    use super::{guarded, rules_dry_run};

    #[test]
    fn a_document_is_answered() {
        let document = r#"{"rules": {"version": 1}, "event": {"trigger": "sale", "at_ms": 0}}"#;
        assert!(rules_dry_run(document.to_owned()).contains("\"awards\":[]"));
        assert!(rules_dry_run("no document".to_owned()).contains("\"unreadable\""));
    }

    #[test]
    fn a_panic_is_an_answer_with_the_calls_name() {
        let answer = guarded("some_call", || panic!("a fault"));
        assert!(
            answer.contains("\"internal\"") && answer.contains("some_call"),
            "{answer}"
        );
        assert_eq!(guarded("some_call", || "well".to_owned()), "well");
    }
}
