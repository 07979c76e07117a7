//! The published pages say what the code does: the table of codes, and the schema against every
//! document that is read or refused here and every rule set of the golden vectors.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use carrot_rules::check::{self, Catalogue, PROBLEMS, Severity};
use serde_json::Value;

use super::{Case, cases, problems};

/// Codes of documents that have not the published shape.
const OF_SHAPE: [&str; 9] = [
    "text_too_long",
    "number_not_exact",
    "duplicate_key",
    "unknown_field",
    "missing_field",
    "wrong_type",
    "unknown_variant",
    "malformed_text",
    "not_json",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn schema() -> jsonschema::Validator {
    let text = std::fs::read_to_string(root().join("docs/rule-set.schema.json")).unwrap();
    let schema: Value = serde_json::from_str(&text).unwrap();
    jsonschema::meta::validate(&schema).unwrap();
    jsonschema::draft202012::new(&schema).unwrap()
}

#[test]
fn the_page_lists_every_code() {
    let page = std::fs::read_to_string(root().join("docs/RULES.md")).unwrap();
    let mut table = String::from("| code | | what it means |\n|---|---|---|\n");
    for (code, means) in PROBLEMS {
        let grave = match check::severity_of(code).unwrap() {
            Severity::Refused => "refused",
            Severity::Warning => "warning",
        };
        table.push_str(&format!("| `{code}` | {grave} | {means} |\n"));
    }
    assert!(page.contains(&table), "section 10 should say:\n{table}");
}

/// True when the reader says that the document has not the shape.
fn refused_for_shape(case: &Case) -> bool {
    // Form of a currency, an id or a language is checked after reading.
    let read = serde_json::from_str::<carrot_rules::RuleSet>(&case.text()).is_ok();
    let found = problems(&case.text(), &case.catalogue);
    let mut codes = found.iter().map(|problem| problem.code);
    codes.any(|code| OF_SHAPE.contains(&code) && (code != "malformed_text" || !read))
}

#[test]
fn the_schema_agrees_with_the_reader() {
    let schema = schema();
    let (mut sound, mut malformed) = (0, 0);
    for case in cases() {
        let Ok(document) = serde_json::from_str::<Value>(&case.text()) else {
            continue;
        };
        if refused_for_shape(&case) {
            assert!(
                case.beyond_schema || !schema.is_valid(&document),
                "{}",
                case.name
            );
            malformed += 1;
        } else if !case.beyond_schema {
            let error = schema
                .validate(&document)
                .err()
                .map(|error| error.to_string());
            assert_eq!(error, None, "{}", case.name);
            sound += 1;
        }
    }
    assert!(
        sound > 100 && malformed > 20,
        "{sound} sound, {malformed} malformed"
    );
}

/// The golden vectors that ask with a rule set.
fn vectors() -> Vec<Value> {
    let folder = root().join("tests/vectors");
    let mut texts = vec![std::fs::read_to_string(folder.join("generated.jsonl")).unwrap()];
    for file in std::fs::read_dir(folder.join("by_hand")).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let list: Vec<Value> = serde_json::from_str(&text).unwrap();
        texts.extend(list.iter().map(Value::to_string));
    }
    let lines = texts.iter().flat_map(|text| text.lines());
    lines
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .filter(|vector| vector["input"]["rules"].is_object())
        .collect()
}

#[test]
fn the_schema_takes_every_rule_set_of_the_vectors() {
    let schema = schema();
    let vectors = vectors();
    assert!(vectors.len() > 100, "{} vectors", vectors.len());
    for vector in vectors {
        let (name, rules) = (&vector["name"], &vector["input"]["rules"]);
        let text = rules.to_string();
        let read = serde_json::from_str::<carrot_rules::RuleSet>(&text).is_ok();
        assert_eq!(schema.is_valid(rules), read, "{name}: {rules}");
        let told = check::read(text.as_bytes(), &Catalogue::default());
        let shape =
            told.is_err_and(|found| found.iter().any(|problem| problem.code == "wrong_type"));
        assert!(read || shape, "{name}");
    }
}

/// Rules that are told to come to nothing, by id.
fn called_impossible(rules: &Value) -> Vec<(String, String)> {
    const NEVER: [&str; 5] = [
        "never_matches",
        "line_effect_without_lines",
        "measure_without_value",
        "beneficiary_never_there",
        "every_of_other_event",
    ];
    let found = check::read(rules.to_string().as_bytes(), &Catalogue::default());
    let found = found.err().unwrap_or_default();
    let never = found.iter().filter(|problem| NEVER.contains(&problem.code));
    // Several beneficiaries may not be there one by one, and the others still are.
    let rule = never.filter_map(|problem| {
        let number = problem.pointer.strip_prefix("/rules/")?.split('/').next()?;
        let rule = &rules["rules"][number.parse::<usize>().ok()?];
        let alone = rule["to"].as_array()?.len() == 1;
        let id = rule["id"].as_str()?;
        let told = format!(
            "{} at {}: {}",
            problem.code, problem.pointer, problem.detail
        );
        (alone || problem.code != "beneficiary_never_there").then(|| (id.to_owned(), told))
    });
    rule.collect()
}

/// What gave something in an answer: the rules of its arithmetic and of its discounts.
fn gave(answer: &Value) -> BTreeSet<&str> {
    let awards = answer["awards"].as_array().into_iter().flatten();
    let steps = awards.flat_map(|award| award["derivation"].as_array().into_iter().flatten());
    let discounts = answer["discounts"].as_array().into_iter().flatten();
    steps
        .chain(discounts)
        .filter_map(|step| step["rule"].as_str())
        .collect()
}

/// True for an event as it is recorded: with what its trigger has, and nothing else.
fn happens(event: &Value) -> bool {
    let has = |field: &str| match &event[field] {
        Value::Null => false,
        Value::String(text) => !text.is_empty() && text != "nobody",
        Value::Array(list) => !list.is_empty(),
        Value::Number(number) => number.as_i64() != Some(0),
        _ => true,
    };
    let never: &[&str] = match event["trigger"].as_str() {
        Some("sale") => &["value"],
        Some("payment") => &["value", "actor", "seller", "evidence"],
        Some("joined") => &["value", "outlet", "seller", "evidence", "currency", "lines"],
        _ if event["trigger"]["event"].is_string() => &["seller", "evidence", "currency", "lines"],
        _ => &[
            "value", "outlet", "actor", "seller", "evidence", "currency", "lines",
        ],
    };
    !never.iter().any(|field| has(field))
}

/// The vectors' answers are worked out by another engine: what is called impossible here gives
/// nothing there.
#[test]
fn what_is_called_impossible_never_happens_in_the_vectors() {
    let mut looked = 0;
    let mut wrong = Vec::new();
    for vector in vectors() {
        if !happens(&vector["input"]["event"]) {
            continue;
        }
        let gave = gave(&vector["answer"]);
        for (rule, told) in called_impossible(&vector["input"]["rules"]) {
            looked += 1;
            if gave.contains(rule.as_str()) {
                wrong.push(format!("{}: {rule}: {told}", vector["name"]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(looked > 100, "{looked} rules");
}
