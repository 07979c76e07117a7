//! Any text as a question to the engine: the answer is always JSON.

#![no_main]

use carrot_rules::earn::dry_run;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let answer = dry_run(text);
    assert!(serde_json::from_str::<serde_json::Value>(&answer).is_ok());
});
