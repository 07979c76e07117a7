//! Cases that are too long to be written out: lists and nesting beyond every bound.

use carrot_rules::check::{
    BANDS_MAX, CONDITION_DEPTH_MAX, PARTS_MAX, RULE_SET_BYTES_MAX, RULES_MAX, TEXT_CHARS_MAX,
};
use serde_json::{Value, json};

use super::Case;

fn case(name: &str, document: Value, problem: (&str, &str)) -> Case {
    Case {
        name: name.to_owned(),
        text: None,
        document: Some(document),
        rule: None,
        catalogue: Default::default(),
        problems: [(problem.0.to_owned(), problem.1.to_owned())].into(),
        beyond_schema: true,
    }
}

fn ruled(name: &str, rule: Value, problem: (&str, &str)) -> Case {
    Case {
        rule: Some(rule),
        ..case(name, json!({}), problem)
    }
}

fn typed(name: &str, text: String, problem: (&str, &str)) -> Case {
    Case {
        text: Some(text),
        document: None,
        ..case(name, json!({}), problem)
    }
}

/// A condition that is `depth` deep, its leaf included.
pub fn nested(depth: usize) -> Value {
    (1..depth).fold(json!({"referred": true}), |part, _| json!({"all": [part]}))
}

/// Cases that each pass one bound by one.
pub fn cases() -> Vec<Case> {
    let brackets = 100_000;
    let deep = "[".repeat(brackets) + &"]".repeat(brackets);
    let alternatives = vec![json!({"referred": true}); PARTS_MAX + 1];
    let bands = vec![json!({"from": 0, "rate_bp": 1}); BANDS_MAX + 1];
    let banded = json!({"percent": {"currency": "EUR", "gives": "discount",
        "rate": {"banded": {"by": "amount_minor", "bands": bands}}}});
    vec![
        typed(
            "a hundred thousand brackets",
            format!("{{\"version\": 1, \"rules\": {deep}}}"),
            ("too_deep", &format!("/rules{}", "/0".repeat(99))),
        ),
        ruled(
            "a condition one too deep",
            json!({"when": nested(CONDITION_DEPTH_MAX + 1)}),
            ("too_deep", "/rules/0/when"),
        ),
        ruled(
            "a condition with one alternative too many",
            json!({"when": {"any": alternatives}}),
            ("too_many", "/rules/0/when/any"),
        ),
        ruled(
            "one band too many",
            json!({"effect": banded}),
            ("too_many", "/rules/0/effect/percent/rate/banded/bands"),
        ),
        ruled(
            "a text one character too long",
            json!({"title": {"en": "é".repeat(TEXT_CHARS_MAX + 1)}}),
            ("text_too_long", "/rules/0/title/en"),
        ),
        typed(
            "a list longer than any may be",
            format!(
                "{{\"version\": 1, \"rules\": [{}0]}}",
                "0,".repeat(RULES_MAX)
            ),
            ("too_many", "/rules"),
        ),
        typed(
            "more bytes than are read",
            " ".repeat(RULE_SET_BYTES_MAX + 1),
            ("too_large", ""),
        ),
    ]
}
