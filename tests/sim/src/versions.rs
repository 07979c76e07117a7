//! Answers as a newer server writes them.

/// What a newer server adds: fields that nobody here knows.
pub fn enrich(body: &mut Vec<u8>) {
    let Ok(mut value) = serde_json::from_slice::<serde_json::Value>(body) else {
        return;
    };
    if let Some(fields) = value.as_object_mut() {
        fields.insert("newer".to_owned(), serde_json::json!({"word": 1}));
    }
    if let Some(verdicts) = value.get_mut("verdicts").and_then(|all| all.as_array_mut()) {
        for fields in verdicts.iter_mut().filter_map(|one| one.as_object_mut()) {
            fields.insert("newer".to_owned(), serde_json::json!([1, 2]));
        }
    }
    if let Ok(text) = serde_json::to_vec(&value) {
        *body = text;
    }
}
