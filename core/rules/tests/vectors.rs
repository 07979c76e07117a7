//! The golden vectors of `tests/vectors/`: what the engine answers to each of them, against numbers
//! worked by hand and against a model in another language that was written from `docs/RULES.md` alone.

use std::fs;
use std::path::{Path, PathBuf};

use carrot_rules::earn::dry_run;
use serde::Deserialize;
use serde_json::Value;

/// At most so many differences are shown.
const SHOWN_MAX: usize = 10;

#[derive(Deserialize)]
struct Case {
    name: String,
    input: Value,
    answer: Value,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors")
}

fn by_hand() -> Vec<Case> {
    let entries = fs::read_dir(folder().join("by_hand")).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
        .iter()
        .flat_map(|file| {
            let cases: Vec<Case> =
                serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
            cases
        })
        .collect()
}

fn generated() -> Vec<Case> {
    let text = fs::read_to_string(folder().join("generated.jsonl")).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// An error's sentence is for people; only its code is compared.
fn comparable(mut answer: Value) -> Value {
    if let Some(error) = answer.get_mut("error").and_then(Value::as_object_mut) {
        error.remove("detail");
    }
    answer
}

/// The difference that a case shows, if any.
fn difference(case: &Case) -> Option<String> {
    let document = case.input.to_string();
    let text = dry_run(&document);
    assert_eq!(text, dry_run(&document), "{}: two answers", case.name);
    let found = comparable(serde_json::from_str(&text).unwrap());
    let expected = comparable(case.answer.clone());
    (found != expected).then(|| format!("{}\n  expected {expected}\n  found    {found}", case.name))
}

fn all_agree(cases: &[Case], least: usize) {
    assert!(cases.len() >= least, "only {} cases", cases.len());
    let wrong: Vec<String> = cases.iter().filter_map(difference).collect();
    let shown = wrong[..wrong.len().min(SHOWN_MAX)].join("\n");
    assert!(
        wrong.is_empty(),
        "{} of {} cases differ:\n{shown}",
        wrong.len(),
        cases.len()
    );
}

#[test]
fn cases_worked_by_hand() {
    all_agree(&by_hand(), 300);
}

#[test]
fn generated_cases() {
    all_agree(&generated(), 1_000);
}
