//! `docs/rule-set.schema.json`, made from the types: a test keeps the file equal. With
//! `CARROT_WRITE_SCHEMA` set, the test writes it instead.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::Path;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

use super::bounds::{LIST_MAX, TEXT_CHARS_MAX};
use super::read::OPTIONAL;
use crate::amount::AMOUNT_SIZE_MAX;
use crate::ledger::Name;
use crate::ruleset::RuleSet;

impl JsonSchema for Name {
    fn schema_name() -> Cow<'static, str> {
        "Name".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "A short code of a-z, 0-9, `-`, `_` and `.`.",
            "pattern": "^[a-z0-9][-a-z0-9_.]{0,23}$"
        })
    }
}

/// The schema with what the reader demands of every number, text and list.
fn generated() -> Value {
    let generator = SchemaSettings::draft2020_12().into_generator();
    let mut schema = generator.into_root_schema_for::<RuleSet>().to_value();
    bound(&mut schema);
    schema["title"] = json!("Rule set");
    schema
}

fn bound(node: &mut Value) {
    match node {
        Value::Array(parts) => parts.iter_mut().for_each(bound),
        Value::Object(fields) => {
            bound_one(fields);
            let inner = fields.iter_mut().filter(|(key, _)| *key != "default");
            inner.for_each(|(_, part)| bound(part));
        }
        _ => {}
    }
}

fn bound_one(fields: &mut Map<String, Value>) {
    let kind = fields.get("type").cloned().unwrap_or_default();
    let is = |name: &str| {
        kind == name
            || kind
                .as_array()
                .is_some_and(|kinds| kinds.contains(&json!(name)))
    };
    if is("integer") {
        fields.remove("format");
        fields.insert("minimum".to_owned(), json!(-AMOUNT_SIZE_MAX));
        fields.insert("maximum".to_owned(), json!(AMOUNT_SIZE_MAX));
    }
    if is("string")
        && ["enum", "const", "pattern"]
            .iter()
            .all(|key| !fields.contains_key(*key))
    {
        fields.insert("maxLength".to_owned(), json!(TEXT_CHARS_MAX));
    }
    if is("array") {
        fields.insert("maxItems".to_owned(), json!(LIST_MAX));
    }
    // Links of the source's own pages say nothing to a reader of the schema.
    if let Some(Value::String(text)) = fields.get_mut("description") {
        *text = text
            .replace("[`", "`")
            .replace("`]", "`")
            .replace("crate::", "");
    }
}

#[test]
fn the_published_schema_is_that_of_the_types() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/rule-set.schema.json");
    let text = serde_json::to_string_pretty(&generated()).unwrap() + "\n";
    if std::env::var_os("CARROT_WRITE_SCHEMA").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == text,
        "{} is stale: run this test with CARROT_WRITE_SCHEMA=1",
        path.display()
    );
}

/// Names of fields that may be null, anywhere in a schema.
fn nullable(node: &Value, found: &mut BTreeSet<String>) {
    let Some(fields) = node.as_object() else {
        for part in node.as_array().into_iter().flatten() {
            nullable(part, found);
        }
        return;
    };
    for (name, field) in fields
        .get("properties")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        let null = json!("null");
        let typed = field["type"]
            .as_array()
            .is_some_and(|kinds| kinds.contains(&null));
        let among = field["anyOf"]
            .as_array()
            .is_some_and(|parts| parts.iter().any(|part| part["type"] == null));
        if typed || among {
            found.insert(name.clone());
        }
    }
    fields.values().for_each(|part| nullable(part, found));
}

#[test]
fn the_reader_takes_null_for_optional_fields_and_no_others() {
    let mut found = BTreeSet::new();
    nullable(&generated(), &mut found);
    let taken: BTreeSet<String> = OPTIONAL.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(found, taken);
}
