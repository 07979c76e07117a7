//! The shape of every refusal that a screen may show: a stable code and its parameters. The sentence
//! and its remedy come from the language files under `error-{code}`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

/// A refusal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, thiserror::Error)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[error("{code}: {detail}")]
pub struct CallError {
    /// Stable code in snake case, for example `lease_exceeded`.
    pub code: String,
    /// Parameters of the sentence.
    #[serde(default)]
    pub params: BTreeMap<String, Value>,
    /// For a log or a developer, in English; never the only thing that a person sees.
    #[serde(default)]
    pub detail: String,
}

impl CallError {
    /// A refusal with a detail in English.
    #[must_use]
    pub fn new(code: &str, detail: impl Into<String>) -> Self {
        Self {
            code: code.to_owned(),
            params: BTreeMap::new(),
            detail: detail.into(),
        }
    }

    /// The same refusal with one more parameter.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.params.insert(name.to_owned(), value.into());
        self
    }
}

/// The body of an HTTP reply that refuses.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ErrorBody {
    /// The refusal.
    pub error: CallError,
}
