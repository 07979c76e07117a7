//! Documents that must not be published, each with the problems it is told, and documents that may.
//! A case is a whole `document`, a `text` as it was typed, or a `rule` that changes a plain one.

use std::collections::BTreeSet;
use std::path::Path;

use carrot_rules::RuleSet;
use carrot_rules::check::{self, Catalogue, PROBLEMS, Problem, Severity};
use serde::Deserialize;
use serde_json::{Value, json};

#[path = "check/generated.rs"]
mod generated;
#[path = "check/hostile.rs"]
mod hostile;
#[path = "check/pages.rs"]
mod pages;

/// A document, what is known beside it, and the code and place of each problem.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    text: Option<String>,
    document: Option<Value>,
    rule: Option<Value>,
    #[serde(default)]
    catalogue: Catalogue,
    problems: BTreeSet<(String, String)>,
    /// The document is not one of the published shape, though nothing but JSON's own grammar or a
    /// bound of this reader says so.
    #[serde(default)]
    beyond_schema: bool,
}

impl Case {
    fn text(&self) -> String {
        if let Some(text) = &self.text {
            return text.clone();
        }
        let mut document = self.document.clone().unwrap_or_else(|| json!({}));
        if let Some(changes) = &self.rule {
            let mut rule = json!({
                "id": "r", "trigger": "sale", "effect": {"fixed": {"points": 1}},
                "to": [{"who": "buyer", "share_bp": 10_000}]
            });
            for (key, value) in changes.as_object().unwrap() {
                rule[key] = value.clone();
            }
            document["rules"] = json!([rule]);
        }
        let fields = document.as_object_mut().unwrap();
        fields.entry("version").or_insert(json!(1));
        document.to_string()
    }
}

/// Every case of every file, in the order of the files' names.
fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/check");
    let files = std::fs::read_dir(folder).unwrap();
    let mut paths: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "json"));
    paths.sort();
    let read = |path| -> Vec<Case> {
        let text = std::fs::read_to_string(path).unwrap();
        serde_json::from_str(&text).unwrap()
    };
    let mut cases: Vec<Case> = paths.iter().flat_map(read).collect();
    cases.extend(generated::cases());
    cases
}

/// What a document is told, warnings of a set that may be published included.
fn problems(text: &str, catalogue: &Catalogue) -> Vec<Problem> {
    match check::read(text.as_bytes(), catalogue) {
        Ok(set) => check::check(&set, catalogue),
        Err(problems) => problems,
    }
}

#[test]
fn each_document_is_told_exactly_its_problems() {
    let mut wrong = Vec::new();
    for case in cases() {
        let found = problems(&case.text(), &case.catalogue);
        let told: BTreeSet<(String, String)> = found
            .iter()
            .map(|problem| (problem.code.to_owned(), problem.pointer.clone()))
            .collect();
        if told != case.problems {
            let details: Vec<&str> = found.iter().map(|found| found.detail.as_str()).collect();
            wrong.push(format!("{}: {told:?} {details:?}", case.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_code_is_told_by_some_document_and_no_other() {
    let told: BTreeSet<&str> = cases()
        .iter()
        .flat_map(|case| problems(&case.text(), &case.catalogue))
        .map(|problem| problem.code)
        .collect();
    let listed: BTreeSet<&str> = PROBLEMS.iter().map(|(code, _)| *code).collect();
    assert_eq!(listed.len(), PROBLEMS.len(), "a code is listed twice");
    assert_eq!(told, listed);
}

#[test]
fn problems_are_sentences_with_remedies() {
    for case in cases() {
        for problem in problems(&case.text(), &case.catalogue) {
            for text in [&problem.detail, &problem.remedy] {
                let sound = text.ends_with('.') && !text.contains('\n') && text.len() > 10;
                assert!(sound, "{}: {text}", case.name);
            }
            assert_eq!(check::severity_of(problem.code), Some(problem.severity));
            assert!(serde_json::to_string(&problem).unwrap().len() < 2_000);
        }
    }
}

#[test]
fn pointers_lead_to_something_that_is_there() {
    for case in cases() {
        let text = case.text();
        let Ok(document) = serde_json::from_str::<Value>(&text) else {
            continue;
        };
        for problem in problems(&text, &case.catalogue) {
            let mut pointer = problem.pointer.as_str();
            // What is left out has no place of its own: its parent is there.
            if document.pointer(pointer).is_none() {
                pointer = pointer.rsplit_once('/').unwrap().0;
            }
            assert!(
                document.pointer(pointer).is_some(),
                "{}: {}",
                case.name,
                problem.pointer
            );
        }
    }
}

#[test]
fn only_refusals_keep_a_set_from_being_read() {
    for case in cases() {
        let refused = |problem: &Problem| problem.severity == Severity::Refused;
        let found = problems(&case.text(), &case.catalogue);
        let read = check::read(case.text().as_bytes(), &case.catalogue);
        assert_eq!(read.is_err(), found.iter().any(refused), "{}", case.name);
    }
}

/// A gap is told with its range, as the one who wrote the bands would look for it.
#[test]
fn a_gap_between_bands_is_told_with_its_range() {
    let case = cases()
        .into_iter()
        .find(|case| case.name == "a gap between bands")
        .unwrap();
    let problems = problems(&case.text(), &case.catalogue);
    assert_eq!(problems[0].detail, "No band covers 500000 up to 1000000.");
    assert_eq!(problems[0].params["from"], 500_000);
    assert_eq!(problems[0].params["to"], 1_000_000);
}

/// A set that was written here reads back as itself and has no problems of its shape.
#[test]
fn what_reads_is_written_as_what_reads() {
    for case in cases() {
        let Ok(set) = check::read(case.text().as_bytes(), &case.catalogue) else {
            continue;
        };
        let text = serde_json::to_vec(&set).unwrap();
        let again: RuleSet = check::read(&text, &case.catalogue).unwrap();
        assert_eq!(again, set, "{}", case.name);
    }
}
