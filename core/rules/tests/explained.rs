//! Every award of every golden vector is counted again from its steps alone, and no step can say
//! another number unnoticed.

use std::fs;
use std::path::PathBuf;

use carrot_rules::outcome::Derivation;
use carrot_rules::recompute::recompute;
use serde_json::Value;

/// An award with the name of its case.
struct Told {
    case: String,
    points: i64,
    steps: Vec<Derivation>,
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors")
}

fn by_hand() -> Vec<Value> {
    let files = fs::read_dir(folder().join("by_hand")).unwrap();
    let texts = files.map(|file| fs::read_to_string(file.unwrap().path()).unwrap());
    texts
        .flat_map(|text| serde_json::from_str::<Vec<Value>>(&text).unwrap())
        .collect()
}

fn generated() -> Vec<Value> {
    let text = fs::read_to_string(folder().join("generated.jsonl")).unwrap();
    let lines = text.lines().filter(|line| !line.is_empty());
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn awards(cases: &[Value]) -> Vec<Told> {
    let told = |case: &Value, award: &Value| Told {
        case: case["name"].to_string(),
        points: award["points"].as_i64().unwrap(),
        steps: serde_json::from_value(award["derivation"].clone()).unwrap(),
    };
    let of_case = |case: &Value| {
        let awards = case["answer"]["awards"].as_array().cloned();
        let awards = awards.unwrap_or_default();
        awards
            .iter()
            .map(|award| told(case, award))
            .collect::<Vec<_>>()
    };
    cases.iter().flat_map(of_case).collect()
}

fn all() -> Vec<Told> {
    let by_hand = awards(&by_hand());
    assert!(by_hand.len() > 100, "{}", by_hand.len());
    by_hand.into_iter().chain(awards(&generated())).collect()
}

#[test]
fn every_award_is_what_its_steps_come_to() {
    for told in all() {
        assert_eq!(recompute(&told.steps), Ok(told.points), "{}", told.case);
    }
}

#[test]
fn no_step_can_say_another_number() {
    for told in all() {
        for at in 0..told.steps.len() {
            for by in [-1, 1] {
                let mut steps = told.steps.clone();
                steps[at].points += by;
                let refused = recompute(&steps).unwrap_err();
                assert_eq!(refused.at, at, "{}", told.case);
            }
        }
    }
}
