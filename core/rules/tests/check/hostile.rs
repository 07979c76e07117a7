//! Hostile documents: whatever comes in, reading ends without a panic and tells a bounded number of
//! problems.

use carrot_rules::check::{self, Catalogue, PROBLEMS_MAX};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::generated::nested;
use super::{Case, cases, problems};

/// What a place in a document can be changed to.
fn change() -> impl Strategy<Value = Value> {
    let words = [
        "sale", "product", "brand", "buyer", "referrer", "EUR", "t", "", "\u{0}", "ever",
    ];
    let keys = [
        "all", "any", "not", "is", "levels", "of", "from", "to", "tally", "points", "rules",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-2_i64..9).prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        prop::sample::select(words.to_vec()).prop_map(Value::from),
        ".{0,9}".prop_map(Value::from),
        (1_usize..40).prop_map(nested),
    ];
    leaf.prop_recursive(3, 12, 4, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(prop::sample::select(keys.to_vec()), inner, 0..4)
                .prop_map(|fields| json!(fields)),
        ]
    })
}

/// How many places a document has.
fn size(node: &Value) -> usize {
    let inner: usize = match node {
        Value::Array(parts) => parts.iter().map(size).sum(),
        Value::Object(fields) => fields.values().map(size).sum(),
        _ => 0,
    };
    1 + inner
}

/// The place with this number, counted as a book is read.
fn place(node: &mut Value, mut number: usize) -> Option<&mut Value> {
    if number == 0 {
        return Some(node);
    }
    number -= 1;
    let parts: Vec<&mut Value> = match node {
        Value::Array(parts) => parts.iter_mut().collect(),
        Value::Object(fields) => fields.values_mut().collect(),
        _ => Vec::new(),
    };
    for part in parts {
        let inner = size(part);
        if number < inner {
            return place(part, number);
        }
        number -= inner;
    }
    None
}

fn documents() -> Vec<Value> {
    let short = |case: &Case| case.text().len() < 20_000;
    let cases = cases().into_iter().filter(short);
    cases
        .filter_map(|case| serde_json::from_str(&case.text()).ok())
        .collect()
}

fn bounded(text: &str) -> Result<(), TestCaseError> {
    let found = problems(text, &Catalogue::default());
    prop_assert!(found.len() <= PROBLEMS_MAX);
    for problem in found {
        prop_assert!(check::severity_of(problem.code).is_some());
        prop_assert!(problem.detail.len() < 1_000, "{}", problem.detail);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changed_documents_end_within_bounds(
        (mut document, changes) in (
            prop::sample::select(documents()),
            prop::collection::vec((any::<prop::sample::Index>(), change()), 1..6),
        )
    ) {
        for (number, change) in changes {
            let number = number.index(size(&document));
            if let Some(place) = place(&mut document, number) {
                *place = change;
            }
        }
        bounded(&document.to_string())?;
    }

    #[test]
    fn cut_documents_end_within_bounds(
        (document, at) in (prop::sample::select(documents()), any::<prop::sample::Index>())
    ) {
        let text = document.to_string();
        let cut: String = text.chars().take(at.index(text.len())).collect();
        bounded(&cut)?;
    }

    #[test]
    fn any_bytes_end_within_bounds(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let found = check::read(&bytes, &Catalogue::default()).err().unwrap_or_default();
        prop_assert!(found.len() <= PROBLEMS_MAX);
    }
}

/// A thousand rules, each wrong in many ways, tell no more problems than one may.
#[test]
fn a_set_that_is_wrong_everywhere_tells_a_bounded_number_of_problems() {
    let rule = json!({"id": "", "trigger": "joined", "starts_ms": 5, "ends_ms": 1, "to": [],
        "when": {"all": [{"is": {"field": "brand", "in": []}}, {"any": []}]},
        "effect": {"per_unit": {"points": -1}}, "limits": [{"per": "rule", "within": {"days": 0}}]});
    let text = json!({"version": 1, "rules": vec![rule; 1_000]}).to_string();
    let found = problems(&text, &Catalogue::default());
    assert!(
        found.len() <= PROBLEMS_MAX && found.len() > 100,
        "{}",
        found.len()
    );
}

/// Comparing draws on an allowance: a condition that would take five thousand million
/// comparisons ends, and says nothing about what was not looked at.
#[test]
fn conditions_made_to_be_dear_end() {
    let values: Vec<String> = (0..50_000).map(|number| number.to_string()).collect();
    let one =
        |number: usize| json!({"not": {"is": {"field": "brand", "in": [number.to_string()]}}});
    let parts: Vec<Value> = (0..1_000).map(one).collect();
    let alternatives: Vec<Value> = vec![json!({"any": parts}); 100];
    let mut all = vec![json!({"is": {"field": "brand", "in": values}})];
    all.extend(alternatives);
    let document = json!({"version": 1, "rules": [{"id": "r", "trigger": "sale", "when": {"all": all},
        "effect": {"fixed": {"points": 1}}, "to": [{"who": "buyer", "share_bp": 10_000}]}]});
    assert_eq!(problems(&document.to_string(), &Catalogue::default()), []);
}

/// The largest set of one rule each: reading and checking a hundred thousand rules ends well.
#[test]
fn a_set_of_a_hundred_thousand_rules_is_read() {
    let rule = |number: u32| {
        json!({"id": number.to_string(), "trigger": "sale", "group": format!("g{}", number % 1_000),
            "when": {"is": {"field": "product", "in": [number.to_string()]}},
            "effect": {"multiply": {"rate_bp": 20_000}},
            "to": [{"who": "seller", "share_bp": 10_000}]})
    };
    let rules: Vec<Value> = (0..100_000).map(rule).collect();
    let text = json!({"version": 1, "rules": rules}).to_string();
    assert_eq!(problems(&text, &Catalogue::default()), []);
}
