//! The one error of the facade.

use carrot_api::CallError;

/// A refusal: a stable code, parameters for its sentence, and a detail for a log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum CarrotError {
    /// The call was refused.
    #[error("{code}: {detail}")]
    Refused {
        /// Stable code in snake case.
        code: String,
        /// Parameters of the sentence, a JSON object.
        params_json: String,
        /// For a log, in English.
        detail: String,
    },
}

impl From<CallError> for CarrotError {
    fn from(error: CallError) -> Self {
        let params_json = serde_json::to_string(&error.params).unwrap_or_else(|_| "{}".to_owned());
        Self::Refused {
            code: error.code,
            params_json,
            detail: error.detail,
        }
    }
}
